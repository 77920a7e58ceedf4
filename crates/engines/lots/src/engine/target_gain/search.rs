//! A search for the units of lots whose cost is nearest to what is wished.

use wherewithal_base::Result;

use super::{Place, Row};
use crate::exact::greatest_common_divisor;

/// A search through all choices, lot by lot from the dearest to the cheapest, that leaves out those that cannot be nearer
/// than the best so far: of the lots to come, so many units cost no less than the cheapest of them and no more than the
/// dearest. It ends when nothing is left to try, or nothing can be nearer.
pub(super) struct Search<'a> {
    row: &'a Row,
    /// By how much rounding can change what units of the lot and of those after it cost, for each lot.
    rounding: Vec<i128>,
    /// A distance that no choice can fall below, because all costs are multiples of something.
    least: i128,
    /// The lots that are decided so far, and the one that is tried.
    open: Vec<Open>,
    /// The units of each lot in the best choice, and its distance from what is wished.
    best: Vec<i128>,
    distance: i128,
}

/// A lot whose units are tried.
struct Open {
    /// Units that are still to be chosen, and what they should cost.
    units: i128,
    wished: i128,
    /// The units of the lot that are tried next, and the last that are.
    next: i128,
    last: i128,
}

impl<'a> Search<'a> {
    /// A search that begins with a choice.
    pub(super) fn new(row: &'a Row, units: i128, wished: i128, first: Vec<i128>) -> Result<Self> {
        let mut rounding: Vec<i128> = Vec::with_capacity(row.places.len());
        let mut after = 0;
        for place in row.places.iter().rev() {
            // What is taken of a lot is away from its share of the cost by one at most, and so is a bound that parts the lot.
            after += if place.cost_of_unit().is_none() { 2 } else { 0 };
            rounding.push(after);
        }
        rounding.reverse();
        let distance = (row.cost_of_parts(&first)? - wished).abs();
        let least = least_distance(row, units, wished);
        let mut search = Self { row, rounding, least, open: Vec::new(), best: first, distance };
        if distance > least {
            search.go_on(units, wished)?;
        }
        Ok(search)
    }

    /// Tries choices up to a number of steps, and returns how many steps there were.
    pub(super) fn run(&mut self, most: usize) -> Result<usize> {
        let mut steps = 0;
        while let Some(place) = self.open.len().checked_sub(1) {
            let Some((Open { units, wished, next, last }, lot)) =
                self.open.last_mut().zip(self.row.places.get(place))
            else {
                break;
            };
            if *next > *last {
                self.open.pop();
                continue;
            }
            if steps == most {
                break;
            }
            steps += 1;
            let tried = *next;
            *next += 1;
            let (units, wished) = (*units - tried, *wished - lot.cost_of(tried)?);
            if units > 0 {
                self.go_on(units, wished)?;
            } else if wished.abs() < self.distance {
                self.distance = wished.abs();
                self.take_down();
                if self.distance <= self.least {
                    break;
                }
            }
        }
        Ok(steps)
    }

    /// The units of each lot in the best choice.
    pub(super) fn into_best(self) -> Vec<i128> {
        self.best
    }

    /// Notes the choice that is tried: each lot was tried last with one unit less than comes next.
    fn take_down(&mut self) {
        let mut tried = self.open.iter().map(|open| open.next - 1);
        for units in &mut self.best {
            *units = tried.next().unwrap_or(0);
        }
    }

    /// Goes on to the next lot, with those of its units that can lead to something nearer.
    fn go_on(&mut self, units: i128, wished: i128) -> Result<()> {
        let place = self.open.len();
        let (Some(lot), Some(rounding)) = (self.row.places.get(place), self.rounding.get(place)) else {
            return Ok(());
        };
        let after = self.row.units - lot.units_before - lot.holding.units;
        let (low, high) = ((units - after).max(0), units.min(lot.holding.units));
        // Strictly nearer than the best.
        let (least, most) = (wished - self.distance + 1 - rounding, wished + self.distance - 1 + rounding);
        let next = first_unit(low, high, |tried| Ok(self.dearest(lot, units, tried)? >= least))?;
        let last = first_unit(next, high, |tried| Ok(self.cheapest(lot, units, tried)? > most))? - 1;
        self.open.push(Open { units, wished, next, last });
        Ok(())
    }

    /// What units cost at most, of which so many are of a lot and the others of those after it. It grows with the former,
    /// as a unit of the lot costs no less than one after it.
    fn dearest(&self, lot: &Place, units: i128, of_lot: i128) -> Result<i128> {
        let after = lot.units_before + lot.holding.units;
        let rest = self.row.cost_of(after + units - of_lot)? - self.row.cost_of(after)?;
        Ok(lot.cost_of(of_lot)? + rest)
    }

    /// The same, at least.
    fn cheapest(&self, lot: &Place, units: i128, of_lot: i128) -> Result<i128> {
        let rest = self.row.cost - self.row.cost_of(self.row.units - (units - of_lot))?;
        Ok(lot.cost_of(of_lot)? + rest)
    }
}

/// The first number from `low` to `high` for which something is true that stays true, or the one after `high`.
fn first_unit(low: i128, high: i128, is_true: impl Fn(i128) -> Result<bool>) -> Result<i128> {
    let (mut low, mut high) = (low, high + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_true(middle)? { high = middle } else { low = middle + 1 }
    }
    Ok(low)
}

/// The distance that is left because costs differ by multiples of a common divisor, where none is rounded.
fn least_distance(row: &Row, units: i128, wished: i128) -> i128 {
    let costs: Option<Vec<i128>> = row.places.iter().map(Place::cost_of_unit).collect();
    let Some((first, others)) = costs.as_deref().and_then(<[i128]>::split_first) else { return 0 };
    let step = others.iter().map(|cost| cost - first).fold(0, greatest_common_divisor);
    let distance = wished - first * units;
    if step == 0 {
        return distance.abs();
    }
    let beyond = distance.rem_euclid(step);
    beyond.min(step - beyond)
}
