//! Securities and their prices.

use std::collections::{BTreeMap, btree_map::Entry};

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::Work,
    dates::Date,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
};
use wherewithal_ledger::StatedPosition;

use super::{
    NetWorthBooks,
    books::{Item, fault},
    exact::quotient,
    quantity::Quantity,
    splits::Splits,
    tables::{PriceList, PriceSources, StatedPrice, places_of},
};

/// The most decimal places of a price that is shown.
const PRICE_PLACES: u32 = 18;

/// The securities of the ledger, by place.
pub(super) struct Securities<'a> {
    pub(super) by_id: BTreeMap<&'a str, usize>,
    lists: Vec<PriceList>,
    splits: BTreeMap<usize, Splits>,
}

/// A price on a day, for shares as they are then.
#[derive(Debug, Clone, Copy)]
pub(super) struct Price {
    /// The day on which it was stated.
    pub(super) date: Date,
    /// What is multiplied, and what divides it.
    over: [Decimal; 2],
    under: [Decimal; 2],
}

impl Price {
    /// The price of a share; of more decimal places than 18, rounded half to even to them.
    pub(super) fn figure(&self) -> Result<Decimal> {
        let ([over, times], [under, by]) = (self.over, self.under);
        let (over, under) = (over.times(times)?, under.times(by)?);
        if under == Decimal::ONE {
            return Ok(over);
        }
        let figure = over.divided_by(under)?.normalized();
        Ok(if figure.scale() > PRICE_PLACES {
            figure.round(PRICE_PLACES, Rounding::HalfEven)
        } else {
            figure
        })
    }

    /// What a number of shares is worth, rounded once.
    pub(super) fn value(&self, quantity: Quantity, places: u32) -> Result<Decimal> {
        let ([over, times], [under, by]) = (self.over, self.under);
        quotient(&[quantity.parts, over, times], &[quantity.of, under, by], places)
    }
}

