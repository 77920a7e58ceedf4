//! The problem in binary numbers, and the bounds that prices prove.

use super::{
    super::{
        run::Run,
        terms::{Debt, RatePeriod, Terms},
    },
    single::{Minimum, Single, Window},
};
use wherewithal_base::num::Rounding;

/// What binary rounding can add to a bound, as a share of the amounts in it: many times more than it does.
const BINARY_ERROR: f64 = 1e-9;

/// The least interest that is proved, in minor units; `None` where no payments are possible.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    /// Without any rounding.
    pub(super) unrounded: Option<i128>,
    /// With each month's interest lower by as much as rounding can move it.
    reach: Option<i128>,
    /// With every rounding in one's favour.
    pub(super) rounded: Option<i128>,
}

impl Bounds {
    /// The same, where the least interest with all its rounding is known.
    pub(super) fn with_least(self, interest: i128) -> Self {
        Self { rounded: Some(interest), ..self }
    }

    /// Whether the interest is no further above the unrounded bound than rounding can move it.
    pub(super) fn explain(self, interest: i128) -> bool {
        match (self.unrounded, self.reach) {
            (Some(unrounded), Some(reach)) => interest - unrounded <= unrounded - reach,
            _ => true,
        }
    }

    /// The better of two proofs of the same.
    pub(super) fn or(self, other: Self) -> Self {
        let better = |a: Option<i128>, b: Option<i128>| Some(a?.max(b?));
        self.merge(other, better)
    }

    /// What two proofs, each of one of two cases, prove together.
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

/// The problem in binary numbers, as shares of all balances.
pub(super) struct Relaxed {
    unit: f64,
    slack: f64,
    rounds_up: bool,
    pub(super) singles: Vec<Single>,
    pub(super) budgets: Vec<f64>,
}

impl Relaxed {
    #[expect(clippy::indexing_slicing, reason = "every month has a rate for every debt")]
    pub(super) fn new(terms: &Terms, rates: &[Vec<RatePeriod>], months: usize) -> Self {
        let unit = terms.debts.iter().map(|debt| debt.balance as f64).sum::<f64>();
        let single = |(index, debt): (usize, &Debt)| Single {
            balance: debt.balance as f64 / unit,
            rates: rates.iter().take(months).map(|rates| monthly(&rates[index])).collect(),
            minimum: Minimum::new(debt.minimum, unit),
        };
        Self {
            unit,
            slack: match terms.rounding {
                Rounding::HalfEven | Rounding::HalfUp => 0.5 / unit,
                Rounding::Down | Rounding::Up => 1.0 / unit,
            },
            rounds_up: terms.rounding == Rounding::Up,
            singles: terms.debts.iter().enumerate().map(single).collect(),
            budgets: terms.budget.iter().take(months).map(|budget| *budget as f64 / unit).collect(),
        }
    }

    /// What prices prove of the plans within the windows.
    pub(super) fn bounds(&self, prices: &[f64], windows: &[Window]) -> Bounds {
        let prices: Vec<f64> = prices.iter().map(|price| price.max(1.0)).collect();
        let unrounded = self.bound(&prices, windows, 0.0);
        let reach = self.bound(&prices, windows, self.slack);
        // Interest that is rounded up is never lower than unrounded interest.
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

/// The value of money in each month if the last unit of the surplus earns, from one month to the next, the rate of
/// the debt that it is paid on.
#[expect(clippy::indexing_slicing, reason = "every month of a run has the same debts")]
pub(super) fn marginal_prices(run: &Run) -> Vec<f64> {
    let mut prices = vec![1.0; run.months.len()];
    let mut price = 1.0;
    let mut marginal = None;
    let steps = run.months.iter().zip(run.months.iter().skip(1));
    for (slot, (parts, next)) in prices.iter_mut().zip(steps).rev() {
        marginal = parts.iter().position(|debt| debt.surplus > 0 && debt.balance() > 0).or(marginal);
        if let Some(index) = marginal {
            price *= 1.0 + monthly(&next[index].rate);
        }
        *slot = price;
    }
    prices
}
