//! Splits, and units that become finer.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _};

use super::{
    BasisRule, Book, Family, Holding, Id, Lot, Position, Security, Sum, attempt::Step, queue::Queue,
    term_queue::Occasion, wash_sale::WINDOW,
};
use crate::{
    exact::{Unit, greatest_common_divisor, overflow},
    input::CashInLieu,
};

/// Cash for the fraction of a share of a position.
struct Fraction {
    position: Id<Position>,
    units: i128,
    proceeds: Sum,
}

impl Book {
    /// Every so many shares of a security become so many others.
    pub(super) fn split(
        &mut self,
        event: u32,
        day: i32,
        security: &str,
        (from, to): (i128, i128),
        cash_in_lieu: &[CashInLieu],
    ) -> Result<()> {
        let divisor = greatest_common_divisor(from, to);
        let (from, to) = (from / divisor, to / divisor);
        let security = self.security(security).at("security")?;
        let fractions = self.fractions(day, security, from, to, cash_in_lieu)?;
        let family = self.securities[security].family;
        let factor_of = |other: Id<Security>| if other == security { to } else { from };
        self.count_visits(self.lots_of(security).len())?;
        // What is held has too many digits after so many splits.
        let unit = self.check_restatement(family, factor_of, from).at("security")?;
        self.pass_days()?;
        self.restate(family, factor_of, |number, factor| *number *= factor);
        self.families[family].units.push(unit);
        for lot in self.lots_of(security) {
            self.note(event, lot, BasisRule::Split, 0, None);
        }
        for Fraction { position, units, proceeds } in fractions {
            let parts = self.select(position, Occasion { day, proceeds: proceeds.book, units });
            self.dispose(event, day, position, &parts, proceeds, BasisRule::CashInLieu)?;
        }
        self.simplify(self.securities[security].family, day);
        Ok(())
    }

    /// The lots of a security that are held or owed.
    fn lots_of(&self, security: Id<Security>) -> Vec<Id<Lot>> {
        let positions = self.securities[security].positions.iter();
        positions.flat_map(|position| self.positions[*position].all_lots(&self.lots)).collect()
    }

    /// The fractions of shares for which cash is paid, counted in the unit after the split.
    fn fractions(
        &mut self,
        day: i32,
        security: Id<Security>,
        from: i128,
        to: i128,
        cash_in_lieu: &[CashInLieu],
    ) -> Result<Vec<Fraction>> {
        let id = self.securities[security].id.clone();
        let mut fractions: Vec<Fraction> = Vec::new();
        for (index, paid) in cash_in_lieu.iter().enumerate() {
            let position = self.position(&id, paid.account.as_ref(), day).at_index("cashInLieu", index)?;
            let proceeds = self.amount(paid.amount, "amount").at_index("cashInLieu", index)?;
            let proceeds = self.sum(proceeds)?;
            let whole = self.families[self.securities[security].family].unit().denominator();
            let whole = whole.checked_mul(from).ok_or_else(overflow)?;
            let held = self.positions[position].held - self.sold_on_day(position);
            let units = held.checked_mul(to).ok_or_else(overflow)? % whole;
            // First, since the fractions of several accounts can add up to a share.
            if fractions.iter().any(|other| other.position == position) {
                return Err(self.paid_before(position).at_index("cashInLieu", index));
            }
            if units == 0 {
                return Err(self.no_fraction(position, &id).at_index("cashInLieu", index));
            }
            fractions.push(Fraction { position, units, proceeds });
        }
        Ok(fractions)
    }

    /// The error of cash for a position that holds whole shares.
    pub(super) fn no_fraction(&self, position: Id<Position>, id: &str) -> Error {
        let whose = if self.stands_for_several(position) {
            "the accounts whose lots stand together hold"
        } else {
            "the account holds"
        };
        let message = format!("{whose} no fraction of a share of {id:?} after the event");
        Error::new(ErrorCode::FieldConflict, message)
    }

    /// The error of cash for a position that has an earlier entry.
    pub(super) fn paid_before(&self, position: Id<Position>) -> Error {
        if self.stands_for_several(position) {
            let message = "the lots of the accounts stand together, so what each of them holds is not known; give one entry with \
                           what was paid for the fraction that they hold together, or keep the book by account (`scope`)";
            return Error::new(ErrorCode::FieldConflict, message);
        }
        Error::new(ErrorCode::ListDuplicate, "the account has an earlier entry")
    }

