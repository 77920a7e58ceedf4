//! The months of a loan in minor units.

use super::amounts::Amounts;
use crate::{
    Error, ErrorCode, Result,
    debt::{
        loan::{MAX_TERM_MONTHS, RateFraction, monthly_rate},
        payment::{interest, level_payment},
    },
    error::At as _,
    num::{Decimal, Rounding},
};

/// A loan that is repaid monthly, from its first month to its last.
#[derive(Debug)]
pub(super) struct MonthlyLoan {
    /// The regular payment.
    pub(super) payment: i64,
    pub(super) months: Vec<LoanMonth>,
}

/// One month of a loan.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LoanMonth {
    pub(super) payment: i64,
    pub(super) interest: i64,
    /// What is owed after the payment.
    pub(super) balance: i64,
}

/// How a loan is repaid monthly.
#[derive(Debug, Clone, Copy)]
pub(super) struct MonthlyTerms {
    pub(super) amounts: Amounts,
    pub(super) rate: RateFraction,
    pub(super) months: u32,
    pub(super) rounding: Rounding,
}

impl MonthlyTerms {
    /// Terms with their rate and length checked; the paths are those of the fields `annualRate` and `termMonths`.
    pub(super) fn read(
        amounts: Amounts,
        annual_rate: Decimal,
        term_months: u32,
        rounding: Rounding,
    ) -> Result<Self> {
        let rate = monthly_rate(annual_rate).at("annualRate")?;
        if !(1..=MAX_TERM_MONTHS).contains(&term_months) {
            return Err(Error::new(
                ErrorCode::LoanTermOutOfRange,
                format!("the term is {term_months} months; it must be 1 to {MAX_TERM_MONTHS}"),
            )
            .at("termMonths"));
        }
        Ok(Self { amounts, rate, months: term_months, rounding })
    }

    /// The level payment.
    pub(super) fn payment(self, principal: i64) -> Result<i64> {
        level_payment(principal, self.rate, self.months, self.rounding)
    }

    /// A month's interest.
    pub(super) fn interest(self, balance: i64) -> Result<i64> {
        interest(balance, self.rate, self.rounding)
    }

    /// A loan that is repaid by level payments.
    pub(super) fn level(self, principal: i64) -> Result<MonthlyLoan> {
        self.with_payment(principal, self.payment(principal)?)
    }

    /// A loan with an agreed payment; what it leaves unpaid is due with the last payment of the term.
    pub(super) fn with_payment(self, principal: i64, payment: i64) -> Result<MonthlyLoan> {
        let first_interest = self.interest(principal)?;
        if payment <= first_interest {
            return Err(Error::new(
                ErrorCode::LoanPaymentNeverRepays,
                format!(
                    "{} a month does not exceed the first month's interest of {}, so the balance never falls",
                    self.amounts.write(payment)?,
                    self.amounts.write(first_interest)?
                ),
            ));
        }
        let mut months = Vec::with_capacity(self.months as usize);
        let mut balance = principal;
        while balance > 0 {
            let interest = self.interest(balance)?;
            let due = balance + interest;
            let last = months.len() + 1 == self.months as usize;
            let paid = if last { due } else { due.min(payment) };
            balance = due - paid;
            months.push(LoanMonth { payment: paid, interest, balance });
        }
        Ok(MonthlyLoan { payment, months })
    }
}

impl MonthlyLoan {
    /// How many months the loan lasts.
    pub(super) fn len(&self) -> u32 {
        self.months.len() as u32
    }

    /// A month, counted from 1; nothing but zeros after the last.
    pub(super) fn month(&self, number: u32) -> LoanMonth {
        number.checked_sub(1).and_then(|index| self.months.get(index as usize)).copied().unwrap_or_default()
    }

    /// The sum of all interest.
    pub(super) fn total_interest(&self) -> i128 {
        self.months.iter().map(|month| i128::from(month.interest)).sum()
    }
}
