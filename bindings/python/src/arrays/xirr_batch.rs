//! The internal rates of many series.

use numpy::{PyReadonlyArrayDyn, PyUntypedArrayMethods as _};
use pyo3::{
    prelude::*,
    types::{PyList, PyString, PyTuple},
};
use wherewithal::{
    Error, ErrorCode,
    control::Control,
    dates::date,
    time_value::{self, FlowDates},
};

use super::{
    cash_flows::{Convention, DEFAULT},
    dates::{Dates, dates as read_dates, days_in, not_a_date_at},
    mirror::{Mirror, is_a},
    numbers::Numbers,
};
use crate::{
    errors::{array_exception, invalid},
    pool::{pool, run},
};

/// Whether a series without a rate is an error.
pub(super) enum OnError {
    Raise,
    Nan,
}

impl FromPyObject<'_, '_> for OnError {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let name = value.cast::<PyString>().ok().map(|name| name.to_string()).unwrap_or_default();
        match name.as_str() {
            "raise" => Ok(Self::Raise),
            "nan" => Ok(Self::Nan),
            _ => Err(invalid(value.py(), "onError", "expected \"raise\" or \"nan\"")),
        }
    }
}

/// The internal rates of return of many series of dated cash flows.
///
/// Each rate is that of `xirr` on its series, to the bit. The series are solved on all cores
/// (`RAYON_NUM_THREADS` sets how many) without holding the interpreter.
///
/// Args:
///     dates: A two-dimensional array of dates with a row for each series, or a list with the dates of each series; or
///         one series of dates that all series share.
///     amounts: A two-dimensional array with a row for each series, or a list with the cash flows of each series, which
///         need not have the same length; received is positive, paid is negative.
///     guess: Where a series has several rates, the one nearest this is returned. It has no other influence.
///     day_count: How days become fractions of a year, such as `"actual365_fixed"` or `"thirty360_us"`.
///     on_error: `"raise"` raises the error of the first series without a rate; `"nan"` leaves NaN in its place.
///
/// Returns:
///     The effective annual rates as fractions: an array where `amounts` is one, else a list.
///
/// Raises:
///     NoSolution: A series has no rate; `path` says which, such as `amounts[17]`.
///     InvalidInput: A date or an amount is not valid; `path` says which, such as `amounts[17][3]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> dates = ["2024-01-01", "2025-01-01", "2026-01-01"]
///     >>> [round(rate, 6) for rate in ww.xirr_batch(dates, [[-100, 5, 105], [-100, 0, 121]])]
///     [0.049928, 0.099857]
#[pyfunction]
#[pyo3(signature = (dates, amounts, guess = 0.1, *, day_count = DEFAULT, on_error = OnError::Raise),
       text_signature = "(dates, amounts, guess=0.1, *, day_count='actual365_fixed', on_error='raise')")]
pub(super) fn xirr_batch<'py>(
    py: Python<'py>,
    dates: &Bound<'py, PyAny>,
    amounts: &Bound<'py, PyAny>,
    guess: f64,
    day_count: Convention,
    on_error: OnError,
) -> PyResult<Bound<'py, PyAny>> {
    let amounts = Amounts::read(amounts)?;
    let days = AllDays::read(dates, &amounts.ends)?;
    let (dates, values, ends) = (days.as_flow_dates()?, amounts.values(), &amounts.ends);
    let work = || time_value::xirr_batch(dates, values, ends, day_count.0, guess, &Control::default());
    let pool = pool()?;
    let found = py.detach(|| run(&pool, work)).map_err(|error| array_exception(py, &error))?;
    if !found.failures.is_empty() {
        days.require_dates(py)?;
    }
    if let (OnError::Raise, Some(failure)) = (on_error, found.failures.first()) {
        return Err(array_exception(py, &in_series(&failure.error, failure.series)));
    }
    let shape = [found.rates.len()];
    amounts.mirror.of(py, found.rates, &shape)
}

/// The error with the index of its series after the name of its argument.
fn in_series(error: &Error, series: usize) -> Error {
    let argument = error.path().split(['.', '[']).next().unwrap_or_default();
    let rest = error.path().get(argument.len()..).unwrap_or_default();
    let path = if argument == "guess" { argument.to_owned() } else { format!("{argument}[{series}]{rest}") };
    Error::new(error.code(), error.message()).at(&path)
}

/// The amounts of all series, one after the other.
struct Amounts<'py> {
    numbers: Held<'py>,
    ends: Vec<usize>,
    mirror: Mirror<'py>,
}

enum Held<'py> {
    Array(Numbers<'py>),
    List(Vec<f64>),
}

