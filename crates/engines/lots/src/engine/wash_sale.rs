//! Wash sales of the United States (IRC 1091, Reg. 1.1091-1 and 1.1091-2).
//!
//! A loss is disallowed as far as substantially identical shares are bought within 30 days before or after the sale. It is
//! added to the cost of those shares, and the holding period of what was sold to theirs. The shares sold first are matched
//! first, with those bought first (Reg. 1.1091-1(b) to (d)), and each share replaces one share only (1.1091-1(e)).
//!
//! Events come in the order of their dates, so both directions are decided when the later of the two comes: a sale at a loss
//! looks at what was bought before, a purchase at the losses that wait.

use std::collections::VecDeque;

use wherewithal_base::{Result, order};

use super::{BasisRule, Book, Disposal, Family, Id, Lot, Position, Security, queue::Acquired};
use crate::{
    exact::proportion,
    input::{Jurisdiction, LotOption, OptionRight, SecurityKind},
};

/// Days before and after the sale.
pub(super) const WINDOW: i32 = 30;
/// The first day of the calendar, 0001-01-01: no holding period begins before it, however many days a chain adds.
pub(super) const FIRST_DAY: i32 = 1;

/// A loss that later purchases may still replace.
#[derive(Debug, Clone)]
pub(crate) struct PendingLoss {
    /// The index of the disposal.
    pub(crate) disposal: usize,
    /// What was sold: under its present id, so that a split of it restates the units.
    pub(super) security: Id<Security>,
    pub(super) day: i32,
    /// How long the shares were held.
    pub(super) days_held: i32,
    /// Units that are not replaced yet.
    pub(crate) units: i128,
    /// All units of the disposal, counted in the same unit.
    pub(crate) of: i128,
}

/// When shares that close a short sale count as sold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deemed {
    /// The day of the short sale.
    pub(super) sold: i32,
    /// Whether the short sale stopped their holding period, so that no days pass on.
    pub(super) has_no_days: bool,
}

/// A loss that was disallowed because of a replacement.
#[derive(Debug, Clone)]
pub(crate) struct Wash {
    /// The index of the disposal.
    pub(crate) disposal: usize,
    /// The lot of the replacement.
    pub(crate) replacement: Id<Lot>,
    /// Units replaced, counted in the unit of then.
    pub(crate) units: i128,
    /// The place of that unit in the family's.
    pub(crate) unit: usize,
    /// The loss disallowed, above zero.
    pub(crate) amount: i128,
    /// Whether no basis rises, because gains in the account of the replacement are not taxed.
    pub(crate) for_good: bool,
}

impl Book {
    /// Whether the rule applies to a position.
    pub(crate) fn has_wash_sales(&self, position: Id<Position>) -> bool {
        let security = self.positions[position].security;
        self.rules.jurisdiction == Jurisdiction::UnitedStates
            && !matches!(
                self.securities[security].kind,
                SecurityKind::DigitalAsset | SecurityKind::Section1256
            )
    }

    /// Whether shares of a lot can replace those of a security of the family: the same security, another that is
    /// substantially identical, or a call on it, which is an option to acquire it (IRC 1091(a)). A put is none, and the loss
    /// of an option is replaced by the same option only.
    fn can_replace(&self, replacement: Id<Lot>, sold: Id<Security>) -> bool {
        let replacement = self.positions[self.lots[replacement].position].security;
        if replacement == sold {
            return true;
        }
        let right =
            |security| self.securities[security].option.as_ref().map(|option: &LotOption| option.right);
        right(sold).is_none() && right(replacement) != Some(OptionRight::Put)
    }

