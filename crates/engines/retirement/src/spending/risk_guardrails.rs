//! Spending that stays constant while its probability of success is within a band.

use super::{
    SpendingTrigger,
    state::{SpendingState, SpendingYear},
    trigger::SpendingTriggers,
};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_math::{exp, exp_m1, is_covered, ln, ln_1p, normal};

/// For a number of remaining years, the funds needed for one unit of annual real spending, by probability of success.
#[derive(Debug, Clone, Copy)]
struct Multiples {
    /// For success with the lower probability of the band.
    lower: f64,
    /// For success with the target probability.
    target: f64,
    /// For success with the upper probability of the band.
    upper: f64,
}

/// Instead of computing a probability in each year of each path, compare funds: the probability of success of a
/// spending is below p exactly if the funds are below spending × multiple(p).
#[derive(Debug, Clone)]
pub(super) struct RiskGuardrails {
    real_return: f64,
    adjustment: f64,
    /// By the number of remaining years, minus one.
    multiples: Vec<Multiples>,
}

/// The parameters of the rule before validation; the fields are those of the input.
pub(super) struct Parts {
    pub(super) expected_real_return: f64,
    pub(super) volatility: f64,
    pub(super) target_success: f64,
    pub(super) lower_success: f64,
    pub(super) upper_success: f64,
    pub(super) adjustment: f64,
}

impl RiskGuardrails {
    pub(super) fn new(parts: &Parts) -> Result<Self> {
        let Parts {
            expected_real_return,
            volatility,
            target_success,
            lower_success,
            upper_success,
            adjustment,
        } = *parts;
        let real_return = limits::rate_above(expected_real_return, -1.0, 1.0).at("expectedRealReturn")?;
        let volatility = check::fraction(volatility).at("volatility")?;
        let target = check::probability(target_success, 0.01..=0.99).at("targetSuccess")?;
        let lower = check::probability(lower_success, 0.01..=0.99).at("lowerSuccess")?;
        let upper = check::probability(upper_success, 0.01..=0.9999).at("upperSuccess")?;
        for (is_in_order, field, value) in
            [(lower <= target, "lowerSuccess", lower), (target <= upper, "upperSuccess", upper)]
        {
            if !is_in_order {
                let message = format!(
                    "{value} was given beside a target of {target}; the lower probability is at most the target, \
                     the upper one at least"
                );
                return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at(field));
            }
        }
        let adjustment = limits::rate_above(adjustment, 0.0, 1.0).at("adjustment")?;
        let quantiles = Multiples {
            lower: normal::inverse_cumulative(lower)?,
            target: normal::inverse_cumulative(target)?,
            upper: normal::inverse_cumulative(upper)?,
        };
        Ok(Self { real_return, adjustment, multiples: multiples(real_return, volatility, quantiles) })
    }

    pub(super) fn real_return(&self) -> f64 {
        self.real_return
    }

    pub(super) fn first(&self, year: &SpendingYear) -> f64 {
        payable(funds(year) / self.multiples_of(year).target, year)
    }

    pub(super) fn next(
        &self,
        state: &SpendingState,
        year: &SpendingYear,
        triggers: &mut SpendingTriggers,
    ) -> f64 {
        let (funds, multiples) = (funds(year), self.multiples_of(year));
        let held = state.last_real * year.price_level;
        let trigger = if !is_covered(funds, held * multiples.lower) {
            SpendingTrigger::LowerGuardrail
        } else if !is_covered(held * multiples.upper, funds) {
            SpendingTrigger::UpperGuardrail
        } else {
            return held;
        };
        triggers.add(trigger);
        payable(held + self.adjustment * (funds / multiples.target - held), year)
    }

    #[expect(clippy::indexing_slicing, reason = "the index is clamped to the table, which is not empty")]
    fn multiples_of(&self, year: &SpendingYear) -> Multiples {
        let index = (year.years_left as usize).clamp(1, self.multiples.len()) - 1;
        self.multiples[index]
    }
}

fn funds(year: &SpendingYear) -> f64 {
    (year.portfolio + year.other_income_value).max(0.0)
}

/// Future income cannot be spent yet.
fn payable(spending: f64, year: &SpendingYear) -> f64 {
    spending.min(year.portfolio + year.other_income)
}

/// The multiples for 1 to 200 remaining years, given the quantiles of the standard normal distribution.
///
/// With d the random discount factor of one year, the present value of one unit in each of n years is
/// `X(n) = 1 + d X(n - 1)`, so its moments follow year by year.
fn multiples(real_return: f64, volatility: f64, quantiles: Multiples) -> Vec<Multiples> {
    let variance = volatility * volatility;
    // ln(growth) has the mean ln(1 + R) - variance / 2, so E[d] = exp(variance) / (1 + R).
    let mean_discount = exp(variance) / (1.0 + real_return);
    let relative_variance = exp_m1(variance);
    let discount_variance = mean_discount * mean_discount * relative_variance;
    let square_discount = mean_discount * mean_discount + discount_variance;
    // Mean and variance of the part after the first payment, d X(n - 1).
    let (mut mean, mut spread) = (0.0, 0.0);
    let mut all = Vec::with_capacity(limits::MAX_SPENDING_YEARS as usize);
    for _ in 0..limits::MAX_SPENDING_YEARS {
        let multiple = |quantile: f64| {
            if mean == 0.0 {
                return 1.0;
            }
            let log_variance = ln_1p(spread / (mean * mean));
            1.0 + exp(ln(mean) - 0.5 * log_variance + log_variance.sqrt() * quantile)
        };
        all.push(Multiples {
            lower: multiple(quantiles.lower),
            target: multiple(quantiles.target),
            upper: multiple(quantiles.upper),
        });
        let whole = 1.0 + mean;
        spread = square_discount * spread + discount_variance * whole * whole;
        mean = mean_discount * whole;
    }
    all
}
