//! Checks that several functions share, each naming the field in the wire's spelling.

use wherewithal_base::{Error, ErrorCode, Result};

/// A number that is neither NaN nor infinite.
#[inline]
pub(super) fn finite(value: f64, field: &str) -> Result<f64> {
    if value.is_finite() { Ok(value) } else { Err(not_finite(value).at(field)) }
}

/// A finite rate above -100 %.
#[inline]
pub(super) fn rate(value: f64, field: &str) -> Result<f64> {
    if finite(value, field)? > -1.0 {
        return Ok(value);
    }
    Err(Error::new(
        ErrorCode::RateOutOfRange,
        format!("a rate must be above -1 (which is -100 %); {value} was given"),
    )
    .at(field))
}

/// A finite number of periods, zero or more.
#[inline]
pub(super) fn periods(value: f64, field: &str) -> Result<f64> {
    if finite(value, field)? >= 0.0 {
        return Ok(value);
    }
    Err(term_out_of_range("a number of periods must be zero or more", value).at(field))
}

/// A finite number of periods above zero.
#[inline]
pub(super) fn positive_periods(value: f64, field: &str) -> Result<f64> {
    if finite(value, field)? > 0.0 {
        return Ok(value);
    }
    Err(term_out_of_range("a number of periods must be above zero", value).at(field))
}

/// A whole number from `first` to the number of periods `nper`.
#[inline]
pub(super) fn period(value: f64, first: f64, nper: f64, field: &str) -> Result<f64> {
    if finite(value, field)? >= first && value <= nper && value.fract() == 0.0 {
        return Ok(value);
    }
    Err(Error::new(
        ErrorCode::PeriodOutOfRange,
        format!("a period must be a whole number from {first} to {nper}; {value} was given"),
    )
    .at(field))
}

/// A finite amount above zero.
#[inline]
pub(super) fn positive_amount(value: f64, field: &str) -> Result<f64> {
    if finite(value, field)? > 0.0 {
        return Ok(value);
    }
    Err(Error::new(ErrorCode::AmountOutOfRange, format!("the amount must be above zero; {value} was given"))
        .at(field))
}

/// At least one amount, all of them finite.
pub(super) fn amounts(values: &[f64]) -> Result<()> {
    if values.is_empty() {
        return Err(
            Error::new(ErrorCode::CashFlowsEmpty, "there are no cash flows; give at least one").at("amounts")
        );
    }
    match values.iter().position(|value| !value.is_finite()) {
        Some(index) => {
            Err(not_finite(values.get(index).copied().unwrap_or(f64::NAN)).at_index("amounts", index))
        }
        None => Ok(()),
    }
}

/// The result of a formula whose arguments are in range, unless it is too large to be a number.
#[inline]
pub(super) fn result(value: f64) -> Result<f64> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(Error::new(
        ErrorCode::ResultNotFinite,
        "the result is too large to represent; check the size of rates, amounts and terms",
    ))
}

fn not_finite(value: f64) -> Error {
    Error::new(ErrorCode::NumberNotFinite, format!("{value} is not a finite number"))
}

fn term_out_of_range(rule: &str, found: f64) -> Error {
    Error::new(ErrorCode::TermOutOfRange, format!("{rule}; {found} was given"))
}