    /// Whether a position holds the shares of several accounts.
    fn stands_for_several(&self, position: Id<Position>) -> bool {
        let account = self.positions[position].account;
        (0..self.accounts.len()).filter(|other| self.standing_for(*other) == account).count() > 1
    }

    /// Makes the unit of a family finer by a factor.
    pub(super) fn refine(&mut self, family: Id<Family>, factor: i128) -> Result<()> {
        let unit = self.check_restatement(family, |_| factor, factor)?;
        self.restate(family, |_| factor, |number, factor| *number *= factor);
        self.families[family].units.push(unit);
        self.note_step(Step::Finer(family, factor));
        Ok(())
    }

    /// Makes the unit of a family again what it was before it became finer by a factor.
    pub(super) fn undo_refinement(&mut self, family: Id<Family>, factor: i128) {
        self.families[family].units.pop();
        self.restate(family, |_| factor, |number, factor| *number /= factor);
    }

    /// That the units of each security can be multiplied by its factor, and those in a share by another. Returns the unit after
    /// that. Nothing changes yet, so that a refusal leaves the book as it was.
    fn check_restatement(
        &self,
        family: Id<Family>,
        factor_of: impl Fn(Id<Security>) -> i128,
        unit_factor: i128,
    ) -> Result<Unit> {
        let unit = self.families[family].unit().refined(unit_factor)?;
        for (position, factor) in self.positions_of(family, &factor_of) {
            self.check_room(position, factor)?;
        }
        self.check_room_of_waiting(family, &factor_of)?;
        Ok(unit)
    }

    /// Changes all units of a family by the factors of their securities.
    fn restate(
        &mut self,
        family: Id<Family>,
        factor_of: impl Fn(Id<Security>) -> i128,
        change: impl Fn(&mut i128, i128),
    ) {
        for (position, factor) in self.positions_of(family, &factor_of) {
            let restated = |holding: &mut Holding| holding.restate(|units| change(units, factor));
            for lot in self.positions[position].all_lots(&self.lots) {
                self.scale(lot, restated);
            }
            self.scale_pool_abroad(position, restated);
            let place = &mut self.positions[position];
            change(&mut place.held, factor);
            change(&mut place.owed, factor);
            restated(&mut place.pool);
            for sale in &mut place.pending_sales {
                change(&mut sale.units, factor);
                change(&mut sale.of, factor);
            }
            for sale in place.today.iter_mut().flat_map(|today| &mut today.sales) {
                change(&mut sale.units, factor);
            }
            self.rearrange(position);
        }
        let positions = &self.positions;
        let Family { pending, pending_shorts, bought, open_losses, .. } = &mut self.families[family];
        for bought in bought {
            change(&mut bought.units, factor_of(positions[bought.position].security));
        }
        for loss in open_losses {
            change(&mut loss.units, factor_of(positions[loss.position].security));
        }
        for loss in pending.iter_mut().chain(pending_shorts) {
            let factor = factor_of(loss.security);
            change(&mut loss.units, factor);
            change(&mut loss.of, factor);
        }
    }

    /// The positions of a family, each with what is said of its security.
    fn positions_of<T>(&self, family: Id<Family>, of: impl Fn(Id<Security>) -> T) -> Vec<(Id<Position>, T)> {
        let securities = self.families[family].securities.iter();
        securities
            .flat_map(|security| {
                self.securities[*security].positions.iter().map(|position| (*position, of(*security)))
            })
            .collect()
    }

    /// That the units of a position can be multiplied, and that its lots may be visited for it.
    fn check_room(&self, id: Id<Position>, factor: i128) -> Result<()> {
        let position = &self.positions[id];
        let lots = self.visited(position.all_lots(&self.lots))?;
        let most = lots
            .iter()
            .map(|lot| self.lots[*lot].holding.whole_units)
            .chain(self.second_bases(&lots))
            .chain(self.units_abroad(id, &lots))
            .chain([position.pool.whole_units, position.held, position.owed])
            .chain(position.pending_sales.iter().map(|sale| sale.of))
            .max();
        most.unwrap_or(0).checked_mul(factor).map(|_| ()).ok_or_else(overflow)
    }

