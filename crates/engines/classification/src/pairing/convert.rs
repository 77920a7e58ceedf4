//! Transfers from one currency into another.

use std::collections::BTreeMap;

use wherewithal_base::{
    Result,
    control::{Control, Work},
};

use super::{Candidate, Pair, Unit};
use crate::TransferEvidence;

/// Departures and arrivals of the same two accounts and currencies.
type Ends<'c, 'a> = (Vec<&'c Candidate<'a>>, Vec<&'c Candidate<'a>>);

/// Pairs candidates in different currencies whose ends name the account of each other. Amounts tell nothing about such
/// pairs, so a departure and an arrival belong together only if neither has another one in reach.
pub(crate) fn converted(candidates: &[Candidate<'_>], days: i32, control: &Control) -> Result<Vec<Pair>> {
    control.check()?;
    let mut work = Work::under(control);
    let mut ends: BTreeMap<(usize, usize), Ends<'_, '_>> = BTreeMap::new();
    for candidate in candidates {
        work.done(1)?;
        let (Some(named), Unit::Cash(_)) = (candidate.hints.names, candidate.unit) else { continue };
        if candidate.leaves {
            ends.entry((candidate.account, named)).or_default().0.push(candidate);
        } else {
            ends.entry((named, candidate.account)).or_default().1.push(candidate);
        }
    }
    let mut pairs = Vec::new();
    for (mut departures, mut arrivals) in ends.into_values() {
        departures.sort_unstable_by_key(|candidate| candidate.day);
        arrivals.sort_unstable_by_key(|candidate| candidate.day);
        for departure in &departures {
            work.done(4)?;
            let reach = within(&arrivals, departure.day, departure.day.saturating_add(days));
            let [arrival] = reach else { continue };
            let alone = within(&departures, arrival.day.saturating_sub(days), arrival.day).len() == 1;
            if alone && arrival.unit != departure.unit {
                pairs.push(Pair {
                    from: departure.part,
                    to: arrival.part,
                    evidence: TransferEvidence::Named,
                });
            }
        }
    }
    Ok(pairs)
}

/// The candidates from one day to another.
fn within<'s, 'c, 'a>(sorted: &'s [&'c Candidate<'a>], first: i32, last: i32) -> &'s [&'c Candidate<'a>] {
    let start = sorted.partition_point(|candidate| candidate.day < first);
    let end = sorted.partition_point(|candidate| candidate.day <= last);
    sorted.get(start..end).unwrap_or_default()
}
