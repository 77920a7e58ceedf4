//! What is owed.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// A debt of the household.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Liability {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// What the debt is called, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// What the debt is.
    pub kind: LiabilityKind,
    /// The id of the person who owes it; absent when it is owed jointly.
    #[wire(omit)]
    pub owner: Option<String>,
    /// Who lent the money.
    #[wire(omit, length = 1..=200)]
    pub lender: Option<String>,
    /// The currency of the debt's amounts, where it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// What is owed on `asOf`, as a positive amount; at least 0.
    pub balance: Decimal,
    /// Nominal annual rate as a fraction (0.065 is 6.5 %), compounded monthly; from 0 to 10, with at most 12
    /// decimal places.
    #[wire(default)]
    pub annual_rate: Decimal,
    /// The monthly payment. Where it is left out and `remainingMonths` is given, it is the level payment.
    #[wire(omit)]
    pub payment: Option<Decimal>,
    /// How many monthly payments are left, 1 to 1200. Where it is left out and `payment` is given, the debt is
    /// paid until it is repaid.
    #[wire(omit, range = 1..=1200)]
    pub remaining_months: Option<u32>,
    /// What is paid each month on top of the payment; at least 0.
    #[wire(omit)]
    pub extra_monthly_payment: Option<Decimal>,
    /// The date of the next payment, after `asOf` and within a month of it; absent means one month after it.
    #[wire(omit)]
    pub next_payment: Option<Date>,
    /// The id of the asset that secures the debt.
    #[wire(omit)]
    pub secured_by: Option<String>,
    /// What was borrowed at first, at least 0.
    #[wire(omit)]
    pub original_amount: Option<Decimal>,
    /// When it was borrowed, not after `asOf`.
    #[wire(omit)]
    pub origination_date: Option<Date>,
}

/// What a debt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum LiabilityKind {
    /// A first mortgage.
    Mortgage,
    /// A second mortgage of a fixed amount.
    HomeEquityLoan,
    /// A home equity line of credit.
    Heloc,
    /// A car loan.
    AutoLoan,
    /// A student loan.
    StudentLoan,
    /// A personal loan.
    PersonalLoan,
    /// A credit card.
    CreditCard,
    /// A loan on securities.
    MarginLoan,
    /// A loan on a policy or a retirement account.
    PolicyLoan,
    /// A loan to a business, owed by the household.
    BusinessLoan,
    /// Medical debt.
    MedicalDebt,
    /// Taxes that are due.
    TaxesOwed,
    /// Anything else.
    Other,
}

impl LiabilityKind {
    /// All kinds in the order of a statement.
    pub const ALL: [Self; 13] = [
        Self::Mortgage,
        Self::HomeEquityLoan,
        Self::Heloc,
        Self::AutoLoan,
        Self::StudentLoan,
        Self::PersonalLoan,
        Self::CreditCard,
        Self::MarginLoan,
        Self::PolicyLoan,
        Self::BusinessLoan,
        Self::MedicalDebt,
        Self::TaxesOwed,
        Self::Other,
    ];

    /// The name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mortgage => "Mortgage",
            Self::HomeEquityLoan => "Home equity loan",
            Self::Heloc => "Home equity line of credit",
            Self::AutoLoan => "Auto loan",
            Self::StudentLoan => "Student loan",
            Self::PersonalLoan => "Personal loan",
            Self::CreditCard => "Credit card",
            Self::MarginLoan => "Margin loan",
            Self::PolicyLoan => "Policy loan",
            Self::BusinessLoan => "Business loan",
            Self::MedicalDebt => "Medical debt",
            Self::TaxesOwed => "Taxes owed",
            Self::Other => "Other debt",
        }
    }
}
