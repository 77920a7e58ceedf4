//! What lots cost in the currency of their security, kept in step with what they cost in that of the book.

use wherewithal_base::Result;

use super::{ForeignCost, Rates, Sum};
use crate::{
    engine::{Book, ById, Holding, Id, Lot, Position, gift::Taken},
    exact::{Running, proportion},
};

/// The foreign amounts of a disposal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exchanged {
    pub(crate) proceeds: i128,
    pub(crate) cost: i128,
    /// What a wash sale moves elsewhere of the loss abroad; below zero if there is a gain abroad.
    pub(super) disallowed: i128,
    pub(super) proceeds_rates: Rates,
    pub(super) cost_rates: Rates,
    /// In the United Kingdom: what was sold at first, of which later purchases may take a part over.
    pub(super) at_first: (i128, i128),
}

impl Exchanged {
    /// Proceeds and cost in both currencies.
    pub(super) fn sums(&self, proceeds: i128, cost: i128) -> (Sum, Sum) {
        (
            Sum { book: proceeds, foreign: self.proceeds, rates: self.proceeds_rates },
            Sum { book: cost, foreign: self.cost, rates: self.cost_rates },
        )
    }
}

impl ForeignCost {
    fn new(units: i128, sum: Sum) -> Self {
        Self { holding: Holding::new(units, sum.foreign), rates: sum.rates }
    }

    /// Adds shares with what they cost.
    fn add(&mut self, units: i128, cost: i128, rates: Rates) {
        self.rates = self.rates.and(rates);
        self.holding.add(units, cost);
    }
}

/// What lots of a position cost abroad: all together, if they have an average cost, and each for itself.
#[derive(Debug, Clone, Default)]
pub(in crate::engine) struct CostsAbroad {
    pool: Option<ForeignCost>,
    lots: Vec<(Id<Lot>, Option<ForeignCost>)>,
}

impl Book {
    /// What lots of a position cost abroad now.
    pub(in crate::engine) fn costs_abroad_before(
        &self,
        position: Id<Position>,
        lots: &[Id<Lot>],
    ) -> CostsAbroad {
        if !self.foreign.is_used {
            return CostsAbroad::default();
        }
        let lots = lots.iter().map(|lot| (*lot, self.own_cost_abroad(*lot))).collect();
        CostsAbroad { pool: self.foreign.pools.get(position).copied(), lots }
    }

    /// Lets lots of a position cost abroad what they did before.
    pub(in crate::engine) fn put_costs_abroad_back(
        &mut self,
        position: Id<Position>,
        CostsAbroad { pool, lots }: CostsAbroad,
    ) {
        if !self.foreign.is_used {
            return;
        }
        match pool {
            Some(cost) => self.foreign.pools.insert(position, cost),
            None => drop(self.foreign.pools.remove(position)),
        }
        for (lot, cost) in lots {
            match cost {
                Some(cost) => self.foreign.lots.insert(lot, cost),
                None => drop(self.foreign.lots.remove(lot)),
            }
        }
    }

    /// Whether lots of a position have a cost in another currency.
    fn is_foreign(&self, position: Id<Position>) -> bool {
        self.currency_of(position).is_some()
    }

    /// The foreign cost that changes with a lot: its own, or that of all of its position if they have an average cost.
    fn foreign_cost_mut(&mut self, lot: Id<Lot>) -> Option<&mut ForeignCost> {
        if !self.foreign.is_used {
            return None;
        }
        let Lot { position, is_short, .. } = self.lots[lot];
        if !is_short && self.positions[position].is_averaged() {
            self.foreign.pools.get_mut(position)
        } else {
            self.foreign.lots.get_mut(lot)
        }
    }

    /// Notes what a new lot cost abroad. Its position counts its units already.
    pub(in crate::engine) fn cost_abroad(&mut self, lot: Id<Lot>, sum: Sum) {
        let Lot { position, is_short, holding, .. } = self.lots[lot];
        if !self.is_foreign(position) {
            return;
        }
        if !is_short && self.positions[position].is_averaged() {
            let pool = self.foreign.pools.at(position);
            pool.add(holding.units, sum.foreign, sum.rates);
        } else {
            self.foreign.lots.insert(lot, ForeignCost::new(holding.units, sum));
        }
    }

