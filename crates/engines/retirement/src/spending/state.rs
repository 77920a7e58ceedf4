//! The facts of a year that a rule receives, and the state that it keeps from year to year.

use wherewithal_math::is_covered;

/// The facts of a year that a policy receives. Amounts are nominal, at the start of the year, before any withdrawal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpendingYear {
    /// Years since the first one, which is 0.
    pub(crate) year: u32,
    /// Remaining years of spending, including this one; at least 1.
    pub(crate) years_left: u32,
    /// The age in this year.
    pub(crate) age: u32,
    /// The amount available for withdrawals; at least 0.
    pub(crate) portfolio: f64,
    /// The price level; 1 at the start of the plan.
    pub(crate) price_level: f64,
    /// Inflation in the previous year; not used in the first year.
    pub(crate) inflation: f64,
    /// The portfolio's return in the previous year; not used in the first year.
    pub(crate) portfolio_return: f64,
    /// Other income that is spent in this year, after its taxes; at least 0.
    pub(crate) other_income: f64,
    /// The present value of other income of this year and the remaining ones, at the rate of the policy
    /// (`CompiledSpending::income_discount_rate`); not used if there is no such rate.
    pub(crate) other_income_value: f64,
    /// The cyclically adjusted price-earnings ratio, if the market has one.
    pub(crate) cape: Option<f64>,
}

impl SpendingYear {
    /// Whether the portfolio is used up: it adds nothing to an amount that is to be spent.
    pub(super) fn is_ruined(&self, amount: f64) -> bool {
        is_covered(amount, amount + self.portfolio)
    }
}

/// The state of a rule along a path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpendingState {
    /// The year, counted as in [`SpendingYear`], in which spending began.
    pub(super) first_year: u32,
    /// The portfolio of that year, without the part for essential spending.
    pub(super) first_portfolio: f64,
    /// The price level in that year.
    pub(super) first_price_level: f64,
    /// The last amount of the rule, nominal.
    pub(super) last: f64,
    /// The same in the money of the start of the plan.
    pub(super) last_real: f64,
    /// The year of the last raise of a ratchet, or the first year.
    pub(super) last_raise: u32,
}
