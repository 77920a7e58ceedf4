//! A measure over windows that move through a series.

mod summary;
mod windows;

use wherewithal_base::{
    Error, ErrorCode, Result, check, control::Control, dates::Date, error::At as _, wire::Wire,
};

use self::{
    summary::{Below, Fall, Pairs},
    windows::windows,
};
use crate::{
    DeviationDivisor, Measure, RateConversion, UndefinedReason,
    benchmark::annual_alpha,
    growth::Growth,
    measure::Found,
    series::{self, PeriodRate},
};

/// The longest window.
const MAX_WINDOW: u32 = 200_000;

/// Input of `risk.rolling`.
#[derive(Debug, Clone, Wire)]
pub struct RollingInput {
    /// The measure of each window.
    pub measure: RollingMeasure,

    /// The simple return of each period as a fraction (0.01 is 1 %), in the order of time: 1 to 200,000 returns from -1 to
    /// 1,000,000. A return of -1 is a total loss and must be the last.
    #[wire(share, range = -1..=1000000, length = ..=200_000)]
    pub returns: Vec<f64>,

    /// The last day of each period, ascending; empty if they are not known.
    #[wire(default, length = ..=200_000)]
    pub dates: Vec<Date>,

    /// The number of returns in a window, from 1 to those that there are.
    #[wire(range = 1..=200000)]
    pub window: u32,

    /// The number of periods in a year, such as 252 for trading days, 52, 12 or 1.
    #[wire(range = 0.1..=1000000)]
    pub periods_per_year: f64,

    /// The annual return of an investment without risk as a fraction; `rateConversion` says what it is in a period. By
    /// default 0.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub risk_free_rate: f64,

    /// The return of the investment without risk in each period as a fraction, in place of `riskFreeRate`.
    #[wire(share, default, above = -1, range = ..=1000000, length = ..=200_000)]
    pub risk_free_returns: Vec<f64>,

    /// The annual return as a fraction below which a return is a loss to the downside deviation and to Sortino;
    /// `rateConversion` says what it is in a period. By default 0.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub minimum_acceptable_return: f64,

    /// How an annual rate becomes the rate of a period.
    #[wire(default)]
    pub rate_conversion: RateConversion,

    /// The simple return of the benchmark in each period as a fraction, as many as `returns`; for the measures that compare
    /// with one.
    #[wire(share, default, range = -1..=1000000, length = ..=200_000)]
    pub benchmark: Vec<f64>,

    /// The last day of each period of the benchmark, which must be `dates`; empty if the periods are known to be the same.
    #[wire(default, length = ..=200_000)]
    pub benchmark_dates: Vec<Date>,

    /// What variances divide by.
    #[wire(default)]
    pub deviation_divisor: DeviationDivisor,

    /// How the alpha of a period becomes that of a year.
    #[wire(default)]
    pub alpha_conversion: RateConversion,
}

impl RollingInput {
    /// The input for a measure of a series of returns, with the defaults of everything else.
    #[must_use]
    pub fn new(measure: RollingMeasure, returns: Vec<f64>, window: u32, periods_per_year: f64) -> Self {
        Self {
            measure,
            returns,
            dates: Vec::new(),
            window,
            periods_per_year,
            risk_free_rate: 0.0,
            risk_free_returns: Vec::new(),
            minimum_acceptable_return: 0.0,
            rate_conversion: RateConversion::default(),
            benchmark: Vec::new(),
            benchmark_dates: Vec::new(),
            deviation_divisor: DeviationDivisor::default(),
            alpha_conversion: RateConversion::default(),
        }
    }
}

