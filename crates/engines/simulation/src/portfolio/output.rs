//! Result of a simulation of a portfolio.

use crate::{Distribution, FanRow, Percentile, SolvencyRow, Success};
use wherewithal_base::wire::Wire;
use wherewithal_market::CorrelationRepair;

/// Result of `simulation.portfolio`.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioResult {
    /// The paths that paid every withdrawal in full. A withdrawal is paid in full if at most 10^-9 of it is missing, which
    /// is rounding.
    pub success: Success,

    /// Share of paths that end at or above the target, or below it by at most 10^-9 of it; null without a target.
    pub target_probability: Option<f64>,

    /// Standard error of `targetProbability`; null without a target.
    pub target_standard_error: Option<f64>,

    /// The nominal balances at the end.
    pub terminal_nominal: Distribution,

    /// The balances at the end in today's money.
    pub terminal_real: Distribution,

    /// The balances today (year 0) and after each year: one row for each year and percentile, ordered by year, then
    /// percentile.
    pub fan: Vec<FanRow>,

    /// The share of paths not yet depleted, at the years of the fan.
    pub solvency: Vec<SolvencyRow>,

    /// Share of paths that could not pay a withdrawal: 1 - `success.probability`. Such a path has failed for good: its
    /// balance stays 0.
    pub depletion_share: f64,

    /// Among the failed paths, percentiles of the years from today to the end of the step that could not be paid; empty
    /// if none failed.
    pub depletion_years: Vec<Percentile>,

    /// The correlation matrices of the market that were not positive semi-definite, and their replacements.
    pub correlation_repairs: Vec<CorrelationRepair>,

    /// The number of paths that were run.
    pub paths: u64,

    /// The seed that was used.
    pub seed: u64,
}

/// Result of `simulation.portfolio_path`: one path, step by step.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioPathResult {
    /// The number of the path, counted from 0.
    pub path: u64,

    /// The names of the asset classes, in the order of the market.
    pub asset_classes: Vec<String>,

    /// The step whose withdrawal could not be paid; null if every withdrawal was paid.
    pub depletion_step: Option<u32>,

    /// One row for each step, ordered by time.
    pub rows: Vec<PortfolioPathRow>,
}

/// One step of one path: `nominal = (former nominal + startFlow) × (1 + portfolioReturn) + endFlow`, until the path
/// fails; from the step of its depletion on, the balance is 0.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioPathRow {
    /// The step, counted from 1.
    pub step: u32,

    /// Money due at the start of the step: paid in if positive, withdrawn if negative; 0 after the path has failed.
    pub start_flow: f64,

    /// Return of each asset class in the step, after its fee, as a fraction.
    pub returns: Vec<f64>,

    /// Return of the portfolio in the step, after all fees, as a fraction; 0 if it is empty.
    pub portfolio_return: f64,

    /// Inflation in the step as a fraction.
    pub inflation: f64,

    /// The price level at the end of the step; 1 today.
    pub price_level: f64,

    /// Money due at the end of the step; the sign is that of `startFlow`.
    pub end_flow: f64,

    /// Nominal balance at the end of the step.
    pub nominal: f64,

    /// The same balance in today's money.
    pub real: f64,
}
