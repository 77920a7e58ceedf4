//! What `returns.public_market_equivalent` is asked.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

use crate::PerformanceFlow;

/// Input of `returns.public_market_equivalent`. All amounts are in one currency.
#[derive(Debug, Clone, Wire)]
pub struct PublicMarketEquivalentInput {
    /// What was paid into the fund (above zero) and distributed by it (below zero), in any order, not after `asOf`.
    #[wire(length = 1..=10_000)]
    pub flows: Vec<PerformanceFlow>,

    /// The day of the net asset value.
    pub as_of: Date,

    /// What the fund's interest is worth on that day, at least zero; zero by default.
    #[wire(default)]
    pub net_asset_value: Decimal,

    /// What is committed to the fund, above zero, if it is known.
    pub commitment: Option<Decimal>,

    /// The levels of a public index with dividends reinvested, of days that ascend.
    #[wire(length = 1..=100_000)]
    pub index: Vec<IndexLevel>,

    /// Which level counts on a day for which there is none.
    #[wire(default)]
    pub missing_level: MissingLevel,
}

/// The level of an index on a day.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct IndexLevel {
    /// The day.
    pub date: Date,
    /// The level, above zero and at most 10^12.
    #[wire(above = 0, range = ..=1000000000000)]
    pub level: f64,
}

/// Which level of an index counts on a day for which there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum MissingLevel {
    /// None: the day is refused.
    #[default]
    Refused,
    /// The last one before it, as on a day without trading.
    LastBefore,
}
