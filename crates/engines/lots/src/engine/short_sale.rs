//! Short sales (IRC 1233, 1091(e)).
//!
//! A short sale is a lot of its own: its cost is what it brought, and it is owed. It is closed by a purchase, on the day of
//! which the gain counts (Reg. 1.1233-1(a)), or with shares that are held (see `deliver`). Property that is held at the same time changes the terms of both (IRC 1233(b)
//! and (d)): here the shares of all taxable accounts of the book count as held.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, num::Decimal, order};

use super::{
    BasisRule, Block, Book, Disposal, Family, Holding, Id, Lot, Position, RunningSum, Sum, distinct,
    queue::Acquired, term_queue::Occasion,
};
use crate::{
    HoldingTerm,
    input::{Jurisdiction, LotPick, SecurityKind},
};

impl Book {
    /// Sells shares that are not held, to be delivered later.
    pub(super) fn sell_short(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        quantity: Decimal,
        proceeds: Sum,
        name: Option<&str>,
    ) -> Result<()> {
        if let Some(name) = name {
            self.check_name(name).at("lot")?;
        }
        let family = self.family_of(position);
        let units = self.units(family, self.shares(position, quantity)?)?;
        let (long_held, young) = self.identical_property(position, day)?;
        let owed_at_a_long_loss = self.owed_at_a_long_loss(family);
        let block = self.blocks.push(Block { event, first: self.lots.next_id(), parts: Vec::new() });
        if let Some(name) = name {
            self.name(block, name);
        }
        let covered = (long_held - owed_at_a_long_loss).clamp(0, units);
        let lot = self.lots.push(Lot {
            holding: Holding::new(units, proceeds.book),
            position,
            block,
            part: 0,
            acquired: day,
            held_since: day,
            tacked_days: 0,
            may_replace: true,
            always_long: covered > 0,
            suspended: false,
            is_short: true,
            gift: None,
        });
        self.positions[position].owed += units;
        self.cost_abroad(lot, proceeds);
        self.note(event, lot, BasisRule::ShortSale, proceeds.book, None);
        if 0 < covered && covered < units {
            let rest = self.set_apart(event, lot, units - covered)?;
            self.lots[rest].always_long = false;
            self.replace_shorts_closed(event, day, rest)?;
            self.line_up(rest);
        }
        self.replace_shorts_closed(event, day, lot)?;
        self.line_up(lot);
        self.suspend(event, family, units, &young)
    }

    /// Buys shares back that were sold short.
    pub(super) fn buy_to_cover(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        quantity: Decimal,
        cost: Sum,
        picks: &[LotPick],
    ) -> Result<()> {
        let family = self.family_of(position);
        let units = self.units(family, self.shares(position, quantity)?)?;
        self.require_owed(position, units).at("quantity")?;
        let parts = match picks {
            [] => self.earliest_shorts(position, units),
            picks => self.identify(position, units, picks, Some("lots"))?,
        };
        self.close_shorts(event, day, position, &parts, cost, BasisRule::ShortSaleClosed)
    }

    /// Closes short sales at a cost.
    pub(super) fn close_shorts(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        parts: &[(Id<Lot>, i128)],
        cost: Sum,
        rule: BasisRule,
    ) -> Result<()> {
        let family = self.family_of(position);
        let unit = self.families[family].units.len() - 1;
        let units: i128 = parts.iter().map(|(_, part)| part).sum();
        let mut costs = RunningSum::new(cost, units);
        let first = self.disposals.len();
        for (lot, part) in parts {
            let taken = self.take(*lot, *part)?.sum();
            let sum = costs.next(*part)?;
            let (proceeds, cost) = (taken.book, sum.book);
            let term = if self.is_marked(position) {
                HoldingTerm::SixtyForty
            } else if proceeds < cost && self.lots[*lot].always_long {
                HoldingTerm::Long
            } else {
                HoldingTerm::Short
            };
            self.disposals.push(Disposal {
                event,
                day,
                lot: *lot,
                units: *part,
                unit,
                proceeds,
                cost,
                disallowed: 0,
                term,
                rule,
            });
            self.disposed_abroad(*lot, taken, sum);
            self.note_units(event, *lot, rule, *part, -proceeds, None);
        }
        if self.has_short_sale_rules(position) {
            self.release(event, day, family, units)?;
        }
        self.replace_shorts_before(event, day, position, first)
    }

