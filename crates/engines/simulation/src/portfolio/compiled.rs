//! The validated input, compiled: everything that is the same in every path.

use super::{PortfolioAllocation, PortfolioFlow, PortfolioFlowFrequency, PortfolioInput};
use crate::{FlowTiming, Rebalancing, model, shared::validate_bands};
use wherewithal_base::{Error, ErrorCode, Result, check, control::Control, error::At};
use wherewithal_market::internal::Market;
use wherewithal_math as math;

const MAX_YEARS: u32 = 100;
const MAX_FLOWS: usize = 1000;
const MAX_POINTS: usize = 100;

/// Everything that is the same in every path.
#[derive(Debug, Clone)]
pub(super) struct Portfolio {
    pub(super) initial_balance: f64,
    pub(super) steps_per_year: u32,
    pub(super) market: Market,
    /// The weights of the asset classes, year by year.
    pub(super) weights: Vec<Vec<f64>>,
    pub(super) rebalancing: CompiledRebalancing,
    /// The factor by which the portfolio's own fee reduces the balance in one step.
    pub(super) fee_factor: f64,
    /// One entry for each step.
    pub(super) flows: Vec<StepFlows>,
    /// The first step, counted from 0, with a withdrawal.
    pub(super) first_withdrawal: usize,
    pub(super) paths: usize,
    pub(super) rows: Rows,
}

/// Rebalancing, with infinite bands in place of missing ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum CompiledRebalancing {
    EveryStep,
    Annually,
    /// If a weight is farther from its target than `absolute`, or than `relative` times the target.
    Bands {
        absolute: f64,
        relative: f64,
    },
    Never,
}

/// Money that moves in one step: an amount that is the same in every path, and one that is multiplied by the path's
/// price level.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StepFlows {
    pub(super) start: Flow,
    pub(super) end: Flow,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flow {
    pub(super) nominal: f64,
    pub(super) real: f64,
}

/// The rows that are stored of each path: nominal and real balances after each year, or at the end only, and the step
/// of depletion.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    pub(super) years: usize,
    pub(super) every_nominal: bool,
    pub(super) every_real: bool,
}

impl Rows {
    /// The row of the nominal balances after a year, counted from 1.
    pub(super) fn nominal(self, year: usize) -> Option<usize> {
        if self.every_nominal { Some(year - 1) } else { (year == self.years).then_some(0) }
    }

    /// The row of the real balances after a year, counted from 1.
    pub(super) fn real(self, year: usize) -> Option<usize> {
        let before = if self.every_nominal { self.years } else { 1 };
        if self.every_real { Some(before + year - 1) } else { (year == self.years).then_some(before) }
    }

    /// The row of the depletion steps, which is the last.
    pub(super) fn depletion(self) -> usize {
        let of = |every: bool| if every { self.years } else { 1 };
        of(self.every_nominal) + of(self.every_real)
    }
}

impl Portfolio {
    /// Validates the input.
    ///
    /// # Errors
    /// Those of [`portfolio`](super::portfolio()) for an invalid input, and `operation.cancelled`.
    pub(super) fn new(simulation: &PortfolioInput, control: &Control<'_>) -> Result<Self> {
        let years = whole_years(simulation.years).at("years")? as usize;
        let initial_balance = model::balance(simulation.initial_balance).at("initialBalance")?;
        check::percentiles(&simulation.percentiles).at("percentiles")?;
        if let Some(target) = simulation.target {
            check::finite(target).at("target")?;
        }
        check::seed(simulation.seed).at("seed")?;
        let steps_per_year = simulation.steps.per_year();
        let fee_factor = fee_factor(simulation.annual_fee, steps_per_year).at("annualFee")?;
        let rebalancing = rebalancing(simulation.rebalancing, steps_per_year).at("rebalancing")?;
        let money = simulation.fan_money;
        let rows = Rows { years, every_nominal: money.has_nominal(), every_real: money.has_real() };
        model::paths(simulation.paths, rows.depletion() + 1).at("paths")?;
        let steps = simulation.years * steps_per_year;
        let market = Market::new(
            &simulation.market,
            steps,
            steps_per_year,
            simulation.paths,
            simulation.seed,
            control,
        )
        .at("market")?;
        let weights =
            weights(&simulation.allocation, years, market.asset_classes().len()).at("allocation")?;
        let flows = flows(&simulation.flows, steps as usize, steps_per_year as usize)?;
        let withdraws = |flow: &Flow| flow.nominal < 0.0 || flow.real < 0.0;
        let first_withdrawal = flows
            .iter()
            .position(|step| withdraws(&step.start) || withdraws(&step.end))
            // Without a withdrawal, the first one lies after the last step.
            .unwrap_or(flows.len());
        Ok(Self {
            initial_balance,
            steps_per_year,
            paths: market.paths() as usize,
            market,
            weights,
            rebalancing,
            fee_factor,
            flows,
            first_withdrawal,
            rows,
        })
    }
}

impl Portfolio {
    /// The same portfolio as a single asset class, if its weights never change and its market can be combined once for
    /// all paths. Its balances are the same, to the bit.
    pub(super) fn combined(&self) -> Option<Self> {
        let first = self.weights.first()?;
        if self.rebalancing != CompiledRebalancing::EveryStep
            || self.weights.iter().any(|weights| weights != first)
        {
            return None;
        }
        let factors: Vec<f64> = first.iter().map(|weight| weight * self.fee_factor).collect();
        let market = self.market.combined(&factors)?;
        Some(Self { market, weights: vec![vec![1.0]; self.weights.len()], fee_factor: 1.0, ..self.clone() })
    }
}

