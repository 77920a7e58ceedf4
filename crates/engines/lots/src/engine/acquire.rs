//! Purchases.

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _, num::Decimal};

use super::{BasisRule, Block, Book, Gift, Holding, Id, Lot, Position, Sum, book::MOST_ID};
use crate::{exact::overflow, input::Jurisdiction};

/// How shares came.
pub(super) struct Arrival {
    pub(super) event: u32,
    pub(super) day: i32,
    /// The day from which the holding period is counted.
    pub(super) held_since: i32,
    /// How many days of that are those of shares sold at a loss that they replace.
    pub(super) tacked_days: i32,
    /// Whether they are long-term whatever the days.
    pub(super) always_long: bool,
    /// The second basis of a gift.
    pub(super) gift: Option<Gift>,
    /// Whether they were bought, so that they can replace shares sold at a loss.
    pub(super) bought: bool,
    pub(super) rule: BasisRule,
}

impl Arrival {
    /// By a purchase.
    pub(super) fn purchase(event: u32, day: i32) -> Self {
        Self {
            event,
            day,
            held_since: day,
            tacked_days: 0,
            always_long: false,
            gift: None,
            bought: true,
            rule: BasisRule::Purchase,
        }
    }
}

impl Book {
    /// Adds what was bought.
    pub(super) fn acquire(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        quantity: Decimal,
        cost: Sum,
        name: Option<&str>,
    ) -> Result<()> {
        self.receive(position, quantity, cost, name, Arrival::purchase(event, day))
    }

    /// Adds shares that came in one way or another, as a lot that the event may name.
    pub(super) fn receive(
        &mut self,
        position: Id<Position>,
        quantity: Decimal,
        cost: Sum,
        name: Option<&str>,
        arrival: Arrival,
    ) -> Result<()> {
        if let Some(name) = name {
            self.check_name(name).at("lot")?;
        }
        let family = self.family_of(position);
        let units = self.units(family, self.shares(position, quantity)?)?;
        self.require_room(position, units)?;
        self.pass_days()?;
        let block = self.blocks.next_id();
        self.enter(position, units, cost, None, arrival)?;
        if let Some(name) = name {
            self.name(block, name);
        }
        Ok(())
    }

    /// That units fit into a position.
    pub(super) fn require_room(&self, position: Id<Position>, units: i128) -> Result<()> {
        self.positions[position].held.checked_add(units).map(|_| ()).ok_or_else(overflow)
    }

    /// Adds units, for which there is room, as a lot: of a new block, or as a further part of a block that has one.
    pub(super) fn enter(
        &mut self,
        position: Id<Position>,
        units: i128,
        sum: Sum,
        block: Option<Id<Block>>,
        arrival: Arrival,
    ) -> Result<()> {
        let Arrival { event, day, held_since, tacked_days, always_long, gift, bought, rule } = arrival;
        let cost = sum.book;
        let first = self.lots.next_id();
        let (block, part) = match block {
            Some(block) => (block, self.add_part(block, first)),
            None => (self.blocks.push(Block { event, first, parts: Vec::new() }), 0),
        };
        let averaged = self.positions[position].is_averaged();
        let gift = gift.map(|mut gift| {
            gift.loss = Holding::new(units, gift.loss.cost);
            self.gifts.push(gift)
        });
        let lot = self.lots.push(Lot {
            holding: Holding::new(units, if averaged { 0 } else { cost }),
            position,
            block,
            part,
            acquired: day,
            held_since,
            tacked_days,
            may_replace: bought,
            always_long,
            suspended: false,
            is_short: false,
            gift,
        });
        let place = &mut self.positions[position];
        place.held += units;
        if averaged {
            place.pool.add(units, cost);
        }
        self.cost_abroad(lot, sum);
        self.note(event, lot, rule, cost, None);
        if bought {
            self.replace_sold_before(event, day, lot)?;
        }
        let place = &mut self.positions[position];
        place.queue.push(lot, &self.lots[lot], self.long_term);
        match self.rules.jurisdiction {
            Jurisdiction::UnitedStates => self.suspend_new(event, lot),
            Jurisdiction::UnitedKingdom => {
                self.buy_on_day(day, position, lot);
                Ok(())
            }
            Jurisdiction::Canada => {
                self.remember_bought(day, position, units);
                self.enter_pool(position, lot);
                Ok(())
            }
            Jurisdiction::None => Ok(()),
        }
    }

    /// Gives a new block an id, which has been checked.
    pub(super) fn name(&mut self, block: Id<Block>, name: &str) {
        self.named.insert(name.to_owned(), block.place());
        self.names.push(block.place(), name.to_owned());
    }

    /// Makes a lot the next part of a block, and returns its number.
    pub(super) fn add_part(&mut self, block: Id<Block>, lot: Id<Lot>) -> u32 {
        self.blocks[block].parts.push(lot);
        self.parts_of(block)
    }

    /// How many parts of a block have been set apart.
    pub(super) fn parts_of(&self, block: Id<Block>) -> u32 {
        let parts = u32::try_from(self.blocks[block].parts.len()).unwrap_or(u32::MAX);
        parts.saturating_add(self.parts_gone(block))
    }

    /// An id for a lot: no other has it, and it does not look like one that the book gives.
    pub(super) fn check_name(&self, name: &str) -> Result<()> {
        check::text(name, MOST_ID)?;
        if name.contains('#') {
            let message =
                "the id of a lot cannot contain `#`, which stands before numbers that the book gives";
            return Err(Error::new(ErrorCode::TextInvalid, message));
        }
        if self.named.contains_key(name) {
            let message = format!("{name:?} is the id of an earlier lot; each needs its own");
            return Err(Error::new(ErrorCode::ListDuplicate, message));
        }
        Ok(())
    }
}
