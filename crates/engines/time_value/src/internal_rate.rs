//! The internal rate of return, of periodic and of dated cash flows.

use super::{
    check,
    flows::{FlowDates, Flows, LANES},
    isolation::{self, LogRoot},
    moments, signs,
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    control::Control,
    dates::{Date, DayCount},
    wire::Wire,
};
use wherewithal_math::{RootStatus, exp_m1, ln_1p};

/// Options for cash flows with several internal rates of return.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IrrOptions {
    /// If there are several rates, the one nearest this is returned; a fraction above -1.
    pub guess: f64,
    /// A range in which to list every rate.
    pub all_roots: Option<RateRange>,
}

impl Default for IrrOptions {
    /// The rate nearest 10 %, as in spreadsheets, without a list.
    fn default() -> Self {
        Self { guess: default_guess(), all_roots: None }
    }
}

/// A range of rates, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct RateRange {
    /// The lower end as a fraction, above -1.
    #[wire(share, above = -1)]
    pub lower: f64,
    /// The upper end as a fraction, not below `lower`.
    #[wire(share)]
    pub upper: f64,
}

/// An internal rate of return.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct InternalRate {
    /// The rate as a fraction (0.05 is 5 %), above -1: a year for dated flows, a period for periodic ones.
    pub rate: f64,
    /// The net present value at `rate`, in the unit of the amounts: zero up to the rounding of amounts and
    /// rate.
    pub residual: f64,
    /// The number of valuations of the flows.
    pub iterations: u32,
    /// Whether the root is exact, converged or tangent.
    pub status: RootStatus,
    /// Every rate in the requested range, in ascending order; null if no range was given.
    pub all_roots: Option<Vec<RateRoot>>,
}

/// A rate that solves an equation of cash flows.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct RateRoot {
    /// The rate as a fraction (0.05 is 5 %), above -1.
    #[wire(above = -1)]
    pub rate: f64,
    /// The net present value at `rate`, in the unit of the amounts: zero up to the rounding of amounts and
    /// rate.
    pub residual: f64,
    /// The number of valuations of the flows.
    pub iterations: u32,
    /// Whether the root is exact, converged or tangent.
    pub status: RootStatus,
}

/// The internal rate of return of cash flows one period apart: the rate at which their net present value is
/// zero.
///
/// Money received is positive, money paid is negative. There may be several such rates or none (see
/// [`xirr`]).
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::{IrrOptions, irr};
///
/// let found = irr(&[-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0], &IrrOptions::default())?;
/// assert_eq!((found.rate * 1e3).round() / 1e3, 0.087);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`xirr`] that do not concern dates.
pub fn irr(amounts: &[f64], options: &IrrOptions) -> Result<InternalRate> {
    irr_under(amounts, options, &Control::default())
}

/// [`irr`], which `control` can stop.
///
/// # Errors
/// Those of [`irr`], and `operation.cancelled`.
pub fn irr_under(amounts: &[f64], options: &IrrOptions, control: &Control<'_>) -> Result<InternalRate> {
    find(&Flows::periodic(amounts)?, options, "amounts", &mut Vec::new(), control)
}

/// The internal rate of return of dated cash flows: the effective annual rate at which their net present
/// value is zero.
///
/// Money received is positive, money paid is negative. Dates may come in any order and repeat; times are year
/// fractions from the earliest by `day_count`.
///
/// If the flows balance at several rates, the one nearest `options.guess` is returned. All rates are found first, so
/// the guess has no other influence.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::{
///     dates::{DayCount, date},
///     time_value::{IrrOptions, xirr},
/// };
///
/// let dates =
///     [date(2008, 1, 1)?, date(2008, 3, 1)?, date(2008, 10, 30)?, date(2009, 2, 15)?, date(2009, 4, 1)?];
/// let amounts = [-10_000.0, 2_750.0, 4_250.0, 3_250.0, 2_750.0];
/// let found = xirr(&dates, &amounts, DayCount::Actual365Fixed, &IrrOptions::default())?;
/// assert_eq!((found.rate * 1e7).round() / 1e7, 0.3733625);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// - `list.empty`, `list.length_mismatch`, `number.not_finite`, `rate.out_of_range` (guess or
///   range).
/// - `cash_flows.one_sign` if the flows, added up by date, are all receipts or all payments.
/// - `cash_flows.single_date` if they fall on one date.
/// - `solve.no_solution` if their net present value is zero at no rate above -100 %.
/// - `solve.not_converged` if they cancel so closely over a range of rates that roots cannot be distinguished.
pub fn xirr<'a>(
    dates: impl Into<FlowDates<'a>>,
    amounts: &[f64],
    day_count: DayCount,
    options: &IrrOptions,
) -> Result<InternalRate> {
    xirr_under(dates, amounts, day_count, options, &Control::default())
}