    /// Takes units out of the foreign cost of a lot: what they cost abroad.
    pub(in crate::engine) fn take_abroad(&mut self, lot: Id<Lot>, units: i128) -> Result<Sum> {
        let Some(cost) = self.foreign_cost_mut(lot) else { return Ok(Sum::default()) };
        let taken = Sum { book: 0, foreign: cost.holding.take(units)?, rates: cost.rates };
        if cost.holding.units == 0 {
            // So that the rate of what was sold out does not count for what comes next.
            *cost = ForeignCost::default();
            self.foreign.lots.remove(lot);
        }
        Ok(taken)
    }

    /// The foreign cost of a lot that has one of its own.
    pub(crate) fn own_cost_abroad(&self, lot: Id<Lot>) -> Option<ForeignCost> {
        self.foreign.lots.get(lot).copied()
    }

    /// Gives a lot the foreign cost that another had, with all that was taken out of it.
    pub(in crate::engine) fn put_cost_abroad(&mut self, lot: Id<Lot>, cost: Option<ForeignCost>) {
        if let Some(cost) = cost {
            self.foreign.lots.insert(lot, cost);
        }
    }

    /// Moves the foreign cost of units to a lot that was set apart from another.
    pub(in crate::engine) fn set_apart_abroad(
        &mut self,
        from: Id<Lot>,
        apart: Id<Lot>,
        units: i128,
    ) -> Result<()> {
        if let Some(cost) = self.foreign.lots.get_mut(from) {
            let part =
                ForeignCost { holding: Holding::new(units, cost.holding.take(units)?), rates: cost.rates };
            if cost.holding.units == 0 {
                self.foreign.lots.remove(from);
            }
            self.foreign.lots.insert(apart, part);
        }
        Ok(())
    }

    /// Adds what one lot costs abroad to another, which takes its shares over.
    pub(in crate::engine) fn merge_abroad(&mut self, from: Id<Lot>, into: Id<Lot>) {
        if let Some(ForeignCost { holding, rates }) = self.foreign.lots.remove(from) {
            self.foreign.lots.at(into).add(holding.units, holding.cost, rates);
        }
    }

    /// Restates the units of a foreign cost.
    pub(in crate::engine) fn scale_abroad(&mut self, lot: Id<Lot>, restate: impl Fn(&mut Holding)) {
        if let Some(cost) = self.foreign.lots.get_mut(lot) {
            restate(&mut cost.holding);
        }
    }

    /// The same for all shares of a position with an average cost.
    pub(in crate::engine) fn scale_pool_abroad(
        &mut self,
        position: Id<Position>,
        restate: impl Fn(&mut Holding),
    ) {
        if let Some(cost) = self.foreign.pools.get_mut(position) {
            restate(&mut cost.holding);
        }
    }

    /// The units in which foreign costs of lots and of a position are counted.
    pub(in crate::engine) fn units_abroad(&self, position: Id<Position>, lots: &[Id<Lot>]) -> Vec<i128> {
        if !self.foreign.is_used {
            return Vec::new();
        }
        let costs = lots.iter().filter_map(|lot| self.foreign.lots.get(*lot));
        let units = costs.chain(self.foreign.pools.get(position)).map(|cost| cost.holding.whole_units);
        units.collect()
    }

    /// Puts the foreign costs of all lots of a position together.
    pub(in crate::engine) fn enter_average_abroad(&mut self, position: Id<Position>, lots: &[Id<Lot>]) {
        if !self.is_foreign(position) {
            return;
        }
        let mut pool = ForeignCost::default();
        for lot in lots {
            if let Some(ForeignCost { holding, rates }) = self.foreign.lots.remove(*lot) {
                pool.add(holding.units, holding.cost, rates);
            }
        }
        self.foreign.pools.insert(position, pool);
    }