    /// Matches the losses of a sale, the disposals from `first` on, with what was bought before it; what is left waits for
    /// later purchases. `position` is that of the sale, or one of those of a security that is sold in several accounts at
    /// once.
    pub(super) fn replace_bought_before(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        first: usize,
    ) -> Result<()> {
        if !self.has_wash_sales(position) {
            return Ok(());
        }
        let security = self.positions[position].security;
        let family = self.family_of(position);
        self.forget(family, day);
        for (disposal, sold, units) in self.losses_by_acquisition(first) {
            // A holding period that a short sale stopped begins with the sale (IRC 1233(b)(2)).
            let days_held = if self.lots[sold].suspended { 0 } else { day - self.held_since(sold, true) };
            let mut loss = PendingLoss { disposal, security, day, days_held, units, of: units };
            // Replacements are put at the end of the list of parts, never into `recent`, so the places stay.
            let mut place = 0;
            while let Some(lot) = self.families[family].recent.get(place).copied() {
                place += 1;
                // What is left of a purchase does not replace the part of it that was sold (Rev. Rul. 56-602).
                if self.lots[lot].block != self.lots[sold].block && self.can_replace(lot, security) {
                    // The position may not have been looked at since its method changed.
                    self.follow_elections_beside(self.lots[lot].position, day)?;
                    self.replace(event, lot, &mut loss, false)?;
                }
                if loss.units == 0 {
                    break;
                }
            }
            if loss.units > 0 {
                self.families[family].pending.push_back(loss);
            }
        }
        Ok(())
    }

    /// The losses among the disposals from `first` on that are deductible: the index of each, its lot and its units. What a
    /// sale disposes of leaves at once, so its losses count in the order of acquisition, whatever the order in which the lots
    /// were selected (Reg. 1.1091-1(b)).
    fn losses_by_acquisition(&self, first: usize) -> Vec<(usize, Id<Lot>, i128)> {
        let mut losses: Vec<(usize, Id<Lot>, i128)> = self
            .disposals
            .iter()
            .enumerate()
            .skip(first)
            .filter(|(_, disposal)| disposal.result() < 0)
            .filter(|(_, disposal)| self.is_taxable(self.lots[disposal.lot].position))
            .map(|(place, disposal)| (place, disposal.lot, disposal.units))
            .collect();
        order::sort_by_key(&mut losses, |(_, lot, _)| Acquired::of(*lot, &self.lots[*lot]));
        losses
    }

    /// Matches a new purchase with the losses that wait. It is not in the queue of its position yet.
    pub(super) fn replace_sold_before(&mut self, event: u32, day: i32, lot: Id<Lot>) -> Result<()> {
        let position = self.lots[lot].position;
        if !self.has_wash_sales(position) {
            return Ok(());
        }
        let family = self.family_of(position);
        self.forget(family, day);
        let mut place = 0;
        while self.lots[lot].may_replace
            && let Some(mut loss) = self.families[family].pending.get(place).cloned()
        {
            if !self.can_replace(lot, loss.security) {
                place += 1;
                continue;
            }
            self.replace(event, lot, &mut loss, true)?;
            put_back(&mut self.families[family].pending, place, loss);
        }
        if self.lots[lot].may_replace {
            self.families[family].recent.push_back(lot);
        }
        Ok(())
    }

    /// Whether a loss of a lot on a day would be disallowed because of a purchase within the 30 days before it.
    pub(crate) fn has_replacement(&mut self, lot: Id<Lot>, day: i32) -> bool {
        let position = self.lots[lot].position;
        if !self.has_wash_sales(position) {
            return false;
        }
        let family = self.family_of(position);
        self.forget(family, day);
        self.families[family].recent.iter().any(|recent| {
            let Lot { block, holding, may_replace, .. } = &self.lots[*recent];
            *block != self.lots[lot].block
                && holding.units > 0
                && *may_replace
                && self.can_replace(*recent, self.positions[position].security)
        })
    }

    /// Forgets what lies more than 30 days before a day, and recent purchases that can replace nothing any more.
    pub(super) fn forget(&mut self, family: Id<Family>, day: i32) {
        let Family { recent, pending, recent_shorts, pending_shorts, .. } = &mut self.families[family];
        for pending in [pending, pending_shorts] {
            while pending.front().is_some_and(|loss| loss.day < day - WINDOW) {
                pending.pop_front();
            }
        }
        let lots = &self.lots;
        let is_over = |lot: Id<Lot>| {
            let lot = &lots[lot];
            lot.acquired < day - WINDOW || lot.holding.units == 0 || !lot.may_replace
        };
        for recent in [recent, recent_shorts] {
            while recent.front().is_some_and(|lot| is_over(*lot)) {
                recent.pop_front();
            }
        }
    }

