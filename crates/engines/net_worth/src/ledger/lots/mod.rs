//! The lots of securities: what each has of the change of its position.
//!
//! `input` is what the caller said and `output` the answer. `parts` rounds what is divided. `matching` asks the book of lots which
//! shares leave, `groups` says between which positions they move and in which unit they are counted, `shares` adds up what each
//! lot has of what happens, `opening` makes the lots that there were before, and `history` goes from day to day.
//!
//! Nothing is matched here: the transactions become events of a book of `lots`, one for each group, and its answers say which
//! lots they concern.

mod groups;
mod history;
mod input;
mod matching;
mod opening;
mod output;
mod parts;
mod shares;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use wherewithal_base::{
    Result,
    control::Work,
    num::{Decimal, Rounding},
};

pub(super) use history::{Period, Valued};
pub use input::{AttributionLots, OpeningLot};
pub use output::{LotAttribution, LotOrigin, LotPoint};

use self::{
    groups::{Group, Groups},
    history::{Born, History, OfPositions},
    parts::apportioned,
    shares::{Figures, InPosition},
};
use super::{
    books::{Books, Position, Worth},
    people::Changed,
    tables::{places_of, shown},
    term::{NetWorthTerm, NetWorthTerms},
};

/// The decimal places of a number of shares, as `lots.book` has them.
const QUANTITY_PLACES: u32 = 18;

/// The change of a position, as it is divided among its lots.
pub(super) struct Whole {
    pub(super) opening: Option<Worth>,
    pub(super) closing: Option<Worth>,
    /// The sums of its entries.
    pub(super) entered: NetWorthTerms,
    /// All terms, with what prices and exchange rates did.
    pub(super) changed: Changed,
    /// The term of what prices did.
    pub(super) of_prices: NetWorthTerm,
}

/// The lots of all positions of securities, in the order of the positions and then of acquisition.
///
/// # Errors
/// Those of [`AttributionLots::validate`]; inside `opening` `dates.out_of_order` and `quantity.exceeds_held`;
/// `quantity.out_of_range`, `decimal.too_precise` and `decimal.overflow` for numbers of shares that cannot be counted.
pub(super) fn lots(
    books: &Books<'_>,
    detail: &AttributionLots,
    period: Period,
    values: &[Option<Valued>],
    wholes: &[Whole],
    work: &mut Work<'_, '_>,
) -> Result<Vec<LotAttribution>> {
    detail.validate(books)?;
    let groups = Groups::of(books, work)?;
    let of = OfPositions::of(books, detail, &groups, values, work)?;
    let mut by_position: BTreeMap<usize, Vec<LotAttribution>> = BTreeMap::new();
    for group in &groups.groups {
        let mut history = History::of(books, detail, &of, &groups, group, values, period, work)?;
        for place in &group.positions {
            #[expect(clippy::indexing_slicing, reason = "a group is of positions, and each has its change")]
            let (position, whole) = (&books.positions[*place], &wholes[*place]);
            #[expect(clippy::expect_used, reason = "a history is of the positions of its group")]
            let shares = history.shares.remove(place).expect("the position has shares");
            let mut lots: Vec<Line> = Vec::new();
            for (number, lot) in &shares.lots {
                work.done(8)?;
                #[expect(clippy::indexing_slicing, reason = "a lot was born")]
                lots.push(Line::of(history.born[*number], lot));
            }
            lots.retain(Line::is_told);
            // Of one day, in the order of the transactions.
            lots.sort_by_key(|line| line.born.acquired);
            let none = Line::of_none(shares.of_none);
            if none.is_told() || whole.is_left_by(&lots)? {
                lots.push(none);
            }
            by_position.insert(*place, divided(books, position, group, period, whole, &lots)?);
        }
    }
    Ok(by_position.into_values().flatten().collect())
}

/// A lot in a position, exactly.
struct Line {
    born: Born,
    opening: Decimal,
    closing: Decimal,
    figures: Figures,
    moved: bool,
}

impl Line {
    fn of(born: Born, lot: &InPosition) -> Self {
        Self { born, opening: lot.opening, closing: lot.closing, figures: lot.figures, moved: lot.moved }
    }

    /// What belongs to no lot.
    fn of_none(figures: Figures) -> Self {
        let born = Born { origin: LotOrigin::NoLot, acquired: None, record: None, opening_lot: None };
        Self { born, opening: Decimal::ZERO, closing: Decimal::ZERO, figures, moved: false }
    }

    fn is_told(&self) -> bool {
        self.moved || !(self.opening.is_zero() && self.closing.is_zero() && self.figures.is_none())
    }
}

impl Whole {
    /// Whether the position has a value and no units at an end: they are fewer than 28 digits can tell from none.
    fn is_left_by(&self, lots: &[Line]) -> Result<bool> {
        let is_left = |worth: Option<Worth>, units: fn(&Line) -> Decimal| {
            let units = Decimal::sum(lots.iter().map(units))?;
            Ok(units.is_zero() && worth.is_some_and(|worth| !worth.amount.is_zero()))
        };
        Ok(is_left(self.opening, |line| line.opening)? || is_left(self.closing, |line| line.closing)?)
    }
}

