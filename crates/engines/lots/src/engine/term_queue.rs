//! Lots by what their sale costs in tax.

use std::{
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
};

use super::{
    Lot,
    queue::{Acquired, ByCost},
    table::{Id, Table},
};
use crate::{exact::Wide, holding_period::HoldingTerm};

/// The order of two kinds of lots, short-term and long-term; of each kind, the highest cost comes first.
///
/// A lot begins among the short-term ones, and moves when its day comes, so that a sale costs the logarithm of the number of
/// lots although the terms of lots depend on its day.
#[derive(Debug, Clone)]
pub(crate) struct TermQueue {
    /// With the first day on which each is long-term: from then on it counts among the others.
    short: BinaryHeap<(ByCost, i32)>,
    long: BinaryHeap<ByCost>,
    /// The short-term lots by the first day on which they are long-term.
    ripening: BinaryHeap<Reverse<(i32, Acquired)>>,
    preference: Preference,
    /// Of which kind the first one was when it was asked for.
    first: HoldingTerm,
}

/// Which kind comes first.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Preference {
    LongTermFirst,
    /// What costs less, at rates in a common unit.
    MinimumTax {
        short_rate: i128,
        long_rate: i128,
    },
}

/// What the tax of a sale depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occasion {
    pub(crate) day: i32,
    /// What so many units bring.
    pub(crate) proceeds: i128,
    pub(crate) units: i128,
}

impl TermQueue {
    pub(crate) fn new(preference: Preference) -> Self {
        Self {
            short: BinaryHeap::new(),
            long: BinaryHeap::new(),
            ripening: BinaryHeap::new(),
            preference,
            first: HoldingTerm::Short,
        }
    }

    pub(crate) fn push(&mut self, entry: ByCost, first_long_day: i32) {
        self.ripening.push(Reverse((first_long_day, entry.acquired)));
        self.short.push((entry, first_long_day));
    }

    /// All lots, whether anything is left of them or not, some of them twice.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Acquired> {
        self.short.iter().map(|(entry, _)| entry).chain(&self.long).map(|entry| entry.acquired)
    }

    /// The lot that is sold next.
    pub(crate) fn first(&mut self, lots: &Table<Lot>, occasion: Occasion) -> Option<Id<Lot>> {
        while let Some(Reverse((day, acquired))) = self.ripening.peek().copied()
            && day <= occasion.day
        {
            // A lot that was put back is there twice.
            while self.ripening.peek() == Some(&Reverse((day, acquired))) {
                self.ripening.pop();
            }
            let holding = lots[acquired.lot].holding;
            if holding.units > 0 {
                self.long.push(ByCost::new(holding.whole_cost, holding.whole_units, acquired));
            }
        }
        let is_empty = |entry: &ByCost| lots[entry.acquired.lot].holding.units == 0;
        while self.short.peek().is_some_and(|(entry, day)| *day <= occasion.day || is_empty(entry)) {
            self.short.pop();
        }
        while self.long.peek().is_some_and(is_empty) {
            self.long.pop();
        }
        let (lot, term) = match (self.short.peek(), self.long.peek()) {
            (None, None) => return None,
            (Some((short, _)), None) => (short.acquired.lot, HoldingTerm::Short),
            (None, Some(long)) => (long.acquired.lot, HoldingTerm::Long),
            (Some((short, _)), Some(long)) if self.short_comes_first(short, long, occasion) => {
                (short.acquired.lot, HoldingTerm::Short)
            }
            (Some(_), Some(long)) => (long.acquired.lot, HoldingTerm::Long),
        };
        self.first = term;
        Some(lot)
    }

    /// Drops the lot that was the first.
    pub(crate) fn drop_first(&mut self) {
        match self.first {
            HoldingTerm::Short => {
                self.short.pop();
            }
            HoldingTerm::Long | HoldingTerm::SixtyForty => {
                self.long.pop();
            }
        }
    }

    fn short_comes_first(&self, short: &ByCost, long: &ByCost, occasion: Occasion) -> bool {
        let Preference::MinimumTax { short_rate, long_rate } = self.preference else { return false };
        // The tax of a unit is the rate times (proceeds / units − cost / its units). Multiplied by all denominators:
        let tax = |rate: i128, lot: &ByCost, other: &ByCost| {
            let proceeds = Wide::of(occasion.proceeds).times(lot.units);
            let gain = proceeds.minus(&Wide::of(lot.cost).times(occasion.units));
            gain.times(rate).times(other.units)
        };
        match tax(short_rate, short, long).compare(&tax(long_rate, long, short)) {
            Ordering::Less => true,
            Ordering::Equal => short.acquired < long.acquired,
            Ordering::Greater => false,
        }
    }
}
