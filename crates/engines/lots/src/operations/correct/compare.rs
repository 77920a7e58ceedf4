//! What differs between two books, year by year.

use wherewithal_base::{Result, control::Control, order};

use super::{CorrectedDisposal, CorrectedDistributionGain, CorrectedYear, Dated};
use crate::{
    engine::{Book, Id, Lot},
    input::Jurisdiction,
    output::{DistributionGainRow, LotBook, LotDisposal, LotYear, empty_year},
};

/// A book, and where its events stand in the history as it was.
pub(super) struct Side<'a> {
    pub(super) book: &'a Book,
    pub(super) report: &'a LotBook,
    /// For each event, its place in the history as it was, if it has one; absent for that history itself.
    pub(super) origins: Option<&'a [Option<u32>]>,
}

/// An event in both books: one of the history as it was, or a new one.
type EventKey = (bool, u32);
/// A row in both books: its event, and its lot (the event and the part).
type RowKey = (EventKey, EventKey, u32);

/// Rows of a book, each with its key.
struct Rows<'a, T> {
    keys: Vec<RowKey>,
    rows: Vec<&'a T>,
}

impl<'a, T> Rows<'a, T> {
    fn of(rows: impl Iterator<Item = (RowKey, &'a T)>) -> Self {
        let (keys, rows) = rows.unzip();
        Self { keys, rows }
    }
}

/// The places of the rows that are the same before and after, as far as there are both: those of one key stand for each other
/// in their order.
fn paired(before: &[RowKey], after: &[RowKey]) -> Vec<(Option<usize>, Option<usize>)> {
    let [before, after] = [before, after].map(numbered);
    let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
    let mut pairs = Vec::new();
    while let Some(least) = before.peek().into_iter().chain(after.peek()).map(|(key, _)| *key).min() {
        let next = |rows: &mut Numbered| rows.next_if(|(key, _)| *key == least).map(|(_, place)| place);
        pairs.push((next(&mut before), next(&mut after)));
    }
    pairs
}

type Numbered = std::iter::Peekable<std::vec::IntoIter<((RowKey, u32), usize)>>;

/// Keys in their order, each with its number among the same ones, and its place.
fn numbered(keys: &[RowKey]) -> Vec<((RowKey, u32), usize)> {
    let mut places: Vec<(RowKey, usize)> = keys.iter().copied().zip(0..).collect();
    order::sort_by_key(&mut places, |entry| *entry);
    let same = places.chunk_by(|(one, _), (other, _)| one == other);
    same.flat_map(|same| same.iter().zip(0..).map(|((key, place), number)| ((*key, number), *place)))
        .collect()
}

impl Side<'_> {
    fn event(&self, event: u32) -> EventKey {
        match self.origins {
            None => (false, event),
            Some(origins) => match origins.get(event as usize).copied().flatten() {
                Some(origin) => (false, origin),
                None => (true, event),
            },
        }
    }

    fn key(&self, event: u32, lot: Id<Lot>) -> RowKey {
        let lot = &self.book.lots[lot];
        (self.event(event), self.event(self.book.blocks[lot.block].event), lot.part)
    }

    /// The sales in taxable accounts.
    fn disposals(&self) -> Rows<'_, LotDisposal> {
        // The report leaves rows out of which a later purchase took all shares over.
        let told = self.book.disposals.iter().filter(|disposal| disposal.units > 0);
        let rows = told.zip(&self.report.disposals).filter(|(_, row)| row.taxable);
        Rows::of(rows.map(|(disposal, row)| (self.key(disposal.event, disposal.lot), row)))
    }

    /// The gains on distributions in taxable accounts.
    fn distribution_gains(&self) -> Rows<'_, DistributionGainRow> {
        let gains = self.book.distribution_gains.iter();
        let taxable = gains.filter(|gain| self.book.is_taxable(self.book.lots[gain.lot].position));
        let rows = taxable.zip(&self.report.distribution_gains);
        Rows::of(rows.map(|(gain, row)| (self.key(gain.event, gain.lot), row)))
    }

    fn year(&self, year: i32) -> Result<LotYear> {
        let found = self.report.years.iter().find(|row| row.year == year);
        found.cloned().map_or_else(|| empty_year(self.book, year), Ok)
    }
}

/// A row before and after.
type Pair<'a, T> = (Option<&'a T>, Option<&'a T>);

/// The rows that are not the same in both, each with a tax year that it is in, in the order of those.
fn differences<'a, T: Dated>(
    jurisdiction: Jurisdiction,
    before: &Rows<'a, T>,
    after: &Rows<'a, T>,
    is_same: impl Fn(&T, &T) -> bool,
) -> Vec<(i32, Pair<'a, T>)> {
    let mut years: Vec<(i32, Pair<'a, T>)> = Vec::new();
    for (old, new) in paired(&before.keys, &after.keys) {
        let row =
            |rows: &Rows<'a, T>, place: Option<usize>| place.and_then(|place| rows.rows.get(place)).copied();
        let (old, new) = (row(before, old), row(after, new));
        if let (Some(old), Some(new)) = (old, new)
            && is_same(old, new)
        {
            continue;
        }
        let [first, second] = [old, new].map(|row| row.map(|row| jurisdiction.tax_year(row.date())));
        let second = second.filter(|_| second != first);
        years.extend(first.into_iter().chain(second).map(|year| (year, (old, new))));
    }
    order::sort_by_key(&mut years, |(year, _)| *year);
    years
}

/// The years that differ.
pub(super) fn years(before: &Side<'_>, after: &Side<'_>, control: &Control) -> Result<Vec<CorrectedYear>> {
    // Places in the list may have moved, and with them the names of lots.
    let old = before.disposals();
    control.check()?;
    let new = after.disposals();
    control.check()?;
    // Both books have the same rules.
    let jurisdiction = before.book.rules.jurisdiction;
    let disposals = differences(jurisdiction, &old, &new, |old, new| {
        *old == LotDisposal { event: old.event, lot: old.lot.clone(), ..new.clone() }
    });
    let (old, new) = (before.distribution_gains(), after.distribution_gains());
    let gains = differences(jurisdiction, &old, &new, |old, new| {
        *old == DistributionGainRow { event: old.event, lot: old.lot.clone(), ..new.clone() }
    });
    let all = before.report.years.iter().chain(&after.report.years).map(|row| row.year);
    let of_rows = disposals.iter().map(|(year, _)| *year).chain(gains.iter().map(|(year, _)| *year));
    let mut all: Vec<i32> = all.chain(of_rows).collect();
    order::sort_by_key(&mut all, |year| *year);
    all.dedup();
    let (mut disposals, mut gains) = (disposals.into_iter().peekable(), gains.into_iter().peekable());
    let mut years = Vec::new();
    for year in all {
        control.check()?;
        let disposals = std::iter::from_fn(|| disposals.next_if(|(of, _)| *of == year));
        let disposals: Vec<CorrectedDisposal> = disposals
            .map(|(_, (old, new))| CorrectedDisposal { before: old.cloned(), after: new.cloned() })
            .collect();
        let gains = std::iter::from_fn(|| gains.next_if(|(of, _)| *of == year));
        let distribution_gains: Vec<CorrectedDistributionGain> = gains
            .map(|(_, (old, new))| CorrectedDistributionGain { before: old.cloned(), after: new.cloned() })
            .collect();
        let (old, new) = (before.year(year)?, after.year(year)?);
        if old != new || !disposals.is_empty() || !distribution_gains.is_empty() {
            years.push(CorrectedYear { before: old, after: new, disposals, distribution_gains });
        }
    }
    Ok(years)
}
