//! Checks of values that every engine shares: one function, one code and one message for each fault.
//!
//! Each function takes a value and gives it back, so that a check can stand where the value is read. None knows the field
//! that it looks at: the caller puts the path on the error with [`At`](crate::error::At).

mod decimals;
mod lists;
mod numbers;
mod texts;

pub use decimals::{MAX_RATE_PLACES, above, decimal_fraction, decimal_places, decimal_rate};
pub use lists::{ascending, length, percentiles, same_length, weights};
pub(crate) use numbers::Interval;
pub use numbers::{
    Brief, MAX_AMOUNT, MAX_SEED, amount, fee, finite, fraction, growth, number, paths, probability, rate,
    result, seed, volatility, whole,
};
pub use texts::{names, place, text};
