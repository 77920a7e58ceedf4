//! A plain loan month by month, in minor units.

use super::{payment::interest, rate_fraction::RateFraction};
use wherewithal_base::{
    Error, ErrorCode, Result,
    num::{Decimal, Rounding},
};

/// A loan that is repaid monthly by a known payment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MonthlyRepayment {
    /// The decimal places of the currency.
    pub(crate) places: u32,
    pub(crate) principal: i64,
    pub(crate) rate: RateFraction,
    pub(crate) months: u32,
    /// The regular payment.
    pub(crate) payment: i64,
    /// The amount paid each month, an extra payment included.
    pub(crate) paid: i64,
    pub(crate) rounding: Rounding,
}

/// One month of a loan.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LoanMonth {
    pub(crate) payment: i64,
    pub(crate) interest: i64,
    /// The balance after the payment.
    pub(crate) balance: i64,
}

impl MonthlyRepayment {
    /// Checks that the balance falls.
    pub(crate) fn check_repays(&self) -> Result<()> {
        let first_interest = interest(self.principal, self.rate, self.rounding)?;
        if self.paid > first_interest {
            return Ok(());
        }
        let amount = |units: i64| Decimal::new(units, self.places);
        Err(Error::new(
            ErrorCode::PaymentNeverRepays,
            format!(
                "{} a month does not exceed the first month's interest of {}, so the balance never falls; pay at least \
                    {} a month",
                amount(self.paid)?,
                amount(first_interest)?,
                amount(first_interest + 1)?
            ),
        ))
    }

    /// Calls `visit` with each month until the loan is repaid. Any balance that the payments leave is due with the last
    /// one.
    pub(crate) fn each_month(&self, mut visit: impl FnMut(LoanMonth) -> Result<()>) -> Result<()> {
        let mut balance = self.principal;
        for number in 1..=self.months {
            let interest = interest(balance, self.rate, self.rounding)?;
            let due = balance + interest;
            let payment = if number == self.months { due } else { due.min(self.paid) };
            balance = due - payment;
            visit(LoanMonth { payment, interest, balance })?;
            if balance == 0 {
                break;
            }
        }
        Ok(())
    }
}
