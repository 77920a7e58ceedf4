//! The answer.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// A budget and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Budget {
    /// The currency of all amounts.
    pub currency: Currency,
    /// The last day that counts.
    pub as_of: Date,
    /// The periods, without gaps.
    pub periods: Vec<BudgetPeriod>,
    /// What is safe to spend; null if it was not asked for.
    pub safe_to_spend: Option<SafeToSpend>,
    /// The number of flows of income or spending in other currencies within the periods, which do not count.
    pub other_currencies: u32,
}

/// A period of a budget.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct BudgetPeriod {
    /// The first day.
    pub first: Date,
    /// The last day, which belongs to the period.
    pub last: Date,
    /// The categories, in the order of the input.
    pub categories: Vec<BudgetLine>,
    /// Spending in categories without a budget, by name; what has no category comes first.
    pub unbudgeted: Vec<UnbudgetedSpending>,
    /// What came in: income, interest and dividends.
    pub income: Decimal,
    /// What is assigned to categories.
    pub assigned: Decimal,
    /// What was spent, in all categories and without one.
    pub spent: Decimal,
    /// `spent` less `assigned`: above zero if more was spent than assigned.
    pub variance: Decimal,
    /// What is not assigned at the end of the period: what was not before it, and the income, less what is assigned and
    /// what was spent without a budget, with what categories do not roll over. Negative if more is assigned than there is.
    pub unassigned: Decimal,
    /// The planned income less what is assigned: 0 in a zero-based budget that is balanced; null without a planned income.
    pub unplanned: Option<Decimal>,
    /// Whether all planned income is assigned, of a zero-based budget; null of another.
    pub balanced: Option<bool>,
}

/// A category in a period.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct BudgetLine {
    /// The category.
    pub category: String,
    /// What rolled over from the period before.
    pub carried_in: Decimal,
    /// What is assigned.
    pub assigned: Decimal,
    /// What was spent, less refunds; negative if more came back.
    pub spent: Decimal,
    /// What can still be spent: carried in and assigned, less spent.
    pub available: Decimal,
    /// `spent` less `assigned`, so that the budget and the variance are what was spent: above zero if more was spent.
    pub variance: Decimal,
    /// What rolls over into the next period.
    pub carried_out: Decimal,
    /// The ids of the transactions that were spent, by day.
    pub transactions: Vec<String>,
}

/// Spending in a category without a budget.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct UnbudgetedSpending {
    /// The category; null for spending without one.
    pub category: Option<String>,
    /// What was spent, less refunds.
    pub spent: Decimal,
}

/// What can be spent until the next income without touching what is meant for something else.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SafeToSpend {
    /// What there is: the sum of the balances.
    pub cash: Decimal,
    /// What envelopes hold in the period of the last day that counts, overspent ones left out.
    pub envelopes: Decimal,
    /// The bills that are due before the next income.
    pub bills: Decimal,
    /// What is set aside: of each category the larger of its envelope and its bills, and all other bills.
    pub set_aside: Decimal,
    /// `cash` less `setAside`; negative if there is too little.
    pub amount: Decimal,
    /// The days from the one after the last that counts to the one before the next income; 0 if there is none.
    pub days: u32,
    /// The amount by day, rounded down to the minor unit; null if there is no such day or the amount is negative.
    pub per_day: Option<Decimal>,
}
