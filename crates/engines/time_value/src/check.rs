//! Checks of the arguments of spreadsheet functions, each naming the field in the wire's spelling.

use std::ops::Bound;

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};

pub(super) use wherewithal_base::check::result;

/// A number that is neither NaN nor infinite.
#[inline]
pub(super) fn finite(value: f64, field: &str) -> Result<f64> {
    check::finite(value).at(field)
}

/// A finite rate per period above -100 %. It has no upper bound, because a period can be a century.
#[inline]
pub(super) fn rate(value: f64, field: &str) -> Result<f64> {
    check::rate(value, (Bound::Excluded(-1.0), Bound::Unbounded)).at(field)
}

/// A finite number of periods, zero or more.
#[inline]
pub(super) fn periods(value: f64, field: &str) -> Result<f64> {
    check::number(value, 0.0.., ErrorCode::TermOutOfRange).at(field)
}

/// A finite number of periods above zero.
#[inline]
pub(super) fn positive_periods(value: f64, field: &str) -> Result<f64> {
    check::number(value, above_zero(), ErrorCode::TermOutOfRange).at(field)
}

/// A whole number from `first` to the number of periods `nper`.
#[inline]
pub(super) fn period(value: f64, first: f64, nper: f64, field: &str) -> Result<f64> {
    if check::finite(value).at(field)? >= first && value <= nper && value.fract() == 0.0 {
        return Ok(value);
    }
    let (value, nper) = (check::Brief(value), check::Brief(nper));
    let message = format!("the period is {value}; it must be a whole number from {first} to {nper}");
    Err(Error::new(ErrorCode::IndexOutOfRange, message).at(field))
}

/// A finite amount above zero.
#[inline]
pub(super) fn positive_amount(value: f64, field: &str) -> Result<f64> {
    check::amount(value, above_zero()).at(field)
}

/// At least one amount, all of them finite.
pub(super) fn amounts(values: &[f64]) -> Result<()> {
    check::length(values.len(), 1..=usize::MAX).at("amounts")?;
    for (index, value) in values.iter().enumerate() {
        check::finite(*value).at_index("amounts", index)?;
    }
    Ok(())
}

fn above_zero() -> (Bound<f64>, Bound<f64>) {
    (Bound::Excluded(0.0), Bound::Unbounded)
}
