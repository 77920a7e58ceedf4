//! What a market is assumed to do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::ReturnConvention;

/// How asset classes and prices are assumed to move.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum MarketModel {
    /// Lognormal returns, correlated between the asset classes and with inflation, independent from step to step.
    Lognormal {
        /// The asset classes, 1 to 20.
        asset_classes: Vec<AssetClass>,
        /// How prices rise.
        #[serde(default)]
        inflation: InflationModel,
        /// The correlation matrix of the logarithmic returns, one row for each asset class and a last row for the
        /// innovation of inflation: symmetric, 1 on the diagonal, from -1 to 1 elsewhere. Empty for none at all.
        #[serde(default)]
        correlations: Vec<Vec<f64>>,
    },
    /// Steps drawn from a history, so that its distribution and its correlations are kept.
    Bootstrap {
        /// The history that is drawn from.
        history: MarketHistory,
        /// How long the pieces are that are drawn.
        #[serde(default)]
        blocks: BootstrapBlocks,
        /// Fees on each asset class in one year as fractions from 0 to below 1, in the order of the history; empty
        /// for none.
        #[serde(default)]
        annual_fees: Vec<f64>,
    },
}

/// One sort of asset, such as the shares of a country, with its assumed return.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssetClass {
    /// What it is called; 1 to 100 characters, different from the others.
    pub name: String,

    /// Return of one year as a fraction (0.06 is 6 %), before fee and before inflation, from above -1 to 10.
    /// `returnConvention` says which mean it is.
    pub expected_return: f64,

    /// Annual standard deviation of the logarithmic return as a fraction (0.12 is 12 %), 0 to 5.
    #[schemars(range(min = 0, max = 5))]
    pub volatility: f64,

    /// Which mean `expectedReturn` is.
    #[serde(default)]
    pub return_convention: ReturnConvention,

    /// Fee on the asset class in one year as a fraction, from 0 to below 1, taken evenly in every step.
    #[serde(default)]
    pub annual_fee: f64,
}

/// How prices rise: inflation reverts to its mean, `next = expected + persistence × (last - expected) + volatility × e`
/// from year to year, e being standard normal.
///
/// In monthly steps the same is done with the annual rate of each month: with `persistence^(1/12)`, and with a
/// volatility that leaves the long-run deviation `volatility / sqrt(1 - persistence²)` as it is. Inflation is kept at
/// or above -0.9.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct InflationModel {
    /// Mean rise of prices in one year as a fraction, from -0.5 to 10.
    pub expected: f64,

    /// Standard deviation of one year's innovation as a fraction, 0 to 1.
    #[schemars(range(min = 0, max = 1))]
    pub volatility: f64,

    /// Share of a deviation from the mean that is left after a year, from 0 to below 1.
    pub persistence: f64,

    /// Inflation of the year before the first step as a fraction, from -0.5 to 10; by default `expected`.
    pub initial: Option<f64>,
}

/// What asset classes and prices did in the past, period by period without a gap.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarketHistory {
    /// The names of the asset classes, 1 to 20: the columns of `returns`.
    pub asset_classes: Vec<String>,

    /// How many periods make a year: 1 or 12.
    pub periods_per_year: u32,

    /// One row for each period, at most 20,000, with the return of each asset class as a fraction above -1.
    pub returns: Vec<Vec<f64>>,

    /// The rise of prices in each period as a fraction above -1; empty for none.
    #[serde(default)]
    pub inflation: Vec<f64>,
}

/// Which pieces of a history follow each other. A piece starts anywhere in the history with equal probability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum BootstrapBlocks {
    /// Every step is drawn by itself (Efron 1979). A year's step from a monthly history is twelve months in a row.
    #[default]
    Independent,
    /// Blocks of one length that lie wholly within the history (Künsch 1989).
    Moving {
        /// Length of a block in steps of the simulation, at least 1.
        steps: u32,
    },
    /// Blocks of one length; the first period of the history follows its last (Politis and Romano 1992).
    Circular {
        /// Length of a block in steps of the simulation, at least 1.
        steps: u32,
    },
}
