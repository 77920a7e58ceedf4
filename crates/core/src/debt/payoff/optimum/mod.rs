//! The least total interest, with a proof of how near it is.
//!
//! # The problem
//!
//! Each month every debt gets at least its minimum payment and at most what is owed, and all payments together are
//! at most the budget. Among all such payments in whole minor units, with interest and minimum payments rounded
//! each month, find those with the least interest.
//!
//! # The proof
//!
//! Put a price of at least one on the money of each month. The payments of the best plan, so priced, cost no less
//! than the least that each debt alone can cost at these prices; and since no month pays more than its budget,
//!
//! interest >= sum over debts W(debt) - sum over months (price - 1) budget - sum of the balances.
//!
//! This holds for every choice of prices (weak duality), and `single` works out W exactly. So whatever finds the
//! prices and the plan, the bound is a proof: the plan is at most the gap above the least interest.
//!
//! # The search
//!
//! The value of money falls from month to month by the rate of the debt that gets the surplus. The prices that
//! follow so from the avalanche prove it optimal wherever rates stay the same and minimum payments do not stand in
//! the way. Elsewhere `master` finds the prices and a mix of plans by linear programming; the mix, followed in
//! whole minor units, is one more plan, and the cheapest of all is returned.

mod master;
mod single;

use schemars::JsonSchema;
use serde::Serialize;

use self::{
    master::Master,
    single::{Minimum, Single},
};
use super::{
    plan::follow,
    request::PayoffStrategyName,
    run::{Run, highest_rate_first, pay_in_order},
    terms::{RatePeriod, Terms},
};
use crate::{
    Result,
    num::{Decimal, Rounding},
};

/// How many months and debts together the linear program may have.
const MAX_ROWS: usize = 400;
/// How many steps the linear program may take, for each of its rows.
const STEPS_PER_ROW: usize = 30;
/// What binary rounding can add to a bound, as a share of the balances and of the bound: many times more than it
/// does.
const BINARY_ERROR: f64 = 1e-9;

/// How near the least possible interest a plan is proved to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PayoffProof {
    /// What is proved.
    pub status: PayoffProofStatus,
    /// No way to spend the budget, in whole minor units and with every rounding in one's favour, costs less
    /// interest than this.
    pub lower_bound: Decimal,
    /// The interest of the plan less the lower bound: the plan is at most this much above the least interest.
    pub gap: Decimal,
    /// If interest and payments were not rounded at all, no way to spend the budget would cost less interest than
    /// this, which is rounded up.
    pub unrounded_lower_bound: Decimal,
}

/// What is proved of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PayoffProofStatus {
    /// No way to spend the budget costs less, not by one minor unit: the gap is zero.
    Exact,
    /// No way to spend the budget costs less but by what the rounding of each month's interest can do: the plan is
    /// no further above the least unrounded interest than the lower bound is below it.
    ExactUpToRounding,
    /// The gap is wider than rounding explains: a better plan may exist.
    Bounded,
}

struct Bounds {
    unrounded: i128,
    rounded: i128,
}

impl Bounds {
    /// Whether the interest is no further above the unrounded bound than rounding can bring it below.
    fn explain(&self, interest: i128) -> bool {
        interest - self.unrounded <= self.unrounded - self.rounded
    }
}

/// The cheapest plan that is found, and what is proved of it.
pub(super) fn optimum(
    terms: &Terms,
    rates: &[Vec<RatePeriod>],
    custom: Option<&[usize]>,
) -> Result<(Run, PayoffProof)> {
    let mut best = cheapest_order(terms, rates, custom)?;
    let relaxed = Relaxed::new(terms, rates, best.months.len());
    let mut bounds = relaxed.bounds(&marginal_prices(&best));

    if !bounds.explain(best.total_interest) && relaxed.budgets.len() + relaxed.singles.len() <= MAX_ROWS {
        let mut failure = None;
        let mut master = Master::new(&relaxed.singles, &relaxed.budgets);
        let steps = STEPS_PER_ROW * (relaxed.budgets.len() + relaxed.singles.len());
        master.solve(steps, |prices, mix| {
            let here = relaxed.bounds(prices);
            bounds.unrounded = bounds.unrounded.max(here.unrounded);
            bounds.rounded = bounds.rounded.max(here.rounded);
            match follow_mix(terms, rates, &relaxed.in_minor_units(&mix.payments())) {
                Ok(Some(run)) if run.total_interest < best.total_interest => best = run,
                Ok(_) => {}
                Err(error) => failure = Some(error),
            }
            failure.is_some() || bounds.explain(best.total_interest)
        });
        if let Some(error) = failure {
            return Err(error);
        }
    }

    let gap = best.total_interest - bounds.rounded;
    let status = if gap <= 0 {
        PayoffProofStatus::Exact
    } else if bounds.explain(best.total_interest) {
        PayoffProofStatus::ExactUpToRounding
    } else {
        PayoffProofStatus::Bounded
    };
    let proof = PayoffProof {
        status,
        lower_bound: terms.total(bounds.rounded)?,
        gap: terms.total(gap)?,
        unrounded_lower_bound: terms.total(bounds.unrounded)?,
    };
    Ok((best, proof))
}

