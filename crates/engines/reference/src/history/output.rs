//! Result of the history.

use super::MarketHistory;
use wherewithal_base::wire::Wire;

/// The result of `market.history`.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct HistoryResult {
    /// The calendar years, one for each row of the history's `returns`.
    pub years: Vec<u32>,

    /// Nominal returns before costs and taxes, inflation of consumer prices in each year, and the cyclically adjusted
    /// price-earnings ratio of large stocks in January (R. Shiller), in the form that market models take.
    pub history: MarketHistory,

    /// Mean and deviation of each asset class, and of inflation at the end.
    pub statistics: Vec<HistoricalStatistics>,

    /// The correlations of the logarithmic growth of each year: one row for each asset class, and a last one for
    /// inflation. 0 if one of the two did not change from year to year.
    pub correlations: Vec<Vec<f64>>,

    /// The sources of the figures: one entry for each asset class, one for inflation, and one for `cape`.
    pub sources: Vec<HistorySource>,
}

/// Statistics of one asset class, or of inflation, over the years. Rates are annual fractions.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct HistoricalStatistics {
    /// The asset class, or `inflation`.
    pub name: String,

    /// Mean of the annual returns.
    pub arithmetic_mean: f64,

    /// The constant return that compounds to the same growth.
    pub geometric_mean: f64,

    /// Sample standard deviation of the annual returns (n - 1).
    pub standard_deviation: f64,

    /// Sample standard deviation of the logarithmic annual growth (n - 1): the `volatility` of the market models.
    pub log_volatility: f64,

    /// The smallest annual return.
    pub minimum: f64,

    /// The first year with this return.
    pub minimum_year: u32,

    /// The largest annual return.
    pub maximum: f64,

    /// The first year with this return.
    pub maximum_year: u32,
}

/// The source of the figures of one series.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct HistorySource {
    /// The asset class, or `inflation` or `cape`.
    pub name: String,

    /// What was measured, who published it and when, and what it leaves out.
    pub source: String,
}

impl HistorySource {
    pub(super) fn new(name: &str, source: &str) -> Self {
        Self { name: name.to_owned(), source: source.to_owned() }
    }
}
