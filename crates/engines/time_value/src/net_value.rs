//! Net present and future values of series of cash flows.

use super::{
    Scalar, check,
    flows::{FlowDates, Flows},
    growth::Growth,
};
use wherewithal_base::{
    Result,
    dates::{Date, DayCount},
    wire::Wire,
};
use wherewithal_math as math;

/// The net present value of cash flows one period apart.
///
/// `rate` is the rate per period as a fraction, above -1. The first flow is now if `start_from_zero`, and one period
/// from now otherwise (as in spreadsheets). Money received is positive, money paid is negative.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::npv;
///
/// let flows = [-10_000.0, 3_000.0, 4_200.0, 6_800.0];
/// let value = npv(0.1, &flows, false)?;
/// assert_eq!((value * 100.0).round() / 100.0, 1_188.44);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range`, `list.empty`, `result.too_large`.
pub fn npv(rate: f64, amounts: &[f64], start_from_zero: bool) -> Result<f64> {
    let growth = Growth::<false>::new(check::rate(rate, "rate")?);
    check::amounts(amounts)?;
    let first = if start_from_zero { 0.0 } else { 1.0 };
    let present = |(index, amount): (usize, &f64)| amount * growth.factor(-(first + index as f64));
    check::result(math::sum(amounts.iter().enumerate().map(present)))
}

/// The net future value, after `nper` periods, of cash flows at the ends of periods 1, 2, and so on.
///
/// `rate` is the rate per period as a fraction, above -1; `nper` is zero or more. Flows after `nper` are
/// discounted back to it. Money received is positive, money paid is negative.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::nfv;
///
/// let value = nfv(0.05, 6.0, &[1_050.0, 1_350.0, 1_350.0, 1_450.0])?;
/// assert_eq!((value * 100.0).round() / 100.0, 6_142.45);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`npv`], and `term.out_of_range` if `nper` is negative.
pub fn nfv(rate: f64, nper: f64, amounts: &[f64]) -> Result<f64> {
    let growth = Growth::<false>::new(check::rate(rate, "rate")?);
    check::periods(nper, "nper")?;
    check::amounts(amounts)?;
    let future = |(index, amount): (usize, &f64)| amount * growth.factor(nper - (index as f64 + 1.0));
    check::result(math::sum(amounts.iter().enumerate().map(future)))
}

/// The net present value of dated cash flows on the earliest date.
///
/// `rate` is an effective annual rate as a fraction, above -1. Dates may come in any order and repeat; times
/// are year fractions from the earliest by `day_count`. The order of the input changes no bit of the result.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::{
///     dates::{DayCount, date},
///     time_value::xnpv,
/// };
///
/// let dates =
///     [date(2008, 1, 1)?, date(2008, 3, 1)?, date(2008, 10, 30)?, date(2009, 2, 15)?, date(2009, 4, 1)?];
/// let amounts = [-10_000.0, 2_750.0, 4_250.0, 3_250.0, 2_750.0];
/// let value = xnpv(0.09, &dates, &amounts, DayCount::Actual365Fixed)?;
/// assert_eq!((value * 100.0).round() / 100.0, 2_086.65);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`npv`], and `list.length_mismatch`.
pub fn xnpv<'a>(
    rate: f64,
    dates: impl Into<FlowDates<'a>>,
    amounts: &[f64],
    day_count: DayCount,
) -> Result<f64> {
    check::rate(rate, "rate")?;
    check::result(Flows::dated(dates.into(), amounts, day_count)?.present_value(rate))
}

/// The net future value of dated cash flows on the latest date.
///
/// Arguments are those of [`xnpv`]; times are differences of year fractions from the earliest date.
///
/// # Errors
/// Those of [`xnpv`].
pub fn xnfv<'a>(
    rate: f64,
    dates: impl Into<FlowDates<'a>>,
    amounts: &[f64],
    day_count: DayCount,
) -> Result<f64> {
    check::rate(rate, "rate")?;
    check::result(Flows::dated(dates.into(), amounts, day_count)?.future_value(rate))
}

