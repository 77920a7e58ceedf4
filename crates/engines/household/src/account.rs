//! Accounts and their holdings.

use super::{AssetCategory, AssetClassWeight};
use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// A bank, investment or retirement account.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Account {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name of the account, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The kind of the account, which decides its category, its tax treatment and whether it is liquid.
    pub kind: AccountKind,
    /// The id of the owner; absent for joint ownership.
    #[wire(omit)]
    pub owner: Option<String>,
    /// The name of the institution.
    #[wire(omit, length = 1..=200)]
    pub institution: Option<String>,
    /// The currency of the account's amounts, if it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// The total value of the account, holdings and cash; negative if it is overdrawn. It may be left out if holdings or
    /// `cash` are given: the value is then their sum.
    #[wire(omit)]
    pub balance: Option<Decimal>,
    /// The cash beside the holdings, in place of a balance; negative for a debit balance, as of a margin account.
    #[wire(omit)]
    pub cash: Option<Decimal>,
    /// The cost of everything in the account, at least 0.
    #[wire(omit, range = 0..)]
    pub cost_basis: Option<Decimal>,
    /// The taxation of growth and withdrawals, if it differs from that of the kind.
    #[wire(omit)]
    pub tax_treatment: Option<TaxTreatment>,
    /// The interest rate of the account, as a nominal annual fraction (0.04 is 4 %), from 0 to 1.
    #[wire(rate, omit, range = 0..=1)]
    pub interest_rate: Option<Decimal>,
    /// The positions in the account, at most 10,000. If a balance is given, the rest of it is cash; the positions must
    /// not be worth more than the balance.
    #[wire(default, omit, length = ..=10_000)]
    pub holdings: Vec<Holding>,
    /// The household's share of the account if others own the rest, as a fraction above 0 and up to 1, with at most 9
    /// decimal places; absent if all of it is the household's. The amounts of the account are those of the whole; the
    /// statement and the plan count the share of each.
    #[wire(share, omit, above = 0, range = ..=1)]
    pub ownership_share: Option<Decimal>,
    /// Dividends and distributed gains of a taxable investment account in a year, as a share of its value; 0 to 1. They
    /// are part of the return, are taxed in their year, and are reinvested. Without it, a plan assumes 0 and says so.
    #[wire(omit, range = 0..=1)]
    pub dividend_yield: Option<f64>,
    /// The weights of the asset classes of `assumptions.assetClasses`, with a sum of 1. Empty for those of the holdings,
    /// or of `assumptions.allocation`.
    #[wire(default, omit, length = ..=20)]
    pub allocation: Vec<AssetClassWeight>,
    /// The age of the owner from which money may leave the account, such as that of a pension; 0 to 120. Absent if it
    /// may leave at any time.
    #[wire(omit, range = 0..=120)]
    pub access_age: Option<u32>,
}

/// A position in an account.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Holding {
    /// The ticker or another symbol, at most 20 characters.
    #[wire(length = 1..=20)]
    pub symbol: String,
    /// The name of the security.
    #[wire(omit, length = 1..=200)]
    pub name: Option<String>,
    /// The number of units, greater than 0, with at most 18 decimal places.
    #[wire(above = 0)]
    pub quantity: Decimal,
    /// The price of one unit in the account's currency, at least 0, with at most 18 decimal places.
    #[wire(range = 0..)]
    pub price: Decimal,
    /// The cost of the whole position, at least 0.
    #[wire(omit, range = 0..)]
    pub cost_basis: Option<Decimal>,
    /// The date of the price, if it is not `asOf`.
    #[wire(omit)]
    pub price_date: Option<Date>,
    /// The name of the asset class of `assumptions.assetClasses` that it belongs to.
    #[wire(omit, length = 1..=100)]
    pub asset_class: Option<String>,
}

/// The taxation of growth and withdrawals of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum TaxTreatment {
    /// Income and gains are taxed as they arise.
    Taxable,
    /// Nothing is taxed until it is withdrawn; then all of it is income.
    TaxDeferred,
    /// Neither growth nor qualified withdrawals are taxed.
    TaxFree,
}

