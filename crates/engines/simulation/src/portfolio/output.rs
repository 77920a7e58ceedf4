//! What a simulation of a portfolio answers.

use wherewithal_market::CorrelationRepair;

use wherewithal_base::wire::Wire;

/// The answer of `simulation.portfolio`.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioResult {
    /// Share of paths that paid every withdrawal in full, 0 to 1.
    pub success_probability: f64,

    /// Standard error of `successProbability`, sqrt(p (1 - p) / paths): the noise of the sample, not of the model.
    /// It is 0 where all paths agree; the Wilson interval is then the one to read.
    pub standard_error: f64,

    /// Lower end of the 95 % Wilson score interval of the success probability.
    pub wilson_lower: f64,

    /// Upper end of the 95 % Wilson score interval of the success probability.
    pub wilson_upper: f64,

    /// Share of paths that end at or above the target; null where no target was given.
    pub target_probability: Option<f64>,

    /// Standard error of `targetProbability`; null where no target was given.
    pub target_standard_error: Option<f64>,

    /// The nominal balances at the end.
    pub terminal_nominal: PortfolioDistribution,

    /// The balances at the end in today's money.
    pub terminal_real: PortfolioDistribution,

    /// The balances today (year 0) and after each year: one row for each year and percentile, ordered by year, then
    /// percentile.
    pub fan: Vec<PortfolioFanRow>,

    /// The share of paths not yet depleted, at the years of the fan.
    pub survival: Vec<PortfolioSurvivalRow>,

    /// The paths that could not pay a withdrawal.
    pub depletion: PortfolioDepletion,

    /// The correlation matrices of the market that contradicted themselves, and what took their place.
    pub correlation_repairs: Vec<CorrelationRepair>,

    /// The number of paths that were run.
    pub paths: u64,

    /// The seed that was used.
    pub seed: u64,
}

/// Balances of all paths at one time.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioDistribution {
    /// Mean of the balances.
    pub mean: f64,

    /// Sample standard deviation of the balances (divisor paths - 1); 0 for a single path.
    pub standard_deviation: f64,

    /// The percentiles, in the order asked for.
    pub percentiles: Vec<PortfolioPercentile>,
}

/// A balance that a share of the paths does not exceed. Quantiles are exact, type 7 of Hyndman and Fan (1996).
#[derive(Debug, Clone, Wire)]
pub struct PortfolioPercentile {
    /// The percentile, 0 to 100.
    pub percentile: f64,

    /// The balance.
    pub balance: f64,
}

/// One percentile of the balances after one year. Prices differ from path to path, so the path of a nominal percentile
/// is in general not that of the real one.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioFanRow {
    /// Years from today.
    pub year: u32,

    /// The percentile, 0 to 100.
    pub percentile: f64,

    /// The percentile of the nominal balances; null where the fan was asked for in today's money alone.
    pub nominal: Option<f64>,

    /// The percentile of the balances in today's money; null where the fan was asked for in nominal money alone.
    pub real: Option<f64>,
}

/// How many paths have paid every withdrawal so far.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioSurvivalRow {
    /// Years from today.
    pub year: u32,

    /// Share of paths that have paid every withdrawal up to the end of that year, 0 to 1.
    pub share: f64,
}

/// The paths that could not pay a withdrawal. Such a path has failed for good: its balance stays 0.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioDepletion {
    /// Share of paths that failed: 1 - `successProbability`.
    pub share: f64,

    /// Among the failed paths, percentiles of the time that could not be paid; empty where none failed.
    pub percentiles: Vec<PortfolioDepletionPercentile>,
}

/// The time by which a share of the failed paths had failed.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioDepletionPercentile {
    /// The percentile, 0 to 100.
    pub percentile: f64,

    /// Years from today to the end of the step, between two steps where the percentile falls between two paths.
    pub years: f64,
}

/// The answer of `simulation.portfolio_path`: one path, step by step.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioPathResult {
    /// Which path of the simulation, counted from 0.
    pub path: u64,

    /// The names of the asset classes, in the order of the market.
    pub asset_classes: Vec<String>,

    /// The step whose withdrawal could not be paid; null where every one was paid.
    pub depletion_step: Option<u32>,

    /// One row for each step, ordered by time.
    pub rows: Vec<PortfolioPathRow>,
}

/// One step of one path: `nominal = (former nominal + startFlow) × (1 + portfolioReturn) + endFlow`, until the path has
/// failed; from the step of its depletion on the balance is 0.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioPathRow {
    /// The step, counted from 1.
    pub step: u32,

    /// Money due at the start of the step: paid in if positive, taken out if negative; 0 after the path has failed.
    pub start_flow: f64,

    /// Return of each asset class in the step after its fee, as a fraction.
    pub returns: Vec<f64>,

    /// Return of the portfolio in the step after all fees, as a fraction; 0 where it is empty.
    pub portfolio_return: f64,

    /// Rise of prices in the step as a fraction.
    pub inflation: f64,

    /// The price level at the end of the step; 1 today.
    pub price_level: f64,

    /// Money due at the end of the step, as `startFlow`.
    pub end_flow: f64,

    /// Nominal balance at the end of the step.
    pub nominal: f64,

    /// The same balance in today's money.
    pub real: f64,
}
