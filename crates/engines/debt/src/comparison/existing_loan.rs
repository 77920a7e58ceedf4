//! A loan that is already being repaid.

use super::{
    amounts::Amounts,
    monthly::{MonthlyLoan, MonthlyTerms},
};
use crate::loan::{MAX_TERM_MONTHS, monthly_rate, term};
use wherewithal_base::{
    Error, ErrorCode, Result,
    error::At as _,
    num::{Decimal, Rounding},
    wire::Wire,
};

/// A loan that is already being repaid, as of today.
///
/// With `remainingMonths` alone, the payment is level; with `payment` alone, the loan lasts until it is repaid; with
/// both, any balance that the payments leave is due with the last one.
#[derive(Debug, Clone, Wire)]
pub struct ExistingLoan {
    /// The balance today, a month before the next payment; greater than zero.
    #[wire(above = 0)]
    pub balance: Decimal,
    /// Nominal annual rate as a fraction (0.065 is 6.5 %), compounded monthly, from 0 to 10.
    #[wire(rate, range = 0..=10)]
    pub annual_rate: Decimal,
    /// The number of monthly payments left, 1 to 1200.
    #[wire(range = 1..=1200)]
    pub remaining_months: Option<u32>,
    /// The monthly payment of interest and principal.
    pub payment: Option<Decimal>,
}

impl ExistingLoan {
    /// The months that are left, and the terms that they were computed from.
    pub(super) fn read(&self, amounts: Amounts, rounding: Rounding) -> Result<(MonthlyTerms, MonthlyLoan)> {
        let balance = amounts.read_positive(self.balance, "balance")?;
        let payment = self.payment.map(|payment| amounts.read_positive(payment, "payment")).transpose()?;
        let months = term(self.remaining_months.unwrap_or(MAX_TERM_MONTHS)).at("remainingMonths")?;
        let rate = monthly_rate(self.annual_rate).at("annualRate")?;
        let terms = MonthlyTerms { amounts, rate, months, rounding };
        let loan = match (self.remaining_months, payment) {
            (None, None) => Err(Error::new(
                ErrorCode::FieldMissing,
                "the loan needs its remaining months, its payment, or both",
            )
            .at("remainingMonths")),
            (Some(_), None) => terms.level(balance).at("balance"),
            (_, Some(payment)) => terms.with_payment(balance, payment).at("payment"),
        }?;
        // Without an agreed term, a balloon in the last possible month means that the payment is too small.
        if self.remaining_months.is_none() && loan.month(MAX_TERM_MONTHS).payment > loan.payment {
            return Err(Error::new(
                ErrorCode::PaymentNeverRepays,
                format!("the payment does not repay the loan within {MAX_TERM_MONTHS} months"),
            )
            .at("payment"));
        }
        Ok((terms, loan))
    }
}