    /// Lets shares of a lot replace those of a loss, as far as there are any. `is_new` says that the lot is not in a queue
    /// yet, so that it may be changed where it stands.
    fn replace(&mut self, event: u32, lot: Id<Lot>, loss: &mut PendingLoss, is_new: bool) -> Result<()> {
        let Lot { may_replace, holding, .. } = &self.lots[lot];
        let units = loss.units.min(holding.units);
        if !may_replace || units == 0 {
            return Ok(());
        }
        let whole = units == holding.units;
        let replacement = if is_new && whole { lot } else { self.set_apart(event, lot, units)? };
        if whole {
            self.lots[lot].may_replace = false;
        }
        self.lots[replacement].may_replace = false;

        let disallowed = self.disallow(loss, units)?;
        let abroad = self.disallow_abroad(loss.disposal, loss.of - loss.units, loss.of)?;
        let position = self.lots[replacement].position;
        let for_good = !self.is_taxable(position);
        let unit = self.families[self.family_of(position)].units.len() - 1;
        self.washes.push(super::Wash {
            disposal: loss.disposal,
            replacement,
            units,
            unit,
            amount: disallowed,
            for_good,
        });
        self.washed_abroad(loss.disposal, abroad);
        let sold = Some(self.disposal(loss.disposal).lot);
        if for_good {
            self.note(event, replacement, BasisRule::WashSaleLossForGood, 0, sold);
        } else {
            let lot = &mut self.lots[replacement];
            let is_short = lot.is_short;
            if is_short {
                // The loss reduces what the replacing short sale brought.
                lot.holding.set_cost(lot.holding.cost - disallowed);
            } else {
                // Shares of a call that replaced others have days already.
                lot.held_since = lot.held_since.saturating_sub(loss.days_held).max(FIRST_DAY);
                lot.tacked_days = lot.tacked_days.saturating_add(loss.days_held);
                if self.positions[position].is_averaged() {
                    let pool = &mut self.positions[position].pool;
                    pool.set_cost(pool.cost + disallowed);
                } else {
                    lot.holding.set_cost(lot.holding.cost + disallowed);
                }
            }
            self.change_abroad(replacement, if is_short { -1 } else { 1 }, abroad);
            let change = if is_short { -disallowed } else { disallowed };
            self.note(event, replacement, BasisRule::WashSaleReplacement, change, sold);
        }
        if !(is_new && replacement == lot) {
            self.line_up(replacement);
        }
        Ok(())
    }

    /// Matches the losses of closed short sales, the disposals from `first` on, with short sales entered before (IRC
    /// 1091(e)); what is left waits for later ones.
    pub(super) fn replace_shorts_before(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        first: usize,
    ) -> Result<()> {
        if !self.has_short_sale_rules(position) {
            return Ok(());
        }
        for disposal in first..self.disposals.len() {
            let closed = self.disposal(disposal);
            if closed.result() < 0 {
                self.replace_short(event, day, position, disposal, closed.lot)?;
            }
        }
        Ok(())
    }

    /// The same of one loss, of a closed short sale.
    pub(super) fn replace_short(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        disposal: usize,
        closed: Id<Lot>,
    ) -> Result<()> {
        if !self.has_short_sale_rules(position) {
            return Ok(());
        }
        let security = self.positions[position].security;
        let family = self.family_of(position);
        self.forget(family, day);
        let units = self.disposal(disposal).units;
        let mut loss = PendingLoss { disposal, security, day, days_held: 0, units, of: units };
        let mut place = 0;
        while let Some(lot) = self.families[family].recent_shorts.get(place).copied() {
            place += 1;
            if self.lots[lot].block != self.lots[closed].block && self.can_replace(lot, security) {
                self.replace(event, lot, &mut loss, false)?;
            }
            if loss.units == 0 {
                break;
            }
        }
        if loss.units > 0 {
            self.families[family].pending_shorts.push_back(loss);
        }
        Ok(())
    }

