//! Candidates of one unit and one amount.

use std::collections::BTreeSet;

use wherewithal_base::{Result, control::Work};

use super::{
    Candidate, MOST_LISTED, Open, Pair, Paired,
    candidate::{Hints, SAYINGS, Strength, strength},
};
use crate::{AmbiguityCause, TransferEvidence};

/// The most kinds of arrivals that are compared with a departure. Where more are in reach, weak evidence cannot tell them
/// apart, and it bounds the time.
const MOST_COMPARED: usize = 256;

/// Candidates that nothing distinguishes: of one account and one day, with the same hints.
struct Kind<'c> {
    account: usize,
    day: i32,
    hints: &'c Hints,
    /// In the order of their ids.
    candidates: Vec<&'c Candidate<'c>>,
}

/// The departures and the arrivals of one unit and one amount, by day.
pub(super) struct Alike<'c> {
    from: Vec<Kind<'c>>,
    to: Vec<Kind<'c>>,
    days: i32,
}

impl<'c> Alike<'c> {
    pub(super) fn of(departures: &[&'c Candidate<'c>], arrivals: &[&'c Candidate<'c>], days: i32) -> Self {
        Self { from: kinds(departures), to: kinds(arrivals), days }
    }

    /// Pairs what can be paired, and lists the rest that has candidates.
    pub(super) fn pair(mut self, found: &mut Paired, work: &mut Work<'_, '_>) -> Result<()> {
        for weakest in SAYINGS {
            if !self.pair_by(Strength::with(weakest), self.days, found, work)? {
                return Ok(());
            }
        }
        // Of what could belong to several, what both ends say decides, and at last the day.
        for weakest in self.strengths(work)? {
            let by_day = weakest.evidence <= TransferEvidence::Account;
            for days in [Some(self.days), by_day.then_some(0)].into_iter().flatten() {
                if !self.pair_by(weakest, days, found, work)? {
                    return Ok(());
                }
            }
        }
        self.list(found, work)
    }

    /// How much speaks for the pairs that are possible, the most first.
    fn strengths(&self, work: &mut Work<'_, '_>) -> Result<BTreeSet<Strength>> {
        let mut found = BTreeSet::new();
        for departure in &self.from {
            for (seen, (_, arrival)) in self.reach(departure, self.days).enumerate() {
                work.done(1)?;
                if seen >= MOST_COMPARED {
                    return Ok(Strength::all().collect());
                }
                found.extend(strength(departure.end(), arrival.end()));
            }
        }
        Ok(found)
    }

    /// One round, of what arrives within so many days; whether departures and arrivals are left.
    fn pair_by(
        &mut self,
        weakest: Strength,
        days: i32,
        found: &mut Paired,
        work: &mut Work<'_, '_>,
    ) -> Result<bool> {
        let mut groups = Groups::of(self.from.len() + self.to.len());
        let mut has_any = false;
        for (from, departure) in self.from.iter().enumerate() {
            for (seen, (to, arrival)) in self.reach(departure, days).enumerate() {
                work.done(1)?;
                if seen >= MOST_COMPARED {
                    groups.exclude(from);
                    break;
                }
                if strength(departure.end(), arrival.end()).is_some_and(|strength| strength <= weakest) {
                    groups.join(from, self.from.len() + to);
                    has_any = true;
                }
            }
        }
        if has_any {
            let departures = self.from.len();
            for group in groups.members() {
                work.done(group.len())?;
                let split = group.partition_point(|member| *member < departures);
                let (from, to) = group.split_at(split);
                let to: Vec<usize> = to.iter().map(|member| member - departures).collect();
                self.pair_group(from, &to, found);
            }
            self.from.retain(|kind| !kind.candidates.is_empty());
            self.to.retain(|kind| !kind.candidates.is_empty());
        }
        Ok(!self.from.is_empty() && !self.to.is_empty())
    }

    /// The arrivals that a departure can reach in so many days, by day.
    fn reach(&self, departure: &Kind<'_>, days: i32) -> impl Iterator<Item = (usize, &Kind<'c>)> {
        let first = self.to.partition_point(|arrival| arrival.day < departure.day);
        let last = departure.day.saturating_add(days);
        self.to.iter().enumerate().skip(first).take_while(move |(_, arrival)| arrival.day <= last)
    }