/// A measure of `risk.measures` that is computed for windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum RollingMeasure {
    /// The compound return of the window.
    CumulativeReturn,
    /// The mean return, annualized.
    MeanReturn,
    /// The standard deviation, annualized.
    Volatility,
    /// The root of the mean squared distance below the minimum acceptable return, annualized.
    DownsideDeviation,
    /// The Sharpe ratio, annualized.
    Sharpe,
    /// The Sortino ratio, annualized.
    Sortino,
    /// The greatest fall from a peak within the window, whose value at the start is the first peak.
    MaximumDrawdown,
    /// The alpha, annualized. It needs a benchmark.
    Alpha,
    /// The beta. It needs a benchmark.
    Beta,
    /// The correlation of the returns above the rate without risk with those of the benchmark, which it needs.
    Correlation,
    /// The deviation of the return above that of the benchmark, annualized. It needs a benchmark.
    TrackingError,
    /// The information ratio, annualized. It needs a benchmark.
    InformationRatio,
}

/// The result of `risk.rolling`.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RollingResult {
    /// A point for each whole window, in the order of time.
    pub points: Vec<RollingPoint>,
}

/// The measure of one window.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct RollingPoint {
    /// The last period of the window; period n has the n-th return.
    pub period: u32,
    /// The last day of that period; null if it is not known.
    pub date: Option<Date>,
    /// The value; null if the measure is undefined.
    pub value: Option<f64>,
    /// Why the measure is undefined; null if it has a value.
    pub reason: Option<UndefinedReason>,
}

/// A measure over every window of a series, in a time that does not depend on the length of the window.
///
/// ```
/// # use wherewithal_risk::wherewithal;
/// use wherewithal::{control::Control, risk::{self, RollingInput, RollingMeasure}};
///
/// let input = RollingInput::new(RollingMeasure::CumulativeReturn, vec![0.1, -0.5, 1.0], 2, 12.0);
/// let values: Vec<_> = risk::rolling(&input, &Control::default())?.points.iter().map(|point| point.value).collect();
/// assert_eq!(values.len(), 2);
/// assert!((values[0].unwrap() + 0.45).abs() < 1e-15 && values[1].unwrap().abs() < 1e-15);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`measures`](crate::measures()); `list.too_short` for fewer returns than a window needs, `count.out_of_range`,
/// and `field.missing` for a measure that needs a benchmark where there is none.
pub fn rolling(input: &RollingInput, control: &Control<'_>) -> Result<RollingResult> {
    let sample = Sample::new(input)?;
    let found = sample.windows(input, control)?;
    let first = input.window as usize;
    let points = found.into_iter().enumerate().map(|(index, found)| {
        let Measure { value, reason } = found.into();
        let period = first + index;
        // The period is the number of the return, whose index is one lower.
        RollingPoint { period: period as u32, date: input.dates.get(period - 1).copied(), value, reason }
    });
    Ok(RollingResult { points: points.collect() })
}

/// A validated series.
struct Sample {
    returns: Vec<f64>,
    /// Empty if there is none.
    benchmark: Vec<f64>,
    risk_free: PeriodRate,
    minimum: f64,
}

impl Sample {
    fn new(input: &RollingInput) -> Result<Self> {
        let returns = series::returns(&input.returns, "returns")?;
        let count = returns.len();
        series::dates(&input.dates, count, "dates")?;
        let window = check::whole(input.window, 1..=MAX_WINDOW, ErrorCode::CountOutOfRange).at("window")?;
        check::length(count, window as usize..=usize::MAX).at("returns")?;
        let periods = series::periods_per_year(input.periods_per_year)?;
        let benchmark = series::benchmark(&input.benchmark, &input.benchmark_dates, count, &input.dates)?;
        if benchmark.is_none() && input.measure.needs_benchmark() {
            let message = "this measure compares the returns with a benchmark";
            return Err(Error::new(ErrorCode::FieldMissing, message).at("benchmark"));
        }
        let (conversion, each) = (input.rate_conversion, &input.risk_free_returns);
        let minimum = input.minimum_acceptable_return;
        let minimum = PeriodRate::of_annual(minimum, conversion, periods, "minimumAcceptableReturn")?;
        Ok(Self {
            risk_free: PeriodRate::risk_free(input.risk_free_rate, conversion, periods, each, count)?,
            minimum: minimum.at(0),
            returns,
            benchmark: benchmark.unwrap_or_default(),
        })
    }

