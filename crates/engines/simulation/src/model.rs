//! A checked question, made ready to be run: what is the same in every path.

use std::f64::consts::LOG2_E;

use super::{FlowTiming, Simulation, SimulationFlow};
use wherewithal_base::{Error, ErrorCode, Result, error::At};
use wherewithal_market::ReturnConvention;
use wherewithal_math::random::purpose;
use wherewithal_math::{self as math, random::Stream};

const MAX_MONTHS: u32 = 1200;
const MAX_PATHS: u64 = 10_000_000;
const MAX_FLOWS: usize = 1000;
const MAX_PERCENTILES: usize = 101;
const MAX_RATE: f64 = 10.0;
const MAX_VOLATILITY: f64 = 5.0;
const MAX_SEED: u64 = (1 << 53) - 1;

/// Balances held at once: 800 MB.
const MAX_BALANCES: u64 = 100_000_000;

/// What is the same in every path.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) initial_balance: f64,
    /// The mean of the logarithm to base 2 of the growth of one month, after fee.
    pub(super) drift: f64,
    /// The standard deviation of the same.
    pub(super) deviation: f64,
    /// One entry for each month from the first.
    pub(super) months: Vec<Month>,
    /// The first month in which money is taken out; one after the last where none is.
    pub(super) first_withdrawal: u32,
    /// Each whole year and the last month.
    pub(super) years: Vec<u32>,
    /// The months whose balances are kept: those of `years`, or the last alone.
    pub(super) reported: Vec<u32>,
    pub(super) paths: usize,
    pub(super) stream: Stream,
}

/// What is the same in one month of every path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    /// Money that moves before the return.
    pub(super) start_flow: f64,
    /// Money that moves after the return.
    pub(super) end_flow: f64,
    /// The level of prices at the end of the month; 1 today.
    pub(super) price_level: f64,
}

impl Model {
    /// Checks the question.
    ///
    /// # Errors
    /// Those of [`run`](super::run()) that concern the question.
    pub(super) fn new(simulation: &Simulation) -> Result<Self> {
        let months = check_months(simulation.months).at("months")?;
        let initial_balance = check_balance(simulation.initial_balance).at("initialBalance")?;
        let (drift, deviation) = monthly_log_return(simulation)?;
        check_rate(simulation.inflation, ErrorCode::SimulationInflationOutOfRange).at("inflation")?;
        check_percentiles(&simulation.percentiles)?;
        if let Some(target) = simulation.target {
            check_finite(target).at("target")?;
        }
        check_seed(simulation.seed).at("seed")?;
        let years: Vec<u32> = (12..months).step_by(12).chain([months]).collect();
        let reported = if simulation.fan { years.clone() } else { vec![months] };
        let paths = check_paths(simulation.paths, reported.len()).at("paths")?;
        let months = months_of(simulation)?;
        let withdraws = |month: &Month| month.start_flow < 0.0 || month.end_flow < 0.0;
        let first_withdrawal = months.iter().take_while(|month| !withdraws(month)).count() as u32 + 1;
        Ok(Self {
            initial_balance,
            drift: drift * LOG2_E,
            deviation: deviation * LOG2_E,
            months,
            first_withdrawal,
            years,
            reported,
            paths,
            stream: Stream::new(simulation.seed, purpose::RETURNS),
        })
    }

    /// The level of prices at the end of `month`.
    pub(super) fn price_level(&self, month: u32) -> f64 {
        let before = (month as usize).checked_sub(1);
        before.and_then(|index| self.months.get(index)).map_or(1.0, |month| month.price_level)
    }
}

/// Mean and standard deviation of the logarithmic return of one month, after fee.
fn monthly_log_return(simulation: &Simulation) -> Result<(f64, f64)> {
    let expected = simulation.expected_return;
    check_rate(expected, ErrorCode::SimulationExpectedReturnOutOfRange).at("expectedReturn")?;
    let volatility = simulation.volatility;
    check_finite(volatility).at("volatility")?;
    if !(0.0..=MAX_VOLATILITY).contains(&volatility) {
        let message = format!("{volatility} is not between 0 and {MAX_VOLATILITY}; 0.12 is 12 %");
        return Err(Error::new(ErrorCode::SimulationVolatilityOutOfRange, message).at("volatility"));
    }
    let fee = simulation.annual_fee;
    check_finite(fee).at("annualFee")?;
    if !(0.0..1.0).contains(&fee) {
        let message = format!("{fee} is not from 0 to below 1; 0.01 is 1 %");
        return Err(Error::new(ErrorCode::SimulationAnnualFeeOutOfRange, message).at("annualFee"));
    }
    let annual = match simulation.return_convention {
        ReturnConvention::Arithmetic => math::ln_1p(expected) - volatility * volatility / 2.0,
        ReturnConvention::Geometric => math::ln_1p(expected),
        ReturnConvention::Logarithmic => expected,
    };
    Ok(((annual + math::ln_1p(-fee)) / 12.0, volatility / 12f64.sqrt()))
}

