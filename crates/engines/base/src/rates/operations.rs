//! Conversions and factors as operations.

use super::Compounding;
use crate::{Result, wire::Wire};

/// A rate to convert to another compounding convention.
#[derive(Debug, Clone, Wire)]
pub struct RateConversionInput {
    /// The annual rate as a fraction: 0.065 is 6.5 %. One period must not lose everything: above -1 with annual
    /// compounding and simple interest, above -12 with monthly compounding.
    #[wire(rate)]
    pub rate: f64,
    /// How the rate compounds.
    pub compounding: Compounding,
    /// How the result compounds.
    pub to: Compounding,
}

/// A rate under another convention.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct ConvertedRate {
    /// The annual rate under the new convention, a fraction.
    pub rate: f64,
    /// The rate of one of its periods, a fraction; null for continuous and simple interest.
    pub period_rate: Option<f64>,
    /// The effective annual rate of both, a fraction.
    pub effective_rate: f64,
}

/// A rate and a time.
#[derive(Debug, Clone, Wire)]
pub struct RateFactorsInput {
    /// The annual rate as a fraction: 0.065 is 6.5 %.
    #[wire(rate)]
    pub rate: f64,
    /// How the rate compounds; annually by default.
    #[wire(default)]
    pub compounding: Compounding,
    /// The time in years; `dates.year_fraction` gives it for two dates. A negative time swaps the two factors.
    pub years: f64,
}

/// The factors of a rate over a time.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct RateFactors {
    /// The value that one unit grows to.
    pub growth_factor: f64,
    /// The present value of one unit due at the end.
    pub discount_factor: f64,
}

/// The rate of the same growth in a year under another convention.
///
/// # Errors
/// `rate.out_of_range`, `number.not_finite`, `result.too_large`.
pub fn rate_conversion(input: &RateConversionInput) -> Result<ConvertedRate> {
    let rate = input.compounding.convert(input.rate, input.to)?;
    let period_rate = input.to.periods_per_year().map(|periods| rate / f64::from(periods));
    let effective_rate = input.compounding.convert(input.rate, Compounding::Annual)?;
    Ok(ConvertedRate { rate, period_rate, effective_rate })
}

/// The growth factor and the discount factor of a rate over a time.
///
/// # Errors
/// `rate.out_of_range`, `number.not_finite`, `result.too_large`.
pub fn rate_factors(input: &RateFactorsInput) -> Result<RateFactors> {
    Ok(RateFactors {
        growth_factor: input.compounding.growth_factor(input.rate, input.years)?,
        discount_factor: input.compounding.growth_factor(input.rate, -input.years)?,
    })
}
