//! Series of cash flows.

use pyo3::{
    prelude::*,
    types::{PyDict, PyMapping},
};

use super::{
    dates::{Dates, dates, one},
    mirror::is_a,
    numbers::Numbers,
    plain::number,
};
use crate::errors::invalid;

/// Dates with their amounts.
pub(super) struct Dated<'py> {
    pub(super) dates: Dates,
    pub(super) amounts: Amounts<'py>,
}

/// The amounts of one series.
pub(super) enum Amounts<'py> {
    Owned(Vec<f64>),
    Given(Numbers<'py>),
}

impl<'py> Dated<'py> {
    /// From two arguments, or from one that holds both: a mapping from date to amount, a Series with dates as its index,
    /// a frame of two columns, or pairs.
    pub(super) fn read(first: &Bound<'py, PyAny>, amounts: Option<&Bound<'py, PyAny>>) -> PyResult<Self> {
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
            let columns: Vec<Bound<'py, PyAny>> =
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
        Ok(Self { dates: Dates::Civil(dates), amounts: Amounts::Owned(amounts) })
    }

    fn of(first: &Bound<'py, PyAny>, second: &Bound<'py, PyAny>) -> PyResult<Self> {
        let (dates, shape) = dates(first, "dates")?;
        in_one_dimension(first.py(), "dates", &shape)?;
        Ok(Self { dates, amounts: Amounts::Given(series(second, "amounts")?) })
    }
}

/// Numbers in one dimension.
pub(super) fn series<'py>(values: &Bound<'py, PyAny>, name: &str) -> PyResult<Numbers<'py>> {
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

impl Amounts<'_> {
    pub(super) fn values(&self) -> &[f64] {
        match self {
            Self::Owned(values) => values,
            Self::Given(numbers) => numbers.values(),
        }
    }
}
