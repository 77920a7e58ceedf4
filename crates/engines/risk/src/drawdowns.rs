//! The episodes in which a series stands below an earlier value.

use wherewithal_base::{
    Error, ErrorCode, Result, check, control::Control, dates::Date, error::At as _, wire::Wire,
};
use wherewithal_math::{is_covered, sum};

use crate::{
    Measure,
    drawdown::depths,
    measure::{UndefinedReason, quotient},
    series,
};

/// Input of `risk.drawdowns`.
#[derive(Debug, Clone, Wire)]
pub struct DrawdownsInput {
    /// The simple return of each period as a fraction (0.01 is 1 %), in the order of time: 1 to 200,000 returns from -1 to
    /// 1,000,000. A return of -1 is a total loss and must be the last.
    #[wire(share, range = -1..=1000000, length = ..=200_000)]
    pub returns: Vec<f64>,

    /// The last day of each period, ascending; empty if they are not known.
    #[wire(default, length = ..=200_000)]
    pub dates: Vec<Date>,

    /// The day of the value at the start, before the first of `dates`.
    pub start_date: Option<Date>,

    /// The least depth of an episode that is listed, as a fraction from 0 to below 1. By default 0, which lists all.
    #[wire(share, default, range = 0.., below = 1)]
    pub minimum_depth: f64,
}

impl DrawdownsInput {
    /// The input for a series of returns without dates.
    #[must_use]
    pub fn new(returns: Vec<f64>) -> Self {
        Self { returns, dates: Vec::new(), start_date: None, minimum_depth: 0.0 }
    }
}

/// The result of `risk.drawdowns`.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Drawdowns {
    /// The greatest depth of the series, 0 to 1.
    pub maximum_depth: f64,
    /// The mean depth of the episodes that are listed.
    pub mean_depth: Measure,
    /// The depth after the last return, 0 to 1.
    pub current_depth: f64,
    /// The episodes of at least the minimum depth, in the order of time.
    pub episodes: Vec<DrawdownEpisode>,
}

/// An episode in which a series stands below an earlier value. Period 0 is the start, before the first return; period n ends
/// with the n-th return.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct DrawdownEpisode {
    /// The greatest fall from the peak as a part of it, 0 to 1.
    pub depth: f64,
    /// The period at whose end the series was last at its highest value.
    pub peak_period: u32,
    /// The last day of that period; null if it is not known.
    pub peak_date: Option<Date>,
    /// The first period at whose end the depth is the greatest.
    pub trough_period: u32,
    /// The last day of that period; null if it is not known.
    pub trough_date: Option<Date>,
    /// The first period at whose end the series is back at the peak or above; null if the episode is still open.
    pub recovery_period: Option<u32>,
    /// The last day of that period; null if it is not known, or the episode is still open.
    pub recovery_date: Option<Date>,
    /// The periods from the peak to the recovery, or to the end of the series.
    pub periods: u32,
    /// The days from the peak to the recovery, or to the end of the series; null if they are not known.
    pub days: Option<u32>,
    /// The periods from the peak to the trough.
    pub periods_to_trough: u32,
    /// The days from the peak to the trough; null if they are not known.
    pub days_to_trough: Option<u32>,
}

/// The episodes in which a series stands below an earlier value, each with its peak, its trough and its recovery.
///
/// ```
/// # use wherewithal_risk::wherewithal;
/// use wherewithal::{control::Control, risk::{self, DrawdownsInput}};
///
/// let found = risk::drawdowns(&DrawdownsInput::new(vec![-0.5, 1.0, -0.2, 0.1]), &Control::default())?;
/// assert_eq!(found.episodes.len(), 2);
/// assert_eq!((found.episodes[0].peak_period, found.episodes[0].recovery_period), (0, Some(2)));
/// assert_eq!((found.episodes[1].trough_period, found.episodes[1].recovery_period), (3, None));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.empty`, `list.too_long`, `list.length_mismatch`, `list.duplicate`, `number.not_finite`, `rate.out_of_range`,
/// `returns.after_total_loss`, `dates.out_of_order`, `field.missing`; `operation.cancelled`.
pub fn drawdowns(input: &DrawdownsInput, control: &Control<'_>) -> Result<Drawdowns> {
    let returns = series::returns(&input.returns, "returns")?;
    series::dates(&input.dates, returns.len(), "dates")?;
    check_start(input.start_date, &input.dates)?;
    check::fee(input.minimum_depth).at("minimumDepth")?;
    control.check()?;

    let depths = depths(&returns);
    let days = Days { start: input.start_date, ends: &input.dates };
    let mut episodes: Vec<DrawdownEpisode> = Vec::new();
    let mut peak = 0;
    // Periods are counted from 1, the first return.
    for stretch in depths.split_inclusive(|depth| *depth == 0.0) {
        let end = peak + stretch.len();
        let recovered = stretch.last() == Some(&0.0);
        let episode = days.episode(peak, stretch, recovered);
        episodes.extend(episode.filter(|episode| is_covered(episode.depth, input.minimum_depth)));
        peak = end;
    }
    control.check()?;
    let sum_of_depths = sum(episodes.iter().map(|episode| episode.depth));
    Ok(Drawdowns {
        maximum_depth: depths.iter().copied().fold(0.0, f64::max),
        mean_depth: quotient(sum_of_depths, episodes.len() as f64, UndefinedReason::NoDrawdown).into(),
        current_depth: depths.last().copied().unwrap_or(0.0),
        episodes,
    })
}

fn check_start(start: Option<Date>, dates: &[Date]) -> Result<()> {
    match (start, dates.first()) {
        (Some(_), None) => {
            let message = "`startDate` has a meaning only with `dates`";
            Err(Error::new(ErrorCode::FieldMissing, message).at("dates"))
        }
        (Some(start), Some(first)) if start >= *first => {
            let message = format!("{start} is not before {first}, the last day of the first period");
            Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("startDate"))
        }
        _ => Ok(()),
    }
}

/// The days at which periods end, as far as they are known.
struct Days<'a> {
    start: Option<Date>,
    ends: &'a [Date],
}

impl Days<'_> {
    fn at(&self, period: usize) -> Option<Date> {
        match period.checked_sub(1) {
            Some(index) => self.ends.get(index).copied(),
            None => self.start,
        }
    }

    fn between(&self, from: usize, to: usize) -> Option<u32> {
        // Dates ascend.
        self.at(from).zip(self.at(to)).map(|(from, to)| from.days_until(to).unsigned_abs())
    }

    /// The episode of the depths that follow a peak, up to and with its recovery; none if the series rises at once.
    fn episode(&self, peak: usize, depths: &[f64], recovered: bool) -> Option<DrawdownEpisode> {
        let fallen = depths.len() - usize::from(recovered);
        if fallen == 0 {
            return None;
        }
        let (mut trough, mut depth) = (0, 0.0);
        for (index, one) in depths.iter().enumerate() {
            if *one > depth {
                (trough, depth) = (index, *one);
            }
        }
        let (trough, end) = (peak + trough + 1, peak + depths.len());
        let recovery = recovered.then_some(end);
        Some(DrawdownEpisode {
            depth,
            peak_period: peak as u32,
            peak_date: self.at(peak),
            trough_period: trough as u32,
            trough_date: self.at(trough),
            recovery_period: recovery.map(|period| period as u32),
            recovery_date: recovery.and_then(|period| self.at(period)),
            periods: (end - peak) as u32,
            days: self.between(peak, end),
            periods_to_trough: (trough - peak) as u32,
            days_to_trough: self.between(peak, trough),
        })
    }
}
