//! What is told of the history.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::MarketHistory;

/// The answer of `simulation.history`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HistoryResult {
    /// The calendar years, one for each row of `returns`.
    pub years: Vec<u32>,

    /// The names of the asset classes: the columns of `returns`.
    pub asset_classes: Vec<String>,

    /// How many periods make a year: 1.
    pub periods_per_year: u32,

    /// One row for each year with the return of each asset class as a fraction (0.05 is 5 %), nominal, before costs and
    /// taxes.
    pub returns: Vec<Vec<f64>>,

    /// The rise of consumer prices in each year as a fraction.
    pub inflation: Vec<f64>,

    /// The cyclically adjusted price-earnings ratio of large stocks in January of each year (R. Shiller): the price over
    /// the mean of the last ten years' earnings, both in real money. It is known when the year starts.
    pub cape: Vec<f64>,

    /// Mean and deviation of each asset class, and at the end of inflation.
    pub statistics: Vec<HistoricalStatistics>,

    /// The correlations of the logarithmic growth of each year: one row for each asset class, and a last one for
    /// inflation. 0 where one of the two did not change from year to year.
    pub correlations: Vec<Vec<f64>>,

    /// Where the figures are from: one entry for each asset class, one for inflation, and one for `cape`.
    pub sources: Vec<HistorySource>,
}

impl From<HistoryResult> for MarketHistory {
    /// The years as a history that a market model draws from.
    fn from(result: HistoryResult) -> Self {
        Self {
            asset_classes: result.asset_classes,
            periods_per_year: result.periods_per_year,
            returns: result.returns,
            inflation: result.inflation,
        }
    }
}

/// What the years say about one asset class, or about inflation. Rates are fractions of one year.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
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

    /// The first year in which it was made.
    pub minimum_year: u32,

    /// The largest annual return.
    pub maximum: f64,

    /// The first year in which it was made.
    pub maximum_year: u32,
}

/// Where the figures of one series are from.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
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
