//! What a simulation answers.

use wherewithal_base::wire::Wire;

/// The answer of `simulation.run`.
#[derive(Debug, Clone, Wire)]
pub struct SimulationResult {
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

    /// The balances at the end of the last month.
    pub terminal: SimulationTerminal,

    /// The balances at month 0, after each whole year and at the end: one row for each month and percentile,
    /// ordered by month, then percentile.
    pub fan: Vec<SimulationFanRow>,

    /// The share of paths not yet depleted, at the months of the fan.
    pub survival: Vec<SimulationSurvivalRow>,

    /// The paths that could not pay a withdrawal.
    pub depletion: SimulationDepletion,

    /// The number of paths that were run.
    pub paths: u64,

    /// The seed that was used.
    pub seed: u64,
}

/// The balances at the end of a simulation.
#[derive(Debug, Clone, Wire)]
pub struct SimulationTerminal {
    /// Mean of the nominal balances.
    pub mean: f64,

    /// Sample standard deviation of the nominal balances (divisor paths - 1); 0 for a single path.
    pub standard_deviation: f64,

    /// The percentiles, in the order asked for.
    pub percentiles: Vec<SimulationPercentile>,
}

/// A balance that a share of the paths does not exceed. Quantiles are exact, type 7 of Hyndman and Fan (1996).
#[derive(Debug, Clone, Wire)]
pub struct SimulationPercentile {
    /// The percentile, 0 to 100.
    pub percentile: f64,

    /// The nominal balance.
    pub nominal: f64,

    /// The same balance in today's money.
    pub real: f64,
}

/// One percentile of the balances at one month.
#[derive(Debug, Clone, Wire)]
pub struct SimulationFanRow {
    /// Months from today.
    pub month: u32,

    /// The percentile, 0 to 100.
    pub percentile: f64,

    /// The nominal balance.
    pub nominal: f64,

    /// The same balance in today's money.
    pub real: f64,
}

/// How many paths have paid every withdrawal so far.
#[derive(Debug, Clone, Wire)]
pub struct SimulationSurvivalRow {
    /// Months from today.
    pub month: u32,

    /// Share of paths that have paid every withdrawal up to the end of that month, 0 to 1.
    pub share: f64,
}

/// The paths that could not pay a withdrawal. Such a path has failed for good: its balance stays 0.
#[derive(Debug, Clone, Wire)]
pub struct SimulationDepletion {
    /// Share of paths that failed: 1 - `successProbability`.
    pub share: f64,

    /// Among the failed paths, percentiles of the month that could not be paid; empty where none failed.
    pub percentiles: Vec<SimulationDepletionPercentile>,
}

/// The month by which a share of the failed paths had failed.
#[derive(Debug, Clone, Wire)]
pub struct SimulationDepletionPercentile {
    /// The percentile, 0 to 100.
    pub percentile: f64,

    /// The month, between two months where the percentile falls between two paths (type 7).
    pub month: f64,
}

/// The answer of `simulation.path`: one path, month by month.
#[derive(Debug, Clone, Wire)]
pub struct SimulationPathResult {
    /// Which path of the simulation, counted from 0.
    pub path: u64,

    /// The month whose withdrawal could not be paid; null where every one was paid.
    pub depletion_month: Option<u32>,

    /// One row for each month, month 0 included.
    pub rows: Vec<SimulationPathRow>,
}

/// One month of one path: `nominal = (former nominal + startFlow) × (1 + monthlyReturn) + endFlow`, until the path
/// has failed; from the month of its depletion on the balance is 0.
#[derive(Debug, Clone, Wire)]
pub struct SimulationPathRow {
    /// Months from today.
    pub month: u32,

    /// Money due at the start of the month: paid in if positive, taken out if negative; 0 after the path has failed.
    pub start_flow: f64,

    /// Return of the month after fee, as a fraction.
    pub monthly_return: f64,

    /// Money due at the end of the month, as `startFlow`.
    pub end_flow: f64,

    /// Nominal balance at the end of the month.
    pub nominal: f64,

    /// The same balance in today's money.
    pub real: f64,
}
