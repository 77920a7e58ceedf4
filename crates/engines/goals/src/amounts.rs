//! Amounts in minor units of a currency.

use wherewithal_base::{
    Error, ErrorCode, Result,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding, gate},
};

/// The largest amount, in minor units. Below 2^53, so that every whole number up to it is exact as a double.
pub(super) const MAX_MINOR_UNITS: i64 = 1_000_000_000_000_000;
/// The decimal places of a ratio of amounts.
const RATIO_PLACES: u32 = 6;

/// Reads and writes amounts of one currency.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amounts {
    places: u32,
}

impl Amounts {
    /// For a currency; its errors are at `currency`.
    pub(super) fn of(currency: Currency) -> Result<Self> {
        let places = currency.decimal_places().ok_or_else(|| {
            let message = format!("{currency} has no minor unit to which an amount could be rounded");
            Error::new(ErrorCode::CurrencyMinorUnitMissing, message).at("currency")
        })?;
        Ok(Self { places })
    }

    /// An amount of zero or more.
    pub(super) fn read(self, amount: Decimal, field: &str) -> Result<i64> {
        self.read_from(amount, 0).at(field)
    }

    /// An amount above zero.
    pub(super) fn read_positive(self, amount: Decimal, field: &str) -> Result<i64> {
        self.read_from(amount, 1).at(field)
    }

    fn read_from(self, amount: Decimal, lowest: i64) -> Result<i64> {
        let rounded = amount.round(self.places, Rounding::Down);
        if rounded != amount {
            let places = self.places;
            let message = format!("{amount} has more than the {places} decimal places of its currency");
            return Err(Error::new(ErrorCode::DecimalTooPrecise, message));
        }
        let units = i64::try_from(rounded.mantissa()).ok().filter(|_| rounded.scale() == self.places);
        units.filter(|units| (lowest..=MAX_MINOR_UNITS).contains(units)).ok_or_else(|| {
            let rule = if lowest == 0 { "not be negative" } else { "be greater than zero" };
            let message = format!("{amount} was given; it must {rule} and be at most 10^15 minor units");
            Error::new(ErrorCode::AmountOutOfRange, message)
        })
    }

    /// Minor units as a decimal, in units of money.
    pub(super) fn write(self, units: impl Into<i128>) -> Result<Decimal> {
        Decimal::from_i128(units.into(), self.places)
    }

    /// Minor units as a double, in units of money.
    pub(super) fn double(self, units: i64) -> Result<f64> {
        self.write(units).map(gate::to_f64)
    }

    /// A double, in units of money, as a decimal rounded half to even to the minor unit.
    pub(super) fn rounded(self, value: f64) -> Result<Decimal> {
        gate::to_decimal(value, self.places, Rounding::HalfEven).map_err(|_| too_large())
    }
}

/// Minor units times a factor, rounded to a whole number of them.
#[expect(clippy::cast_precision_loss, reason = "amounts are below 2^53")]
pub(super) fn scaled(units: i64, factor: f64, rounding: Rounding) -> Result<i64> {
    let product = units as f64 * factor;
    let whole = gate::to_decimal(product, 0, rounding).map_err(|_| too_large())?;
    i64::try_from(whole.mantissa()).ok().filter(|units| units.abs() <= MAX_MINOR_UNITS).ok_or_else(too_large)
}

/// Minor units times an exact factor, rounded up to a whole number of them.
pub(super) fn scaled_up(units: i64, factor: Decimal) -> Result<i64> {
    // Exact: a product in binary can lie just above a whole number and be rounded up by a unit too many.
    let whole = Decimal::from(units).times(factor)?.round(0, Rounding::Up);
    i64::try_from(whole.mantissa()).ok().filter(|units| units.abs() <= MAX_MINOR_UNITS).ok_or_else(too_large)
}

/// `part` as a fraction of `whole`, which is above zero, rounded half to even to six places.
pub(super) fn ratio(part: i64, whole: i64) -> Result<Decimal> {
    let quotient = Decimal::from(part).divided_by(Decimal::from(whole))?;
    Ok(quotient.round(RATIO_PLACES, Rounding::HalfEven))
}

pub(super) fn too_large() -> Error {
    Error::new(ErrorCode::ResultTooLarge, "an amount grows above 10^15 minor units")
}
