//! The schedule of a loan.

use super::loan::Loan;
use wherewithal_base::{Result, dates::Date, num::Decimal, wire::Wire};

/// The schedule of a loan and its totals.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct AmortizationRow {
    /// The number of the payment, from 1.
    pub number: u32,
    /// The date of the payment.
    pub date: Date,
    /// The balance before the payment.
    pub opening: Decimal,
    /// The total payment including the extra payment: the interest and the principal.
    pub payment: Decimal,
    /// The month's interest on the opening balance, rounded.
    pub interest: Decimal,
    /// The part of the payment that reduces the balance.
    pub principal: Decimal,
    /// The balance after the payment; zero in the last row.
    pub balance: Decimal,
}

/// The schedule of a loan that is repaid monthly.
///
/// Each month costs a twelfth of the annual rate on the opening balance, rounded to the minor unit of the currency; the
/// rest of the payment reduces the balance. The last payment settles the balance, so it differs from the others by the
/// accumulated rounding. The level payment is P i / (1 - (1 + i)^-n), computed in integers of unlimited length and
/// rounded once, so the exact value decides ties. If that is no more than the interest, as for small amounts and very
/// long terms, the principal is due with the last payment; an agreed payment must exceed the interest.
///
/// ```
/// # use wherewithal_debt::wherewithal;
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
/// `amount.out_of_range`, `rate.out_of_range`, `term.out_of_range`, `payment.never_repays`,
/// `decimal.too_precise` and `date.out_of_range`, each at the path of its field.
pub fn amortize(loan: &Loan) -> Result<Amortization> {
    let repayment = loan.repayment()?;
    let amount = |units: i64| Decimal::new(units, repayment.places);
    let mut schedule = Vec::with_capacity(repayment.months as usize);
    let mut opening = repayment.principal;
    let mut total_interest = 0_i128;
    repayment.each_month(|month| {
        let number = schedule.len() as u32 + 1;
        total_interest += i128::from(month.interest);
        schedule.push(AmortizationRow {
            number,
            date: loan.payment_date(number)?,
            opening: amount(opening)?,
            payment: amount(month.payment)?,
            interest: amount(month.interest)?,
            principal: amount(month.payment - month.interest)?,
            balance: amount(month.balance)?,
        });
        opening = month.balance;
        Ok(())
    })?;

    let (final_payment, payoff_date) =
        schedule.last().map_or((Decimal::ZERO, loan.first_payment), |row| (row.payment, row.date));
    Ok(Amortization {
        payment: amount(repayment.payment)?,
        final_payment,
        total_interest: Decimal::from_i128(total_interest, repayment.places)?,
        // In 128 bits: the sum over all rows can exceed the 64 bits of one amount.
        total_paid: Decimal::from_i128(total_interest + i128::from(repayment.principal), repayment.places)?,
        payoff_date,
        schedule,
    })
}

#[cfg(test)]
mod tests;
