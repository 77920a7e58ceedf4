//! What a rule is told of a year, and what it remembers from year to year.

/// What a policy is told of a year. Money is nominal, and as at the start of the year, before any withdrawal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpendingYear {
    /// Years since the first one, which is 0.
    pub(crate) year: u32,
    /// Years of spending that are left, this one included; at least 1.
    pub(crate) years_left: u32,
    /// The age in this year.
    pub(crate) age: u32,
    /// What can be withdrawn from; at least 0.
    pub(crate) portfolio: f64,
    /// The level of prices; 1 at the start of the plan.
    pub(crate) price_level: f64,
    /// The rise of prices in the year before; not looked at in the first year.
    pub(crate) inflation: f64,
    /// The portfolio's return in the year before; not looked at in the first year.
    pub(crate) portfolio_return: f64,
    /// Income from elsewhere that is spent in this year, after its taxes; at least 0.
    pub(crate) other_income: f64,
    /// The present value of other income of this year and of those left, at the rate of the
    /// policy (`CompiledSpending::income_discount_rate`);
    /// not looked at where there is no such rate.
    pub(crate) other_income_value: f64,
    /// The cyclically adjusted price-earnings ratio, where the market has one.
    pub(crate) cape: Option<f64>,
}

/// What a rule remembers of a path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpendingState {
    /// The year, counted as in [`SpendingYear`], in which spending began.
    pub(super) first_year: u32,
    /// The portfolio of that year, as the rule saw it.
    pub(super) first_portfolio: f64,
    /// The level of prices in that year.
    pub(super) first_price_level: f64,
    /// What the rule said last, nominal.
    pub(super) last: f64,
    /// The same in the money of the start of the plan.
    pub(super) last_real: f64,
    /// The year of the last raise of a ratchet, or the first year.
    pub(super) last_raise: u32,
}
