//! The simulation of paths, several at a time in lanes.

use super::compiled::{CompiledRebalancing, Flow, Portfolio};
use crate::{
    lanes::{Path, pay},
    paths::{GROUP, GroupRows},
};
use wherewithal_market::internal::GrowthBlock;
use wherewithal_math::{
    dispatch::{Kernel, dispatch},
    is_covered,
    random::{LANES, Lanes},
};

/// One step of [`LANES`] paths.
pub(super) struct Step<'a> {
    /// Counted from 1.
    pub(super) number: usize,
    pub(super) start_flow: &'a Lanes,
    /// The growth factor of the portfolio.
    pub(super) growth: &'a Lanes,
    pub(super) end_flow: &'a Lanes,
    pub(super) balances: &'a Lanes,
    pub(super) price_levels: &'a Lanes,
    /// The step in which a path could not pay; 0 while it has paid everything.
    pub(super) depleted: &'a Lanes,
}

/// Runs a group of paths and fills its rows.
pub(super) fn run_group(portfolio: &Portfolio, rows: GroupRows<'_>) {
    let market = &portfolio.market;
    let mut growth = GrowthBlock::new(market);
    for column in (0..rows.paths).step_by(LANES) {
        market.fill((rows.first_path + column as u64) / LANES as u64, &mut growth);
        dispatch(Keep { portfolio, growth: &growth, column, rows: &mut *rows.numbers });
    }
}

/// Runs [`LANES`] paths and writes their numbers into each row from `column` on.
pub(super) struct Keep<'a> {
    pub(super) portfolio: &'a Portfolio,
    pub(super) growth: &'a GrowthBlock,
    pub(super) column: usize,
    pub(super) rows: &'a mut [f64],
}

impl Kernel for Keep<'_> {
    #[inline(always)]
    fn run(self) {
        let Self { portfolio, growth, column, rows } = self;
        walk(portfolio, growth, &mut Keeper { portfolio, column, rows, year: 1, step_of_year: 0 });
    }
}

/// Receives each step of a walk. A trait and not a closure, so that it is inlined into the kernel and compiled for the
/// same register width.
pub(super) trait Observer {
    fn see(&mut self, step: &Step<'_>);
}

/// Stores the balances at the end of each year.
struct Keeper<'a> {
    portfolio: &'a Portfolio,
    column: usize,
    rows: &'a mut [f64],
    year: usize,
    step_of_year: u32,
}

impl Observer for Keeper<'_> {
    #[inline(always)]
    fn see(&mut self, step: &Step<'_>) {
        self.step_of_year += 1;
        if self.step_of_year < self.portfolio.steps_per_year {
            return;
        }
        let rows = self.portfolio.rows;
        if let Some(row) = rows.nominal(self.year) {
            self.keep(row, step.balances);
        }
        if let Some(row) = rows.real(self.year) {
            self.keep(row, &each(step.balances, step.price_levels, |balance, level| balance / level));
        }
        if self.year == rows.years {
            self.keep(rows.depletion(), step.depleted);
        }
        self.year += 1;
        self.step_of_year = 0;
    }
}

impl Keeper<'_> {
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "a group has all rows, each of GROUP numbers")]
    fn keep(&mut self, row: usize, numbers: &Lanes) {
        let start = row * GROUP + self.column;
        self.rows[start..start + LANES].copy_from_slice(numbers);
    }
}

/// Walks [`LANES`] paths through all steps.
#[inline(always)]
pub(super) fn walk(portfolio: &Portfolio, growth: &GrowthBlock, observer: &mut impl Observer) {
    if portfolio.rebalancing == CompiledRebalancing::EveryStep {
        walk_balanced(portfolio, growth, observer);
    } else {
        walk_holdings(portfolio, growth, observer);
    }
}

