//! Input of a simulation of a portfolio.

use crate::{FlowTiming, Rebalancing, Steps};
use wherewithal_base::wire::Wire;
use wherewithal_market::MarketModel;

/// Input of `simulation.portfolio`: one portfolio of several asset classes, money paid in and taken out.
///
/// Years are counted from 1; today is the start of year 1. Balances are nominal unless they are called real: in today's
/// money, by the prices of the path.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioInput {
    /// Balance today, in units of money; at least 0.
    #[wire(range = 0..)]
    pub initial_balance: f64,

    /// Years to simulate, 1 to 100.
    #[wire(range = 1..=100)]
    pub years: u32,

    /// The steps in which the market moves.
    #[wire(default)]
    pub steps: Steps,

    /// The model of the asset classes' returns and of inflation.
    pub market: MarketModel,

    /// The weights of the market's asset classes in the portfolio.
    pub allocation: PortfolioAllocation,

    /// When the portfolio is brought back to its allocation. Bands are checked in every step. Deposits are invested by
    /// the allocation; withdrawals are taken from all asset classes in proportion to their value.
    #[wire(default)]
    pub rebalancing: Rebalancing,

    /// Money paid in and taken out, at most 1000 flows.
    #[wire(default, length = ..=1000)]
    pub flows: Vec<PortfolioFlow>,

    /// Annual fee on the whole portfolio as a fraction, from 0 to below 1, charged evenly in every step, in addition to
    /// the fees of the asset classes.
    #[wire(share, default, range = 0.., below = 1)]
    pub annual_fee: f64,

    /// Number of paths, 1 to 10,000,000. Paths times stored rows must not exceed 100,000,000: a row for each year and
    /// kind of money in the fan, and two more. A market with fewer paths than that limits the number.
    #[wire(default = default_paths, range = 1..=10_000_000)]
    pub paths: u64,

    /// Seed of the random numbers, 0 to 2^53 - 1. The same seed gives the same paths in every language, on every
    /// machine and at any number of threads.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,

    /// The percentiles to report, 0 to 100, ascending, at most 101.
    #[wire(default = default_percentiles, range = 0..=100, length = ..=101)]
    pub percentiles: Vec<f64>,

    /// Whether the fan is nominal, in today's money, or both. One takes half the memory of both.
    #[wire(default)]
    pub fan_money: FanMoney,

    /// A balance to reach at the end; the result then has the share of paths that end at or above it.
    pub target: Option<f64>,

    /// Whether `target` is in today's money; otherwise it is nominal.
    #[wire(default)]
    pub target_inflation_linked: bool,
}

/// Whether a fan is nominal, in today's money, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum FanMoney {
    /// Nominal balances and balances in today's money.
    #[default]
    Both,
    /// Nominal balances only.
    Nominal,
    /// Balances in today's money only.
    Real,
    /// No fan: only the balances at the end are stored, which takes less time and memory.
    None,
}

/// The allocation of a portfolio: a weight for each asset class, in the order of the market, each from 0 to 1, with a
/// sum of 1.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum PortfolioAllocation {
    /// The same in every year.
    Fixed {
        /// The weight of each asset class.
        #[wire(share, length = 1..=20)]
        weights: Vec<f64>,
    },
    /// Weights that change from year to year: linear between two points, and constant before the first and after the
    /// last.
    GlidePath {
        /// The points, 1 to 100, in ascending order of years.
        #[wire(length = 1..=100)]
        points: Vec<PortfolioGlidePoint>,
    },
}

/// The allocation in one year.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PortfolioGlidePoint {
    /// The year, 1 to 100.
    #[wire(range = 1..=100)]
    pub year: u32,

    /// The weight of each asset class.
    #[wire(share, length = 1..=20)]
    pub weights: Vec<f64>,
}

/// One stream of money.
///
/// In a step the flow is `amount × (1 + annualGrowth)^k`, k being the whole years since `startYear`; if it is linked to
/// inflation, also times the price level of the path at that time (1 today). Flows of the same step and timing are
/// netted.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioFlow {
    /// Amount each time: positive is paid in, negative is withdrawn.
    pub amount: f64,

    /// First year of the flow, 1 to 100.
    #[wire(default = default_start_year, range = 1..=100)]
    pub start_year: u32,

    /// Last year of the flow, from `startYear` to 100; without it the flow lasts to the end. Years after the end of the
    /// simulation are ignored.
    #[wire(range = 1..=100)]
    pub end_year: Option<u32>,

    /// The frequency of the flow.
    #[wire(default)]
    pub frequency: PortfolioFlowFrequency,

    /// At which end of its step, or of its year, the money moves.
    #[wire(default)]
    pub timing: FlowTiming,

    /// Growth of the amount as a fraction, with each year after `startYear`; above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: f64,

    /// Whether `amount` is in today's money and rises with the prices of the path.
    #[wire(default)]
    pub inflation_linked: bool,
}

/// The frequency of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum PortfolioFlowFrequency {
    /// In every step.
    #[default]
    EveryStep,
    /// Once a year: at the start of its first step, or at the end of its last step, by `timing`.
    Annually,
}

/// Input of `simulation.portfolio_path`: one path of a simulation, step by step.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioPathInput {
    /// The simulation that the path belongs to.
    pub simulation: PortfolioInput,

    /// The number of the path, counted from 0.
    #[wire(default, range = 0..=9_999_999)]
    pub path: u64,
}

impl FanMoney {
    pub(super) fn has_nominal(self) -> bool {
        matches!(self, Self::Both | Self::Nominal)
    }

    pub(super) fn has_real(self) -> bool {
        matches!(self, Self::Both | Self::Real)
    }
}

impl Default for PortfolioFlow {
    /// An amount of 0, in every step; a base for `..PortfolioFlow::default()`.
    fn default() -> Self {
        Self {
            amount: 0.0,
            start_year: default_start_year(),
            end_year: None,
            frequency: PortfolioFlowFrequency::default(),
            timing: FlowTiming::default(),
            annual_growth: 0.0,
            inflation_linked: false,
        }
    }
}

fn default_paths() -> u64 {
    10_000
}

fn default_start_year() -> u32 {
    1
}

fn default_percentiles() -> Vec<f64> {
    vec![5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0]
}
