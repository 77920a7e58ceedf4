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

/// When accounts are brought back to their allocation, at the start of a year. In a taxable account the gains of what
/// is sold are taxed. Deposits are invested by the allocation, withdrawals are taken from all classes alike.
#[derive(Debug, Clone, Copy, PartialEq, Default, Wire)]
#[wire(tag = "kind")]
pub enum RetirementRebalancing {
    /// Every year.
    #[default]
    Annually,
    /// In a year in which the share of a class in the account has strayed from its target: by more than `absolute`, or
    /// by more than `relative` of the target.
    Bands {
        /// Distance of the shares (0.05 is five percentage points), 0 to 1; without it only the other band counts.
        absolute: Option<f64>,
        /// Distance as a fraction of the target (0.25 is a quarter), 0 to 10; without it only the other band counts.
        relative: Option<f64>,
    },
    /// Never.
    Never,
}
