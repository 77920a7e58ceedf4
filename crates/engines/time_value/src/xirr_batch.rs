//! The internal rates of many series of dated cash flows.

mod side_by_side;

use self::side_by_side::{Lane, SERIES};
use super::{IrrOptions, check, flows::FlowDates, internal_rate::find};
use wherewithal_base::{Error, ErrorCode, Result, control::Control, dates::DayCount};
use wherewithal_math::parallel::{Tally, map_chunks};

/// The number of series that a thread solves at a time.
const CHUNK: usize = 64;

/// The internal rates of many series.
#[derive(Debug)]
pub struct XirrBatch {
    /// The effective annual rate of each series as a fraction; NaN for those in `failures`.
    pub rates: Vec<f64>,
    /// The series without a rate, in order.
    pub failures: Vec<SeriesError>,
}

/// A series without an answer.
#[derive(Debug)]
pub struct SeriesError {
    /// The index of the series.
    pub series: usize,
    /// The error; its path is relative to the series.
    pub error: Error,
}

/// The internal rates of return of many series of dated cash flows, which are concatenated in `dates` and `amounts`;
/// `ends` has the index after the last flow of each series.
///
/// Each rate equals that of [`xirr`](super::xirr) on the series alone, to the bit, at any number of threads. A series
/// without a rate does not stop the others. Progress is counted in chunks of 64 series.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
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
/// `list.length_mismatch` if there are not as many dates as amounts; `input.invalid` if `ends` does not ascend to the
/// number of amounts; `operation.cancelled`.
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
        return Err(Error::new(ErrorCode::ListLengthMismatch, message).at("dates"));
    }
    check_ends(ends, amounts.len())?;
    let options = IrrOptions { guess, ..IrrOptions::default() };
    let input = Input { dates, amounts, ends, day_count, options, control };
    let solve = |first: usize, rates: &mut [f64]| {
        let mut lanes = Default::default();
        let mut failures = Vec::new();
        for (group, rates) in rates.chunks_mut(SERIES).enumerate() {
            control.check()?;
            input.solve(first + group * SERIES, rates, &mut lanes, &mut failures);
        }
        Ok(failures)
    };
    let mut rates = vec![f64::NAN; ends.len()];
    let failures = if ends.len() <= CHUNK {
        // Too little work to wake a thread.
        solve(0, &mut rates)?
    } else {
        let tally = Tally::new(control, ends.len().div_ceil(CHUNK) as u64);
        let failures = map_chunks(&mut rates, CHUNK, &tally, |chunk, rates| solve(chunk * CHUNK, rates))?;
        failures.into_iter().flatten().collect()
    };
    // A search that was stopped looks like a series without a rate.
    control.check()?;
    Ok(XirrBatch { rates, failures })
}

/// All series.
struct Input<'a> {
    dates: FlowDates<'a>,
    amounts: &'a [f64],
    ends: &'a [usize],
    day_count: DayCount,
    options: IrrOptions,
    control: &'a Control<'a>,
}

impl Input<'_> {
    /// Solves as many series from `first` on as `rates` has places, at most one in each of `lanes`, whose memory is
    /// reused.
    fn solve(
        &self,
        first: usize,
        rates: &mut [f64],
        lanes: &mut [Lane; SERIES],
        failures: &mut Vec<SeriesError>,
    ) {
        let mut errors = [const { None }; SERIES];
        for (index, (lane, error)) in lanes.iter_mut().zip(&mut errors).enumerate() {
            lane.clear();
            if index < rates.len() {
                match self.read(first + index, lane) {
                    Ok(()) => lane.begin(),
                    Err(found) => *error = Some(found),
                }
            }
        }
        // With an invalid guess, `find` reports it for each series.
        if check::rate(self.options.guess, "guess").is_ok() {
            side_by_side::search(lanes);
        }
        for (index, ((rate, lane), error)) in rates.iter_mut().zip(lanes).zip(errors).enumerate() {
            let found = match (error, lane.rate()) {
                (Some(error), _) => Err(error),
                (None, Some(rate)) => Ok(rate),
                (None, None) => find(&lane.flows, &self.options, "dates", &mut Vec::new(), self.control)
                    .map(|found| found.rate),
            };
            match found {
                Ok(found) => *rate = found,
                Err(error) => failures.push(SeriesError { series: first + index, error }),
            }
        }
    }

    #[expect(clippy::indexing_slicing, reason = "the ends ascend to the number of amounts")]
    fn read(&self, series: usize, lane: &mut Lane) -> Result<()> {
        let start = if series == 0 { 0 } else { self.ends[series - 1] };
        let end = self.ends[series];
        lane.flows.read(self.dates.part(start, end), &self.amounts[start..end], self.day_count)
    }
}

fn check_ends(ends: &[usize], amounts: usize) -> Result<()> {
    let mut start = 0;
    for (series, &end) in ends.iter().enumerate() {
        if end < start || end > amounts {
            let message = format!("a series ends at {end}; its end must be from {start} to {amounts}");
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
