//! Entries that bring an account to the balance that is stated next.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{Error, ErrorCode, Result, dates::Date, num::Decimal};

use super::entry::{Amount, Entry, Journal, Metadata, Pad, Posting};
use crate::collect::{Collected, Fault};

/// Something that happens to an account, in the order of a day: a pad comes first, and a balance is that of its end.
enum Event<'j> {
    Pad(&'j Pad),
    Posting(&'j Amount),
    Balance(&'j Amount),
}

/// The entries that the pads of a journal stand for. One that no balance follows is a problem.
pub(super) fn entries(journal: &Journal, collected: &mut Collected) -> Result<Vec<Entry>> {
    let mut events: BTreeMap<&str, Vec<(Date, u8, Event<'_>)>> = BTreeMap::new();
    for pad in &journal.pads {
        events.entry(&pad.account).or_default().push((pad.date, 0, Event::Pad(pad)));
    }
    for entry in &journal.entries {
        for posting in &entry.postings {
            if let (Some(events), Some(units)) = (events.get_mut(posting.account.as_str()), &posting.units) {
                events.push((entry.date, 1, Event::Posting(units)));
            }
        }
    }
    for assertion in &journal.assertions {
        if let Some(events) = events.get_mut(assertion.account.as_str()) {
            events.push((assertion.date, 2, Event::Balance(&assertion.amount)));
        }
    }
    let mut found = Vec::new();
    for events in events.values_mut() {
        events.sort_by_key(|(date, order, _)| (*date, *order));
        of_account(events, &mut found, collected)?;
    }
    Ok(found)
}

fn of_account(
    events: &[(Date, u8, Event<'_>)],
    found: &mut Vec<Entry>,
    collected: &mut Collected,
) -> Result<()> {
    let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
    // The pad that is open, and what it has filled so far.
    let mut open: Option<(&Pad, Vec<Amount>)> = None;
    // The commodities that it has filled.
    let mut filled_of: BTreeSet<&str> = BTreeSet::new();
    for (_, _, event) in events {
        match event {
            Event::Pad(pad) => {
                filled_of.clear();
                finish(open.replace((pad, Vec::new())), found, collected);
            }
            Event::Posting(units) => {
                let sum = sums.entry(&units.commodity).or_default();
                *sum = sum.plus(units.number)?;
            }
            Event::Balance(stated) => {
                let sum = sums.entry(&stated.commodity).or_default();
                let missing = stated.number.minus(*sum)?;
                if let Some((_, filled)) = &mut open
                    && filled_of.insert(&stated.commodity)
                {
                    *sum = stated.number;
                    filled.push(Amount { number: missing, commodity: stated.commodity.clone() });
                }
            }
        }
    }
    finish(open, found, collected);
    Ok(())
}

/// A pad is over.
fn finish(open: Option<(&Pad, Vec<Amount>)>, found: &mut Vec<Entry>, collected: &mut Collected) {
    let Some((pad, filled)) = open else { return };
    if filled.is_empty() {
        let message = "no balance of the account follows, which would say how much is padded";
        collected
            .problem(pad.place, Fault::at(Error::new(ErrorCode::FieldMissing, message), "pad", &pad.account));
        return;
    }
    let posting = |account: &str, number: Decimal, commodity: &str| Posting {
        account: account.to_owned(),
        units: Some(Amount { number, commodity: commodity.to_owned() }),
        cost: None,
        price: None,
        memo: None,
        is_booked: false,
        asserted: None,
        counts: true,
    };
    let filled: Vec<Amount> = filled.into_iter().filter(|amount| !amount.number.is_zero()).collect();
    if filled.is_empty() {
        collected.skip(pad.place, "nothing is left to pad", &pad.account);
        return;
    }
    let postings = filled.iter().flat_map(|amount| {
        [
            posting(&pad.account, amount.number, &amount.commodity),
            posting(&pad.from, amount.number.negated(), &amount.commodity),
        ]
    });
    found.push(Entry {
        date: pad.date,
        payee: None,
        narration: "Padding".to_owned(),
        code: None,
        tags: Vec::new(),
        metadata: Metadata::new(),
        postings: postings.collect(),
        place: pad.place,
    });
}
