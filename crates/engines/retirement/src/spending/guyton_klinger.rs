//! The decision rules of Guyton and Klinger (2006) about the amount; for those about assets see
//! [`portfolio_management`](super::portfolio_management).

use super::{
    SpendingTrigger,
    state::{SpendingState, SpendingYear},
    trigger::SpendingTriggers,
};
use crate::limits;
use wherewithal_base::{Result, check, error::At as _};
use wherewithal_math::is_covered;

#[derive(Debug, Clone)]
pub(super) struct GuytonKlinger {
    initial_rate: f64,
    /// The share of the portfolio above which capital preservation cuts.
    upper_rate: f64,
    /// The share of the portfolio below which prosperity raises.
    lower_rate: f64,
    cut: f64,
    raised: f64,
    preservation_end: u32,
    inflation_cap: f64,
}

/// The parameters of the rule before validation; the fields are those of the input.
pub(super) struct Parts {
    pub(super) initial_rate: f64,
    pub(super) guardrail: f64,
    pub(super) adjustment: f64,
    pub(super) preservation_end: u32,
    pub(super) inflation_cap: Option<f64>,
}

impl GuytonKlinger {
    pub(super) fn new(parts: &Parts) -> Result<Self> {
        let Parts { initial_rate, guardrail, adjustment, preservation_end, inflation_cap } = *parts;
        let initial_rate = limits::rate_above(initial_rate, 0.0, 1.0).at("initialRate")?;
        let guardrail = check::fraction(guardrail).at("guardrail")?;
        let adjustment = check::fraction(adjustment).at("adjustment")?;
        Ok(Self {
            initial_rate,
            upper_rate: initial_rate * (1.0 + guardrail),
            lower_rate: initial_rate * (1.0 - guardrail),
            cut: 1.0 - adjustment,
            raised: 1.0 + adjustment,
            preservation_end: limits::years(preservation_end, 0, limits::MAX_SPENDING_YEARS)
                .at("preservationEnd")?,
            inflation_cap: inflation_cap
                .map_or(Ok(f64::INFINITY), |cap| check::rate(cap, 0.0..=10.0).at("inflationCap"))?,
        })
    }

    pub(super) fn first(&self, year: &SpendingYear) -> f64 {
        self.initial_rate * year.portfolio
    }

    pub(super) fn next(
        &self,
        state: &SpendingState,
        year: &SpendingYear,
        triggers: &mut SpendingTriggers,
    ) -> f64 {
        if year.is_ruined(state.last) {
            // Any amount is too large a share of nothing: what is then lacking is counted in full, and not cut.
            return state.last * (1.0 + year.inflation.min(self.inflation_cap));
        }
        let amount = self.with_inflation(state.last, year, triggers);
        if year.years_left > self.preservation_end && !is_covered(self.upper_rate * year.portfolio, amount) {
            triggers.add(SpendingTrigger::CapitalPreservation);
            amount * self.cut
        } else if !is_covered(amount, self.lower_rate * year.portfolio) {
            triggers.add(SpendingTrigger::Prosperity);
            amount * self.raised
        } else {
            amount
        }
    }

    /// The withdrawal rule.
    fn with_inflation(&self, last: f64, year: &SpendingYear, triggers: &mut SpendingTriggers) -> f64 {
        let raised = last * (1.0 + year.inflation.min(self.inflation_cap));
        let after_a_loss = !is_covered(1.0 + year.portfolio_return, 1.0)
            && !is_covered(self.initial_rate * year.portfolio, raised);
        if year.inflation > 0.0 && after_a_loss {
            triggers.add(SpendingTrigger::InflationSkipped);
            return last;
        }
        if !is_covered(self.inflation_cap, year.inflation) {
            triggers.add(SpendingTrigger::InflationCapped);
        }
        raised
    }
}
