//! A sale that is to have a given gain.

use wherewithal_base::{Error, ErrorCode, Result};

use super::{Book, Id, Lot, Position};
use crate::exact::{compare_quotients, proportion};

/// The lots of a position in a row, from the highest cost of a share to the lowest.
struct Row {
    lots: Vec<Place>,
}

/// A lot in the row.
struct Place {
    lot: Id<Lot>,
    units: i128,
    cost: i128,
    /// Units and cost of the lots before it.
    units_before: i128,
    cost_before: i128,
}

impl Row {
    /// What the first so many units of the row cost.
    fn cost_of(&self, units: i128) -> Result<i128> {
        let after = self.lots.partition_point(|place| place.units_before < units);
        match after.checked_sub(1).and_then(|last| self.lots.get(last)) {
            None => Ok(0),
            Some(last) => {
                Ok(last.cost_before + proportion(last.cost, units - last.units_before, last.units)?)
            }
        }
    }

    /// The parts of the lots from one place of the row to another, in units.
    fn parts(&self, from: i128, to: i128) -> Vec<(Id<Lot>, i128)> {
        let overlap = |place: &Place| {
            let end = place.units_before + place.units;
            (place.lot, end.min(to) - place.units_before.max(from))
        };
        self.lots.iter().map(overlap).filter(|(_, units)| *units > 0).collect()
    }
}

impl Book {
    /// The lots of which so many units, sold for `proceeds`, gain as nearly as possible what is wished.
    ///
    /// Of the lots in the order of their cost, so many units in a row are taken. The further down the row they begin, the less
    /// they cost, so halving finds where they must begin; every gain between the least and the greatest can be met, to the
    /// smallest unit in which the shares are counted.
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
        let row = self.row(position)?;
        let wished_cost = proceeds - wished;
        let cost_from = |start: i128| Ok(row.cost_of(start + units)? - row.cost_of(start)?);
        let (mut low, mut high) = (0, self.positions[position].held - units);
        while low < high {
            let middle = low + (high - low) / 2;
            if cost_from(middle)? > wished_cost { low = middle + 1 } else { high = middle }
        }
        // The first that costs no more than is wished, or the one before it, whichever is nearer.
        let distance = |start: i128| Ok::<_, Error>((cost_from(start)? - wished_cost).abs());
        let start = if low > 0 && distance(low - 1)? < distance(low)? { low - 1 } else { low };
        Ok(row.parts(start, start + units))
    }

    fn row(&self, position: Id<Position>) -> Result<Row> {
        let mut lots = self.visited(self.positions[position].queue.lots(&self.lots))?;
        lots.sort_by(|one, other| {
            let (one, other) = (self.lots[*one].holding, self.lots[*other].holding);
            compare_quotients(other.cost, other.units, one.cost, one.units)
        });
        let (mut units_before, mut cost_before) = (0, 0);
        let place = |lot| {
            let holding = self.lots[lot].holding;
            let place = Place { lot, units: holding.units, cost: holding.cost, units_before, cost_before };
            units_before += holding.units;
            cost_before += holding.cost;
            place
        };
        Ok(Row { lots: lots.into_iter().map(place).collect() })
    }
}
