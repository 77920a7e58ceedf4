//! What happens to the lots of a group, day by day.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{Result, control::Work, dates::Date, num::Decimal};

use super::{
    groups::{Group, Groups, Transfer},
    input::AttributionLots,
    matching::{Holder, Matching, Part, Selection},
    opening::{Before, given_lots, openings},
    output::LotOrigin,
    shares::{Figures, Shares},
};
use crate::ledger::{
    books::{Adjustment, Books, Cause, Move},
    term::NetWorthTerm,
};

/// A period: the days after `from`, up to `to`.
#[derive(Debug, Clone, Copy)]
pub(in crate::ledger) struct Period {
    pub(in crate::ledger) from: Date,
    pub(in crate::ledger) to: Date,
}

/// A posting of the period: its value in the currency of all totals, and its amount in that of its position.
#[derive(Debug, Clone, Copy)]
pub(in crate::ledger) struct Valued {
    pub(in crate::ledger) value: Decimal,
    pub(in crate::ledger) went_in: Decimal,
}

/// Where a lot comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Born {
    pub(super) origin: LotOrigin,
    pub(super) acquired: Option<Date>,
    /// The place of the transaction.
    pub(super) record: Option<usize>,
    /// The place among the opening lots.
    pub(super) opening_lot: Option<u32>,
}

/// What the ledger has of each position, by its number.
pub(super) struct OfPositions {
    /// The moves, in the order of the ids of their transactions.
    moves: Vec<Vec<usize>>,
    /// The postings of the period that concern all shares.
    concerning_all: Vec<Vec<usize>>,
    adjustments: Vec<Vec<usize>>,
    /// The postings by the move that they belong to, those of days outside the period too.
    of_move: BTreeMap<usize, Vec<usize>>,
    /// The posting of each adjustment.
    of_adjustment: BTreeMap<usize, usize>,
    /// The opening lots that are given, by their places in the order of acquisition.
    pub(super) given: BTreeMap<usize, Vec<usize>>,
}

impl OfPositions {
    pub(super) fn of(
        books: &Books<'_>,
        detail: &AttributionLots,
        groups: &Groups,
        values: &[Option<Valued>],
        work: &mut Work<'_, '_>,
    ) -> Result<Self> {
        // The postings of a split concern all shares.
        let is_split = |moved: usize| groups.is_split.get(moved) == Some(&true);
        let none = || vec![Vec::new(); books.positions.len()];
        let mut of = Self {
            moves: none(),
            concerning_all: none(),
            adjustments: none(),
            of_move: BTreeMap::new(),
            of_adjustment: BTreeMap::new(),
            given: given_lots(books, detail)?,
        };
        #[expect(clippy::indexing_slicing, reason = "there is a list for each position")]
        let push = |lists: &mut Vec<Vec<usize>>, position: usize, number: usize| lists[position].push(number);
        for (number, one) in books.moves.iter().enumerate() {
            work.done(1)?;
            push(&mut of.moves, one.position, number);
        }
        for (number, one) in books.adjustments.iter().enumerate() {
            work.done(1)?;
            push(&mut of.adjustments, one.position, number);
        }
        for (number, (posting, value)) in books.postings.iter().zip(values).enumerate() {
            work.done(1)?;
            match (value, posting.moved.filter(|moved| !is_split(*moved)), posting.cause) {
                (_, _, Cause::Adjustment(place)) => drop(of.of_adjustment.insert(place, number)),
                (_, Some(moved), _) => of.of_move.entry(moved).or_default().push(number),
                (Some(_), None, _) => push(&mut of.concerning_all, posting.position, number),
                (None, None, _) => {}
            }
        }
        Ok(of)
    }
}

/// What happens on a day, in the order of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// What there was before; the place in the list of openings.
    Before(usize),
    /// What concerns all shares that were held before the day.
    Concern(usize),
    /// Shares that come in.
    In(usize),
    /// Shares that arrive from another position, which they left on an earlier day: the move by which they left.
    ArriveLater(usize),
    /// Shares that go to another position: the move by which they leave, and whether they arrive on the same day.
    Leave(usize),
    /// Shares that leave.
    Out(usize),
    /// A statement that differs.
    Adjust(usize),
}

