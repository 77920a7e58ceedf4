//! Foreign amounts in the state of a book.

use wherewithal_base::{Result, error::At as _, num::Decimal};

use super::{Exchanged, ForeignCost, Rate, Rates, Sum};
use crate::{
    engine::{
        Book, Id, Lot, Position,
        state::{amount_of, holding_of, inconsistent, whole_told},
    },
    output::{LotStateAmounts, LotStateExchange, LotStateForeign},
};

impl Book {
    /// What all lots of a position with an average cost cost abroad.
    pub(in crate::engine) fn pool_cost_abroad(&self, position: Id<Position>) -> Option<ForeignCost> {
        self.foreign.pools.get(position).copied()
    }

    /// An amount in the currency of a position; `None` if that is the book's.
    pub(in crate::engine) fn foreign_told(
        &self,
        position: Id<Position>,
        amount: i128,
        rates: Rates,
    ) -> Result<Option<LotStateForeign>> {
        let Some(currency) = self.currency_of(position) else { return Ok(None) };
        let places = self.places_of(currency)?;
        let (rate, several_rates) = match rates {
            Rates::None => (None, false),
            Rates::One(rate) => (Some(rate.decimal(self.places, places)?), false),
            Rates::Several => (None, true),
        };
        let amount = Decimal::from_i128(amount, places)?;
        Ok(Some(LotStateForeign { amount, rate, several_rates, whole: None }))
    }

    /// The same of a cost.
    pub(in crate::engine) fn foreign_cost_told(
        &self,
        position: Id<Position>,
        cost: &ForeignCost,
    ) -> Result<Option<LotStateForeign>> {
        let told = self.foreign_told(position, cost.holding.cost, cost.rates)?;
        let Some(currency) = self.currency_of(position) else { return Ok(None) };
        let whole = whole_told(cost.holding, self.places_of(currency)?)?;
        Ok(told.map(|told| LotStateForeign { whole, ..told }))
    }

    /// The foreign amounts of the disposal at a place of the book, which is of a position.
    pub(in crate::engine) fn exchange_told(
        &self,
        position: Id<Position>,
        place: usize,
        with_first: bool,
    ) -> Result<Option<LotStateExchange>> {
        let (Some(row), Some(currency)) = (self.foreign.disposals.get(place), self.currency_of(position))
        else {
            return Ok(None);
        };
        let places = self.places_of(currency)?;
        let proceeds = self.foreign_told(position, row.proceeds, row.proceeds_rates)?;
        let cost = self.foreign_told(position, row.cost, row.cost_rates)?;
        let (first_proceeds, first_cost) = row.at_first;
        let at_first = LotStateAmounts {
            proceeds: Decimal::from_i128(first_proceeds, places)?,
            cost: Decimal::from_i128(first_cost, places)?,
        };
        let disallowed = Some(row.disallowed).filter(|loss| *loss != 0);
        let disallowed_loss = disallowed.map(|loss| Decimal::from_i128(loss, places)).transpose()?;
        Ok(proceeds.zip(cost).map(|(proceeds, cost)| LotStateExchange {
            proceeds,
            cost,
            disallowed_loss,
            at_first: with_first.then_some(at_first),
        }))
    }

    /// An amount of a position, whose amount in the currency of the book is given, in both currencies: one that is no cost.
    pub(in crate::engine) fn plain_sum_of(
        &self,
        position: Id<Position>,
        book: i128,
        foreign: Option<&LotStateForeign>,
    ) -> Result<Sum> {
        if foreign.is_some_and(|told| told.whole.is_some()) {
            return Err(inconsistent("nothing was sold of it").at("whole").at("foreign"));
        }
        self.sum_of(position, book, foreign)
    }

