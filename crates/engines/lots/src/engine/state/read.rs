//! From a state to its book.

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    error::At as _,
    num::Decimal,
    order,
};

use super::{
    VERSION,
    units::{amount_of, holding_of, inconsistent, require, some_units, units_of},
};
use crate::{
    engine::{Block, Book, Disposal, Family, Gift, Id, Lot, Marks, Position, currency::Exchanged},
    exact::Unit,
    input::LotMethod,
    output::{LotState, LotStateLot, LotStatePosition},
};

/// The most events and disposals of a book.
pub(crate) const MOST_EVENTS: u32 = 4_000_000_000;
/// The most steps of searches: those of a book, and of the last sale.
const MOST_STEPS: u32 = 10_000_000;
/// The most parts of a purchase, and the most days.
const MOST_PARTS: u32 = 1_000_000_000;
pub(super) const MOST_DAYS: u32 = 4_000_000;

impl Book {
    /// The book that has a state, which [`state`](Self::state) told. It goes on like the book that told it; what is finished
    /// is in neither: see [`report`](Self::report).
    ///
    /// ```
    /// # use wherewithal_lots::wherewithal;
    /// use wherewithal::lots::{Book, LotEvent, LotRules};
    ///
    /// let event = |text| serde_json::from_str::<LotEvent>(text).unwrap();
    /// let mut book = Book::new(&LotRules::default(), &[], &[])?;
    /// book.apply(0, &event(r#"{"kind": "buy", "date": "2025-01-10", "security": "A", "quantity": "9", "price": "50"}"#))?;
    /// let mut later = Book::from_state(&book.state()?)?;
    /// let changes =
    ///     later.append(1, &event(r#"{"kind": "sell", "date": "2025-03-20", "security": "A", "quantity": "4", "price": "55"}"#))?;
    /// assert_eq!(changes.disposals[0].disposal.gain.to_string(), "20.00");
    /// # Ok::<(), wherewithal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `state.inconsistent` if parts of the state contradict each other, as in one that was cut or changed;
    /// `version.unsupported`; those of [`new`](Self::new); and of single fields `quantity.out_of_range`,
    /// `decimal.too_precise`, `count.out_of_range`, `name.unknown`, `list.duplicate`, `list.out_of_order`; each with its path.
    pub fn from_state(state: &LotState) -> Result<Self> {
        Self::from_state_under(state, &Control::default())
    }

    /// The same as an operation.
    pub(crate) fn from_state_under(state: &LotState, control: &Control) -> Result<Self> {
        if state.version != VERSION {
            let message =
                format!("a state of version {} is not known; this is version {VERSION}", state.version);
            return Err(Error::new(ErrorCode::VersionUnsupported, message).at("version"));
        }
        let book = Self::new(&state.rules, &state.accounts, &state.securities)?;
        let mut reader = Reader {
            book,
            state,
            work: Work::under(control),
            lots: Vec::new(),
            positions: Vec::new(),
            counts: vec![0; state.positions.len()],
            places: Vec::new(),
            rows: Vec::new(),
            families: Marks::default(),
        };
        reader.read()?;
        Ok(reader.book)
    }
}

/// A book in the making.
pub(super) struct Reader<'s, 'w, 'c> {
    pub(super) book: Book,
    pub(super) state: &'s LotState,
    pub(super) work: Work<'w, 'c>,
    /// The ids of lots and positions by their places in the state.
    pub(super) lots: Vec<Id<Lot>>,
    pub(super) positions: Vec<Id<Position>>,
    /// How many lots each position has.
    counts: Vec<u32>,
    /// The places of the disposals that can still change, in order, and their rows.
    pub(super) places: Vec<u32>,
    pub(super) rows: Vec<Option<(Disposal, Option<Exchanged>)>>,
    /// The families that were read.
    pub(super) families: Marks<Family>,
}