    /// That so many units are sold short.
    pub(super) fn require_owed(&self, position: Id<Position>, units: i128) -> Result<()> {
        let Position { security, owed, .. } = &self.positions[position];
        if *owed >= units {
            return Ok(());
        }
        let unit = self.unit_of(position)?;
        let message = format!(
            "{} of {:?} would be covered, and {} are sold short",
            unit.shares(units)?,
            self.securities[*security].id,
            unit.shares(*owed)?
        );
        Err(Error::new(ErrorCode::QuantityExceedsHeld, message))
    }

    /// The earliest short sales of a position, which owes so many units.
    #[expect(clippy::expect_used, reason = "the units owed are those of the lots in the queue")]
    pub(super) fn earliest_shorts(&mut self, position: Id<Position>, units: i128) -> Vec<(Id<Lot>, i128)> {
        // They come by time, whatever the occasion.
        let occasion = Occasion { day: 0, proceeds: 0, units };
        let mut parts = Vec::new();
        let mut missing = units;
        let shorts = &mut self.positions[position].shorts;
        while missing > 0 {
            let lot = shorts.first(&self.lots, occasion).expect("the position owes enough");
            let part = missing.min(self.lots[lot].holding.units);
            missing -= part;
            parts.push((lot, part));
            if missing > 0 {
                shorts.drop_first();
            }
        }
        parts
    }

    /// Whether short sales change the terms of what is held: those of stock in taxable accounts. Written options are governed
    /// by IRC 1234(b).
    pub(crate) fn has_short_sale_rules(&self, position: Id<Position>) -> bool {
        let security = &self.securities[self.positions[position].security];
        self.rules.jurisdiction == Jurisdiction::UnitedStates
            && matches!(
                security.kind,
                SecurityKind::Stock | SecurityKind::MutualFund | SecurityKind::ExchangeTradedFund
            )
            && self.is_taxable(position)
    }

    /// The shares that are held while a position is sold short: units held long-term, and the lots held short-term, in the
    /// order of their acquisition.
    fn identical_property(&self, position: Id<Position>, day: i32) -> Result<(i128, Vec<Id<Lot>>)> {
        let (mut long_held, mut young) = (0, Vec::new());
        if !self.has_short_sale_rules(position) {
            return Ok((long_held, young));
        }
        for held in self.positions_of_family(self.family_of(position)) {
            if !self.has_short_sale_rules(held) {
                continue;
            }
            for lot in self.visited(self.positions[held].queue.lots(&self.lots))? {
                match self.term(lot, day, false)? {
                    HoldingTerm::Long => long_held += self.lots[lot].holding.units,
                    _ if self.lots[lot].suspended => {}
                    _ => young.push(lot),
                }
            }
        }
        // In the order of the dates of acquisition (1233(b)(2)); where those are the same, in that of the book.
        order::sort_by_key(&mut young, |lot| Acquired::of(*lot, &self.lots[*lot]));
        Ok((long_held, young))
    }

    pub(super) fn positions_of_family(&self, family: Id<Family>) -> Vec<Id<Position>> {
        let securities = self.families[family].securities.iter();
        securities.flat_map(|security| self.securities[*security].positions.iter().copied()).collect()
    }

    /// Units of shares that are sold short in taxable accounts.
    fn owed_by(&self, family: Id<Family>) -> i128 {
        let securities = self.families[family].securities.iter();
        securities
            .flat_map(|security| &self.securities[*security].positions)
            .filter(|position| self.positions[**position].owed > 0 && self.has_short_sale_rules(**position))
            .map(|position| self.positions[*position].owed)
            .sum()
    }

