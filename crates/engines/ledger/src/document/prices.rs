//! The last known prices of securities.

use std::collections::BTreeMap;

use wherewithal_base::{
    Result,
    control::Work,
    dates::Date,
    money::Currency,
    num::{Decimal, Rounding},
};

use super::HouseholdFromLedgerInput;
use crate::{LedgerSecurityKind, LedgerTransaction, LedgerTransactionType, StatedPosition};

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
        let kinds: BTreeMap<&str, Option<LedgerSecurityKind>> =
            input.securities.iter().map(|security| (security.id.as_str(), security.kind)).collect();
        let of_account = |account: &str| currencies.get(account).copied().flatten();
        let securities: BTreeMap<&str, Option<Currency>> =
            input.securities.iter().map(|security| (security.id.as_str(), security.currency)).collect();
        let of_security = |security: &str| securities.get(security).copied().flatten();
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
                let price = of_trade(transaction, price, kinds.get(security).copied().flatten())?;
                prices.add(security, Price { date: transaction.date, price, currency });
            }
        }
        for position in &input.positions {
            work.done(2)?;
            let date = position.date.or(input.positions_as_of).filter(|date| *date <= input.as_of);
            if let (Some(price), Some(date)) = (of_position(position)?, date) {
                // What statements say of a position is in the currency of its security.
                let currency = of_security(&position.security).or_else(|| of_account(&position.account));
                prices.add(&position.security, Price { date, price, currency });
            }
        }
        for given in input.prices.iter().filter(|given| given.date <= input.as_of) {
            work.done(2)?;
            let currency = given.currency.or_else(|| of_security(&given.security));
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

/// The price of a unit in a stated position: that which is stated if it leads to the stated value, else the value by the
/// quantity. Bonds are quoted in percent of their face value, and options per share of a contract for a hundred, so only the
/// value is sure.
fn of_position(position: &StatedPosition) -> Result<Option<Decimal>> {
    let Some(value) = position.value.filter(|_| !position.quantity.is_zero()) else {
        return Ok(position.price);
    };
    let leads_to_value = |price: Decimal| {
        let worth = price.times(position.quantity);
        worth.is_ok_and(|worth| worth.round(value.scale(), Rounding::HalfEven) == value)
    };
    if position.price.is_some_and(leads_to_value) {
        return Ok(position.price);
    }
    let price = value.divided_by(position.quantity)?;
    // A value with another sign than the quantity says nothing of a price.
    Ok(if price.is_negative() { position.price } else { Some(price) })
}

/// The price of a unit in a trade: that which is stated, or a hundredth or the hundredfold of it where the amount says so.
/// The amount alone is no price, since interest that a bond has accrued may be part of it. Shares and digital assets are
/// quoted by the unit.
fn of_trade(
    transaction: &LedgerTransaction,
    price: Decimal,
    kind: Option<LedgerSecurityKind>,
) -> Result<Decimal> {
    use LedgerSecurityKind::{Bond, Option as OptionContract, Other};
    let quantity = transaction.quantity.filter(|quantity| !quantity.is_zero());
    let (Some(quantity), None | Some(Bond | OptionContract | Other)) = (quantity, kind) else {
        return Ok(price);
    };
    let before_fees = transaction.amount.plus(transaction.fees.unwrap_or(Decimal::ZERO))?;
    let paid = before_fees.abs().divided_by(quantity.abs())?;
    let hundred = Decimal::from(100_u32);
    for unit in [price, price.divided_by(hundred)?, price.times(hundred)?] {
        if paid <= unit.plus(unit)? && unit <= paid.plus(paid)? {
            return Ok(unit);
        }
    }
    Ok(price)
}
