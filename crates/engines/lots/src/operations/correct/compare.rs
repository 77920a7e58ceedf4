//! What differs between two books, year by year.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{Result, control::Control};

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
/// A row in both books: its event, its lot (the event and the part), and its number among those of the same.
type RowKey = (EventKey, EventKey, u32, u32);

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

    fn key(&self, event: u32, lot: Id<Lot>, seen: &mut BTreeMap<RowKey, u32>) -> RowKey {
        let lot = &self.book.lots[lot];
        let first = (self.event(event), self.event(self.book.blocks[lot.block].event), lot.part, 0);
        let number = seen.entry(first).or_insert(0);
        *number += 1;
        (first.0, first.1, first.2, *number)
    }

    /// The sales in taxable accounts.
    fn disposals(&self) -> BTreeMap<RowKey, &LotDisposal> {
        let mut seen = BTreeMap::new();
        // The report leaves rows out of which a later purchase took all shares over.
        let told = self.book.disposals.iter().filter(|disposal| disposal.units > 0);
        let rows = told.zip(&self.report.disposals);
        rows.filter(|(_, row)| row.taxable)
            .map(|(disposal, row)| (self.key(disposal.event, disposal.lot, &mut seen), row))
            .collect()
    }

    /// The gains on distributions in taxable accounts.
    fn distribution_gains(&self) -> BTreeMap<RowKey, &DistributionGainRow> {
        let mut seen = BTreeMap::new();
        let gains = self.book.distribution_gains.iter();
        let taxable = gains.filter(|gain| self.book.is_taxable(self.book.lots[gain.lot].position));
        taxable
            .zip(&self.report.distribution_gains)
            .map(|(gain, row)| (self.key(gain.event, gain.lot, &mut seen), row))
            .collect()
    }

    fn year(&self, year: i32) -> Result<LotYear> {
        let found = self.report.years.iter().find(|row| row.year == year);
        found.cloned().map_or_else(|| empty_year(self.book, year), Ok)
    }
}

/// A row before and after.
type Pair<'a, T> = (Option<&'a T>, Option<&'a T>);

/// The rows that are not the same in both, by the tax years that they are in.
fn differences<'a, T: Dated>(
    jurisdiction: Jurisdiction,
    before: BTreeMap<RowKey, &'a T>,
    after: BTreeMap<RowKey, &'a T>,
    is_same: impl Fn(&T, &T) -> bool,
) -> BTreeMap<i32, Vec<Pair<'a, T>>> {
    let mut pairs: BTreeMap<RowKey, Pair<'a, T>> =
        before.into_iter().map(|(key, row)| (key, (Some(row), None))).collect();
    for (key, row) in after {
        pairs.entry(key).or_default().1 = Some(row);
    }
    let mut years: BTreeMap<i32, Vec<Pair<'a, T>>> = BTreeMap::new();
    for pair in pairs.into_values() {
        if let (Some(before), Some(after)) = pair
            && is_same(before, after)
        {
            continue;
        }
        let rows = [pair.0, pair.1].into_iter().flatten();
        let of: BTreeSet<i32> = rows.map(|row| jurisdiction.tax_year(row.date())).collect();
        for year in of {
            years.entry(year).or_default().push(pair);
        }
    }
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
    let mut disposals = differences(jurisdiction, old, new, |old, new| {
        *old == LotDisposal { event: old.event, lot: old.lot.clone(), ..new.clone() }
    });
    let (old, new) = (before.distribution_gains(), after.distribution_gains());
    let mut gains = differences(jurisdiction, old, new, |old, new| {
        *old == DistributionGainRow { event: old.event, lot: old.lot.clone(), ..new.clone() }
    });
    let all = before.report.years.iter().chain(&after.report.years).map(|row| row.year);
    let all: BTreeSet<i32> = all.chain(disposals.keys().copied()).chain(gains.keys().copied()).collect();
    let mut years = Vec::new();
    for year in all {
        control.check()?;
        let disposals = disposals.remove(&year).unwrap_or_default();
        let gains = gains.remove(&year).unwrap_or_default();
        let (old, new) = (before.year(year)?, after.year(year)?);
        if old == new && disposals.is_empty() && gains.is_empty() {
            continue;
        }
        years.push(CorrectedYear {
            before: old,
            after: new,
            disposals: disposals
                .into_iter()
                .map(|(before, after)| CorrectedDisposal { before: before.cloned(), after: after.cloned() })
                .collect(),
            distribution_gains: gains
                .into_iter()
                .map(|(before, after)| CorrectedDistributionGain {
                    before: before.cloned(),
                    after: after.cloned(),
                })
                .collect(),
        });
    }
    Ok(years)
}
