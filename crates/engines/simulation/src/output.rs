//! Result of a simulation of one asset.

use crate::{Distribution, MonthlyFanRow, MonthlySolvencyRow, Percentile, Success};
use wherewithal_base::wire::Wire;

/// Result of `simulation.run`.
#[derive(Debug, Clone, Wire)]
pub struct SimulationResult {
    /// The paths that paid every withdrawal in full. A withdrawal is paid in full if at most 10^-9 of it is missing, which
    /// is rounding.
    pub success: Success,

    /// Share of paths that end at or above the target, or below it by at most 10^-9 of it; null without a target.
    pub target_probability: Option<f64>,

    /// Standard error of `targetProbability`; null without a target.
    pub target_standard_error: Option<f64>,

    /// The nominal balances at the end of the last month.
    pub terminal_nominal: Distribution,

    /// The same balances in today's money.
    pub terminal_real: Distribution,

    /// The balances at month 0, after each whole year and at the end: one row for each month and percentile,
    /// ordered by month, then percentile.
    pub fan: Vec<MonthlyFanRow>,

    /// The share of paths not yet depleted, at the months of the fan.
    pub solvency: Vec<MonthlySolvencyRow>,

    /// Share of paths that could not pay a withdrawal: 1 - `success.probability`. Such a path has failed for good: its
    /// balance stays 0.
    pub depletion_share: f64,

    /// Among the failed paths, percentiles of the month that could not be paid; empty if none failed.
    pub depletion_months: Vec<Percentile>,

    /// The number of paths that were run.
    pub paths: u64,

    /// The seed that was used.
    pub seed: u64,
}

/// Result of `simulation.path`: one path, month by month.
#[derive(Debug, Clone, Wire)]
pub struct SimulationPathResult {
    /// The number of the path, counted from 0.
    pub path: u64,

    /// The month whose withdrawal could not be paid; null if every withdrawal was paid.
    pub depletion_month: Option<u32>,

    /// One row for each month, month 0 included.
    pub rows: Vec<SimulationPathRow>,
}

/// One month of one path: `nominal = (former nominal + startFlow) × (1 + monthlyReturn) + endFlow`, until the path
/// fails; from the month of its depletion on, the balance is 0.
#[derive(Debug, Clone, Wire)]
pub struct SimulationPathRow {
    /// Months from today.
    pub month: u32,

    /// Money due at the start of the month: paid in if positive, withdrawn if negative; 0 after the path has failed.
    pub start_flow: f64,

    /// Return of the month after the fee, as a fraction.
    pub monthly_return: f64,

    /// Money due at the end of the month; the sign is that of `startFlow`.
    pub end_flow: f64,

    /// Nominal balance at the end of the month.
    pub nominal: f64,

    /// The same balance in today's money.
    pub real: f64,
}