    /// Gives every lot its share of the average.
    pub(in crate::engine) fn leave_average_abroad(
        &mut self,
        position: Id<Position>,
        lots: &[Id<Lot>],
    ) -> Result<()> {
        let costs = self.shares_abroad(position, lots)?;
        self.foreign.pools.remove(position);
        for (lot, cost) in costs {
            self.foreign.lots.insert(lot, cost);
        }
        Ok(())
    }

    fn shares_abroad(&self, position: Id<Position>, lots: &[Id<Lot>]) -> Result<Vec<(Id<Lot>, ForeignCost)>> {
        let Some(ForeignCost { holding, rates }) = self.foreign.pools.get(position) else {
            return Ok(Vec::new());
        };
        let mut running = Running::new(holding.cost, holding.units.max(1));
        let share = |lot: &Id<Lot>| {
            let units = self.lots[*lot].holding.units;
            Ok((*lot, ForeignCost { holding: Holding::new(units, running.next(units)?), rates: *rates }))
        };
        lots.iter().map(share).collect()
    }

    /// Changes what a lot costs abroad by an amount that moves there or away, such as a loss.
    pub(in crate::engine) fn change_abroad(&mut self, lot: Id<Lot>, sign: i128, change: Sum) {
        if let Some(cost) = self.foreign_cost_mut(lot) {
            cost.rates = cost.rates.and(change.rates);
            cost.holding.set_cost(cost.holding.cost + sign * change.foreign);
        }
    }

    /// What a lot costs, or all of its position if they have an average cost, of which the cost in the currency of the book is
    /// given.
    pub(in crate::engine) fn present_cost(&mut self, lot: Id<Lot>, book: i128) -> Sum {
        self.foreign_cost_mut(lot).map_or(Sum { book, ..Sum::default() }, |cost| cost.sum(book))
    }

    /// Reduces what a lot costs abroad to a part of it, at the same rate.
    pub(in crate::engine) fn reduce_abroad(&mut self, lot: Id<Lot>, cost: i128) {
        if let Some(foreign) = self.foreign_cost_mut(lot) {
            foreign.holding.set_cost(cost);
        }
    }

    /// Takes a distribution off what a lot costs abroad: all of it if the cost in the currency of the book is used up, and
    /// otherwise no more than there is.
    pub(in crate::engine) fn recover_abroad(&mut self, lot: Id<Lot>, paid: Sum, uses_all: bool) {
        if let Some(foreign) = self.foreign_cost_mut(lot) {
            let before = foreign.holding.cost;
            let left = if uses_all { 0 } else { (before - paid.foreign).max(0) };
            foreign.rates = if uses_all { Rates::None } else { foreign.rates.and(paid.rates) };
            foreign.holding.set_cost(left);
        }
    }

    /// What each lot of a position costs in its currency, if it has one; of a position with an average cost, all its lots.
    pub(crate) fn costs_abroad_of(
        &self,
        position: Id<Position>,
        lots: &[Id<Lot>],
    ) -> Result<Vec<Option<ForeignCost>>> {
        if self.foreign.pools.get(position).is_some() {
            return Ok(self.shares_abroad(position, lots)?.into_iter().map(|(_, cost)| Some(cost)).collect());
        }
        Ok(lots.iter().map(|lot| self.own_cost_abroad(*lot)).collect())
    }

    /// What every lot that is held or owed costs in both currencies.
    pub(crate) fn costs_abroad(&self) -> Result<ById<Lot, ForeignCost>> {
        let mut costs = self.foreign.lots.clone();
        for (position, _) in self.foreign.pools.iter() {
            let lots = self.positions[position].queue.lots(&self.lots);
            for (lot, cost) in self.shares_abroad(position, &lots)? {
                costs.insert(lot, cost);
            }
        }
        Ok(costs)
    }

