//! The one gate between exact decimals and binary floating point.
//!
//! Money becomes an `f64` only to enter statistics and simulation, and an `f64` becomes money only by being
//! rounded to a stated number of places.

use super::{Decimal, Rounding};
use crate::{Error, ErrorCode, Result};

/// The `f64` nearest to a decimal (half to even), by way of its digits.
#[must_use]
pub fn to_f64(value: Decimal) -> f64 {
    // The standard library reads decimal text with correct rounding on every platform.
    value.to_string().parse().unwrap_or(f64::NAN)
}

/// The exact value of `value`, rounded to `places` decimal places.
///
/// # Errors
/// `number.not_finite` for NaN and the infinities; `decimal.overflow` from 7.9 × 10^28 on.
pub fn to_decimal(value: f64, places: u32, rounding: Rounding) -> Result<Decimal> {
    require_finite(value)?;
    // 28 places at most are kept; the printed expansion of a binary fraction is exact.
    let text = format!("{value:.28}");
    let exact = shorten(&text).parse::<Decimal>()?;
    Ok(exact.round(places, rounding))
}

/// The decimal that `value` was written as, if that can be known: its shortest form must have at most 15
/// significant digits.
///
/// # Errors
/// `number.not_finite`; `decimal.inexact` when the shortest form is longer; `decimal.overflow`.
pub fn exact_decimal(value: f64) -> Result<Decimal> {
    require_finite(value)?;
    let text = format!("{value}");
    let significant = text.trim_start_matches('-').replace('.', "");
    let significant = significant.trim_start_matches('0').trim_end_matches('0');
    if significant.len() > 15 {
        return Err(Error::new(
            ErrorCode::DecimalInexact,
            format!(
                "{text} has more than 15 significant digits and may have been rounded: write it as a string"
            ),
        ));
    }
    text.parse()
}

fn require_finite(value: f64) -> Result<()> {
    if value.is_finite() {
        return Ok(());
    }
    Err(Error::new(ErrorCode::NumberNotFinite, format!("{value} is not a finite number")))
}

/// Cuts a printed fraction so that all its significant digits fit into 28.
fn shorten(text: &str) -> &str {
    let Some(point) = text.find('.') else { return text };
    let whole = text.get(..point).unwrap_or(text).trim_start_matches('-').trim_start_matches('0').len();
    let keep = 28usize.saturating_sub(whole);
    let cut = if keep == 0 { point } else { point + 1 + keep };
    text.get(..cut.min(text.len())).unwrap_or(text)
}
