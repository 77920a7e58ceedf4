//! What is paid beside living expenses: expenses, education, care, debts, properties and lump sums.

use super::RetirementMoment;
use wherewithal_base::wire::Wire;
use wherewithal_debt::Loan;

/// An expense beside the living expenses, year by year: `annualAmount × (1 + annualGrowth)^k` in the k-th year after
/// its start (k = 0 in the first), times the level of prices where it is linked to inflation. It is essential.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementExpense {
    /// What it is called; 1 to 100 characters, different from the other expenses.
    pub name: String,

    /// What it is for.
    #[wire(default)]
    pub kind: RetirementExpenseKind,

    /// Amount of one year, 0 to 10^15: that of its first year, in today's money where it is linked to inflation.
    pub annual_amount: f64,

    /// Whether it rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,

    /// Its rise from year to year as a fraction, on top of prices where it is linked to them; from above -1 to 10.
    #[wire(default)]
    pub annual_growth: f64,

    /// The first year of the expense; by default the first of the plan.
    pub start: Option<RetirementMoment>,

    /// The first year without it; by default there is none.
    pub until: Option<RetirementMoment>,
}

/// What an expense is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum RetirementExpenseKind {
    /// Health; health savings accounts pay it first.
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
    /// What it is called, such as the child's name; 1 to 100 characters, different from the others.
    pub name: String,

    /// The calendar year in which it starts, 1900 to 2400.
    #[wire(range = 1900..=2400)]
    pub start_year: u32,

    /// The number of years, 1 to 20.
    #[wire(default = four, range = 1..=20)]
    pub years: u32,

    /// Cost of one year in today's money, 0 to 10^15. It rises with prices.
    pub annual_cost: f64,

    /// The rise of the cost from year to year on top of prices as a fraction, counted from the first year of the plan;
    /// from above -1 to 10.
    #[wire(default)]
    pub annual_growth: f64,
}

/// Long-term care in the last years of a person's life. Health savings accounts pay it first.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementCare {
    /// The name of the person.
    pub person: String,

    /// Cost of one year in today's money, 0 to 10^15. It rises with prices.
    pub annual_cost: f64,

    /// The rise of the cost from year to year on top of prices as a fraction, counted from the first year of the plan;
    /// from above -1 to 10.
    #[wire(default)]
    pub annual_growth: f64,

    /// The number of years before death in which it is needed, the year of death included, 1 to 30.
    #[wire(range = 1..=30)]
    pub years: u32,

    /// The probability that the person will need it, 0 to 1; drawn once for each path.
    #[wire(default = one)]
    pub probability: f64,
}

/// A debt. Its payments are nominal and end with the last death.
#[derive(Debug, Clone, Wire)]
pub struct RetirementDebt {
    /// What it is called; 1 to 100 characters, different from the other debts.
    pub name: String,

    /// What is paid.
    pub terms: RetirementDebtTerms,
}

/// What is paid on a debt.
#[derive(Debug, Clone, Wire)]
#[wire(tag = "kind")]
pub enum RetirementDebtTerms {
    /// The payments of a loan's schedule, as `debt.amortize` works it out: those whose date lies in a year are paid in
    /// that year. Payments before the plan have been made.
    Loan {
        /// The loan.
        loan: Loan,
    },
    /// A payment that is known.
    Payments {
        /// The payment of one year, 0 to 10^15.
        annual_amount: f64,
        /// The first year; by default the first of the plan.
        start: Option<RetirementMoment>,
        /// The first year without it; by default there is none.
        until: Option<RetirementMoment>,
    },
}

/// A property, such as a home. Where it is sold, that is at the start of a year: what the sale leaves after its costs
/// and the mortgage is income of that year, and the gain above the exclusion is a long-term gain.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementProperty {
    /// What it is called; 1 to 100 characters, different from the other properties.
    pub name: String,

    /// Value at the start of the plan, 0 to 10^15.
    pub value: f64,

    /// Whether the value rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,

    /// The rise of the value from year to year as a fraction, on top of prices where it is linked to them; from above -1
    /// to 10.
    #[wire(default)]
    pub annual_growth: f64,

    /// Yearly costs such as taxes and upkeep in today's money until the sale, 0 to 10^15. They rise with prices.
    #[wire(default)]
    pub annual_cost: f64,

    /// The year of the sale; by default it is kept.
    pub sale: Option<RetirementMoment>,

    /// Cost of the sale as a share of the value, 0 to 1.
    #[wire(default)]
    pub selling_cost: f64,

    /// What the property cost, 0 to 10^15; by default its value at the start of the plan.
    pub basis: Option<f64>,

    /// The part of the gain that is not taxed, 0 to 10^15; a nominal amount.
    #[wire(default)]
    pub gain_exclusion: f64,

    /// The name of the debt of the sort `loan` that is repaid from the sale.
    pub mortgage: Option<String>,
}

/// Money that comes or goes once.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementLumpSum {
    /// What it is called; 1 to 100 characters, different from the other lump sums.
    pub name: String,

    /// The amount: positive comes in, negative goes out; at most 10^15 in size.
    pub amount: f64,

    /// Whether the amount is in today's money and rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,

    /// The year.
    pub at: RetirementMoment,

    /// The share of money that comes in that is ordinary income for the tax, 0 to 1.
    #[wire(default)]
    pub taxable_share: f64,
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
