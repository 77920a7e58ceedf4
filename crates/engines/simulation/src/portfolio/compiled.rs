//! A checked question, made ready to be run: what is the same in every path.

use super::{
    PortfolioAllocation, PortfolioFlow, PortfolioFlowFrequency, PortfolioFlowTiming, PortfolioRebalancing,
    PortfolioSimulation,
};
use crate::model;
use wherewithal_base::{Error, ErrorCode, Result, error::At};
use wherewithal_market::internal::Market;
use wherewithal_math as math;

const MAX_YEARS: u32 = 100;
const MAX_FLOWS: usize = 1000;
const MAX_POINTS: usize = 100;

/// What may be missing from a sum of weights of 1.
const TOLERANCE: f64 = 1e-9;

/// What is the same in every path.
#[derive(Debug, Clone)]
pub(super) struct Portfolio {
    pub(super) initial_balance: f64,
    pub(super) steps_per_year: u32,
    pub(super) market: Market,
    /// The shares of the asset classes, year by year.
    pub(super) weights: Vec<Vec<f64>>,
    pub(super) rebalancing: Rebalancing,
    /// What the portfolio's own fee leaves in one step.
    pub(super) fee_factor: f64,
    /// One entry for each step.
    pub(super) flows: Vec<StepFlows>,
    /// The first step, counted from 0, in which money is taken out.
    pub(super) first_withdrawal: usize,
    pub(super) paths: usize,
    pub(super) rows: Rows,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Rebalancing {
    EveryStep,
    Annually,
    /// Where a share is farther from its target than `absolute`, or than `relative` of the target.
    Bands {
        absolute: f64,
        relative: f64,
    },
    Never,
}

/// Money that moves in one step: a part that is the same in every path, and a part that rises with its prices.
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

/// Which numbers of each path are kept: nominal and real balances after each year, or at the end only, and the step of
/// depletion.
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

    /// The row of the steps of depletion, the last one.
    pub(super) fn depletion(self) -> usize {
        let of = |every: bool| if every { self.years } else { 1 };
        of(self.every_nominal) + of(self.every_real)
    }
}

