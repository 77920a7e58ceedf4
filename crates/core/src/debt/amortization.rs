//! The schedule of a loan.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    loan::{Loan, Terms},
    payment::{interest, level_payment},
};
use crate::{Error, ErrorCode, Result, dates::Date, error::At as _, num::Decimal};

/// The schedule of a loan and its totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Amortization {
    /// The regular monthly payment, without the extra payment.
    pub payment: Decimal,
    /// The last payment, which settles the balance.
    pub final_payment: Decimal,
    /// The sum of all interest.
    pub total_interest: Decimal,
    /// The sum of all payments: the principal and the interest.
    pub total_paid: Decimal,
    /// The date of the last payment.
    pub payoff_date: Date,
    /// One row for each payment.
    pub schedule: Vec<AmortizationRow>,
}

/// One payment of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AmortizationRow {
    /// The number of the payment, from 1.
    pub number: u32,
    /// The date of the payment.
    pub date: Date,
    /// What is owed before the payment.
    pub opening: Decimal,
    /// What is paid, the extra payment included: the interest and the principal.
    pub payment: Decimal,
    /// The month's interest on the opening balance, rounded.
    pub interest: Decimal,
    /// What the payment takes off the balance.
    pub principal: Decimal,
    /// What is owed after the payment; zero in the last row.
    pub balance: Decimal,
}

/// The schedule of a loan that is repaid monthly.
///
/// Each month costs a twelfth of the annual rate on the opening balance, rounded to the minor unit of the
/// currency; the rest of the payment reduces the balance. The last payment is whatever settles the balance, so
/// it differs from the others by the sum of the rounding. The level payment is
/// P i / (1 - (1 + i)^-n), worked out in whole numbers of unlimited length and rounded once: ties are decided by
/// the true value.
///
/// ```
/// use wherewithal::{dates::date, debt::{self, Loan}, money::usd, rates::percent};
///
/// let loan = Loan::level(usd("400000")?, percent("6.5")?, 360, date(2026, 1, 1)?);
/// let mortgage = debt::amortize(&loan)?;
/// assert_eq!(mortgage.payment.to_string(), "2528.27");
/// assert_eq!(mortgage.payoff_date, date(2055, 12, 1)?);
/// assert!(mortgage.schedule.last().is_some_and(|row| row.balance.is_zero()));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `loan.principal.out_of_range`, `loan.rate.out_of_range`, `loan.term.out_of_range`,
/// `loan.payment.out_of_range`, `loan.payment.never_repays`, `loan.amount.too_precise` and
/// `date.out_of_range`, each at the path of its field.
pub fn amortize(loan: &Loan) -> Result<Amortization> {
    let terms = loan.terms()?;
    let payment = match terms.agreed_payment {
        Some(payment) => payment,
        None => level_payment(terms.principal, terms.rate, terms.months, loan.rounding)?,
    };
    let first_interest = interest(terms.principal, terms.rate, loan.rounding)?;
    if payment + terms.extra <= first_interest {
        return Err(never_repays(&terms, payment + terms.extra, first_interest)?);
    }

    let amount = |units: i64| Decimal::new(units, terms.places);
    let mut schedule = Vec::with_capacity(terms.months as usize);
    let mut balance = terms.principal;
    let mut total_interest = 0_i128;
    while balance > 0 {
        let number = schedule.len() as u32 + 1;
        let interest = interest(balance, terms.rate, loan.rounding)?;
        let due = balance + interest;
        let paid = if number == terms.months { due } else { due.min(payment + terms.extra) };
        let opening = balance;
        balance = due - paid;
        total_interest += i128::from(interest);
        schedule.push(AmortizationRow {
            number,
            date: loan.first_payment.add_months(number.cast_signed() - 1).at("firstPayment")?,
            opening: amount(opening)?,
            payment: amount(paid)?,
            interest: amount(interest)?,
            principal: amount(opening - balance)?,
            balance: amount(balance)?,
        });
    }

    let (final_payment, payoff_date) =
        schedule.last().map_or((Decimal::ZERO, loan.first_payment), |row| (row.payment, row.date));
    Ok(Amortization {
        payment: amount(payment)?,
        final_payment,
        total_interest: Decimal::from_i128(total_interest, terms.places)?,
        total_paid: Decimal::from_i128(total_interest + i128::from(terms.principal), terms.places)?,
        payoff_date,
        schedule,
    })
}

pub(in crate::debt) fn never_repays(terms: &Terms, paid: i64, interest: i64) -> Result<Error> {
    let amount = |units: i64| Decimal::new(units, terms.places);
    Ok(Error::new(
        ErrorCode::LoanPaymentNeverRepays,
        format!(
            "{} a month does not exceed the first month's interest of {}, so the balance never falls",
            amount(paid)?,
            amount(interest)?
        ),
    )
    .at(if terms.agreed_payment.is_some() { "payment" } else { "principal" }))
}

#[cfg(test)]
mod tests;
