//! A lot, and what it holds.

use wherewithal_base::Result;

use super::{Gift, Position, table::Id};
use crate::{exact::proportion, holding_period::LongTermRule};

/// Units and their cost.
///
/// The cost of what is left is always the same share of the whole cost, rounded once, so the parts that were taken add up
/// whatever their sizes and their order.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Holding {
    /// Units that are left.
    pub(crate) units: i128,
    /// What those cost.
    pub(crate) cost: i128,
    /// Units when the cost of a share last changed.
    pub(crate) whole_units: i128,
    /// What those cost.
    pub(crate) whole_cost: i128,
}

impl Holding {
    pub(crate) fn new(units: i128, cost: i128) -> Self {
        Self { units, cost, whole_units: units, whole_cost: cost }
    }

    /// Takes units away, of which there are enough, and returns what they cost.
    pub(crate) fn take(&mut self, units: i128) -> Result<i128> {
        debug_assert!(0 < units && units <= self.units, "the caller knows what is left");
        let left = self.units - units;
        let cost_of_left = if left == 0 { 0 } else { proportion(self.whole_cost, left, self.whole_units)? };
        let taken = self.cost - cost_of_left;
        self.units = left;
        self.cost = cost_of_left;
        Ok(taken)
    }

    /// Adds units and their cost.
    pub(crate) fn add(&mut self, units: i128, cost: i128) {
        *self = Self::new(self.units + units, self.cost + cost);
    }

    /// Changes the cost of what is left.
    pub(crate) fn set_cost(&mut self, cost: i128) {
        *self = Self::new(self.units, cost);
    }

    /// Restates the units.
    pub(crate) fn restate(&mut self, change: impl Fn(&mut i128)) {
        change(&mut self.units);
        change(&mut self.whole_units);
    }
}

/// A lot: shares of one purchase that have the same cost and the same holding period.
#[derive(Debug, Clone)]
pub(crate) struct Lot {
    /// What is left of it. In a position with average cost, only the units count.
    pub(crate) holding: Holding,
    /// Where it is held.
    pub(crate) position: Id<Position>,
    /// The purchase that it comes from.
    pub(crate) block: Id<Block>,
    /// Which part of the purchase it is: 0 for what was not set apart, then from 1.
    pub(crate) part: u32,
    /// The day of the purchase.
    pub(crate) acquired: i32,
    /// The day from which the holding period is counted: earlier than the purchase if a wash sale added the days of the
    /// shares that it replaces (IRC 1223(3)).
    pub(crate) held_since: i32,
    /// How many days of that are those of shares sold at a loss that it replaces.
    pub(crate) tacked_days: i32,
    /// Whether it can still replace shares sold at a loss: bought, and not yet used for that.
    pub(crate) may_replace: bool,
    /// Whether it is long-term however short it is held: inherited (IRC 1223(9)). Of shares sold short, whether a loss is
    /// (IRC 1233(d)).
    pub(crate) always_long: bool,
    /// Whether its holding period has not begun, because the same shares are sold short (IRC 1233(b)(2)).
    pub(crate) suspended: bool,
    /// Whether it is owed: sold short. Its cost is then what it brought.
    pub(crate) is_short: bool,
    /// The second basis of a gift that was worth less than it cost the donor.
    pub(crate) gift: Option<Id<Gift>>,
}

impl Lot {
    /// The first day on which it is long-term, as far as one is known: none while a short sale stops its holding period.
    pub(crate) fn first_long_day(&self, rule: LongTermRule) -> i32 {
        match self {
            Self { suspended: true, .. } => i32::MAX,
            Self { always_long: true, .. } => self.acquired,
            Self { held_since, .. } => rule.first_long_day(*held_since),
        }
    }
}

/// What was acquired by one event.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// The index of the event.
    pub(crate) event: u32,
    /// Its lot, or, if that is gone, the first part that is not.
    pub(crate) first: Id<Lot>,
    /// The parts that were set apart from it, in their order; those that were gone in a state are not among them.
    pub(crate) parts: Vec<Id<Lot>>,
}
