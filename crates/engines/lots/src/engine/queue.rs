//! The order in which the lots of a position are sold.

use std::{
    cmp::{Ordering, Reverse},
    collections::{BinaryHeap, VecDeque},
};

use wherewithal_base::{num::Decimal, order};

use super::{
    Lot,
    table::{Id, Table},
    term_queue::{Occasion, Preference, TermQueue},
};
use crate::{
    exact::compare_quotients,
    holding_period::LongTermRule,
    input::{GainTaxRates, LotMethod},
};

/// The lots of a position, in the order of a method.
///
/// A lot that is sold out or moved away stays until it comes to the front, where it is dropped: so a sale costs no more
/// than the logarithm of the number of lots, whatever else happened to them.
#[derive(Debug, Clone)]
pub(crate) enum Queue {
    /// By the day of acquisition.
    Time(TimeQueue),
    /// By the cost of a share.
    Cost { heap: BinaryHeap<ByCost>, lowest: bool },
    /// By the term at the sale, and the cost of a share.
    Term(TermQueue),
}

/// The order of acquisition: the day, then the event, then the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Acquired {
    day: i32,
    block: u32,
    part: u32,
    pub(super) lot: Id<Lot>,
}

impl Acquired {
    pub(crate) fn of(id: Id<Lot>, lot: &Lot) -> Self {
        Self { day: lot.acquired, block: lot.block.index(), part: lot.part, lot: id }
    }
}

/// Lots by the day of acquisition. Nearly all come in that order; only the others cost more than a place at the end.
#[derive(Debug, Clone, Default)]
pub(crate) struct TimeQueue {
    in_order: VecDeque<Acquired>,
    late: BinaryHeap<Late>,
    latest_first: bool,
}

/// A lot that came after others that were acquired later: the greatest is sold first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Late {
    acquired: Acquired,
    latest_first: bool,
}

impl PartialOrd for Late {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Late {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.acquired.cmp(&other.acquired);
        if self.latest_first { order } else { order.reverse() }
    }
}

/// A lot by the cost of a share: the greatest is sold first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByCost {
    pub(super) cost: i128,
    pub(super) units: i128,
    pub(super) acquired: Acquired,
    /// The leading bits of the cost of a unit: if they differ, so do the costs, and nothing else need be compared.
    leading: i64,
}

impl ByCost {
    pub(super) fn new(cost: i128, units: i128, acquired: Acquired) -> Self {
        Self { cost, units, acquired, leading: leading_cost(cost, units) }
    }
}

/// The leading bits of the cost of a unit.
///
/// Rounded down, the quotient keeps the order. Where it does not fit it stands at the end of the range, and so do all others
/// that do not fit, so the exact costs decide.
pub(crate) fn leading_cost(cost: i128, units: i128) -> i64 {
    let end = if cost < 0 { i64::MIN } else { i64::MAX };
    let shifted = cost.checked_mul(1 << LEADING_PLACES);
    match (shifted.map(i64::try_from), i64::try_from(units)) {
        (Some(Ok(cost)), Ok(units)) => cost.div_euclid(units),
        _ => shifted.and_then(|cost| i64::try_from(cost.div_euclid(units)).ok()).unwrap_or(end),
    }
}

/// Binary places of the leading bits of a cost.
const LEADING_PLACES: u32 = 20;

impl PartialEq for ByCost {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for ByCost {}

impl PartialOrd for ByCost {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ByCost {
    fn cmp(&self, other: &Self) -> Ordering {
        self.leading
            .cmp(&other.leading)
            .then_with(|| compare_quotients(self.cost, self.units, other.cost, other.units))
            .then_with(|| Reverse(self.acquired).cmp(&Reverse(other.acquired)))
    }
}

impl TimeQueue {
    fn push(&mut self, lot: Acquired) {
        match self.in_order.back() {
            Some(last) if *last > lot => {
                self.late.push(Late { acquired: lot, latest_first: self.latest_first });
            }
            _ => self.in_order.push_back(lot),
        }
    }

    /// Whether the next one is among the late ones.
    fn next_is_late(&self) -> bool {
        let in_order = if self.latest_first { self.in_order.back() } else { self.in_order.front() };
        match (in_order, self.late.peek()) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(in_order), Some(late)) => (late.acquired < *in_order) != self.latest_first,
        }
    }

    fn first(&self) -> Option<Acquired> {
        match (self.next_is_late(), self.latest_first) {
            (false, false) => self.in_order.front().copied(),
            (false, true) => self.in_order.back().copied(),
            (true, _) => self.late.peek().map(|late| late.acquired),
        }
    }

