//! From a book to its state.

use wherewithal_base::{
    Error, Result,
    control::{Control, Work},
    dates::Date,
    num::Decimal,
    order,
};

use super::{
    VERSION,
    units::{units_told, whole_told},
};
use crate::{
    engine::{
        Block, Book, Family, Gift, Id, Lot, Marks, OfEach, Position, Sum, canada::Bought,
        deliver::is_near_one, position::Today, united_kingdom::SaleOfDay, wash_sale::PendingLoss,
    },
    input::LotAccount,
    output::{
        LotState, LotStateAmounts, LotStateDay, LotStateDaySale, LotStateDisposal, LotStateFamily,
        LotStateGift, LotStateLot, LotStateMoment, LotStatePosition, LotStatePurchase,
    },
};

impl Book {
    /// The state of the book, from which [`from_state`](Self::from_state) makes one that goes on like this one. It has what
    /// later events can change or need, so its size follows the lots that are left: about 80 bytes of JSON for each.
    ///
    /// # Errors
    /// `decimal.overflow`; `date.out_of_range`.
    pub fn state(&self) -> Result<LotState> {
        self.state_under(&Control::default())
    }

    /// The same as an operation.
    pub(crate) fn state_under(&self, control: &Control) -> Result<LotState> {
        let mut writer = Writer::new(self, Work::under(control))?;
        let lots = writer.lots()?;
        let positions = writer.positions()?;
        let writer = writer;
        let last = self.last_moment()?;
        Ok(LotState {
            version: VERSION,
            rules: self.rules.clone(),
            accounts: self.given_accounts(),
            securities: self.given_securities.clone(),
            symbol_changes: self.symbol_changes.clone(),
            events: self.events,
            disposals: self.place_of(self.disposals.len()),
            last,
            search_steps: u32::try_from(self.searched.get()).ok().filter(|steps| *steps > 0),
            families: writer.families()?,
            positions,
            lots,
            open_days: writer.open_days()?,
            open_losses: writer.open_losses()?,
        })
    }

    fn last_moment(&self) -> Result<Option<LotStateMoment>> {
        let Some((date, sequence, rank)) = self.last_order()? else { return Ok(None) };
        Ok(Some(LotStateMoment { date, sequence, rank: rank.into() }))
    }

    /// The accounts, unless the book made one itself.
    fn given_accounts(&self) -> Vec<LotAccount> {
        self.accounts.iter().filter(|account| !account.id.is_empty()).cloned().collect()
    }
}

struct Writer<'b, 'w, 'c> {
    book: &'b Book,
    work: Work<'w, 'c>,
    oldest: i32,
    /// Lots of which a disposal can still change.
    waiting: Marks<Lot>,
    /// The places of lots and positions in the state.
    lots: OfEach<Lot, Option<u32>>,
    positions: OfEach<Position, Option<u32>>,
    /// The positions of the state, and how many lots of each are in it.
    sorted: Vec<Id<Position>>,
    counts: Vec<u32>,
}

impl<'b, 'w, 'c> Writer<'b, 'w, 'c> {
    fn new(book: &'b Book, work: Work<'w, 'c>) -> Result<Self> {
        let mut writer = Self {
            book,
            work,
            oldest: book.first_of_window(),
            waiting: Marks::default(),
            lots: OfEach::new(&book.lots, None),
            positions: OfEach::new(&book.positions, None),
            sorted: Vec::new(),
            counts: Vec::new(),
        };
        writer.find_waiting();
        writer.sort_positions()?;
        Ok(writer)
    }

    /// Finds the lots of which disposals can still change.
    fn find_waiting(&mut self) {
        let Self { book, oldest, .. } = *self;
        let families = book.families.iter().flat_map(|(_, family)| {
            // The loss of shares that closed a short sale waits from the day of that sale on.
            let losses =
                family.pending.iter().chain(&family.pending_shorts).map(|loss| (loss.day, loss.disposal));
            losses.chain(family.open_losses.iter().map(|loss| (loss.day, loss.disposal)))
        });
        let sales = book.positions.iter().flat_map(|(_, position)| &position.pending_sales);
        let waiting = families.chain(sales.map(|sale| (sale.day, sale.disposal)));
        let disposals = waiting.filter(|(day, _)| *day >= oldest);
        for (_, place) in disposals {
            self.waiting.insert(book.disposal(place).lot);
        }
    }

    fn is_kept(&self, lot: Id<Lot>) -> bool {
        self.book.lots[lot].holding.units > 0 || self.waiting.contains(lot)
    }

