//! Arguments that are the same for all rows: a number, a date, a name, a flag.

use pyo3::{
    prelude::*,
    types::{PyBool, PyInt, PyString},
};

use super::numbers::Numbers;
use crate::errors::invalid;

/// One number.
pub(super) fn number(value: &Bound<'_, PyAny>, name: &str) -> PyResult<f64> {
    Numbers::read(value, name)?
        .single()
        .ok_or_else(|| invalid(value.py(), name, "expected one number, found an array"))
}

/// One rate, and whether it is text with a percent sign.
pub(super) fn rate(value: &Bound<'_, PyAny>, name: &str) -> PyResult<(f64, bool)> {
    let (numbers, stated) = Numbers::rates(value, name)?;
    let rate =
        numbers.single().ok_or_else(|| invalid(value.py(), name, "expected one number, found an array"))?;
    Ok((rate, stated))
}

/// Whether something is so.
pub(super) fn flag(value: &Bound<'_, PyAny>, name: &str) -> PyResult<bool> {
    match value.cast::<PyBool>() {
        Ok(flag) => Ok(flag.is_true()),
        Err(_) => Err(invalid(value.py(), name, &format!("expected True or False, found {}", shown(value)))),
    }
}

/// The name of a choice, or the number that stands for it where it is `numbered`.
pub(super) fn text<'py>(
    value: &Bound<'py, PyAny>,
    name: &str,
    numbered: bool,
) -> PyResult<Bound<'py, PyString>> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(text.clone());
    }
    if numbered && value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        return value.str();
    }
    Err(invalid(value.py(), name, &format!("expected text, found {}", shown(value))))
}

fn shown(value: &Bound<'_, PyAny>) -> String {
    value.repr().map(|text| text.to_string()).unwrap_or_default().chars().take(40).collect()
}
