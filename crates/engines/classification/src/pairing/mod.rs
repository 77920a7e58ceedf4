//! Transfers between own accounts: which departure belongs to which arrival.
//!
//! Candidates of one unit (a currency, or the shares of a security) and one amount are looked at together. Round by round,
//! with evidence that grows weaker, those that could belong together form groups. A group whose departures are all from one
//! account and whose arrivals are all in another, equally many, is paired in the order of the days: whichever pairs are
//! meant, what is under way on a day is the same. Any other group is left for a later round. What is left in the
//! end is looked at once more: first where both ends speak for the other, then where only one does, and where accounts are named
//! or mentioned, what is of one day by itself. What still could belong to several is ambiguous.

mod candidate;
mod conversion;
mod convert;
mod groups;

use wherewithal_base::{
    Result,
    control::{Control, Work},
};

pub(crate) use candidate::{Candidate, Hinted, Unit, moved, of_part, other_end};
pub(crate) use conversion::{conversions, end_of_conversion};
pub(crate) use convert::converted;

use crate::{AmbiguityCause, TransferEvidence};
use groups::Alike;

/// The most candidates that are listed.
const MOST_LISTED: usize = 10;

/// A departure and an arrival, by the places of their parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) evidence: TransferEvidence,
}

/// A part that could be an end of a transfer and was not paired.
#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) part: usize,
    pub(crate) cause: AmbiguityCause,
    /// The parts that could be the other end, by date and id.
    pub(crate) candidates: Vec<usize>,
    pub(crate) has_more: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Paired {
    pub(crate) pairs: Vec<Pair>,
    pub(crate) open: Vec<Open>,
}

/// Pairs candidates; `days` is how many a transfer takes at most.
pub(crate) fn paired(candidates: &[Candidate<'_>], days: i32, control: &Control) -> Result<Paired> {
    control.check()?;
    let mut sorted: Vec<&Candidate<'_>> = candidates.iter().collect();
    sorted.sort_unstable();
    let mut found = Paired::default();
    let mut work = Work::under(control);
    for amount in sorted.chunk_by(|one, other| one.amount() == other.amount()) {
        work.done(1)?;
        let leaving = amount.partition_point(|candidate| candidate.leaves);
        let (departures, arrivals) = amount.split_at(leaving);
        if !departures.is_empty() && !arrivals.is_empty() {
            Alike::of(departures, arrivals, days).pair(&mut found, &mut work)?;
        }
    }
    Ok(found)
}
