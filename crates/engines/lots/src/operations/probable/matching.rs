//! Which shares stand against which losses.

use wherewithal_base::{Result, control::Work};

use super::candidates::{Candidate, Loss, Pool, Splits};
use crate::engine::{Book, Family, Id, Lot, OfEach, Security};

/// Days before and after.
pub(super) const WINDOW: i32 = 30;

/// Shares that stand against a part of a loss.
pub(super) struct Found {
    pub(super) lot: Id<Lot>,
    pub(super) security: Id<Security>,
    pub(super) day: i32,
    /// As they are on the later of the two days, in units of 10^-18.
    pub(super) atoms: i128,
    /// The same as shares of the loss at its sale.
    pub(super) of_loss: i128,
}

/// The candidates of a family, in the order of the events.
struct Row {
    list: Vec<Candidate>,
    /// For each place and the one after the last, a place from which on the next one stands that is not used up.
    next: Vec<usize>,
}

impl Row {
    fn new(list: Vec<Candidate>) -> Self {
        let next = (0..=list.len()).collect();
        Self { list, next }
    }

    /// The first place from `place` on that is not used up; the number of places if there is none.
    #[expect(clippy::indexing_slicing, reason = "a place has a next one, the end included")]
    fn open(&mut self, place: usize) -> usize {
        let mut open = place;
        while self.next[open] != open {
            open = self.next[open];
        }
        // So that the way is short when it is gone again.
        let mut from = place;
        while from != open {
            from = std::mem::replace(&mut self.next[from], open);
        }
        open
    }

    /// Looks at a place no more.
    #[expect(clippy::indexing_slicing, reason = "a place has a next one")]
    fn close(&mut self, place: usize) {
        self.next[place] = place + 1;
    }

    #[expect(clippy::indexing_slicing, reason = "the place is that of a candidate")]
    fn candidate_mut(&mut self, place: usize) -> &mut Candidate {
        &mut self.list[place]
    }

    /// The first candidate within 30 days of a loss.
    fn first(&mut self, loss: &Loss) -> Option<(usize, usize)> {
        let start = self.list.partition_point(|candidate| candidate.day < loss.day - WINDOW);
        let place = self.open(start);
        let candidate = self.list.get(place).filter(|candidate| candidate.day <= loss.day + WINDOW)?;
        Some((candidate.rank, place))
    }
}

/// Matches losses with candidates, both in the order of the events; each share stands against one only. A candidate that
/// is used up, or was sold before a loss, is looked at no more, so all of it takes n log n.
pub(super) fn matches(book: &Book, pool: Pool, work: &mut Work<'_, '_>) -> Result<Vec<(Loss, Vec<Found>)>> {
    let Pool { losses, candidates, against, departures, splits } = pool;
    let mut rows = candidates.map(Row::new);
    // What left of each purchase so far.
    let mut gone = OfEach::new(&book.blocks, 0);
    let mut departures = departures.into_iter().peekable();
    let mut matched = Vec::new();
    for loss in losses {
        // What is sold with the loss replaces nothing either.
        while let Some(departure) = departures.next_if(|departure| departure.rank <= loss.rank) {
            work.done(1)?;
            gone[departure.block] += departure.atoms;
        }
        let mut left = loss.atoms - loss.certain;
        let mut found = Vec::new();
        while left > 0
            && let Some((family, place)) = next(&mut rows, &against, &loss)
        {
            work.done(1)?;
            let row = &mut rows[family];
            let candidate = row.candidate_mut(place);
            let is_before = candidate.rank < loss.rank;
            let sold = candidate.block.map_or(0, |block| gone[block]);
            let there = candidate.atoms - if is_before { sold } else { 0 };
            let taken = take(candidate, &loss, (left, there.max(0)), &splits)?;
            let is_over = candidate.atoms <= 0 || is_before && candidate.atoms <= sold;
            if taken.atoms > 0 {
                left -= taken.of_loss;
                found.push(taken);
            }
            if is_over || left > 0 {
                row.close(place);
            }
        }
        if !found.is_empty() {
            matched.push((loss, found));
        }
    }
    Ok(matched)
}

/// The first candidate within 30 days of a loss: its family and its place.
fn next(
    rows: &mut OfEach<Family, Row>,
    against: &OfEach<Family, Vec<Id<Family>>>,
    loss: &Loss,
) -> Option<(Id<Family>, usize)> {
    let first = against[loss.family].iter().filter_map(|family| {
        let (rank, place) = rows[*family].first(loss)?;
        Some((rank, *family, place))
    });
    first.min().map(|(_, family, place)| (family, place))
}

/// Lets shares of a candidate stand against what is left of a loss.
pub(super) fn take(
    candidate: &mut Candidate,
    loss: &Loss,
    (left, there): (i128, i128),
    splits: &Splits,
) -> Result<Found> {
    let later = candidate.rank.max(loss.rank);
    let wanted = splits.forward(left, loss.security, loss.rank, later)?;
    let offered = splits.forward(there, candidate.security, candidate.rank, later)?;
    let atoms = wanted.min(offered);
    // All of either is all of it, however it was rounded.
    let of_loss = if atoms == wanted { left } else { splits.back(atoms, loss.security, loss.rank, later)? };
    let used = if atoms == offered {
        there
    } else {
        splits.back(atoms, candidate.security, candidate.rank, later)?
    };
    candidate.atoms -= used;
    let Candidate { lot, security, day, .. } = *candidate;
    Ok(Found { lot, security, day, atoms, of_loss: of_loss.min(left) })
}
