//! Which positions of a security share lots, and in which unit their lots are counted.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{Error, ErrorCode, Result, control::Work, dates::Date, num::Decimal};

use crate::ledger::{
    books::{Books, Move, MoveKind, Position, What},
    exact::Ratio,
    quantity::Quantity,
};

/// The largest number of shares in a ratio that follows from how many shares a split adds.
const MOST_IN_RATIO: i128 = 1_000_000;

/// Positions of one security between which lots move.
pub(super) struct Group {
    pub(super) positions: Vec<usize>,
    pub(super) unit: Unit,
}

/// Shares that go from one position to another and stay the lots that they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Transfer {
    /// The place of the transaction by which they leave.
    pub(super) record: usize,
    /// The number of the move by which they leave.
    pub(super) leave: usize,
    /// The moves into the position of what is under way and out of it, if they arrive on a later day.
    pub(super) on_way: Option<(usize, usize)>,
    /// The number of the move by which they arrive.
    pub(super) arrive: usize,
}

/// What the groups are made of.
pub(super) struct Groups {
    pub(super) groups: Vec<Group>,
    /// The transfers that carry lots, by the number of each of their moves.
    pub(super) transfers: BTreeMap<usize, Transfer>,
    /// Whether a move is a split of the shares that are held.
    pub(super) is_split: Vec<bool>,
}

/// The unit in which the lots of a group are counted: so small that no split changes how many a lot has.
pub(super) struct Unit {
    /// The days of the splits.
    days: Vec<Date>,
    /// How many units a share is before the first split, and from each on.
    of_share: Vec<Decimal>,
}

impl Unit {
    fn of(splits: &BTreeMap<Date, Ratio>) -> Result<Self> {
        let overflow = || {
            let message = "the splits of a security multiply its shares beyond 28 digits";
            Error::new(ErrorCode::DecimalOverflow, message)
        };
        let whole = |number: Option<i128>| {
            number.and_then(|number| Decimal::from_i128(number, 0).ok()).ok_or_else(overflow)
        };
        let mut units = splits.values().try_fold(1_i128, |all, ratio| all.checked_mul(ratio.to));
        let mut of_share = vec![whole(units)?];
        for ratio in splits.values() {
            units = units.and_then(|units| (units / ratio.to).checked_mul(ratio.from));
            of_share.push(whole(units)?);
        }
        Ok(Self { days: splits.keys().copied().collect(), of_share })
    }

    /// How many units a share is at the end of a day.
    pub(super) fn on(&self, day: Date) -> Decimal {
        self.after(self.days.partition_point(|split| *split <= day))
    }

    /// How many units a share was before the first split.
    pub(super) fn at_first(&self) -> Decimal {
        self.after(0)
    }

    #[expect(clippy::indexing_slicing, reason = "there is one entry more than there are splits")]
    fn after(&self, splits: usize) -> Decimal {
        self.of_share[splits]
    }
}

impl Groups {
    pub(super) fn of(books: &Books<'_>, work: &mut Work<'_, '_>) -> Result<Self> {
        let (splits, is_split) = splits_of(books, work)?;
        let mut transfers = transfers_of(books, work)?;
        let mut leaders = Leaders((0..books.positions.len()).collect());
        for transfer in transfers.values() {
            let moves = [Some(transfer.arrive), transfer.on_way.map(|(enter, _)| enter)];
            for other in moves.into_iter().flatten() {
                leaders.join(position_of(books, transfer.leave), position_of(books, other));
            }
        }
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, position) in books.positions.iter().enumerate() {
            if matches!(position.what, What::Security(_)) {
                members.entry(leaders.of(place)).or_default().push(place);
            }
        }
        let mut groups = Vec::with_capacity(members.len());
        let mut apart = BTreeSet::new();
        for positions in members.into_values() {
            match common_splits(books, &positions, &splits, work)? {
                Some(common) => groups.push(Group { positions, unit: Unit::of(&common)? }),
                None => apart.extend(positions),
            }
        }
        for position in &apart {
            let own = splits.get(*position).map(Unit::of).transpose()?;
            groups.extend(own.map(|unit| Group { positions: vec![*position], unit }));
        }
        transfers.retain(|number, _| !apart.contains(&position_of(books, *number)));
        Ok(Self { groups, transfers, is_split })
    }
}

