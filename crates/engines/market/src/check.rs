//! The limits of what a market may be asked.

use wherewithal_base::{Error, ErrorCode, Result, error::At};
use wherewithal_math as math;

pub(super) const MAX_ASSET_CLASSES: usize = 20;
pub(super) const MAX_PERIODS: usize = 20_000;
const MAX_NAME_LENGTH: usize = 100;
const MAX_RATE: f64 = 10.0;
const MIN_INFLATION: f64 = -0.5;
const MAX_VOLATILITY: f64 = 5.0;
const MAX_CAPE: f64 = 1000.0;

pub(super) fn finite(value: f64) -> Result<()> {
    if value.is_finite() {
        return Ok(());
    }
    Err(Error::new(ErrorCode::NumberNotFinite, format!("{value} is not a finite number")))
}

/// Price-earnings ratios, one for each period or none at all.
pub(super) fn capes(ratios: &[f64], periods: usize) -> Result<Vec<f64>> {
    if !ratios.is_empty() && ratios.len() != periods {
        let message = format!("{} numbers for {periods} periods", ratios.len());
        return Err(Error::new(ErrorCode::MarketHistoryWrongSize, message).at("cape"));
    }
    for (index, &ratio) in ratios.iter().enumerate() {
        finite(ratio).at_index("cape", index)?;
        if !(ratio > 0.0 && ratio <= MAX_CAPE) {
            let message = format!("{ratio} is not above 0 and at most {MAX_CAPE}");
            return Err(Error::new(ErrorCode::SpendingCapeOutOfRange, message).at_index("cape", index));
        }
    }
    Ok(ratios.to_vec())
}

/// The number of asset classes, and that each has a name of its own, in the field `name_field` of its entry.
pub(super) fn names<'a>(names: impl ExactSizeIterator<Item = &'a str>, name_field: &str) -> Result<()> {
    let count = names.len();
    if !(1..=MAX_ASSET_CLASSES).contains(&count) {
        let message = format!("{count} asset classes were given; 1 to {MAX_ASSET_CLASSES} are taken");
        return Err(Error::new(ErrorCode::MarketAssetClassesOutOfRange, message).at("assetClasses"));
    }
    distinct(names, name_field, "assetClasses")
}

/// That each entry of `list` has a name of its own, in the field `name_field`.
pub(super) fn distinct<'a>(
    names: impl ExactSizeIterator<Item = &'a str>,
    name_field: &str,
    list: &str,
) -> Result<()> {
    let mut before: Vec<&str> = Vec::with_capacity(names.len());
    for (index, name) in names.enumerate() {
        name_of(name, &before).at(name_field).at_index(list, index)?;
        before.push(name);
    }
    Ok(())
}

/// The error of a number of periods a year that is neither 1 nor 12.
pub(super) fn frequency(periods_per_year: u32) -> Error {
    let message = format!("{periods_per_year} is neither 1 nor 12");
    Error::new(ErrorCode::MarketFrequencyInvalid, message)
}

fn name_of(name: &str, before: &[&str]) -> Result<()> {
    let length = name.chars().count();
    if name.trim().is_empty() || length > MAX_NAME_LENGTH {
        let message = format!("a name has 1 to {MAX_NAME_LENGTH} characters, not {length}, and is not blank");
        return Err(Error::new(ErrorCode::MarketNameInvalid, message));
    }
    if before.contains(&name) {
        return Err(Error::new(ErrorCode::MarketNameInvalid, format!("two entries are called {name:?}")));
    }
    Ok(())
}

pub(super) fn expected_return(rate: f64) -> Result<()> {
    finite(rate)?;
    if rate > -1.0 && rate <= MAX_RATE {
        return Ok(());
    }
    let message = format!("{rate} is not from above -1 to {MAX_RATE}; 0.05 is 5 %");
    Err(Error::new(ErrorCode::MarketExpectedReturnOutOfRange, message))
}

pub(super) fn volatility(volatility: f64) -> Result<()> {
    finite(volatility)?;
    if (0.0..=MAX_VOLATILITY).contains(&volatility) {
        return Ok(());
    }
    let message = format!("{volatility} is not between 0 and {MAX_VOLATILITY}; 0.12 is 12 %");
    Err(Error::new(ErrorCode::MarketVolatilityOutOfRange, message))
}

/// The logarithm of what a fee leaves of a balance in one year.
pub(super) fn fee(fee: f64) -> Result<f64> {
    finite(fee)?;
    if (0.0..1.0).contains(&fee) {
        return Ok(math::ln_1p(-fee));
    }
    let message = format!("{fee} is not from 0 to below 1; 0.01 is 1 %");
    Err(Error::new(ErrorCode::MarketAnnualFeeOutOfRange, message))
}

pub(super) fn inflation(rate: f64) -> Result<()> {
    finite(rate)?;
    if (MIN_INFLATION..=MAX_RATE).contains(&rate) {
        return Ok(());
    }
    let message = format!("{rate} is not between {MIN_INFLATION} and {MAX_RATE}; 0.02 is 2 %");
    Err(Error::new(ErrorCode::MarketInflationOutOfRange, message))
}

pub(super) fn inflation_volatility(volatility: f64) -> Result<()> {
    finite(volatility)?;
    if (0.0..=1.0).contains(&volatility) {
        return Ok(());
    }
    let message = format!("{volatility} is not between 0 and 1; 0.01 is 1 %");
    Err(Error::new(ErrorCode::MarketVolatilityOutOfRange, message))
}

pub(super) fn persistence(persistence: f64) -> Result<()> {
    finite(persistence)?;
    if (0.0..1.0).contains(&persistence) {
        return Ok(());
    }
    let message = format!("{persistence} is not from 0 to below 1");
    Err(Error::new(ErrorCode::MarketPersistenceOutOfRange, message))
}