    /// Pairs a group if its departures are of one account, its arrivals of another, and both equally many.
    #[expect(clippy::indexing_slicing, reason = "members of a group are places of the lists")]
    fn pair_group(&mut self, from: &[usize], to: &[usize], found: &mut Paired) {
        let is_one = |kinds: &[Kind<'_>], members: &[usize]| {
            members.windows(2).all(|two| kinds[two[0]].account == kinds[two[1]].account)
        };
        let count = |kinds: &[Kind<'_>], members: &[usize]| -> usize {
            members.iter().map(|member| kinds[*member].candidates.len()).sum()
        };
        let all = count(&self.from, from);
        if !is_one(&self.from, from) || !is_one(&self.to, to) || all != count(&self.to, to) {
            return;
        }
        let in_order = |kinds: &[Kind<'c>], members: &[usize]| -> Vec<&'c Candidate<'c>> {
            let mut candidates: Vec<_> =
                members.iter().flat_map(|member| kinds[*member].candidates.iter().copied()).collect();
            candidates.sort_unstable_by_key(|candidate| candidate.dated());
            candidates
        };
        let (leaving, arriving) = (in_order(&self.from, from), in_order(&self.to, to));
        let pairs: Option<Vec<Pair>> = leaving
            .iter()
            .zip(&arriving)
            .map(|(departure, arrival)| {
                let is_in_time = (0..=self.days).contains(&(arrival.day - departure.day));
                let Strength { evidence, .. } =
                    strength(departure.end(), arrival.end()).filter(|_| is_in_time)?;
                Some(Pair { from: departure.part, to: arrival.part, evidence })
            })
            .collect();
        let Some(pairs) = pairs else { return };
        found.pairs.extend(pairs);
        from.iter().for_each(|member| self.from[*member].candidates.clear());
        to.iter().for_each(|member| self.to[*member].candidates.clear());
    }

    /// Lists what has candidates and was not paired, and what would arrive before it leaves.
    #[expect(clippy::indexing_slicing, reason = "there is a flag for each kind")]
    fn list(&self, found: &mut Paired, work: &mut Work<'_, '_>) -> Result<()> {
        let mut has_forward = (vec![false; self.from.len()], vec![false; self.to.len()]);
        for cause in [AmbiguityCause::SeveralCandidates, AmbiguityCause::ArrivesFirst] {
            let is_late = cause == AmbiguityCause::SeveralCandidates;
            let fits = |departure: &Kind<'_>, arrival: &Kind<'_>| {
                let taken = arrival.day - departure.day;
                let weakest = if is_late { TransferEvidence::Amount } else { TransferEvidence::Words };
                let in_time =
                    if is_late { (0..=self.days).contains(&taken) } else { (-self.days..0).contains(&taken) };
                in_time
                    && strength(departure.end(), arrival.end())
                        .is_some_and(|strength| strength.evidence <= weakest)
            };
            let before = has_forward.clone();
            for (place, departure) in self.from.iter().enumerate() {
                let others = self.near(&self.to, departure.day, &before.1, is_late);
                let listed = Listed::of(others, |arrival| fits(departure, arrival), work)?;
                if (is_late || !before.0[place]) && listed.add(departure, cause, found) {
                    mark(&mut has_forward.0, place);
                }
            }
            for (place, arrival) in self.to.iter().enumerate() {
                let others = self.near(&self.from, arrival.day, &before.0, is_late);
                let listed = Listed::of(others, |departure| fits(departure, arrival), work)?;
                if (is_late || !before.1[place]) && listed.add(arrival, cause, found) {
                    mark(&mut has_forward.1, place);
                }
            }
        }
        Ok(())
    }