    /// The same of what waits in a family.
    fn check_room_of_waiting(
        &self,
        family: Id<Family>,
        factor_of: impl Fn(Id<Security>) -> i128,
    ) -> Result<()> {
        let Family { pending, pending_shorts, bought, open_losses, .. } = &self.families[family];
        let security = |position: Id<Position>| self.positions[position].security;
        let losses = pending.iter().chain(pending_shorts).map(|loss| (loss.of, loss.security));
        let bought = bought.iter().map(|bought| (bought.units, security(bought.position)));
        let open = open_losses.iter().map(|loss| (loss.units, security(loss.position)));
        for (units, security) in losses.chain(bought).chain(open) {
            units.checked_mul(factor_of(security)).ok_or_else(overflow)?;
        }
        Ok(())
    }

    /// Restates the units of a lot, and those of its second basis.
    fn scale(&mut self, lot: Id<Lot>, restate: impl Fn(&mut Holding)) {
        self.scale_abroad(lot, &restate);
        let Lot { holding, gift, .. } = &mut self.lots[lot];
        restate(holding);
        if let Some(gift) = *gift {
            restate(&mut self.gifts[gift].loss);
        }
    }

    /// The units of the second bases of lots.
    fn second_bases(&self, lots: &[Id<Lot>]) -> impl Iterator<Item = i128> {
        lots.iter().filter_map(|lot| self.lots[*lot].gift).map(|gift| self.gifts[gift].loss.whole_units)
    }

    /// Arranges the lots of a position anew, where their order depends on what they cost.
    pub(super) fn rearrange(&mut self, position: Id<Position>) {
        let position = &mut self.positions[position];
        if !matches!(position.queue, Queue::Time(_)) {
            let empty = Queue::new(position.method, self.rules.tax_rates);
            position.queue = empty.filled(&position.queue, &self.lots, self.long_term);
        }
    }

    /// Forgets what no event of a day or later can change any more.
    fn forget_finished(&mut self, family: Id<Family>, day: i32) {
        self.forget(family, day);
        self.forget_bought(family, day);
        for (position, ()) in self.positions_of(family, |_| ()) {
            let sales = &mut self.positions[position].pending_sales;
            while sales.front().is_some_and(|sale| sale.day < day - WINDOW) {
                sales.pop_front();
            }
        }
    }

    /// Whether nothing of a family waits for what the next days bring.
    fn is_at_rest(&self, family: Id<Family>) -> bool {
        let Family { pending, pending_shorts, bought, open_losses, .. } = &self.families[family];
        let waits = |position: Id<Position>| {
            let Position { pending_sales, today, .. } = &self.positions[position];
            !pending_sales.is_empty() || today.is_some()
        };
        pending.is_empty()
            && pending_shorts.is_empty()
            && bought.is_empty()
            && open_losses.is_empty()
            && !self.positions_of(family, |_| ()).into_iter().any(|(position, ())| waits(position))
    }

    /// Makes the unit of a family as coarse as its lots allow, so that the numbers stay small however many splits there are.
    /// Where something waits in the present unit, the next split does it.
    pub(super) fn simplify(&mut self, family: Id<Family>, day: i32) {
        self.forget_finished(family, day);
        let unit = self.families[family].unit();
        let positions = self.positions_of(family, |_| ());
        let lots: Vec<Id<Lot>> = positions
            .iter()
            .flat_map(|(position, ())| self.positions[*position].all_lots(&self.lots))
            .collect();
        let quantities = lots
            .iter()
            .flat_map(|lot| [self.lots[*lot].holding.units, self.lots[*lot].holding.whole_units])
            .chain(self.second_bases(&lots))
            .chain(positions.iter().flat_map(|(position, ())| self.units_abroad(*position, &[])))
            .chain(
                lots.iter().filter_map(|lot| self.own_cost_abroad(*lot)).map(|cost| cost.holding.whole_units),
            )
            .chain(positions.iter().map(|(position, ())| self.positions[*position].pool.whole_units));
        let divisor = quantities.fold(unit.denominator(), greatest_common_divisor);
        if divisor == 1 || !self.is_at_rest(family) {
            return;
        }
        self.restate(family, |_| divisor, |number, divisor| *number /= divisor);
        let units = &mut self.families[family].units;
        units.push(unit.coarsened(divisor));
    }
}

/// One side of a ratio.
pub(super) fn shares(count: u32, field: &str) -> Result<i128> {
    if (1..=1_000_000).contains(&count) {
        return Ok(count.into());
    }
    let message = format!("{count} is not a number of shares from 1 to 1,000,000");
    Err(Error::new(ErrorCode::CountOutOfRange, message).at(field))
}
