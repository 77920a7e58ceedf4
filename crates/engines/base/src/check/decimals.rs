//! Exact decimals: their range and their decimal places.

use std::ops::{Bound, RangeBounds};

use super::{Interval, numbers::percentage_for_fraction};
use crate::{Error, ErrorCode, Result, num::Decimal};

/// The most decimal places of a rate.
pub const MAX_RATE_PLACES: u32 = 12;

/// A decimal with at most `most` decimal places, trailing zeros apart, in its shortest form.
///
/// # Errors
/// `decimal.too_precise`.
pub fn decimal_places(value: Decimal, most: u32) -> Result<Decimal> {
    let shortest = value.normalized();
    if shortest.scale() <= most {
        return Ok(shortest);
    }
    let places = if most == 1 { "decimal place" } else { "decimal places" };
    Err(Error::new(ErrorCode::DecimalTooPrecise, format!("{value} has more than {most} {places}")))
}

/// A rate as a fraction within a range, with at most 12 decimal places, in its shortest form. A percentage that was written
/// for a fraction is named in the message.
///
/// # Errors
/// `rate.out_of_range`, `decimal.too_precise`.
pub fn decimal_rate(value: Decimal, range: impl RangeBounds<Decimal>) -> Result<Decimal> {
    if !range.contains(&value) {
        return Err(outside(value, (range.start_bound().cloned(), range.end_bound().cloned())));
    }
    decimal_places(value, MAX_RATE_PLACES)
}

/// A share or another rate from 0 to 1, with at most 12 decimal places, in its shortest form.
///
/// # Errors
/// `rate.out_of_range`, `decimal.too_precise`.
pub fn decimal_fraction(value: Decimal) -> Result<Decimal> {
    decimal_rate(value, Decimal::ZERO..=Decimal::ONE)
}

/// The range above one bound, up to another.
#[must_use]
pub fn above(low: impl Into<Decimal>, high: impl Into<Decimal>) -> (Bound<Decimal>, Bound<Decimal>) {
    (Bound::Excluded(low.into()), Bound::Included(high.into()))
}

#[cold]
fn outside(value: Decimal, range: (Bound<Decimal>, Bound<Decimal>)) -> Error {
    let hundred = Decimal::from(100_u32);
    let bounds = Interval::of(&range);
    let message = match (value.times(hundred), value.divided_by(hundred)) {
        (Ok(percent), Ok(fraction)) if value > Decimal::ONE && range.contains(&fraction) => {
            percentage_for_fraction(&value, &percent.normalized(), &fraction.normalized(), &bounds)
        }
        _ => format!("{value} is not {bounds}; rates are fractions, 0.065 is 6.5 %"),
    };
    Error::new(ErrorCode::RateOutOfRange, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_percentage_in_place_of_a_fraction_is_named() {
        let error = decimal_fraction(decimal("6.50")).unwrap_err();
        assert_eq!(error.code(), ErrorCode::RateOutOfRange);
        assert_eq!(error.message(), "6.50 means 650 % and is not from 0 to 1; write 0.065 for 6.50 %");
        let below = decimal_rate(decimal("-1"), above(-1_i64, 1_i64)).unwrap_err();
        let message = "-1 is not above -1 and at most 1; rates are fractions, 0.065 is 6.5 %";
        assert_eq!(below.message(), message);
    }

    #[test]
    fn trailing_zeros_are_no_decimal_places() {
        assert_eq!(decimal_fraction(decimal("0.0650000000000000")).unwrap(), decimal("0.065"));
        let error = decimal_fraction(decimal("0.0650000000001")).unwrap_err();
        assert_eq!(error.code(), ErrorCode::DecimalTooPrecise);
        assert_eq!(decimal_places(decimal("1.23"), 2).unwrap(), decimal("1.23"));
        assert_eq!(
            decimal_places(decimal("1.23"), 1).unwrap_err().message(),
            "1.23 has more than 1 decimal place"
        );
    }
}
