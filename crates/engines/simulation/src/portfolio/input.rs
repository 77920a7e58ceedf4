//! What a simulation of a portfolio is asked.

use crate::{FlowTiming, Rebalancing, Steps};
use wherewithal_base::wire::Wire;
use wherewithal_market::MarketModel;

/// A question to `simulation.portfolio`: one portfolio of several asset classes, money paid in and taken out.
///
/// Years are counted from 1; today is the start of year 1. Balances are nominal unless they are called real, which is
/// in today's money by the prices of the path.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioInput {
    /// Balance today, in units of money; at least 0.
    pub initial_balance: f64,

    /// Years to simulate, 1 to 100.
    #[wire(range = 1..=100)]
    pub years: u32,

    /// The steps in which the market moves.
    #[wire(default)]
    pub steps: Steps,

    /// How the asset classes and prices move.
    pub market: MarketModel,

    /// How the portfolio is divided among the asset classes of the market.
    pub allocation: PortfolioAllocation,

    /// When the portfolio is brought back to its allocation. Bands are looked at in every step. Deposits are invested by
    /// the allocation, withdrawals are taken from all asset classes alike.
    #[wire(default)]
    pub rebalancing: Rebalancing,

    /// Money paid in and taken out, at most 1000 flows.
    #[wire(default)]
    pub flows: Vec<PortfolioFlow>,

    /// Fee on the whole portfolio in one year as a fraction, from 0 to below 1, taken evenly in every step; beside the
    /// fees of the asset classes.
    #[wire(default)]
    pub annual_fee: f64,

    /// Number of paths, 1 to 10,000,000. Paths times the rows that are kept, one for each year and sort of money that
    /// the fan shows and two more, must not exceed 100,000,000. A market that has fewer paths gives those.
    #[wire(default = default_paths, range = 1..=10_000_000)]
    pub paths: u64,

    /// Seed of the random numbers, 0 to 2^53 - 1. The same seed gives the same paths in every language, on every
    /// machine and at any number of threads.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,

    /// The percentiles to report, 0 to 100, ascending, at most 101.
    #[wire(default = default_percentiles)]
    pub percentiles: Vec<f64>,

    /// Which money the fan is in. One sort takes half the memory of both.
    #[wire(default)]
    pub fan_money: FanMoney,

    /// A balance to reach at the end: the result then states the share of paths that end at or above it.
    pub target: Option<f64>,

    /// Whether `target` is in today's money; otherwise it is nominal.
    #[wire(default)]
    pub target_inflation_linked: bool,
}

/// Which money a fan is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum FanMoney {
    /// Nominal balances and balances in today's money.
    #[default]
    Both,
    /// Nominal balances alone.
    Nominal,
    /// Balances in today's money alone.
    Real,
    /// No fan: only the balances at the end are kept, which takes less time and memory.
    None,
}

/// How a portfolio is divided among asset classes: a share for each, in the order of the market, from 0 to 1 and 1 in
/// all.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum PortfolioAllocation {
    /// The same in every year.
    Fixed {
        /// The share of each asset class.
        weights: Vec<f64>,
    },
    /// Shares that change from year to year: on a straight line between two points, and as at the nearest point before
    /// the first and after the last.
    GlidePath {
        /// The points, 1 to 100, their years ascending.
        points: Vec<PortfolioGlidePoint>,
    },
}

/// The allocation in one year.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PortfolioGlidePoint {
    /// The year, 1 to 100.
    #[wire(range = 1..=100)]
    pub year: u32,

    /// The share of each asset class.
    pub weights: Vec<f64>,
}

/// One stream of money.
///
/// In a step the flow is `amount × (1 + annualGrowth)^k`, k being the whole years since `startYear`; where it is linked
/// to inflation, times the price level of the path at that moment (1 today) as well. Flows of one step and one timing
/// are netted.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioFlow {
    /// Amount each time: positive is paid in, negative is taken out.
    pub amount: f64,

    /// First year of the flow, 1 to 100.
    #[wire(default = default_start_year, range = 1..=100)]
    pub start_year: u32,

    /// Last year of the flow, from `startYear` to 100; without it the flow lasts to the end. What lies after the last
    /// simulated year is left out.
    #[wire(range = 1..=100)]
    pub end_year: Option<u32>,

    /// How often the money moves.
    #[wire(default)]
    pub frequency: PortfolioFlowFrequency,

    /// At which end of its step, or of its year, the money moves.
    #[wire(default)]
    pub timing: FlowTiming,

    /// Rise of the amount as a fraction, with each year after `startYear`; from above -1 to 10.
    #[wire(default)]
    pub annual_growth: f64,

    /// Whether `amount` is in today's money and rises with the prices of the path.
    #[wire(default)]
    pub inflation_linked: bool,
}

/// How often money moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum PortfolioFlowFrequency {
    /// In every step.
    #[default]
    EveryStep,
    /// Once a year: in its first step at the start, in its last step at the end.
    Annually,
}

/// A question to `simulation.portfolio_path`: one path of a simulation, step by step.
#[derive(Debug, Clone, Wire)]
pub struct PortfolioPathInput {
    /// The simulation that the path belongs to.
    pub simulation: PortfolioInput,

    /// Which of its paths, counted from 0.
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
    /// Nothing, in every step; to be filled with `..PortfolioFlow::default()`.
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
