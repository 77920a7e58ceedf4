//! The limits of what a plan may say.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _};

pub(super) const MAX_ACCOUNTS: usize = 20;
pub(super) const MAX_ITEMS: usize = 100;
pub(super) const MAX_YEARS: u32 = 120;
pub(crate) const MAX_AGE: u32 = 120;

const MAX_NAME_LENGTH: usize = 100;
const MAX_AMOUNT: f64 = 1e15;
const MAX_GROWTH: f64 = 10.0;
const MAX_PATHS: u64 = 10_000_000;
/// Yearly balances and price levels held at once: 400 MB.
const MAX_PATH_YEARS: u64 = 25_000_000;

/// An amount of money, from 0 to 10^15.
pub(crate) fn amount(value: f64, field: &str) -> Result<f64> {
    within(value, 0.0, MAX_AMOUNT, ErrorCode::RetirementAmountOutOfRange, field)
}

/// An amount of money of either sign, at most 10^15 in size.
pub(super) fn signed_amount(value: f64, field: &str) -> Result<f64> {
    within(value, -MAX_AMOUNT, MAX_AMOUNT, ErrorCode::RetirementAmountOutOfRange, field)
}

/// A share, from 0 to 1.
pub(super) fn share(value: f64, field: &str) -> Result<f64> {
    fraction(value, 0.0, 1.0, field)
}

/// A fraction between two bounds, both included.
pub(crate) fn fraction(value: f64, least: f64, most: f64, field: &str) -> Result<f64> {
    within(value, least, most, ErrorCode::RetirementRateOutOfRange, field)
}

/// A tax rate, from 0 to below 1.
pub(super) fn tax_rate(value: f64, field: &str) -> Result<f64> {
    finite(value, field)?;
    if (0.0..1.0).contains(&value) {
        return Ok(value + 0.0);
    }
    let message = format!("{value} is not from 0 to below 1; 0.22 is 22 %");
    Err(Error::new(ErrorCode::RetirementRateOutOfRange, message).at(field))
}

/// A yearly rise, from above -1 to 10.
pub(super) fn growth(value: f64, field: &str) -> Result<f64> {
    above_minus_one(value, MAX_GROWTH, field)
}

/// A rate of interest, from above -1 to 1.
pub(super) fn interest_rate(value: f64, field: &str) -> Result<f64> {
    above_minus_one(value, 1.0, field)
}

fn above_minus_one(value: f64, most: f64, field: &str) -> Result<f64> {
    finite(value, field)?;
    if value > -1.0 && value <= most {
        return Ok(value + 0.0);
    }
    let message = format!("{value} is not from above -1 to {most}; 0.02 is 2 %");
    Err(Error::new(ErrorCode::RetirementRateOutOfRange, message).at(field))
}

/// An age between two bounds, both included.
pub(super) fn age(value: u32, least: u32, most: u32, field: &str) -> Result<u32> {
    whole(value, least, most, ErrorCode::RetirementAgeOutOfRange, field)
}

/// A number of years or a calendar year between two bounds, both included.
pub(super) fn years(value: u32, least: u32, most: u32, field: &str) -> Result<u32> {
    whole(value, least, most, ErrorCode::RetirementYearsOutOfRange, field)
}

fn whole(value: u32, least: u32, most: u32, code: ErrorCode, field: &str) -> Result<u32> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(Error::new(code, format!("{value} is not from {least} to {most}")).at(field))
}

/// A number between two bounds, both included.
pub(crate) fn within(value: f64, least: f64, most: f64, code: ErrorCode, field: &str) -> Result<f64> {
    finite(value, field)?;
    if (least..=most).contains(&value) {
        // Negative zero becomes zero.
        return Ok(value + 0.0);
    }
    Err(Error::new(code, format!("{value} is not from {least} to {most}")).at(field))
}

pub(crate) fn finite(value: f64, field: &str) -> Result<()> {
    if value.is_finite() {
        return Ok(());
    }
    Err(Error::new(ErrorCode::NumberNotFinite, format!("{value} is not a finite number")).at(field))
}

/// The number of entries of a list.
pub(crate) fn length(count: usize, least: usize, most: usize, field: &str) -> Result<()> {
    if (least..=most).contains(&count) {
        return Ok(());
    }
    let message = format!("{count} entries were given; {least} to {most} are taken");
    Err(Error::new(ErrorCode::RetirementListLength, message).at(field))
}

/// Each entry of a list has a name of its own.
pub(crate) fn names<'a>(names: impl Iterator<Item = &'a str>, list: &str) -> Result<()> {
    let mut before: Vec<&str> = Vec::new();
    for (index, name) in names.enumerate() {
        name_of(name, &before).at("name").at_index(list, index)?;
        before.push(name);
    }
    Ok(())
}

fn name_of(name: &str, before: &[&str]) -> Result<()> {
    let length = name.chars().count();
    if name.trim().is_empty() || length > MAX_NAME_LENGTH {
        let message = format!("a name has 1 to {MAX_NAME_LENGTH} characters, not {length}, and is not blank");
        return Err(Error::new(ErrorCode::RetirementNameInvalid, message));
    }
    if before.contains(&name) {
        return Err(Error::new(ErrorCode::RetirementNameInvalid, format!("{name:?} was used before")));
    }
    Ok(())
}

/// The place of a name among those that there are.
pub(crate) fn place<'a>(
    name: &str,
    mut names: impl Iterator<Item = &'a str> + Clone,
    what: &str,
    field: &str,
) -> Result<usize> {
    let known = names.clone();
    names.position(|known| known == name).ok_or_else(|| {
        let known: Vec<String> = known.map(|name| format!("{name:?}")).collect();
        let known = if known.is_empty() { "there is none".to_owned() } else { known.join(", ") };
        let message = format!("no {what} is called {name:?}; known: {known}");
        Error::new(ErrorCode::RetirementNameUnknown, message).at(field)
    })
}

/// The number of paths for a plan of so many years.
pub(super) fn paths(paths: u64, years: u32) -> Result<usize> {
    let most = MAX_PATHS.min(MAX_PATH_YEARS / u64::from(years).max(1));
    match usize::try_from(paths) {
        Ok(count) if (1..=most).contains(&paths) => Ok(count),
        _ => {
            let message = format!("{paths} is not between 1 and {most}, the limit for {years} years");
            Err(Error::new(ErrorCode::SimulationPathsOutOfRange, message).at("paths"))
        }
    }
}