/// The kind of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum AccountKind {
    /// A checking (current) account.
    Checking,
    /// A savings account.
    Savings,
    /// A money market deposit account.
    MoneyMarket,
    /// A certificate of deposit or another fixed-term deposit.
    CertificateOfDeposit,
    /// Cash on hand.
    Cash,
    /// A taxable investment account.
    Brokerage,
    /// A custodial account for a child (UTMA, UGMA).
    Custodial,
    /// An investment account of a trust.
    Trust,
    /// A 529 education savings plan.
    Plan529,
    /// A Coverdell education savings account.
    Coverdell,
    /// A health savings account.
    Hsa,
    /// A pre-tax 401(k).
    Traditional401k,
    /// A Roth 401(k).
    Roth401k,
    /// A pre-tax 403(b).
    Traditional403b,
    /// A Roth 403(b).
    Roth403b,
    /// A governmental or other 457(b).
    Plan457b,
    /// A Thrift Savings Plan.
    ThriftSavingsPlan,
    /// A traditional IRA, rollover IRAs included.
    TraditionalIra,
    /// A Roth IRA.
    RothIra,
    /// A SEP IRA.
    SepIra,
    /// A SIMPLE IRA.
    SimpleIra,
    /// Another retirement account, such as a cash balance pension.
    OtherRetirement,
    /// A wallet or an exchange account of cryptocurrency.
    Cryptocurrency,
}

impl AccountKind {
    /// The name for display, such as "Traditional 401(k)".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Checking => "Checking account",
            Self::Savings => "Savings account",
            Self::MoneyMarket => "Money market account",
            Self::CertificateOfDeposit => "Certificate of deposit",
            Self::Cash => "Cash",
            Self::Brokerage => "Brokerage account",
            Self::Custodial => "Custodial account",
            Self::Trust => "Trust account",
            Self::Plan529 => "529 plan",
            Self::Coverdell => "Coverdell account",
            Self::Hsa => "Health savings account",
            Self::Traditional401k => "Traditional 401(k)",
            Self::Roth401k => "Roth 401(k)",
            Self::Traditional403b => "Traditional 403(b)",
            Self::Roth403b => "Roth 403(b)",
            Self::Plan457b => "457(b)",
            Self::ThriftSavingsPlan => "Thrift Savings Plan",
            Self::TraditionalIra => "Traditional IRA",
            Self::RothIra => "Roth IRA",
            Self::SepIra => "SEP IRA",
            Self::SimpleIra => "SIMPLE IRA",
            Self::OtherRetirement => "Retirement account",
            Self::Cryptocurrency => "Cryptocurrency",
        }
    }

    /// The category of the account in a net-worth statement.
    #[must_use]
    pub fn category(self) -> AssetCategory {
        match self {
            Self::Checking | Self::Savings | Self::MoneyMarket | Self::CertificateOfDeposit | Self::Cash => {
                AssetCategory::CashAndBanking
            }
            Self::Brokerage | Self::Custodial | Self::Trust | Self::Plan529 | Self::Coverdell | Self::Hsa => {
                AssetCategory::Investments
            }
            Self::Cryptocurrency => AssetCategory::AlternativeInvestments,
            Self::Traditional401k
            | Self::Roth401k
            | Self::Traditional403b
            | Self::Roth403b
            | Self::Plan457b
            | Self::ThriftSavingsPlan
            | Self::TraditionalIra
            | Self::RothIra
            | Self::SepIra
            | Self::SimpleIra
            | Self::OtherRetirement => AssetCategory::RetirementAccounts,
        }
    }

    /// The tax treatment of the kind, which an account can override.
    #[must_use]
    pub fn tax_treatment(self) -> TaxTreatment {
        match self {
            Self::Traditional401k
            | Self::Traditional403b
            | Self::Plan457b
            | Self::ThriftSavingsPlan
            | Self::TraditionalIra
            | Self::SepIra
            | Self::SimpleIra
            | Self::OtherRetirement => TaxTreatment::TaxDeferred,
            Self::Roth401k | Self::Roth403b | Self::RothIra | Self::Hsa | Self::Plan529 | Self::Coverdell => {
                TaxTreatment::TaxFree
            }
            Self::Checking
            | Self::Savings
            | Self::MoneyMarket
            | Self::CertificateOfDeposit
            | Self::Cash
            | Self::Brokerage
            | Self::Custodial
            | Self::Trust
            | Self::Cryptocurrency => TaxTreatment::Taxable,
        }
    }

    /// Whether the owner can convert the account to cash within days without a penalty: cash, bank deposits and taxable
    /// brokerage accounts. Accounts for retirement, education, health, a child or a trust are not liquid.
    #[must_use]
    pub fn is_liquid(self) -> bool {
        matches!(
            self,
            Self::Checking
                | Self::Savings
                | Self::MoneyMarket
                | Self::CertificateOfDeposit
                | Self::Cash
                | Self::Brokerage
                | Self::Cryptocurrency
        )
    }
}

impl Account {
    /// The tax treatment of the account.
    #[must_use]
    pub fn effective_tax_treatment(&self) -> TaxTreatment {
        self.tax_treatment.unwrap_or_else(|| self.kind.tax_treatment())
    }
}