    /// Finds the positions that something in the state belongs to, and puts them in order.
    fn sort_positions(&mut self) -> Result<()> {
        let mut found = OfEach::new(&self.book.positions, false);
        let mut find = |position: Id<Position>| found[position] = true;
        for (id, lot) in self.book.lots.iter() {
            self.work.done(1)?;
            if self.is_kept(id) {
                find(lot.position);
            }
        }
        for (id, family) in self.book.families.iter() {
            let first = self.book.first_bought(id, self.book.last_day);
            family
                .bought
                .iter()
                .filter(|bought| bought.day >= first)
                .for_each(|bought| find(bought.position));
        }
        self.book.open_days.iter().for_each(|position| find(*position));
        self.sorted = found.iter().filter(|(_, found)| **found).map(|(id, _)| id).collect();
        let book = self.book;
        order::sort_by_key(&mut self.sorted, |id| {
            let Position { account, security, .. } = &book.positions[*id];
            (*account, &book.securities[*security].id)
        });
        self.counts = vec![0; self.sorted.len()];
        for (place, id) in (0..).zip(&self.sorted) {
            self.positions[*id] = Some(place);
        }
        Ok(())
    }

    #[expect(clippy::expect_used, reason = "a state has every lot that something in it names")]
    fn place_of_lot(&self, lot: Id<Lot>) -> u32 {
        self.lots[lot].expect("the lot is in the state")
    }

    #[expect(clippy::expect_used, reason = "a state has every position that something in it names")]
    fn place_of_position(&self, position: Id<Position>) -> u32 {
        self.positions[position].expect("the position is in the state")
    }

    fn money(&self, amount: i128) -> Result<Decimal> {
        Decimal::from_i128(amount, self.book.places)
    }

    #[expect(clippy::indexing_slicing, reason = "each position of the state has a count")]
    fn lots(&mut self) -> Result<Vec<LotStateLot>> {
        let book = self.book;
        let mut kept = Vec::new();
        for (id, lot) in book.lots.iter() {
            self.work.done(1)?;
            if self.is_kept(id) {
                kept.push((lot.block, lot.part, id));
            }
        }
        // Of a part that moved, what it moved from may be there too, and comes first.
        order::sort_by_key(&mut kept, |key| *key);
        let mut lots: Vec<LotStateLot> = Vec::with_capacity(kept.len());
        let mut last = None;
        for (place, (block, _, id)) in (0..).zip(kept) {
            self.work.done(4)?;
            self.lots[id] = Some(place);
            let mut row = self.lot(&book.blocks[block], id)?;
            if last.replace(block) != Some(block) {
                row.lot = book.names.get(block.place()).cloned();
                row.parts = Some(book.parts_of(block)).filter(|parts| *parts > 0);
            }
            self.counts[row.position as usize] += 1;
            lots.push(row);
        }
        Ok(lots)
    }

    fn lot(&self, block: &Block, id: Id<Lot>) -> Result<LotStateLot> {
        let book = self.book;
        let Lot { holding, position, part, acquired, held_since, tacked_days, .. } = book.lots[id];
        let gift = book.lots[id].gift.filter(|_| holding.units > 0).map(|gift| self.gift(&book.gifts[gift]));
        let abroad = book.own_cost_abroad(id).map(|cost| book.foreign_cost_told(position, &cost));
        Ok(LotStateLot {
            event: block.event,
            lot: None,
            part: Some(part).filter(|part| *part > 0),
            parts: None,
            date: Date::from_day_number(acquired)?,
            held_since: (held_since != acquired).then(|| Date::from_day_number(held_since)).transpose()?,
            tacked_days: days(tacked_days),
            position: self.place_of_position(position),
            units: units_told(holding.units)?,
            cost: self.money(holding.cost)?,
            whole: whole_told(holding, book.places)?.map(Box::new),
            always_long: book.lots[id].always_long,
            short: book.lots[id].is_short,
            gift: gift.transpose()?.map(Box::new),
            foreign: abroad.transpose()?.flatten().map(Box::new),
        })
    }

    fn gift(&self, gift: &Gift) -> Result<LotStateGift> {
        Ok(LotStateGift {
            given: Date::from_day_number(gift.given)?,
            loss_basis: self.money(gift.loss.cost)?,
            whole: whole_told(gift.loss, self.book.places)?,
        })
    }

