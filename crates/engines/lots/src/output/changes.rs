//! From what an event changed to rows.

use wherewithal_base::{Result, control::Work, order, wire::Wire};

use super::{
    DistributionGainRow, GivenShares, LotDisposal, OpenLot, ShortPosition, WashSale,
    report::{
        disposal_row, distribution_gains_from, given_from, lot_id, open_lot, short_position, wash_sale_row,
    },
};
use crate::{
    engine::{Book, Changed, Id, Lot},
    names::Places,
};

/// What events changed in a book.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotChanges {
    /// Lots that are new or other than before, as they are now, by account, security and day of acquisition.
    pub lots: Vec<OpenLot>,
    /// What is sold short and new or other than before, as it is now.
    pub short_positions: Vec<ShortPosition>,
    /// The ids of lots, held or sold short, of which nothing is left.
    pub closed: Vec<String>,
    /// Disposals that are new or other than before.
    pub disposals: Vec<ChangedDisposal>,
    /// New losses that wash sales disallow.
    pub wash_sales: Vec<WashSale>,
    /// New distributions above the basis of a lot.
    pub distribution_gains: Vec<DistributionGainRow>,
    /// New rows of what was given away.
    pub given: Vec<GivenShares>,
}

/// A disposal that is new or other than before.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ChangedDisposal {
    /// Its place among all disposals, counted from 0.
    pub place: u32,
    /// The disposal. In the United Kingdom, its quantity is zero if a later purchase took all its shares over.
    pub disposal: LotDisposal,
}

/// Units of work of a row.
const ROW: usize = 16;

/// The rows of what changed.
pub(crate) fn changes(book: &Book, changed: &Changed, work: &mut Work<'_, '_>) -> Result<LotChanges> {
    let mut open: Vec<Id<Lot>> =
        changed.lots.iter().copied().filter(|lot| book.lots[*lot].holding.units > 0).collect();
    order::sort_by_key(&mut open, |id| {
        let lot = &book.lots[*id];
        let position = &book.positions[lot.position];
        let security = &book.securities[position.security].id;
        (position.account, security, lot.acquired, lot.block.index(), lot.part)
    });
    let (short, held): (Vec<_>, Vec<_>) = open.iter().partition(|lot| book.lots[**lot].is_short);
    // A lot that moved keeps its id elsewhere.
    let kept = ids(book, open.iter(), work)?;
    let kept = Places::of(kept.iter().map(String::as_str));
    let gone = changed.lots.iter().filter(|lot| book.lots[**lot].holding.units == 0);
    let mut closed = ids(book, gone, work)?;
    closed.retain(|id| kept.get(id).is_none());
    order::sort_by(&mut closed, String::cmp);
    closed.dedup();
    let disposals = changed.disposals.iter().filter(|place| **place < book.disposals.len());
    let disposal = |place: &usize| {
        Ok(ChangedDisposal { place: book.place_of(*place), disposal: disposal_row(book, *place)? })
    };
    Ok(LotChanges {
        lots: open_lots(book, &held, work)?,
        short_positions: rows(short, work, |lot| short_position(book, lot, book.own_cost_abroad(lot)))?,
        closed,
        disposals: rows(disposals, work, disposal)?,
        wash_sales: rows(changed.before.washes..book.washes.len(), work, |place| wash_sale_row(book, place))?,
        distribution_gains: distribution_gains_from(book, changed.before.distribution_gains)?,
        given: given_from(book, changed.before.departures)?,
    })
}

/// The ids of lots.
fn ids<'a>(
    book: &Book,
    lots: impl Iterator<Item = &'a Id<Lot>>,
    work: &mut Work<'_, '_>,
) -> Result<Vec<String>> {
    rows(lots, work, |lot| Ok(lot_id(book, *lot)))
}

/// A row of each.
fn rows<T, R>(
    all: impl IntoIterator<Item = T>,
    work: &mut Work<'_, '_>,
    row: impl Fn(T) -> Result<R>,
) -> Result<Vec<R>> {
    let counted = |one| work.done(ROW).and_then(|()| row(one));
    all.into_iter().map(counted).collect()
}

/// Lots in the order of their positions. Of one with an average cost, all lots are there.
fn open_lots(book: &Book, lots: &[Id<Lot>], work: &mut Work<'_, '_>) -> Result<Vec<OpenLot>> {
    let mut rows = Vec::new();
    for of_position in lots.chunk_by(|one, other| book.lots[*one].position == book.lots[*other].position) {
        let Some(position) = of_position.first().map(|lot| book.lots[*lot].position) else { continue };
        let costs = if book.positions[position].is_averaged() {
            book.average_shares(position, of_position)?
        } else {
            of_position.iter().map(|lot| (*lot, book.lots[*lot].holding.cost)).collect()
        };
        let abroad = book.costs_abroad_of(position, of_position)?;
        for ((lot, cost), abroad) in costs.into_iter().zip(abroad) {
            work.done(ROW)?;
            rows.push(open_lot(book, lot, cost, abroad)?);
        }
    }
    Ok(rows)
}
