//! What an event changes.

use wherewithal_base::{
    Result,
    control::{Control, Work},
    order,
};

use super::{Book, Id, Lot, Position, distinct};
use crate::{
    input::LotEvent,
    output::{LotBook, LotChanges, changes, report},
};

/// What is taken down while an event takes effect.
#[derive(Debug, Clone, Default)]
pub(super) struct Touched {
    lots: Vec<Id<Lot>>,
    /// Positions whose lots change together, though none is named.
    positions: Vec<Id<Position>>,
    /// Disposals of earlier events.
    disposals: Vec<usize>,
}

/// The lengths of the lists of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) disposals: usize,
    pub(crate) washes: usize,
    pub(crate) distribution_gains: usize,
    pub(crate) departures: usize,
}

/// What an event changed.
#[derive(Debug)]
pub(crate) struct Changed {
    /// Lots, whether anything is left of them or not.
    pub(crate) lots: Vec<Id<Lot>>,
    /// Places of disposals, old and new, in their order.
    pub(crate) disposals: Vec<usize>,
    /// How many rows there were before it: what lies behind them is new.
    pub(crate) before: Rows,
}

impl Book {
    /// Applies an event like [`apply`](Self::apply), and tells what it changed: the rows of
    /// [`report`](Self::report) that are new or other than before. It looks at no others, so in a position with a method that
    /// selects single lots it takes no longer in a large book than in a small one.
    ///
    /// In the United Kingdom and in Canada, what waits for later events comes with the events that decide it.
    ///
    /// # Errors
    /// Those of [`apply`](Self::apply).
    pub fn append(&mut self, index: u32, event: &LotEvent) -> Result<LotChanges> {
        self.tell(&Control::default(), |book| book.apply(index, event))
    }

    /// Applies events, and tells what they changed.
    pub(crate) fn tell(
        &mut self,
        control: &Control,
        apply: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<LotChanges> {
        let before = self.rows();
        self.touched = Some(Touched::default());
        let applied = apply(self);
        let touched = self.touched.take().unwrap_or_default();
        applied?;
        let of_lots = touched.lots.iter().map(|lot| self.lots[*lot].position);
        let positions = of_lots
            .filter(|position| self.positions[*position].is_averaged() || self.rules.jurisdiction.pools())
            .chain(touched.positions);
        let of_positions = distinct(positions)
            .into_iter()
            .flat_map(|position| self.positions[position].all_lots(&self.lots));
        let lots = distinct(touched.lots.iter().copied().chain(of_positions));
        let mut disposals = touched.disposals;
        disposals.extend(before.disposals..self.disposals.len());
        order::sort_by_key(&mut disposals, |place| *place);
        disposals.dedup();
        changes(self, &Changed { lots, disposals, before }, &mut Work::under(control))
    }

    /// How many rows there are.
    fn rows(&self) -> Rows {
        Rows {
            disposals: self.disposals.len(),
            washes: self.washes.len(),
            distribution_gains: self.distribution_gains.len(),
            departures: self.departures.len(),
        }
    }

    /// Everything that the book tells, as if no more events came, but for `probable_wash_sales`: those need the events, so
    /// [`book`](crate::book) alone tells them.
    ///
    /// Of a book from a state, `lots` and `short_positions` are all that there are; the other rows, and the totals of the
    /// years, are those of the events since, and of earlier disposals that they could still change. The places of disposals
    /// in `wash_sales` count from the beginning.
    ///
    /// # Errors
    /// `decimal.overflow`.
    pub fn report(&self) -> Result<LotBook> {
        if !self.rules.jurisdiction.pools() {
            return report(self);
        }
        let mut finished = self.clone();
        finished.finish()?;
        report(&finished)
    }

    /// Takes down that a lot changed.
    pub(super) fn touch(&mut self, lot: Id<Lot>) {
        if let Some(touched) = &mut self.touched {
            touched.lots.push(lot);
        }
    }

    /// Takes down that all lots of a position may have changed.
    pub(super) fn touch_position(&mut self, position: Id<Position>) {
        if let Some(touched) = &mut self.touched {
            touched.positions.push(position);
        }
    }

    /// Takes down that a disposal changed.
    pub(super) fn touch_disposal(&mut self, disposal: usize) {
        if let Some(touched) = &mut self.touched {
            touched.disposals.push(disposal);
        }
    }
}
