//! What each lot of a position has of what happens to it.

use std::collections::BTreeMap;

use wherewithal_base::{Result, num::Decimal};

use super::matching::Part;
use crate::ledger::term::NetWorthTerm;

/// The terms, and at the end what went in, in the currency of the position.
const FIGURES: usize = NetWorthTerm::ALL.len() + 1;

/// Amounts by term in the currency of all totals, and what went in in that of the position: each exact up to 28 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figures([Decimal; FIGURES]);

impl Figures {
    const NONE: Self = Self([Decimal::ZERO; FIGURES]);

    /// One amount.
    pub(super) fn of(term: NetWorthTerm, value: Decimal, went_in: Decimal) -> Self {
        let mut figures = Self::NONE;
        for (figure, one) in figures.0.iter_mut().zip(NetWorthTerm::ALL) {
            if one == term {
                *figure = value;
            }
        }
        let [.., last] = &mut figures.0;
        *last = went_in;
        figures
    }

    /// The amount of a term.
    pub(super) fn of_term(&self, term: NetWorthTerm) -> Decimal {
        let mut amounts = self.0.iter().zip(NetWorthTerm::ALL);
        amounts.find(|(_, one)| *one == term).map_or(Decimal::ZERO, |(amount, _)| *amount)
    }

    /// What went in, in the currency of the position.
    pub(super) fn went_in(&self) -> Decimal {
        let [.., last] = self.0;
        last
    }

    pub(super) fn is_none(&self) -> bool {
        self.0.iter().all(|figure| figure.is_zero())
    }

    /// Adds other figures times a number of units out of some.
    fn add(&mut self, other: &Self, units: Decimal, of: Decimal) -> Result<()> {
        for (figure, other) in self.0.iter_mut().zip(other.0).filter(|(_, other)| !other.is_zero()) {
            *figure = figure.plus(other.times(units)?.divided_by(of)?)?;
        }
        Ok(())
    }

    /// Adds what a unit got since the figures were other ones.
    fn add_since(&mut self, now: &Self, before: &Self, units: Decimal) -> Result<()> {
        for (figure, (now, before)) in self.0.iter_mut().zip(now.0.into_iter().zip(before.0)) {
            if now != before {
                *figure = figure.plus(now.minus(before)?.times(units)?)?;
            }
        }
        Ok(())
    }
}

/// A lot in a position.
#[derive(Debug, Clone, Copy)]
pub(super) struct InPosition {
    /// Units that it has now, negative if they are owed.
    units: Decimal,
    /// Units at the beginning of the period.
    pub(super) opening: Decimal,
    /// Units at its end.
    pub(super) closing: Decimal,
    pub(super) figures: Figures,
    /// Whether anything moved into it or out of it within the period.
    pub(super) moved: bool,
    /// What a unit had got when `figures` were last brought up to date.
    since: Figures,
}

/// The lots of a position while the days go by.
///
/// What concerns all shares that are held is added to what a unit gets, and a lot takes its part when its units change: so a
/// dividend costs no more on a thousand lots than on one.
pub(super) struct Shares {
    held: Decimal,
    unit: Figures,
    pub(super) lots: BTreeMap<usize, InPosition>,
    /// Lots that changed today, with the units that they had before.
    today: BTreeMap<usize, Decimal>,
    held_before_today: Decimal,
    /// What concerns the shares that are held today, where none were held before.
    waiting: Figures,
    /// The lots that were the last to be held before there were none.
    last: Vec<(usize, Decimal)>,
    /// What has come of them since.
    late: Figures,
    /// What came when there had never been any.
    pub(super) of_none: Figures,
}

impl Shares {
    pub(super) fn new() -> Self {
        Self {
            held: Decimal::ZERO,
            unit: Figures::NONE,
            lots: BTreeMap::new(),
            today: BTreeMap::new(),
            held_before_today: Decimal::ZERO,
            waiting: Figures::NONE,
            last: Vec::new(),
            late: Figures::NONE,
            of_none: Figures::NONE,
        }
    }

