//! Input of a simulation of one asset.

use crate::FlowTiming;
use wherewithal_base::wire::Wire;
use wherewithal_market::ReturnConvention;

/// Input of `simulation.run`: one portfolio, monthly lognormal returns, money paid in and taken out.
///
/// Months are counted from 1; month 0 is today. Balances are nominal unless they are called real.
#[derive(Debug, Clone, Wire)]
pub struct SimulationInput {
    /// Balance today, in units of money; at least 0.
    #[wire(range = 0..)]
    pub initial_balance: f64,

    /// Months to simulate, 1 to 1200.
    #[wire(range = 1..=1200)]
    pub months: u32,

    /// Annual return as a fraction (0.06 is 6 %), before the fee and before inflation, above -1 and at most 10. For the
    /// kind of mean, see `returnConvention`.
    #[wire(rate, above = -1, range = ..=10)]
    pub expected_return: f64,

    /// Annual standard deviation of the logarithmic return as a fraction (0.12 is 12 %), 0 to 5; of the simple return if
    /// `returnConvention` is `simple`.
    #[wire(rate, range = 0..=5)]
    pub volatility: f64,

    /// The kind of mean of `expectedReturn`, and what `volatility` is that of.
    #[wire(default)]
    pub return_convention: ReturnConvention,

    /// Annual inflation as a fraction, above -1 and at most 10; the same in every year.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub inflation: f64,

    /// Annual fee on the balance as a fraction, from 0 to below 1, charged evenly every month.
    #[wire(share, default, range = 0.., below = 1)]
    pub annual_fee: f64,

    /// Money paid in and taken out, at most 1000 flows.
    #[wire(default, length = ..=1000)]
    pub flows: Vec<SimulationFlow>,

    /// Number of paths, 1 to 10,000,000. Paths times reported months must not exceed 100,000,000; reported are each
    /// whole year and the last month, or without the fan the last month only.
    #[wire(default = default_paths, range = 1..=10_000_000)]
    pub paths: u64,

    /// Seed of the random numbers, 0 to 2^53 - 1. The same seed gives the same paths in every language, on every
    /// machine and at any number of threads.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,

    /// The percentiles to report, 0 to 100, ascending, at most 101.
    #[wire(default = default_percentiles, range = 0..=100, length = ..=101)]
    pub percentiles: Vec<f64>,

    /// Whether to report the percentiles after each year. Without them only the balances at the end are stored, which
    /// takes less time and memory and allows more paths.
    #[wire(default = default_fan)]
    pub fan: bool,

    /// A balance to reach at the end; the result then has the share of paths that end at or above it.
    pub target: Option<f64>,

    /// Whether `target` is in today's money and rises with prices; otherwise it is nominal.
    #[wire(default)]
    pub target_inflation_linked: bool,
}

/// One stream of money, the same in every path.
///
/// In month t the flow is `amount × (1 + annualGrowth)^k`, k being the whole years since `startMonth`; if it is linked
/// to inflation, also times `(1 + inflation)^(t/12)`. Flows of the same month and timing are netted.
#[derive(Debug, Clone, Wire)]
pub struct SimulationFlow {
    /// Monthly amount: positive is paid in, negative is withdrawn.
    pub amount: f64,

    /// First month of the flow, 1 to 1200.
    #[wire(default = default_start_month, range = 1..=1200)]
    pub start_month: u32,

    /// Last month of the flow, from `startMonth` to 1200; without it the flow lasts to the end. Months after the end of
    /// the simulation are ignored.
    #[wire(range = 1..=1200)]
    pub end_month: Option<u32>,

    /// Growth of the amount as a fraction, on each anniversary of `startMonth`; above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: f64,

    /// Whether `amount` is in today's money and rises with prices.
    #[wire(default)]
    pub inflation_linked: bool,

    /// At which end of the month the money moves.
    #[wire(default)]
    pub timing: FlowTiming,
}

/// Input of `simulation.path`: one path of a simulation, month by month.
#[derive(Debug, Clone, Wire)]
pub struct SimulationPathInput {
    /// The simulation that the path belongs to.
    pub simulation: SimulationInput,

    /// The number of the path, counted from 0.
    #[wire(default, range = 0..=9_999_999)]
    pub path: u64,
}

impl Default for SimulationInput {
    /// One month of an empty portfolio without return; a base for `..SimulationInput::default()`.
    fn default() -> Self {
        Self {
            initial_balance: 0.0,
            months: 1,
            expected_return: 0.0,
            volatility: 0.0,
            return_convention: ReturnConvention::default(),
            inflation: 0.0,
            annual_fee: 0.0,
            flows: Vec::new(),
            paths: default_paths(),
            seed: 0,
            percentiles: default_percentiles(),
            fan: default_fan(),
            target: None,
            target_inflation_linked: false,
        }
    }
}

impl Default for SimulationFlow {
    /// An amount of 0, from the first month to the last; a base for `..SimulationFlow::default()`.
    fn default() -> Self {
        Self {
            amount: 0.0,
            start_month: default_start_month(),
            end_month: None,
            annual_growth: 0.0,
            inflation_linked: false,
            timing: FlowTiming::default(),
        }
    }
}

fn default_paths() -> u64 {
    10_000
}

fn default_start_month() -> u32 {
    1
}

fn default_fan() -> bool {
    true
}

fn default_percentiles() -> Vec<f64> {
    vec![5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0]
}
