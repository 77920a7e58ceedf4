//! The debts of a household.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// A debt of the household.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Liability {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name of the debt, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The kind of the debt.
    pub kind: LiabilityKind,
    /// The id of the debtor; absent for joint debts.
    #[wire(omit)]
    pub owner: Option<String>,
    /// The name of the lender.
    #[wire(omit, length = 1..=200)]
    pub lender: Option<String>,
    /// The currency of the debt's amounts, if it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// The balance on `asOf`, as a positive amount. A negative one is a credit with the lender, such as that of an
    /// overpaid card: the statement counts it as an asset.
    pub balance: Decimal,
    /// Nominal annual rate as a fraction (0.065 is 6.5 %), compounded monthly; from 0 to 10, with at most 12 decimal
    /// places. A rate from 1 up is written with its percent sign (`"120 %"`). Without a rate, a plan assumes that the debt
    /// bears no interest; it says so.
    #[wire(rate, omit, range = 0..=10)]
    pub annual_rate: Option<Decimal>,
    /// The monthly payment. If it is left out and `remainingMonths` is given, it is the level payment. It may leave the
    /// balance as it is, as that of an interest-only loan does, or let it grow.
    #[wire(omit)]
    pub payment: Option<Decimal>,
    /// The number of remaining monthly payments, 1 to 1200. If it is left out and `payment` is given, payments continue
    /// until the debt is repaid.
    #[wire(omit, range = 1..=1200)]
    pub remaining_months: Option<u32>,
    /// The monthly extra payment, at least 0.
    #[wire(omit, range = 0..)]
    pub extra_monthly_payment: Option<Decimal>,
    /// The date of the next payment, after `asOf` and within a month of it; absent means one month after it.
    #[wire(omit)]
    pub next_payment: Option<Date>,
    /// The id of the asset that is collateral for the debt.
    #[wire(omit)]
    pub secured_by: Option<String>,
    /// The original amount of the debt, at least 0.
    #[wire(omit, range = 0..)]
    pub original_amount: Option<Decimal>,
    /// The date of origination, not after `asOf`.
    #[wire(omit)]
    pub origination_date: Option<Date>,
    /// The household's share of the debt if others owe the rest, as a fraction above 0 and up to 1, with at most 9
    /// decimal places; absent if the household owes all of it. The amounts of the debt are those of the whole; the
    /// statement and the plan count the share of each, rounded half to even.
    #[wire(share, omit, above = 0, range = ..=1)]
    pub ownership_share: Option<Decimal>,
    /// Payments that begin later, as those of a student loan after school or of the drawing years of a line of credit.
    #[wire(omit)]
    pub deferment: Option<Deferment>,
    /// Whether the whole balance is paid with the next bill and bears no interest, as that of a card which is paid in
    /// full each month. What will be charged to the card later is listed under `expenses`.
    #[wire(default, omit)]
    pub paid_in_full: bool,
    /// The limit of a card or a line of credit, at least 0. What is not drawn is neither an asset nor money of a plan.
    #[wire(omit, range = 0..)]
    pub credit_limit: Option<Decimal>,
}

/// A time without payments of principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct Deferment {
    /// The date of the first payment of principal, after `asOf`. `payment` and `remainingMonths` count from it on.
    pub first_payment: Date,
    /// The interest of the months before.
    #[wire(default)]
    pub interest: DefermentInterest,
}

/// The interest of the months of a deferment: of each whole month from `asOf` to the month before the first payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum DefermentInterest {
    /// It accrues as simple interest, and is added to the balance once, when the payments begin.
    #[default]
    Accrues,
    /// Somebody else pays it, such as a government.
    Subsidized,
    /// It is paid each month.
    Paid,
}

/// The kind of a debt.
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
    /// An overdrawn account.
    Overdraft,
    /// Medical debt.
    MedicalDebt,
    /// Taxes that are due.
    TaxesOwed,
    /// Anything else.
    Other,
}

impl LiabilityKind {
    /// Whether the whole balance is due with the next bill unless something else is agreed: cards, overdrafts, medical
    /// bills and taxes.
    #[must_use]
    pub fn is_due_at_once(self) -> bool {
        matches!(self, Self::CreditCard | Self::Overdraft | Self::MedicalDebt | Self::TaxesOwed)
    }

    /// All kinds in the order of a statement.
    pub const ALL: [Self; 14] = [
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
        Self::Overdraft,
        Self::MedicalDebt,
        Self::TaxesOwed,
        Self::Other,
    ];

    /// The name for display.
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
            Self::Overdraft => "Overdraft",
            Self::MedicalDebt => "Medical debt",
            Self::TaxesOwed => "Taxes owed",
            Self::Other => "Other debt",
        }
    }
}