/// The lots of a group, while the days go by.
pub(super) struct History<'h, 'b> {
    books: &'h Books<'b>,
    detail: &'h AttributionLots,
    of: &'h OfPositions,
    groups: &'h Groups,
    group: &'h Group,
    values: &'h [Option<Valued>],
    period: Period,
    matching: Matching,
    pub(super) born: Vec<Born>,
    pub(super) shares: BTreeMap<usize, Shares>,
    /// What is on its way, by the place of the transaction by which it left.
    on_way: BTreeMap<usize, Vec<Part>>,
}

impl<'h, 'b> History<'h, 'b> {
    /// What became of the lots of a group at the end of the period.
    #[expect(clippy::too_many_arguments, reason = "a history follows from all of them")]
    pub(super) fn of(
        books: &'h Books<'b>,
        detail: &'h AttributionLots,
        of: &'h OfPositions,
        groups: &'h Groups,
        group: &'h Group,
        values: &'h [Option<Valued>],
        period: Period,
        work: &mut Work<'_, '_>,
    ) -> Result<Self> {
        let mut steps = steps(of, groups, group, books, period);
        let first_days = first_days(of, group, books, period);
        let before = openings(books, detail, of, group, &first_days)?;
        steps.extend(
            before.iter().enumerate().map(|(place, one)| (one.day, one.position, Step::Before(place))),
        );
        steps.sort_by_key(|(day, _, step)| (*day, *step));
        let matching = Matching::new(selection(books, detail, group), &holders(of, groups, group))?;
        let shares = group.positions.iter().map(|place| (*place, Shares::new())).collect();
        let born = Vec::new();
        let on_way = BTreeMap::new();
        let mut history =
            Self { books, detail, of, groups, group, values, period, matching, born, shares, on_way };
        history.run(&steps, &before, work)?;
        Ok(history)
    }

    fn run(
        &mut self,
        steps: &[(Date, usize, Step)],
        before: &[Before],
        work: &mut Work<'_, '_>,
    ) -> Result<()> {
        let mut is_open = false;
        for of_day in steps.chunk_by(|one, next| one.0 == next.0) {
            let Some((day, ..)) = of_day.first().copied() else { continue };
            if day > self.period.from && !is_open {
                self.shares.values_mut().for_each(Shares::open);
                is_open = true;
            }
            let touched: BTreeSet<usize> =
                of_day.iter().flat_map(|(_, position, step)| self.touched(*position, *step)).collect();
            for place in &touched {
                self.shares_of(*place).begin_day();
            }
            for (_, position, step) in of_day {
                work.done(8)?;
                self.step(day, *position, *step, before)?;
            }
            for place in touched {
                self.shares_of(place).end_day()?;
            }
        }
        if !is_open {
            self.shares.values_mut().for_each(Shares::open);
        }
        self.shares.values_mut().try_for_each(Shares::close)
    }

    /// The positions that a step changes.
    fn touched(&self, position: usize, step: Step) -> Vec<usize> {
        let mut touched = vec![position];
        if let Step::Leave(number) | Step::ArriveLater(number) = step
            && let Some(transfer) = self.groups.transfers.get(&number)
        {
            let way = transfer.on_way.map(|(enter, _)| enter);
            touched.extend(
                [Some(transfer.arrive), way]
                    .into_iter()
                    .flatten()
                    .map(|number| self.move_at(number).position),
            );
        }
        touched
    }

    fn step(&mut self, day: Date, position: usize, step: Step, before: &[Before]) -> Result<()> {
        match step {
            #[expect(clippy::indexing_slicing, reason = "the step is of an opening lot")]
            Step::Before(place) => self.begin(&before[place]),
            Step::Concern(number) => {
                let figures = self.figures(number);
                self.shares_of(position).concern_all(&figures)
            }
            Step::In(number) | Step::Out(number) => {
                let one = self.move_at(number);
                let units = one.quantity.times(self.group.unit.on(day))?;
                let cost = self.cost(number)?;
                let born = Born {
                    origin: LotOrigin::Transaction,
                    acquired: Some(day),
                    record: Some(one.record),
                    opening_lot: None,
                };
                let parts = self.change(day, position, units, cost, born)?;
                self.concern(position, &parts, number)
            }
            Step::Leave(number) => self.leave(number),
            Step::ArriveLater(number) => self.arrive(self.transfer_of(number)),
            Step::Adjust(place) => self.adjust(day, position, place),
        }
    }

