//! Rates with their compounding, and conversion from percent and basis points to fractions.

mod compounding;
mod effective;
mod operations;
mod rate;
#[cfg(test)]
mod tests;

pub use compounding::Compounding;
pub use effective::{effective_annual_rate, nominal_annual_rate};
pub use operations::{
    ConvertedRate, RateConversionInput, RateFactors, RateFactorsInput, rate_conversion, rate_factors,
};
pub use rate::{Rate, basis_points, percent};
