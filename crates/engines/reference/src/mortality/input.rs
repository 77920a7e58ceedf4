//! Input of survival.

use wherewithal_base::wire::Wire;

/// Input of `mortality.survival`: one life, or two independent ones.
#[derive(Debug, Clone, Wire)]
pub struct SurvivalInput {
    /// One life, or two.
    #[wire(length = 1..=2)]
    pub lives: Vec<Life>,

    /// The percentiles of the lifetime to report, above 0 and below 100, ascending, at most 101.
    #[wire(default = default_percentiles, above = 0, below = 100, length = ..=101)]
    pub percentiles: Vec<f64>,
}

/// One life.
#[derive(Debug, Clone, Wire)]
pub struct Life {
    /// Age today in whole years, on the birthday; 0 to 119.
    #[wire(range = 0..=119)]
    pub age: u32,

    /// The sex, which selects the column of the table.
    pub sex: Sex,

    /// A factor on the probability of death at every age but the last: below 1 for better health than the table's,
    /// above 1 for worse; from 0.01 to 100.
    #[wire(default = default_multiplier, range = 0.01..=100)]
    pub mortality_multiplier: f64,
}

/// The sex, as mortality tables distinguish it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum Sex {
    /// Men.
    Male,
    /// Women.
    Female,
}

fn default_percentiles() -> Vec<f64> {
    vec![5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0]
}

fn default_multiplier() -> f64 {
    1.0
}
