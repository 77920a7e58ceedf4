//! Dates from whatever holds them.

use numpy::{PyArrayDyn, PyArrayMethods as _, PyReadonlyArrayDyn, PyUntypedArrayMethods as _};
use pyo3::{
    intern,
    prelude::*,
    types::{PyDate, PyList, PyString, PyTuple},
};
use wherewithal::{
    Error, ErrorCode,
    dates::{Date, date},
    time_value::FlowDates,
};

use super::{broadcast::brackets, mirror::is_a};
use crate::errors::{array_exception, invalid};

/// Dates, in the form in which they came.
pub(super) enum Dates {
    Civil(Vec<Date>),
    /// Days since 1970-01-01.
    Days(Vec<i32>),
}

impl Dates {
    pub(super) fn as_flow_dates(&self) -> FlowDates<'_> {
        match self {
            Self::Civil(dates) => FlowDates::Dates(dates),
            Self::Days(days) => FlowDates::DaysSince1970(days),
        }
    }
}

/// The dates of the argument `name` and their shape: of numpy, pandas or polars without a step of Python for each, or
/// of any iterable.
pub(super) fn dates(value: &Bound<'_, PyAny>, name: &str) -> PyResult<(Dates, Vec<usize>)> {
    let in_line = |dates: Vec<Date>| {
        let shape = vec![dates.len()];
        (Dates::Civil(dates), shape)
    };
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return of_each(value, name).map(in_line);
    }
    if is_a(value, "numpy", "ndarray")? {
        return of_array(value, name);
    }
    let holds_array = is_a(value, "pandas", "Series")?
        || is_a(value, "pandas", "Index")?
        || is_a(value, "polars", "Series")?;
    if holds_array {
        return of_array(&value.call_method0("to_numpy")?, name);
    }
    if value.is_instance_of::<PyString>() {
        return Err(unsuitable(value, name));
    }
    of_each(value, name).map(in_line)
}

/// One date.
pub(super) fn one(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Date> {
    let at = |error: Error| array_exception(value.py(), &error.at(name));
    if let Ok(text) = value.cast::<PyString>() {
        return text.to_str()?.parse().map_err(at);
    }
    if let Ok(day) = value.cast::<PyDate>() {
        // pandas' NaT is a datetime that is not equal to itself.
        if !day.eq(day)? {
            return Err(at(not_a_date()));
        }
        return of_ordinal(day).map_err(at);
    }
    if is_a(value, "numpy", "datetime64")? {
        let days = value.call_method1("astype", ("datetime64[D]",))?.call_method1("astype", ("int64",))?;
        return of_days(days.extract()?).map_err(at);
    }
    Err(unsuitable(value, name))
}

fn of_each(values: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Date>> {
    let mut found = Vec::with_capacity(values.len().unwrap_or(0));
    for value in values.try_iter().map_err(|_| unsuitable(values, name))? {
        let value = value?;
        match fast(&value) {
            Some(day) => found.push(day),
            None => found.push(one(&value, &format!("{name}[{}]", found.len()))?),
        }
    }
    Ok(found)
}

/// A plain `datetime.date`, the usual case.
fn fast(value: &Bound<'_, PyAny>) -> Option<Date> {
    of_ordinal(value.cast_exact::<PyDate>().ok()?).ok()
}

/// The day of a Python date. Python counts its days as we do, from 0001-01-01 as day 1.
fn of_ordinal(day: &Bound<'_, PyDate>) -> Result<Date, Error> {
    let ordinal = day.call_method0(intern!(day.py(), "toordinal")).and_then(|ordinal| ordinal.extract());
    Date::from_day_number(ordinal.map_err(|_| not_a_date())?)
}

fn of_array(array: &Bound<'_, PyAny>, name: &str) -> PyResult<(Dates, Vec<usize>)> {
    let Some(days) = days_in(array, name)? else {
        let found = of_each(array, name)?;
        let shape = vec![found.len()];
        return Ok((Dates::Civil(found), shape));
    };
    let shape = days.shape().to_vec();
    let mut found = Vec::with_capacity(shape.iter().product());
    match days.as_slice() {
        Ok(days) => found.extend(days.iter().map(|day| narrowed(*day))),
        Err(_) => found.extend(days.as_array().iter().map(|day| narrowed(*day))),
    }
    if let Some(index) = found.iter().position(|day| *day == i32::MIN) {
        return Err(not_a_date_at(array.py(), name, index, &shape));
    }
    Ok((Dates::Days(found), shape))
}

/// The days since 1970-01-01 in an array of numpy; none if it is not an array of dates. NaT is the lowest number.
pub(super) fn days_in<'py>(
    array: &Bound<'py, PyAny>,
    name: &str,
) -> PyResult<Option<PyReadonlyArrayDyn<'py, i64>>> {
    let py = array.py();
    let dtype = array.getattr(intern!(py, "dtype"))?;
    if dtype.getattr(intern!(py, "kind"))?.extract::<char>()? != 'M' {
        return Ok(None);
    }
    // A masked array has no value where its mask is.
    let filled = match array.getattr_opt(intern!(py, "filled"))? {
        Some(filled) => filled.call1((dtype.getattr(intern!(py, "type"))?.call1(("NaT",))?,))?,
        None => array.clone(),
    };
    let array = &filled;
    let in_days = if dtype.getattr(intern!(py, "str"))?.extract::<&str>()? == "<M8[D]" {
        array.clone()
    } else {
        array.call_method1(intern!(py, "astype"), ("<M8[D]",))?
    };
    let days = in_days.call_method1(intern!(py, "view"), (intern!(py, "int64"),))?;
    let days =
        days.cast_into::<PyArrayDyn<i64>>().map_err(|_| invalid(py, name, "expected an array of dates"))?;
    Ok(Some(days.readonly()))
}

/// The error that an element of an array is no date.
pub(super) fn not_a_date_at(py: Python<'_>, name: &str, index: usize, shape: &[usize]) -> PyErr {
    array_exception(py, &not_a_date().at(&format!("{name}{}", brackets(index, shape))))
}

/// The day as a smaller number; what is too large becomes a day that is out of range as well.
fn narrowed(day: i64) -> i32 {
    if day == i64::MIN { i32::MIN } else { day.clamp((i32::MIN + 1).into(), i32::MAX.into()) as i32 }
}

/// The date that lies so many days after 1970-01-01.
fn of_days(days: i64) -> Result<Date, Error> {
    if days == i64::MIN {
        return Err(not_a_date());
    }
    let epoch = date(1970, 1, 1)?.day_number();
    Date::from_day_number(i32::try_from(days.saturating_add(epoch.into())).unwrap_or(i32::MAX))
}

fn not_a_date() -> Error {
    Error::new(ErrorCode::DateMalformed, "NaT is not a date")
}

fn unsuitable(value: &Bound<'_, PyAny>, name: &str) -> PyErr {
    let shown: String =
        value.repr().map(|text| text.to_string()).unwrap_or_default().chars().take(40).collect();
    invalid(value.py(), name, &format!("expected dates, found {shown}"))
}
