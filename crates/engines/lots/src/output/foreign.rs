//! Amounts in the currencies of securities.

use wherewithal_base::{Result, money::Currency, num::Decimal};

use super::{ForeignAmount, ForeignGain, money};
use crate::engine::{Book, GainParts, Id, Position};

/// An amount of a position in its own currency; `None` if that is the book's.
pub(crate) fn foreign_amount(
    book: &Book,
    position: Id<Position>,
    amount: Option<i128>,
) -> Result<Option<ForeignAmount>> {
    let (Some(currency), Some(amount)) = (book.currency_of(position), amount) else { return Ok(None) };
    Ok(Some(ForeignAmount { currency, amount: foreign_money(book, currency, amount)? }))
}

/// An amount in the smallest unit of a currency.
fn foreign_money(book: &Book, currency: Currency, amount: i128) -> Result<Decimal> {
    Decimal::from_i128(amount, book.places_of(currency)?)
}

/// A gain of a position in parts.
pub(crate) fn foreign_gain(
    book: &Book,
    position: Id<Position>,
    (proceeds, cost): (i128, i128),
    parts: GainParts,
) -> Result<Option<ForeignGain>> {
    let Some(currency) = book.currency_of(position) else { return Ok(None) };
    Ok(Some(ForeignGain {
        currency,
        proceeds: foreign_money(book, currency, proceeds)?,
        cost: foreign_money(book, currency, cost)?,
        price_part: money(book, parts.price)?,
        currency_part: money(book, parts.currency)?,
        cross_part: money(book, parts.cross)?,
    }))
}