    /// What there was before everything else, of its day too.
    fn begin(&mut self, before: &Before) -> Result<()> {
        self.change(before.day, before.position, before.units, before.cost, before.born)?;
        self.shares_of(before.position).begin_day();
        Ok(())
    }

    /// Shares that come in or leave by themselves: they close what is sold short before they are a lot, and what is not
    /// held is sold short.
    fn change(
        &mut self,
        day: Date,
        position: usize,
        units: Decimal,
        money: Decimal,
        born: Born,
    ) -> Result<Vec<Part>> {
        let holder = Holder::Position(position);
        let held = self.shares_of(position).held();
        let comes_in = !units.is_negative();
        let there = if comes_in { held.negated().max(Decimal::ZERO) } else { held.max(Decimal::ZERO) };
        let units = units.abs();
        let closed = units.min(there);
        let new = units.minus(closed)?;
        let share =
            |part: Decimal| if money.is_zero() { Ok(money) } else { money.times(part)?.divided_by(units) };
        let mut parts = Vec::new();
        if !closed.is_zero() {
            let money = share(closed)?;
            parts = if comes_in {
                self.matching.cover(day, holder, closed, money)?
            } else {
                self.matching.sell(day, holder, closed, money)?
            };
        }
        if !new.is_zero() {
            let lot = self.bear(born);
            let money = share(new)?;
            if comes_in {
                self.matching.acquire(day, holder, new, money, lot)?;
            } else {
                self.matching.sell_short(day, holder, new, money, lot)?;
            }
            parts.push(Part { lot, units: new });
        }
        self.moved(day, position, &parts, comes_in)?;
        Ok(parts)
    }

    /// Counts shares that came into lots of a position or left them.
    fn moved(&mut self, day: Date, position: usize, parts: &[Part], come_in: bool) -> Result<()> {
        let sign = if come_in { Decimal::ONE } else { Decimal::ONE.negated() };
        let is_in_period = day > self.period.from;
        self.shares_of(position).change(parts, sign, is_in_period)
    }

    /// Shares that go to another position as the lots that they are.
    fn leave(&mut self, number: usize) -> Result<()> {
        let transfer = self.transfer_of(number);
        let Move { day, position, quantity, record, .. } = self.move_at(number);
        let (here, way) = (Holder::Position(position), Holder::Transfer(transfer.record));
        let units = quantity.abs().times(self.group.unit.on(day))?;
        let carried = units.min(self.shares_of(position).held().max(Decimal::ZERO));
        let short = units.minus(carried)?;
        let mut left = Vec::new();
        if !carried.is_zero() {
            left = self.matching.carry(day, here, way, carried)?;
        }
        let mut entered = left.clone();
        if !short.is_zero() {
            let cost = self.cost(number)?.times(short)?.divided_by(units)?;
            let born = Born {
                origin: LotOrigin::Transaction,
                acquired: Some(day),
                record: Some(record),
                opening_lot: None,
            };
            let (owed, new) = (self.bear(born), self.bear(born));
            self.matching.sell_short(day, here, short, cost, owed)?;
            self.matching.acquire(day, way, short, cost, new)?;
            left.push(Part { lot: owed, units: short });
            entered.push(Part { lot: new, units: short });
        }
        self.on_way.insert(transfer.record, entered.clone());
        self.moved(day, position, &left, false)?;
        self.concern(position, &left, number)?;
        match transfer.on_way {
            Some((enter, _)) => {
                let position = self.move_at(enter).position;
                self.moved(day, position, &entered, true)?;
                self.concern(position, &entered, enter)
            }
            None => self.arrive(transfer),
        }
    }

    /// Shares that arrive as the lots that they are, but for those that close what is sold short.
    fn arrive(&mut self, transfer: Transfer) -> Result<()> {
        let Move { day, position, quantity, .. } = self.move_at(transfer.arrive);
        let (way, there) = (Holder::Transfer(transfer.record), Holder::Position(position));
        let units = quantity.times(self.group.unit.on(day))?;
        let closing = units.min(self.shares_of(position).held().negated().max(Decimal::ZERO));
        let carried = units.minus(closing)?;
        let (mut gone, mut came) = (Vec::new(), Vec::new());
        if !closing.is_zero() {
            let cost = self.cost(transfer.arrive)?;
            gone = self.matching.sell(day, way, closing, cost)?;
            came = self.matching.cover(day, there, closing, cost)?;
        }
        if !carried.is_zero() {
            // The book also tells lots that were there before and are other ones now, so it is not asked which arrive.
            self.matching.carry(day, way, there, carried)?;
            let arrived = without(self.on_way.remove(&transfer.record).unwrap_or_default(), &gone)?;
            gone.extend(&arrived);
            came.extend(arrived);
        }
        if let Some((_, end)) = transfer.on_way {
            let position = self.move_at(end).position;
            self.moved(day, position, &gone, false)?;
            self.concern(position, &gone, end)?;
        }
        self.moved(day, position, &came, true)?;
        self.concern(position, &came, transfer.arrive)
    }