/// The value of a cash flow at a later date, with different rates from the start date to the flow and to the end date.
///
/// Both rates are effective annual rates for times that begin at `start_date`: the flow is discounted from
/// `cash_flow_date` to `start_date` at `cash_flow_rate` and compounded from there to `end_date` at
/// `end_rate`.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::{
///     dates::{DayCount, date},
///     time_value::{ForwardFlowInput, xfv},
/// };
///
/// let flow = ForwardFlowInput {
///     start_date: date(2011, 2, 1)?,
///     cash_flow_date: date(2011, 3, 1)?,
///     end_date: date(2012, 2, 1)?,
///     cash_flow_rate: 0.00142,
///     end_rate: 0.00246,
///     cash_flow: 100_000.0,
///     day_count: DayCount::Actual365Fixed,
/// };
/// assert_eq!((xfv(&flow)? * 100.0).round() / 100.0, 100_235.09);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range`, `result.too_large`.
pub fn xfv(flow: &ForwardFlowInput) -> Result<f64> {
    let to_start = Growth::<false>::new(check::rate(flow.cash_flow_rate, "cashFlowRate")?);
    let to_end = Growth::<false>::new(check::rate(flow.end_rate, "endRate")?);
    check::finite(flow.cash_flow, "cashFlow")?;
    let elapsed = flow.day_count.year_fraction(flow.start_date, flow.cash_flow_date);
    let total = flow.day_count.year_fraction(flow.start_date, flow.end_date);
    check::result(flow.cash_flow * to_start.factor(-elapsed) * to_end.factor(total))
}

/// A cash flow between two dates, with a rate for each of its ends. Input of `time_value.xfv`.
#[derive(Debug, Clone, Copy, Wire)]
pub struct ForwardFlowInput {
    /// The date from which both rates run.
    pub start_date: Date,
    /// The date of the cash flow.
    pub cash_flow_date: Date,
    /// The date of the value.
    pub end_date: Date,
    /// Effective annual rate from `startDate` to `cashFlowDate` as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub cash_flow_rate: f64,
    /// Effective annual rate from `startDate` to `endDate` as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub end_rate: f64,
    /// The amount; received is positive, paid is negative.
    pub cash_flow: f64,
    /// How dates are converted to fractions of a year.
    #[wire(default)]
    pub day_count: DayCount,
}

impl ForwardFlowInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`xfv`].
    pub fn run(&self) -> Result<Scalar> {
        xfv(self).map(Scalar::from)
    }
}

/// Input of `time_value.npv`.
#[derive(Debug, Clone, Wire)]
pub struct NpvInput {
    /// Discount rate per period as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub rate: f64,
    /// Cash flows one period apart; received is positive, paid is negative.
    #[wire(length = 1..=1_000_000)]
    pub amounts: Vec<f64>,
    /// Whether the first flow is now (true) or one period from now (false, as in spreadsheets).
    #[wire(default = yes)]
    pub start_from_zero: bool,
}

fn yes() -> bool {
    true
}

impl NpvInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`npv`].
    pub fn run(&self) -> Result<Scalar> {
        npv(self.rate, &self.amounts, self.start_from_zero).map(Scalar::from)
    }
}

/// Input of `time_value.nfv`.
#[derive(Debug, Clone, Wire)]
pub struct NfvInput {
    /// Rate per period as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub rate: f64,
    /// Number of periods from now to the date of the value, zero or more.
    #[wire(range = 0..)]
    pub nper: f64,
    /// Cash flows at the ends of periods 1, 2, and so on; received is positive, paid is negative.
    #[wire(length = 1..=1_000_000)]
    pub amounts: Vec<f64>,
}

impl NfvInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`nfv`].
    pub fn run(&self) -> Result<Scalar> {
        nfv(self.rate, self.nper, &self.amounts).map(Scalar::from)
    }
}

/// Input of `time_value.xnpv` and `time_value.xnfv`.
#[derive(Debug, Clone, Wire)]
pub struct DatedFlowsInput {
    /// Effective annual rate as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub rate: f64,
    /// The date of each cash flow, in any order; dates may repeat.
    #[wire(length = 1..=1_000_000)]
    pub dates: Vec<Date>,
    /// The cash flows, one for each date; received is positive, paid is negative.
    #[wire(length = 1..=1_000_000)]
    pub amounts: Vec<f64>,
    /// How dates are converted to fractions of a year.
    #[wire(default)]
    pub day_count: DayCount,
}

impl DatedFlowsInput {
    /// Runs `time_value.xnpv`.
    ///
    /// # Errors
    /// Those of [`xnpv`].
    pub fn present_value(&self) -> Result<Scalar> {
        xnpv(self.rate, &self.dates, &self.amounts, self.day_count).map(Scalar::from)
    }

    /// Runs `time_value.xnfv`.
    ///
    /// # Errors
    /// Those of [`xnfv`].
    pub fn future_value(&self) -> Result<Scalar> {
        xnfv(self.rate, &self.dates, &self.amounts, self.day_count).map(Scalar::from)
    }
}
