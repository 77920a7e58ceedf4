//! What accounts are invested in.

use super::RetirementMoment;
use wherewithal_base::wire::Wire;

/// The shares of the market's asset classes, in the order of the market: each from 0 to 1, and 1 in all.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum RetirementAllocation {
    /// The same in every year.
    Fixed {
        /// The share of each asset class.
        weights: Vec<f64>,
    },
    /// Shares that change from year to year: straight lines between the points, and the nearest point outside them.
    GlidePath {
        /// The points, 1 to 100, their years ascending.
        points: Vec<RetirementGlidePoint>,
    },
}

/// The allocation of one year.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementGlidePoint {
    /// The year; it may lie before the plan.
    pub at: RetirementMoment,

    /// The share of each asset class.
    pub weights: Vec<f64>,
}