impl<'py> Amounts<'py> {
    fn read(value: &Bound<'py, PyAny>) -> PyResult<Self> {
        let py = value.py();
        if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            let (mut all, mut ends) = (Vec::new(), Vec::new());
            for (series, value) in value.try_iter()?.enumerate() {
                let name = format!("amounts[{series}]");
                let numbers = Numbers::read(&value?, &name)?;
                if numbers.shape.len() != 1 {
                    return Err(invalid(py, &name, "expected the cash flows of one series"));
                }
                all.extend_from_slice(numbers.values());
                ends.push(all.len());
            }
            return Ok(Self { numbers: Held::List(all), ends, mirror: Mirror::List });
        }
        let numbers = Numbers::read(value, "amounts")?;
        let [series, flows] = numbers.shape[..] else {
            let message = "expected an array of two dimensions, or a list with the cash flows of each series";
            return Err(invalid(py, "amounts", message));
        };
        let ends = (1..=series).map(|series| series * flows).collect();
        Ok(Self { numbers: Held::Array(numbers), ends, mirror: Mirror::Numpy })
    }

    fn values(&self) -> &[f64] {
        match &self.numbers {
            Held::Array(numbers) => numbers.values(),
            Held::List(values) => values,
        }
    }
}

/// The days of all series, one after the other.
enum AllDays<'py> {
    Owned(Vec<i32>),
    /// A numpy array with a row for each series, used where it is; it may hold what is not a date.
    Borrowed(PyReadonlyArrayDyn<'py, i64>),
}

impl<'py> AllDays<'py> {
    /// `ends` has the index after the last flow of each series.
    fn read(value: &Bound<'py, PyAny>, ends: &[usize]) -> PyResult<Self> {
        let py = value.py();
        if is_a(value, "numpy", "ndarray")?
            && let Some(days) = days_in(value, "dates")?
            && let [series, _] = *days.shape()
            && days.is_c_contiguous()
        {
            require_length(py, "dates", series, ends.len())?;
            require_length(py, "dates", days.len(), ends.last().copied().unwrap_or(0))?;
            return Ok(Self::Borrowed(days));
        }
        days_of_all(value, ends).map(Self::Owned)
    }

    fn as_flow_dates(&self) -> PyResult<FlowDates<'_>> {
        Ok(match self {
            Self::Owned(days) => FlowDates::DaysSince1970(days),
            Self::Borrowed(days) => FlowDates::WideDaysSince1970(days.as_slice()?),
        })
    }

    /// Refuses what is not a date, which has no rate either.
    fn require_dates(&self, py: Python<'_>) -> PyResult<()> {
        let Self::Borrowed(days) = self else { return Ok(()) };
        match days.as_slice()?.iter().position(|day| *day == i64::MIN) {
            Some(index) => Err(not_a_date_at(py, "dates", index, days.shape())),
            None => Ok(()),
        }
    }
}

/// The days of all series, one after the other; `ends` has the index after the last flow of each.
fn days_of_all(value: &Bound<'_, PyAny>, ends: &[usize]) -> PyResult<Vec<i32>> {
    let total = ends.last().copied().unwrap_or(0);
    let mut all = Vec::with_capacity(total);
    if let Some(series) = lists_in(value)? {
        let mut start = 0;
        for (index, dates) in series.iter().enumerate() {
            let name = format!("dates[{index}]");
            let (dates, _) = dates_of(dates, &name)?;
            let end = ends.get(index).copied().unwrap_or(start);
            require_length(value.py(), &name, dates.len(), end - start)?;
            all.extend(dates);
            start = end;
        }
        require_length(value.py(), "dates", series.len(), ends.len())?;
        return Ok(all);
    }
    let (dates, shape) = dates_of(value, "dates")?;
    if shape.len() == 2 {
        require_length(value.py(), "dates", shape.first().copied().unwrap_or(0), ends.len())?;
        require_length(value.py(), "dates", dates.len(), total)?;
        return Ok(dates);
    }
    // One series of dates that all share.
    let mut start = 0;
    for (series, end) in ends.iter().enumerate() {
        require_length(value.py(), &format!("amounts[{series}]"), end - start, dates.len())?;
        all.extend_from_slice(&dates);
        start = *end;
    }
    Ok(all)
}

/// The items of a list of lists or of arrays.
fn lists_in<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Vec<Bound<'py, PyAny>>>> {
    if !value.is_instance_of::<PyList>() && !value.is_instance_of::<PyTuple>() {
        return Ok(None);
    }
    let items: Vec<_> = value.try_iter()?.collect::<PyResult<_>>()?;
    let holds_many = match items.first() {
        Some(first) => !first.is_instance_of::<PyString>() && first.len().is_ok(),
        None => false,
    };
    Ok(holds_many.then_some(items))
}

/// Days since 1970-01-01, and the shape they came in.
fn dates_of(value: &Bound<'_, PyAny>, name: &str) -> PyResult<(Vec<i32>, Vec<usize>)> {
    let (dates, shape) = read_dates(value, name)?;
    let days = match dates {
        Dates::Days(days) => days,
        Dates::Civil(dates) => {
            let epoch = date(1970, 1, 1).map_err(|error| array_exception(value.py(), &error))?;
            dates.into_iter().map(|day| epoch.days_until(day)).collect()
        }
    };
    Ok((days, shape))
}

fn require_length(py: Python<'_>, name: &str, found: usize, expected: usize) -> PyResult<()> {
    if found == expected {
        return Ok(());
    }
    let message = format!("there are {found} where there must be {expected}: one date for each cash flow");
    Err(array_exception(py, &Error::new(ErrorCode::ListLengthMismatch, message).at(name)))
}
