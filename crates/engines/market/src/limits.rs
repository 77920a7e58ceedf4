//! The limits of market models, in addition to those that all engines share.

use std::ops::{Bound, RangeInclusive};

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_math as math;

pub(super) const MAX_ASSET_CLASSES: usize = 20;
pub(super) const MAX_PERIODS: usize = 20_000;

/// The range of annual inflation, as fractions.
const INFLATION: RangeInclusive<f64> = -0.5..=10.0;
/// The largest price-earnings ratio.
const MAX_CAPE: f64 = 1000.0;
/// The largest difference of a sum of probabilities from 1.
const ROUNDING: f64 = 1e-9;

/// Validates price-earnings ratios: one for each period, or none.
pub(super) fn capes(ratios: &[f64], periods: usize) -> Result<Vec<f64>> {
    if !ratios.is_empty() {
        check::same_length(ratios.len(), periods, "period").at("cape")?;
    }
    let range = (Bound::Excluded(0.0), Bound::Included(MAX_CAPE));
    for (index, &ratio) in ratios.iter().enumerate() {
        check::number(ratio, range, ErrorCode::NumberOutOfRange).at_index("cape", index)?;
    }
    Ok(ratios.to_vec())
}

/// Validates the number of asset classes, and that their names, in the field `name_field`, are unique.
pub(super) fn asset_classes<'a>(
    names: impl ExactSizeIterator<Item = &'a str>,
    name_field: &str,
) -> Result<()> {
    check::length(names.len(), 1..=MAX_ASSET_CLASSES).at("assetClasses")?;
    check::names(names, name_field).at("assetClasses")
}

/// Validates a number of periods a year: 1 or 12.
pub(super) fn frequency(periods_per_year: u32) -> Result<()> {
    if matches!(periods_per_year, 1 | 12) {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::FrequencyUnsupported,
        format!(
            "{periods_per_year} periods a year are not supported; use 1 \
        or 12"
        ),
    ))
}

/// The logarithm of the factor by which an annual fee reduces a balance.
pub(super) fn log_of_fee(fee: f64) -> Result<f64> {
    Ok(math::ln_1p(-check::fee(fee)?))
}

/// Validates annual inflation, or the mean of another state variable.
pub(super) fn inflation(rate: f64) -> Result<f64> {
    check::rate(rate, INFLATION)
}

pub(super) fn inflation_volatility(volatility: f64) -> Result<f64> {
    check::fraction(volatility)
}

/// Validates the share of a deviation of inflation that remains after a year; at 1, inflation would never return to its
/// mean.
pub(super) fn persistence(persistence: f64) -> Result<f64> {
    check::number(persistence, 0.0..1.0, ErrorCode::NumberOutOfRange)
}

/// Validates probabilities: one for each regime, adding up to 1.
pub(super) fn probabilities(probabilities: &[f64], regimes: usize) -> Result<()> {
    check::same_length(probabilities.len(), regimes, "regime")?;
    for (index, probability) in probabilities.iter().enumerate() {
        check::probability(*probability, 0.0..=1.0).at_item(index)?;
    }
    let sum: f64 = probabilities.iter().sum();
    if (sum - 1.0).abs() <= ROUNDING {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::WeightsSumNotOne,
        format!("the probabilities add up to {sum}; they must add up to 1"),
    ))
}
