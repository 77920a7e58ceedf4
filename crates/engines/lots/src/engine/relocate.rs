//! Lots that move to another position: of another account or of another security.

use wherewithal_base::Result;

use super::{BasisRule, Book, Gift, Holding, Id, Lot, Position};

/// What arrives of a lot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arriving {
    /// Units, counted in the unit of the new position.
    pub(super) units: i128,
    pub(super) cost: i128,
    /// The basis for a loss, of a gift that has two.
    pub(super) loss_basis: Option<i128>,
    /// Whether nothing stays behind, so that the lot keeps its id.
    pub(super) is_whole: bool,
    pub(super) rule: BasisRule,
}

impl Book {
    /// Moves units of a lot to another position of its family, with everything that belongs to them.
    pub(super) fn relocate(
        &mut self,
        event: u32,
        from: Id<Lot>,
        units: i128,
        to: Id<Position>,
        rule: BasisRule,
    ) -> Result<()> {
        let before = self.lots[from].holding;
        let keeps_rest = !self.positions[self.lots[from].position].is_averaged();
        let taken = self.take(from, units)?;
        let is_whole = units == before.units;
        self.note_units(event, from, rule, units, -taken.cost, None);
        let arriving = Arriving { units, cost: taken.cost, loss_basis: taken.loss_basis, is_whole, rule };
        let arrived = self.arrive(event, from, to, arriving);
        if is_whole && keeps_rest && !self.positions[to].is_averaged() {
            // So that the parts that were sold before and after the move add up as if it had not been.
            self.lots[arrived].holding = before;
        }
        self.replace_recent(from, arrived, is_whole);
        self.positions[to].queue.push(arrived, &self.lots[arrived]);
        Ok(())
    }

    /// Makes a lot in a position from what left another, without a place in the order of the position.
    pub(super) fn arrive(
        &mut self,
        event: u32,
        from: Id<Lot>,
        to: Id<Position>,
        arriving: Arriving,
    ) -> Id<Lot> {
        let Arriving { units, cost, loss_basis, is_whole, rule } = arriving;
        let averaged = self.positions[to].is_averaged();
        let mut lot = self.lots[from].clone();
        lot.position = to;
        lot.holding = Holding::new(units, if averaged { 0 } else { cost });
        lot.gift = lot.gift.zip(loss_basis).map(|(gift, loss_basis)| {
            let given = self.gifts[gift].given;
            self.gifts.push(Gift { loss: Holding::new(units, loss_basis), given })
        });
        let (block, next) = (lot.block, self.lots.next_id());
        if is_whole {
            let place = lot.part.checked_sub(1).and_then(|place| {
                let place = usize::try_from(place).ok()?;
                self.blocks[block].parts.get_mut(place)
            });
            match place {
                Some(place) => *place = next,
                None => self.blocks[block].first = next,
            }
        } else {
            lot.part = self.add_part(block, next);
        }
        let arrived = self.lots.push(lot);
        let place = &mut self.positions[to];
        place.held += units;
        if averaged {
            place.pool.add(units, cost);
        }
        self.note_units(event, arrived, rule, units, cost, (!is_whole).then_some(from));
        arrived
    }

    /// Lets what moved stand among the recent purchases of the family as what it moved from does.
    fn replace_recent(&mut self, from: Id<Lot>, arrived: Id<Lot>, is_whole: bool) {
        let family = self.family_of(self.lots[arrived].position);
        let recent = &mut self.families[family].recent;
        if let Some(place) = recent.iter().position(|lot| *lot == from) {
            if is_whole {
                if let Some(lot) = recent.get_mut(place) {
                    *lot = arrived;
                }
            } else {
                recent.insert(place + 1, arrived);
            }
        }
    }
}
