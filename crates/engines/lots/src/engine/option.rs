//! Options (IRC 1234, Rev. Rul. 78-182, Publication 550): the premium becomes part of the shares, or lapses.
//!
//! A contract is counted as the shares that it stands for, in the unit of the family of the underlying security, so that it
//! can be compared with them.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, num::Decimal};

use super::{
    BasisRule, Book, Id, Lot, Position, RunningSum, Sum, acquire::Arrival, term_queue::Occasion,
    wash_sale::FIRST_DAY,
};
use crate::input::{LotPick, OptionRight};

/// An exercise or an assignment.
pub(super) struct Delivery<'a> {
    pub(super) event: u32,
    pub(super) day: i32,
    /// The position of the option.
    pub(super) position: Id<Position>,
    /// Contracts.
    pub(super) quantity: Decimal,
    /// What is paid for all shares at the strike price.
    pub(super) amount: Sum,
    /// The shares that are delivered.
    pub(super) picks: &'a [LotPick],
}

impl Book {
    /// Uses contracts that are held: a call buys shares, a put sells them.
    pub(super) fn exercise(&mut self, account: Option<&String>, delivery: &Delivery<'_>) -> Result<()> {
        let (right, shares) = self.underlying(account, delivery)?;
        let units = self.contracts(delivery)?;
        self.require(delivery.position, units).at("quantity")?;
        match right {
            OptionRight::Call => {
                refuse_picks(delivery.picks)?;
                self.require_room(shares, units)?;
                let parts =
                    self.select(delivery.position, Occasion { day: delivery.day, proceeds: 0, units });
                self.buy_by_option(delivery, shares, &parts, 1, BasisRule::Exercise)
            }
            OptionRight::Put => {
                let occasion = Occasion { day: delivery.day, proceeds: delivery.amount.book, units };
                let sold = self.choose(shares, occasion, delivery.picks)?;
                let premium = self.premium_of(delivery, units, false)?;
                let Delivery { event, day, amount, .. } = *delivery;
                self.dispose(event, day, shares, &sold, amount.plus(-1, premium), BasisRule::Exercise)
            }
        }
    }

    /// Fulfils contracts that were written: a call sells shares, a put buys them.
    pub(super) fn assign(&mut self, account: Option<&String>, delivery: &Delivery<'_>) -> Result<()> {
        let (right, shares) = self.underlying(account, delivery)?;
        let units = self.contracts(delivery)?;
        self.require_owed(delivery.position, units).at("quantity")?;
        match right {
            OptionRight::Put => {
                refuse_picks(delivery.picks)?;
                self.require_room(shares, units)?;
                let parts = self.earliest_shorts(delivery.position, units);
                self.buy_by_option(delivery, shares, &parts, -1, BasisRule::Assignment)
            }
            OptionRight::Call => {
                let occasion = Occasion { day: delivery.day, proceeds: delivery.amount.book, units };
                let sold = self.choose(shares, occasion, delivery.picks)?;
                let premium = self.premium_of(delivery, units, true)?;
                let Delivery { event, day, amount, .. } = *delivery;
                self.dispose(event, day, shares, &sold, amount.plus(1, premium), BasisRule::Assignment)
            }
        }
    }

    /// Lets all contracts of a position lapse: those held bring nothing, those written cost nothing.
    pub(super) fn expire(&mut self, event: u32, day: i32, position: Id<Position>) -> Result<()> {
        let security = &self.securities[self.positions[position].security];
        if security.option.is_none() {
            let message = format!("{:?} is no option", security.id);
            return Err(Error::new(ErrorCode::SecurityUnsuitable, message).at("security"));
        }
        let Position { held, owed, .. } = self.positions[position];
        if held == 0 && owed == 0 {
            let message = format!("no contracts of {:?} are held or written on this day", security.id);
            return Err(Error::new(ErrorCode::QuantityExceedsHeld, message).at("security"));
        }
        if held > 0 {
            let parts = self.all_parts(position);
            self.dispose(event, day, position, &parts, self.sum(0)?, BasisRule::Expiry)?;
        }
        if owed > 0 {
            let parts = self.earliest_shorts(position, owed);
            self.close_shorts(event, day, position, &parts, self.sum(0)?, BasisRule::Expiry)?;
        }
        Ok(())
    }

    /// The right of an option, and the position of the shares.
    fn underlying(
        &mut self,
        account: Option<&String>,
        delivery: &Delivery<'_>,
    ) -> Result<(OptionRight, Id<Position>)> {
        let security = &self.securities[self.positions[delivery.position].security];
        let Some(option) = security.option.clone().filter(|_| !self.is_marked(delivery.position)) else {
            let message = format!("{:?} is no option on shares", security.id);
            return Err(Error::new(ErrorCode::SecurityUnsuitable, message).at("security"));
        };
        let shares = self.position(&option.underlying, account, delivery.day)?;
        Ok((option.right, shares))
    }

    fn contracts(&mut self, delivery: &Delivery<'_>) -> Result<i128> {
        let quantity = self.shares(delivery.position, delivery.quantity)?;
        self.units(self.family_of(delivery.position), quantity)
    }

    /// Takes contracts away, and returns what they cost or brought.
    fn premium_of(&mut self, delivery: &Delivery<'_>, units: i128, written: bool) -> Result<Sum> {
        let parts = if written {
            self.earliest_shorts(delivery.position, units)
        } else {
            self.select(delivery.position, Occasion { day: delivery.day, proceeds: 0, units })
        };
        let rule = if written { BasisRule::Assignment } else { BasisRule::Exercise };
        let mut premium = Sum::default();
        for (lot, part) in parts {
            let taken = self.take(lot, part)?.sum();
            self.note_units(delivery.event, lot, rule, part, -taken.book, None);
            premium = premium.plus(1, taken);
        }
        Ok(premium)
    }

    /// Buys shares by contracts, a lot for each lot of contracts: the premium is added to the cost, or taken off it.
    fn buy_by_option(
        &mut self,
        delivery: &Delivery<'_>,
        shares: Id<Position>,
        parts: &[(Id<Lot>, i128)],
        sign: i128,
        rule: BasisRule,
    ) -> Result<()> {
        let Delivery { event, day, amount, .. } = *delivery;
        let units: i128 = parts.iter().map(|(_, part)| part).sum();
        let mut amounts = RunningSum::new(amount, units);
        let block = self.blocks.next_id();
        for (index, (lot, part)) in parts.iter().enumerate() {
            let premium = self.take(*lot, *part)?.sum();
            self.note_units(event, *lot, rule, *part, -premium.book, None);
            let cost = amounts.next(*part)?.plus(sign, premium);
            // What a call replaced, the shares replace: the option to acquire them made the loss not deductible (IRC 1223(3)).
            let tacked_days = self.lots[*lot].tacked_days;
            let held_since = day.saturating_sub(tacked_days).max(FIRST_DAY);
            let arrival = Arrival { held_since, tacked_days, rule, ..Arrival::purchase(event, day) };
            self.enter(shares, *part, cost, (index > 0).then_some(block), arrival)?;
        }
        Ok(())
    }
}

/// Refuses the names of lots where shares are bought.
fn refuse_picks(picks: &[LotPick]) -> Result<()> {
    if picks.is_empty() {
        return Ok(());
    }
    let message = "shares are bought here, and none are delivered that could be named";
    Err(Error::new(ErrorCode::FieldConflict, message).at("lots"))
}
