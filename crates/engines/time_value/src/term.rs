//! Numbers of periods.

use super::{PaymentTiming, Scalar, check};
use wherewithal_base::{Error, ErrorCode, Result, wire::Wire};
use wherewithal_math::{ln, ln_1p};

/// The number of periods in which level payments turn a present value into a future value.
///
/// Arguments and signs are those of [`pmt()`](super::pmt()). The result need not be whole; it is negative if the
/// equation was satisfied in the past.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::{PaymentTiming, nper};
///
/// // Paying 150 a month towards a loan of 8,000 at 7 % a year.
/// let months = nper(0.07 / 12.0, -150.0, 8_000.0, 0.0, PaymentTiming::End)?;
/// assert_eq!((months * 1e5).round() / 1e5, 64.07335);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range`, `result.too_large`; `solve.no_solution` if no number of periods satisfies
/// the equation, for example because the payment does not cover the interest.
#[inline]
pub fn nper(rate: f64, pmt: f64, pv: f64, fv: f64, when: PaymentTiming) -> Result<f64> {
    check::rate(rate, "rate")?;
    check::finite(pmt, "pmt")?;
    check::finite(pv, "pv")?;
    check::finite(fv, "fv")?;
    // The general formula divides by the logarithm of one plus the rate, which is zero.
    if rate == 0.0 {
        return if pmt == 0.0 { Err(no_solution()) } else { check::result(-(pv + fv) / pmt) };
    }
    // (1+r)^n = (p - fv r) / (p + pv r), where p is the value of the payment at the end of its period. `growth` is this
    // less one.
    let payment = pmt * when.growth_to_period_end(rate);
    let growth = -rate * (fv + pv) / (payment + pv * rate);
    // The balance never reaches the future value: the ratio of the formula is negative and has no logarithm.
    if !growth.is_finite() || growth <= -1.0 {
        return Err(no_solution());
    }
    check::result(ln_1p(growth) / ln_1p(rate))
}

#[cold]
fn no_solution() -> Error {
    Error::new(
        ErrorCode::SolveNoSolution,
        "no number of periods satisfies the equation; check that the payment has the opposite sign of the \
         present value and exceeds the interest",
    )
}

/// The number of periods in which `pv` grows to `fv` at `rate`.
///
/// `rate` is a fraction above -1 and not zero; both amounts are above zero. The result is negative if `fv` is below
/// `pv` and the rate is positive.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::pduration;
///
/// // From 2,000 to 2,200 at 2.5 % a year.
/// let years = pduration(0.025, 2_000.0, 2_200.0)?;
/// assert_eq!((years * 100.0).round() / 100.0, 3.86);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range`, `amount.out_of_range`; `solve.no_solution` at a rate of zero.
#[inline]
pub fn pduration(rate: f64, pv: f64, fv: f64) -> Result<f64> {
    check::rate(rate, "rate")?;
    check::positive_amount(pv, "pv")?;
    check::positive_amount(fv, "fv")?;
    if rate == 0.0 {
        return Err(Error::new(
            ErrorCode::SolveNoSolution,
            "an amount does not grow at a rate of zero; give another \
            rate",
        )
        .at("rate"));
    }
    check::result(log_ratio(fv, pv) / ln_1p(rate))
}

/// The logarithm of a ratio of positive numbers, without cancellation if they are close to each other.
#[inline]
pub(super) fn log_ratio(numerator: f64, denominator: f64) -> f64 {
    let excess = (numerator - denominator) / denominator;
    // Far apart, logarithms are subtracted, because the quotient itself may overflow.
    if excess.abs() < 0.5 { ln_1p(excess) } else { ln(numerator) - ln(denominator) }
}

/// Input of `time_value.nper`.
#[derive(Debug, Clone, Wire)]
pub struct NperInput {
    /// Rate of interest per period as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub rate: f64,
    /// Payment in each period; received is positive, paid is negative.
    pub pmt: f64,
    /// Present value: what is received now, such as a loan (positive), or paid now (negative).
    pub pv: f64,
    /// Future value, received (positive) or paid (negative) at the end.
    #[wire(default)]
    pub fv: f64,
    /// When in each period the payment is made.
    #[wire(default)]
    pub when: PaymentTiming,
}

impl NperInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`nper`].
    pub fn run(&self) -> Result<Scalar> {
        nper(self.rate, self.pmt, self.pv, self.fv, self.when).map(Scalar::from)
    }
}

/// Input of `time_value.pduration`.
#[derive(Debug, Clone, Wire)]
pub struct PdurationInput {
    /// Rate of growth per period as a fraction (0.05 is 5 %), above -1 and not zero.
    #[wire(rate, above = -1)]
    pub rate: f64,
    /// The amount at the start, above zero.
    #[wire(above = 0)]
    pub pv: f64,
    /// The amount to reach, above zero.
    #[wire(above = 0)]
    pub fv: f64,
}

impl PdurationInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`pduration`].
    pub fn run(&self) -> Result<Scalar> {
        pduration(self.rate, self.pv, self.fv).map(Scalar::from)
    }
}