impl Reader<'_, '_, '_> {
    fn read(&mut self) -> Result<()> {
        let state = self.state;
        self.read_counters()?;
        for (index, change) in state.symbol_changes.iter().enumerate() {
            self.work.done(10)?;
            self.book.repeat_symbol_change(change).at_index("symbolChanges", index)?;
        }
        for (index, row) in state.positions.iter().enumerate() {
            self.work.done(10)?;
            self.read_position(row).at_index("positions", index)?;
        }
        self.check_order_of_positions()?;
        self.read_lots()?;
        for (index, row) in state.positions.iter().enumerate() {
            self.complete_position(index, row).at_index("positions", index)?;
        }
        self.read_waiting()
    }

    fn read_counters(&mut self) -> Result<()> {
        let LotState { events, disposals, last, search_steps, .. } = self.state;
        check::whole(*events, 0..=MOST_EVENTS, ErrorCode::CountOutOfRange).at("events")?;
        check::whole(*disposals, 0..=MOST_EVENTS, ErrorCode::CountOutOfRange).at("disposals")?;
        let steps = check::whole(search_steps.unwrap_or(0), 0..=MOST_STEPS, ErrorCode::CountOutOfRange);
        self.book.searched.set(steps.at("searchSteps")? as usize);
        self.book.events = *events;
        self.book.past.disposals = *disposals;
        let Some(last) = last else {
            let LotState { families, positions, lots, open_days, open_losses, .. } = self.state;
            let is_empty = families.is_empty()
                && positions.is_empty()
                && lots.is_empty()
                && open_days.is_empty()
                && open_losses.is_empty();
            return require(
                is_empty && *events == 0 && *disposals == 0,
                "there is something without a `last` event",
            );
        };
        require(*events > 0, "there is a `last` event of none")?;
        check::whole(last.sequence, 0..=1_000_000, ErrorCode::CountOutOfRange).at("sequence").at("last")?;
        let rank = check::whole(last.rank, 0..=7, ErrorCode::CountOutOfRange).at("rank").at("last")?;
        self.book.go_on_after((last.date, last.sequence, u8::try_from(rank).unwrap_or(u8::MAX)));
        Ok(())
    }

    /// Adds a position, without its lots.
    fn read_position(&mut self, row: &LotStatePosition) -> Result<()> {
        let account = self.book.account(row.account.as_ref())?;
        if self.book.standing_for(account) != account {
            return Err(inconsistent("the lots of this account stand with those of another").at("account"));
        }
        let security = self.book.security(&row.security).at("security")?;
        let known = self.book.positions.len();
        let position = self.book.position_in(security, account)?;
        require(self.book.positions.len() > known, "the position stands in the list twice")?;
        let followed = check::whole(row.elections.unwrap_or(0), 0..=10_000, ErrorCode::CountOutOfRange);
        self.book.repeat_elections(position, followed.at("elections")?)?;
        self.positions.push(position);
        Ok(())
    }

    fn check_order_of_positions(&self) -> Result<()> {
        let key = |id: &Id<Position>| {
            let Position { account, security, .. } = &self.book.positions[*id];
            (*account, &self.book.securities[*security].id)
        };
        match self.positions.windows(2).position(|pair| !pair.is_sorted_by_key(key)) {
            None => Ok(()),
            Some(index) => {
                Err(out_of_order("positions stand by account and security").at_index("positions", index + 1))
            }
        }
    }

    fn read_lots(&mut self) -> Result<()> {
        let state = self.state;
        let mut events = Vec::new();
        let mut index = 0;
        let mut day = i32::MIN;
        for purchase in state.lots.chunk_by(|one, other| one.event == other.event) {
            self.work.done(10 * purchase.len())?;
            self.read_purchase(purchase, index, &mut day)?;
            events.extend(purchase.first().map(|lot| (lot.event, index)));
            index += purchase.len();
        }
        order::sort_by_key(&mut events, |key| *key);
        match events.windows(2).find(|pair| matches!(pair, [(one, _), (other, _)] if one == other)) {
            Some([_, (_, index)]) => {
                Err(inconsistent("the lots of one event do not stand together").at_index("lots", *index))
            }
            _ => Ok(()),
        }
    }

    /// Adds the lots of a purchase, of which the first has a place in the list.
    fn read_purchase(&mut self, purchase: &[LotStateLot], index: usize, day: &mut i32) -> Result<()> {
        let Some(first) = purchase.first() else { return Ok(()) };
        let block = self.book.blocks.push(Block {
            event: first.event,
            first: self.book.lots.next_id(),
            parts: Vec::new(),
        });
        if let Some(name) = &first.lot {
            self.book.check_name(name).at("lot").at_index("lots", index)?;
            self.book.name(block, name);
        }
        let parts = part_of(first.parts).at("parts").at_index("lots", index)?;
        if first.date.day_number() < *day {
            return Err(out_of_order("purchases stand by date").at("date").at_index("lots", index));
        }
        *day = first.date.day_number();
        let mut last = None;
        for (place, lot) in purchase.iter().enumerate() {
            let is_rest = place == 0 || lot.lot.is_none() && lot.parts.is_none() && lot.date == first.date;
            let agrees = require(is_rest, "the lots of a purchase contradict each other");
            let read = agrees.and_then(|()| self.read_lot(block, lot, last, parts));
            last = Some(read.at_index("lots", index + place)?);
        }
        let others = u32::try_from(self.book.blocks[block].parts.len()).unwrap_or(u32::MAX);
        let gone = parts.checked_sub(others).ok_or_else(|| {
            inconsistent("the purchase has more parts than were set apart").at_index("lots", index)
        })?;
        if gone > 0 {
            self.book.past.parts.push((block, gone));
        }
        Ok(())
    }

    /// Adds a lot after the last one of its purchase, of which there are so many parts. Returns it.
    fn read_lot(
        &mut self,
        block: Id<Block>,
        row: &LotStateLot,
        last: Option<Id<Lot>>,
        parts: u32,
    ) -> Result<Id<Lot>> {
        let LotState { events, .. } = self.state;
        require(row.event < *events, "the event is none of those so far")?;
        let part = part_of(row.part).at("part")?;
        let last = last.map(|id| (id, &self.book.lots[id]));
        // What a part moved from comes before it, if a disposal of it can still change.
        let is_moved = last.is_some_and(|(_, last)| last.part == part && last.holding.units == 0);
        let ascends = is_moved || last.is_none_or(|(_, last)| last.part < part);
        require(ascends && part <= parts, "the parts of a purchase ascend to their number")?;
        let is_first = last.is_none();
        let acquired = row.date.day_number();
        let held_since = row.held_since.unwrap_or(row.date).day_number();
        require(
            acquired.max(held_since) <= self.book.last_day && row.held_since != Some(row.date),
            "the dates do not fit to each other",
        )?;
        let tacked = check::whole(row.tacked_days.unwrap_or(0), 0..=MOST_DAYS, ErrorCode::CountOutOfRange);
        let tacked_days = i32::try_from(tacked.at("tackedDays")?).unwrap_or(i32::MAX);
        let position = self.position_at(row.position).at("position")?;
        self.count_lot(row.position as usize);
        let averaged = self.book.positions[position].is_averaged() && !row.short;
        if self.book.rules.jurisdiction.pools() {
            let is_plain = !row.short && !row.always_long && row.gift.is_none() && tacked_days == 0;
            require(is_plain && held_since == acquired, "a pool of shares has no such lots")?;
        }
        let units = units_of(row.units).at("units")?;
        let cost = amount_of(row.cost, self.book.places).at("cost")?;
        let holding = holding_of(units, cost, row.whole.as_deref(), self.book.places)?;
        require(
            !averaged || holding.whole_cost == 0,
            "the cost of shares with an average cost is that of their position",
        )?;
        let gift = self.read_gift(row, units, averaged)?;
        let place = &mut self.book.positions[position];
        if row.short {
            place.owed += units;
        } else {
            place.held += units;
        }
        let id = self.book.lots.push(Lot {
            holding,
            position,
            block,
            part,
            acquired,
            held_since,
            tacked_days,
            may_replace: false,
            always_long: row.always_long,
            suspended: false,
            is_short: row.short,
            gift,
        });
        self.lots.push(id);
        let Block { first, parts, .. } = &mut self.book.blocks[block];
        match parts.last_mut() {
            _ if is_first => {}
            Some(last) if is_moved => *last = id,
            None if is_moved => *first = id,
            _ => parts.push(id),
        }
        self.book.read_cost_abroad(id, row.foreign.as_deref())?;
        if units > 0 {
            self.book.line_up(id);
        }
        Ok(id)
    }

    fn read_gift(&mut self, row: &LotStateLot, units: i128, averaged: bool) -> Result<Option<Id<Gift>>> {
        let Some(gift) = &row.gift else { return Ok(None) };
        require(units > 0 && !averaged && !row.short, "the lot cannot have two bases").at("gift")?;
        let places = self.book.places;
        let cost = amount_of(gift.loss_basis, places).at("lossBasis").at("gift")?;
        let loss = holding_of(units, cost, gift.whole.as_ref(), places).at("gift")?;
        require(gift.given <= row.date && loss.cost >= 0, "the gift does not fit to its lot").at("gift")?;
        Ok(Some(self.book.gifts.push(Gift { loss, given: gift.given.day_number() })))
    }

    /// Compares what a position says with its lots, and gives it what is known of all of them.
    fn complete_position(&mut self, index: usize, row: &LotStatePosition) -> Result<()> {
        let id = self.position_at(u32::try_from(index).unwrap_or(u32::MAX))?;
        let places = self.book.places;
        let Position { held, owed, .. } = self.book.positions[id];
        let cost = amount_of(row.cost, places).at("cost")?;
        let of_lots = |lots: Vec<Id<Lot>>| -> i128 {
            lots.into_iter().map(|lot| self.book.lots[lot].holding.cost).sum()
        };
        let shorts = of_lots(self.book.positions[id].shorts.lots(&self.book.lots));
        let owed_told = row.owed.map_or(Ok(0), units_of).at("owed")?;
        let owed_proceeds = row.owed_proceeds.unwrap_or(Decimal::ZERO);
        let owed_proceeds = amount_of(owed_proceeds, places).at("owedProceeds")?;
        let held_told = units_of(row.units).at("units")?;
        let is_right = (held_told, owed_told, owed_proceeds) == (held, owed, shorts)
            && self.counts.get(index) == Some(&row.lots);
        require(is_right, "the lots of the position are not together what it says")?;
        if self.book.positions[id].is_averaged() {
            let pool = holding_of(held, cost, row.whole.as_ref(), places)?;
            self.book.positions[id].pool = pool;
        } else {
            let all = of_lots(self.book.positions[id].queue.lots(&self.book.lots));
            let is_right = all == cost && row.whole.is_none();
            require(is_right, "the lots of the position do not cost together what it says")?;
        }
        self.book.read_pool_abroad(id, row.foreign.as_ref())
    }

    /// Counts a lot of the position at a place, of which there is one.
    #[expect(clippy::indexing_slicing, reason = "there are as many counts as positions")]
    fn count_lot(&mut self, position: usize) {
        self.counts[position] += 1;
    }

    /// The position at a place of the list.
    pub(super) fn position_at(&self, place: u32) -> Result<Id<Position>> {
        let position = self.positions.get(place as usize).copied();
        position.ok_or_else(|| unknown("position", place))
    }

    /// The lot at a place of the list.
    pub(super) fn lot_at(&self, place: u32) -> Result<Id<Lot>> {
        self.lots.get(place as usize).copied().ok_or_else(|| unknown("lot", place))
    }
}

