//! Many series of dated cash flows.

use numpy::{PyReadonlyArrayDyn, PyUntypedArrayMethods as _};
use pyo3::{
    prelude::*,
    types::{PyList, PyString, PyTuple},
};
use wherewithal::{Error, ErrorCode, dates::date, time_value::FlowDates};

use super::{
    dates::{Dates, dates as read_dates, days_in, not_a_date_at},
    mirror::{Mirror, is_a},
    numbers::Numbers,
};
use crate::errors::{array_exception, invalid};

/// The amounts of all series, one after the other.
pub(super) struct Amounts<'py> {
    numbers: Held<'py>,
    pub(super) ends: Vec<usize>,
    pub(super) mirror: Mirror<'py>,
}

enum Held<'py> {
    Array(Numbers<'py>),
    List(Vec<f64>),
}

impl<'py> Amounts<'py> {
    pub(super) fn read(value: &Bound<'py, PyAny>) -> PyResult<Self> {
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

    pub(super) fn values(&self) -> &[f64] {
        match &self.numbers {
            Held::Array(numbers) => numbers.values(),
            Held::List(values) => values,
        }
    }
}

/// The days of all series, one after the other.
pub(super) enum AllDays<'py> {
    Owned(Vec<i32>),
    /// A numpy array with a row for each series, used where it is; it may hold what is not a date.
    Borrowed(PyReadonlyArrayDyn<'py, i64>),
}

impl<'py> AllDays<'py> {
    /// `ends` has the index after the last flow of each series.
    pub(super) fn read(value: &Bound<'py, PyAny>, ends: &[usize]) -> PyResult<Self> {
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

    pub(super) fn as_flow_dates(&self) -> PyResult<FlowDates<'_>> {
        Ok(match self {
            Self::Owned(days) => FlowDates::DaysSince1970(days),
            Self::Borrowed(days) => FlowDates::WideDaysSince1970(days.as_slice()?),
        })
    }

    /// Refuses what is not a date, which has no rate either.
    pub(super) fn require_dates(&self, py: Python<'_>) -> PyResult<()> {
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
