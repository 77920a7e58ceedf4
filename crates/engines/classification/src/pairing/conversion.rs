//! Conversions of currencies within one account: which departure belongs to which arrival.
//!
//! Both ends say that they are one, are of one day, and are in two currencies; their amounts tell nothing. So departures and
//! arrivals belong together where only one currency left for only one other, as often as it arrived: first among those with the
//! same text, then among all that are left of the day. Whichever pairs are meant then, the cash of each currency is the same.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{
    Result,
    control::{Control, Work},
    money::Currency,
    num::Decimal,
};
use wherewithal_ledger::LedgerTransaction;

use super::{
    MOST_LISTED, Open, Pair, Paired, Unit,
    candidate::{moved, says_conversion},
};
use crate::{AmbiguityCause, TransferEvidence, accounts::Accounts, parts::Part, source::Said};

/// A part that says that it is an end of a conversion.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ConversionEnd<'a> {
    account: usize,
    day: i32,
    text: &'a str,
    /// The id of the transaction and the number of the part.
    id: &'a str,
    number: u32,
    currency: Currency,
    /// Below zero if it leaves.
    amount: Decimal,
    /// Whether it names its own account as the other one.
    names: bool,
    /// The place of the part.
    part: usize,
}

impl<'a> ConversionEnd<'a> {
    fn leaves(&self) -> bool {
        self.amount.is_negative()
    }

    /// What decides among equals.
    fn named(&self) -> (&'a str, u32) {
        (self.id, self.number)
    }
}

/// The end of a conversion that a part is, if it names its own account as the other one of a transfer, or if its words say so
/// and it names none.
pub(crate) fn end_of_conversion<'a>(
    part: &Part<'a>,
    place: usize,
    transaction: &'a LedgerTransaction,
    accounts: &Accounts<'_>,
) -> Option<ConversionEnd<'a>> {
    let (Unit::Cash(currency), amount) = moved(part, transaction) else { return None };
    let is_movement = part.said == Said::Movement || part.decided.is_some();
    let names = part.transfer_account.is_some();
    let says_so = match part.transfer_account {
        Some(name) => accounts.named(name) == Some(part.account),
        None => says_conversion(part, transaction),
    };
    (is_movement && says_so && !amount.is_zero()).then(|| ConversionEnd {
        account: part.account,
        day: transaction.date.day_number(),
        text: transaction.description.trim(),
        id: &transaction.id,
        number: part.number,
        currency,
        amount,
        names,
        part: place,
    })
}

/// Pairs the ends of conversions, and lists the rest that has candidates.
pub(crate) fn conversions(mut ends: Vec<ConversionEnd<'_>>, control: &Control) -> Result<Paired> {
    control.check()?;
    ends.sort_unstable();
    let mut found = Paired::default();
    let mut work = Work::under(control);
    for day in ends.chunk_by(|one, other| (one.account, one.day) == (other.account, other.day)) {
        let mut left = Vec::new();
        for alike in day.chunk_by(|one, other| one.text == other.text) {
            left.extend(pair(alike.iter().collect(), &mut found, &mut work)?);
        }
        let left = pair(left, &mut found, &mut work)?;
        list(&left, &mut found, &mut work)?;
    }
    Ok(found)
}

/// The ends of one direction, by their currency.
type ByCurrency<'c, 'a> = BTreeMap<Currency, Vec<&'c ConversionEnd<'a>>>;

/// The departures and the arrivals.
fn sides<'c, 'a>(ends: &[&'c ConversionEnd<'a>]) -> (ByCurrency<'c, 'a>, ByCurrency<'c, 'a>) {
    let (mut leaving, mut arriving) = (ByCurrency::new(), ByCurrency::new());
    for end in ends {
        let side = if end.leaves() { &mut leaving } else { &mut arriving };
        side.entry(end.currency).or_default().push(end);
    }
    (leaving, arriving)
}

/// Pairs what is unambiguous, and gives the rest.
fn pair<'c, 'a>(
    mut ends: Vec<&'c ConversionEnd<'a>>,
    found: &mut Paired,
    work: &mut Work<'_, '_>,
) -> Result<Vec<&'c ConversionEnd<'a>>> {
    work.done(1 + ends.len())?;
    let (leaving, arriving) = sides(&ends);
    let (mut left, mut arrived) = (BTreeSet::new(), BTreeSet::new());
    for (from, departures) in &leaving {
        let Some((to, arrivals)) = only_other(&arriving, *from) else { continue };
        let is_alone = only_other(&leaving, *to).is_some_and(|(currency, _)| currency == from);
        if !is_alone || departures.len() != arrivals.len() {
            continue;
        }
        work.done(departures.len())?;
        let pairs = by_size(departures).into_iter().zip(by_size(arrivals));
        found.pairs.extend(pairs.map(|(departure, arrival)| {
            let both_name = departure.names && arrival.names;
            let evidence = if both_name { TransferEvidence::Named } else { TransferEvidence::Words };
            Pair { from: departure.part, to: arrival.part, evidence }
        }));
        left.insert(*from);
        arrived.insert(*to);
    }
    ends.retain(|end| {
        let paired = if end.leaves() { &left } else { &arrived };
        !paired.contains(&end.currency)
    });
    Ok(ends)
}

/// The only currency but one that a side has, with its ends.
fn only_other<'s, 'c, 'a>(
    side: &'s ByCurrency<'c, 'a>,
    currency: Currency,
) -> Option<(&'s Currency, &'s Vec<&'c ConversionEnd<'a>>)> {
    let mut others = side.iter().filter(|(other, _)| **other != currency);
    others.next().filter(|_| others.next().is_none())
}

/// The largest first; of equal ones, by id and part.
fn by_size<'c, 'a>(ends: &[&'c ConversionEnd<'a>]) -> Vec<&'c ConversionEnd<'a>> {
    let mut ends = ends.to_vec();
    ends.sort_unstable_by(|one, other| {
        let sizes = other.amount.abs().cmp(&one.amount.abs());
        sizes.then_with(|| one.named().cmp(&other.named()))
    });
    ends
}

/// Lists what could belong to something of another currency that goes the other way.
fn list(ends: &[&ConversionEnd<'_>], found: &mut Paired, work: &mut Work<'_, '_>) -> Result<()> {
    let (leaving, arriving) = sides(ends);
    for (side, other_side) in [(&leaving, &arriving), (&arriving, &leaving)] {
        let mut others: Vec<&ConversionEnd<'_>> = other_side.values().flatten().copied().collect();
        others.sort_unstable_by_key(|end| end.named());
        for (currency, of_currency) in side {
            work.done(1 + others.len() / 64)?;
            let of_others = others.iter().filter(|end| end.currency != *currency);
            let mut candidates: Vec<usize> = of_others.take(MOST_LISTED + 1).map(|end| end.part).collect();
            let has_more = candidates.len() > MOST_LISTED;
            candidates.truncate(MOST_LISTED);
            for end in of_currency.iter().filter(|_| !candidates.is_empty()) {
                work.done(1)?;
                found.open.push(Open {
                    part: end.part,
                    cause: AmbiguityCause::SeveralCandidates,
                    candidates: candidates.clone(),
                    has_more,
                });
            }
        }
    }
    Ok(())
}