/// The cheapest of the strategies that are an order of the debts.
fn cheapest_order(terms: &Terms, rates: &[Vec<RatePeriod>], custom: Option<&[usize]>) -> Result<Run> {
    let orders =
        [PayoffStrategyName::Avalanche, PayoffStrategyName::Snowball, PayoffStrategyName::HighestPayment];
    let (mut best, mut failure) = (None::<Run>, None);
    for strategy in orders.into_iter().chain(custom.map(|_| PayoffStrategyName::Custom)) {
        match follow(strategy, terms, rates, custom.unwrap_or_default())? {
            Ok(run) => {
                let cost = |run: &Run| (run.total_interest, run.months.len());
                if best.as_ref().is_none_or(|best| cost(&run) < cost(best)) {
                    best = Some(run);
                }
            }
            Err(unpaid) => failure = failure.or(Some(unpaid)),
        }
    }
    match (best, failure) {
        (Some(best), _) => Ok(best),
        (None, Some(unpaid)) => Err(unpaid.into_error(terms)?),
        (None, None) => Ok(Run { months: Vec::new(), total_interest: 0 }),
    }
}

/// The problem in binary numbers, as shares of all balances.
struct Relaxed {
    unit: f64,
    slack: f64,
    singles: Vec<Single>,
    budgets: Vec<f64>,
}

impl Relaxed {
    fn new(terms: &Terms, rates: &[Vec<RatePeriod>], months: usize) -> Self {
        let unit = terms.debts.iter().map(|debt| debt.balance as f64).sum::<f64>();
        let single = |(index, debt): (usize, &super::terms::Debt)| Single {
            balance: debt.balance as f64 / unit,
            rates: rates
                .iter()
                .take(months)
                .filter_map(|rates| rates.get(index))
                .map(|rate| rate.monthly.numerator as f64 / rate.monthly.denominator as f64)
                .collect(),
            minimum: Minimum::new(debt.minimum, unit),
        };
        Self {
            unit,
            slack: match terms.rounding {
                Rounding::HalfEven | Rounding::HalfUp => 0.5 / unit,
                Rounding::Down => 1.0 / unit,
                Rounding::Up => 0.0,
            },
            singles: terms.debts.iter().enumerate().map(single).collect(),
            budgets: terms.budget.iter().take(months).map(|budget| *budget as f64 / unit).collect(),
        }
    }

    fn bounds(&self, prices: &[f64]) -> Bounds {
        let prices: Vec<f64> = prices.iter().map(|price| price.max(1.0)).collect();
        Bounds { unrounded: self.bound(&prices, 0.0), rounded: self.bound(&prices, self.slack) }
    }

    /// The least interest that the prices prove, in whole minor units.
    fn bound(&self, prices: &[f64], slack: f64) -> i128 {
        let costs: f64 = self.singles.iter().map(|single| single.priced(prices, slack).cost()).sum();
        let beyond: f64 = prices.iter().zip(&self.budgets).map(|(price, budget)| (price - 1.0) * budget).sum();
        let balances: f64 = self.singles.iter().map(|single| single.balance).sum();
        let error = BINARY_ERROR * (costs + beyond + balances);
        // Interest is a whole number of minor units that is not negative, so the bound is rounded up.
        (((costs - beyond - balances - error) * self.unit).ceil() as i128).max(0)
    }

    fn in_minor_units(&self, payments: &[Vec<f64>]) -> Vec<Vec<f64>> {
        payments.iter().map(|month| month.iter().map(|payment| payment * self.unit).collect()).collect()
    }
}

/// The value of money in each month if the last unit of the surplus earns, from one month to the next, the rate of
/// the debt that it is paid on.
fn marginal_prices(run: &Run) -> Vec<f64> {
    let mut prices = vec![1.0; run.months.len()];
    let mut price = 1.0;
    let mut marginal = None;
    for (month, parts) in run.months.iter().enumerate().rev() {
        if let Some(next) = run.months.get(month + 1) {
            marginal = parts.iter().position(|debt| debt.surplus > 0 && debt.balance() > 0).or(marginal);
            if let Some(debt) = marginal.and_then(|index| next.get(index)) {
                price *= 1.0 + debt.rate.monthly.numerator as f64 / debt.rate.monthly.denominator as f64;
            }
        }
        if let Some(slot) = prices.get_mut(month) {
            *slot = price;
        }
    }
    prices
}

/// Follows payments of a mix as nearly as whole minor units and minimum payments allow; `None` when the minimum
/// payments do not let it.
fn follow_mix(terms: &Terms, rates: &[Vec<RatePeriod>], mix: &[Vec<f64>]) -> Result<Option<Run>> {
    // What the mix still pays after each month, which tells when a debt is to be repaid.
    let mut later = vec![vec![0.0; terms.debts.len()]; mix.len()];
    let mut sums = vec![0.0; terms.debts.len()];
    for (later, paid) in later.iter_mut().zip(mix).rev() {
        later.clone_from(&sums);
        for (sum, paid) in sums.iter_mut().zip(paid) {
            *sum += paid;
        }
    }
    let outcome = Run::with_budget(terms, rates, |month, debts, surplus| {
        let mut surplus = surplus;
        let mut order = highest_rate_first(debts);
        if let (Some(paid), Some(later)) = (mix.get(month), later.get(month)) {
            let wanted: Vec<i64> = debts
                .iter()
                .zip(paid.iter().zip(later))
                .map(|(debt, (paid, later))| {
                    let settled = *paid > 0.5 && *later < 0.5;
                    if settled { debt.balance() } else { ((paid.round() as i64) - debt.minimum).clamp(0, debt.balance()) }
                })
                .collect();
            order.sort_by_key(|index| wanted.get(*index).map(|wanted| std::cmp::Reverse(*wanted)));
            for (debt, wanted) in debts.iter_mut().zip(&wanted) {
                let more = surplus.min(*wanted);
                debt.surplus += more;
                surplus -= more;
            }
        }
        pay_in_order(debts, &order, surplus);
    })?;
    Ok(outcome.ok())
}