/// A portfolio that is rebalanced in every step: one balance represents all holdings.
#[inline(always)]
#[expect(clippy::unreachable, reason = "every step of the market has prices")]
fn walk_balanced(portfolio: &Portfolio, growth: &GrowthBlock, observer: &mut impl Observer) {
    let mut balances = [portfolio.initial_balance; LANES];
    let mut depleted = [0.0; LANES];
    let mut price_levels = [1.0; LANES];
    let mut steps = growth.steps().zip(1..);
    let years = portfolio.flows.chunks(portfolio.steps_per_year as usize).zip(&portfolio.weights);
    for (flows_of_year, weights) in years {
        for (flows, (rows, number)) in flows_of_year.iter().zip(&mut steps) {
            let [assets @ .., prices] = rows else { unreachable!("every step has prices") };
            let paid_all = number <= portfolio.first_withdrawal;
            let start_flow = due(&flows.start, &price_levels);
            pay_lanes(&mut balances, &mut depleted, &start_flow, paid_all, number);
            let growth = combined(weights, portfolio.fee_factor, assets);
            multiply(&mut balances, &growth);
            multiply(&mut price_levels, prices);
            let end_flow = due(&flows.end, &price_levels);
            pay_lanes(&mut balances, &mut depleted, &end_flow, paid_all, number);
            observer.see(&Step {
                number,
                start_flow: &start_flow,
                growth: &growth,
                end_flow: &end_flow,
                balances: &balances,
                price_levels: &price_levels,
                depleted: &depleted,
            });
        }
    }
}

/// The growth of a portfolio with these weights at the start of the step, after its own fee.
#[inline(always)]
pub(super) fn combined(weights: &[f64], fee_factor: f64, assets: &[Lanes]) -> Lanes {
    let mut sum = [0.0; LANES];
    for (weight, asset) in weights.iter().zip(assets) {
        let weight = weight * fee_factor;
        for (sum, growth) in sum.iter_mut().zip(asset) {
            *sum += weight * growth;
        }
    }
    sum
}

/// A portfolio whose weights drift: a balance for each asset class.
#[inline(always)]
#[expect(
    clippy::indexing_slicing,
    clippy::unreachable,
    reason = "every year has weights, and every step of the market has prices"
)]
fn walk_holdings(portfolio: &Portfolio, growth: &GrowthBlock, observer: &mut impl Observer) {
    let per_year = portfolio.steps_per_year as usize;
    let weights_of = |index: usize| portfolio.weights[index / per_year].as_slice();
    let mut holdings: Vec<Lanes> =
        weights_of(0).iter().map(|weight| [portfolio.initial_balance * weight; LANES]).collect();
    let mut depleted = [0.0; LANES];
    let mut price_levels = [1.0; LANES];
    for ((index, flows), rows) in portfolio.flows.iter().enumerate().zip(growth.steps()) {
        let [assets @ .., prices] = rows else { unreachable!("every step has prices") };
        let weights = weights_of(index);
        let paid_all = index < portfolio.first_withdrawal;
        let number = index + 1;
        let start_flow = due(&flows.start, &price_levels);
        let invested =
            pay_from_holdings(&mut holdings, &mut depleted, weights, &start_flow, paid_all, number);
        rebalance(portfolio.rebalancing, index % per_year == 0, &mut holdings, weights, &invested);
        for (holding, asset) in holdings.iter_mut().zip(assets) {
            for (holding, growth) in holding.iter_mut().zip(asset) {
                *holding *= growth * portfolio.fee_factor;
            }
        }
        let growth = each(
            &total(&holdings),
            &invested,
            |after, before| if before > 0.0 { after / before } else { 1.0 },
        );
        multiply(&mut price_levels, prices);
        let end_flow = due(&flows.end, &price_levels);
        let balances = pay_from_holdings(&mut holdings, &mut depleted, weights, &end_flow, paid_all, number);
        observer.see(&Step {
            number,
            start_flow: &start_flow,
            growth: &growth,
            end_flow: &end_flow,
            balances: &balances,
            price_levels: &price_levels,
            depleted: &depleted,
        });
    }
}