    /// A statement: there are as many shares as it states.
    fn adjust(&mut self, day: Date, position: usize, place: usize) -> Result<()> {
        #[expect(clippy::indexing_slicing, reason = "places are those of the adjustments")]
        let Adjustment { stated, .. } = &self.books.adjustments[place];
        let units = stated.times(self.group.unit.on(day))?.minus(self.shares_of(position).held())?;
        let posting = self.of.of_adjustment.get(&place).copied();
        let born =
            Born { origin: LotOrigin::Statement, acquired: Some(day), record: None, opening_lot: None };
        let money = match posting.and_then(|number| self.books.postings.get(number)) {
            Some(posting) if self.detail.goes_by_cost() => posting.amount.abs(),
            _ => Decimal::ZERO,
        };
        let parts =
            if units.is_zero() { Vec::new() } else { self.change(day, position, units, money, born)? };
        let Some(number) = posting else { return Ok(()) };
        let figures = self.figures(number);
        let shares = self.shares_of(position);
        if parts.is_empty() { shares.concern_all(&figures) } else { shares.concern(&parts, &figures) }
    }

    /// Divides what belongs to a move among the shares that moved.
    fn concern(&mut self, position: usize, parts: &[Part], number: usize) -> Result<()> {
        for posting in self.of.of_move.get(&number).into_iter().flatten() {
            let figures = self.figures(*posting);
            if !figures.is_none() {
                self.shares_of(position).concern(parts, &figures)?;
            }
        }
        Ok(())
    }

    /// A new lot.
    fn bear(&mut self, born: Born) -> usize {
        self.born.push(born);
        self.born.len() - 1
    }

    /// What shares cost or bring that move, in the currency of their position; zero where no method asks.
    fn cost(&self, number: usize) -> Result<Decimal> {
        if !self.detail.goes_by_cost() {
            return Ok(Decimal::ZERO);
        }
        let mut cost = Decimal::ZERO;
        let postings = self.of.of_move.get(&number).into_iter().flatten();
        for posting in postings.filter_map(|number| self.books.postings.get(*number)) {
            if !matches!(posting.term, NetWorthTerm::Fees | NetWorthTerm::Taxes) {
                cost = cost.plus(self.books.in_currency_of(posting)?)?;
            }
        }
        Ok(cost.abs())
    }

    /// The figures of a posting of the period.
    fn figures(&self, number: usize) -> Figures {
        let posting = self.books.postings.get(number);
        let value = self.values.get(number).copied().flatten();
        match (posting, value) {
            (Some(posting), Some(Valued { value, went_in })) => Figures::of(posting.term, value, went_in),
            _ => Figures::of(NetWorthTerm::Transfers, Decimal::ZERO, Decimal::ZERO),
        }
    }

    /// The transfer by which shares leave with a move.
    #[expect(clippy::expect_used, reason = "a step of leaving or arriving is one of a transfer")]
    fn transfer_of(&self, leave: usize) -> Transfer {
        *self.groups.transfers.get(&leave).expect("the move is of a transfer")
    }

    #[expect(clippy::indexing_slicing, reason = "the number is that of a move of the books")]
    fn move_at(&self, number: usize) -> Move {
        self.books.moves[number]
    }

    #[expect(clippy::expect_used, reason = "steps name positions of the group")]
    fn shares_of(&mut self, position: usize) -> &mut Shares {
        self.shares.get_mut(&position).expect("the position is in the group")
    }
}

