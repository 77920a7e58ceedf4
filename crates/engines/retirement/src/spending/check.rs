//! Ranges of numbers.

use wherewithal_base::{Error, ErrorCode, Result};

/// The largest amount of money.
pub(super) const MAX_AMOUNT: f64 = 1e15;
/// The highest age.
pub(super) const MAX_AGE: u32 = 150;
/// The longest retirement, in years.
pub(super) const MAX_YEARS: u32 = 200;

/// An amount of money, from 0 to 10^15.
pub(super) fn amount(value: f64, field: &str) -> Result<f64> {
    within(value, 0.0, MAX_AMOUNT, ErrorCode::SpendingAmountOutOfRange, field)
}

/// A fraction between two bounds, both included.
pub(super) fn fraction(value: f64, lowest: f64, highest: f64, field: &str) -> Result<f64> {
    within(value, lowest, highest, ErrorCode::SpendingRateOutOfRange, field)
}

/// A fraction above a bound, up to another.
pub(super) fn fraction_above(value: f64, bound: f64, highest: f64, field: &str) -> Result<f64> {
    above(value, bound, highest, ErrorCode::SpendingRateOutOfRange, field)
}

/// A price-earnings ratio, above 0 and at most 1000.
pub(super) fn cape(value: f64) -> Result<f64> {
    above(value, 0.0, 1000.0, ErrorCode::SpendingCapeOutOfRange, "cape")
}

/// An age, up to 150.
pub(super) fn age(value: u32, lowest: u32, field: &str) -> Result<u32> {
    whole(value, lowest, MAX_AGE, ErrorCode::SpendingAgeOutOfRange, field)
}

/// A number of years, up to 200.
pub(super) fn years(value: u32, lowest: u32, field: &str) -> Result<u32> {
    whole(value, lowest, MAX_YEARS, ErrorCode::SpendingYearsOutOfRange, field)
}

pub(super) fn within(value: f64, lowest: f64, highest: f64, code: ErrorCode, field: &str) -> Result<f64> {
    finite(value, field)?;
    if (lowest..=highest).contains(&value) {
        // Negative zero becomes zero.
        return Ok(value + 0.0);
    }
    Err(Error::new(code, format!("{value} is not from {lowest} to {highest}")).at(field))
}

fn above(value: f64, bound: f64, highest: f64, code: ErrorCode, field: &str) -> Result<f64> {
    finite(value, field)?;
    if value > bound && value <= highest {
        return Ok(value + 0.0);
    }
    Err(Error::new(code, format!("{value} is not above {bound} and at most {highest}")).at(field))
}

fn whole(value: u32, lowest: u32, highest: u32, code: ErrorCode, field: &str) -> Result<u32> {
    if (lowest..=highest).contains(&value) {
        return Ok(value);
    }
    Err(Error::new(code, format!("{value} is not from {lowest} to {highest}")).at(field))
}

fn finite(value: f64, field: &str) -> Result<()> {
    if value.is_finite() {
        return Ok(());
    }
    Err(Error::new(ErrorCode::NumberNotFinite, format!("{value} is not a finite number")).at(field))
}