/// [`xirr`], which `control` can stop.
///
/// # Errors
/// Those of [`xirr`], and `operation.cancelled`.
pub fn xirr_under<'a>(
    dates: impl Into<FlowDates<'a>>,
    amounts: &[f64],
    day_count: DayCount,
    options: &IrrOptions,
    control: &Control<'_>,
) -> Result<InternalRate> {
    find(&Flows::dated(dates.into(), amounts, day_count)?, options, "dates", &mut Vec::new(), control)
}

/// The rate of flows; `times` is the field of errors about their times, and `values` is working memory.
pub(super) fn find(
    flows: &Flows,
    options: &IrrOptions,
    times: &str,
    values: &mut Vec<[f64; LANES]>,
    control: &Control<'_>,
) -> Result<InternalRate> {
    check::rate(options.guess, "guess")?;
    let range = options.all_roots.map(check_range).transpose()?;
    if flows.are_at_one_time() {
        let message = "all nonzero cash flows fall on one date or period, so the rate is undefined; give flows on at \
            least two dates or periods";
        return Err(Error::new(ErrorCode::CashFlowsSingleDate, message).at(times));
    }
    if !flows.have_both_signs() {
        let message = "the cash flows all have the same sign, so no rate makes their present value zero; make payments \
            negative and receipts positive";
        return Err(Error::new(ErrorCode::CashFlowsOneSign, message).at("amounts"));
    }
    if range.is_none()
        && let Some(root) = only_root(flows, values, control)
    {
        return Ok(internal_rate(root, None));
    }
    control.check()?;
    let mut roots = Vec::new();
    for root in isolation::all_roots(flows, control)? {
        roots.push(rate_root(flows, root)?);
    }
    let listed = range.map(|range| {
        let within = |root: &RateRoot| (range.lower..=range.upper).contains(&root.rate);
        roots.iter().copied().filter(within).collect()
    });
    nearest(roots, options.guess)
        .map(|root| internal_rate(root, listed))
        .ok_or_else(|| no_root(flows, options.guess))
}