    /// The kinds of a list within reach of a day on either side, by day: all, or those that are not ambiguous already.
    fn near<'k>(
        &self,
        kinds: &'k [Kind<'c>],
        day: i32,
        taken: &'k [bool],
        all: bool,
    ) -> impl Iterator<Item = &'k Kind<'c>> {
        let first = kinds.partition_point(|kind| kind.day < day.saturating_sub(self.days));
        let last = day.saturating_add(self.days);
        kinds
            .iter()
            .zip(taken)
            .skip(first)
            .take_while(move |(kind, _)| kind.day <= last)
            .filter(move |(_, taken)| all || !**taken)
            .map(|(kind, _)| kind)
    }
}

#[expect(clippy::indexing_slicing, reason = "there is a flag for each kind")]
fn mark(flags: &mut [bool], place: usize) {
    flags[place] = true;
}

/// The candidates of a kind that are listed.
struct Listed {
    candidates: Vec<usize>,
    has_more: bool,
}

impl Listed {
    fn of<'k, 'c: 'k>(
        others: impl Iterator<Item = &'k Kind<'c>>,
        fits: impl Fn(&Kind<'_>) -> bool,
        work: &mut Work<'_, '_>,
    ) -> Result<Self> {
        let mut listed = Self { candidates: Vec::new(), has_more: false };
        for (seen, other) in others.enumerate() {
            work.done(1)?;
            if seen >= 2 * MOST_COMPARED || listed.candidates.len() > MOST_LISTED {
                listed.has_more |= !listed.candidates.is_empty();
                break;
            }
            if fits(other) {
                listed
                    .candidates
                    .extend(other.candidates.iter().take(MOST_LISTED + 1).map(|other| other.part));
            }
        }
        listed.has_more |= listed.candidates.len() > MOST_LISTED;
        listed.candidates.truncate(MOST_LISTED);
        Ok(listed)
    }

    /// Adds an entry for each candidate of a kind; whether there are any.
    fn add(self, kind: &Kind<'_>, cause: AmbiguityCause, found: &mut Paired) -> bool {
        let Self { candidates, has_more } = self;
        if candidates.is_empty() {
            return false;
        }
        found.open.extend(kind.candidates.iter().map(|candidate| Open {
            part: candidate.part,
            cause,
            candidates: candidates.clone(),
            has_more,
        }));
        true
    }
}

impl Kind<'_> {
    fn end(&self) -> (usize, &Hints) {
        (self.account, self.hints)
    }
}

/// The kinds of candidates, which are in the order of days, accounts, hints and ids.
fn kinds<'c>(candidates: &[&'c Candidate<'c>]) -> Vec<Kind<'c>> {
    candidates
        .chunk_by(|one, other| {
            (one.day, one.account) == (other.day, other.account) && one.hints == other.hints
        })
        .map(|alike| {
            #[expect(clippy::indexing_slicing, reason = "a chunk has a candidate")]
            let first = alike[0];
            Kind { account: first.account, day: first.day, hints: &first.hints, candidates: alike.to_vec() }
        })
        .collect()
}

/// Sets of members that grow together.
struct Groups {
    parent: Vec<usize>,
    excluded: Vec<bool>,
}

#[expect(clippy::indexing_slicing, reason = "members are below the number with which the groups were made")]
impl Groups {
    fn of(members: usize) -> Self {
        Self { parent: (0..members).collect(), excluded: vec![false; members] }
    }

    fn root(&mut self, mut member: usize) -> usize {
        while self.parent[member] != member {
            self.parent[member] = self.parent[self.parent[member]];
            member = self.parent[member];
        }
        member
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (root, below) = (one.min(other), one.max(other));
        self.parent[below] = root;
        self.excluded[root] |= self.excluded[below];
    }

    /// Keeps the group of a member from being paired.
    fn exclude(&mut self, member: usize) {
        let root = self.root(member);
        self.excluded[root] = true;
    }

    /// The groups of two or more, each ascending.
    fn members(mut self) -> Vec<Vec<usize>> {
        let count = self.parent.len();
        let mut members = vec![Vec::new(); count];
        for member in 0..count {
            let root = self.root(member);
            members[root].push(member);
        }
        let excluded = self.excluded;
        let is_group = |(root, group): &(usize, Vec<usize>)| group.len() > 1 && !excluded[*root];
        members.into_iter().enumerate().filter(is_group).map(|(_, group)| group).collect()
    }
}