    fn positions(&mut self) -> Result<Vec<LotStatePosition>> {
        let mut rows = Vec::new();
        for (id, lots) in std::mem::take(&mut self.sorted).into_iter().zip(std::mem::take(&mut self.counts)) {
            let position = &self.book.positions[id];
            let of_lots =
                |lots: &[Id<Lot>]| -> i128 { lots.iter().map(|lot| self.book.lots[*lot].holding.cost).sum() };
            let held = position.queue.lots(&self.book.lots);
            self.work.done(held.len())?;
            let (cost, whole) = if position.is_averaged() {
                (position.pool.cost, whole_told(position.pool, self.book.places)?)
            } else {
                (of_lots(&held), None)
            };
            let owed = of_lots(&position.shorts.lots(&self.book.lots));
            let is_owing = position.owed > 0;
            let abroad = self.book.pool_cost_abroad(id).filter(|_| position.held > 0);
            let abroad = abroad.map(|cost| self.book.foreign_cost_told(id, &cost)).transpose()?.flatten();
            let account = self.book.accounts.get(position.account).map(|account| account.id.clone());
            rows.push(LotStatePosition {
                account: account.filter(|id| !id.is_empty()),
                security: self.book.securities[position.security].id.clone(),
                elections: Some(self.book.elections_followed(id)).filter(|count| *count > 0),
                lots,
                units: units_told(position.held)?,
                cost: self.money(cost)?,
                owed: is_owing.then(|| units_told(position.owed)).transpose()?,
                owed_proceeds: is_owing.then(|| self.money(owed)).transpose()?,
                whole,
                foreign: abroad,
                sales: self.sales(position)?,
            });
        }
        Ok(rows)
    }

    /// Sales from the pool that can still be taken over.
    fn sales(&self, position: &Position) -> Result<Vec<LotStateDisposal>> {
        let sales = position.pending_sales.iter().filter(|sale| sale.day >= self.oldest);
        let row = |sale: &crate::engine::united_kingdom::PendingSale| {
            let first = (sale.units != sale.of).then_some((sale.proceeds, sale.cost));
            let at_first = first.map(|(proceeds, cost)| {
                Ok::<_, Error>(LotStateAmounts { proceeds: self.money(proceeds)?, cost: self.money(cost)? })
            });
            Ok(LotStateDisposal {
                at_first: at_first.transpose()?,
                ..self.disposal(sale.disposal, sale.units, sale.of)?
            })
        };
        sales.map(row).collect()
    }

    /// A disposal that can still change.
    #[expect(clippy::expect_used, reason = "a disposal names a unit that its family had")]
    fn disposal(&self, place: usize, waiting: i128, of: i128) -> Result<LotStateDisposal> {
        let book = self.book;
        let row = book.disposal(place);
        let position = book.lots[row.lot].position;
        let units = &book.families[book.family_of(position)].units;
        let denominator = units.get(row.unit).expect("the family had this unit").denominator();
        Ok(LotStateDisposal {
            place: book.place_of(place),
            event: row.event,
            date: Date::from_day_number(row.day)?,
            lot: self.place_of_lot(row.lot),
            units: units_told(row.units)?,
            denominator: Some(denominator).filter(|units| *units != 1).map(units_told).transpose()?,
            proceeds: self.money(row.proceeds)?,
            cost: self.money(row.cost)?,
            disallowed_loss: Some(row.disallowed)
                .filter(|loss| *loss != 0)
                .map(|loss| self.money(loss))
                .transpose()?,
            term: row.term,
            rule: row.rule,
            waiting: units_told(waiting)?,
            of: (waiting != of).then(|| units_told(of)).transpose()?,
            security: None,
            short_sale_date: book.short_sale_of(place).map(Date::from_day_number).transpose()?,
            days_held: None,
            at_first: None,
            foreign: book.exchange_told(position, place, waiting != of)?,
        })
    }

    /// A loss that a purchase can still replace.
    fn loss(&self, loss: &PendingLoss) -> Result<LotStateDisposal> {
        let row = self.disposal(loss.disposal, loss.units, loss.of)?;
        let sold = self.book.lots[self.book.disposal(loss.disposal).lot].position;
        let is_other = self.book.positions[sold].security != loss.security;
        Ok(LotStateDisposal {
            security: is_other.then(|| self.book.securities[loss.security].id.clone()),
            days_held: days(loss.days_held),
            ..row
        })
    }

