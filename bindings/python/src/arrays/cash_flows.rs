//! Series of cash flows.

use pyo3::{
    prelude::*,
    types::{PyDict, PyMapping},
};
use wherewithal::{
    Error, Result,
    control::Control,
    dates::DayCount,
    time_value::{self, ForwardFlowInput, IrrOptions},
    wire::{Reader, Spelling, Value, Wire as _},
};

use super::{
    broadcast::broadcast,
    dates::{Dates, dates, one},
    mirror::is_a,
    numbers::Numbers,
};
use crate::errors::{array_exception, invalid};

/// A day count by its name.
pub(super) struct Convention(pub(super) DayCount);

impl FromPyObject<'_, '_> for Convention {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let name: String = value.extract()?;
        let read = DayCount::read(&Value::Text(name.into()), Reader::new(Spelling::Snake));
        read.map(Self).map_err(|error| array_exception(value.py(), &error.at("dayCount")))
    }
}

pub(super) const DEFAULT: Convention = Convention(DayCount::Actual365Fixed);

/// Dates with their amounts.
struct Dated {
    dates: Dates,
    amounts: Vec<f64>,
}

impl Dated {
    /// From two arguments, or from one that holds both: a mapping from date to amount, a Series with dates as its index,
    /// a frame of two columns, or pairs.
    fn read(first: &Bound<'_, PyAny>, amounts: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        if let Some(amounts) = amounts {
            return Self::of(first, amounts);
        }
        if first.is_instance_of::<PyDict>() || first.cast::<PyMapping>().is_ok() {
            let mapping = first.cast::<PyMapping>()?;
            return Self::of(mapping.keys()?.as_any(), mapping.values()?.as_any());
        }
        if is_a(first, "pandas", "Series")? {
            return Self::of(&first.getattr("index")?, first);
        }
        if is_a(first, "pandas", "DataFrame")? || is_a(first, "polars", "DataFrame")? {
            let columns: Vec<Bound<'_, PyAny>> =
                first.getattr("columns")?.try_iter()?.collect::<PyResult<_>>()?;
            return match columns.as_slice() {
                [dates, amounts] => Self::of(&first.get_item(dates)?, &first.get_item(amounts)?),
                _ => Err(invalid(
                    first.py(),
                    "dates",
                    "a frame must have two columns: the dates and the amounts",
                )),
            };
        }
        let (mut dates, mut amounts) = (Vec::new(), Vec::new());
        for (index, pair) in first.try_iter()?.enumerate() {
            let pair = pair?;
            let (date, amount) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>().map_err(|_| {
                let message = "without amounts, expected pairs of a date and an amount, a dict or a frame of two columns";
                invalid(first.py(), &format!("dates[{index}]"), message)
            })?;
            dates.push(one(&date, &format!("dates[{index}]"))?);
            amounts.push(number(&amount, &format!("amounts[{index}]"))?);
        }
        Ok(Self { dates: Dates::Civil(dates), amounts })
    }

    fn of(first: &Bound<'_, PyAny>, second: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (dates, shape) = dates(first, "dates")?;
        in_one_dimension(first.py(), "dates", &shape)?;
        Ok(Self { dates, amounts: series(second, "amounts")?.values().to_vec() })
    }
}

/// Numbers in one dimension.
fn series<'py>(values: &Bound<'py, PyAny>, name: &str) -> PyResult<Numbers<'py>> {
    let numbers = Numbers::read(values, name)?;
    in_one_dimension(values.py(), name, &numbers.shape)?;
    Ok(numbers)
}

fn in_one_dimension(py: Python<'_>, name: &str, shape: &[usize]) -> PyResult<()> {
    if shape.len() == 1 {
        return Ok(());
    }
    let message =
        format!("expected a series of cash flows in one dimension, found {} dimensions", shape.len());
    Err(invalid(py, name, &message))
}

/// One number.
fn number(value: &Bound<'_, PyAny>, name: &str) -> PyResult<f64> {
    Numbers::read(value, name)?
        .single()
        .ok_or_else(|| invalid(value.py(), name, "expected one number, found an array"))
}

/// Runs `work` without holding the interpreter.
fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    py.detach(work).map_err(|error: Error| array_exception(py, &error))
}

/// The net present value of cash flows one period apart.
///
/// Args:
///     rate: Discount rate per period as a fraction (0.05 is 5 %), above -1; a number or an array.
///     amounts: Cash flows; received is positive, paid is negative.
///     start_from_zero: Whether the first flow is now, as in numpy-financial, or one period from now, as in spreadsheets.
///
/// Returns:
///     A float for one rate, else what `rate` is.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.npv(0.08, [-40_000, 5_000, 8_000, 12_000, 30_000]), 5)
///     3065.22267
#[pyfunction]
#[pyo3(signature = (rate, amounts, *, start_from_zero = true))]
pub(super) fn npv<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    amounts: &Bound<'py, PyAny>,
    start_from_zero: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let amounts = series(amounts, "amounts")?;
    let amounts = amounts.values();
    broadcast(py, [("rate", rate.into())], |[rate]| time_value::npv(rate, amounts, start_from_zero))
}

