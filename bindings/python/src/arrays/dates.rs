//! Dates from whatever holds them.

use numpy::{PyArray1, PyArrayMethods as _, PyUntypedArrayMethods as _};
use pyo3::{
    intern,
    prelude::*,
    types::{PyDate, PyList, PyString, PyTuple},
};
use wherewithal::{
    Error, ErrorCode,
    dates::{Date, date},
};

use super::mirror::is_a;
use crate::errors::{exception, invalid};

/// The dates of the argument `name`: of numpy, pandas or polars without a step of Python for each, or of any iterable.
pub(super) fn dates(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Date>> {
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return of_each(value, name);
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
    of_each(value, name)
}

/// One date.
pub(super) fn one(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Date> {
    let at = |error: Error| exception(value.py(), &error.at(name));
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

fn of_array(array: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Date>> {
    if array.getattr("dtype")?.getattr("kind")?.extract::<char>()? != 'M' {
        return of_each(array, name);
    }
    let days = array.call_method1("astype", ("datetime64[D]",))?.call_method1("view", ("int64",))?;
    let days = days
        .cast_into::<PyArray1<i64>>()
        .map_err(|_| invalid(array.py(), name, "expected one dimension of dates"))?;
    let mut found = Vec::with_capacity(days.len());
    for (index, days) in days.readonly().as_array().iter().enumerate() {
        let at = |error: Error| exception(array.py(), &error.at(&format!("{name}[{index}]")));
        found.push(of_days(*days).map_err(at)?);
    }
    Ok(found)
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
