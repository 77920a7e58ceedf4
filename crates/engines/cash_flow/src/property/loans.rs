//! The debt service of a property, from the schedules of `debt`.

use super::input::PropertyLoan;
use crate::amounts::Amounts;
use wherewithal_base::{
    Result,
    dates::{MonthEnd, date},
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
};
use wherewithal_debt::{Loan, amortize};

/// What is paid on all loans in a year.
#[derive(Debug, Clone, Copy)]
pub(super) struct LoanYear {
    pub(super) interest: Decimal,
    pub(super) principal: Decimal,
    /// What is owed at the end of the year.
    pub(super) balance: Decimal,
}

/// The years of the loans.
pub(super) fn loan_years(
    loans: &[PropertyLoan],
    currency: Currency,
    years: u32,
    amounts: Amounts,
) -> Result<Vec<LoanYear>> {
    let zero = amounts.zero();
    let mut sums = vec![LoanYear { interest: zero, principal: zero, balance: zero }; years as usize];
    for (index, loan) in loans.iter().enumerate() {
        add_loan(loan, currency, &mut sums).at_index("loans", index)?;
    }
    Ok(sums)
}

fn add_loan(loan: &PropertyLoan, currency: Currency, sums: &mut [LoanYear]) -> Result<()> {
    let schedule = amortize(&Loan {
        principal: loan.principal,
        currency,
        annual_rate: loan.annual_rate,
        term_months: loan.term_months,
        // Interest is that of whole months, whatever their dates, and no date is in the answer.
        first_payment: date(2001, 1, 1)?,
        month_end: MonthEnd::AnchorDay,
        payment: loan.payment,
        extra_monthly_payment: Decimal::ZERO,
        rounding: Rounding::HalfEven,
    })?
    .schedule;
    for (year, payments) in sums.iter_mut().zip(schedule.chunks(12)) {
        for payment in payments {
            year.interest = year.interest.plus(payment.interest)?;
            year.principal = year.principal.plus(payment.principal)?;
        }
        #[expect(clippy::indexing_slicing, reason = "a chunk has a payment")]
        let last = &payments[payments.len() - 1];
        year.balance = year.balance.plus(last.balance)?;
    }
    Ok(())
}
