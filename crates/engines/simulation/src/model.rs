//! The validated input, compiled: everything that is the same in every path.

use std::f64::consts::LOG2_E;

use super::{FlowTiming, SimulationFlow, SimulationInput};
use wherewithal_base::{Error, ErrorCode, Result, check, error::At};
use wherewithal_market::internal::log_moments;
use wherewithal_math::random::purpose;
use wherewithal_math::{self as math, random::Stream};

const MAX_MONTHS: u32 = 1200;
const MAX_PATHS: u64 = 10_000_000;
const MAX_FLOWS: usize = 1000;

/// The largest number of balances in memory at once: 800 MB.
const MAX_BALANCES: u64 = 100_000_000;

/// Everything that is the same in every path.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) initial_balance: f64,
    /// The mean of the logarithm to base 2 of the growth of one month, after the fee. To base 2, because growth is
    /// computed with `exp2`.
    pub(super) drift: f64,
    /// The standard deviation of that logarithm.
    pub(super) deviation: f64,
    /// One entry for each month from the first.
    pub(super) months: Vec<Month>,
    /// The first month with a withdrawal; one after the last month if there is none.
    pub(super) first_withdrawal: u32,
    /// Each whole year and the last month.
    pub(super) years: Vec<u32>,
    /// The months whose balances are stored: those of `years`, or only the last.
    pub(super) reported: Vec<u32>,
    pub(super) paths: usize,
    pub(super) stream: Stream,
}

/// The flows and prices of one month, which are the same in every path.
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
    /// Validates the input.
    ///
    /// # Errors
    /// Those of [`run`](super::run()) for an invalid input.
    pub(super) fn new(simulation: &SimulationInput) -> Result<Self> {
        let months = month(simulation.months).at("months")?;
        let initial_balance = balance(simulation.initial_balance).at("initialBalance")?;
        let (drift, deviation) = monthly_log_return(simulation)?;
        check::growth(simulation.inflation).at("inflation")?;
        check::percentiles(&simulation.percentiles).at("percentiles")?;
        if let Some(target) = simulation.target {
            check::finite(target).at("target")?;
        }
        check::seed(simulation.seed).at("seed")?;
        let years: Vec<u32> = (12..months).step_by(12).chain([months]).collect();
        let reported = if simulation.fan { years.clone() } else { vec![months] };
        let paths = paths(simulation.paths, reported.len()).at("paths")?;
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
    #[expect(clippy::indexing_slicing, reason = "the month is one of the simulation")]
    pub(super) fn price_level(&self, month: u32) -> f64 {
        // Prices start at 1.
        if month == 0 { 1.0 } else { self.months[month as usize - 1].price_level }
    }
}

/// Mean and standard deviation of the logarithmic return of one month, after the fee.
fn monthly_log_return(simulation: &SimulationInput) -> Result<(f64, f64)> {
    let expected = simulation.expected_return;
    check::growth(expected).at("expectedReturn")?;
    let volatility = simulation.volatility;
    check::volatility(volatility).at("volatility")?;
    let fee = simulation.annual_fee;
    check::fee(fee).at("annualFee")?;
    let (annual, volatility) = log_moments(simulation.return_convention, expected, volatility);
    Ok(((annual + math::ln_1p(-fee)) / 12.0, volatility / 12f64.sqrt()))
}

/// The flows and the price level of each month.
fn months_of(simulation: &SimulationInput) -> Result<Vec<Month>> {
    check::length(simulation.flows.len(), 0..=MAX_FLOWS).at("flows")?;
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
    check::finite(flow.amount).at("amount")?;
    check::growth(flow.annual_growth).at("annualGrowth")?;
    let start = month(flow.start_month).at("startMonth")?;
    let end = flow.end_month.map_or(Ok(MAX_MONTHS), |end| month(end).at("endMonth"))?;
    if start > end {
        let message = format!("the flow starts in month {start}, after its last month {end}");
        return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("startMonth"));
    }
    let length = (end - start + 1) as usize;
    let mut amount = flow.amount;
    for (index, month) in months.iter_mut().skip(start as usize - 1).take(length).enumerate() {
        if index > 0 && index % 12 == 0 {
            amount = flow.amount * math::pow(1.0 + flow.annual_growth, (index / 12) as f64);
        }
        let due = if flow.inflation_linked { amount * month.price_level } else { amount };
        let sum = match flow.timing {
            FlowTiming::Start => &mut month.start_flow,
            FlowTiming::End => &mut month.end_flow,
        };
        *sum += due;
        if !sum.is_finite() {
            let message = "the flow grows too large to be represented".to_owned();
            return Err(Error::new(ErrorCode::ResultTooLarge, message).at("amount"));
        }
    }
    Ok(())
}

/// A valid balance at the start.
pub(super) fn balance(balance: f64) -> Result<f64> {
    check::amount(balance, 0.0..)
}

fn month(month: u32) -> Result<u32> {
    check::whole(month, 1..=MAX_MONTHS, ErrorCode::TermOutOfRange)
}

/// A valid number of paths, with `rows` numbers stored for each.
pub(super) fn paths(paths: u64, rows: usize) -> Result<usize> {
    let most = MAX_PATHS.min(MAX_BALANCES / (rows as u64).max(1));
    check::paths(paths, most, &format!("for {rows} reported balances a path")).map(|paths| paths as usize)
}
