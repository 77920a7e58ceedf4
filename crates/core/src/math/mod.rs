//! Deterministic mathematics: the same bits on every platform.

mod elementary;

pub use elementary::{exp, exp_m1, ln, ln_1p, pow};
