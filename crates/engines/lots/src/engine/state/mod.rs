//! The state of a book, which goes out of it and into another.
//!
//! Written is what a later event can change or need: lots, by the order of their purchases; what waits for 30 days; and what
//! cannot be told from these. Sums, and the orders in which lots are sold, are made anew when a state is read. As a state
//! comes from outside, everything in it is checked, and what contradicts something else in it is refused.

mod read;
#[cfg(test)]
pub(super) mod tests;
mod units;
mod waiting;
mod write;

pub(crate) use read::MOST_EVENTS;
pub(super) use units::{amount_of, holding_of, inconsistent, whole_told};

use super::{Block, Book, Id, wash_sale::WINDOW};

/// The version of the form.
const VERSION: u32 = 1;

/// What a book that was read from a state knows of the time before.
#[derive(Debug, Clone, Default)]
pub(super) struct Past {
    /// The places, among all disposals, of those that can still change. They are the first in the list of the book.
    waiting: Vec<u32>,
    /// How many disposals there were.
    disposals: u32,
    /// How many parts are gone of purchases of which some are.
    parts: Vec<(Id<Block>, u32)>,
}

impl Book {
    /// The place of a disposal of the book among all that there were.
    pub(crate) fn place_of(&self, disposal: usize) -> u32 {
        let Past { waiting, disposals, .. } = &self.past;
        match waiting.get(disposal) {
            Some(place) => *place,
            None => u32::try_from(disposal - waiting.len()).unwrap_or(u32::MAX).saturating_add(*disposals),
        }
    }

    /// How many parts of a purchase are gone.
    pub(super) fn parts_gone(&self, block: Id<Block>) -> u32 {
        let parts = &self.past.parts;
        let place = parts.binary_search_by_key(&block, |(block, _)| *block);
        place.ok().and_then(|place| parts.get(place)).map_or(0, |(_, gone)| *gone)
    }

    /// The first day whose sales and purchases later events can still concern.
    fn first_of_window(&self) -> i32 {
        self.last_day.saturating_sub(WINDOW)
    }
}
