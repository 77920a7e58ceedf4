//! Short sales that are closed with shares that are held (Reg. 1.1233-1(a)(3), IRC 1233(b) to (e), Reg. 1.1091-1(g)).
//!
//! What a short sale brought, less the basis of the shares that are delivered, is the gain. It is of the term of those shares,
//! except that a gain is short-term as far as the same shares were held for one year or less at the short sale, or bought
//! before the closing, and a loss is long-term as far as the same shares were held for more than one year at the short sale.
//! A loss on shares that were held at the short sale counts for wash sales as if they had been sold on its day; one on shares
//! acquired later is that of a closing.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, num::Decimal, order};

use super::{
    BasisRule, Book, Disposal, Family, Id, Lot, Position, distinct,
    queue::Acquired,
    term_queue::Occasion,
    wash_sale::{Deemed, WINDOW},
};
use crate::{
    HoldingTerm,
    exact::proportion,
    input::{LotPick, SecurityKind},
};

/// A delivery as an event has it.
pub(super) struct Delivery<'a> {
    pub(super) event: u32,
    pub(super) day: i32,
    pub(super) position: Id<Position>,
    pub(super) quantity: Decimal,
    /// The shares that are delivered.
    pub(super) lots: &'a [LotPick],
    /// The short sales that are closed.
    pub(super) short_sales: &'a [LotPick],
}

/// Shares of one lot that close a part of one short sale.
#[derive(Debug, Clone, Copy)]
struct Piece {
    short: Id<Lot>,
    held: Id<Lot>,
    units: i128,
    /// Whether a gain is short-term because other shares were held short-term (IRC 1233(b)(1)).
    gain_is_short: bool,
}

impl Book {
    /// Delivers shares that are held to close short sales.
    pub(super) fn deliver(&mut self, delivery: &Delivery<'_>) -> Result<()> {
        let Delivery { event, day, position, .. } = *delivery;
        let security = &self.securities[self.positions[position].security];
        if matches!(security.kind, SecurityKind::Option | SecurityKind::Section1256) {
            let message = format!("{:?} is a contract; it is closed by a sale or a purchase", security.id);
            return Err(Error::new(ErrorCode::SecurityUnsuitable, message).at("security"));
        }
        let family = self.family_of(position);
        let units = self.units(family, self.shares(position, delivery.quantity)?)?;
        let near = self.may_replace(position)?;
        let pieces = self.pieces(delivery, units)?;
        let unit = self.families[family].units.len() - 1;
        let mut losses = Vec::new();
        let mut stopped = 0;
        for Piece { short, held, units, gain_is_short } in pieces {
            let owned = self.lots[held].acquired <= self.lots[short].acquired;
            let is_stopped = self.lots[held].suspended;
            stopped += if is_stopped { units } else { 0 };
            let brought = self.take(short, units)?.sum();
            let taken = self.take(held, units)?;
            let cost = taken.cost_against(brought.book);
            self.unused_basis += taken.cost - cost;
            let at_a_loss = brought.book < cost;
            let term = if at_a_loss && self.lots[short].always_long {
                HoldingTerm::Long
            } else if !at_a_loss && gain_is_short {
                HoldingTerm::Short
            } else {
                self.term(held, day, at_a_loss)?
            };
            let disposal = self.disposals.len();
            self.disposals.push(Disposal {
                event,
                day,
                lot: held,
                units,
                unit,
                proceeds: brought.book,
                cost,
                disallowed: 0,
                term,
                rule: BasisRule::DeliveredToCover,
            });
            self.deliveries.push((disposal, self.lots[short].acquired));
            self.disposed_abroad(held, brought, taken.sum());
            self.note_units(event, held, BasisRule::DeliveredToCover, units, -taken.cost, Some(short));
            self.note_units(event, short, BasisRule::ShortSaleClosed, units, -brought.book, Some(held));
            if at_a_loss {
                losses.push((disposal, short, owned, is_stopped));
            }
        }
        if self.has_short_sale_rules(position) {
            // What was delivered itself waits no more.
            self.release(event, day, family, units - stopped)?;
        }
        // They leave at once, so their losses count in the order of the days on which they do and, of one day, in that of
        // acquisition, whatever the order in which they are named (Reg. 1.1091-1(b)).
        order::sort_by_key(&mut losses, |(disposal, short, ..)| {
            let held = self.disposal(*disposal).lot;
            (self.lots[*short].acquired, Acquired::of(held, &self.lots[held]))
        });
        for (disposal, short, owned, is_stopped) in losses {
            if owned {
                let deemed = Deemed { sold: self.lots[short].acquired, has_no_days: is_stopped };
                self.replace_around(event, day, disposal, deemed, &near)?;
            } else {
                self.replace_short(event, day, position, disposal, short)?;
            }
        }
        Ok(())
    }

