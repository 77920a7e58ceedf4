//! The limits of a plan, in addition to those that all engines share.

use std::ops::Bound;

use wherewithal_base::{ErrorCode, Result, check, error::At as _};

/// The largest number of accounts of a plan.
pub(crate) const MAX_ACCOUNTS: usize = 20;
/// The largest number of incomes, of expenses and of other items of one kind.
pub(crate) const MAX_ITEMS: usize = 100;
/// The largest number of years of a debt whose payments are known.
pub(crate) const MAX_DEBT_ROWS: usize = 150;
/// The longest plan, in years.
pub(crate) const MAX_YEARS: u32 = 120;
/// The highest age in a plan.
pub(crate) const MAX_AGE: u32 = 120;
/// The longest time that a spending rule can plan for, in years.
pub(crate) const MAX_SPENDING_YEARS: u32 = 200;
/// The highest age in a table or a rule.
pub(crate) const MAX_TABLE_AGE: u32 = 150;

const MAX_PATHS: u64 = 10_000_000;
/// The largest number of yearly balances and price levels in memory at once: 400 MB.
const MAX_PATH_YEARS: u64 = 25_000_000;

/// A valid amount of money, from 0 to 10^15.
pub(crate) fn amount(value: f64) -> Result<f64> {
    check::amount(value, 0.0..=check::MAX_AMOUNT)
}

/// A valid rate: above the first bound and at most the second.
pub(crate) fn rate_above(value: f64, low: f64, high: f64) -> Result<f64> {
    check::rate(value, (Bound::Excluded(low), Bound::Included(high)))
}

/// A valid age between two bounds, inclusive.
pub(crate) fn age(value: u32, least: u32, most: u32) -> Result<u32> {
    check::whole(value, least..=most, ErrorCode::AgeOutOfRange)
}

/// A valid number of years between two bounds, inclusive.
pub(crate) fn years(value: u32, least: u32, most: u32) -> Result<u32> {
    check::whole(value, least..=most, ErrorCode::TermOutOfRange)
}

/// A valid calendar year between two bounds, inclusive.
pub(crate) fn year(value: u32, first: u32, last: u32) -> Result<u32> {
    check::whole(value, first..=last, ErrorCode::YearOutOfRange)
}

/// A valid price-earnings ratio, above 0 and at most 1000.
pub(crate) fn cape(value: f64) -> Result<f64> {
    let range = (Bound::Excluded(0.0), Bound::Included(1000.0));
    check::number(value, range, ErrorCode::NumberOutOfRange).at("cape")
}

/// A valid number of paths for a plan of this many years.
pub(crate) fn paths(paths: u64, years: u32) -> Result<usize> {
    let most = MAX_PATHS.min(MAX_PATH_YEARS / u64::from(years).max(1));
    let count = check::paths(paths, most, &format!("for {years} years")).at("paths")?;
    Ok(count as usize)
}
