//! Payments in addition to living expenses: expenses, education, care, debts, properties and lump sums.

use super::RetirementMoment;
use wherewithal_base::wire::Wire;
use wherewithal_debt::Loan;

/// An expense in addition to the living expenses: `annualAmount × (1 + annualGrowth)^k` in the k-th year after its
/// start (k = 0 in the first), times the price level if it is linked to inflation.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementExpense {
    /// Its unique name; 1 to 100 characters.
    pub name: String,

    /// Its purpose.
    #[wire(default)]
    pub kind: RetirementExpenseKind,

    /// Annual amount, 0 to 10^15: that of its first year, in today's money if it is linked to inflation.
    #[wire(range = 0..=1e15)]
    pub annual_amount: f64,

    /// Whether it rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,

    /// Its annual growth as a fraction, on top of inflation if it is linked to it; above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: f64,

    /// The first year of the expense; by default the first of the plan.
    pub start: Option<RetirementMoment>,

    /// The first year without it; by default, it has no end.
    pub until: Option<RetirementMoment>,

    /// Whether it must be paid in any event. One that need not is a part of the living expenses of its years, on top of
    /// what the policy decides: a shortfall reduces it first, and health savings accounts do not pay it.
    #[wire(default = yes)]
    pub essential: bool,
}

/// The purpose of an expense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum RetirementExpenseKind {
    /// Health; paid from health savings accounts first.
    Health,
    /// Housing.
    Housing,
    /// Anything else.
    #[default]
    Other,
}

/// The education of a child.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementEducation {
    /// Its unique name, such as that of the child; 1 to 100 characters.
    pub name: String,

    /// The calendar year in which it starts, 1900 to 2400.
    #[wire(range = 1900..=2400)]
    pub start_year: u32,

    /// The number of years, 1 to 20.
    #[wire(default = four, range = 1..=20)]
    pub years: u32,

    /// Annual cost in today's money, 0 to 10^15. It rises with prices.
    #[wire(range = 0..=1e15)]
    pub annual_cost: f64,

    /// Annual growth of the cost on top of inflation as a fraction, from the first year of the plan on; above -1 and at
    /// most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: f64,
}

/// Long-term care in the last years of a person's life, paid from health savings accounts first.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementCare {
    /// The name of the person.
    pub person: String,

    /// Annual cost in today's money, 0 to 10^15. It rises with prices.
    #[wire(range = 0..=1e15)]
    pub annual_cost: f64,

    /// Annual growth of the cost on top of inflation as a fraction, from the first year of the plan on; above -1 and at
    /// most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: f64,

    /// The number of years before death in which it is needed, including the year of death, 1 to 30.
    #[wire(range = 1..=30)]
    pub years: u32,

    /// The probability that the person will need it, 0 to 1; drawn once for each path.
    #[wire(share, default = one, range = 0..=1)]
    pub probability: f64,
}

/// A debt. Its payments are nominal and end with the last death.
#[derive(Debug, Clone, Wire)]
pub struct RetirementDebt {
    /// Its unique name; 1 to 100 characters.
    pub name: String,

    /// The payments.
    pub terms: RetirementDebtTerms,
}

/// The payments on a debt.
#[derive(Debug, Clone, Wire)]
#[wire(tag = "kind")]
pub enum RetirementDebtTerms {
    /// The payments of a loan's schedule, as computed by `debt.amortize`, each paid in the year of its date. Payments
    /// dated before the plan count as made.
    Loan {
        /// The loan.
        loan: Loan,
    },
    /// A known annual payment.
    Payments {
        /// The annual payment, 0 to 10^15.
        #[wire(range = 0..=1e15)]
        annual_amount: f64,
        /// The first year; by default the first of the plan.
        start: Option<RetirementMoment>,
        /// The first year without it; by default, it has no end.
        until: Option<RetirementMoment>,
    },
    /// The payments and the balance of each year, such as those of a loan of which only interest is paid. In a year
    /// without a row nothing is paid, and the balance stays.
    Rows {
        /// The balance owed at the start of the plan, 0 to 10^15.
        #[wire(range = 0..=1e15)]
        balance: f64,
        /// The years, ascending, at most 150.
        #[wire(length = ..=150)]
        rows: Vec<RetirementDebtRow>,
    },
}

/// A year of a debt.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct RetirementDebtRow {
    /// The calendar year, 1900 to 2400.
    #[wire(range = 1900..=2400)]
    pub year: u32,

    /// What is paid in it, 0 to 10^15.
    #[wire(range = 0..=1e15)]
    pub payments: f64,

    /// The balance owed at its end, 0 to 10^15.
    #[wire(range = 0..=1e15)]
    pub balance: f64,
}

/// A property, such as a home. A sale takes place at the start of a year: the proceeds after its costs and the mortgage
/// are income of that year, and the gain above the exclusion is a long-term gain.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementProperty {
    /// Its unique name; 1 to 100 characters.
    pub name: String,

    /// Value at the start of the plan, or of the first year in which it is owned; 0 to 10^15. It is in today's money if it is
    /// linked to inflation.
    #[wire(range = 0..=1e15)]
    pub value: f64,

    /// Whether the value rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,

    /// Annual growth of the value as a fraction, on top of inflation if it is linked to it, from the first year in which it
    /// is owned on; above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: f64,

    /// The first year in which it is owned; by default, it is owned from the start. Its price is a payment of its own, such
    /// as a lump sum.
    pub owned_from: Option<RetirementMoment>,

    /// Annual costs while it is owned, such as taxes and upkeep, in today's money, 0 to 10^15. They rise with prices.
    #[wire(default, range = 0..=1e15)]
    pub annual_cost: f64,

    /// The year of the sale, after that of `ownedFrom`; by default, the property is kept.
    pub sale: Option<RetirementMoment>,

    /// Cost of the sale as a share of the value, 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub selling_cost: f64,

    /// The cost basis, 0 to 10^15; by default the value at the start of the plan.
    #[wire(range = 0..=1e15)]
    pub basis: Option<f64>,

    /// The part of the gain that is not taxed, nominal, 0 to 10^15.
    #[wire(default, range = 0..=1e15)]
    pub gain_exclusion: f64,

    /// The name of the debt that is repaid from the sale; its balance must be known, so it is of the kind `loan` or `rows`.
    pub mortgage: Option<String>,

    /// Whether the proceeds of the sale are income that the spending rule may spend in the year of the sale; by default
    /// they belong to the accounts, as those of `RetirementLumpSum` do.
    #[wire(default)]
    pub spend: bool,
}

/// A one-time payment or receipt.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementLumpSum {
    /// Its unique name; 1 to 100 characters.
    pub name: String,

    /// The amount: positive is received, negative is paid; at most 10^15 in absolute value.
    pub amount: f64,

    /// Whether the amount is in today's money and rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,

    /// The year.
    pub at: RetirementMoment,

    /// The share of a receipt that is taxed as ordinary income, 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub taxable_share: f64,

    /// Whether a receipt is income that the spending rule may spend in its year, so that a rule that spends income on top
    /// of what it withdraws spends all of it. By default it belongs to the accounts: it pays for what would be withdrawn
    /// in that year, and the rest is deposited in the surplus account.
    #[wire(default)]
    pub spend: bool,

    /// Whether a payment must be made in any event. One that need not is a part of the living expenses of its year, on top
    /// of what the policy decides: a shortfall reduces it first. It has no meaning for a receipt.
    #[wire(default = yes)]
    pub essential: bool,
}

fn yes() -> bool {
    true
}

fn one() -> f64 {
    1.0
}

fn four() -> u32 {
    4
}
