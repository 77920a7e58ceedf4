//! Rules that withdraw a share of the portfolio, with or without bounds.

use super::{
    SpendingTrigger,
    state::{SpendingState, SpendingYear},
    trigger::SpendingTriggers,
};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_math::is_covered;

/// Bengen's floor and ceiling (2001): bounds around the first year's real withdrawal.
#[derive(Debug, Clone)]
pub(super) struct FloorAndCeiling {
    rate: f64,
    lowest: f64,
    highest: f64,
}

impl FloorAndCeiling {
    pub(super) fn new(rate: f64, floor: f64, ceiling: f64) -> Result<Self> {
        Ok(Self {
            rate: check::fraction(rate).at("rate")?,
            lowest: 1.0 - check::fraction(floor).at("floor")?,
            highest: 1.0 + check::rate(ceiling, 0.0..=10.0).at("ceiling")?,
        })
    }

    pub(super) fn first(&self, year: &SpendingYear) -> f64 {
        self.rate * year.portfolio
    }

    pub(super) fn next(
        &self,
        state: &SpendingState,
        year: &SpendingYear,
        triggers: &mut SpendingTriggers,
    ) -> f64 {
        let first = self.rate * state.first_portfolio * (year.price_level / state.first_price_level);
        between(self.rate * year.portfolio, self.lowest * first, self.highest * first, triggers)
    }
}

/// Vanguard's dynamic spending (2013): bounds around last year's real withdrawal.
#[derive(Debug, Clone)]
pub(super) struct DynamicSpending {
    rate: f64,
    lowest: f64,
    highest: f64,
}

impl DynamicSpending {
    pub(super) fn new(rate: f64, floor: f64, ceiling: f64) -> Result<Self> {
        Ok(Self {
            rate: check::fraction(rate).at("rate")?,
            lowest: 1.0 - check::fraction(floor).at("floor")?,
            highest: 1.0 + check::rate(ceiling, 0.0..=10.0).at("ceiling")?,
        })
    }

    pub(super) fn first(&self, year: &SpendingYear) -> f64 {
        self.rate * year.portfolio
    }

    pub(super) fn next(
        &self,
        state: &SpendingState,
        year: &SpendingYear,
        triggers: &mut SpendingTriggers,
    ) -> f64 {
        let last = state.last_real * year.price_level;
        if year.is_ruined(last) {
            // The floor would go on lowering an amount that nothing pays.
            return last;
        }
        between(self.rate * year.portfolio, self.lowest * last, self.highest * last, triggers)
    }
}

/// A share that depends on the price-earnings ratio.
#[derive(Debug, Clone)]
pub(super) struct CapeBased {
    base: f64,
    weight: f64,
    /// The ratio in years without one. Infinite if every year has one, so that it would add nothing to the base.
    usual: f64,
}

impl CapeBased {
    pub(super) fn new(base: f64, weight: f64, cape: Option<f64>, market_has_cape: bool) -> Result<Self> {
        let base = check::fraction(base).at("base")?;
        let weight = check::rate(weight, 0.0..=10.0).at("weight")?;
        let usual = match cape {
            Some(ratio) => limits::cape(ratio)?,
            None if market_has_cape => f64::INFINITY,
            None => {
                let message = "the market has no price-earnings ratio, so the rule must have one; give a number above 0";
                return Err(Error::new(ErrorCode::FieldMissing, message).at("cape"));
            }
        };
        Ok(Self { base, weight, usual })
    }

    pub(super) fn amount(&self, year: &SpendingYear) -> f64 {
        let share = self.base + self.weight / year.cape.unwrap_or(self.usual);
        share.min(1.0) * year.portfolio
    }
}

/// `amount` within its bounds. Only what is outside by more than rounding is a trigger.
fn between(amount: f64, lowest: f64, highest: f64, triggers: &mut SpendingTriggers) -> f64 {
    if !is_covered(amount, lowest) {
        triggers.add(SpendingTrigger::Floor);
    } else if !is_covered(highest, amount) {
        triggers.add(SpendingTrigger::Ceiling);
    }
    amount.max(lowest).min(highest)
}