/// Pays a flow into or out of the holdings and returns their total value after it. Deposits are invested by `weights`;
/// withdrawals are taken from all holdings in proportion to their value.
#[inline(always)]
fn pay_from_holdings(
    holdings: &mut [Lanes],
    depleted: &mut Lanes,
    weights: &[f64],
    flow: &Lanes,
    paid_all: bool,
    number: usize,
) -> Lanes {
    let before = total(holdings);
    let mut after = before;
    pay_lanes(&mut after, depleted, flow, paid_all, number);
    let kept = each(&after, &before, |after, before| if after < before { after / before } else { 1.0 });
    let added = each(&after, &before, |after, before| if after > before { after - before } else { 0.0 });
    for (holding, weight) in holdings.iter_mut().zip(weights) {
        for (holding, (kept, added)) in holding.iter_mut().zip(kept.iter().zip(&added)) {
            *holding = *holding * kept + weight * added;
        }
    }
    after
}

/// Rebalances the holdings of each lane to `weights`, if it is due.
#[inline(always)]
fn rebalance(
    rebalancing: CompiledRebalancing,
    first_of_year: bool,
    holdings: &mut [Lanes],
    weights: &[f64],
    invested: &Lanes,
) {
    let mut due = [first_of_year && rebalancing == CompiledRebalancing::Annually; LANES];
    if let CompiledRebalancing::Bands { absolute, relative } = rebalancing {
        for (holding, weight) in holdings.iter().zip(weights) {
            for ((due, holding), invested) in due.iter_mut().zip(holding).zip(invested) {
                let strayed = (holding - weight * invested).abs();
                // A weight that rounding moves across its band is still on it.
                *due |= !is_covered(absolute * invested, strayed)
                    | !is_covered(relative * weight * invested, strayed);
            }
        }
    }
    for (holding, weight) in holdings.iter_mut().zip(weights) {
        for ((holding, invested), due) in holding.iter_mut().zip(invested).zip(&due) {
            *holding = if *due { weight * invested } else { *holding };
        }
    }
}

/// The total value of the holdings.
#[inline(always)]
fn total(holdings: &[Lanes]) -> Lanes {
    let mut sum = [0.0; LANES];
    for holding in holdings {
        for (sum, holding) in sum.iter_mut().zip(holding) {
            *sum += holding;
        }
    }
    sum
}

/// The flow of each lane at its price level.
#[inline(always)]
fn due(flow: &Flow, price_levels: &Lanes) -> Lanes {
    each(price_levels, price_levels, |level, _| flow.nominal + flow.real * level)
}

/// Pays a flow into or out of each lane. `paid_all` skips the check for failure: no path can have failed before the
/// first withdrawal.
#[inline(always)]
fn pay_lanes(balances: &mut Lanes, depleted: &mut Lanes, flow: &Lanes, paid_all: bool, number: usize) {
    if paid_all {
        for (balance, flow) in balances.iter_mut().zip(flow) {
            *balance += flow;
        }
        return;
    }
    let number = number as f64;
    for ((balance, depleted), flow) in balances.iter_mut().zip(depleted.iter_mut()).zip(flow) {
        let path = pay(Path { balance: *balance, depleted: *depleted }, *flow, number);
        *balance = path.balance;
        *depleted = path.depleted;
    }
}

#[inline(always)]
fn multiply(numbers: &mut Lanes, factors: &Lanes) {
    for (number, factor) in numbers.iter_mut().zip(factors) {
        *number *= factor;
    }
}

/// Applies a function of two numbers lane by lane.
#[inline(always)]
fn each(left: &Lanes, right: &Lanes, of: impl Fn(f64, f64) -> f64) -> Lanes {
    let mut result = [0.0; LANES];
    for (result, (left, right)) in result.iter_mut().zip(left.iter().zip(right)) {
        *result = of(*left, *right);
    }
    result
}
