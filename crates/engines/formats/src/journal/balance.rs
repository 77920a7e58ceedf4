//! The weights of postings, and the amounts that an entry leaves out.
//!
//! A posting weighs what it adds to the balance of its entry: its cost where it has one, else what its price makes of it,
//! else itself. The weights of each commodity add up to zero, within half a unit of the last digit that is written.

use std::collections::BTreeMap;

use wherewithal_base::{Error, ErrorCode, Result, check, num::Decimal};

use super::entry::{Amount, Class, Entry, MOST_PARTS, Posting, Roots, Worth};

/// What a posting weighs.
pub(super) fn weight(posting: &Posting) -> Result<Option<Amount>> {
    let Some(units) = &posting.units else { return Ok(None) };
    // Which lots are sold, the journal leaves to its booking: without their gain, the postings balance at the price.
    match posting.cost.as_deref().or(posting.price.as_deref()) {
        None => Ok(Some(units.clone())),
        Some(Worth::Each(each)) => {
            let number = units.number.times(each.number)?;
            Ok(Some(Amount { number, commodity: each.commodity.clone() }))
        }
        Some(Worth::Total(total)) => {
            let number = total.number.abs();
            let number = if units.number.is_negative() { number.negated() } else { number };
            Ok(Some(Amount { number, commodity: total.commodity.clone() }))
        }
    }
}

/// Gives the posting without an amount what is left over, in each commodity.
///
/// # Errors
/// `splits.sum_mismatch` if the entry does not balance, `field.missing` if two postings have no amount, `list.too_long` if a great
/// many commodities are left over.
pub(super) fn complete(entry: &mut Entry, roots: &Roots) -> Result<()> {
    let is_booked = entry.postings.iter().any(|posting| posting.is_booked);
    if is_booked && needs_booking(entry, roots) {
        let message = "what is left over depends on the lots that `{}` books; give the amount, or the price of the shares";
        return Err(Error::new(ErrorCode::FieldMissing, message));
    }
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    let mut open = None;
    for (place, posting) in entry.postings.iter().enumerate().filter(|(_, posting)| posting.counts) {
        if posting.is_booked && posting.price.is_none() {
            continue;
        }
        match weight(posting)? {
            Some(weight) => {
                let sum = sums.entry(weight.commodity).or_default();
                *sum = sum.plus(weight.number)?;
            }
            None if open.is_none() => open = Some(place),
            None => {
                let message = "two postings have no amount; an entry can leave out one";
                return Err(Error::new(ErrorCode::FieldMissing, message));
            }
        }
    }
    let tolerances = tolerances(entry);
    let left: Vec<Amount> = sums
        .into_iter()
        .filter(|(commodity, sum)| {
            let tolerance = if open.is_some() { None } else { tolerances.get(commodity) };
            sum.abs() > tolerance.copied().unwrap_or_default()
        })
        .map(|(commodity, number)| Amount { number: number.negated(), commodity })
        .collect();
    let Some(place) = open else {
        return match left.first() {
            _ if is_booked => Ok(()),
            None => Ok(()),
            Some(amount) => {
                let message =
                    format!("the postings add up to {} {}", amount.number.negated(), amount.commodity);
                Err(Error::new(ErrorCode::SplitsSumMismatch, message))
            }
        };
    };
    check::length(left.len(), 0..=MOST_PARTS + 1)?;
    let posting = entry.postings.remove(place);
    let completed = left.into_iter().map(|amount| Posting { units: Some(amount), ..posting.clone() });
    entry.postings.splice(place..place, completed);
    Ok(())
}

/// Whether a posting without an amount, other than a gain, stands beside shares whose cost and price are not written.
fn needs_booking(entry: &Entry, roots: &Roots) -> bool {
    let is_unknown = |posting: &Posting| posting.is_booked && posting.price.is_none();
    let is_open =
        |posting: &Posting| posting.units.is_none() && roots.class(&posting.account) != Class::Income;
    entry.postings.iter().any(is_unknown) && entry.postings.iter().any(is_open)
}

/// Half a unit of the last digit of the most precise amount of each commodity; with costs and prices, whose products have
/// more digits, a hundredth where they are in money.
fn tolerances(entry: &Entry) -> BTreeMap<String, Decimal> {
    let mut scales: BTreeMap<&str, u32> = BTreeMap::new();
    let mut worths = Vec::new();
    for posting in &entry.postings {
        let is_valued = posting.cost.is_some() || posting.price.is_some();
        if let Some(units) = posting.units.as_ref().filter(|_| !is_valued) {
            let scale = scales.entry(&units.commodity).or_default();
            *scale = units.number.scale().max(*scale);
        }
        let worth = posting.cost.as_deref().into_iter().chain(posting.price.as_deref());
        worths.extend(worth.map(|worth| match worth {
            Worth::Each(amount) | Worth::Total(amount) => amount.commodity.as_str(),
        }));
    }
    let half = |scale: u32| Decimal::new(5, (scale + 1).min(28)).unwrap_or_default();
    let mut tolerances: BTreeMap<String, Decimal> = scales
        .iter()
        .filter(|(_, scale)| **scale > 0)
        .map(|(name, scale)| ((*name).to_owned(), half(*scale)))
        .collect();
    for commodity in worths {
        tolerances.entry(commodity.to_owned()).or_insert_with(|| half(2));
    }
    tolerances
}
