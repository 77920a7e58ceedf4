//! Exact decimals, explicit rounding, and the one gate between decimals and binary floating point.

mod decimal;
pub mod gate;
mod rounding;
#[cfg(test)]
mod tests;

pub use decimal::Decimal;
pub use rounding::Rounding;
