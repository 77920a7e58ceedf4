//! Numbers and their ranges.

use std::{
    fmt::{self, Debug, Display},
    ops::{Bound, RangeBounds, RangeInclusive},
};

use crate::{Error, ErrorCode, Result};

/// The largest amount of money in a simulation: 10^15.
pub const MAX_AMOUNT: f64 = 1e15;

/// The largest seed: the largest integer that every language and JSON hold exactly, 2^53 - 1.
pub const MAX_SEED: u64 = (1 << 53) - 1;

/// The largest growth in a year as a fraction: 1,000 %.
const MAX_GROWTH: f64 = 10.0;

/// The largest volatility of a year as a fraction: 500 %.
const MAX_VOLATILITY: f64 = 5.0;

/// A range as messages say it: "from 0 to 1", "above -1 and at most 10".
#[derive(Debug)]
pub(crate) struct Interval(Bound<String>, Bound<String>);

impl Interval {
    /// The bounds of any range of the standard library.
    pub(crate) fn of<T: Display>(range: &impl RangeBounds<T>) -> Self {
        Self(range.start_bound().map(T::to_string), range.end_bound().map(T::to_string))
    }
}

impl Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, &self.1) {
            (Bound::Included(low), Bound::Included(high)) => write!(f, "from {low} to {high}"),
            (Bound::Included(low), Bound::Excluded(high)) => write!(f, "from {low} to below {high}"),
            (Bound::Included(low), Bound::Unbounded) => write!(f, "{low} or more"),
            (Bound::Excluded(low), Bound::Included(high)) => write!(f, "above {low} and at most {high}"),
            (Bound::Excluded(low), Bound::Excluded(high)) => write!(f, "above {low} and below {high}"),
            (Bound::Excluded(low), Bound::Unbounded) => write!(f, "above {low}"),
            (Bound::Unbounded, Bound::Included(high)) => write!(f, "at most {high}"),
            (Bound::Unbounded, Bound::Excluded(high)) => write!(f, "below {high}"),
            (Bound::Unbounded, Bound::Unbounded) => f.write_str("any number"),
        }
    }
}

/// A number that is neither NaN nor infinite. Negative zero becomes zero.
///
/// # Errors
/// `number.not_finite`.
#[inline]
pub fn finite(value: f64) -> Result<f64> {
    if value.is_finite() { Ok(value + 0.0) } else { Err(not_finite(value)) }
}

/// A finite number within a range.
///
/// # Errors
/// `number.not_finite`, and `code` outside the range.
#[inline]
pub fn number(value: f64, range: impl RangeBounds<f64>, code: ErrorCode) -> Result<f64> {
    let value = finite(value)?;
    if range.contains(&value) { Ok(value) } else { Err(number_outside(value, bounds(&range), code)) }
}

/// An amount of money within a range.
///
/// # Errors
/// `number.not_finite`, `amount.out_of_range`.
#[inline]
pub fn amount(value: f64, range: impl RangeBounds<f64>) -> Result<f64> {
    number(value, range, ErrorCode::AmountOutOfRange)
}

/// A rate as a fraction within a range. A percentage that was written for a fraction is named in the message.
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range`.
#[inline]
pub fn rate(value: f64, range: impl RangeBounds<f64>) -> Result<f64> {
    let value = finite(value)?;
    if range.contains(&value) { Ok(value) } else { Err(rate_outside(value, bounds(&range))) }
}

/// A share, a tax rate or another rate from 0 to 1.
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range`.
pub fn fraction(value: f64) -> Result<f64> {
    rate(value, 0.0..=1.0)
}

/// Growth, inflation or a return in a year as a fraction, above -1 and at most 10.
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range`.
pub fn growth(value: f64) -> Result<f64> {
    rate(value, (Bound::Excluded(-1.0), Bound::Included(MAX_GROWTH)))
}

/// The volatility of a year as a fraction, from 0 to 5.
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range`.
pub fn volatility(value: f64) -> Result<f64> {
    rate(value, 0.0..=MAX_VOLATILITY)
}