    /// Units sold short whose loss would be long-term.
    fn owed_at_a_long_loss(&self, family: Id<Family>) -> i128 {
        let positions = self.positions_of_family(family).into_iter();
        let shorts = positions.flat_map(|position| self.positions[position].shorts.lots(&self.lots));
        shorts.map(|lot| &self.lots[lot]).filter(|lot| lot.always_long).map(|lot| lot.holding.units).sum()
    }

    /// Stops the holding periods of lots, up to a number of units (IRC 1233(b)(2) and (e)(1)).
    fn suspend(&mut self, event: u32, family: Id<Family>, mut units: i128, lots: &[Id<Lot>]) -> Result<()> {
        for lot in lots {
            let held = self.lots[*lot].holding.units;
            if units == 0 {
                break;
            }
            let part = units.min(held);
            let suspended = if part == held { *lot } else { self.set_apart_beside(event, *lot, part)? };
            self.lots[suspended].suspended = true;
            self.families[family].suspended.push(suspended);
            self.note(event, suspended, BasisRule::HoldingPeriodStopped, 0, None);
            if suspended != *lot {
                self.line_up(suspended);
            }
            units -= part;
        }
        self.rearrange_all(lots);
        Ok(())
    }

    /// Sets shares of a lot apart that can replace others sold at a loss as the rest of it can.
    fn set_apart_beside(&mut self, event: u32, lot: Id<Lot>, units: i128) -> Result<Id<Lot>> {
        let apart = self.set_apart(event, lot, units)?;
        self.replace_recent(lot, apart, false);
        Ok(apart)
    }

    /// Arranges the positions of lots anew whose terms changed.
    pub(super) fn rearrange_all(&mut self, lots: &[Id<Lot>]) {
        for position in distinct(lots.iter().map(|lot| self.lots[*lot].position)) {
            self.rearrange(position);
        }
    }

    /// Stops the holding period of a new lot, as far as shares are sold short for which no others stand.
    pub(super) fn suspend_new(&mut self, event: u32, lot: Id<Lot>) -> Result<()> {
        let position = self.lots[lot].position;
        let family = self.family_of(position);
        let owed = self.owed_by(family);
        if owed == 0 || !self.has_short_sale_rules(position) {
            return Ok(());
        }
        let stopped: i128 =
            self.families[family].suspended.iter().map(|lot| self.lots[*lot].holding.units).sum();
        let units = (owed - stopped).max(0);
        let block = self.lots[lot].block;
        let mut lots = vec![lot];
        // What replaces a loss was set apart from the new lot.
        lots.extend(self.blocks[block].parts.iter().copied().filter(|part| *part > lot));
        self.suspend(event, family, units, &lots)
    }

    /// Lets the holding periods begin that a short sale stopped, of as many units as it is closed for.
    pub(super) fn release(&mut self, event: u32, day: i32, family: Id<Family>, closed: i128) -> Result<()> {
        // When nothing is owed any more, nothing waits: not even what a split of another security of the family made more.
        let mut units = if self.owed_by(family) == 0 { i128::MAX } else { closed };
        let stopped = std::mem::take(&mut self.families[family].suspended);
        let (mut left, mut released_lots) = (Vec::new(), Vec::new());
        for lot in stopped {
            let held = self.lots[lot].holding.units;
            let part = units.min(held);
            if held == 0 {
                continue;
            }
            if part == 0 {
                left.push(lot);
                continue;
            }
            let released = if part == held {
                lot
            } else {
                left.push(lot);
                self.set_apart_beside(event, lot, part)?
            };
            self.lots[released].suspended = false;
            self.lots[released].held_since = day;
            released_lots.push(released);
            self.note(event, released, BasisRule::HoldingPeriodBegun, 0, None);
            if released != lot {
                self.line_up(released);
            }
            units -= part;
        }
        self.rearrange_all(&released_lots);
        self.families[family].suspended = left;
        Ok(())
    }
}
