//! The lots that there were before the first transaction.

use std::collections::BTreeMap;

use wherewithal_base::{
    ErrorCode, Result,
    dates::Date,
    num::{Decimal, Rounding},
};

use super::{
    groups::Group,
    history::{Born, OfPositions},
    input::AttributionLots,
    output::LotOrigin,
};
use crate::ledger::books::{Books, What, fault};

/// The decimal places that a number of units may have.
const UNIT_PLACES: u32 = 18;

/// A lot that is there before everything else.
pub(super) struct Before {
    pub(super) day: Date,
    pub(super) position: usize,
    /// Its units, below zero if they are owed.
    pub(super) units: Decimal,
    pub(super) cost: Decimal,
    pub(super) born: Born,
}

/// The opening lots of a group: those that are given, and of each position one that has the rest, on a day before all others.
/// `first_days` is the day of each position by which they must be there.
pub(super) fn openings(
    books: &Books<'_>,
    detail: &AttributionLots,
    of: &OfPositions,
    group: &Group,
    first_days: &BTreeMap<usize, Date>,
) -> Result<Vec<Before>> {
    let mut openings = Vec::new();
    let mut rests = Vec::new();
    let mut first = first_days.values().copied().min();
    for place in &group.positions {
        #[expect(clippy::indexing_slicing, reason = "a group is of positions")]
        let position = &books.positions[*place];
        let before = position.levels.before;
        let unit = group.unit.at_first();
        let opening = before.parts.times(unit)?.divided_by(before.of)?;
        let mut left = opening.round(UNIT_PLACES, Rounding::HalfEven);
        for index in of.given.get(place).into_iter().flatten() {
            #[expect(clippy::indexing_slicing, reason = "places are those of the given lots")]
            let lot = &detail.opening[*index];
            let must_be_there = first_days.get(place).copied().unwrap_or(lot.acquired);
            if lot.acquired > must_be_there {
                let message =
                    format!("{} is after {must_be_there}, by when the lot must be there", lot.acquired);
                return Err(fault(ErrorCode::DatesOutOfOrder, message, "acquired", "opening", *index));
            }
            let units = lot.quantity.times(unit)?;
            if units > left {
                let message = format!(
                    "the lots have more shares than the {} that the position has before its first transaction",
                    position.levels.before.value()?.normalized()
                );
                return Err(fault(ErrorCode::QuantityExceedsHeld, message, "quantity", "opening", *index));
            }
            left = left.minus(units)?;
            first = first.map(|first| first.min(lot.acquired));
            let born = Born {
                origin: LotOrigin::Opening,
                acquired: Some(lot.acquired),
                record: None,
                opening_lot: u32::try_from(*index).ok(),
            };
            openings.push(Before { day: lot.acquired, position: *place, units, cost: lot.cost, born });
        }
        if !left.is_zero() {
            rests.push((*place, left));
        }
    }
    let Some(first) = first else { return Ok(openings) };
    // On the first day of the calendar it is the first of its day.
    let day = first.add_days(-1).unwrap_or(first);
    let born = Born { origin: LotOrigin::Opening, acquired: None, record: None, opening_lot: None };
    let rest =
        |(position, units): (usize, Decimal)| Before { day, position, units, cost: Decimal::ZERO, born };
    let mut all: Vec<Before> = rests.into_iter().map(rest).collect();
    all.append(&mut openings);
    Ok(all)
}

/// The opening lots that are given for each position, by their places in the order of acquisition.
///
/// # Errors
/// `quantity.exceeds_held` inside `opening` where the ledger has no such position.
pub(super) fn given_lots(books: &Books<'_>, detail: &AttributionLots) -> Result<BTreeMap<usize, Vec<usize>>> {
    let mut positions: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    for (place, position) in books.positions.iter().enumerate().filter(|(_, position)| !position.under_way) {
        if let What::Security(security) = position.what {
            positions.insert((books.item(position).id, security), place);
        }
    }
    let mut given: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, lot) in detail.opening.iter().enumerate() {
        let security = books.securities.by_id.get(lot.security.as_str()).copied();
        let place = security.and_then(|security| positions.get(&(lot.account.as_str(), security)));
        let Some(place) = place else {
            let message = "the account has none of these shares before its first transaction".to_owned();
            return Err(fault(ErrorCode::QuantityExceedsHeld, message, "quantity", "opening", index));
        };
        given.entry(*place).or_default().push(index);
    }
    for lots in given.values_mut() {
        lots.sort_by_key(|index| (detail.opening.get(*index).map(|lot| lot.acquired), *index));
    }
    Ok(given)
}