impl Portfolio {
    /// Checks the question.
    ///
    /// # Errors
    /// Those of [`portfolio`](super::portfolio()) that concern the question.
    pub(super) fn new(simulation: &PortfolioSimulation) -> Result<Self> {
        let years = check_years(simulation.years).at("years")? as usize;
        let initial_balance = model::check_balance(simulation.initial_balance).at("initialBalance")?;
        model::check_percentiles(&simulation.percentiles)?;
        if let Some(target) = simulation.target {
            model::check_finite(target).at("target")?;
        }
        model::check_seed(simulation.seed).at("seed")?;
        let steps_per_year = simulation.steps.per_year();
        let fee_factor = fee_factor(simulation.annual_fee, steps_per_year).at("annualFee")?;
        let rebalancing = rebalancing(simulation.rebalancing, steps_per_year).at("rebalancing")?;
        let money = simulation.fan_money;
        let rows = Rows { years, every_nominal: money.has_nominal(), every_real: money.has_real() };
        model::check_paths(simulation.paths, rows.depletion() + 1).at("paths")?;
        let steps = simulation.years * steps_per_year;
        let market =
            Market::new(&simulation.market, steps, steps_per_year, simulation.paths, simulation.seed)
                .at("market")?;
        let weights =
            weights(&simulation.allocation, years, market.asset_classes().len()).at("allocation")?;
        let flows = flows(&simulation.flows, steps as usize, steps_per_year as usize)?;
        let withdraws = |flow: &Flow| flow.nominal < 0.0 || flow.real < 0.0;
        let first_withdrawal = flows
            .iter()
            .position(|step| withdraws(&step.start) || withdraws(&step.end))
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
    /// The same portfolio as one asset class, where its weights never change and its market can be combined once for
    /// all paths. Its balances are the same, to the bit.
    pub(super) fn combined(&self) -> Option<Self> {
        let first = self.weights.first()?;
        if self.rebalancing != Rebalancing::EveryStep || self.weights.iter().any(|weights| weights != first) {
            return None;
        }
        let factors: Vec<f64> = first.iter().map(|weight| weight * self.fee_factor).collect();
        let market = self.market.combined(&factors)?;
        Some(Self { market, weights: vec![vec![1.0]; self.weights.len()], fee_factor: 1.0, ..self.clone() })
    }
}

fn check_years(years: u32) -> Result<u32> {
    if (1..=MAX_YEARS).contains(&years) {
        return Ok(years);
    }
    let message = format!("{years} is not between 1 and {MAX_YEARS}");
    Err(Error::new(ErrorCode::PortfolioYearsOutOfRange, message))
}

fn fee_factor(fee: f64, steps_per_year: u32) -> Result<f64> {
    model::check_finite(fee)?;
    if (0.0..1.0).contains(&fee) {
        return Ok(math::exp(math::ln_1p(-fee) / f64::from(steps_per_year)));
    }
    let message = format!("{fee} is not from 0 to below 1; 0.01 is 1 %");
    Err(Error::new(ErrorCode::SimulationAnnualFeeOutOfRange, message))
}

fn rebalancing(given: PortfolioRebalancing, steps_per_year: u32) -> Result<Rebalancing> {
    let band = |band: Option<f64>, most: f64, field: &str| {
        let Some(band) = band else { return Ok(f64::INFINITY) };
        model::check_finite(band).at(field)?;
        if (0.0..=most).contains(&band) {
            return Ok(band);
        }
        let message = format!("{band} is not between 0 and {most}");
        Err(Error::new(ErrorCode::PortfolioBandsInvalid, message).at(field))
    };
    match given {
        PortfolioRebalancing::EveryStep => Ok(Rebalancing::EveryStep),
        PortfolioRebalancing::Annually if steps_per_year == 1 => Ok(Rebalancing::EveryStep),
        PortfolioRebalancing::Annually => Ok(Rebalancing::Annually),
        PortfolioRebalancing::Bands { absolute: None, relative: None } => {
            let message = "neither an absolute nor a relative band was given; give one at least";
            Err(Error::new(ErrorCode::PortfolioBandsInvalid, message))
        }
        PortfolioRebalancing::Bands { absolute, relative } => Ok(Rebalancing::Bands {
            absolute: band(absolute, 1.0, "absolute")?,
            relative: band(relative, 10.0, "relative")?,
        }),
        PortfolioRebalancing::Never => Ok(Rebalancing::Never),
    }
}

/// The weights of each year.
fn weights(allocation: &PortfolioAllocation, years: usize, asset_classes: usize) -> Result<Vec<Vec<f64>>> {
    match allocation {
        PortfolioAllocation::Fixed { weights } => {
            check_weights(weights, asset_classes)?;
            Ok(vec![weights.clone(); years])
        }
        PortfolioAllocation::GlidePath { points } => {
            let count = points.len();
            if !(1..=MAX_POINTS).contains(&count) {
                let message = format!("{count} points were given; 1 to {MAX_POINTS} are taken");
                return Err(Error::new(ErrorCode::PortfolioGlidePathInvalid, message).at("points"));
            }
            let mut before = 0;
            for (index, point) in points.iter().enumerate() {
                check_weights(&point.weights, asset_classes).at_index("points", index)?;
                check_years(point.year).at("year").at_index("points", index)?;
                if point.year <= before {
                    let message = format!("year {} follows year {before}; the points ascend", point.year);
                    let error = Error::new(ErrorCode::PortfolioGlidePathInvalid, message).at("year");
                    return Err(error.at_index("points", index));
                }
                before = point.year;
            }
            let of_year = |year: u32| {
                let after = points.iter().find(|point| point.year >= year).or(points.last());
                let before = points.iter().rev().find(|point| point.year <= year).or(points.first());
                let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
                if after.year <= before.year {
                    return after.weights.clone();
                }
                let share = f64::from(year - before.year) / f64::from(after.year - before.year);
                let pairs = before.weights.iter().zip(&after.weights);
                pairs.map(|(before, after)| before + share * (after - before)).collect()
            };
            Ok((1..=years as u32).map(of_year).collect())
        }
    }
}

fn check_weights(weights: &[f64], asset_classes: usize) -> Result<()> {
    if weights.len() != asset_classes {
        let message = format!("{} weights for {asset_classes} asset classes", weights.len());
        return Err(Error::new(ErrorCode::PortfolioWeightsWrongSize, message).at("weights"));
    }
    for (index, &weight) in weights.iter().enumerate() {
        model::check_finite(weight).at_index("weights", index)?;
        if !(0.0..=1.0).contains(&weight) {
            let error =
                Error::new(ErrorCode::PortfolioWeightOutOfRange, format!("{weight} is not between 0 and 1"));
            return Err(error.at_index("weights", index));
        }
    }
    let sum: f64 = weights.iter().sum();
    if (sum - 1.0).abs() > TOLERANCE {
        let message = format!("the weights add up to {sum}; they add up to 1");
        return Err(Error::new(ErrorCode::PortfolioWeightsSumNotOne, message).at("weights"));
    }
    Ok(())
}

/// The flows of each step.
fn flows(given: &[PortfolioFlow], steps: usize, steps_per_year: usize) -> Result<Vec<StepFlows>> {
    let count = given.len();
    if count > MAX_FLOWS {
        let message = format!("{count} flows were given; at most {MAX_FLOWS} are taken");
        return Err(Error::new(ErrorCode::SimulationFlowsTooMany, message).at("flows"));
    }
    let mut all = vec![StepFlows::default(); steps];
    for (index, flow) in given.iter().enumerate() {
        add_flow(&mut all, flow, steps_per_year).at_index("flows", index)?;
    }
    Ok(all)
}

fn add_flow(steps: &mut [StepFlows], flow: &PortfolioFlow, steps_per_year: usize) -> Result<()> {
    model::check_finite(flow.amount).at("amount")?;
    model::check_rate(flow.annual_growth, ErrorCode::SimulationFlowGrowthOutOfRange).at("annualGrowth")?;
    let start = check_years(flow.start_year).at("startYear")?;
    let end = flow.end_year.map_or(Ok(MAX_YEARS), |end| check_years(end).at("endYear"))?;
    if start > end {
        let message = format!("the flow starts in year {start}, after its last year {end}");
        return Err(Error::new(ErrorCode::PortfolioFlowYearsOutOfOrder, message).at("startYear"));
    }
    let years = steps.chunks_mut(steps_per_year).skip(start as usize - 1).take((end - start + 1) as usize);
    for (elapsed, year) in years.enumerate() {
        let amount = flow.amount * math::pow(1.0 + flow.annual_growth, elapsed as f64);
        let moves = match (flow.frequency, flow.timing) {
            (PortfolioFlowFrequency::EveryStep, _) => 0..steps_per_year,
            (PortfolioFlowFrequency::Annually, PortfolioFlowTiming::Start) => 0..1,
            (PortfolioFlowFrequency::Annually, PortfolioFlowTiming::End) => {
                steps_per_year - 1..steps_per_year
            }
        };
        for step in year.get_mut(moves).unwrap_or_default() {
            let of_timing = match flow.timing {
                PortfolioFlowTiming::Start => &mut step.start,
                PortfolioFlowTiming::End => &mut step.end,
            };
            let sum = if flow.inflation_linked { &mut of_timing.real } else { &mut of_timing.nominal };
            *sum += amount;
            if !sum.is_finite() {
                let message = "the flow grows too large to be represented".to_owned();
                return Err(Error::new(ErrorCode::ResultNotFinite, message).at("amount"));
            }
        }
    }
    Ok(())
}