/// Divides the change of a position among its lots.
///
/// Values at both ends are divided by shares, and each term of the entries by what is exactly a lot's; what prices did is the rest of
/// a lot's change, or in another currency is divided by what it exactly is and leaves exchange rates the rest.
fn divided(
    books: &Books<'_>,
    position: &Position,
    group: &Group,
    period: Period,
    whole: &Whole,
    lots: &[Line],
) -> Result<Vec<LotAttribution>> {
    let (places, own_places) = (books.rates.places(), places_of(position.currency));
    let of_worth = |worth: Option<Worth>, of: fn(&Worth) -> Decimal| worth.as_ref().map_or(Decimal::ZERO, of);
    let openings: Vec<Decimal> = lots.iter().map(|line| line.opening).collect();
    let closings: Vec<Decimal> = lots.iter().map(|line| line.closing).collect();
    let by_shares = |amount: Decimal, units: &[Decimal], places: u32| {
        apportioned(amount, &by_units(amount, units)?, places)
    };
    let value = |worth: &Worth| worth.value;
    let amount = |worth: &Worth| worth.amount;
    let opening_values = by_shares(of_worth(whole.opening, value), &openings, places)?;
    let closing_values = by_shares(of_worth(whole.closing, value), &closings, places)?;
    let opening_amounts = by_shares(of_worth(whole.opening, amount), &openings, own_places)?;
    let closing_amounts = by_shares(of_worth(whole.closing, amount), &closings, own_places)?;
    let mut changes: Vec<Changed> = (opening_values.into_iter().zip(closing_values))
        .map(|(opening, closing)| Changed { opening, closing, terms: NetWorthTerms::default() })
        .collect();
    for term in NetWorthTerm::ALL {
        let exact: Vec<Decimal> = lots.iter().map(|line| line.figures.of_term(term)).collect();
        for (changed, part) in changes.iter_mut().zip(apportioned(whole.entered.of(term), &exact, places)?) {
            changed.terms.add(term, part)?;
        }
    }
    let rests = changes.iter().map(rest_of).collect::<Result<Vec<_>>>()?;
    if position.currency == books.input.currency {
        for (changed, rest) in changes.iter_mut().zip(rests) {
            changed.terms.add(whole.of_prices, rest)?;
        }
    } else {
        let opened = by_units(of_worth(whole.opening, amount), &openings)?;
        let closed = by_units(of_worth(whole.closing, amount), &closings)?;
        let mut gains = Vec::with_capacity(lots.len());
        for (line, (opening, closing)) in lots.iter().zip(opened.into_iter().zip(closed)) {
            let gain = closing.minus(opening)?.minus(line.figures.went_in())?;
            let is_none = gain.is_zero();
            gains.push(if is_none {
                gain
            } else {
                gain.times(books.rates.on(position.currency, period.to)?.0)?
            });
        }
        let gained = whole.changed.terms.of(whole.of_prices).minus(whole.entered.of(whole.of_prices))?;
        for ((changed, rest), part) in changes.iter_mut().zip(rests).zip(apportioned(gained, &gains, places)?)
        {
            changed.terms.add(whole.of_prices, part)?;
            changed.terms.add(NetWorthTerm::Currency, rest.minus(part)?)?;
        }
    }
    let mut told = Vec::with_capacity(lots.len());
    for (((line, changed), opening_amount), closing_amount) in
        lots.iter().zip(&changes).zip(opening_amounts).zip(closing_amounts)
    {
        let point = |worth: Option<Worth>, units: Decimal, day, amount: Decimal, value: Decimal| {
            worth
                .map(|_| {
                    let quantity = units.divided_by(group.unit.on(day))?;
                    Ok(LotPoint {
                        quantity: quantity.round(QUANTITY_PLACES, Rounding::HalfEven).normalized(),
                        amount: shown(amount, own_places),
                        value: shown(value, places),
                    })
                })
                .transpose()
        };
        let transaction = line.born.record.and_then(|record| books.input.ledger.transactions.get(record));
        told.push(LotAttribution {
            account: books.item(position).id.to_owned(),
            kind: books.kind(position),
            security: books.security_id(position).unwrap_or_default(),
            currency: position.currency,
            origin: line.born.origin,
            acquired: line.born.acquired,
            transaction: transaction.map(|transaction| transaction.id.clone()),
            opening_lot: line.born.opening_lot,
            opening: point(whole.opening, line.opening, period.from, opening_amount, changed.opening)?,
            closing: point(whole.closing, line.closing, period.to, closing_amount, changed.closing)?,
            change: shown(changed.closing.minus(changed.opening)?, places),
            terms: changed.terms.shown(places),
        });
    }
    Ok(told)
}

/// The shares of an amount by units. Without any, all of it is the last line's, which has what belongs to no lot.
fn by_units(amount: Decimal, units: &[Decimal]) -> Result<Vec<Decimal>> {
    let all = Decimal::sum(units.iter().copied())?;
    if all.is_zero() {
        let mut shares = vec![Decimal::ZERO; units.len()];
        if let Some(last) = shares.last_mut() {
            *last = amount;
        }
        return Ok(shares);
    }
    units.iter().map(|units| amount.times(*units)?.divided_by(all)).collect()
}

/// What the terms leave of a change.
fn rest_of(changed: &Changed) -> Result<Decimal> {
    changed.closing.minus(changed.opening)?.minus(changed.terms.sum()?)
}