#[expect(clippy::indexing_slicing, reason = "the number is that of a move of the books")]
pub(super) fn position_of(books: &Books<'_>, number: usize) -> usize {
    books.moves[number].position
}

/// Which position stands for all of its group.
struct Leaders(Vec<usize>);

impl Leaders {
    fn of(&mut self, position: usize) -> usize {
        let mut leader = position;
        while let Some(next) = self.0.get(leader).copied().filter(|next| *next != leader) {
            leader = next;
        }
        // So that nobody goes the whole way again.
        let mut place = position;
        while place != leader {
            match self.0.get_mut(place) {
                Some(next) => place = std::mem::replace(next, leader),
                None => break,
            }
        }
        leader
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        if let Some(leader) = self.0.get_mut(one.max(other)) {
            *leader = one.min(other);
        }
    }
}

/// The splits of a position, by day.
type Splits = BTreeMap<Date, Ratio>;

/// The splits of each position, and which moves are among them: those of a split that states how many shares it adds.
fn splits_of(books: &Books<'_>, work: &mut Work<'_, '_>) -> Result<(Vec<Splits>, Vec<bool>)> {
    let overflow = || Error::new(ErrorCode::DecimalOverflow, "the ratio of a split has more than 28 digits");
    let mut splits: Vec<Splits> = Vec::with_capacity(books.positions.len());
    for position in &books.positions {
        work.done(1 + position.splits.len())?;
        let mut own = Splits::new();
        for split in &position.splits {
            let ratio = Ratio::of(split.to, split.from).ok_or_else(overflow)?;
            let of_day = own.entry(split.day).or_insert(Ratio::NONE);
            *of_day = of_day.times(ratio).ok_or_else(overflow)?;
        }
        splits.push(own);
    }
    let mut is_split = Vec::with_capacity(books.moves.len());
    for Move { day, position: place, quantity, kind, .. } in &books.moves {
        work.done(1)?;
        let found = books.positions.get(*place).zip(splits.get_mut(*place));
        let (Some((position, own)), MoveKind::Split) = (found, kind) else {
            is_split.push(false);
            continue;
        };
        let of_day = own.get(day).copied().unwrap_or(Ratio::NONE);
        let ratio = added(before(position, *day), of_day, *quantity).and_then(|ratio| of_day.times(ratio));
        is_split.push(ratio.is_some());
        own.extend(ratio.map(|ratio| (*day, ratio)));
    }
    for own in &mut splits {
        own.retain(|_, ratio| *ratio != Ratio::NONE);
    }
    Ok((splits, is_split))
}

/// The ratio by which a number of shares grows or shrinks after the earlier splits of the day, if it is one of numbers that
/// companies use.
fn added(before: Quantity, of_day: Ratio, quantity: Decimal) -> Option<Ratio> {
    let (to, from) = of_day.decimals()?;
    // before.parts × to of before.of × from, and so many of them more.
    let held = before.parts.times(to).ok()?;
    let more = quantity.times(before.of).and_then(|more| more.times(from)).ok()?;
    let (held, more) = if held.is_negative() { (held.negated(), more.negated()) } else { (held, more) };
    let ratio = Ratio::of(held.plus(more).ok()?, held);
    ratio.filter(|ratio| ratio.to <= MOST_IN_RATIO && ratio.from <= MOST_IN_RATIO)
}

/// How many shares there were at the end of the day before.
fn before(position: &Position, day: Date) -> Quantity {
    day.add_days(-1).map_or(position.levels.before, |day| position.levels.fraction_on(day))
}

