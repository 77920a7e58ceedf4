//! The modified internal rate of return.

use super::{Scalar, check, npv, term::log_ratio};
use wherewithal_base::{Error, ErrorCode, Result, wire::Wire};
use wherewithal_math::{exp_m1, ln_1p};

/// The modified internal rate of return of cash flows one period apart.
///
/// Payments (negative) are financed at `finance_rate` and receipts (positive) are reinvested at `reinvest_rate`, both
/// fractions per period above -1: the result is the rate at which the present value of the payments grows to the value
/// of the receipts at the last flow. Unlike [`irr`](super::irr), it always exists and is unique.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::mirr;
///
/// let flows = [-120_000.0, 39_000.0, 30_000.0, 21_000.0, 37_000.0, 46_000.0];
/// let rate = mirr(&flows, 0.10, 0.12)?;
/// assert_eq!((rate * 1e4).round() / 1e4, 0.1261);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `rate.out_of_range`, `list.empty`, `cash_flows.one_sign`, `result.too_large`.
pub fn mirr(amounts: &[f64], finance_rate: f64, reinvest_rate: f64) -> Result<f64> {
    check::amounts(amounts)?;
    check::rate(finance_rate, "financeRate")?;
    check::rate(reinvest_rate, "reinvestRate")?;
    let receipts: Vec<f64> = amounts.iter().map(|amount| amount.max(0.0)).collect();
    let payments: Vec<f64> = amounts.iter().map(|amount| (-amount).max(0.0)).collect();
    let received = npv(reinvest_rate, &receipts, true)?;
    let paid = npv(finance_rate, &payments, true)?;
    if received == 0.0 || paid == 0.0 {
        let message = "the cash flows all have the same sign; make payments negative and receipts positive";
        return Err(Error::new(ErrorCode::CashFlowsOneSign, message).at("amounts"));
    }
    let periods = amounts.len() as f64 - 1.0;
    // Receipts and payments are both valued at the first flow; the receipts grow to the last one at the reinvestment
    // rate.
    check::result(exp_m1(log_ratio(received, paid) / periods + ln_1p(reinvest_rate)))
}

/// Input of `time_value.mirr`.
#[derive(Debug, Clone, Wire)]
pub struct MirrInput {
    /// Cash flows one period apart, the first now; received is positive, paid is negative.
    #[wire(length = 1..=1_000_000)]
    pub amounts: Vec<f64>,
    /// Rate per period at which payments are financed, as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub finance_rate: f64,
    /// Rate per period at which receipts are reinvested, as a fraction (0.05 is 5 %), above -1.
    #[wire(rate, above = -1)]
    pub reinvest_rate: f64,
}

impl MirrInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`mirr`].
    pub fn run(&self) -> Result<Scalar> {
        mirr(&self.amounts, self.finance_rate, self.reinvest_rate).map(Scalar::from)
    }
}
