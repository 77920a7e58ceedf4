//! Level payments: future value, present value, payment.

use super::{Scalar, check, growth::Growth};
use wherewithal_base::{Result, wire::Wire};

/// When in each period a payment is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum PaymentTiming {
    /// At the end of each period (an ordinary annuity); type 0 in spreadsheets.
    #[default]
    End,
    /// At the beginning of each period (an annuity due); type 1 in spreadsheets.
    Begin,
}

impl PaymentTiming {
    /// The value at the end of the period of one unit paid at that time.
    #[inline(always)]
    pub(super) fn growth_to_period_end(self, rate: f64) -> f64 {
        match self {
            Self::End => 1.0,
            Self::Begin => 1.0 + rate,
        }
    }
}

/// The future value of a present value and of level payments.
///
/// `rate` is the rate of interest per period as a fraction, above -1. `nper` is the number of periods, zero or more,
/// not necessarily whole. `pmt` is paid in each period, `pv` is paid now. Money received is positive, money paid is
/// negative: the result is the amount received (or, if negative, still to be paid) at the end, so that `fv + pv
/// (1+rate)^nper + pmt (1+rate·[begin]) ((1+rate)^nper - 1) / rate = 0`.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::{PaymentTiming, fv};
///
/// // Saving 100 now and 100 at the end of each month for ten years, at 5 % a year compounded monthly.
/// let value = fv(0.05 / 12.0, 120.0, -100.0, -100.0, PaymentTiming::End)?;
/// assert_eq!((value * 100.0).round() / 100.0, 15_692.93);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range`, `term.out_of_range`, `result.too_large`.
#[inline]
pub fn fv(rate: f64, nper: f64, pmt: f64, pv: f64, when: PaymentTiming) -> Result<f64> {
    check::rate(rate, "rate")?;
    check::periods(nper, "nper")?;
    check::finite(pmt, "pmt")?;
    check::finite(pv, "pv")?;
    check::result(Growth::<false>::new(rate).future_value(nper, pmt * when.growth_to_period_end(rate), pv))
}

/// The present value of level payments and of a future value.
///
/// Arguments and signs are those of [`fv()`]; `fv` is received or paid at the end.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::{PaymentTiming, pv};
///
/// // An annuity that pays 500 at the end of each month for 20 years, at 8 % a year compounded monthly.
/// let value = pv(0.08 / 12.0, 240.0, 500.0, 0.0, PaymentTiming::End)?;
/// assert_eq!((value * 100.0).round() / 100.0, -59_777.15);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`fv()`].
#[inline]
pub fn pv(rate: f64, nper: f64, pmt: f64, fv: f64, when: PaymentTiming) -> Result<f64> {
    check::rate(rate, "rate")?;
    check::periods(nper, "nper")?;
    check::finite(pmt, "pmt")?;
    check::finite(fv, "fv")?;
    check::result(Growth::<false>::new(rate).present_value(nper, pmt * when.growth_to_period_end(rate), fv))
}

/// The level payment that turns a present value into a future value.
///
/// Arguments and signs are those of [`fv()`]; `nper` must be above zero. For a loan, `pv` is what is received
/// (positive) and the result is what is paid (negative).
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::{PaymentTiming, pmt};
///
/// // A loan of 200,000 over 15 years at 7.5 % a year compounded monthly.
/// let payment = pmt(0.075 / 12.0, 180.0, 200_000.0, 0.0, PaymentTiming::End)?;
/// assert_eq!((payment * 100.0).round() / 100.0, -1_854.02);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`fv()`].
#[inline]
pub fn pmt(rate: f64, nper: f64, pv: f64, fv: f64, when: PaymentTiming) -> Result<f64> {
    check::rate(rate, "rate")?;
    check::positive_periods(nper, "nper")?;
    check::finite(pv, "pv")?;
    check::finite(fv, "fv")?;
    let growth = Growth::<false>::new(rate);
    check::result(growth.level_payment(nper, pv, fv) / when.growth_to_period_end(rate))
}

/// Input of `time_value.fv`.
#[derive(Debug, Clone, Wire)]
pub struct FvInput {
    /// Rate of interest per period as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub rate: f64,
    /// Number of periods, zero or more; it need not be whole.
    #[wire(range = 0..)]
    pub nper: f64,
    /// Payment in each period; received is positive, paid is negative.
    pub pmt: f64,
    /// Present value, received (positive) or paid (negative) now.
    pub pv: f64,
    /// When in each period the payment is made.
    #[wire(default)]
    pub when: PaymentTiming,
}

impl FvInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`fv()`].
    pub fn run(&self) -> Result<Scalar> {
        fv(self.rate, self.nper, self.pmt, self.pv, self.when).map(Scalar::from)
    }
}

/// Input of `time_value.pv`.
#[derive(Debug, Clone, Wire)]
pub struct PvInput {
    /// Rate of interest per period as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub rate: f64,
    /// Number of periods, zero or more; it need not be whole.
    #[wire(range = 0..)]
    pub nper: f64,
    /// Payment in each period; received is positive, paid is negative.
    pub pmt: f64,
    /// Future value, received (positive) or paid (negative) at the end.
    #[wire(default)]
    pub fv: f64,
    /// When in each period the payment is made.
    #[wire(default)]
    pub when: PaymentTiming,
}

impl PvInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`pv()`].
    pub fn run(&self) -> Result<Scalar> {
        pv(self.rate, self.nper, self.pmt, self.fv, self.when).map(Scalar::from)
    }
}

/// Input of `time_value.pmt`.
#[derive(Debug, Clone, Wire)]
pub struct PmtInput {
    /// Rate of interest per period as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub rate: f64,
    /// Number of periods, above zero; it need not be whole.
    #[wire(above = 0)]
    pub nper: f64,
    /// Present value: what is received now, such as a loan (positive), or paid now (negative).
    pub pv: f64,
    /// Future value, received (positive) or paid (negative) at the end.
    #[wire(default)]
    pub fv: f64,
    /// When in each period the payment is made.
    #[wire(default)]
    pub when: PaymentTiming,
}

impl PmtInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`pmt()`].
    pub fn run(&self) -> Result<Scalar> {
        pmt(self.rate, self.nper, self.pv, self.fv, self.when).map(Scalar::from)
    }
}