/// The flows and the price level of each month.
fn months_of(simulation: &Simulation) -> Result<Vec<Month>> {
    let count = simulation.flows.len();
    if count > MAX_FLOWS {
        let message = format!("{count} flows were given; at most {MAX_FLOWS} are taken");
        return Err(Error::new(ErrorCode::SimulationFlowsTooMany, message).at("flows"));
    }
    let mut months: Vec<Month> = (1..=simulation.months)
        .map(|month| Month {
            start_flow: 0.0,
            end_flow: 0.0,
            price_level: math::pow(1.0 + simulation.inflation, f64::from(month) / 12.0),
        })
        .collect();
    for (index, flow) in simulation.flows.iter().enumerate() {
        add_flow(&mut months, flow).at_index("flows", index)?;
    }
    Ok(months)
}

fn add_flow(months: &mut [Month], flow: &SimulationFlow) -> Result<()> {
    check_finite(flow.amount).at("amount")?;
    check_rate(flow.annual_growth, ErrorCode::SimulationFlowGrowthOutOfRange).at("annualGrowth")?;
    let start = check_months(flow.start_month).at("startMonth")?;
    let end = flow.end_month.map_or(Ok(MAX_MONTHS), |end| check_months(end).at("endMonth"))?;
    if start > end {
        let message = format!("the flow starts in month {start}, after its last month {end}");
        return Err(Error::new(ErrorCode::SimulationFlowMonthsOutOfOrder, message).at("startMonth"));
    }
    let length = (end - start + 1) as usize;
    let mut amount = flow.amount;
    for (index, month) in months.iter_mut().skip(start as usize - 1).take(length).enumerate() {
        if index > 0 && index % 12 == 0 {
            amount = flow.amount * math::pow(1.0 + flow.annual_growth, (index / 12) as f64);
        }
        let due = if flow.inflation_linked { amount * month.price_level } else { amount };
        let sum = match flow.timing {
            FlowTiming::StartOfMonth => &mut month.start_flow,
            FlowTiming::EndOfMonth => &mut month.end_flow,
        };
        *sum += due;
        if !sum.is_finite() {
            let message = "the flow grows too large to be represented".to_owned();
            return Err(Error::new(ErrorCode::ResultNotFinite, message).at("amount"));
        }
    }
    Ok(())
}

pub(super) fn check_finite(value: f64) -> Result<()> {
    if value.is_finite() {
        return Ok(());
    }
    Err(Error::new(ErrorCode::NumberNotFinite, format!("{value} is not a finite number")))
}

/// A fraction from above -1 to 10.
pub(super) fn check_rate(rate: f64, code: ErrorCode) -> Result<()> {
    check_finite(rate)?;
    if rate > -1.0 && rate <= MAX_RATE {
        return Ok(());
    }
    Err(Error::new(code, format!("{rate} is not from above -1 to {MAX_RATE}; 0.05 is 5 %")))
}

pub(super) fn check_balance(balance: f64) -> Result<f64> {
    check_finite(balance)?;
    if balance >= 0.0 {
        // Negative zero becomes zero.
        return Ok(balance + 0.0);
    }
    let message = format!("{balance} is negative; a balance is at least 0");
    Err(Error::new(ErrorCode::SimulationInitialBalanceOutOfRange, message))
}

fn check_months(months: u32) -> Result<u32> {
    if (1..=MAX_MONTHS).contains(&months) {
        return Ok(months);
    }
    Err(Error::new(
        ErrorCode::SimulationMonthsOutOfRange,
        format!("{months} is not between 1 and {MAX_MONTHS}"),
    ))
}

/// Checks that every language can hold a seed.
///
/// # Errors
/// `simulation.seed.out_of_range`.
pub fn check_seed(seed: u64) -> Result<()> {
    if seed <= MAX_SEED {
        return Ok(());
    }
    let message = format!("{seed} is above {MAX_SEED}, the largest integer that every language can hold");
    Err(Error::new(ErrorCode::SimulationSeedOutOfRange, message))
}

/// A number of paths of which `rows` numbers each are held.
pub(super) fn check_paths(paths: u64, rows: usize) -> Result<usize> {
    let most = MAX_PATHS.min(MAX_BALANCES / (rows as u64).max(1));
    match usize::try_from(paths) {
        Ok(count) if (1..=most).contains(&paths) => Ok(count),
        _ => {
            let message =
                format!("{paths} is not between 1 and {most}, the limit for {rows} reported balances a path");
            Err(Error::new(ErrorCode::SimulationPathsOutOfRange, message))
        }
    }
}

/// Checks the percentiles that are asked for.
///
/// # Errors
/// `simulation.percentiles.*` and `number.not_finite`, at `percentiles`.
pub fn check_percentiles(percentiles: &[f64]) -> Result<()> {
    let count = percentiles.len();
    if count > MAX_PERCENTILES {
        let message = format!("{count} percentiles were given; at most {MAX_PERCENTILES} are taken");
        return Err(Error::new(ErrorCode::SimulationPercentilesTooMany, message).at("percentiles"));
    }
    let mut before = f64::NEG_INFINITY;
    for (index, &percentile) in percentiles.iter().enumerate() {
        check_finite(percentile).at_index("percentiles", index)?;
        if !(0.0..=100.0).contains(&percentile) {
            let message = format!("{percentile} is not between 0 and 100");
            let error = Error::new(ErrorCode::SimulationPercentilesOutOfRange, message);
            return Err(error.at_index("percentiles", index));
        }
        if percentile <= before {
            let message = format!("{percentile} follows {before}; percentiles ascend");
            let error = Error::new(ErrorCode::SimulationPercentilesOutOfOrder, message);
            return Err(error.at_index("percentiles", index));
        }
        before = percentile;
    }
    Ok(())
}