fn whole_years(years: u32) -> Result<u32> {
    check::whole(years, 1..=MAX_YEARS, ErrorCode::TermOutOfRange)
}

fn fee_factor(fee: f64, steps_per_year: u32) -> Result<f64> {
    Ok(math::exp(math::ln_1p(-check::fee(fee)?) / f64::from(steps_per_year)))
}

fn rebalancing(given: Rebalancing, steps_per_year: u32) -> Result<CompiledRebalancing> {
    Ok(match given {
        Rebalancing::EveryStep => CompiledRebalancing::EveryStep,
        // The same in annual steps, and faster: one balance represents all holdings.
        Rebalancing::Annually if steps_per_year == 1 => CompiledRebalancing::EveryStep,
        Rebalancing::Annually => CompiledRebalancing::Annually,
        Rebalancing::Bands { absolute, relative } => {
            let (absolute, relative) = validate_bands(absolute, relative)?;
            CompiledRebalancing::Bands { absolute, relative }
        }
        Rebalancing::Never => CompiledRebalancing::Never,
    })
}

/// The weights of each year.
#[expect(clippy::unreachable, reason = "a path without points is refused")]
fn weights(allocation: &PortfolioAllocation, years: usize, asset_classes: usize) -> Result<Vec<Vec<f64>>> {
    match allocation {
        PortfolioAllocation::Fixed { weights } => {
            Ok(vec![check::weights(weights, asset_classes).at("weights")?; years])
        }
        PortfolioAllocation::GlidePath { points } => {
            check::length(points.len(), 1..=MAX_POINTS).at("points")?;
            let mut before = 0;
            let mut given: Vec<(u32, Vec<f64>)> = Vec::with_capacity(points.len());
            for (index, point) in points.iter().enumerate() {
                let weights =
                    check::weights(&point.weights, asset_classes).at("weights").at_index("points", index)?;
                given.push((point.year, weights));
                whole_years(point.year).at("year").at_index("points", index)?;
                if point.year <= before {
                    let message = format!("year {} follows year {before}; the points ascend", point.year);
                    let error = Error::new(ErrorCode::ListOutOfOrder, message).at("year");
                    return Err(error.at_index("points", index));
                }
                before = point.year;
            }
            let of_year = |year: u32| {
                let after = given.iter().find(|(of, _)| *of >= year).or(given.last());
                let before = given.iter().rev().find(|(of, _)| *of <= year).or(given.first());
                let (Some((start, first)), Some((end, last))) = (before, after) else {
                    unreachable!("a path has a point")
                };
                if end <= start {
                    return last.clone();
                }
                let share = f64::from(year - start) / f64::from(end - start);
                let pairs = first.iter().zip(last);
                pairs.map(|(before, after)| before + share * (after - before)).collect()
            };
            Ok((1..=years as u32).map(of_year).collect())
        }
    }
}

/// The flows of each step.
fn flows(given: &[PortfolioFlow], steps: usize, steps_per_year: usize) -> Result<Vec<StepFlows>> {
    check::length(given.len(), 0..=MAX_FLOWS).at("flows")?;
    let mut all = vec![StepFlows::default(); steps];
    for (index, flow) in given.iter().enumerate() {
        add_flow(&mut all, flow, steps_per_year).at_index("flows", index)?;
    }
    Ok(all)
}

#[expect(clippy::indexing_slicing, reason = "a simulation has whole years of steps")]
fn add_flow(steps: &mut [StepFlows], flow: &PortfolioFlow, steps_per_year: usize) -> Result<()> {
    check::finite(flow.amount).at("amount")?;
    check::growth(flow.annual_growth).at("annualGrowth")?;
    let start = whole_years(flow.start_year).at("startYear")?;
    let end = flow.end_year.map_or(Ok(MAX_YEARS), |end| whole_years(end).at("endYear"))?;
    if start > end {
        let message = format!("the flow starts in year {start}, which is after its last year {end}");
        return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("startYear"));
    }
    let years = steps.chunks_mut(steps_per_year).skip(start as usize - 1).take((end - start + 1) as usize);
    for (elapsed, year) in years.enumerate() {
        let amount = flow.amount * math::pow(1.0 + flow.annual_growth, elapsed as f64);
        let moves = match (flow.frequency, flow.timing) {
            (PortfolioFlowFrequency::EveryStep, _) => 0..steps_per_year,
            (PortfolioFlowFrequency::Annually, FlowTiming::Start) => 0..1,
            (PortfolioFlowFrequency::Annually, FlowTiming::End) => steps_per_year - 1..steps_per_year,
        };
        for step in &mut year[moves] {
            let of_timing = match flow.timing {
                FlowTiming::Start => &mut step.start,
                FlowTiming::End => &mut step.end,
            };
            let sum = if flow.inflation_linked { &mut of_timing.real } else { &mut of_timing.nominal };
            *sum += amount;
            if !sum.is_finite() {
                let message = "the flow grows too large to be represented".to_owned();
                return Err(Error::new(ErrorCode::ResultTooLarge, message).at("amount"));
            }
        }
    }
    Ok(())
}