    /// Notes the foreign amounts of the disposal that was made last.
    pub(in crate::engine) fn disposed_abroad(&mut self, lot: Id<Lot>, proceeds: Sum, cost: Sum) {
        if !self.is_foreign(self.lots[lot].position) {
            return;
        }
        let exchanged = Exchanged {
            proceeds: proceeds.foreign,
            cost: cost.foreign,
            disallowed: 0,
            proceeds_rates: proceeds.rates,
            cost_rates: cost.rates,
            at_first: (proceeds.foreign, cost.foreign),
        };
        self.foreign.disposals.push(self.disposals.len() - 1, exchanged);
    }

    /// Notes what the shares cost abroad that were given away last.
    pub(in crate::engine) fn departed_abroad(&mut self, lot: Id<Lot>, taken: &Taken) {
        if self.is_foreign(self.lots[lot].position) {
            self.foreign.departures.push(self.departures.len() - 1, taken.abroad.foreign);
        }
    }

    /// Notes the foreign amounts of the gain on a distribution that was noted last.
    pub(in crate::engine) fn distributed_abroad(&mut self, lot: Id<Lot>, cost: Sum, paid: Sum) {
        if self.is_foreign(self.lots[lot].position) {
            self.foreign.distributions.push(self.distribution_gains.len() - 1, (cost, paid));
        }
    }

    /// The part of the foreign loss of a disposal that goes elsewhere with `replaced` of `of` units, beyond what went before.
    pub(in crate::engine) fn disallow_abroad(
        &mut self,
        disposal: usize,
        replaced: i128,
        of: i128,
    ) -> Result<Sum> {
        let Some(exchanged) = self.foreign.disposals.get_mut(disposal) else { return Ok(Sum::default()) };
        let all = proportion(exchanged.cost - exchanged.proceeds, replaced, of)?;
        let more = all - exchanged.disallowed;
        exchanged.disallowed = all;
        let rates = exchanged.cost_rates.and(exchanged.proceeds_rates);
        Ok(Sum { book: 0, foreign: more, rates })
    }

    /// Notes the foreign loss of the wash sale that was noted last.
    pub(in crate::engine) fn washed_abroad(&mut self, disposal: usize, loss: Sum) {
        if self.foreign.disposals.get(disposal).is_some() {
            self.foreign.washes.push(self.washes.len() - 1, loss.foreign);
        }
    }

    /// Gives the part of a disposal back that a later purchase takes over, so that `left` of `of` units stay. Returns what
    /// that part brought and cost abroad.
    pub(in crate::engine) fn give_back_abroad(
        &mut self,
        disposal: usize,
        left: i128,
        of: i128,
    ) -> Result<(Sum, Sum)> {
        let Some(exchanged) = self.foreign.disposals.get_mut(disposal) else {
            return Ok((Sum::default(), Sum::default()));
        };
        let part = |amount| if left == 0 { Ok(0) } else { proportion(amount, left, of) };
        let (proceeds_left, cost_left) = (part(exchanged.at_first.0)?, part(exchanged.at_first.1)?);
        let proceeds = exchanged.proceeds - proceeds_left;
        let cost = exchanged.cost - cost_left;
        (exchanged.proceeds, exchanged.cost) = (proceeds_left, cost_left);
        Ok((
            Sum { book: 0, foreign: proceeds, rates: exchanged.proceeds_rates },
            Sum { book: 0, foreign: cost, rates: exchanged.cost_rates },
        ))
    }

    /// Adds shares and what they cost abroad to a lot.
    pub(in crate::engine) fn add_abroad(&mut self, lot: Id<Lot>, units: i128, cost: Sum) {
        if self.is_foreign(self.lots[lot].position) {
            self.foreign.lots.at(lot).add(units, cost.foreign, cost.rates);
        }
    }

    /// What a gift cost abroad, by its index.
    pub(crate) fn departure_abroad(&self, place: usize) -> Option<i128> {
        self.foreign.departures.get(place).copied()
    }

    /// The foreign loss of a wash sale, by its index.
    pub(crate) fn wash_abroad(&self, place: usize) -> Option<i128> {
        self.foreign.washes.get(place).copied()
    }
}
