//! The input types of market models.

use wherewithal_reference::history::MarketHistory;

use wherewithal_base::{rates::ReturnConvention, wire::Wire};

/// A model of the returns of asset classes and of inflation.
#[derive(Debug, Clone, Wire)]
#[wire(tag = "kind")]
pub enum MarketModel {
    /// Lognormal returns, correlated between the asset classes and with inflation, independent from step to step.
    Lognormal {
        /// The asset classes, 1 to 20.
        #[wire(length = 1..=20)]
        asset_classes: Vec<AssetClass>,
        /// The model of inflation.
        #[wire(default)]
        inflation: InflationModel,
        /// The correlation matrix of the logarithmic returns, one row for each asset class and a last row for the
        /// innovation of inflation: symmetric, 1 on the diagonal, from -1 to 1 elsewhere. Without the last row and
        /// column, inflation is uncorrelated. Empty for no correlation. With the return convention `simple`, the
        /// correlations of the simple returns.
        #[wire(default, range = -1..=1, length = ..=21, item_length = ..=21)]
        correlations: Vec<Vec<f64>>,
        /// How the random numbers are drawn.
        #[wire(default)]
        sampling: Sampling,
    },
    /// As `lognormal`, but with shocks from a multivariate Student-t distribution: in each step, all shocks are scaled
    /// by a common factor, so that extremes occur together. The shocks have the given volatilities and correlations.
    ///
    /// The mean growth factor of such a return does not exist. If `returnConvention` is `arithmetic`, the mean of the
    /// logarithmic return is that of a lognormal return with the same mean and volatility. The common factor is limited
    /// to 100, and growth in one step to a factor of 2^1000 in either direction. The return convention `simple` is
    /// refused: such growth factors have no variance either.
    StudentT {
        /// The asset classes, 1 to 20.
        #[wire(length = 1..=20)]
        asset_classes: Vec<AssetClass>,
        /// The model of inflation.
        #[wire(default)]
        inflation: InflationModel,
        /// The correlation matrix of the shocks, as for `lognormal`.
        #[wire(default, length = ..=21, item_length = ..=21)]
        correlations: Vec<Vec<f64>>,
        /// Degrees of freedom, above 2 and at most 1000: the fewer, the fatter the tails. 4 to 6 are usual for monthly
        /// returns.
        #[wire(above = 2, range = ..=1000)]
        degrees_of_freedom: f64,
        /// How the normal random numbers are drawn; the common factor is always drawn at random.
        #[wire(default)]
        sampling: Sampling,
    },
    /// Steps drawn from a history, which preserves its distribution and its correlations.
    Bootstrap {
        /// The history to draw from.
        history: MarketHistory,
        /// How the drawn blocks are chosen.
        #[wire(default)]
        blocks: BootstrapBlocks,
        /// Fees on each asset class in one year as fractions from 0 to below 1, in the order of the history; empty
        /// for none.
        #[wire(share, default, range = 0.., below = 1, length = ..=20)]
        annual_fees: Vec<f64>,
    },
    /// The history itself, from each of its periods on: path p starts in period p. There are as many paths as the
    /// history has starting periods with enough periods after them, at most the requested number. Neighbouring paths
    /// overlap and are far from independent, so standard errors that assume independence are too small. In monthly steps,
    /// each year of an annual history is spread evenly over its months, so that nothing happens within a year; paths start
    /// with its years.
    HistoricalCohorts {
        /// The history to replay.
        history: MarketHistory,
        /// Whether the first period of the history follows its last, so that there is a path for each period.
        #[wire(default)]
        circular: bool,
        /// Fees on each asset class in one year as fractions from 0 to below 1, in the order of the history; empty
        /// for none.
        #[wire(share, default, range = 0.., below = 1, length = ..=20)]
        annual_fees: Vec<f64>,
    },
    /// Lognormal returns whose means, volatilities and correlations depend on a regime, which changes at random
    /// (a Markov chain; Hamilton 1989). The moments of a regime are those of a year that is spent in it.
    RegimeSwitching {
        /// The regimes, 1 to 8, all with the same asset classes in the same order.
        #[wire(length = 1..=8)]
        regimes: Vec<MarketRegime>,
        /// For each regime, one row with the probabilities of the regimes that follow it; each row adds up to 1.
        #[wire(length = 1..=8, item_length = 1..=8)]
        transitions: Vec<Vec<f64>>,
        /// How often in a year the regime may change: 1 or 12. If it may change monthly and the steps of the simulation
        /// are years, each year consists of twelve months.
        #[wire(default = once)]
        transitions_per_year: u32,
        /// Probabilities of the regimes at the start, adding up to 1; empty for the stationary distribution.
        #[wire(default, length = ..=8)]
        initial_probabilities: Vec<f64>,
        /// The share of the deviation of inflation from the regime's mean that remains after a year, from 0 to below 1.
        #[wire(default, range = 0.., below = 1)]
        inflation_persistence: f64,
        /// Inflation of the year before the first step as a fraction, from -0.5 to 10; by default the mean over the
        /// regimes at the start.
        #[wire(rate, range = -0.5..=10)]
        initial_inflation: Option<f64>,
        /// How the normal random numbers are drawn; the regimes are always drawn at random.
        #[wire(default)]
        sampling: Sampling,
    },
    /// State variables, such as yields and inflation, that depend on each other with a lag of one period:
    /// `next = mean + coefficients × (last - mean) + shocks`. The returns of bonds follow from the yields; other asset
    /// classes have their own shocks.
    VectorAutoregression {
        /// The state variables, 1 to 10.
        #[wire(length = 1..=10)]
        states: Vec<StateVariable>,
        /// For each state variable, one row with the weights of the last period's deviations from the means. The
        /// absolute values of all eigenvalues must be below 1.
        #[wire(length = 1..=10, item_length = 1..=10)]
        coefficients: Vec<Vec<f64>>,
        /// The periods of `coefficients` in a year: 1 or 12. If it is 12 and the steps of the simulation are years,
        /// each year consists of twelve periods.
        #[wire(default = once)]
        periods_per_year: u32,
        /// The asset classes, 1 to 20.
        #[wire(length = 1..=20)]
        asset_classes: Vec<StateDrivenAssetClass>,
        /// The name of the state variable that is the annual rate of inflation, kept at or above -0.9; without it,
        /// prices are constant.
        inflation_state: Option<String>,
        /// The correlation matrix of the shocks: one row for each state variable, then one for each asset class (the
        /// rows of bonds have no effect). Empty for no correlation.
        #[wire(default, length = ..=30, item_length = ..=30)]
        correlations: Vec<Vec<f64>>,
        /// How the normal random numbers are drawn.
        #[wire(default)]
        sampling: Sampling,
    },
    /// Paths given by the caller. There are as many as were given, at most the requested number.
    Paths {
        /// The names of the asset classes, 1 to 20: the columns of the returns.
        #[wire(length = 1..=20)]
        asset_classes: Vec<String>,
        /// The periods in a year: 1 or 12. Twelve consecutive periods make an annual step.
        #[wire(default = once)]
        periods_per_year: u32,
        /// The paths, all at least as long as the simulation; at most 5,000,000 numbers in total.
        #[wire(length = 1..=1_000_000)]
        paths: Vec<MarketPath>,
        /// Fees on each asset class in one year as fractions from 0 to below 1; empty for none.
        #[wire(share, default, range = 0.., below = 1, length = ..=20)]
        annual_fees: Vec<f64>,
    },
}