impl<'a> Securities<'a> {
    /// Collects prices, and settles the currency of each security: its own; that of its prices; that of the first account that
    /// names it; that of all totals.
    ///
    /// # Errors
    /// Inside `prices` and `positions` `name.unknown`, `amount.out_of_range` and `list.duplicate`; `field.conflict` where two
    /// prices of a security have two currencies.
    pub(super) fn read(
        input: &'a NetWorthBooks,
        items: &[Item<'_>],
        item_by_id: &BTreeMap<&str, usize>,
        work: &mut Work<'_, '_>,
    ) -> Result<Self> {
        let securities = &input.ledger.securities;
        let by_id: BTreeMap<&str, usize> =
            securities.iter().enumerate().map(|(place, security)| (security.id.as_str(), place)).collect();
        let mut currencies: Vec<Option<Currency>> =
            securities.iter().map(|security| security.currency).collect();
        let mut sources: Vec<PriceSources> = securities.iter().map(|_| PriceSources::default()).collect();
        given(input, &by_id, &mut currencies, &mut sources, work)?;
        stated(input, &by_id, &mut sources, work)?;
        let account_currency = |account: &str| {
            item_by_id.get(account).and_then(|place| items.get(*place)).map(|item| item.currency)
        };
        let named = (input.positions.iter().map(|one| (Some(&one.security), &one.account)))
            .chain(input.ledger.transactions.iter().map(|one| (one.security.as_ref(), &one.account)));
        // By account, so that the order of the rows does not matter.
        let mut first_accounts: BTreeMap<usize, &str> = BTreeMap::new();
        for (security, account) in named {
            work.done(1)?;
            let Some(place) = security.and_then(|security| by_id.get(security.as_str())) else { continue };
            let first = first_accounts.entry(*place).or_insert(account);
            *first = (*first).min(account);
        }
        let lists = (currencies.into_iter().zip(sources).enumerate())
            .map(|(place, (currency, sources))| {
                let of_account = || first_accounts.get(&place).and_then(|account| account_currency(account));
                sources.list(currency.or_else(of_account).unwrap_or(input.currency))
            })
            .collect();
        let splits = Splits::read(&input.ledger.transactions, &by_id, work)?;
        Ok(Self { by_id, lists, splits })
    }

    /// The currency of a security.
    #[expect(clippy::indexing_slicing, reason = "the place is that of a security of the list")]
    pub(super) fn currency(&self, security: usize) -> Currency {
        self.lists[security].currency
    }

    /// The last price on or before a day, divided by the ratio of the splits since; nothing if there is none, or if nobody knows the
    /// ratio.
    pub(super) fn price(&self, security: usize, day: Date) -> Option<Price> {
        let price = self.lists.get(security).and_then(|list| list.latest(day))?;
        let (times, by) = match self.splits.get(&security) {
            None => (Decimal::ONE, Decimal::ONE),
            Some(splits) => {
                let (to, from) = splits.between(price.date, day)?.decimals()?;
                (from, to)
            }
        };
        Some(Price { date: price.date, over: [price.figure, times], under: [price.of, by] })
    }

    /// What a number of shares is worth on a day, rounded to the minor unit of the security's currency; nothing without a
    /// price.
    pub(super) fn value(&self, security: usize, quantity: Quantity, day: Date) -> Result<Option<Decimal>> {
        let places = places_of(self.currency(security));
        self.price(security, day).map(|price| price.value(quantity, places)).transpose()
    }
}

fn given(
    input: &NetWorthBooks,
    by_id: &BTreeMap<&str, usize>,
    currencies: &mut [Option<Currency>],
    sources: &mut [PriceSources],
    work: &mut Work<'_, '_>,
) -> Result<()> {
    for (index, price) in input.prices.iter().enumerate() {
        work.done(1)?;
        let Some(place) = by_id.get(price.security.as_str()) else {
            let message = format!("no security is called {:?}", price.security);
            return Err(fault(ErrorCode::NameUnknown, message, "security", "prices", index));
        };
        if price.price.is_negative() {
            let message = format!("{} is below zero", price.price);
            return Err(fault(ErrorCode::AmountOutOfRange, message, "price", "prices", index));
        }
        let (Some(currency), Some(source)) = (currencies.get_mut(*place), sources.get_mut(*place)) else {
            continue;
        };
        if let Some(own) = price.currency {
            if currency.is_some_and(|known| known != own) {
                let message = format!("the security has other prices in another currency than {own}");
                return Err(fault(ErrorCode::FieldConflict, message, "currency", "prices", index));
            }
            *currency = Some(own);
        }
        if source.given.insert(price.date, price.price).is_some_and(|other| other != price.price) {
            let message = format!("{:?} has another price on {}", price.security, price.date);
            return Err(fault(ErrorCode::ListDuplicate, message, "date", "prices", index));
        }
    }
    Ok(())
}

/// The prices in stated positions.
fn stated(
    input: &NetWorthBooks,
    by_id: &BTreeMap<&str, usize>,
    sources: &mut [PriceSources],
    work: &mut Work<'_, '_>,
) -> Result<()> {
    for (index, position) in input.positions.iter().enumerate() {
        work.done(1)?;
        let Some(source) = by_id.get(position.security.as_str()).and_then(|place| sources.get_mut(*place))
        else {
            let message = format!("no security is called {:?}", position.security);
            return Err(fault(ErrorCode::NameUnknown, message, "security", "positions", index));
        };
        validate(position).at_index("positions", index)?;
        let Some(date) = position.date.or(input.positions_as_of) else { continue };
        let stated = StatedPrice::of(position.quantity, position.value, position.price);
        match source.stated.entry((date, position.account.clone())) {
            Entry::Vacant(entry) => {
                entry.insert(stated);
            }
            Entry::Occupied(mut entry) => {
                let sum = entry.get().plus(stated).at_index("positions", index)?;
                entry.insert(sum);
            }
        }
    }
    Ok(())
}

/// Whether a stated position can have a price.
fn validate(position: &StatedPosition) -> Result<()> {
    if position.price.is_some_and(Decimal::is_negative) {
        return Err(Error::new(ErrorCode::AmountOutOfRange, "a price is at least zero").at("price"));
    }
    if position.value.is_some_and(|value| value.signum() * position.quantity.signum() < 0) {
        let message = "the value and the quantity have opposite signs";
        return Err(Error::new(ErrorCode::AmountOutOfRange, message).at("value"));
    }
    Ok(())
}
