//! Lots that move to another position: of another account or of another security.

use wherewithal_base::Result;

use super::{BasisRule, Block, Book, Family, Gift, Holding, Id, Lot, Position, Sum};

/// What arrives of a lot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arriving {
    /// Units, counted in the unit of the new position.
    pub(super) units: i128,
    pub(super) cost: Sum,
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
        let abroad = self.own_cost_abroad(from);
        let gift_before = self.lots[from].gift.map(|gift| self.gifts[gift].clone());
        let keeps_rest = !self.positions[self.lots[from].position].is_averaged();
        let taken = self.take(from, units)?;
        let is_whole = units == before.units;
        self.note_units(event, from, rule, units, -taken.cost, None);
        let arriving = Arriving { units, cost: taken.sum(), loss_basis: taken.loss_basis, is_whole, rule };
        let arrived = self.arrive(event, from, to, arriving);
        if is_whole && (self.lots[arrived].is_short || keeps_rest && !self.positions[to].is_averaged()) {
            // So that the parts that were sold before and after the move add up as if it had not been.
            self.lots[arrived].holding = before;
            self.put_cost_abroad(arrived, abroad);
            if let (Some(gift), Some(before)) = (self.lots[arrived].gift, gift_before) {
                self.gifts[gift] = before;
            }
        }
        self.replace_recent(from, arrived, is_whole);
        self.line_up(arrived);
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
        let Arriving { units, cost: sum, loss_basis, is_whole, rule } = arriving;
        let cost = sum.book;
        let mut lot = self.lots[from].clone();
        let averaged = self.positions[to].is_averaged() && !lot.is_short;
        lot.position = to;
        lot.holding = Holding::new(units, if averaged { 0 } else { cost });
        lot.gift = lot.gift.zip(loss_basis).map(|(gift, loss_basis)| {
            let given = self.gifts[gift].given;
            self.gifts.push(Gift { loss: Holding::new(units, loss_basis), given })
        });
        let (block, next) = (lot.block, self.lots.next_id());
        if is_whole {
            let lots = &self.lots;
            let Block { first, parts, .. } = &mut self.blocks[block];
            let place = parts.binary_search_by_key(&lot.part, |part| lots[*part].part);
            match place.ok().and_then(|place| parts.get_mut(place)) {
                Some(place) => *place = next,
                None => *first = next,
            }
        } else {
            lot.part = self.add_part(block, next);
        }
        let (is_short, suspended) = (lot.is_short, lot.suspended);
        let arrived = self.lots.push(lot);
        if suspended {
            let family = self.family_of(to);
            self.families[family].suspended.push(arrived);
        }
        let place = &mut self.positions[to];
        if is_short {
            place.owed += units;
        } else {
            place.held += units;
        }
        if averaged {
            place.pool.add(units, cost);
        }
        self.cost_abroad(arrived, sum);
        self.note_units(event, arrived, rule, units, cost, (!is_whole).then_some(from));
        arrived
    }

    /// Gives a lot its place in the order of its position.
    pub(super) fn line_up(&mut self, id: Id<Lot>) {
        let lot = &self.lots[id];
        let position = &mut self.positions[lot.position];
        let queue = if lot.is_short { &mut position.shorts } else { &mut position.queue };
        queue.push(id, lot, self.long_term);
    }

    /// Lets what moved stand among the recent purchases of the family as what it moved from does.
    pub(super) fn replace_recent(&mut self, from: Id<Lot>, arrived: Id<Lot>, is_whole: bool) {
        let family = self.family_of(self.lots[arrived].position);
        let Family { recent, recent_shorts, .. } = &mut self.families[family];
        let recent = if self.lots[arrived].is_short { recent_shorts } else { recent };
        // They stand in the order of their purchases.
        let lots = &self.lots;
        let purchase = |lot: Id<Lot>| (lots[lot].acquired, lots[lot].block);
        let first = recent.partition_point(|lot| purchase(*lot) < purchase(from));
        let same = recent.range(first..).take_while(|lot| purchase(**lot) == purchase(from));
        let place = same.enumerate().find(|(_, lot)| **lot == from).map(|(after, _)| first + after);
        if let Some(place) = place {
            recent.insert(place + 1, arrived);
            if is_whole {
                recent.remove(place);
            }
        }
    }
}