/// The splits of a group, if they are the same in all positions that hold shares on their days.
fn common_splits(
    books: &Books<'_>,
    positions: &[usize],
    splits: &[BTreeMap<Date, Ratio>],
    work: &mut Work<'_, '_>,
) -> Result<Option<BTreeMap<Date, Ratio>>> {
    let own = |place: usize| splits.get(place).into_iter().flatten();
    if let [only] = positions {
        return Ok(Some(own(*only).map(|(day, ratio)| (*day, *ratio)).collect()));
    }
    let mut common: BTreeMap<Date, Option<Ratio>> =
        positions.iter().flat_map(|place| own(*place)).map(|(day, _)| (*day, None)).collect();
    for (day, ratio) in &mut common {
        work.done(positions.len())?;
        for place in positions {
            #[expect(clippy::indexing_slicing, reason = "a group is of positions")]
            let position = &books.positions[*place];
            if before(position, *day).parts.is_zero() {
                continue;
            }
            let here = splits.get(*place).and_then(|own| own.get(day)).copied().unwrap_or(Ratio::NONE);
            if ratio.is_some_and(|ratio| ratio != here) {
                return Ok(None);
            }
            *ratio = Some(here);
        }
    }
    let of_days = common.into_iter().filter_map(|(day, ratio)| Some((day, ratio?)));
    Ok(Some(of_days.filter(|(_, ratio)| *ratio != Ratio::NONE).collect()))
}

/// The transfers of as many shares of one security as arrive, by the numbers of their moves.
fn transfers_of(books: &Books<'_>, work: &mut Work<'_, '_>) -> Result<BTreeMap<usize, Transfer>> {
    let (mut entering, mut ending, mut arriving) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (number, one) in books.moves.iter().enumerate() {
        work.done(1)?;
        match one.kind {
            MoveKind::UnderWay if one.quantity.is_negative() => drop(ending.insert(one.record, number)),
            MoveKind::UnderWay => drop(entering.insert(one.record, number)),
            MoveKind::Arrive { from_record } => drop(arriving.insert((from_record, one.record), number)),
            MoveKind::Alone | MoveKind::Split | MoveKind::Leave { .. } => {}
        }
    }
    let mut transfers = BTreeMap::new();
    for (leave, left) in books.moves.iter().enumerate() {
        work.done(1)?;
        let MoveKind::Leave { for_record } = left.kind else { continue };
        let Some(arrive) = arriving.get(&(left.record, for_record)).copied() else { continue };
        #[expect(clippy::indexing_slicing, reason = "numbers are those of the moves")]
        let arrived = &books.moves[arrive];
        let what = |place: usize| books.positions.get(place).map(|position| position.what);
        let is_same = what(left.position) == what(arrived.position)
            && left.quantity.negated() == arrived.quantity
            && left.day <= arrived.day;
        if !is_same {
            continue;
        }
        let record = left.record;
        let on_way = entering.get(&record).copied().zip(ending.get(&record).copied());
        let transfer = Transfer { record, leave, on_way, arrive };
        let of_way = on_way.into_iter().flat_map(|(enter, end)| [enter, end]);
        transfers.extend([leave, arrive].into_iter().chain(of_way).map(|number| (number, transfer)));
    }
    Ok(transfers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_split_that_tells_what_it_adds_has_a_ratio() {
        let ratio = |held: &str, quantity: &str| {
            added(Quantity::whole(decimal(held)), Ratio::NONE, decimal(quantity))
        };
        assert_eq!(ratio("10", "10"), Some(Ratio { to: 2, from: 1 }));
        assert_eq!(ratio("30", "-20"), Some(Ratio { to: 1, from: 3 }));
        assert_eq!(ratio("-4", "-4"), Some(Ratio { to: 2, from: 1 }));
        assert_eq!(ratio("0", "10"), None);
        assert_eq!(ratio("10", "-10"), None);
        assert_eq!(ratio("12.3456789", "0.0000007"), None);
        // 10 thirds of a share become 25 thirds.
        let thirds = Quantity { parts: decimal("10"), of: decimal("3") };
        assert_eq!(added(thirds, Ratio::NONE, decimal("5")), Some(Ratio { to: 5, from: 2 }));
    }

    #[test]
    fn a_lot_has_the_same_units_before_and_after_a_split() {
        let day = |number: u32| wherewithal_base::dates::date(2026, 1, number).unwrap();
        let splits =
            [(day(5), Ratio { to: 3, from: 2 }), (day(9), Ratio { to: 1, from: 4 })].into_iter().collect();
        let unit = Unit::of(&splits).unwrap();
        // 8 shares are 12, then 3.
        let units = |shares: &str, on: Date| decimal(shares).times(unit.on(on)).unwrap();
        assert_eq!(units("8", day(4)), units("12", day(5)));
        assert_eq!(units("12", day(8)), units("3", day(9)));
        assert_eq!(unit.at_first(), unit.on(day(1)));
    }
}