fn once() -> u32 {
    1
}

/// How the random numbers of a parametric model are drawn. All methods except `random` make estimates more accurate for
/// the same number of paths; standard errors that assume independent paths are then too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum Sampling {
    /// Independent paths.
    #[default]
    Random,
    /// Paths in pairs: the normal numbers of path 2k + 1 are those of path 2k with the opposite sign.
    Antithetic,
    /// The normal numbers of each step and variable are shifted and scaled to mean 0 and variance 1 in every 256 paths
    /// (0 to 255, 256 to 511 …). The number of paths should be a multiple of 256.
    MomentMatching,
    /// Points of the Sobol sequence, scrambled by the seed, with a Brownian bridge over the steps, so that the best
    /// coordinates determine the long run; coordinates beyond the 1111th are drawn at random. Works best if the number
    /// of paths is a power of two.
    Sobol,
}

/// One regime of a market.
#[derive(Debug, Clone, Wire)]
pub struct MarketRegime {
    /// Its unique name; 1 to 100 characters.
    pub name: String,

    /// The asset classes in this regime, 1 to 20.
    #[wire(length = 1..=20)]
    pub asset_classes: Vec<AssetClass>,

    /// Mean annual inflation as a fraction, from -0.5 to 10.
    #[wire(rate, default, range = -0.5..=10)]
    pub expected_inflation: f64,

