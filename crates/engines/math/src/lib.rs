//! Deterministic mathematics: the same bits on every platform.

pub mod branch_free;
mod covered;
pub mod dispatch;
pub mod gamma;
pub mod matrix;
pub mod normal;
pub mod parallel;
pub mod proportion;
pub mod quantile;
pub mod random;
mod roots;
pub mod sobol;
mod sums;

pub use covered::is_covered;
pub use roots::{Brent, Newton, Root, RootStatus};
pub use sums::{CompensatedSum, sum};
pub use wherewithal_base::elementary::{cos, exp, exp_m1, ln, ln_1p, pow, powi, sin};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as math;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
}