/// The root nearest the guess; of two equally near, the first.
pub(super) fn nearest(roots: impl IntoIterator<Item = RateRoot>, guess: f64) -> Option<RateRoot> {
    let distance = |root: &RateRoot| (root.rate - guess).abs();
    roots.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

/// The root of ordinary flows, found in a few steps from zero and proved to be the only one; `None` also if the run is
/// cancelled.
fn only_root(flows: &Flows, values: &mut Vec<[f64; LANES]>, control: &Control<'_>) -> Option<RateRoot> {
    // At zero no flow is discounted, which makes the first step cheap.
    let first = flows.starting_moments().balancing_step();
    let (log_rate, iterations) = moments::settle(first, flows.span(), flows.log_rates(), |x| {
        control.check().ok().map(|()| flows.moments(x))
    })?;
    let rate = exp_m1(log_rate);
    // Back from the rounded rate, so that the residual belongs to the rate that is returned.
    let log_rate = ln_1p(rate);
    let value = flows.write_values(log_rate, values);
    if !signs::show_one_root(values.as_flattened(), signs::ROUNDING) && !flows.change_sign_once() {
        return None;
    }
    let residual = flows.to_present_value(value, log_rate);
    let status = if residual == 0.0 { RootStatus::Exact } else { RootStatus::Converged };
    residual.is_finite().then_some(RateRoot { rate, residual, iterations: iterations + 1, status })
}

/// The root as a rate, with the value of the flows at exactly that rate.
fn rate_root(flows: &Flows, root: LogRoot) -> Result<RateRoot> {
    let rate = exp_m1(root.log_rate);
    let log_rate = ln_1p(rate);
    let value = flows.write_values(log_rate, &mut Vec::new());
    let residual = check::result(flows.to_present_value(value, log_rate))?;
    let status = match root.status {
        RootStatus::Converged if residual == 0.0 => RootStatus::Exact,
        RootStatus::Exact if residual != 0.0 => RootStatus::Converged,
        status => status,
    };
    Ok(RateRoot { rate, residual, iterations: root.iterations + 1, status })
}

fn internal_rate(root: RateRoot, all_roots: Option<Vec<RateRoot>>) -> InternalRate {
    let RateRoot { rate, residual, iterations, status } = root;
    InternalRate { rate, residual, iterations, status, all_roots }
}

fn check_range(range: RateRange) -> Result<RateRange> {
    check::rate(range.lower, "lower").map_err(|error| error.at("allRoots"))?;
    check::rate(range.upper, "upper").map_err(|error| error.at("allRoots"))?;
    if range.lower <= range.upper {
        return Ok(range);
    }
    let message = format!(
        "the range of rates goes from {} to {}; the lower end must not exceed the upper end",
        range.lower, range.upper
    );
    Err(Error::new(ErrorCode::RateOutOfRange, message).at("allRoots"))
}

fn no_root(flows: &Flows, guess: f64) -> Error {
    let message = if flows.change_sign_once() {
        "the cash flows balance only at a rate that is too near -100 % or too large to represent".to_owned()
    } else {
        let sign = if flows.moments(ln_1p(guess)).value > 0.0 { "positive" } else { "negative" };
        format!("the net present value of the cash flows is {sign} at every rate")
    };
    Error::new(ErrorCode::SolveNoSolution, message).at("amounts")
}

pub(super) fn default_guess() -> f64 {
    0.1
}

/// Input of `time_value.irr`.
#[derive(Debug, Clone, Wire)]
pub struct IrrInput {
    /// Cash flows one period apart, the first now; received is positive, paid is negative.
    #[wire(length = 1..=1_000_000)]
    pub amounts: Vec<f64>,
    /// If there are several rates, the one nearest this is returned; a fraction above -1.
    #[wire(rate, default = default_guess, above = -1)]
    pub guess: f64,
    /// A range in which to list every rate.
    pub all_roots: Option<RateRange>,
}

impl IrrInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`irr`].
    pub fn run(&self, control: &Control<'_>) -> Result<InternalRate> {
        let options = IrrOptions { guess: self.guess, all_roots: self.all_roots };
        irr_under(&self.amounts, &options, control)
    }
}

/// Input of `time_value.xirr`.
#[derive(Debug, Clone, Wire)]
pub struct XirrInput {
    /// The date of each cash flow, in any order; dates may repeat.
    #[wire(length = 1..=1_000_000)]
    pub dates: Vec<Date>,
    /// The cash flows, one for each date; received is positive, paid is negative.
    #[wire(length = 1..=1_000_000)]
    pub amounts: Vec<f64>,
    /// How dates are converted to fractions of a year.
    #[wire(default)]
    pub day_count: DayCount,
    /// If there are several rates, the one nearest this is returned; a fraction above -1.
    #[wire(rate, default = default_guess, above = -1)]
    pub guess: f64,
    /// A range in which to list every rate.
    pub all_roots: Option<RateRange>,
}

impl XirrInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`xirr`].
    pub fn run(&self, control: &Control<'_>) -> Result<InternalRate> {
        let options = IrrOptions { guess: self.guess, all_roots: self.all_roots };
        xirr_under(&self.dates, &self.amounts, self.day_count, &options, control)
    }
}
