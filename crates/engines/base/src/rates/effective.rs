//! The effective annual rate, which includes compounding, and the nominal annual rate, which does not.

use std::ops::Bound;

use crate::{
    ErrorCode, Result, check,
    elementary::{exp_m1, ln_1p},
    error::At as _,
};

/// The effective annual rate of a nominal annual rate that is compounded `periods_per_year` times:
/// `(1 + r / n)^n - 1`, which the annual percentage yield (APY) of a bank is as well. Spreadsheets call it `EFFECT`.
///
/// Rates are fractions; the nominal rate of one period must be above -1.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::rates::effective_annual_rate;
///
/// let rate = effective_annual_rate(0.0525, 4)?;
/// assert_eq!((rate * 1e7).round() / 1e7, 0.0535427);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range` at `nominalRate`; `term.out_of_range` at `periodsPerYear` where that is 0;
/// `result.too_large`.
#[inline]
pub fn effective_annual_rate(nominal_rate: f64, periods_per_year: u32) -> Result<f64> {
    let periods = compounding_periods(periods_per_year)?;
    let nominal_rate = check::finite(nominal_rate).at("nominalRate")?;
    let periodic_rate = check::rate(nominal_rate / periods, above_minus_one()).at("nominalRate")?;
    // A power less one would lose the leading digits of a small rate.
    check::result(exp_m1(periods * ln_1p(periodic_rate)))
}

/// The nominal annual rate, compounded `periods_per_year` times, of an effective annual rate: the inverse of
/// [`effective_annual_rate`]. Spreadsheets call it `NOMINAL`.
///
/// Rates are fractions; the effective rate must be above -1.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::rates::nominal_annual_rate;
///
/// let rate = nominal_annual_rate(0.053543, 4)?;
/// assert_eq!((rate * 1e8).round() / 1e8, 0.05250032);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range` at `effectiveRate`; `term.out_of_range` at `periodsPerYear` where that is
/// 0; `result.too_large`.
#[inline]
pub fn nominal_annual_rate(effective_rate: f64, periods_per_year: u32) -> Result<f64> {
    let periods = compounding_periods(periods_per_year)?;
    let effective_rate = check::rate(effective_rate, above_minus_one()).at("effectiveRate")?;
    check::result(periods * exp_m1(ln_1p(effective_rate) / periods))
}

fn compounding_periods(periods_per_year: u32) -> Result<f64> {
    check::whole(periods_per_year, 1..=u32::MAX, ErrorCode::TermOutOfRange)
        .at("periodsPerYear")
        .map(f64::from)
}

/// A rate of -1 leaves nothing, and no rate leads back from that.
fn above_minus_one() -> (Bound<f64>, Bound<f64>) {
    (Bound::Excluded(-1.0), Bound::Unbounded)
}
