//! Exchange rates, and the values of items in the household's currency.

use num_bigint::BigInt;

use super::{Account, Business, Holding, Household, validate};
use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::Date,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
    wire::Wire,
};

/// The price of one unit of a currency in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct ExchangeRate {
    /// The currency to convert from.
    pub from: Currency,
    /// The currency to convert to.
    pub to: Currency,
    /// The price of one unit of `from` in units of `to`; greater than 0, with at most 9 decimal places.
    #[wire(above = 0)]
    pub rate: Decimal,
    /// The date of the rate.
    pub date: Date,
}

impl Household {
    /// The number of decimal places of the household's currency.
    ///
    /// # Errors
    /// `currency.minor_unit_missing`.
    pub fn places(&self) -> Result<u32> {
        self.currency.decimal_places().ok_or_else(|| {
            Error::new(
                ErrorCode::CurrencyMinorUnitMissing,
                format!("{} has no smallest unit to which totals could be rounded", self.currency),
            )
        })
    }

    /// The rate from `currency` to the household's currency: 1 for the latter itself.
    ///
    /// # Errors
    /// `currency.mismatch` if the document has no such rate. A rate in the other direction is not inverted.
    pub fn exchange_rate(&self, currency: Currency) -> Result<Decimal> {
        if currency == self.currency {
            return Ok(Decimal::ONE);
        }
        self.exchange_rates
            .iter()
            .find(|rate| rate.from == currency && rate.to == self.currency)
            .map(|rate| rate.rate)
            .ok_or_else(|| {
                Error::new(
                    ErrorCode::CurrencyMismatch,
                    format!(
                        "there is no exchange rate from {currency} to {}, the household's currency; add it to \
                            `exchangeRates`",
                        self.currency
                    ),
                )
            })
    }

    /// An amount in the household's currency: multiplied by the exchange rate, then rounded half to even to the
    /// smallest unit.
    ///
    /// # Errors
    /// `currency.mismatch`, `currency.minor_unit_missing`; `amount.out_of_range` if the result is beyond the
    /// limit; `decimal.overflow`.
    pub fn convert(&self, amount: Decimal, currency: Option<Currency>) -> Result<Decimal> {
        let rate = self.exchange_rate(currency.unwrap_or(self.currency))?;
        let places = self.places()?;
        let converted = amount.times(rate)?.round(places, Rounding::HalfEven);
        // An amount in range can leave it at the exchange rate.
        validate::balance(converted, places)?;
        Ok(converted)
    }

    /// The number of decimal places of an item's amounts.
    #[must_use]
    pub fn places_of(&self, currency: Option<Currency>) -> u32 {
        validate::places_of(currency.unwrap_or(self.currency))
    }
}

/// The household's part of an amount of something that it shares with others, rounded half to even to `places` decimal
/// places. Without a share all of it is the household's.
///
/// # Errors
/// `decimal.overflow`.
pub fn owned_part(amount: Decimal, share: Option<Decimal>, places: u32) -> Result<Decimal> {
    match share {
        Some(share) => Ok(amount.times(share)?.round(places, Rounding::HalfEven)),
        None => Ok(amount),
    }
}

impl Holding {
    /// Quantity times price, rounded half to even to `places` decimal places.
    ///
    /// # Errors
    /// `decimal.overflow`.
    pub fn value(&self, places: u32) -> Result<Decimal> {
        rounded_product(self.quantity, self.price, places)
    }
}

/// The product of two amounts of zero or more, rounded once, half to even. It may have more digits than a decimal holds:
/// a token has up to 18 decimal places, and so has its price.
fn rounded_product(left: Decimal, right: Decimal, places: u32) -> Result<Decimal> {
    let scale = left.scale() + right.scale();
    if scale <= places {
        return Ok(left.times(right)?.round(places, Rounding::HalfEven));
    }
    let divisor = BigInt::from(10_u32).pow(scale - places);
    let product = BigInt::from(left.mantissa()) * BigInt::from(right.mantissa());
    let (whole, twice_the_rest) = (&product / &divisor, (&product % &divisor) * 2_u32);
    let is_odd = &whole % 2_u32 == BigInt::from(1_u32);
    let up = twice_the_rest > divisor || (twice_the_rest == divisor && is_odd);
    let units = i128::try_from(whole + u32::from(up)).map_err(|error| {
        Error::new(ErrorCode::DecimalOverflow, "the product does not fit into 28 significant digits")
            .caused_by(error)
    })?;
    Decimal::from_i128(units, places)
}

impl Account {
    /// The value of the account in its own currency: the balance, or else the sum of the cash and of the holdings, each
    /// rounded to `places` decimal places. Negative if the account is overdrawn.
    ///
    /// # Errors
    /// `field.missing` if there is none of them; `field.conflict` if there are a balance and cash; `holdings.exceed_balance` if the holdings are worth more than the balance
    /// by more than one smallest unit each; `amount.out_of_range` if the sum is above the limit; `decimal.overflow`.
    pub fn value(&self, places: u32) -> Result<Decimal> {
        let values = self.holdings.iter().map(|holding| holding.value(places)).collect::<Result<Vec<_>>>()?;
        let held = Decimal::sum(values)?.round(places, Rounding::HalfEven);
        let Some(balance) = self.balance else {
            if self.holdings.is_empty() && self.cash.is_none() {
                return Err(Error::new(
                    ErrorCode::FieldMissing,
                    "an account needs a balance, cash or holdings",
                )
                .at("balance"));
            }
            validate::amount(held, places).at("holdings")?;
            let value = held.plus(self.cash.unwrap_or_default())?.round(places, Rounding::HalfEven);
            validate::balance(value, places).at("cash")?;
            return Ok(value);
        };
        if self.cash.is_some() {
            let message = "give either the balance of the whole account or its cash, not both";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("cash"));
        }
        // Each position's value may have been rounded up, but the balance was rounded only once.
        let slack = Decimal::new(self.holdings.len() as i64, places)?;
        if !self.holdings.is_empty() && held > balance.plus(slack)? {
            return Err(Error::new(
                ErrorCode::HoldingsExceedBalance,
                format!("the holdings are worth {held}, which is more than the balance of {balance}"),
            )
            .at("holdings"));
        }
        Ok(balance.round(places, Rounding::HalfEven))
    }
}

impl Business {
    /// The household's share of the valuation in the currency of the business, rounded half to even to `places`
    /// decimal places.
    ///
    /// # Errors
    /// `decimal.overflow`.
    pub fn value(&self, places: u32) -> Result<Decimal> {
        Ok(self.valuation.times(self.ownership_share)?.round(places, Rounding::HalfEven))
    }
}
