//! The allocation of accounts.

use super::RetirementMoment;
use wherewithal_base::wire::Wire;

/// The weights of the market's asset classes, in the order of the market: each from 0 to 1, with a sum of 1 (within
/// 10^-8: they are scaled to it).
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum RetirementAllocation {
    /// The same in every year.
    Fixed {
        /// The weight of each asset class.
        #[wire(share, length = 1..=20)]
        weights: Vec<f64>,
    },
    /// Weights that change from year to year: linear between the points, and constant before the first and after the
    /// last.
    GlidePath {
        /// The points, 1 to 100, in ascending order of years.
        #[wire(length = 1..=100)]
        points: Vec<RetirementGlidePoint>,
    },
}

/// The allocation of one year.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementGlidePoint {
    /// The year; it may lie before the plan.
    pub at: RetirementMoment,

    /// The weight of each asset class.
    #[wire(share, length = 1..=20)]
    pub weights: Vec<f64>,
}