    /// Matches the loss of shares that closed a short sale with what was bought around the day of that sale, on which they
    /// count as sold (Reg. 1.1091-1(g)). `lots` are those that may replace them, in the order of acquisition; what was bought
    /// then and has been sold replaces nothing. What is left waits for later purchases.
    pub(super) fn replace_around(
        &mut self,
        event: u32,
        day: i32,
        disposal: usize,
        deemed: Deemed,
        lots: &[Id<Lot>],
    ) -> Result<()> {
        let Deemed { sold, has_no_days } = deemed;
        let Disposal { lot: held, units, .. } = *self.disposal(disposal);
        let position = self.lots[held].position;
        if !self.has_wash_sales(position) || !self.is_taxable(position) {
            return Ok(());
        }
        let security = self.positions[position].security;
        // Another short sale may have stopped their holding period, which then began later.
        let days_held = if has_no_days { 0 } else { (sold - self.held_since(held, true)).max(0) };
        let mut loss = PendingLoss { disposal, security, day: sold, days_held, units, of: units };
        for lot in lots.iter().copied() {
            let is_near = (self.lots[lot].acquired - sold).abs() <= WINDOW;
            if is_near && self.lots[lot].block != self.lots[held].block && self.can_replace(lot, security) {
                self.follow_elections_beside(self.lots[lot].position, day)?;
                self.replace(event, lot, &mut loss, false)?;
            }
            if loss.units == 0 {
                return Ok(());
            }
        }
        let family = self.family_of(position);
        self.forget(family, day);
        // Losses stand in the order of the days on which they count.
        let pending = &mut self.families[family].pending;
        let place = pending.partition_point(|other| other.day <= sold);
        pending.insert(place, loss);
        self.forget(family, day);
        Ok(())
    }

    /// Matches a new short sale, which has no place in its position yet, with the losses of closed ones.
    pub(super) fn replace_shorts_closed(&mut self, event: u32, day: i32, lot: Id<Lot>) -> Result<()> {
        let position = self.lots[lot].position;
        if !self.has_short_sale_rules(position) {
            return Ok(());
        }
        let family = self.family_of(position);
        self.forget(family, day);
        let mut place = 0;
        while self.lots[lot].may_replace
            && let Some(mut loss) = self.families[family].pending_shorts.get(place).cloned()
        {
            if !self.can_replace(lot, loss.security) {
                place += 1;
                continue;
            }
            self.replace(event, lot, &mut loss, true)?;
            put_back(&mut self.families[family].pending_shorts, place, loss);
        }
        if self.lots[lot].may_replace {
            self.families[family].recent_shorts.push_back(lot);
        }
        Ok(())
    }

    /// Takes the loss of so many units of a disposal out of what is deductible.
    fn disallow(&mut self, loss: &mut PendingLoss, units: i128) -> Result<i128> {
        self.touch_disposal(loss.disposal);
        let disposal = self.disposal_mut(loss.disposal);
        loss.units -= units;
        // Of the loss of all units replaced so far, what was not disallowed yet: so the parts add up to the loss.
        let all = proportion(-disposal.result(), loss.of - loss.units, loss.of)?;
        let more = all - disposal.disallowed;
        disposal.disallowed = all;
        Ok(more)
    }

    /// Sets shares of a lot apart as a part of their own, with their share of the cost.
    pub(super) fn set_apart(&mut self, event: u32, id: Id<Lot>, units: i128) -> Result<Id<Lot>> {
        let mut part = self.lots[id].clone();
        let cost = self.lots[id].holding.take(units)?;
        part.holding = super::Holding::new(units, cost);
        part.gift = self.part_of_gift(id, units)?;
        part.part = self.add_part(part.block, self.lots.next_id());
        let suspended = part.suspended;
        let apart = self.lots.push(part);
        self.set_apart_abroad(id, apart, units)?;
        if suspended {
            let family = self.family_of(self.lots[apart].position);
            self.families[family].suspended.push(apart);
        }
        self.note_units(event, id, BasisRule::SetApart, units, -cost, Some(apart));
        self.note_units(event, apart, BasisRule::SetApart, units, cost, Some(id));
        Ok(apart)
    }
}

/// Puts what is left of a loss back to its place among those that wait.
#[expect(clippy::expect_used, reason = "the loss was copied from its place, and replacing changes no other")]
fn put_back(pending: &mut VecDeque<PendingLoss>, place: usize, loss: PendingLoss) {
    if loss.units == 0 {
        pending.remove(place);
    } else {
        *pending.get_mut(place).expect("the loss waits at its place") = loss;
    }
}
