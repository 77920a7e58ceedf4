//! A sale that is to have a given gain.
//!
//! Of the lots in the order of their cost, a number of units in a row is taken first. The further down the row they begin,
//! the less they cost, so halving finds where they must begin; what they gain is away from what is wished by no more than
//! half of what a unit at one end of the row costs more than one at the other. From there a search looks for a choice that
//! is nearer, see [`Search`].

mod search;

use wherewithal_base::{Error, ErrorCode, Result, order};

use self::search::Search;
use super::{Book, Gift, Holding, Id, Lot, Position};
use crate::exact::{compare_quotients, proportion};

/// The most steps of the search in a sale, and in all sales of a book.
const STEPS_OF_A_SALE: usize = 100_000;
const STEPS_OF_A_BOOK: usize = 5_000_000;

/// The lots of a position in a row, from the highest cost of a share to the lowest.
struct Row {
    places: Vec<Place>,
    /// All units, and what they cost.
    units: i128,
    cost: i128,
}

/// A lot in the row.
struct Place {
    lot: Id<Lot>,
    holding: Holding,
    /// Units and cost of the lots before it.
    units_before: i128,
    cost_before: i128,
}

impl Place {
    /// What so many units of it cost.
    fn cost_of(&self, units: i128) -> Result<i128> {
        let mut holding = self.holding;
        if units == 0 { Ok(0) } else { holding.take(units) }
    }

    /// What a unit costs, if that is an integer, so that no cost of it is rounded.
    fn cost_of_unit(&self) -> Option<i128> {
        let Holding { whole_units, whole_cost, .. } = self.holding;
        (whole_cost % whole_units == 0).then(|| whole_cost / whole_units)
    }
}

impl Row {
    fn new(mut holdings: Vec<(Id<Lot>, Holding)>) -> Self {
        order::sort_by(&mut holdings, |(_, one), (_, other)| {
            compare_quotients(other.cost, other.units, one.cost, one.units)
        });
        let (mut units, mut cost) = (0, 0);
        let place = |(lot, holding): (Id<Lot>, Holding)| {
            let place = Place { lot, holding, units_before: units, cost_before: cost };
            units += holding.units;
            cost += holding.cost;
            place
        };
        let places = holdings.into_iter().map(place).collect();
        Self { places, units, cost }
    }

    /// What the first so many units of the row cost.
    fn cost_of(&self, units: i128) -> Result<i128> {
        let after = self.places.partition_point(|place| place.units_before < units);
        match after.checked_sub(1).and_then(|last| self.places.get(last)) {
            None => Ok(0),
            Some(Place { holding, units_before, cost_before, .. }) => {
                Ok(cost_before + proportion(holding.cost, units - units_before, holding.units)?)
            }
        }
    }

    /// The units of each lot from one place of the row to another.
    fn parts(&self, from: i128, to: i128) -> Vec<i128> {
        let overlap = |place: &Place| {
            let end = place.units_before + place.holding.units;
            (end.min(to) - place.units_before.max(from)).max(0)
        };
        self.places.iter().map(overlap).collect()
    }

    /// What units of each lot cost.
    fn cost_of_parts(&self, parts: &[i128]) -> Result<i128> {
        self.places.iter().zip(parts).map(|(place, units)| place.cost_of(*units)).sum()
    }

    /// So many units next to each other whose cost is as near as possible to what is wished.
    fn neighbours(&self, units: i128, wished: i128) -> Result<Vec<i128>> {
        let cost_from = |start: i128| Ok::<_, Error>(self.cost_of(start + units)? - self.cost_of(start)?);
        let (mut low, mut high) = (0, self.units - units);
        while low < high {
            let middle = low + (high - low) / 2;
            if cost_from(middle)? > wished { low = middle + 1 } else { high = middle }
        }
        // The first that costs no more than is wished, or the one before it, whichever is nearer.
        let distance = |start: i128| Ok::<_, Error>((cost_from(start)? - wished).abs());
        let start = if low > 0 && distance(low - 1)? < distance(low)? { low - 1 } else { low };
        Ok(self.parts(start, start + units))
    }
}

