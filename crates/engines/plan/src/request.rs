//! The input of a plan.

use wherewithal_household::Household;
use wherewithal_simulation::SimulationInput;

use wherewithal_base::{Result, wire::Wire};

use super::output::HouseholdRetirementPlan;

/// Input of `plan.build` and of `plan.retirement_plan`.
#[derive(Debug, Clone, Wire)]
pub struct PlanInput {
    /// The household, with `assumptions`.
    pub household: Household,
    /// The number of paths, 1 to 10,000,000; paths times years must not exceed 25,000,000.
    #[wire(default = default_paths, range = 1..=10_000_000)]
    pub paths: u64,
    /// Seed of the random numbers, 0 to 2^53 - 1. The same seed gives the same plan in every language and on
    /// every machine.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,
    /// The age to which each adult lives for whom the document states neither `planToAge` nor `sex`, 1 to 120; by default
    /// 95.
    #[wire(range = 1..=120)]
    pub horizon_age: Option<u32>,
    /// The largest number of years, 1 to 100, instead of `horizonAge`. By default a plan ends with the last death, and
    /// that of a household without an adult after 30 years.
    #[wire(range = 1..=100)]
    pub years: Option<u32>,
    /// The percentiles to report, 0 to 100, ascending, at most 101.
    #[wire(default = default_percentiles, length = ..=101, range = 0..=100)]
    pub percentiles: Vec<f64>,
    /// The required share of paths that succeed in the answers to questions, above 0 and at most 1.
    #[wire(default = nine_tenths, above = 0, range = ..=1)]
    pub confidence: f64,
    /// Whether `plan.build` also answers questions (`sensitivity` and `answers`), which takes most of its time.
    #[wire(default = yes)]
    pub questions: bool,
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
            confidence: nine_tenths(),
            questions: true,
        }
    }
}

impl PlanInput {
    /// Runs `plan.retirement_plan`.
    ///
    /// # Errors
    /// Those of [`retirement_plan`](crate::retirement_plan).
    pub fn retirement_plan(&self) -> Result<HouseholdRetirementPlan> {
        crate::retirement_plan(self)
    }
}

fn default_paths() -> u64 {
    SimulationInput::default().paths
}

fn default_percentiles() -> Vec<f64> {
    SimulationInput::default().percentiles
}

fn nine_tenths() -> f64 {
    0.9
}

fn yes() -> bool {
    true
}
