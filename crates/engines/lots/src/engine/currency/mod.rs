//! Securities whose amounts are in another currency than the book.
//!
//! Everything else of the engine counts in the currency of the book: an amount is converted when its event comes, at the
//! rate of its day. Beside that, each lot keeps what it cost abroad, and whatever changes its cost changes both. So a gain
//! can be told in parts: what the price did, what the currency did, and what both did together.

#[cfg(test)]
mod conservation;
mod ledger;
mod rate;
mod state;

use wherewithal_base::{
    Error, ErrorCode, Result, dates::Date, error::At as _, money::Currency, num::Decimal, order,
};

pub(super) use ledger::CostsAbroad;
pub(crate) use ledger::Exchanged;
pub(crate) use rate::{GainParts, Rate, Rates, RunningSum, Sum};

use super::{Beside, Book, ById, Holding, Id, Lot, Position, Security};
use crate::{
    exact::overflow,
    input::{IdenticalSecurities, LotEvent, LotExchangeRate, LotOption, LotSecurity, WashSaleVerdict},
};
use rate::check_rate;

/// The most money in the currency of the book: 10^15.
const MOST: i128 = 1_000_000_000_000_000;

/// What a book knows of other currencies. Nothing of it changes a book of one currency.
#[derive(Debug, Clone, Default)]
pub(crate) struct Foreign {
    /// Whether a security has another currency than the book.
    is_used: bool,
    /// The rates that the rules give, in the order of currencies and days.
    rates: Vec<(Currency, i32, Decimal)>,
    /// The currency of the event that is being applied, if it is not the book's.
    now: Option<Now>,
    /// What lots cost abroad; those that have an average cost are not among them.
    lots: ById<Lot, ForeignCost>,
    /// What all lots of a position with an average cost cost abroad together.
    pools: ById<Position, ForeignCost>,
    /// The foreign amounts of disposals, by the index of each.
    disposals: Beside<Exchanged>,
    /// The cost that distributions above it used up and what they paid, by the index of the gain.
    distributions: Beside<(Sum, Sum)>,
    /// What gifts cost abroad, by the index of each.
    departures: Beside<i128>,
    /// Foreign losses that wash sales moved or took away, by the index of each; below zero for a gain.
    washes: Beside<i128>,
}

/// The currency of the amounts of an event.
#[derive(Debug, Clone, Copy)]
struct Now {
    places: u32,
    /// None if the event moves no money.
    rate: Option<Rate>,
}

/// What shares cost in the currency of their security.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ForeignCost {
    pub(super) holding: Holding,
    pub(super) rates: Rates,
}

impl ForeignCost {
    /// What is left of it.
    pub(crate) fn amount(&self) -> i128 {
        self.holding.cost
    }

    /// Together with the same in the currency of the book.
    pub(crate) fn sum(&self, book: i128) -> Sum {
        Sum { book, foreign: self.holding.cost, rates: self.rates }
    }
}

impl Book {
    /// Reads the currencies of securities and the exchange rates.
    pub(super) fn read_currencies(&mut self, securities: &[LotSecurity]) -> Result<()> {
        for (index, LotSecurity { id, currency, .. }) in securities.iter().enumerate() {
            let Some(currency) = currency.filter(|currency| *currency != self.rules.currency) else {
                continue;
            };
            self.places_of(currency).at("currency").at_index("securities", index)?;
            self.directory.entry(id).currency = Some(currency);
            self.foreign.is_used = true;
        }
        for (index, LotExchangeRate { currency, rate, .. }) in self.rules.exchange_rates.iter().enumerate() {
            let check = if *currency == self.rules.currency {
                let message = format!("{currency} is the currency of the book, which needs no rate");
                Err(Error::new(ErrorCode::FieldConflict, message).at("currency"))
            } else {
                check_rate(*rate).at("rate")
            };
            check.at_index("exchangeRates", index).at("rules")?;
        }
        self.sort_rates().at("rules")?;
        self.check_one_currency(securities)
    }

