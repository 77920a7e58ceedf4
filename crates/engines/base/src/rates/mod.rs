//! Rates with their compounding, the conventions of assumed returns, and conversion from percent and basis points to
//! fractions.

mod compounding;
mod effective;
mod operations;
mod rate;
mod return_convention;
#[cfg(test)]
mod tests;

pub use compounding::Compounding;
pub use effective::{effective_annual_rate, nominal_annual_rate};
pub use operations::{
    ConvertedRate, RateConversionInput, RateFactors, RateFactorsInput, rate_conversion, rate_factors,
};
pub use rate::{Rate, basis_points, percent};
pub use return_convention::ReturnConvention;