/// A fee or a tax as a fraction, from 0 to below 1: something is left of what it is taken from.
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range`.
pub fn fee(value: f64) -> Result<f64> {
    rate(value, 0.0..1.0)
}

/// A probability within a range, which lies between 0 and 1.
///
/// # Errors
/// `number.not_finite`, `probability.out_of_range`.
pub fn probability(value: f64, range: impl RangeBounds<f64>) -> Result<f64> {
    number(value, range, ErrorCode::ProbabilityOutOfRange)
}

/// A whole number within a range: a term, an age, a year or a count, as the code says.
///
/// # Errors
/// `code` outside the range.
pub fn whole(value: u32, range: RangeInclusive<u32>, code: ErrorCode) -> Result<u32> {
    if range.contains(&value) {
        Ok(value)
    } else {
        Err(outside(&value.to_string(), &Interval::of(&range), code))
    }
}

/// A number of paths from 1 to `most`, where `limit` says what sets the limit, such as "for 30 years".
///
/// # Errors
/// `paths.out_of_range`.
pub fn paths(paths: u64, most: u64, limit: &str) -> Result<u64> {
    if (1..=most).contains(&paths) {
        return Ok(paths);
    }
    let reason = if limit.is_empty() { String::new() } else { format!(", the limit {limit}") };
    let message = format!("{paths} is not from 1 to {most}{reason}");
    Err(Error::new(ErrorCode::PathsOutOfRange, message))
}

/// A seed of random numbers, up to [`MAX_SEED`].
///
/// # Errors
/// `seed.out_of_range`.
pub fn seed(seed: u64) -> Result<u64> {
    if seed <= MAX_SEED {
        return Ok(seed);
    }
    let message =
        format!("{seed} is above {MAX_SEED}, the largest integer that every language holds exactly");
    Err(Error::new(ErrorCode::SeedOutOfRange, message))
}

/// The result of a formula whose arguments are in range, unless it is too large to be a number.
///
/// # Errors
/// `result.too_large`.
#[inline]
pub fn result(value: f64) -> Result<f64> {
    if value.is_finite() { Ok(value) } else { Err(too_large()) }
}

/// A number in a message: in scientific notation where it is longer than what people read digit by digit, such as 10^300.
#[derive(Debug)]
pub struct Brief<T>(
    /// The number.
    pub T,
);

impl<T: Display + Debug> Display for Brief<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// The length of the longest number of 64 bits, with a sign.
        const LONGEST: usize = 20;

        let all = self.0.to_string();
        // Of a number that is very large or small, this is scientific notation.
        let short = format!("{:?}", self.0);
        f.write_str(if all.len() > LONGEST && short.len() < all.len() { &short } else { &all })
    }
}

#[cold]
fn not_finite(value: f64) -> Error {
    Error::new(ErrorCode::NumberNotFinite, format!("{value} is not a finite number"))
}

/// The bounds of a range, whichever type it has: what follows a refusal is compiled once.
fn bounds(range: &impl RangeBounds<f64>) -> (Bound<f64>, Bound<f64>) {
    (range.start_bound().cloned(), range.end_bound().cloned())
}

#[cold]
fn number_outside(value: f64, range: (Bound<f64>, Bound<f64>), code: ErrorCode) -> Error {
    outside(&Brief(value).to_string(), &Interval::of(&range), code)
}

#[cold]
fn outside(value: &str, range: &Interval, code: ErrorCode) -> Error {
    Error::new(code, format!("{value} is not {range}"))
}

#[cold]
fn rate_outside(value: f64, range: (Bound<f64>, Bound<f64>)) -> Error {
    let bounds = Interval::of(&range);
    // Only what would be right as a fraction can be meant as a percentage.
    let message = if value > 1.0 && range.contains(&(value / 100.0)) {
        percentage_for_fraction(&value, &shown(value * 100.0), &shown(value / 100.0), &bounds)
    } else {
        format!("{} is not {bounds}; rates are fractions, 0.065 is 6.5 %", Brief(value))
    };
    Error::new(ErrorCode::RateOutOfRange, message)
}

/// The message about a percentage that was written for a fraction.
pub(super) fn percentage_for_fraction(
    value: &dyn Display,
    percent: &dyn Display,
    fraction: &dyn Display,
    bounds: &Interval,
) -> String {
    format!("{value} means {percent} % and is not {bounds}; write {fraction} for {value} %")
}

/// A number without the last digits, which multiplication by a power of ten leaves behind.
fn shown(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

#[cold]
fn too_large() -> Error {
    Error::new(
        ErrorCode::ResultTooLarge,
        "the result is too large to represent; check the size of rates, amounts and terms",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(refused: Result<f64>) -> (ErrorCode, String) {
        let error = refused.unwrap_err();
        (error.code(), error.message().to_owned())
    }

    #[test]
    fn a_long_number_is_said_in_scientific_notation() {
        assert_eq!(Brief(1e308).to_string(), "1e308");
        assert_eq!(Brief(-5e-324).to_string(), "-5e-324");
        assert_eq!(Brief(1234567.25).to_string(), "1234567.25");
        assert_eq!(Brief(u64::MAX).to_string(), "18446744073709551615");
        let (_, text) = message(number(1e300, 0.0..1.0, ErrorCode::TermOutOfRange));
        assert_eq!(text, "1e300 is not from 0 to below 1");
    }

    #[test]
    fn a_range_is_said_as_it_is_written() {
        let above = (Bound::Excluded(-1.0), Bound::Included(10.0));
        assert_eq!(Interval::of(&(0..=3)).to_string(), "from 0 to 3");
        assert_eq!(Interval::of(&(0.0..1.0)).to_string(), "from 0 to below 1");
        assert_eq!(Interval::of(&above).to_string(), "above -1 and at most 10");
        assert_eq!(Interval::of(&(0.0..)).to_string(), "0 or more");
    }

    #[test]
    fn both_ends_of_a_range_are_as_they_say() {
        assert_eq!(growth(10.0).unwrap(), 10.0);
        assert_eq!(message(growth(-1.0)).0, ErrorCode::RateOutOfRange);
        assert_eq!(message(fee(1.0)).0, ErrorCode::RateOutOfRange);
        assert_eq!(fraction(1.0).unwrap(), 1.0);
        assert_eq!(whole(1200, 1..=1200, ErrorCode::TermOutOfRange).unwrap(), 1200);
        assert_eq!(whole(0, 1..=9, ErrorCode::TermOutOfRange).unwrap_err().message(), "0 is not from 1 to 9");
    }

    #[test]
    fn a_percentage_in_place_of_a_fraction_is_named() {
        let (code, message_text) = message(fraction(6.5));
        assert_eq!(code, ErrorCode::RateOutOfRange);
        assert_eq!(message_text, "6.5 means 650 % and is not from 0 to 1; write 0.065 for 6.5 %");
        assert_eq!(message(fraction(1.1)).1, "1.1 means 110 % and is not from 0 to 1; write 0.011 for 1.1 %");
        let (_, below) = message(fraction(-0.5));
        assert_eq!(below, "-0.5 is not from 0 to 1; rates are fractions, 0.065 is 6.5 %");
    }

    #[test]
    fn what_is_not_finite_is_so_before_it_is_out_of_range() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(message(amount(value, 0.0..=1.0)).0, ErrorCode::NumberNotFinite);
            assert_eq!(message(rate(value, 0.0..=1.0)).0, ErrorCode::NumberNotFinite);
            assert_eq!(message(result(value)).0, ErrorCode::ResultTooLarge);
        }
    }

    #[test]
    fn negative_zero_becomes_zero() {
        assert!(fraction(-0.0).unwrap().is_sign_positive());
        assert!(finite(-0.0).unwrap().is_sign_positive());
    }

    #[test]
    fn the_largest_seed_is_the_largest_exact_integer() {
        assert_eq!(seed(MAX_SEED).unwrap(), 9_007_199_254_740_991);
        assert_eq!(seed(MAX_SEED + 1).unwrap_err().code(), ErrorCode::SeedOutOfRange);
    }
}
