//! Deterministic mathematics: the same bits on every platform.

pub(crate) mod branch_free;
pub(crate) mod dispatch;
mod elementary;
pub(crate) mod matrix;
pub mod normal;
pub mod parallel;
pub mod quantile;
pub mod random;
mod roots;
pub(crate) mod sobol;
mod sums;

pub use elementary::{cos, exp, exp_m1, ln, ln_1p, pow, powi, sin};
pub use roots::{Brent, Newton, Root, RootStatus};
pub use sums::{CompensatedSum, sum};
