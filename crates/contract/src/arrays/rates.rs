//! Rates as people write them: fractions, or text with a percent sign.

use wherewithal::{
    Error, ErrorCode, Result,
    num::{Decimal, gate},
    wire::{exact_percentage, ordinary_exact_rate, percentage},
};

/// The rate of a text with a percent sign, such as `6.5 %`.
///
/// # Errors
/// `input.invalid` for other text.
pub fn rate_of_text(text: &str) -> Result<f64> {
    percentage(text).unwrap_or_else(|| {
        let shown: String = text.chars().take(40).collect();
        let message = format!("expected a rate such as 0.065 or \"6.5 %\", found {shown:?}");
        Err(Error::new(ErrorCode::InputInvalid, message))
    })
}

/// The exact rate of a text: a percentage such as `6.5 %`, or a decimal fraction.
///
/// # Errors
/// `rate.out_of_range` for a fraction from 1 up; `decimal.malformed`, `decimal.overflow`.
pub fn exact_rate_of_text(text: &str) -> Result<Decimal> {
    exact_percentage(text).unwrap_or_else(|| ordinary_exact_rate(text.parse()?))
}

/// The exact rate of a number.
///
/// # Errors
/// `rate.out_of_range` from 1 up; those of [`gate::exact_decimal`].
pub fn exact_rate(number: f64) -> Result<Decimal> {
    ordinary_exact_rate(gate::exact_decimal(number)?)
}
