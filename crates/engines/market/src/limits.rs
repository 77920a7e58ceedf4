//! The limits of what a market may be asked, beyond those that all engines share.

use std::ops::{Bound, RangeInclusive};

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_math as math;

pub(super) const MAX_ASSET_CLASSES: usize = 20;
pub(super) const MAX_PERIODS: usize = 20_000;

/// The highest and the lowest inflation of a year, as fractions.
const INFLATION: RangeInclusive<f64> = -0.5..=10.0;
/// The largest price-earnings ratio.
const MAX_CAPE: f64 = 1000.0;
/// How far the sum of probabilities may lie from 1.
const ROUNDING: f64 = 1e-9;

/// Price-earnings ratios, one for each period or none at all.
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

/// The number of asset classes, and that each has a name of its own, in the field `name_field` of its entry.
pub(super) fn asset_classes<'a>(
    names: impl ExactSizeIterator<Item = &'a str>,
    name_field: &str,
) -> Result<()> {
    check::length(names.len(), 1..=MAX_ASSET_CLASSES).at("assetClasses")?;
    check::names(names, name_field).at("assetClasses")
}

/// A number of periods a year: a year or twelve months.
pub(super) fn frequency(periods_per_year: u32) -> Result<()> {
    if matches!(periods_per_year, 1 | 12) {
        return Ok(());
    }
    Err(Error::new(ErrorCode::FrequencyUnsupported, format!("{periods_per_year} is neither 1 nor 12")))
}

/// The logarithm of what a fee leaves of a balance in one year.
pub(super) fn log_of_fee(fee: f64) -> Result<f64> {
    Ok(math::ln_1p(-check::fee(fee)?))
}

/// Inflation, or the mean of another state variable, in a year.
pub(super) fn inflation(rate: f64) -> Result<f64> {
    check::rate(rate, INFLATION)
}

pub(super) fn inflation_volatility(volatility: f64) -> Result<f64> {
    check::fraction(volatility)
}

/// The share of a deviation of inflation that is left a year later; at 1 it would never return to its mean.
pub(super) fn persistence(persistence: f64) -> Result<f64> {
    check::number(persistence, 0.0..1.0, ErrorCode::NumberOutOfRange)
}

/// Probabilities, one for each regime, that add up to 1.
pub(super) fn probabilities(probabilities: &[f64], regimes: usize) -> Result<()> {
    check::same_length(probabilities.len(), regimes, "regime")?;
    for (index, probability) in probabilities.iter().enumerate() {
        check::probability(*probability, 0.0..=1.0).at_item(index)?;
    }
    let sum: f64 = probabilities.iter().sum();
    if (sum - 1.0).abs() <= ROUNDING {
        return Ok(());
    }
    Err(Error::new(ErrorCode::WeightsSumNotOne, format!("the probabilities add up to {sum}, not to 1")))
}
