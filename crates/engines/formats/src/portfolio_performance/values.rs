//! Numbers and dates of a file.

use wherewithal_base::{Error, ErrorCode, Result, dates::Date, num::Decimal};

/// An integer of hundredths.
pub(super) fn cents(text: &str) -> Result<Decimal> {
    scaled(text, 2)
}

/// An integer of a unit with some decimal places.
///
/// # Errors
/// `decimal.malformed`, `decimal.overflow`.
pub(super) fn scaled(text: &str, places: u32) -> Result<Decimal> {
    let number: i64 = text.parse().map_err(|_| {
        let shown: String = text.chars().take(40).collect();
        Error::new(ErrorCode::DecimalMalformed, format!("{shown:?} is not a whole number"))
    })?;
    Decimal::new(number, places)
}

/// A date, behind which a time can stand.
///
/// # Errors
/// `date.malformed`, `date.out_of_range`.
pub(super) fn day(text: &str) -> Result<Date> {
    let written = text.split('T').next().unwrap_or_default();
    written.parse()
}
