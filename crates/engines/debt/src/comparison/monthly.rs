//! The months of a loan in minor units.

use super::amounts::Amounts;
use crate::{
    loan::{monthly_rate, term},
    payment::{interest, level_payment},
    rate_fraction::RateFraction,
    repayment::{LoanMonth, MonthlyRepayment},
};
use wherewithal_base::{
    Result,
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

/// The terms of a loan that is repaid monthly.
#[derive(Debug, Clone, Copy)]
pub(super) struct MonthlyTerms {
    pub(super) amounts: Amounts,
    pub(super) rate: RateFraction,
    pub(super) months: u32,
    pub(super) rounding: Rounding,
}

impl MonthlyTerms {
    /// Validates the rate and the term. Errors have the path `annualRate` or `termMonths`.
    pub(super) fn read(
        amounts: Amounts,
        annual_rate: Decimal,
        term_months: u32,
        rounding: Rounding,
    ) -> Result<Self> {
        let rate = monthly_rate(annual_rate).at("annualRate")?;
        let months = term(term_months).at("termMonths")?;
        Ok(Self { amounts, rate, months, rounding })
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

    /// A loan with an agreed payment; any balance that it leaves is due with the last payment of the term.
    pub(super) fn with_payment(self, principal: i64, payment: i64) -> Result<MonthlyLoan> {
        let Self { amounts, rate, months: term, rounding } = self;
        let places = amounts.places;
        let repayment =
            MonthlyRepayment { places, principal, rate, months: term, payment, paid: payment, rounding };
        repayment.check_repays()?;
        let mut months = Vec::with_capacity(term as usize);
        repayment.each_month(|month| {
            months.push(month);
            Ok(())
        })?;
        Ok(MonthlyLoan { payment, months })
    }
}

impl MonthlyLoan {
    /// The number of months of the loan.
    pub(super) fn len(&self) -> u32 {
        self.months.len() as u32
    }

    /// A month, counted from 1. After the loan is repaid, a month in which nothing is paid or owed.
    #[expect(clippy::expect_used, reason = "there is no month before the first")]
    pub(super) fn month(&self, number: u32) -> LoanMonth {
        let index = number.checked_sub(1).expect("months are counted from 1");
        self.months.get(index as usize).copied().unwrap_or_default()
    }

    /// The sum of all interest.
    pub(super) fn total_interest(&self) -> i128 {
        self.months.iter().map(|month| i128::from(month.interest)).sum()
    }
}
