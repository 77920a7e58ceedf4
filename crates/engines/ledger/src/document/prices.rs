//! The last known prices of securities.

use std::collections::BTreeMap;

use wherewithal_base::{Result, control::Work, dates::Date, money::Currency, num::Decimal};

use super::HouseholdFromLedgerInput;
use crate::LedgerTransactionType;

/// The price of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Price {
    pub(super) date: Date,
    pub(super) price: Decimal,
    /// Its currency, if it is known.
    pub(super) currency: Option<Currency>,
}

/// Prices by security, on the day or before.
pub(super) struct Prices<'a> {
    prices: BTreeMap<&'a str, Price>,
    /// The last day on which each security was split.
    splits: BTreeMap<&'a str, Date>,
}

impl<'a> Prices<'a> {
    /// The last price of each security: of one day, that of the caller before that of a position, and that before the price of
    /// a trade.
    pub(super) fn of(input: &'a HouseholdFromLedgerInput, work: &mut Work<'_, '_>) -> Result<Self> {
        let mut prices = Self { prices: BTreeMap::new(), splits: BTreeMap::new() };
        let mut currencies = BTreeMap::new();
        for account in &input.accounts {
            currencies.insert(account.id.as_str(), account.currency);
        }
        let of_account = |account: &str| currencies.get(account).copied().flatten();
        for transaction in &input.transactions {
            work.done(2)?;
            let Some(security) = transaction.security.as_deref() else { continue };
            if transaction.date > input.as_of {
                continue;
            }
            if transaction.r#type == LedgerTransactionType::Split || transaction.split_to.is_some() {
                let last = prices.splits.entry(security).or_insert(transaction.date);
                *last = transaction.date.max(*last);
            }
            let is_trade = transaction.r#type.acquires() || transaction.r#type.disposes();
            if let Some(price) = transaction.price.filter(|_| is_trade) {
                let currency = transaction.currency.or_else(|| of_account(&transaction.account));
                prices.add(security, Price { date: transaction.date, price, currency });
            }
        }
        for position in &input.positions {
            work.done(2)?;
            let date = position.date.or(input.positions_as_of).filter(|date| *date <= input.as_of);
            if let (Some(price), Some(date)) = (position.price, date) {
                let currency = of_account(&position.account);
                prices.add(&position.security, Price { date, price, currency });
            }
        }
        let of_security: BTreeMap<&str, Option<Currency>> =
            input.securities.iter().map(|security| (security.id.as_str(), security.currency)).collect();
        for given in input.prices.iter().filter(|given| given.date <= input.as_of) {
            work.done(2)?;
            let of_security = of_security.get(given.security.as_str()).copied().flatten();
            let currency = given.currency.or(of_security);
            prices.add(&given.security, Price { date: given.date, price: given.price, currency });
        }
        Ok(prices)
    }

    /// Adds a price, which goes before an earlier one and one of the same day.
    fn add(&mut self, security: &'a str, price: Price) {
        let last = self.prices.entry(security).or_insert(price);
        if price.date >= last.date {
            *last = price;
        }
    }

    /// The price of a security, or why there is none.
    pub(super) fn price(&self, security: &str) -> Result<Price, &'static str> {
        let price = self.prices.get(security).ok_or("no price is known on the day or before")?;
        match self.splits.get(security) {
            Some(split) if *split > price.date => Err("no price is known since its split"),
            _ => Ok(*price),
        }
    }
}