    /// Puts the rates in the order in which they are looked up.
    fn sort_rates(&mut self) -> Result<()> {
        let mut rates: Vec<(usize, &LotExchangeRate)> =
            self.rules.exchange_rates.iter().enumerate().collect();
        order::sort_by_key(&mut rates, |(_, given)| (given.currency, given.date));
        let is_again = |pair: &[(usize, &LotExchangeRate)]| match pair {
            [(_, one), (place, other)] if (one.currency, one.date) == (other.currency, other.date) => {
                Some((*place, one.rate, **other))
            }
            _ => None,
        };
        let again = rates.windows(2).filter_map(is_again).min_by_key(|(place, ..)| *place);
        if let Some((index, before, LotExchangeRate { currency, date, rate })) = again {
            let message = format!(
                "the rate of {currency} on {date} is given twice, as {before} and as {rate}; give it once"
            );
            return Err(Error::new(ErrorCode::ListDuplicate, message).at_index("exchangeRates", index));
        }
        let rates = rates.into_iter().map(|(_, given)| (given.currency, given.date.day_number(), given.rate));
        self.foreign.rates = rates.collect();
        Ok(())
    }

    /// The currency of a security, if it is not the book's.
    pub(super) fn currency_called(&self, id: &str) -> Option<Currency> {
        // So that a book of one currency looks nothing up.
        if !self.foreign.is_used {
            return None;
        }
        self.directory.get(id).and_then(|known| known.currency)
    }

    /// That securities that count as one have one currency: an option and its underlying, and a group that is certain.
    fn check_one_currency(&self, securities: &[LotSecurity]) -> Result<()> {
        for (index, LotSecurity { id, option, .. }) in securities.iter().enumerate() {
            if let Some(LotOption { underlying, .. }) = option {
                self.require_same(id, underlying).at("currency").at_index("securities", index)?;
            }
        }
        for (index, IdenticalSecurities { securities, verdict }) in
            self.rules.substantially_identical.iter().enumerate()
        {
            if *verdict != WashSaleVerdict::Certain {
                continue;
            }
            for (place, pair) in securities.windows(2).enumerate() {
                if let [one, other] = pair {
                    self.require_same(one, other)
                        .at_index("securities", place + 1)
                        .at_index("substantiallyIdentical", index)
                        .at("rules")?;
                }
            }
        }
        Ok(())
    }

    /// That two securities have the same currency.
    pub(super) fn require_same(&self, one: &str, other: &str) -> Result<()> {
        let currency = |id: &str| self.currency_called(id).unwrap_or(self.rules.currency);
        if currency(one) == currency(other) {
            return Ok(());
        }
        let message = format!(
            "{one:?} is in {} and {other:?} in {}, so the cost of one cannot go over to the other",
            currency(one),
            currency(other)
        );
        Err(Error::new(ErrorCode::CurrencyMismatch, message))
    }

    /// Decimal places of amounts in a currency.
    pub(crate) fn places_of(&self, currency: Currency) -> Result<u32> {
        self.rules.amount_places.or(currency.decimal_places()).ok_or_else(|| {
            let message = format!(
                "{currency} has no minor unit; say how many decimal places amounts have (`rules.amountPlaces`)"
            );
            Error::new(ErrorCode::CurrencyMinorUnitMissing, message)
        })
    }

    /// Notes in which currency the amounts of an event are, and at which rate they are exchanged.
    pub(super) fn enter_currency(&mut self, event: &LotEvent) -> Result<()> {
        let given = event.exchange_rate();
        let Some(currency) = self.currency_called(event.security()) else {
            if given.is_some() {
                let security = event.security();
                let message = format!("{security:?} is in the currency of the book, which needs no rate");
                return Err(Error::new(ErrorCode::FieldConflict, message).at("exchangeRate"));
            }
            return Ok(());
        };
        let places = self.places_of(currency)?;
        let rate = match given {
            Some(rate) => Some(Rate::new(rate, self.places, places).at("exchangeRate")?),
            None if !event.moves_money() => None,
            None if event.can_give_rate() => {
                let rate = self.rate_of(currency, event.date(), " or give it with the event");
                Some(rate.at("exchangeRate")?)
            }
            // The event has no field for a rate.
            None => Some(self.rate_on(currency, event.date()).at("date")?),
        };
        self.foreign.now = Some(Now { places, rate });
        Ok(())
    }

    /// Ends what [`enter_currency`](Self::enter_currency) began.
    pub(super) fn leave_currency(&mut self) {
        self.foreign.now = None;
    }

    /// The rate of a day in the table.
    pub(crate) fn rate_on(&self, currency: Currency, date: Date) -> Result<Rate> {
        self.rate_of(currency, date, "")
    }