    fn families(&self) -> Result<Vec<LotStateFamily>> {
        let mut rows = Vec::new();
        for (id, family) in self.book.families.iter() {
            let Family { recent, recent_shorts, suspended, pending, pending_shorts, .. } = family;
            let losses = |losses: &std::collections::VecDeque<PendingLoss>| {
                let losses = losses.iter().filter(|loss| loss.day >= self.oldest);
                losses.map(|loss| self.loss(loss)).collect::<Result<Vec<_>>>()
            };
            let stopped = suspended.iter().filter(|lot| self.book.lots[**lot].holding.units > 0);
            let denominator = family.unit().denominator();
            let row = LotStateFamily {
                security: family.id.clone(),
                denominator: Some(denominator).filter(|units| *units != 1).map(units_told).transpose()?,
                recent: self.near_open_shorts(id).iter().chain(&self.recent(recent)).copied().collect(),
                recent_shorts: self.recent(recent_shorts),
                suspended: stopped.map(|lot| self.place_of_lot(*lot)).collect(),
                losses: losses(pending)?,
                short_losses: losses(pending_shorts)?,
                bought: self.bought(id, family)?,
            };
            let is_plain = row.denominator.is_none()
                && row.recent.is_empty()
                && row.recent_shorts.is_empty()
                && row.suspended.is_empty()
                && row.losses.is_empty()
                && row.short_losses.is_empty()
                && row.bought.is_empty();
            if !is_plain {
                rows.push(row);
            }
        }
        order::sort_by(&mut rows, |one, other| one.security.cmp(&other.security));
        Ok(rows)
    }

    /// The lots of a list that can still replace something.
    fn recent(&self, lots: &std::collections::VecDeque<Id<Lot>>) -> Vec<u32> {
        let can_replace = |id: &&Id<Lot>| {
            let lot = &self.book.lots[**id];
            lot.may_replace && lot.holding.units > 0 && lot.acquired >= self.oldest
        };
        lots.iter().filter(can_replace).map(|lot| self.place_of_lot(*lot)).collect()
    }

    /// The lots that are recent no more, but can still replace shares that close a short sale.
    fn near_open_shorts(&self, family: Id<Family>) -> Vec<u32> {
        let days = self.book.days_of_open_shorts(family);
        if days.is_empty() {
            return Vec::new();
        }
        let positions = self.book.positions_of_family(family).into_iter();
        let positions = positions.filter(|id| self.book.has_wash_sales(*id));
        let held = positions.flat_map(|position| self.book.positions[position].queue.lots(&self.book.lots));
        let mut near: Vec<Id<Lot>> = held
            .filter(|id| {
                let Lot { may_replace, acquired, .. } = self.book.lots[*id];
                may_replace && acquired < self.oldest && is_near_one(&days, acquired)
            })
            .collect();
        order::sort_by_key(&mut near, |lot| self.book.acquired_in_order(*lot));
        near.into_iter().map(|lot| self.place_of_lot(lot)).collect()
    }

    fn bought(&self, id: Id<Family>, family: &Family) -> Result<Vec<LotStatePurchase>> {
        let first = self.book.first_bought(id, self.book.last_day);
        let bought = family.bought.iter().filter(|bought| bought.day >= first);
        let row = |Bought { day, position, units }: &Bought| {
            Ok(LotStatePurchase {
                date: Date::from_day_number(*day)?,
                position: self.place_of_position(*position),
                units: units_told(*units)?,
            })
        };
        bought.map(row).collect()
    }

    #[expect(clippy::expect_used, reason = "a position stands in the list because its day is open")]
    fn open_days(&self) -> Result<Vec<LotStateDay>> {
        let row = |id: &Id<Position>| {
            let today = self.book.positions[*id].today.as_ref();
            let Today { lot, sales, .. } = today.expect("the day of the position is open");
            let sale = |SaleOfDay { event, units, proceeds }: &SaleOfDay| {
                let Sum { book, foreign, rates } = *proceeds;
                Ok(LotStateDaySale {
                    event: *event,
                    units: units_told(*units)?,
                    proceeds: self.money(book)?,
                    foreign: self.book.foreign_told(*id, foreign, rates)?,
                })
            };
            Ok(LotStateDay {
                position: self.place_of_position(*id),
                lot: lot.map(|lot| self.place_of_lot(lot)),
                sales: sales.iter().map(sale).collect::<Result<_>>()?,
            })
        };
        self.book.open_days.iter().map(row).collect()
    }

    #[expect(clippy::expect_used, reason = "each entry of the list stands for one loss of its family")]
    fn open_losses(&self) -> Result<Vec<LotStateDisposal>> {
        let mut rows = Vec::new();
        // Those of a family come in the order of their sales, as all do.
        let mut next = OfEach::new(&self.book.families, 0);
        for (_, family) in &self.book.waiting {
            let loss = self.book.families[*family].open_losses.get(next[*family]);
            let loss = loss.expect("the loss waits in its family");
            rows.push(self.disposal(loss.disposal, loss.units, loss.units)?);
            next[*family] += 1;
        }
        Ok(rows)
    }
}

/// A number of days, if there are any.
fn days(days: i32) -> Option<u32> {
    u32::try_from(days).ok().filter(|days| *days > 0)
}
