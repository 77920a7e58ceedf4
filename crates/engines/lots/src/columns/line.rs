//! The lots of a plain position, in the order in which they are sold.

use std::{cmp::Ordering, collections::VecDeque};

use crate::{
    engine::leading_cost,
    exact::{compare_quotients, narrow_proportion},
};

/// What units cost or bring: so much for so many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    amount: i64,
    units: i64,
}

impl Rate {
    /// An amount for so many units; without units, nothing is ever asked of it.
    pub(super) fn new(amount: i64, units: i64) -> Self {
        Self { amount, units }
    }

    /// A whole amount for one unit.
    pub(super) fn whole(amount: i64) -> Self {
        Self { amount, units: 1 }
    }

    /// What some of the units come to, rounded half to even.
    pub(super) fn of(self, units: i64) -> i64 {
        // Nearly all prices are whole amounts, and a product takes a tenth of the time of a quotient.
        if self.units == 1 { self.amount * units } else { narrow_proportion(self.amount, units, self.units) }
    }
}

/// A lot of which everything fits into 64 bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlainLot {
    /// Units that are left, and what they cost.
    pub(super) units: i64,
    pub(super) cost: i64,
    /// What units cost.
    pub(super) rate: Rate,
    /// The row of the purchase, and its day.
    pub(super) row: u32,
    pub(super) day: i32,
}

impl PlainLot {
    /// Takes units away, of which there are more, and returns what they cost: see `Holding::take`.
    pub(super) fn take(&mut self, units: i64) -> i64 {
        let left = self.units - units;
        let cost_of_left = self.rate.of(left);
        let taken = self.cost - cost_of_left;
        (self.units, self.cost) = (left, cost_of_left);
        taken
    }
}

/// The lots of a position.
pub(super) trait Line: Default {
    /// Adds a lot, bought after all others.
    fn push(&mut self, lot: PlainLot);

    /// The lot that is sold next.
    fn first(&mut self) -> Option<&mut PlainLot>;

    /// Drops that lot.
    fn drop_first(&mut self);

    /// What is left, in the order of acquisition.
    fn into_lots(self) -> impl Iterator<Item = PlainLot>;
}

/// The earliest, or the latest, is sold first.
#[derive(Debug, Default)]
pub(super) struct ByTime<const LATEST_FIRST: bool> {
    lots: VecDeque<PlainLot>,
}

impl<const LATEST_FIRST: bool> Line for ByTime<LATEST_FIRST> {
    fn push(&mut self, lot: PlainLot) {
        self.lots.push_back(lot);
    }

    fn first(&mut self) -> Option<&mut PlainLot> {
        if LATEST_FIRST { self.lots.back_mut() } else { self.lots.front_mut() }
    }

    fn drop_first(&mut self) {
        if LATEST_FIRST {
            self.lots.pop_back()
        } else {
            self.lots.pop_front()
        };
    }

    fn into_lots(self) -> impl Iterator<Item = PlainLot> {
        self.lots.into_iter()
    }
}

/// The one with the highest cost of a share, or the lowest, is sold first; of several, the earliest. A heap of which each
/// entry stands before the [`WIDTH`] below it.
#[derive(Debug, Default)]
pub(super) struct ByCost<const LOWEST_FIRST: bool> {
    heap: Vec<Entry>,
    lots: Vec<PlainLot>,
    /// Places of `lots` that are free.
    free: Vec<u32>,
    bought: u32,
}

/// Entries below each entry of the heap: its lower levels lie together in memory.
const WIDTH: usize = 4;

/// A lot in the heap: 16 bytes, of which nearly always the first eight decide.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The leading bits of the cost of a unit: if they differ, so do the costs.
    leading: i64,
    /// Which purchase of the position it is.
    number: u32,
    place: u32,
}

#[expect(
    clippy::indexing_slicing,
    reason = "the heap holds places of the list, and the loops stay within the heap"
)]
impl<const LOWEST_FIRST: bool> ByCost<LOWEST_FIRST> {
    /// Whether one entry is sold before another.
    fn is_before(&self, one: Entry, other: Entry) -> bool {
        if one.leading != other.leading {
            return one.leading > other.leading;
        }
        let [first, second] = [one, other].map(|entry| self.lots[entry.place as usize].rate);
        let by_cost = compare_quotients(
            signed::<LOWEST_FIRST>(second.amount).into(),
            second.units.into(),
            signed::<LOWEST_FIRST>(first.amount).into(),
            first.units.into(),
        );
        by_cost.then(one.number.cmp(&other.number)) == Ordering::Less
    }

    /// Moves the last entry up to its place.
    fn rise(&mut self) {
        let mut place = self.heap.len() - 1;
        let entry = self.heap[place];
        while place > 0 {
            let above = (place - 1) / WIDTH;
            if !self.is_before(entry, self.heap[above]) {
                break;
            }
            self.heap[place] = self.heap[above];
            place = above;
        }
        self.heap[place] = entry;
    }

    /// Puts an entry in the place of the first, and moves it down to its own. It was the last one, so it goes far: the
    /// best of each level moves up without a look at it, and then it rises.
    fn sink(&mut self, entry: Entry) {
        let mut place = 0;
        loop {
            let below = place * WIDTH + 1;
            if below >= self.heap.len() {
                break;
            }
            let mut best = below;
            for other in below + 1..(below + WIDTH).min(self.heap.len()) {
                if self.is_before(self.heap[other], self.heap[best]) {
                    best = other;
                }
            }
            self.heap[place] = self.heap[best];
            place = best;
        }
        while place > 0 {
            let above = (place - 1) / WIDTH;
            if !self.is_before(entry, self.heap[above]) {
                break;
            }
            self.heap[place] = self.heap[above];
            place = above;
        }
        self.heap[place] = entry;
    }
}

/// A cost by which the highest comes first.
fn signed<const LOWEST_FIRST: bool>(cost: i64) -> i64 {
    if LOWEST_FIRST { -cost } else { cost }
}

#[expect(clippy::indexing_slicing, reason = "the heap holds places of the list")]
impl<const LOWEST_FIRST: bool> Line for ByCost<LOWEST_FIRST> {
    #[expect(clippy::cast_possible_truncation, reason = "a table has fewer than 2^32 rows")]
    fn push(&mut self, lot: PlainLot) {
        let place = match self.free.pop() {
            Some(place) => {
                self.lots[place as usize] = lot;
                place
            }
            None => {
                self.lots.push(lot);
                (self.lots.len() - 1) as u32
            }
        };
        let leading = leading_cost(signed::<LOWEST_FIRST>(lot.rate.amount).into(), lot.rate.units.into());
        self.heap.push(Entry { leading, number: self.bought, place });
        self.bought += 1;
        self.rise();
    }

    fn first(&mut self) -> Option<&mut PlainLot> {
        let place = self.heap.first()?.place;
        Some(&mut self.lots[place as usize])
    }

    fn drop_first(&mut self) {
        let Some(last) = self.heap.pop() else { return };
        match self.heap.first() {
            None => self.free.push(last.place),
            Some(first) => {
                self.free.push(first.place);
                self.sink(last);
            }
        }
    }

    fn into_lots(mut self) -> impl Iterator<Item = PlainLot> {
        self.heap.sort_unstable_by_key(|entry| entry.number);
        self.heap.into_iter().map(move |entry| self.lots[entry.place as usize])
    }
}
