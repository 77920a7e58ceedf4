//! Numbers of shares that need not be exact.

use wherewithal_base::{
    Error, ErrorCode, Result,
    num::{Decimal, Rounding},
};

/// Decimal places of a quantity in atoms.
const PLACES: u32 = 18;

/// A number of shares in units of 10^-18.
pub(crate) fn atoms(quantity: Decimal) -> Result<i128> {
    let shown = quantity.round(PLACES, Rounding::HalfEven).normalized();
    let mantissa = shown.mantissa().checked_mul(10i128.pow(PLACES - shown.scale()));
    mantissa.ok_or_else(|| Error::new(ErrorCode::DecimalOverflow, "the quantity has too many digits"))
}

/// The number of shares of so many units of 10^-18.
pub(crate) fn shares_of(atoms: i128) -> Result<Decimal> {
    Ok(Decimal::from_i128(atoms, PLACES)?.normalized())
}