    /// Which shares close which short sales. Nothing changes before all that is named has been looked at.
    fn pieces(&mut self, delivery: &Delivery<'_>, units: i128) -> Result<Vec<Piece>> {
        let Delivery { day, position, lots, short_sales, .. } = *delivery;
        self.require_owed(position, units).at("quantity")?;
        self.require(position, units).at("quantity")?;
        let named_shorts = match short_sales {
            [] => None,
            picks => Some(self.identify(position, units, picks, Some("shortSales"))?),
        };
        let named = match lots {
            [] => None,
            picks => Some(self.identify(position, units, picks, None)?),
        };
        let shorts = named_shorts.unwrap_or_else(|| self.earliest_shorts(position, units));
        let mut proceeds = 0;
        for (short, part) in &shorts {
            let holding = self.lots[*short].holding;
            proceeds += proportion(holding.cost, *part, holding.units)?;
        }
        let held = named.unwrap_or_else(|| self.select(position, Occasion { day, proceeds, units }));
        Ok(self.paired(position, &shorts, &held))
    }

    /// Shares and short sales, both in their order.
    fn paired(
        &self,
        position: Id<Position>,
        shorts: &[(Id<Lot>, i128)],
        held: &[(Id<Lot>, i128)],
    ) -> Vec<Piece> {
        let mut young = self.young_beside(position, held);
        let mut shorts = shorts.iter().copied();
        let mut short = shorts.next();
        let mut pieces = Vec::new();
        for (held, mut left) in held.iter().copied() {
            while left > 0
                && let Some((lot, owed)) = short
            {
                let mut units = left.min(owed);
                let is_young = !self.lots[held].suspended && young > 0;
                if is_young {
                    units = units.min(young);
                    young -= units;
                }
                pieces.push(Piece { short: lot, held, units, gain_is_short: is_young });
                left -= units;
                short = if units < owed { Some((lot, owed - units)) } else { shorts.next() };
            }
        }
        pieces
    }

    /// Units of shares whose holding period a short sale stopped, beside those that are delivered.
    fn young_beside(&self, position: Id<Position>, held: &[(Id<Lot>, i128)]) -> i128 {
        if !self.has_short_sale_rules(position) {
            return 0;
        }
        let stopped = self.families[self.family_of(position)].suspended.iter();
        let stopped: i128 = stopped.map(|lot| self.lots[*lot].holding.units).sum();
        let own = held.iter().filter(|(lot, _)| self.lots[*lot].suspended).map(|(_, units)| units);
        stopped - own.sum::<i128>()
    }

    /// The lots of the family of a position that can replace shares sold at a loss, in the order of acquisition; none where
    /// there are no wash sales.
    fn may_replace(&self, position: Id<Position>) -> Result<Vec<Id<Lot>>> {
        if !self.has_wash_sales(position) || !self.is_taxable(position) {
            return Ok(Vec::new());
        }
        let mut lots = Vec::new();
        for held in self.positions_of_family(self.family_of(position)) {
            lots.append(&mut self.visited(self.positions[held].queue.lots(&self.lots))?);
        }
        lots.retain(|lot| self.lots[*lot].may_replace);
        order::sort_by_key(&mut lots, |lot| Acquired::of(*lot, &self.lots[*lot]));
        Ok(lots)
    }

    /// The days of the short sales of a family that are open and may be closed at a loss that a purchase replaces, in their order:
    /// what was bought within 30 days of one can replace the shares that close it, however long ago that was.
    pub(super) fn days_of_open_shorts(&self, family: Id<Family>) -> Vec<i32> {
        let positions = self.positions_of_family(family).into_iter();
        let positions = positions.filter(|id| self.has_wash_sales(*id) && self.is_taxable(*id));
        let shorts = positions.flat_map(|position| self.positions[position].shorts.lots(&self.lots));
        let mut days: Vec<i32> = shorts.map(|short| self.lots[short].acquired).collect();
        order::sort_by_key(&mut days, |day| *day);
        days
    }

    /// The families of which shares were delivered, in their order.
    pub(crate) fn families_of_deliveries(&self) -> Vec<Id<Family>> {
        let lots = self.deliveries.iter().map(|(disposal, _)| self.disposal(*disposal).lot);
        let families = lots.map(|lot| self.family_of(self.lots[lot].position));
        distinct(families)
    }

    /// The day of the short sale that a disposal closed by the delivery of shares.
    pub(crate) fn short_sale_of(&self, disposal: usize) -> Option<i32> {
        let place = self.deliveries.binary_search_by_key(&disposal, |(disposal, _)| *disposal).ok()?;
        self.deliveries.get(place).map(|(_, sold)| *sold)
    }
}

/// Whether one of some days, which are in order, lies within 30 days of another.
pub(super) fn is_near_one(days: &[i32], other: i32) -> bool {
    let first = days.partition_point(|day| *day < other - WINDOW);
    days.get(first).is_some_and(|day| *day <= other + WINDOW)
}
