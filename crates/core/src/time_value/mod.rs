//! The time value of money.

mod conversion;

pub use conversion::{Effect, Value, effect};
