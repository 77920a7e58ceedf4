//! Interest rates as exact fractions.

use wherewithal_base::{Error, ErrorCode, Result, num::Decimal};

/// An interest rate as an exact fraction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RateFraction {
    pub(crate) numerator: u64,
    pub(crate) denominator: u64,
}

impl RateFraction {
    /// The fraction of a rate that is not negative and has at most 12 decimal places.
    pub(crate) fn of(rate: Decimal) -> Result<Self> {
        let rate = rate.normalized();
        let numerator = u64::try_from(rate.mantissa()).map_err(|error| {
            Error::new(ErrorCode::RateOutOfRange, format!("{rate} is not a fraction")).caused_by(error)
        })?;
        Ok(Self::reduced(numerator, 10_u64.pow(rate.scale())))
    }

    /// The fraction in its lowest terms; the denominator is not zero.
    pub(crate) fn reduced(numerator: u64, denominator: u64) -> Self {
        let common = greatest_common_divisor(numerator, denominator);
        Self { numerator: numerator / common, denominator: denominator / common }
    }

    /// The fraction divided by `parts`, which is at most 1,000.
    pub(crate) fn divided_by(self, parts: u64) -> Self {
        Self::reduced(self.numerator, self.denominator * parts)
    }
}

pub(crate) fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