    /// Units of all lots: below zero if they are owed.
    pub(super) fn held(&self) -> Decimal {
        self.held
    }

    pub(super) fn begin_day(&mut self) {
        self.today.clear();
        self.held_before_today = self.held;
    }

    /// What concerns all shares that were held before today.
    pub(super) fn concern_all(&mut self, figures: &Figures) -> Result<()> {
        if self.held_before_today.is_zero() {
            return self.waiting.add(figures, Decimal::ONE, Decimal::ONE);
        }
        self.unit.add(figures, Decimal::ONE, self.held_before_today)
    }

    /// Units that come into lots, or leave them with `sign` below zero.
    pub(super) fn change(&mut self, parts: &[Part], sign: Decimal, is_in_period: bool) -> Result<()> {
        for part in parts {
            let units = part.units.times(sign)?;
            let lot = self.lots.entry(part.lot).or_insert_with(|| InPosition {
                units: Decimal::ZERO,
                opening: Decimal::ZERO,
                closing: Decimal::ZERO,
                figures: Figures::NONE,
                moved: false,
                since: self.unit,
            });
            lot.figures.add_since(&self.unit, &lot.since, lot.units)?;
            lot.since = self.unit;
            lot.moved |= is_in_period;
            self.today.entry(part.lot).or_insert(lot.units);
            lot.units = lot.units.plus(units)?;
            self.held = self.held.plus(units)?;
        }
        Ok(())
    }

    /// What concerns the shares that moved. The lots are those of a change.
    #[expect(clippy::expect_used, reason = "a change makes its lots known")]
    pub(super) fn concern(&mut self, parts: &[Part], figures: &Figures) -> Result<()> {
        let all = Decimal::sum(parts.iter().map(|part| part.units))?;
        for part in parts {
            let lot = self.lots.get_mut(&part.lot).expect("a lot that moved is known");
            lot.figures.add(figures, part.units, all)?;
        }
        Ok(())
    }

    /// Ends the day: what waited goes to the shares that are held now; without any, to those that were held last.
    pub(super) fn end_day(&mut self) -> Result<()> {
        let waiting = std::mem::replace(&mut self.waiting, Figures::NONE);
        if !waiting.is_none() {
            if !self.held.is_zero() {
                self.unit.add(&waiting, Decimal::ONE, self.held)?;
            } else if self.last.is_empty() {
                self.of_none.add(&waiting, Decimal::ONE, Decimal::ONE)?;
            } else {
                self.late.add(&waiting, Decimal::ONE, Decimal::ONE)?;
            }
        }
        if self.held.is_zero() && !self.held_before_today.is_zero() {
            self.give_late()?;
            self.last = self
                .today
                .iter()
                .filter(|(_, units)| !units.is_zero())
                .map(|(lot, units)| (*lot, *units))
                .collect();
        }
        Ok(())
    }

    /// Gives what came late to the lots that were held last.
    #[expect(clippy::expect_used, reason = "a lot that was held stays known")]
    fn give_late(&mut self) -> Result<()> {
        let late = std::mem::replace(&mut self.late, Figures::NONE);
        let all = Decimal::sum(self.last.iter().map(|(_, units)| *units))?;
        if late.is_none() {
            return Ok(());
        }
        for (lot, units) in &self.last {
            let lot = self.lots.get_mut(lot).expect("a lot that was held is known");
            lot.figures.add(&late, *units, all)?;
        }
        Ok(())
    }

    /// Notes what there is at the beginning of the period.
    pub(super) fn open(&mut self) {
        self.lots.values_mut().for_each(|lot| lot.opening = lot.units);
    }

    /// Notes what there is at its end, and brings all figures up to date.
    pub(super) fn close(&mut self) -> Result<()> {
        self.give_late()?;
        for lot in self.lots.values_mut() {
            lot.closing = lot.units;
            lot.figures.add_since(&self.unit, &lot.since, lot.units)?;
            lot.since = self.unit;
        }
        Ok(())
    }
}
