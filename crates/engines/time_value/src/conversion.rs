//! Rate conversions: nominal, effective, and the rate of a given growth.

use super::{Scalar, check, term::log_ratio};
use wherewithal_base::{
    Result,
    rates::{effective_annual_rate, nominal_annual_rate},
    wire::Wire,
};
use wherewithal_math::exp_m1;

/// The effective annual rate of a nominal annual rate compounded `periods_per_year` times: the spreadsheets' name for
/// [`effective_annual_rate`].
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::effect;
///
/// let rate = effect(0.0525, 4)?;
/// assert_eq!((rate * 1e7).round() / 1e7, 0.0535427);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// As [`effective_annual_rate`].
#[inline]
pub fn effect(nominal_rate: f64, periods_per_year: u32) -> Result<f64> {
    effective_annual_rate(nominal_rate, periods_per_year)
}

/// The nominal annual rate, compounded `periods_per_year` times, of an effective annual rate: the spreadsheets' name for
/// [`nominal_annual_rate`].
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::nominal;
///
/// let rate = nominal(0.053543, 4)?;
/// assert_eq!((rate * 1e8).round() / 1e8, 0.05250032);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// As [`nominal_annual_rate`].
#[inline]
pub fn nominal(effective_rate: f64, periods_per_year: u32) -> Result<f64> {
    nominal_annual_rate(effective_rate, periods_per_year)
}

/// The rate per period at which `pv` grows to `fv` in `nper` periods.
///
/// `nper` and both amounts are above zero; the rate is a fraction.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::rri;
///
/// // From 10,000 to 11,000 in 96 months.
/// let monthly = rri(96.0, 10_000.0, 11_000.0)?;
/// assert_eq!((monthly * 1e7).round() / 1e7, 0.0009933);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `term.out_of_range`, `amount.out_of_range`, `result.too_large`.
#[inline]
pub fn rri(nper: f64, pv: f64, fv: f64) -> Result<f64> {
    check::positive_periods(nper, "nper")?;
    check::positive_amount(pv, "pv")?;
    check::positive_amount(fv, "fv")?;
    check::result(exp_m1(log_ratio(fv, pv) / nper))
}

/// Input of `time_value.effect`.
#[derive(Debug, Clone, Wire)]
pub struct EffectInput {
    /// Nominal annual rate as a fraction (0.05 is 5 %).
    #[wire(rate)]
    pub nominal_rate: f64,
    /// Compounding periods in a year, at least 1.
    #[wire(range = 1..)]
    pub periods_per_year: u32,
}

impl EffectInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`effect`].
    pub fn run(&self) -> Result<Scalar> {
        effect(self.nominal_rate, self.periods_per_year).map(Scalar::from)
    }
}

/// Input of `time_value.nominal`.
#[derive(Debug, Clone, Wire)]
pub struct NominalInput {
    /// Effective annual rate as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub effective_rate: f64,
    /// Compounding periods in a year, at least 1.
    #[wire(range = 1..)]
    pub periods_per_year: u32,
}

impl NominalInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`nominal`].
    pub fn run(&self) -> Result<Scalar> {
        nominal(self.effective_rate, self.periods_per_year).map(Scalar::from)
    }
}

/// Input of `time_value.rri`.
#[derive(Debug, Clone, Wire)]
pub struct RriInput {
    /// Number of periods, above zero; it need not be whole.
    #[wire(above = 0)]
    pub nper: f64,
    /// The amount at the start, above zero.
    #[wire(above = 0)]
    pub pv: f64,
    /// The amount at the end, above zero.
    #[wire(above = 0)]
    pub fv: f64,
}

impl RriInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`rri`].
    pub fn run(&self) -> Result<Scalar> {
        rri(self.nper, self.pv, self.fv).map(Scalar::from)
    }
}
