//! The interest and the principal in level payments.

use super::{PaymentTiming, Scalar, check, growth::Growth};
use wherewithal_base::{Result, wire::Wire};

/// The interest in one payment of a level-payment loan.
///
/// `per` is the number of the payment, a whole number from 1 to `nper`; the other arguments and the signs are those of
/// [`pmt()`](super::pmt()). For a loan (`pv` positive) the interest is paid and therefore negative. With payments at
/// the beginning of periods, the first contains no interest, and each later one pays what has accrued since the
/// previous one.
///
/// [`ipmt`] and [`ppmt`] of a payment add up to [`pmt()`](super::pmt()).
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::{PaymentTiming, ipmt};
///
/// // The last yearly interest on a loan of 8,000 over three years at 10 %.
/// let interest = ipmt(0.1, 3.0, 3.0, 8_000.0, 0.0, PaymentTiming::End)?;
/// assert_eq!((interest * 100.0).round() / 100.0, -292.45);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`pmt()`](super::pmt()), and `index.out_of_range`.
#[inline]
pub fn ipmt(rate: f64, per: f64, nper: f64, pv: f64, fv: f64, when: PaymentTiming) -> Result<f64> {
    let growth = checked(rate, nper, pv, fv)?;
    check::period(per, 1.0, nper, "per")?;
    // It is paid at once, before any interest has accrued.
    if when == PaymentTiming::Begin && per == 1.0 {
        return Ok(0.0);
    }
    let elapsed = per - 1.0;
    let owed = pv * growth.share_owed(elapsed, nper) - fv * growth.share_repaid(elapsed, nper);
    check::result(-rate * owed / when.growth_to_period_end(rate))
}

/// The principal in one payment of a level-payment loan.
///
/// Arguments and signs are those of [`ipmt`].
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::{PaymentTiming, ppmt};
///
/// // The principal in the first monthly payment of a loan of 2,000 over two years at 10 %.
/// let principal = ppmt(0.1 / 12.0, 1.0, 24.0, 2_000.0, 0.0, PaymentTiming::End)?;
/// assert_eq!((principal * 100.0).round() / 100.0, -75.62);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`ipmt`].
#[inline]
pub fn ppmt(rate: f64, per: f64, nper: f64, pv: f64, fv: f64, when: PaymentTiming) -> Result<f64> {
    let growth = checked(rate, nper, pv, fv)?;
    check::period(per, 1.0, nper, "per")?;
    // With a level payment, principal grows at the rate of interest from payment to payment: the interest falls by that
    // on
    // the principal just repaid.
    check::result(match when {
        PaymentTiming::End => -(pv + fv) * growth.factor_per_annuity(per - 1.0, nper),
        PaymentTiming::Begin if per == 1.0 => growth.level_payment(nper, pv, fv) / (1.0 + rate),
        PaymentTiming::Begin => -(pv + fv) * growth.factor_per_annuity(per - 2.0, nper),
    })
}

/// The interest in the payments `start_period` to `end_period` of a level-payment loan, both included.
///
/// Periods are whole numbers from 1 to `nper`, in order. The loan is repaid in full (`fv` is zero). Signs are
/// those of [`ipmt`]: the interest of a loan (`pv` positive) is negative.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::{PaymentTiming, cumipmt};
///
/// // The second year of a 30-year mortgage of 125,000 at 9 %, paid monthly.
/// let interest = cumipmt(0.09 / 12.0, 360.0, 125_000.0, 13.0, 24.0, PaymentTiming::End)?;
/// assert_eq!((interest * 100.0).round() / 100.0, -11_135.23);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`ipmt`].
#[inline]
pub fn cumipmt(
    rate: f64,
    nper: f64,
    pv: f64,
    start_period: f64,
    end_period: f64,
    when: PaymentTiming,
) -> Result<f64> {
    let growth = checked(rate, nper, pv, 0.0)?;
    check_periods(start_period, end_period, nper)?;
    // With payments at the beginning, payment 1 contains no interest, and the others one period's discount less.
    let first = match when {
        PaymentTiming::End => start_period,
        PaymentTiming::Begin => start_period.max(2.0),
    };
    if first > end_period {
        return Ok(0.0);
    }
    let payments = end_period - first + 1.0;
    // Each payment has the interest on the whole loan, less that on the principal repaid before it.
    let interest_saved = growth.interest_on_annuity(end_period) - growth.interest_on_annuity(first - 1.0);
    let interest = pv * (interest_saved * growth.factor_per_annuity(0.0, nper) - rate * payments);
    check::result(interest / when.growth_to_period_end(rate))
}

