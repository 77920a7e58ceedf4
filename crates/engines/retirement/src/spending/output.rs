//! Result of a spending path.

use super::SpendingTrigger;
use wherewithal_base::wire::Wire;

/// Result of `retirement.spending_path`.
#[derive(Debug, Clone, Wire)]
pub struct SpendingPathResult {
    /// One row for each year.
    pub years: Vec<SpendingPathRow>,
    /// The portfolio at the end of the last year.
    pub final_portfolio: f64,
    /// The first year, counted from 1, with a shortfall; null without one.
    pub depletion_year: Option<u32>,
    /// Total spending, in today's money.
    pub total_real_spending: f64,
    /// The lowest annual spending, in today's money.
    pub lowest_real_spending: f64,
    /// The highest annual spending, in today's money.
    pub highest_real_spending: f64,
}

/// One year: `portfolioEnd = (portfolioStart - withdrawal) × (1 + portfolioReturn)`.
#[derive(Debug, Clone, Wire)]
pub struct SpendingPathRow {
    /// The year, counted from 1.
    pub year: u32,
    /// The age in the year.
    pub age: u32,
    /// The price level at the start of the year; 1 in the first.
    pub price_level: f64,
    /// The portfolio at the start of the year, before the withdrawal.
    pub portfolio_start: f64,
    /// Other income of the year.
    pub other_income: f64,
    /// Spending of the year.
    pub spending: f64,
    /// The same in today's money.
    pub real_spending: f64,
    /// The part of the policy's spending that could not be paid.
    pub shortfall: f64,
    /// The withdrawal from the portfolio: `spending - otherIncome`; negative if income is saved.
    pub withdrawal: f64,
    /// The withdrawal as a fraction of `portfolioStart`; null if that is 0.
    pub withdrawal_rate: Option<f64>,
    /// The parts of the rule that changed the year's spending.
    pub triggers: Vec<SpendingTrigger>,
    /// The portfolio at the end of the year.
    pub portfolio_end: f64,
}
