//! Ranges of numbers that are not money.

use wherewithal_base::{Error, ErrorCode, Result};

/// The longest time, in months: a hundred years.
pub(super) const MAX_MONTHS: u32 = 1200;
/// The largest rate of growth in a year.
const MAX_RATE: f64 = 10.0;
/// The largest number of paths.
const MAX_PATHS: u64 = 1_000_000;

/// Growth in a year as a fraction, above -1 and at most 10.
pub(super) fn growth(value: f64, field: &str) -> Result<f64> {
    let is_in_range = value > -1.0 && value <= MAX_RATE;
    rate(value, is_in_range, "above -1 and at most 10; 0.05 is 5 %", field)
}

/// A volatility as a fraction, 0 to 5.
pub(super) fn volatility(value: f64, field: &str) -> Result<f64> {
    rate(value, (0.0..=5.0).contains(&value), "from 0 to 5; 0.12 is 12 %", field)
}

/// A fee as a fraction, from 0 to below 1.
pub(super) fn fee(value: f64, field: &str) -> Result<f64> {
    rate(value, (0.0..1.0).contains(&value), "from 0 to below 1; 0.01 is 1 %", field)
}

fn rate(value: f64, is_in_range: bool, range: &str, field: &str) -> Result<f64> {
    if !value.is_finite() {
        return Err(
            Error::new(ErrorCode::NumberNotFinite, format!("{value} is not a finite number")).at(field)
        );
    }
    if is_in_range {
        return Ok(value + 0.0);
    }
    Err(Error::new(ErrorCode::GoalRateOutOfRange, format!("{value} is not {range}")).at(field))
}

/// A number of months, up to 1200.
pub(super) fn months(value: u32, lowest: u32, field: &str) -> Result<u32> {
    if (lowest..=MAX_MONTHS).contains(&value) {
        return Ok(value);
    }
    let message = format!("{value} is not from {lowest} to {MAX_MONTHS}");
    Err(Error::new(ErrorCode::GoalMonthsOutOfRange, message).at(field))
}

/// A number of paths, 1 to 1,000,000.
pub(super) fn paths(value: u64) -> Result<u64> {
    if (1..=MAX_PATHS).contains(&value) {
        return Ok(value);
    }
    let message = format!("{value} is not from 1 to {MAX_PATHS}");
    Err(Error::new(ErrorCode::GoalPathsOutOfRange, message).at("paths"))
}
