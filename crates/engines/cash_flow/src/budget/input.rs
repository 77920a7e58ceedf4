//! The question.

use wherewithal_base::{
    dates::Date,
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};
use wherewithal_classification::ClassifyInput;

/// The most categories.
pub(super) const MAX_CATEGORIES: usize = 500;
/// The most bills and accounts.
pub(super) const MAX_ENTRIES: usize = 1000;
/// The most changes of a category's amount.
pub(super) const MAX_CHANGES: usize = 120;
/// The most periods.
pub(super) const MAX_PERIODS: u32 = 120;

/// Input of `cash_flow.budget`.
#[derive(Debug, Clone, Wire)]
pub struct BudgetInput {
    /// The ledger, and how its transactions are classified.
    pub ledger: ClassifyInput,
    /// The currency of the budget. Flows in other currencies do not count.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The first day of the first period.
    pub from: Date,
    /// The length of a period in months, 1 to 12. Every period is counted from the first day, so a short month does not
    /// shift later ones.
    #[wire(default = one, range = 1..=12)]
    pub months: u32,
    /// The number of periods, 1 to 120.
    #[wire(default = one, range = 1..=120)]
    pub periods: u32,
    /// The last day that counts, today for instance; by default that of the last period.
    pub as_of: Option<Date>,
    /// How the amounts of categories come about.
    #[wire(default)]
    pub method: BudgetMethod,
    /// The income that is planned for each period, 0 to 10^12; a zero-based budget needs it.
    #[wire(range = 0..=1000000000000)]
    pub planned_income: Option<Decimal>,
    /// What was there to be assigned before the first period; negative if too much had been assigned.
    #[wire(default)]
    pub unassigned_before: Decimal,
    /// The categories, at most 500.
    #[wire(length = ..=500)]
    pub categories: Vec<BudgetCategory>,
    /// What is asked about the days until the next income; without it, nothing is.
    pub spending: Option<SafeToSpendInput>,
}

fn one() -> u32 {
    1
}

/// How the amounts of categories come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum BudgetMethod {
    /// Money that has come in is put into envelopes, from which it is spent.
    #[default]
    Envelope,
    /// All planned income is assigned, so that nothing is left without a purpose.
    ZeroBased,
}

/// A category of a budget.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct BudgetCategory {
    /// The category, at most 200 characters. Upper and lower case are alike, and it covers the categories below it that have
    /// no budget of their own: `Food` covers `Food:Restaurants`.
    #[wire(length = 1..=200)]
    pub category: String,
    /// What is assigned in each period, 0 to 10^12.
    #[wire(range = 0..=1000000000000)]
    pub amount: Decimal,
    /// Other amounts from later periods on, by day, at most 120.
    #[wire(default, omit, length = ..=120)]
    pub changes: Vec<BudgetChange>,
    /// What becomes of what is left at the end of a period.
    #[wire(default)]
    pub roll_over: BudgetRollOver,
    /// What was left before the first period; negative if it was overspent.
    #[wire(default, omit)]
    pub left_before: Decimal,
}

/// Another amount of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct BudgetChange {
    /// The first day of the first period that it holds for. A day within a period counts from the next one on.
    pub from: Date,
    /// What is assigned in each period from then on, 0 to 10^12.
    #[wire(range = 0..=1000000000000)]
    pub amount: Decimal,
}

/// What becomes of what is left of a category at the end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum BudgetRollOver {
    /// Nothing rolls over: what is left can be assigned anew, and what was overspent has to be made good.
    #[default]
    Nothing,
    /// What is left stays in the category; what was overspent has to be made good.
    Left,
    /// What was overspent is taken from the category's next amount; what is left can be assigned anew.
    Overspent,
    /// Both stay in the category.
    Both,
}

/// What is asked about the days until the next income.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SafeToSpendInput {
    /// What is in the accounts from which one spends, and what is owed on cards, at the end of the last day that counts; at
    /// most 1,000.
    #[wire(length = ..=1_000)]
    pub balances: Vec<AccountBalance>,
    /// The day of the next income, after the last day that counts.
    pub next_income: Date,
    /// Bills that are due, at most 1,000. Those after the last day that counts and before the next income are set aside.
    #[wire(default, length = ..=1_000)]
    pub bills: Vec<PlannedBill>,
}

/// What is in an account.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AccountBalance {
    /// The id of the account.
    #[wire(length = 1..=100)]
    pub account: String,
    /// What is in it, in its currency; negative for what is owed.
    pub balance: Decimal,
}

/// A bill that is due.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PlannedBill {
    /// The day on which it is due.
    pub date: Date,
    /// The amount, 0 to 10^12.
    #[wire(range = 0..=1000000000000)]
    pub amount: Decimal,
    /// The category from which it is paid; without one, or without a budget for it, no envelope pays it.
    #[wire(omit, length = 1..=200)]
    pub category: Option<String>,
}