/// What is left of lots when parts of them are gone.
fn without(lots: Vec<Part>, gone: &[Part]) -> Result<Vec<Part>> {
    let mut left: BTreeMap<usize, Decimal> = BTreeMap::new();
    for Part { lot, units } in lots {
        let units_of = left.entry(lot).or_default();
        *units_of = units_of.plus(units)?;
    }
    for Part { lot, units } in gone {
        let units_of = left.entry(*lot).or_default();
        *units_of = units_of.minus(*units)?;
    }
    let left = left.into_iter().filter(|(_, units)| !units.is_zero());
    Ok(left.map(|(lot, units)| Part { lot, units }).collect())
}

/// What happens to the positions of a group, in no order, with the position that each step is of.
fn steps(
    of: &OfPositions,
    groups: &Groups,
    group: &Group,
    books: &Books<'_>,
    period: Period,
) -> Vec<(Date, usize, Step)> {
    let mut steps = Vec::new();
    for place in &group.positions {
        let list = |lists: &'_ [Vec<usize>]| lists.get(*place).cloned().unwrap_or_default();
        for number in list(&of.concerning_all) {
            steps.extend(
                books.postings.get(number).map(|posting| (posting.day, *place, Step::Concern(number))),
            );
        }
        for number in list(&of.adjustments) {
            steps.extend(books.adjustments.get(number).map(|one| (one.day, *place, Step::Adjust(number))));
        }
        for number in list(&of.moves) {
            #[expect(clippy::indexing_slicing, reason = "numbers are those of the moves")]
            let one = &books.moves[number];
            if let Some(step) = step_of(groups, number, one) {
                steps.push((one.day, *place, step));
            }
        }
    }
    steps.retain(|(day, ..)| *day <= period.to);
    steps
}

/// The first day on which the ledger has anything of each position, or that of the beginning of the period if it is earlier.
fn first_days(of: &OfPositions, group: &Group, books: &Books<'_>, period: Period) -> BTreeMap<usize, Date> {
    let first = |place: usize| {
        let numbers = |lists: &'_ [Vec<usize>]| lists.get(place).cloned().unwrap_or_default().into_iter();
        let moves = numbers(&of.moves).filter_map(|number| books.moves.get(number).map(|one| one.day));
        let others =
            numbers(&of.concerning_all).filter_map(|number| books.postings.get(number).map(|one| one.day));
        moves.chain(others).chain([period.from]).min().unwrap_or(period.from)
    };
    group.positions.iter().map(|place| (*place, first(*place))).collect()
}

/// What a move is; none if it is a part of another step.
fn step_of(groups: &Groups, number: usize, one: &Move) -> Option<Step> {
    if groups.is_split.get(number) == Some(&true) {
        return None;
    }
    let Some(transfer) = groups.transfers.get(&number) else {
        return Some(if one.quantity.is_negative() { Step::Out(number) } else { Step::In(number) });
    };
    match transfer.on_way {
        _ if number == transfer.leave => Some(Step::Leave(number)),
        Some(_) if number == transfer.arrive => Some(Step::ArriveLater(transfer.leave)),
        _ => None,
    }
}

/// The places where lots of a group can be.
fn holders(of: &OfPositions, groups: &Groups, group: &Group) -> Vec<Holder> {
    let moves = group.positions.iter().flat_map(|place| of.moves.get(*place).into_iter().flatten());
    let leaving =
        moves.filter_map(|number| groups.transfers.get(number).filter(|transfer| transfer.leave == *number));
    let on_way: Vec<Holder> = leaving.map(|transfer| Holder::Transfer(transfer.record)).collect();
    group.positions.iter().copied().map(Holder::Position).chain(on_way).collect()
}

/// The elections that fit the positions of a group.
fn selection(books: &Books<'_>, detail: &AttributionLots, group: &Group) -> Selection {
    let mut elections = Vec::new();
    let mut currency = books.input.currency;
    for place in &group.positions {
        #[expect(clippy::indexing_slicing, reason = "a group is of positions")]
        let position = &books.positions[*place];
        currency = position.currency;
        let (account, security) = (books.item(position).id, books.security_id(position));
        let fits = |own: &Option<String>, id: Option<&str>| own.is_none() || own.as_deref() == id;
        let fitting = detail.elections.iter().filter(|election| {
            fits(&election.account, Some(account)) && fits(&election.security, security.as_deref())
        });
        elections.extend(fitting.map(|election| (*place, election.clone())));
    }
    Selection { method: detail.method, tax_rates: detail.tax_rates, elections, currency }
}