/// The net future value, after `nper` periods, of cash flows at the end of each period.
///
/// Args:
///     rate: Rate of interest per period as a fraction, above -1; a number or an array.
///     nper: Number of periods, zero or more; a number or an array.
///     amounts: Cash flows, the first at the end of the first period.
///
/// Returns:
///     A float for single numbers, else what `rate` and `nper` are.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.nfv(0.05, 6, [1050, 1350, 1350, 1450]), 2)
///     6142.45
#[pyfunction]
pub(super) fn nfv<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    nper: &Bound<'py, PyAny>,
    amounts: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let amounts = series(amounts, "amounts")?;
    let amounts = amounts.values();
    let arguments = [("rate", rate.into()), ("nper", nper.into())];
    broadcast(py, arguments, |[rate, nper]| time_value::nfv(rate, nper, amounts))
}

/// The internal rate of return of cash flows one period apart: the rate at which their net present value is zero.
///
/// `time_value.irr` also gives the residual, and can list all rates where there are several.
///
/// Args:
///     amounts: Cash flows, the first now; received is positive, paid is negative.
///     guess: Where there are several rates, the one nearest this is returned. It has no other influence.
///
/// Returns:
///     The rate per period as a fraction.
///
/// Raises:
///     NoSolution: There is no rate; the code and the message say why.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.irr([-100, 39, 59, 55, 20]), 5)
///     0.28095
#[pyfunction]
#[pyo3(signature = (amounts, guess = 0.1))]
pub(super) fn irr(py: Python<'_>, amounts: &Bound<'_, PyAny>, guess: f64) -> PyResult<f64> {
    let amounts = series(amounts, "amounts")?;
    let amounts = amounts.values();
    let options = IrrOptions { guess, ..IrrOptions::default() };
    Ok(detached(py, || time_value::irr(amounts, &options))?.rate)
}

/// The modified internal rate of return of cash flows one period apart.
///
/// Args:
///     amounts: Cash flows, the first now; received is positive, paid is negative.
///     finance_rate: Rate paid on the negative flows, as a fraction.
///     reinvest_rate: Rate earned on the positive flows, as a fraction.
///
/// Returns:
///     The rate per period as a fraction.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.mirr([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.12), 6)
///     0.126094
#[pyfunction]
pub(super) fn mirr(
    py: Python<'_>,
    amounts: &Bound<'_, PyAny>,
    finance_rate: f64,
    reinvest_rate: f64,
) -> PyResult<f64> {
    let amounts = series(amounts, "amounts")?;
    let amounts = amounts.values();
    detached(py, || time_value::mirr(amounts, finance_rate, reinvest_rate))
}

/// The net present value of dated cash flows, at the earliest of the dates.
///
/// Args:
///     rate: Effective annual rate as a fraction, above -1; a number or an array.
///     dates: The dates, in any order; or dates and amounts together, as for `xirr`.
///     amounts: A cash flow for each date; received is positive, paid is negative.
///     day_count: How days become fractions of a year, such as `"actual365_fixed"` or `"thirty360_us"`.
///
/// Returns:
///     A float for one rate, else what `rate` is.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> dates = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
///     >>> round(ww.xnpv(0.09, dates, [-10_000, 2_750, 4_250, 3_250, 2_750]), 2)
///     2086.65
#[pyfunction]
#[pyo3(signature = (rate, dates, amounts = None, *, day_count = DEFAULT),
       text_signature = "(rate, dates, amounts=None, *, day_count='actual365_fixed')")]
pub(super) fn xnpv<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    dates: &Bound<'py, PyAny>,
    amounts: Option<&Bound<'py, PyAny>>,
    day_count: Convention,
) -> PyResult<Bound<'py, PyAny>> {
    let Dated { dates, amounts } = Dated::read(dates, amounts)?;
    let dates = dates.into_civil(py, "dates")?;
    broadcast(py, [("rate", rate.into())], |[rate]| time_value::xnpv(rate, &dates, &amounts, day_count.0))
}

/// The net future value of dated cash flows, at the latest of the dates.
///
/// Args:
///     rate: Effective annual rate as a fraction, above -1; a number or an array.
///     dates: The dates, in any order; or dates and amounts together, as for `xirr`.
///     amounts: A cash flow for each date; received is positive, paid is negative.
///     day_count: How days become fractions of a year.
///
/// Returns:
///     A float for one rate, else what `rate` is.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.xnfv(0.10, ["2025-01-01", "2026-01-01"], [-100, 50]), 2)
///     -60.0
#[pyfunction]
#[pyo3(signature = (rate, dates, amounts = None, *, day_count = DEFAULT),
       text_signature = "(rate, dates, amounts=None, *, day_count='actual365_fixed')")]