    /// The same of a cost.
    fn sum_of(&self, position: Id<Position>, book: i128, foreign: Option<&LotStateForeign>) -> Result<Sum> {
        let (currency, told) = match (self.currency_of(position), foreign) {
            (None, None) => return Ok(Sum { book, ..Sum::default() }),
            (Some(currency), Some(told)) => (currency, told),
            _ => {
                let message =
                    "there are amounts in another currency if the security has another, and only then";
                return Err(inconsistent(message));
            }
        };
        let places = self.places_of(currency)?;
        let rates = match (told.rate, told.several_rates) {
            (None, false) => Rates::None,
            (None, true) => Rates::Several,
            (Some(rate), false) => Rates::One(Rate::new(rate, self.places, places).at("rate").at("foreign")?),
            (Some(_), true) => return Err(inconsistent("several rates are not one").at("foreign")),
        };
        let amount = amount_of(told.amount, places).at("amount").at("foreign")?;
        Ok(Sum { book, foreign: amount, rates })
    }

    /// What so many units of a position cost in its currency; `None` if that is the book's.
    fn cost_of(
        &self,
        position: Id<Position>,
        units: i128,
        foreign: Option<&LotStateForeign>,
    ) -> Result<Option<ForeignCost>> {
        let sum = self.sum_of(position, 0, foreign)?;
        let (Some(currency), Some(told)) = (self.currency_of(position), foreign) else { return Ok(None) };
        let holding = holding_of(units, sum.foreign, told.whole.as_ref(), self.places_of(currency)?);
        Ok(Some(ForeignCost { holding: holding.at("foreign")?, rates: sum.rates }))
    }

    /// Reads what a lot cost in its currency, as far as it has a cost of its own.
    pub(in crate::engine) fn read_cost_abroad(
        &mut self,
        id: Id<Lot>,
        foreign: Option<&LotStateForeign>,
    ) -> Result<()> {
        let Lot { position, holding, is_short, .. } = self.lots[id];
        if holding.units == 0 || !is_short && self.positions[position].is_averaged() {
            return match foreign {
                None => Ok(()),
                Some(_) => Err(inconsistent("the lot has no cost of its own").at("foreign")),
            };
        }
        let cost = self.cost_of(position, holding.units, foreign)?;
        self.put_cost_abroad(id, cost);
        Ok(())
    }

    /// Reads what the shares of a position with an average cost cost in its currency.
    pub(in crate::engine) fn read_pool_abroad(
        &mut self,
        position: Id<Position>,
        foreign: Option<&LotStateForeign>,
    ) -> Result<()> {
        let held = self.positions[position].held;
        if held == 0 || !self.positions[position].is_averaged() {
            return match foreign {
                None => Ok(()),
                Some(_) => Err(inconsistent("the position has no average cost").at("foreign")),
            };
        }
        if let Some(cost) = self.cost_of(position, held, foreign)? {
            self.foreign.pools.insert(position, cost);
        }
        Ok(())
    }

    /// Reads the foreign amounts of a disposal of a position.
    pub(in crate::engine) fn exchange_of(
        &self,
        position: Id<Position>,
        told: Option<&LotStateExchange>,
    ) -> Result<Option<Exchanged>> {
        let proceeds = self.plain_sum_of(position, 0, told.map(|told| &told.proceeds))?;
        let cost = self.plain_sum_of(position, 0, told.map(|told| &told.cost))?;
        let (Some(told), Some(currency)) = (told, self.currency_of(position)) else { return Ok(None) };
        let places = self.places_of(currency)?;
        let read = |value, field| amount_of(value, places).at(field);
        let disallowed = match told.disallowed_loss {
            None => 0,
            Some(loss) => read(loss, "disallowedLoss").at("foreign")?,
        };
        let at_first = match told.at_first {
            None => (proceeds.foreign, cost.foreign),
            Some(LotStateAmounts { proceeds, cost }) => {
                let read = |value, field| read(value, field).at("atFirst").at("foreign");
                (read(proceeds, "proceeds")?, read(cost, "cost")?)
            }
        };
        Ok(Some(Exchanged {
            proceeds: proceeds.foreign,
            cost: cost.foreign,
            disallowed,
            proceeds_rates: proceeds.rates,
            cost_rates: cost.rates,
            at_first,
        }))
    }

    /// Adds the foreign amounts of the disposal at a place of the book, after those before it.
    pub(in crate::engine) fn add_exchange(&mut self, place: usize, row: Exchanged) {
        self.foreign.disposals.push(place, row);
    }
}
