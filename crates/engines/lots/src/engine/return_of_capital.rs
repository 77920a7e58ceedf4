//! Distributions that are not dividends.

use wherewithal_base::{Error, ErrorCode, Result};

use super::{BasisRule, Book, Id, Lot, Position, RunningSum, Sum};
use crate::{exact::Running, holding_period::HoldingTerm};

/// What a distribution paid above the basis of a lot: a gain (IRC 301(c)(3)).
#[derive(Debug, Clone)]
pub(crate) struct DistributionGain {
    /// The index of the event.
    pub(crate) event: u32,
    pub(crate) day: i32,
    pub(crate) lot: Id<Lot>,
    pub(crate) amount: i128,
    pub(crate) term: HoldingTerm,
}

impl Book {
    /// Reduces the basis of each lot of a position by its share of a distribution.
    pub(super) fn return_capital(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        amount: Sum,
    ) -> Result<()> {
        if self.positions[position].held == self.sold_on_day(position) {
            let id = &self.securities[self.positions[position].security].id;
            let message = format!("no shares of {id:?} are held on this day");
            return Err(Error::new(ErrorCode::QuantityExceedsHeld, message).at("security"));
        }
        self.count_visits(self.positions[position].queue.lots(&self.lots).len())?;
        self.pass_days()?;
        let Position { queue, held, .. } = &self.positions[position];
        let (lots, held) = (queue.lots(&self.lots), *held);
        if self.positions[position].is_averaged() {
            return self.return_capital_of_pool(event, day, position, &lots, amount);
        }
        let mut shares = RunningSum::new(amount, held);
        for lot in lots {
            let holding = &mut self.lots[lot].holding;
            let paid = shares.next(holding.units)?;
            let share = paid.book;
            let cost = holding.cost;
            let reduction = share.min(cost);
            holding.set_cost(holding.cost - reduction);
            if let Some(gift) = self.lots[lot].gift {
                let loss = &mut self.gifts[gift].loss;
                loss.set_cost((loss.cost - share).max(0));
            }
            self.note(event, lot, BasisRule::ReturnOfCapital, -reduction, None);
            self.recover(event, day, lot, cost, paid)?;
        }
        self.rearrange(position);
        Ok(())
    }

    /// The same where all lots have an average cost.
    fn return_capital_of_pool(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        lots: &[Id<Lot>],
        paid: Sum,
    ) -> Result<()> {
        let amount = paid.book;
        let pool = &mut self.positions[position].pool;
        let reduction = amount.min(pool.cost);
        pool.set_cost(pool.cost - reduction);
        let units = pool.units;
        let mut reductions = Running::new(reduction, units);
        let gain = amount - reduction;
        let mut gains = Running::new(gain, units);
        let mut cost = Sum::default();
        if let Some(lot) = lots.first() {
            cost = self.present_cost(*lot, reduction);
            self.recover_abroad(*lot, paid, amount > reduction);
        }
        // What the average cost and what was paid, divided by the gains, so that the rows of those have all of it.
        let mut costs = RunningSum::new(cost, gain.max(1));
        let mut payments = RunningSum::new(paid, gain.max(1));
        for lot in lots {
            let held = self.lots[*lot].holding.units;
            let reduction = reductions.next(held)?;
            self.note(event, *lot, BasisRule::ReturnOfCapital, -reduction, None);
            let gain = gains.next(held)?;
            let cost = costs.next(gain)?;
            let paid = Sum { book: cost.book + gain, ..payments.next(gain)? };
            self.gain_on_distribution(event, day, *lot, cost, paid)?;
        }
        Ok(())
    }

    /// Takes what was paid for a lot, which had a cost, off its foreign cost, and notes the gain above the cost.
    fn recover(&mut self, event: u32, day: i32, lot: Id<Lot>, cost: i128, paid: Sum) -> Result<()> {
        let cost = self.present_cost(lot, cost);
        self.recover_abroad(lot, paid, paid.book > cost.book);
        self.gain_on_distribution(event, day, lot, cost, paid)
    }

    fn gain_on_distribution(
        &mut self,
        event: u32,
        day: i32,
        lot: Id<Lot>,
        cost: Sum,
        paid: Sum,
    ) -> Result<()> {
        let amount = paid.book - cost.book;
        if amount > 0 {
            let term = self.term(lot, day, false)?;
            self.distribution_gains.push(DistributionGain { event, day, lot, amount, term });
            self.distributed_abroad(lot, cost, paid);
            self.note(event, lot, BasisRule::GainOnDistribution, 0, None);
        }
        Ok(())
    }
}