    /// Standard deviation of one year's innovation of inflation as a fraction, 0 to 1.
    #[wire(rate, default, range = 0..=1)]
    pub inflation_volatility: f64,

    /// The correlation matrix in this regime, as for `lognormal`; of simple returns if those of the regime are.
    #[wire(default, length = ..=21, item_length = ..=21)]
    pub correlations: Vec<Vec<f64>>,
}

/// A variable that returns depend on, such as a yield.
#[derive(Debug, Clone, Wire)]
pub struct StateVariable {
    /// Its unique name; 1 to 100 characters.
    pub name: String,

    /// Its long-run mean as an annual fraction (0.04 is 4 %), from -0.5 to 10.
    #[wire(rate, range = -0.5..=10)]
    pub mean: f64,

    /// Standard deviation of its shock in one period, 0 to 1.
    #[wire(rate, range = 0..=1)]
    pub volatility: f64,

    /// Its value before the first step, from -0.5 to 10; by default the mean.
    #[wire(rate, range = -0.5..=10)]
    pub initial: Option<f64>,
}

/// An asset class whose return depends on state variables.
#[derive(Debug, Clone, Wire)]
#[wire(tag = "kind")]
pub enum StateDrivenAssetClass {
    /// Bonds of constant duration: the growth factor of a period is `1 + y t - duration × change + convexity / 2 ×
    /// change²`, where y is the yield at its start, t its length in years and `change` the change of the yield. It is
    /// kept at or above 0.01. A duration of 0 is cash at the yield.
    Bond {
        /// Its unique name; 1 to 100 characters.
        name: String,
        /// The name of the state variable that is its annual yield.
        yield_state: String,
        /// Modified duration in years, 0 to 50.
        #[wire(range = 0..=50)]
        duration: f64,
        /// Convexity in squared years, 0 to 5000.
        #[wire(default, range = 0..=5000)]
        convexity: f64,
        /// Fee in one year as a fraction, from 0 to below 1.
        #[wire(share, default, range = 0.., below = 1)]
        annual_fee: f64,
    },
    /// Lognormal returns with a mean annual growth of `1 + rate + premium`, where the rate is that of a state variable
    /// at the start of the period, or 0 without a state variable.
    Premium {
        /// Its unique name; 1 to 100 characters.
        name: String,
        /// The name of the state variable that is the annual rate, such as the Treasury bill yield.
        rate_state: Option<String>,
        /// Expected return of one year above the rate as a fraction, arithmetic, from above -1 to 10.
        #[wire(rate, above = -1, range = ..=10)]
        premium: f64,
        /// Annual standard deviation of the logarithmic return as a fraction, 0 to 5.
        #[wire(rate, range = 0..=5)]
        volatility: f64,
        /// Fee in one year as a fraction, from 0 to below 1.
        #[wire(share, default, range = 0.., below = 1)]
        annual_fee: f64,
    },
}

