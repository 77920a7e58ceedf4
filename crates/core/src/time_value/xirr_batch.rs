//! The internal rates of many series of dated cash flows.

use super::{
    IrrOptions,
    flows::{FlowDates, Flows, LANES},
    internal_rate::find,
};
use crate::{
    Error, ErrorCode, Result,
    control::Control,
    dates::DayCount,
    math::parallel::{Tally, map_chunks},
};

/// How many series a thread solves at a time.
const CHUNK: usize = 64;

/// The internal rates of many series.
#[derive(Debug)]
pub struct XirrBatch {
    /// The effective annual rate of each series as a fraction; NaN for those that are listed in `failures`.
    pub rates: Vec<f64>,
    /// The series that have no rate, in order.
    pub failures: Vec<SeriesError>,
}

/// A series that has no answer.
#[derive(Debug)]
pub struct SeriesError {
    /// The index of the series.
    pub series: usize,
    /// Why it has none; its path is within the series.
    pub error: Error,
}

/// The internal rates of return of many series of dated cash flows, which lie one after the other in `dates` and
/// `amounts`; `ends` has the index after the last flow of each series.
///
/// Each rate is that of [`xirr`](super::xirr) on the series alone, to the bit, at any number of threads. A series
/// without a rate does not stop the others. Progress is counted in pieces of 64 series.
///
/// ```
/// use wherewithal::{
///     control::Control,
///     dates::{DayCount, date},
///     time_value::{FlowDates, xirr_batch},
/// };
///
/// // Two series: 10 % in a year, and one that only pays.
/// let dates = [date(2025, 1, 1)?, date(2026, 1, 1)?, date(2025, 1, 1)?, date(2026, 1, 1)?];
/// let amounts = [-100.0, 110.0, -100.0, -10.0];
/// let ends = [2, 4];
/// let dates = FlowDates::Dates(&dates);
/// let found = xirr_batch(dates, &amounts, &ends, DayCount::Actual365Fixed, 0.1, &Control::default())?;
/// assert_eq!((found.rates[0] * 1e12).round() / 1e12, 0.1);
/// assert!(found.rates[1].is_nan());
/// assert_eq!(found.failures[0].error.code().as_str(), "cash_flows.one_sign");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `cash_flows.length_mismatch` when there are not as many dates as amounts; `input.invalid` when `ends` does not
/// ascend to the number of amounts; `operation.cancelled`.
pub fn xirr_batch(
    dates: FlowDates<'_>,
    amounts: &[f64],
    ends: &[usize],
    day_count: DayCount,
    guess: f64,
    control: &Control<'_>,
) -> Result<XirrBatch> {
    if dates.len() != amounts.len() {
        let message =
            format!("there are {} dates and {} amounts; give one date for each", dates.len(), amounts.len());
        return Err(Error::new(ErrorCode::CashFlowsLengthMismatch, message).at("dates"));
    }
    check_ends(ends, amounts.len())?;
    let options = IrrOptions { guess, ..IrrOptions::default() };
    let solve = |first: usize, rates: &mut [f64]| {
        let mut room = Room::default();
        let mut failures = Vec::new();
        for (series, rate) in (first..).zip(rates) {
            let start = series.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
            let end = ends.get(series).copied().unwrap_or(start);
            let flows = amounts.get(start..end).unwrap_or_default();
            match room.solve(dates.part(start, end), flows, day_count, &options) {
                Ok(found) => *rate = found,
                Err(error) => failures.push(SeriesError { series, error }),
            }
        }
        failures
    };
    let mut rates = vec![f64::NAN; ends.len()];
    let failures = if ends.len() <= CHUNK {
        // Not worth waking a thread.
        control.check()?;
        solve(0, &mut rates)
    } else {
        let tally = Tally::new(control, ends.len().div_ceil(CHUNK) as u64);
        let failures = map_chunks(&mut rates, CHUNK, &tally, |chunk, rates| Ok(solve(chunk * CHUNK, rates)))?;
        failures.into_iter().flatten().collect()
    };
    Ok(XirrBatch { rates, failures })
}

/// Memory that series after series is solved in.
#[derive(Default)]
struct Room {
    flows: Flows,
    values: Vec<[f64; LANES]>,
}

impl Room {
    fn solve(
        &mut self,
        dates: FlowDates<'_>,
        amounts: &[f64],
        day_count: DayCount,
        options: &IrrOptions,
    ) -> Result<f64> {
        self.flows.read(dates, amounts, day_count)?;
        find(&self.flows, options, "dates", &mut self.values).map(|found| found.rate)
    }
}

fn check_ends(ends: &[usize], amounts: usize) -> Result<()> {
    let mut start = 0;
    for (series, &end) in ends.iter().enumerate() {
        if end < start || end > amounts {
            let message = format!("a series ends at {end}; it must end from {start} to {amounts}");
            return Err(Error::new(ErrorCode::InputInvalid, message).at_index("ends", series));
        }
        start = end;
    }
    if start == amounts {
        return Ok(());
    }
    let message = format!("the last series ends at {start}, but there are {amounts} amounts");
    Err(Error::new(ErrorCode::InputInvalid, message).at("ends"))
}

#[cfg(test)]
mod tests;
