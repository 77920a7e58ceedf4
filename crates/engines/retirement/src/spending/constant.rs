//! Withdrawals of constant purchasing power, with an optional ratchet.

use super::{
    SpendingTrigger,
    state::{SpendingState, SpendingYear},
    trigger::SpendingTriggers,
};
use crate::limits;
use wherewithal_base::{Result, check, error::At as _};
use wherewithal_math::is_covered;

/// The ratchet of Kitces (2015).
#[derive(Debug, Clone)]
pub(super) struct Ratchet {
    initial_rate: f64,
    /// The multiple of the first year's value that the portfolio must exceed.
    multiple: f64,
    raised: f64,
    years_between: u32,
    real_threshold: bool,
}

/// The parameters of the rule before validation; the fields are those of the input.
pub(super) struct Parts {
    pub(super) initial_rate: f64,
    pub(super) threshold: f64,
    pub(super) raise: f64,
    pub(super) years_between: u32,
    pub(super) real_threshold: bool,
}

impl Ratchet {
    pub(super) fn new(parts: &Parts) -> Result<Self> {
        let Parts { initial_rate, threshold, raise, years_between, real_threshold } = *parts;
        Ok(Self {
            initial_rate: check::fraction(initial_rate).at("initialRate")?,
            multiple: 1.0 + check::rate(threshold, 0.0..=100.0).at("threshold")?,
            raised: 1.0 + check::rate(raise, 0.0..=10.0).at("raise")?,
            years_between: limits::years(years_between, 1, limits::MAX_SPENDING_YEARS).at("yearsBetween")?,
            real_threshold,
        })
    }

    pub(super) fn first(&self, year: &SpendingYear) -> f64 {
        self.initial_rate * year.portfolio
    }

    pub(super) fn next(
        &self,
        state: &mut SpendingState,
        year: &SpendingYear,
        triggers: &mut SpendingTriggers,
    ) -> f64 {
        let amount = state.last_real * year.price_level;
        let risen = if self.real_threshold { year.price_level / state.first_price_level } else { 1.0 };
        let is_due = year.year - state.last_raise >= self.years_between;
        if is_due && !is_covered(self.multiple * state.first_portfolio * risen, year.portfolio) {
            state.last_raise = year.year;
            triggers.add(SpendingTrigger::Ratchet);
            return amount * self.raised;
        }
        amount
    }
}