pub(super) fn xnfv<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    dates: &Bound<'py, PyAny>,
    amounts: Option<&Bound<'py, PyAny>>,
    day_count: Convention,
) -> PyResult<Bound<'py, PyAny>> {
    let Dated { dates, amounts } = Dated::read(dates, amounts)?;
    let dates = dates.into_civil(py, "dates")?;
    broadcast(py, [("rate", rate.into())], |[rate]| time_value::xnfv(rate, &dates, &amounts, day_count.0))
}

/// What a cash flow is worth at a later date, when the rates from the start date to the flow and to the end date differ.
///
/// Args:
///     start_date: The date from which both rates run.
///     cash_flow_date: The date of the cash flow.
///     end_date: The date of the result.
///     cash_flow_rate: Effective annual rate from the start date to the cash flow, as a fraction.
///     end_rate: Effective annual rate from the start date to the end date, as a fraction.
///     cash_flow: The amount; received is positive, paid is negative.
///     day_count: How days become fractions of a year.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.xfv("2011-02-01", "2011-03-01", "2012-02-01", 0.00142, 0.00246, 100_000), 2)
///     100235.09
#[pyfunction]
#[pyo3(signature = (start_date, cash_flow_date, end_date, cash_flow_rate, end_rate, cash_flow, *, day_count = DEFAULT),
       text_signature = "(start_date, cash_flow_date, end_date, cash_flow_rate, end_rate, cash_flow, *, \
                         day_count='actual365_fixed')")]
#[expect(clippy::too_many_arguments, reason = "the arguments of the function of that name in spreadsheets")]
pub(super) fn xfv(
    py: Python<'_>,
    start_date: &Bound<'_, PyAny>,
    cash_flow_date: &Bound<'_, PyAny>,
    end_date: &Bound<'_, PyAny>,
    cash_flow_rate: f64,
    end_rate: f64,
    cash_flow: f64,
    day_count: Convention,
) -> PyResult<f64> {
    let flow = ForwardFlowInput {
        start_date: one(start_date, "startDate")?,
        cash_flow_date: one(cash_flow_date, "cashFlowDate")?,
        end_date: one(end_date, "endDate")?,
        cash_flow_rate,
        end_rate,
        cash_flow,
        day_count: day_count.0,
    };
    time_value::xfv(&flow).map_err(|error| array_exception(py, &error))
}

/// The internal rate of return of dated cash flows: the effective annual rate at which their net present value is zero.
///
/// `time_value.xirr` also gives the residual, and can list all rates where there are several.
///
/// Args:
///     dates: The dates, in any order: dates, datetimes (their time of day is left out), ISO 8601 text, numpy
///         `datetime64`, a pandas or polars Series. Or dates and amounts together: a dict from date to amount, a pandas
///         Series with dates as its index, a frame of two columns, or pairs.
///     amounts: A cash flow for each date; received is positive, paid is negative.
///     guess: Where there are several rates, the one nearest this is returned. It has no other influence.
///     day_count: How days become fractions of a year, such as `"actual365_fixed"` or `"thirty360_us"`.
///
/// Returns:
///     The effective annual rate as a fraction.
///
/// Raises:
///     NoSolution: There is no rate; the code and the message say why.
///     InvalidInput: A date or an amount is not valid; `path` says which, such as `amounts[3]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> dates = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
///     >>> round(ww.xirr(dates, [-10_000, 2_750, 4_250, 3_250, 2_750]), 6)
///     0.373363
#[pyfunction]
#[pyo3(signature = (dates, amounts = None, guess = 0.1, *, day_count = DEFAULT),
       text_signature = "(dates, amounts=None, guess=0.1, *, day_count='actual365_fixed')")]
pub(super) fn xirr(
    py: Python<'_>,
    dates: &Bound<'_, PyAny>,
    amounts: Option<&Bound<'_, PyAny>>,
    guess: f64,
    day_count: Convention,
) -> PyResult<f64> {
    let Dated { dates, amounts } = Dated::read(dates, amounts)?;
    let ends = [amounts.len()];
    let solve = || {
        let dates = dates.as_flow_dates();
        time_value::xirr_batch(dates, &amounts, &ends, day_count.0, guess, &Control::default())
    };
    let found = detached(py, solve)?;
    match (found.rates.first(), found.failures.into_iter().next()) {
        (Some(rate), None) => Ok(*rate),
        (_, Some(failure)) => Err(array_exception(py, &failure.error)),
        (None, None) => Err(invalid(py, "amounts", "there are no cash flows")),
    }
}
