//! Losses of shares that closed a short sale, and what was bought around that sale and left before the closing.
//!
//! Such a loss counts as of the day of the short sale (Reg. 1.1091-1(g)), and is known at the closing. What was bought within 30
//! days of that day was acquired within the window (IRC 1091(a)), but what left in between has no basis that could rise.

use wherewithal_base::{Result, control::Work, order};

use super::{
    candidates::{Candidate, Departure, Loss, Sources},
    matching::{Found, WINDOW, take},
};
use crate::{
    engine::{Block, Book, Family, Id, OfEach},
    input::LotEvent,
};

/// Shares of a purchase that left.
#[derive(Clone)]
struct Left {
    purchase: Candidate,
    block: Id<Block>,
    /// The day on which they did.
    day: i32,
}

/// What left in a family, in the order of the purchases and then of the days.
struct Row {
    list: Vec<Left>,
    /// For the entries that left so far and are not used up, their days: a tree whose leaves are the entries, and whose other
    /// nodes have the greatest of the two below.
    days: Vec<i32>,
}

/// The day of what did not leave yet, or is used up.
const NEVER: i32 = i32::MIN;

impl Row {
    fn new(list: Vec<Left>) -> Self {
        let leaves = list.len().next_power_of_two();
        Self { days: vec![NEVER; 2 * leaves], list }
    }

    /// Gives an entry a day.
    #[expect(clippy::indexing_slicing, reason = "nodes below half of the tree have two below them")]
    fn set(&mut self, place: usize, day: i32) {
        let mut node = self.days.len() / 2 + place;
        self.days[node] = day;
        while node > 1 {
            node /= 2;
            self.days[node] = self.days[2 * node].max(self.days[2 * node + 1]);
        }
    }

    /// The first entry from a place on that left after a day.
    #[expect(clippy::indexing_slicing, reason = "nodes below half of the tree have two below them")]
    fn first_after(&self, place: usize, day: i32) -> Option<usize> {
        let leaves = self.days.len() / 2;
        if place >= leaves {
            return None;
        }
        let mut node = leaves + place;
        // Up, until a part of the tree that lies behind has one.
        while self.days[node] <= day {
            while node % 2 == 1 {
                node /= 2;
            }
            if node == 0 {
                return None;
            }
            node += 1;
        }
        while node < leaves {
            node *= 2;
            if self.days[node] <= day {
                node += 1;
            }
        }
        Some(node - leaves)
    }
}

/// Matches losses with what left, the losses in the order of the closings and what left in that of the purchases.
pub(super) fn matches(
    book: &Book,
    events: &[LotEvent],
    work: &mut Work<'_, '_>,
) -> Result<Vec<(Loss, Vec<Found>)>> {
    let families = book.families_of_deliveries();
    if families.is_empty() {
        return Ok(Vec::new());
    }
    let sources = Sources::new(book, events, work)?;
    let counts_on = |place: usize| {
        let sold = book.short_sale_of(place)?;
        // A loss on shares that were acquired later is that of the closing.
        (book.lots[book.disposal(place).lot].acquired <= sold).then_some(sold)
    };
    let losses = sources.losses(counts_on, &|family| families.binary_search(&family).is_ok(), work)?;
    let (mut rows, departures) = rows(book, &sources, work)?;
    let mut departures = departures.into_iter().peekable();
    let mut matched = Vec::new();
    for loss in losses {
        while let Some((_, family, place, day)) = departures.next_if(|(rank, ..)| *rank < loss.rank) {
            work.done(1)?;
            rows[family].set(place, day);
        }
        let found = of_loss(book, &loss, &mut rows[loss.family], &sources, work)?;
        if !found.is_empty() {
            matched.push((loss, found));
        }
    }
    Ok(matched)
}

/// That something left: the place of the event in the order of all, the family, the place there, and the day.
type Leaving = (usize, Id<Family>, usize, i32);

/// What left by family, and that it did, in the order of the events.
fn rows(
    book: &Book,
    sources: &Sources<'_>,
    work: &mut Work<'_, '_>,
) -> Result<(OfEach<Family, Row>, Vec<Leaving>)> {
    let mut purchases: OfEach<Block, Option<Candidate>> = OfEach::new(&book.blocks, None);
    for purchase in sources.purchases(work)? {
        if let Some(block) = purchase.block {
            purchases[block] = Some(purchase);
        }
    }
    let mut lists: OfEach<Family, Vec<(usize, Left)>> = OfEach::new(&book.families, Vec::new());
    for Departure { rank, block, lot, day, atoms } in sources.departures(work)? {
        // What came as a gift or without tax was not purchased.
        let Some(purchase) = purchases[block].clone() else { continue };
        let purchase = Candidate { lot, atoms, ..purchase };
        lists[book.securities[purchase.security].family].push((rank, Left { purchase, block, day }));
    }
    let mut departures = Vec::new();
    for list in lists.values_mut() {
        // Stable, so that of a purchase what left first stands first.
        order::sort_by_key(list, |(_, left)| left.purchase.rank);
    }
    for (family, list) in lists.iter() {
        departures.extend(list.iter().zip(0..).map(|((rank, left), place)| (*rank, family, place, left.day)));
    }
    let rows = lists.map(|list| Row::new(list.into_iter().map(|(_, left)| left).collect()));
    order::sort_by_key(&mut departures, |(rank, ..)| *rank);
    Ok((rows, departures))
}

/// What left that stands against a loss.
fn of_loss(
    book: &Book,
    loss: &Loss,
    row: &mut Row,
    sources: &Sources<'_>,
    work: &mut Work<'_, '_>,
) -> Result<Vec<Found>> {
    let own = book.lots[book.disposal(loss.disposal).lot].block;
    let mut left = loss.atoms - loss.certain;
    let mut place = row.list.partition_point(|left| left.purchase.day < loss.day - WINDOW);
    let mut found = Vec::new();
    while left > 0
        && let Some(next) = row.first_after(place, loss.day)
        && let Some(entry) = row.list.get_mut(next)
        && entry.purchase.day <= loss.day + WINDOW
    {
        work.done(1)?;
        if entry.block == own {
            // What is left of a purchase does not replace the part of it that was sold.
            let rank = entry.purchase.rank;
            place = row.list.partition_point(|left| left.purchase.rank <= rank);
            continue;
        }
        let there = entry.purchase.atoms;
        let taken = take(&mut entry.purchase, loss, (left, there), &sources.splits)?;
        left -= taken.of_loss;
        if left > 0 || entry.purchase.atoms <= 0 {
            row.set(next, NEVER);
        }
        if taken.atoms > 0 {
            found.push(taken);
        }
    }
    Ok(found)
}
