//! Prices and exchange rates by day.

use std::collections::BTreeMap;

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::Work,
    dates::Date,
    money::Currency,
    num::{Decimal, Rounding},
};
use wherewithal_household::ExchangeRate;

/// The decimal places of amounts in a currency without a minor unit, such as gold.
const PLACES_WITHOUT_MINOR_UNIT: u32 = 6;

/// A figure and the day from which on it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) date: Date,
    pub(super) figure: Decimal,
}

/// The last figure on or before a day, of a list that ascends by date.
pub(super) fn latest(figures: &[Dated], day: Date) -> Option<Dated> {
    let after = figures.partition_point(|figure| figure.date <= day);
    after.checked_sub(1).and_then(|last| figures.get(last)).copied()
}

/// The decimal places of amounts in a currency.
pub(super) fn places_of(currency: Currency) -> u32 {
    currency.decimal_places().unwrap_or(PLACES_WITHOUT_MINOR_UNIT)
}

/// A value with at least the decimal places of its currency; it is never rounded.
pub(super) fn shown(value: Decimal, places: u32) -> Decimal {
    value.round(places.max(value.normalized().scale()), Rounding::HalfEven)
}

/// The rates into the currency of all totals.
pub(super) struct Rates {
    into: Currency,
    places: u32,
    by_currency: BTreeMap<Currency, Vec<Dated>>,
}

impl Rates {
    /// Reads the table.
    ///
    /// # Errors
    /// `currency.minor_unit_missing` at `currency`; `rate.out_of_range`, `list.duplicate` inside `exchangeRates`.
    pub(super) fn read(into: Currency, rates: &[ExchangeRate], work: &mut Work<'_, '_>) -> Result<Self> {
        let Some(places) = into.decimal_places() else {
            let message = format!("{into} has no smallest unit to which values could be rounded");
            return Err(Error::new(ErrorCode::CurrencyMinorUnitMissing, message).at("currency"));
        };
        let mut by_day: BTreeMap<(Currency, Date), Decimal> = BTreeMap::new();
        for (index, rate) in rates.iter().enumerate() {
            work.done(1)?;
            if rate.rate <= Decimal::ZERO {
                let message = format!("{} is not above 0", rate.rate);
                let error = Error::new(ErrorCode::RateOutOfRange, message).at("rate");
                return Err(error.at_index("exchangeRates", index));
            }
            if rate.to != into || rate.from == into {
                continue;
            }
            if by_day.insert((rate.from, rate.date), rate.rate).is_some_and(|other| other != rate.rate) {
                let message = format!("{} has another rate on {}", rate.from, rate.date);
                return Err(Error::new(ErrorCode::ListDuplicate, message).at_index("exchangeRates", index));
            }
        }
        let mut by_currency: BTreeMap<Currency, Vec<Dated>> = BTreeMap::new();
        for ((currency, date), figure) in by_day {
            by_currency.entry(currency).or_default().push(Dated { date, figure });
        }
        Ok(Self { into, places, by_currency })
    }

    /// The decimal places of the currency of all totals.
    pub(super) fn places(&self) -> u32 {
        self.places
    }

    /// The last rate from a currency on or before a day; without a date for the currency of all totals itself.
    ///
    /// # Errors
    /// `currency.mismatch` at `exchangeRates`.
    pub(super) fn on(&self, currency: Currency, day: Date) -> Result<(Decimal, Option<Date>)> {
        if currency == self.into {
            return Ok((Decimal::ONE, None));
        }
        let known = self.by_currency.get(&currency).and_then(|rates| latest(rates, day));
        known.map(|rate| (rate.figure, Some(rate.date))).ok_or_else(|| {
            let message = format!(
                "there is no rate from {currency} to {} on or before {day}; a value needs one",
                self.into
            );
            Error::new(ErrorCode::CurrencyMismatch, message).at("exchangeRates")
        })
    }

    /// An amount in the currency of all totals. An amount in another currency is rounded half to even to its minor unit, and
    /// one in this currency stays as it is.
    pub(super) fn convert(&self, amount: Decimal, currency: Currency, day: Date) -> Result<Decimal> {
        if amount.is_zero() {
            return Ok(Decimal::ZERO);
        }
        self.at(amount, currency, self.on(currency, day)?.0)
    }

    /// The same at a given rate.
    pub(super) fn at(&self, amount: Decimal, currency: Currency, rate: Decimal) -> Result<Decimal> {
        if currency == self.into {
            return Ok(amount);
        }
        Ok(amount.times(rate)?.round(self.places, Rounding::HalfEven))
    }
}

/// A price and the day from which on it holds: a fraction, such as what a statement says that three shares are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DatedPrice {
    pub(super) date: Date,
    pub(super) figure: Decimal,
    pub(super) of: Decimal,
}

/// The prices of one security, and the currency in which they are.
#[derive(Debug, Clone)]
pub(super) struct PriceList {
    pub(super) currency: Currency,
    prices: Vec<DatedPrice>,
}

impl PriceList {
    /// The last price on or before a day.
    pub(super) fn latest(&self, day: Date) -> Option<DatedPrice> {
        let after = self.prices.partition_point(|price| price.date <= day);
        after.checked_sub(1).and_then(|last| self.prices.get(last)).copied()
    }
}

/// What an account's positions of one security and day say of its price.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StatedPrice {
    quantity: Decimal,
    /// What they are worth, if all say so.
    value: Option<Decimal>,
    price: Option<Decimal>,
}

impl StatedPrice {
    pub(super) fn of(quantity: Decimal, value: Option<Decimal>, price: Option<Decimal>) -> Self {
        Self { quantity, value, price }
    }

    /// Both as one position.
    pub(super) fn plus(self, other: Self) -> Result<Self> {
        Ok(Self {
            quantity: self.quantity.plus(other.quantity)?,
            value: self.value.zip(other.value).map(|(one, other)| one.plus(other)).transpose()?,
            price: self.price.or(other.price),
        })
    }

    /// The value by the quantity, or else the price.
    fn fraction(self) -> Option<(Decimal, Decimal)> {
        match self.value {
            Some(value) if !self.quantity.is_zero() && value.signum() * self.quantity.signum() >= 0 => {
                Some((value.abs(), self.quantity.abs()))
            }
            _ => self.price.map(|price| (price, Decimal::ONE)),
        }
    }
}

/// Prices of one security while they are collected; those that were given as prices outrank those of statements.
#[derive(Default)]
pub(super) struct PriceSources {
    pub(super) given: BTreeMap<Date, Decimal>,
    /// By the account whose statement has it, so that the order of the input does not matter.
    pub(super) stated: BTreeMap<(Date, String), StatedPrice>,
}

impl PriceSources {
    pub(super) fn list(self, currency: Currency) -> PriceList {
        let mut by_day: BTreeMap<Date, (Decimal, Decimal)> =
            self.given.into_iter().map(|(date, price)| (date, (price, Decimal::ONE))).collect();
        for ((date, _), stated) in self.stated {
            if let Some(fraction) = stated.fraction() {
                by_day.entry(date).or_insert(fraction);
            }
        }
        let prices = by_day.into_iter().map(|(date, (figure, of))| DatedPrice { date, figure, of }).collect();
        PriceList { currency, prices }
    }
}