    /// The measure of each window, by what has to be known of one.
    #[expect(
        clippy::indexing_slicing,
        reason = "a period is one of the series, and so is one of its benchmark if there is one"
    )]
    fn windows(&self, input: &RollingInput, control: &Control<'_>) -> Result<Vec<Found>> {
        let (periods, divisor) = (input.periods_per_year, input.deviation_divisor);
        let root = periods.sqrt();
        let (count, width) = (self.returns.len(), input.window as usize);
        let own = |period: usize| self.returns[period];
        let theirs = |period: usize| self.benchmark[period];
        let rate = |period: usize| self.risk_free.at(period);
        match input.measure {
            RollingMeasure::CumulativeReturn => {
                let item = |period| Growth::over([own(period)]);
                windows(count, width, item, |growth| Ok(growth.total()), control)
            }
            RollingMeasure::MaximumDrawdown => {
                windows(count, width, |period| Fall::of(own(period)), |fall| Ok(fall.depth()), control)
            }
            RollingMeasure::DownsideDeviation => {
                let item = |period| Below::of(own(period), self.minimum);
                windows(count, width, item, |below| Ok(below.deviation() * root), control)
            }
            RollingMeasure::Sortino => {
                let item = |period| Below::of(own(period), self.minimum);
                windows(count, width, item, |below| Ok(below.sortino()? * root), control)
            }
            RollingMeasure::MeanReturn => {
                let item = |period| Pairs::of([own(period), 0.0], own(period).abs(), 0.0);
                windows(count, width, item, |pairs| Ok(pairs.mean() * periods), control)
            }
            RollingMeasure::Volatility => {
                let item = |period| Pairs::of([own(period), 0.0], own(period).abs(), 0.0);
                windows(count, width, item, |pairs| Ok(pairs.deviation(divisor)? * root), control)
            }
            RollingMeasure::Sharpe => {
                let item = |period| {
                    let (own, rate) = (own(period), rate(period));
                    Pairs::of([own - rate, 0.0], own.abs() + rate.abs(), 0.0)
                };
                windows(count, width, item, |pairs| Ok(pairs.ratio(divisor)? * root), control)
            }
            RollingMeasure::TrackingError | RollingMeasure::InformationRatio => {
                let item = |period| {
                    let (own, theirs) = (own(period), theirs(period));
                    Pairs::of([own - theirs, 0.0], own.abs() + theirs.abs(), 0.0)
                };
                let is_ratio = input.measure == RollingMeasure::InformationRatio;
                let value = |pairs: &Pairs| {
                    Ok(if is_ratio { pairs.ratio(divisor)? } else { pairs.deviation(divisor)? } * root)
                };
                windows(count, width, item, value, control)
            }
            RollingMeasure::Alpha | RollingMeasure::Beta | RollingMeasure::Correlation => {
                let item = |period| {
                    let (own, theirs, rate) = (own(period), theirs(period), rate(period));
                    Pairs::of([own - rate, theirs - rate], own.abs() + rate.abs(), theirs.abs() + rate.abs())
                };
                let value = |pairs: &Pairs| match input.measure {
                    RollingMeasure::Beta => pairs.slope(),
                    RollingMeasure::Correlation => pairs.correlation(),
                    _ => annual_alpha(pairs.intercept()?, input.alpha_conversion, periods),
                };
                windows(count, width, item, value, control)
            }
        }
    }
}

impl RollingMeasure {
    fn needs_benchmark(self) -> bool {
        match self {
            Self::CumulativeReturn
            | Self::MeanReturn
            | Self::Volatility
            | Self::DownsideDeviation
            | Self::Sharpe
            | Self::Sortino
            | Self::MaximumDrawdown => false,
            Self::Alpha | Self::Beta | Self::Correlation | Self::TrackingError | Self::InformationRatio => {
                true
            }
        }
    }
}