/// The unit of which so many make a share.
pub(super) fn unit_of(denominator: Option<Decimal>) -> Result<Unit> {
    match denominator {
        None => Ok(Unit::default()),
        Some(denominator) => some_units(denominator).and_then(|units| Unit::default().refined(units)),
    }
    .at("denominator")
}

/// A number of parts, or the number of one; 0 if it is absent.
fn part_of(part: Option<u32>) -> Result<u32> {
    part.map_or(Ok(0), |part| check::whole(part, 1..=MOST_PARTS, ErrorCode::CountOutOfRange))
}

#[cold]
fn unknown(thing: &str, place: u32) -> Error {
    inconsistent(format!("no {thing} stands at place {place}"))
}

#[cold]
pub(super) fn out_of_order(message: &str) -> Error {
    Error::new(ErrorCode::ListOutOfOrder, message)
}

impl Book {
    /// Lets the first elections of a position, which has no lots yet, have taken effect.
    fn repeat_elections(&mut self, id: Id<Position>, followed: u32) -> Result<()> {
        let (day, position) = (self.last_day, &mut self.positions[id]);
        let mut last: Option<(i32, LotMethod)> = None;
        for _ in 0..followed {
            last = position.changes.pop();
            if last.is_none_or(|(from, _)| from > day) {
                return Err(inconsistent("fewer elections have taken effect").at("elections"));
            }
        }
        if let Some((_, method)) = last {
            position.method = method;
            position.queue = crate::engine::queue::Queue::new(method, self.rules.tax_rates);
        }
        Ok(())
    }
}