/// One path given by the caller.
#[derive(Debug, Clone, Wire)]
pub struct MarketPath {
    /// One row for each period with the return of each asset class as a fraction above -1.
    #[wire(rate, above = -1, length = ..=20_000, item_length = 1..=20)]
    pub returns: Vec<Vec<f64>>,

    /// Inflation in each period as a fraction above -1; empty for none.
    #[wire(rate, default, above = -1, length = ..=20_000)]
    pub inflation: Vec<f64>,
}

/// An asset class, such as the equities of a country, with its assumed return.
#[derive(Debug, Clone, Wire)]
pub struct AssetClass {
    /// Its unique name; 1 to 100 characters.
    pub name: String,

    /// Annual return as a fraction (0.06 is 6 %), before the fee and before inflation, above -1 and at most 10. For the
    /// kind of mean, see `returnConvention`.
    #[wire(rate, above = -1, range = ..=10)]
    pub expected_return: f64,

    /// Annual standard deviation of the logarithmic return as a fraction (0.12 is 12 %), 0 to 5; of the simple return if
    /// `returnConvention` is `simple`.
    #[wire(rate, range = 0..=5)]
    pub volatility: f64,

    /// The kind of mean of `expectedReturn`, and what `volatility` and the correlations are those of. Within a model,
    /// either all asset classes are `simple` or none is.
    #[wire(default)]
    pub return_convention: ReturnConvention,

    /// Fee on the asset class in one year as a fraction, from 0 to below 1, taken evenly in every step.
    #[wire(share, default, range = 0.., below = 1)]
    pub annual_fee: f64,
}

/// Inflation that reverts to its mean: from year to year, `next = expected + persistence × (last - expected) +
/// volatility × e`, where e is standard normal.
///
/// In monthly steps, the annual rate of each month follows the same equation with `persistence^(1/12)` and a volatility
/// that preserves the long-run deviation, `volatility / sqrt(1 - persistence²)`. Inflation is kept at or above -0.9.
#[derive(Debug, Clone, Default, Wire)]
pub struct InflationModel {
    /// Mean annual inflation as a fraction, from -0.5 to 10.
    #[wire(rate, default, range = -0.5..=10)]
    pub expected: f64,

    /// Standard deviation of one year's innovation as a fraction, 0 to 1.
    #[wire(rate, default, range = 0..=1)]
    pub volatility: f64,

    /// The share of a deviation from the mean that remains after a year, from 0 to below 1.
    #[wire(default, range = 0.., below = 1)]
    pub persistence: f64,

    /// Inflation of the year before the first step as a fraction, from -0.5 to 10; by default `expected`.
    #[wire(rate, range = -0.5..=10)]
    pub initial: Option<f64>,
}

/// The blocks that a bootstrap draws from a history. Each block starts anywhere in the history with equal probability.
#[derive(Debug, Clone, Copy, PartialEq, Default, Wire)]
#[wire(tag = "kind")]
pub enum BootstrapBlocks {
    /// Every step is drawn independently (Efron 1979). An annual step from a monthly history is twelve consecutive
    /// months.
    #[default]
    Independent,
    /// Blocks of fixed length that lie within the history (Künsch 1989).
    Moving {
        /// Length of a block in steps of the simulation, at least 1.
        #[wire(range = 1..)]
        steps: u32,
    },
    /// Blocks of fixed length; the first period of the history follows its last (Politis and Romano 1992).
    Circular {
        /// Length of a block in steps of the simulation, at least 1.
        #[wire(range = 1..)]
        steps: u32,
    },
    /// Blocks of random length: after each step, another block starts with probability `1 / meanSteps`; otherwise the
    /// block continues (Politis and Romano 1994). The first period of the history follows its last.
    Stationary {
        /// Mean length of a block in steps of the simulation, at least 1.
        #[wire(range = 1..)]
        mean_steps: f64,
    },
}
