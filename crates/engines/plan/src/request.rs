//! The input of a plan.

use wherewithal_household::Household;
use wherewithal_simulation::SimulationInput;

use wherewithal_base::wire::Wire;

/// Input of `plan.build`.
#[derive(Debug, Clone, Wire)]
pub struct PlanInput {
    /// The household, with `assumptions`.
    pub household: Household,
    /// The number of paths, 1 to 10,000,000.
    #[wire(default = default_paths, range = 1..=10_000_000)]
    pub paths: u64,
    /// Seed of the random numbers, 0 to 2^53 - 1. The same seed gives the same plan in every language and on
    /// every machine.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,
    /// The age of the youngest person who is not a dependent at the end of the projection, 1 to 120; 95 if neither this
    /// nor `years` is given.
    #[wire(range = 1..=120)]
    pub horizon_age: Option<u32>,
    /// The number of years, 1 to 100, instead of `horizonAge`; 30 if the household has no person who is not a
    /// dependent.
    #[wire(range = 1..=100)]
    pub years: Option<u32>,
    /// The percentiles to report, 0 to 100, ascending, at most 101.
    #[wire(default = default_percentiles, length = ..=101, range = 0..=100)]
    pub percentiles: Vec<f64>,
}

impl PlanInput {
    /// A plan of a household with defaults for everything else.
    #[must_use]
    pub fn new(household: Household) -> Self {
        Self {
            household,
            paths: default_paths(),
            seed: 0,
            horizon_age: None,
            years: None,
            percentiles: default_percentiles(),
        }
    }
}

fn default_paths() -> u64 {
    SimulationInput::default().paths
}

fn default_percentiles() -> Vec<f64> {
    SimulationInput::default().percentiles
}