    /// All lots, whether anything is left of them or not.
    fn entries(&self) -> impl Iterator<Item = Acquired> {
        self.in_order.iter().copied().chain(self.late.iter().map(|late| late.acquired))
    }

    fn drop_first(&mut self) {
        match (self.next_is_late(), self.latest_first) {
            (false, false) => drop(self.in_order.pop_front()),
            (false, true) => drop(self.in_order.pop_back()),
            (true, _) => drop(self.late.pop()),
        }
    }
}

impl Queue {
    /// An empty queue. `rates` are required for a method that needs them.
    pub(crate) fn new(method: LotMethod, rates: Option<GainTaxRates>) -> Self {
        let by_time = |latest_first| Self::Time(TimeQueue { latest_first, ..TimeQueue::default() });
        match method {
            LotMethod::Fifo | LotMethod::AverageCost => by_time(false),
            LotMethod::Lifo => by_time(true),
            LotMethod::Hifo => Self::Cost { heap: BinaryHeap::new(), lowest: false },
            LotMethod::Lofo => Self::Cost { heap: BinaryHeap::new(), lowest: true },
            LotMethod::LongTermFirst => Self::Term(TermQueue::new(Preference::LongTermFirst)),
            LotMethod::MinimumTax => Self::Term(TermQueue::new(minimum_tax(rates))),
        }
    }

    /// Adds a lot. `rule` tells when it becomes long-term.
    pub(crate) fn push(&mut self, id: Id<Lot>, lot: &Lot, rule: LongTermRule) {
        let acquired = Acquired::of(id, lot);
        match self {
            Self::Time(queue) => queue.push(acquired),
            Self::Cost { heap, lowest } => {
                let cost = if *lowest { -lot.holding.whole_cost } else { lot.holding.whole_cost };
                heap.push(ByCost::new(cost, lot.holding.whole_units, acquired));
            }
            Self::Term(queue) => {
                let entry = ByCost::new(lot.holding.whole_cost, lot.holding.whole_units, acquired);
                queue.push(entry, lot.first_long_day(rule));
            }
        }
    }

    /// The lot that is sold next.
    pub(crate) fn first(&mut self, lots: &Table<Lot>, occasion: Occasion) -> Option<Id<Lot>> {
        loop {
            let lot = match self {
                Self::Term(queue) => return queue.first(lots, occasion),
                Self::Time(queue) => queue.first()?.lot,
                Self::Cost { heap, .. } => heap.peek()?.acquired.lot,
            };
            if lots[lot].holding.units > 0 {
                return Some(lot);
            }
            self.drop_first();
        }
    }

    /// Drops the lot that would be sold next.
    pub(crate) fn drop_first(&mut self) {
        match self {
            Self::Time(queue) => queue.drop_first(),
            Self::Cost { heap, .. } => {
                heap.pop();
            }
            Self::Term(queue) => queue.drop_first(),
        }
    }

    /// The lots that are left, in the order of acquisition.
    pub(crate) fn lots(&self, lots: &Table<Lot>) -> Vec<Id<Lot>> {
        let mut all: Vec<Acquired> = match self {
            Self::Time(queue) => queue.entries().collect(),
            Self::Cost { heap, .. } => heap.iter().map(|entry| entry.acquired).collect(),
            Self::Term(queue) => queue.entries().collect(),
        };
        if !all.is_sorted() {
            order::sort_by_key(&mut all, |entry| *entry);
        }
        all.dedup();
        all.into_iter().map(|entry| entry.lot).filter(|lot| lots[*lot].holding.units > 0).collect()
    }

    /// The same lots in this queue, which is empty.
    pub(crate) fn filled(mut self, from: &Self, lots: &Table<Lot>, rule: LongTermRule) -> Self {
        for lot in from.lots(lots) {
            self.push(lot, &lots[lot], rule);
        }
        self
    }
}

/// The rates in a common unit.
#[expect(clippy::expect_used, reason = "a book refuses the method without rates")]
fn minimum_tax(rates: Option<GainTaxRates>) -> Preference {
    let GainTaxRates { short_term, long_term } = rates.expect("the rules have tax rates");
    let places = short_term.scale().max(long_term.scale());
    let in_unit = |rate: Decimal| rate.mantissa() * 10i128.pow(places - rate.scale());
    Preference::MinimumTax { short_rate: in_unit(short_term), long_rate: in_unit(long_term) }
}
