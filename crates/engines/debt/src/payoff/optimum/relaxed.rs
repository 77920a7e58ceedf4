//! The problem in floating-point numbers, and the bounds that prices prove.

use super::{
    super::{
        compiled::{CompiledDebts, Debt, RatePeriod},
        run::Run,
    },
    single::{Deferred, Minimum, Single, Window},
};
use wherewithal_base::num::Rounding;

/// An allowance for floating-point rounding in a bound, as a share of the amounts in it: many times what occurs.
const BINARY_ERROR: f64 = 1e-9;

/// The proved lower bounds on the interest, in minor units; `None` if no payments are possible.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    /// Without any rounding.
    pub(super) unrounded: Option<i128>,
    /// With each month's interest lowered by as much as rounding can change it.
    reach: Option<i128>,
    /// With every rounding favourable.
    pub(super) rounded: Option<i128>,
}

impl Bounds {
    /// The same bounds, if the least interest with all its rounding is known.
    pub(super) fn with_least(self, interest: i128) -> Self {
        Self { rounded: Some(interest), ..self }
    }

    /// Whether the interest exceeds the unrounded bound by no more than rounding can account for.
    pub(super) fn explain(self, interest: i128) -> bool {
        match (self.unrounded, self.reach) {
            (Some(unrounded), Some(reach)) => interest - unrounded <= unrounded - reach,
            _ => true,
        }
    }

    /// The stronger of two proofs of the same case.
    pub(super) fn or(self, other: Self) -> Self {
        let better = |a: Option<i128>, b: Option<i128>| Some(a?.max(b?));
        self.merge(other, better)
    }

    /// The joint proof of two cases: the weaker of the two.
    pub(super) fn and(self, other: Self) -> Self {
        let weaker = |a: Option<i128>, b: Option<i128>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.merge(other, weaker)
    }

    fn merge(self, other: Self, each: impl Fn(Option<i128>, Option<i128>) -> Option<i128>) -> Self {
        Self {
            unrounded: each(self.unrounded, other.unrounded),
            reach: each(self.reach, other.reach),
            rounded: each(self.rounded, other.rounded),
        }
    }
}

/// The problem in floating-point numbers, as shares of the sum of all balances.
pub(super) struct Relaxed {
    unit: f64,
    slack: f64,
    rounds_up: bool,
    pub(super) singles: Vec<Single>,
    pub(super) budgets: Vec<f64>,
}

impl Relaxed {
    #[expect(clippy::indexing_slicing, reason = "every month has a rate for every debt")]
    pub(super) fn new(terms: &CompiledDebts, rates: &[Vec<RatePeriod>], months: usize) -> Self {
        // As shares of one, amounts of any size meet the same tolerances.
        let unit = terms.debts.iter().map(|debt| debt.balance as f64).sum::<f64>();
        let single = |(index, debt): (usize, &Debt)| {
            let mut charged: Vec<f64> =
                rates.iter().take(months).map(|rates| monthly(&rates[index])).collect();
            let deferring = debt.deferral.map_or(0, |deferral| deferral.months.min(months));
            let deferred = charged[..deferring].to_vec();
            charged[..deferring].fill(0.0);
            // A promotion that lasts to the end is a debt without interest, which is a bound for one that lasts longer.
            let ends = debt.deferral.filter(|_| deferring < months);
            Single {
                balance: debt.balance as f64 / unit,
                rates: charged,
                minimum: Minimum::new(debt.minimum, unit),
                deferral: ends
                    .map(|deferral| Deferred { rates: deferred, accrued: deferral.accrued as f64 / unit }),
            }
        };
        Self {
            unit,
            slack: match terms.rounding {
                Rounding::HalfEven | Rounding::HalfUp => 0.5 / unit,
                Rounding::Down | Rounding::Up => 1.0 / unit,
            },
            // A minimum payment can be rounded down to a step all the same.
            rounds_up: terms.rounding == Rounding::Up
                && terms.debts.iter().all(|debt| !debt.minimum.has_step()),
            singles: terms.debts.iter().enumerate().map(single).collect(),
            budgets: terms.budget.iter().take(months).map(|budget| *budget as f64 / unit).collect(),
        }
    }

    /// The bounds that prices prove for the plans within the windows.
    pub(super) fn bounds(&self, prices: &[f64], windows: &[Window]) -> Bounds {
        // Weak duality needs prices of at least one; those of an unfinished linear program can be lower.
        let prices: Vec<f64> = prices.iter().map(|price| price.max(1.0)).collect();
        let unrounded = self.bound(&prices, windows, 0.0);
        let reach = self.bound(&prices, windows, self.slack);
        // Interest that is rounded up is never below unrounded interest.
        Bounds { unrounded, reach, rounded: if self.rounds_up { unrounded } else { reach } }
    }

    fn bound(&self, prices: &[f64], windows: &[Window], slack: f64) -> Option<i128> {
        let mut costs = 0.0;
        for (single, window) in self.singles.iter().zip(windows) {
            costs += single.priced(prices, slack, *window)?.cost();
        }
        let beyond: f64 =
            prices.iter().zip(&self.budgets).map(|(price, budget)| (price - 1.0) * budget).sum();
        let balances: f64 = self.singles.iter().map(|single| single.balance).sum();
        let error = BINARY_ERROR * (costs + beyond + balances);
        // Interest is a whole number of minor units that is not negative, so the bound is rounded up.
        Some((((costs - beyond - balances - error) * self.unit).ceil() as i128).max(0))
    }

    pub(super) fn in_minor_units(&self, payments: &[Vec<f64>]) -> Vec<Vec<f64>> {
        payments.iter().map(|month| month.iter().map(|payment| payment * self.unit).collect()).collect()
    }
}

fn monthly(rate: &RatePeriod) -> f64 {
    rate.monthly.numerator as f64 / rate.monthly.denominator as f64
}

/// The value of money in each month: from one month to the next, the last unit of the surplus earns the rate of the
/// debt that it repays.
#[expect(clippy::indexing_slicing, reason = "every month of a run has the same debts")]
pub(super) fn marginal_prices(run: &Run) -> Vec<f64> {
    let mut prices = vec![1.0; run.months.len()];
    let mut price = 1.0;
    let mut marginal = None;
    let steps = run.months.iter().zip(run.months.iter().skip(1));
    for (slot, (parts, next)) in prices.iter_mut().zip(steps).rev() {
        marginal = parts.iter().position(|debt| debt.surplus > 0 && debt.balance() > 0).or(marginal);
        if let Some(index) = marginal {
            // Nothing is charged while interest is deferred.
            if next[index].deferred == 0 {
                price *= 1.0 + monthly(&next[index].rate);
            }
        }
        *slot = price;
    }
    prices
}
