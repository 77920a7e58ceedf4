//! Amounts of money of the input: their range, and how amounts are rounded.

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    money::Currency,
    num::{Decimal, Rounding},
};

/// The largest amount of an input: 10^12.
const MAX_AMOUNT: i64 = 1_000_000_000_000;

/// Reads and rounds amounts of one currency.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Amounts {
    places: u32,
}

impl Amounts {
    /// Amounts of a currency; its errors are at `currency`.
    pub(crate) fn of(currency: Currency) -> Result<Self> {
        let places = currency.decimal_places().ok_or_else(|| {
            let message = format!("{currency} has no minor unit to round amounts to");
            Error::new(ErrorCode::CurrencyMinorUnitMissing, message).at("currency")
        })?;
        Ok(Self { places })
    }

    /// An amount of zero or more, with at most the decimal places of the currency.
    pub(crate) fn read(self, amount: Decimal) -> Result<Decimal> {
        if amount.is_negative() || amount > Decimal::from(MAX_AMOUNT) {
            let message = format!("the amount is {amount}; it must be from 0 to 10^12");
            return Err(Error::new(ErrorCode::AmountOutOfRange, message));
        }
        check::decimal_places(amount, self.places).map(|amount| self.round(amount))
    }

    /// An amount of either sign.
    pub(crate) fn signed(self, amount: Decimal) -> Result<Decimal> {
        let size = self.read(amount.abs()).map_err(|error| {
            let message = format!("the amount is {amount}; it must be from -10^12 to 10^12");
            if error.code() == ErrorCode::AmountOutOfRange {
                Error::new(error.code(), message)
            } else {
                error
            }
        })?;
        Ok(if amount.is_negative() { size.negated() } else { size })
    }

    /// An amount above zero.
    pub(crate) fn read_positive(self, amount: Decimal) -> Result<Decimal> {
        let read = self.read(amount)?;
        if read.is_zero() {
            let message = "the amount is zero; it must be above 0 and at most 10^12";
            return Err(Error::new(ErrorCode::AmountOutOfRange, message));
        }
        Ok(read)
    }

    /// Rounds half to even to the minor unit.
    pub(crate) fn round(self, amount: Decimal) -> Decimal {
        amount.round(self.places, Rounding::HalfEven)
    }

    /// A part of an amount, or an amount that grows, rounded.
    pub(crate) fn product(self, amount: Decimal, factor: Decimal) -> Result<Decimal> {
        Ok(self.round(amount.times(factor)?))
    }

    /// The sum, with the decimal places of the currency.
    pub(crate) fn sum(self, amounts: impl IntoIterator<Item = Decimal>) -> Result<Decimal> {
        Ok(self.round(Decimal::sum(amounts)?))
    }

    pub(crate) fn zero(self) -> Decimal {
        self.round(Decimal::ZERO)
    }

    pub(crate) fn places(self) -> u32 {
        self.places
    }
}