    /// The same; `otherwise` is what can be done beside adding a rate to the table.
    fn rate_of(&self, currency: Currency, date: Date, otherwise: &str) -> Result<Rate> {
        let rates = &self.foreign.rates;
        let wanted = (currency, date.day_number());
        let place = rates.binary_search_by_key(&wanted, |(currency, day, _)| (*currency, *day)).ok();
        let (.., rate) = place.and_then(|place| rates.get(place)).ok_or_else(|| {
            let message = format!(
                "there is no exchange rate from {currency} to {} for {date}, and that of another day is not taken; add it to \
                 `rules.exchangeRates`{otherwise}",
                self.rules.currency
            );
            Error::new(ErrorCode::CurrencyMismatch, message)
        })?;
        Rate::new(*rate, self.places, self.places_of(currency)?)
    }

    /// Whether the event that is being applied is in another currency.
    pub(super) fn is_abroad(&self) -> bool {
        self.foreign.now.is_some()
    }

    /// Decimal places of the amounts of the event that is being applied.
    pub(super) fn event_places(&self) -> u32 {
        self.foreign.now.map_or(self.places, |now| now.places)
    }

    /// An amount of the event that is being applied, in the currency of the book as well.
    pub(super) fn sum(&self, amount: i128) -> Result<Sum> {
        match self.foreign.now {
            None => Ok(Sum { book: amount, ..Sum::default() }),
            Some(Now { rate, .. }) => self.exchange(amount, rate),
        }
    }

    /// An amount of the event that is being applied, at the rate of another day.
    pub(super) fn sum_on(&self, security: &str, amount: i128, date: Date) -> Result<Sum> {
        match self.currency_called(security) {
            None => self.sum(amount),
            Some(currency) => self.exchange(amount, Some(self.rate_on(currency, date)?)),
        }
    }

    fn exchange(&self, amount: i128, rate: Option<Rate>) -> Result<Sum> {
        let rate = rate.ok_or_else(|| {
            let message = "the event moves money, and there is no exchange rate for it";
            Error::new(ErrorCode::CurrencyMismatch, message)
        })?;
        let book = rate.of(amount)?;
        if book.abs() > MOST * 10i128.pow(self.places) {
            return Err(overflow());
        }
        Ok(Sum { book, foreign: amount, rates: Rates::One(rate) })
    }

    /// The currency of a position, if it is not the book's.
    pub(crate) fn currency_of(&self, position: Id<Position>) -> Option<Currency> {
        self.currency_of_security(self.positions[position].security)
    }

    fn currency_of_security(&self, security: Id<Security>) -> Option<Currency> {
        self.currency_called(&self.securities[security].id)
    }

    /// What shares of a lot are worth at a price on a day, in both currencies; `None` in the currency of the book. The path of
    /// an error is that of the price or the day of the operation: `prices` or `asOf`.
    pub(crate) fn foreign_value(&self, lot: Id<Lot>, price: Decimal, date: Date) -> Result<Option<Sum>> {
        let Lot { position, holding, .. } = &self.lots[lot];
        let Some(currency) = self.currency_of(*position) else { return Ok(None) };
        let places = self.places_of(currency)?;
        let value = self.worth_to(places, self.family_of(*position), holding.units, price).at("prices")?;
        let rate = self.rate_on(currency, date).at("asOf")?;
        self.exchange(value, Some(rate)).at("prices").map(Some)
    }

    /// The parts of the gain of a disposal of a security in another currency.
    pub(crate) fn parts_of_disposal(&self, place: usize) -> Result<Option<(Exchanged, GainParts)>> {
        let Some(exchanged) = self.foreign.disposals.get(place) else { return Ok(None) };
        let disposal = self.disposal(place);
        let (proceeds, cost) = exchanged.sums(disposal.proceeds, disposal.cost);
        let parts = if self.lots[disposal.lot].is_short {
            GainParts::of(proceeds, cost)?.negated()
        } else {
            GainParts::of(cost, proceeds)?
        };
        Ok(Some((*exchanged, parts)))
    }

    /// The same of a gain on a distribution, which used the whole cost of a lot up: that cost, what was paid, and the parts.
    pub(crate) fn parts_of_distribution(&self, place: usize) -> Result<Option<(Sum, Sum, GainParts)>> {
        let Some((cost, paid)) = self.foreign.distributions.get(place) else { return Ok(None) };
        Ok(Some((*cost, *paid, GainParts::of(*cost, *paid)?)))
    }
}
