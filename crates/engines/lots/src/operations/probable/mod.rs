//! Losses that may not count although the figures of a book let them.
//!
//! A finished book is looked through once more, without a change to it: losses and what may stand against them are matched
//! in their order, after all that the book disallows for certain. Shares are compared as they are on the later of the two days.

mod candidates;
mod delivered;
mod matching;

use wherewithal_base::{
    Result,
    control::{Control, Work},
    dates::Date,
};

use crate::{
    engine::Book,
    exact::{proportion, shares_of},
    input::{Jurisdiction, LotEvent},
    output::{ProbableWashSale, ProbableWashSaleReason, account_id, lot_id, money},
};
use candidates::{Loss, Pool};
use matching::{Found, matches};

/// The losses of the book of a history that may not count, by reason and in the order of the sales.
pub(crate) fn probable_wash_sales(
    book: &Book,
    events: &[LotEvent],
    control: &Control,
) -> Result<Vec<ProbableWashSale>> {
    if book.rules.jurisdiction != Jurisdiction::UnitedStates {
        return Ok(Vec::new());
    }
    let mut work = Work::under(control);
    let mut rows = Vec::new();
    let reasons = [
        (ProbableWashSaleReason::ProbablyIdentical, false),
        (ProbableWashSaleReason::SoldAroundClosing, true),
    ];
    for (reason, of_closings) in reasons {
        let Some(pool) = Pool::of(book, events, of_closings, &mut work)? else { continue };
        for (loss, found) in matches(book, pool, &mut work)? {
            rows.extend(self::rows(book, reason, &loss, &found)?);
        }
    }
    for (loss, found) in delivered::matches(book, events, &mut work)? {
        rows.extend(self::rows(book, ProbableWashSaleReason::LeftBeforeClosing, &loss, &found)?);
    }
    Ok(rows)
}

/// The rows of a loss, whose parts add up to what is left of it.
fn rows(
    book: &Book,
    reason: ProbableWashSaleReason,
    loss: &Loss,
    found: &[Found],
) -> Result<Vec<ProbableWashSale>> {
    let disposal = book.disposal(loss.disposal);
    let (whole, mut given, mut done) = (-disposal.result(), disposal.disallowed, loss.certain);
    let mut rows = Vec::new();
    for found in found {
        done += found.of_loss;
        let up_to_here = proportion(whole, done, loss.atoms)?;
        let amount = (up_to_here - given).max(0);
        given += amount;
        rows.push(row(book, reason, loss.disposal, found, amount)?);
    }
    Ok(rows)
}

fn row(
    book: &Book,
    reason: ProbableWashSaleReason,
    disposal: usize,
    found: &Found,
    amount: i128,
) -> Result<ProbableWashSale> {
    let position = &book.positions[book.lots[found.lot].position];
    Ok(ProbableWashSale {
        reason,
        disposal: u32::try_from(disposal).unwrap_or(u32::MAX),
        lot: lot_id(book, found.lot),
        account: account_id(book, position),
        security: book.securities[found.security].id.clone(),
        date: Date::from_day_number(found.day)?,
        quantity: shares_of(found.atoms)?,
        loss: money(book, amount)?,
        permanent: !book.is_taxed(position.account),
    })
}
