//! The categories of a net-worth statement.

use wherewithal_base::wire::Wire;

/// The category of an asset. Each asset is in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum AssetCategory {
    /// Homes, rentals, land.
    RealEstate,
    /// Taxable and education accounts, health savings.
    Investments,
    /// Checking, savings, deposits and cash.
    CashAndBanking,
    /// Accounts for retirement.
    RetirementAccounts,
    /// Private funds, cryptocurrency, precious metals.
    AlternativeInvestments,
    /// Shares of private businesses.
    BusinessInterests,
    /// Cash values of policies.
    Insurance,
    /// Vehicles, art, collectibles and the rest.
    OtherAssets,
}

impl AssetCategory {
    /// All categories in the order of a statement.
    pub const ALL: [Self; 8] = [
        Self::RealEstate,
        Self::Investments,
        Self::CashAndBanking,
        Self::RetirementAccounts,
        Self::AlternativeInvestments,
        Self::BusinessInterests,
        Self::Insurance,
        Self::OtherAssets,
    ];

    /// The name for display, such as "Cash & Banking".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RealEstate => "Real Estate",
            Self::Investments => "Investments",
            Self::CashAndBanking => "Cash & Banking",
            Self::RetirementAccounts => "Retirement Accounts",
            Self::AlternativeInvestments => "Alternative Investments",
            Self::BusinessInterests => "Business Interests",
            Self::Insurance => "Insurance",
            Self::OtherAssets => "Other Assets",
        }
    }
}