/// The principal in the payments `start_period` to `end_period` of a level-payment loan, both included.
///
/// Arguments and signs are those of [`cumipmt`].
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::{PaymentTiming, cumprinc};
///
/// // The second year of a 30-year mortgage of 125,000 at 9 %, paid monthly.
/// let principal = cumprinc(0.09 / 12.0, 360.0, 125_000.0, 13.0, 24.0, PaymentTiming::End)?;
/// assert_eq!((principal * 100.0).round() / 100.0, -934.11);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`ipmt`].
#[inline]
pub fn cumprinc(
    rate: f64,
    nper: f64,
    pv: f64,
    start_period: f64,
    end_period: f64,
    when: PaymentTiming,
) -> Result<f64> {
    let growth = checked(rate, nper, pv, 0.0)?;
    check_periods(start_period, end_period, nper)?;
    let after_end = |elapsed: f64, payments: f64| {
        growth.factor_per_annuity(elapsed, nper) * growth.future_annuity(payments)
    };
    // The first payment at the beginning is principal only; the later ones repay like payments at the ends of the
    // periods
    // before theirs.
    check::result(match when {
        PaymentTiming::End => -pv * after_end(start_period - 1.0, end_period - start_period + 1.0),
        PaymentTiming::Begin if start_period == 1.0 => {
            growth.level_payment(nper, pv, 0.0) / (1.0 + rate) - pv * after_end(0.0, end_period - 1.0)
        }
        PaymentTiming::Begin => -pv * after_end(start_period - 2.0, end_period - start_period + 1.0),
    })
}

#[inline]
fn checked(rate: f64, nper: f64, pv: f64, fv: f64) -> Result<Growth<false>> {
    check::rate(rate, "rate")?;
    check::positive_periods(nper, "nper")?;
    check::finite(pv, "pv")?;
    check::finite(fv, "fv")?;
    Ok(Growth::<false>::new(rate))
}

#[inline]
fn check_periods(start_period: f64, end_period: f64, nper: f64) -> Result<()> {
    check::period(start_period, 1.0, nper, "startPeriod")?;
    check::period(end_period, start_period, nper, "endPeriod")?;
    Ok(())
}

/// Input of `time_value.ipmt` and `time_value.ppmt`.
#[derive(Debug, Clone, Wire)]
pub struct LevelPaymentInput {
    /// Rate of interest per period as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub rate: f64,
    /// Number of the payment, a whole number from 1 to `nper`.
    pub per: f64,
    /// Number of periods, above zero.
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

impl LevelPaymentInput {
    /// Runs `time_value.ipmt`.
    ///
    /// # Errors
    /// Those of [`ipmt`].
    pub fn interest(&self) -> Result<Scalar> {
        ipmt(self.rate, self.per, self.nper, self.pv, self.fv, self.when).map(Scalar::from)
    }

    /// Runs `time_value.ppmt`.
    ///
    /// # Errors
    /// Those of [`ppmt`].
    pub fn principal(&self) -> Result<Scalar> {
        ppmt(self.rate, self.per, self.nper, self.pv, self.fv, self.when).map(Scalar::from)
    }
}

/// Input of `time_value.cumipmt` and `time_value.cumprinc`.
#[derive(Debug, Clone, Wire)]
pub struct LevelPaymentsInput {
    /// Rate of interest per period as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub rate: f64,
    /// Number of periods, above zero.
    #[wire(above = 0)]
    pub nper: f64,
    /// Present value: what is received now, such as a loan (positive), or paid now (negative).
    pub pv: f64,
    /// Number of the first payment to include, a whole number from 1.
    pub start_period: f64,
    /// Number of the last payment to include, a whole number from `startPeriod` to `nper`.
    pub end_period: f64,
    /// When in each period the payment is made.
    #[wire(default)]
    pub when: PaymentTiming,
}

impl LevelPaymentsInput {
    /// Runs `time_value.cumipmt`.
    ///
    /// # Errors
    /// Those of [`cumipmt`].
    pub fn interest(&self) -> Result<Scalar> {
        cumipmt(self.rate, self.nper, self.pv, self.start_period, self.end_period, self.when)
            .map(Scalar::from)
    }

    /// Runs `time_value.cumprinc`.
    ///
    /// # Errors
    /// Those of [`cumprinc`].
    pub fn principal(&self) -> Result<Scalar> {
        cumprinc(self.rate, self.nper, self.pv, self.start_period, self.end_period, self.when)
            .map(Scalar::from)
    }
}
