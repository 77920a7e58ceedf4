//! Purchases.

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _, num::Decimal};

use super::{BasisRule, Block, Book, Holding, Id, Lot, Position};
use crate::input::Jurisdiction;

/// The longest id of a lot, in characters.
const MOST_ID: usize = 100;

impl Book {
    /// Adds what was bought.
    pub(super) fn acquire(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        quantity: Decimal,
        cost: i128,
        name: Option<&str>,
    ) -> Result<()> {
        if let Some(name) = name {
            self.check_name(name).at("lot")?;
        }
        let family = self.family_of(position);
        let units = self.units(family, quantity)?;
        let block = self.blocks.push(Block { event, first: self.lots.next_id(), parts: Vec::new() });
        let averaged = self.positions[position].is_averaged();
        let lot = self.lots.push(Lot {
            holding: Holding::new(units, if averaged { 0 } else { cost }),
            position,
            block,
            part: 0,
            acquired: day,
            held_since: day,
            may_replace: true,
        });
        if let Some(name) = name {
            self.named.insert(name.to_owned(), block);
            self.names.insert(block.index(), name.to_owned());
        }
        let place = &mut self.positions[position];
        place.held += units;
        if averaged {
            place.pool.add(units, cost);
        }
        self.note(event, lot, BasisRule::Purchase, cost, None);
        self.replace_sold_before(event, day, lot)?;
        let place = &mut self.positions[position];
        place.queue.push(lot, &self.lots[lot], self.long_term);
        match self.rules.jurisdiction {
            Jurisdiction::UnitedKingdom => self.buy_on_day(day, position, lot),
            Jurisdiction::Canada => {
                self.remember_bought(day, position, units);
                self.enter_pool(position, lot);
            }
            Jurisdiction::UnitedStates | Jurisdiction::None => {}
        }
        Ok(())
    }

    /// An id for a lot: no other has it, and it does not look like one that the book gives.
    fn check_name(&self, name: &str) -> Result<()> {
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