impl Book {
    /// The lots of which so many units, sold for `proceeds`, gain as nearly as possible what is wished.
    pub(super) fn select_for_gain(
        &self,
        position: Id<Position>,
        units: i128,
        proceeds: i128,
        wished: i128,
    ) -> Result<Vec<(Id<Lot>, i128)>> {
        if self.positions[position].is_averaged() {
            let message = "every share has the same cost, so no gain can be aimed at";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("targetGain"));
        }
        let row = self.row(position, units, proceeds)?;
        let wished_cost = proceeds - wished;
        let neighbours = row.neighbours(units, wished_cost)?;
        let left = STEPS_OF_A_BOOK.saturating_sub(self.searched.get()).min(STEPS_OF_A_SALE);
        let mut search = Search::new(&row, units, wished_cost, neighbours)?;
        let steps = search.run(left)?;
        self.searched.set(self.searched.get() + steps);
        let parts = row.places.iter().map(|place| place.lot).zip(search.into_best());
        Ok(parts.filter(|(_, units)| *units > 0).collect())
    }

    fn row(&self, position: Id<Position>, units: i128, proceeds: i128) -> Result<Row> {
        let lots = self.visited(self.positions[position].queue.lots(&self.lots))?;
        let holdings = lots.into_iter().map(|lot| Ok((lot, self.holding_against(lot, units, proceeds)?)));
        Ok(Row::new(holdings.collect::<Result<_>>()?))
    }

    /// What counts as the cost of a lot at a price of `proceeds` for `units`: of a gift with two bases the one that decides,
    /// or between them the price.
    fn holding_against(&self, lot: Id<Lot>, units: i128, proceeds: i128) -> Result<Holding> {
        let Lot { holding, gift, .. } = self.lots[lot];
        let Some(gift) = gift else { return Ok(holding) };
        let Gift { loss, .. } = self.gifts[gift];
        let is_below = |basis: Holding| compare_quotients(proceeds, units, basis.cost, basis.units).is_lt();
        Ok(match (is_below(holding), is_below(loss)) {
            (false, _) => holding,
            (true, true) => loss,
            (true, false) => Holding::new(holding.units, proportion(proceeds, holding.units, units)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::Table;

    /// The least distance of all choices.
    fn least_distance(places: &[Place], units: i128, wished: i128) -> Option<i128> {
        let Some((first, rest)) = places.split_first() else { return (units == 0).then_some(wished.abs()) };
        (0..=units.min(first.holding.units))
            .filter_map(|part| least_distance(rest, units - part, wished - first.cost_of(part).unwrap()))
            .min()
    }

    proptest! {
        #[test]
        fn no_choice_is_nearer(
            lots in prop::collection::vec((1i128..7, 1i128..4000, any::<bool>()), 1..6),
            part in 1i128..100,
            wished in -2000i128..20_000,
        ) {
            // Half of the lots have a cost of a share that is no integer.
            let lot = Table::<Lot>::default().next_id();
            let holding = |(units, cost, even)| Holding::new(units, if even { cost * units } else { cost });
            let row = Row::new(lots.into_iter().map(|drawn| (lot, holding(drawn))).collect());
            let units = (row.units * part / 100).max(1);
            let neighbours = row.neighbours(units, wished).unwrap();
            let mut search = Search::new(&row, units, wished, neighbours).unwrap();
            prop_assert!(search.run(usize::MAX).unwrap() < STEPS_OF_A_SALE);
            let best = search.into_best();
            prop_assert_eq!(best.iter().sum::<i128>(), units);
            let distance = (row.cost_of_parts(&best).unwrap() - wished).abs();
            prop_assert_eq!(Some(distance), least_distance(&row.places, units, wished));
        }
    }
}
