//! Flat interest: on the original principal over the whole term, and allotted to the payments.

use super::{
    accrual::{Accrual, cost, too_large},
    agreement::{FinalPayment, FlatAllotment, InterestAccrual, LoanAgreement, OddFirstPeriod, Repayment},
    compiled::Period,
};
use crate::payment::rounded_quotient;
use wherewithal_base::{Error, ErrorCode, Result};

/// The flat interest of a loan, in minor units.
#[derive(Debug, Clone)]
pub(crate) struct FlatInterest {
    /// The interest of the whole term.
    pub(crate) total: i64,
    /// What of it falls to each payment.
    shares: Vec<i64>,
    allotment: FlatAllotment,
}

impl FlatInterest {
    /// The interest of a loan with these periods; `None` if its interest is not flat.
    pub(super) fn new(
        agreement: &LoanAgreement,
        principal: i64,
        accrual: &Accrual,
        periods: &[Period],
    ) -> Result<Option<Self>> {
        let InterestAccrual::Flat { allotment, .. } = agreement.accrual else { return Ok(None) };
        check_terms(agreement)?;
        let mut parts = 0_u128;
        for period in periods {
            parts = parts.checked_add(period.parts(accrual)).ok_or_else(too_large)?;
        }
        let total = accrual.interest(cost(principal, parts)?, agreement.interest_rounding)?;
        let payments = periods.len();
        let mut flat = Self { total, shares: Vec::with_capacity(payments), allotment };
        let (mut weight, mut allotted) = (0, 0);
        for number in 1..=payments {
            weight += flat.weight(number, payments);
            let product = u128::from(total.unsigned_abs()) * u128::from(weight);
            // The sum is rounded, not the share, so that roundings never add up; after the last payment it is the total.
            let sum = rounded_quotient(product, flat.weights(payments), agreement.interest_rounding) as i64;
            flat.shares.push(sum - allotted);
            allotted = sum;
        }
        Ok(Some(flat))
    }

    /// The interest of payment `number`, from 1; none beyond the term.
    pub(crate) fn share(&self, number: usize) -> i64 {
        self.shares.get(number - 1).copied().unwrap_or(0)
    }

    /// The interest from payment `number` on.
    pub(super) fn from(&self, number: usize) -> i64 {
        self.shares.iter().skip(number - 1).sum()
    }

    /// Payment `number` in parts of the interest of the term, and their number.
    pub(super) fn parts(&self, number: usize) -> (u128, u64) {
        let payments = self.shares.len();
        (self.weight(number, payments).into(), self.weights(payments))
    }

    fn weight(&self, number: usize, payments: usize) -> u64 {
        match self.allotment {
            FlatAllotment::StraightLine => 1,
            FlatAllotment::RuleOf78 => (payments + 1 - number) as u64,
        }
    }

    fn weights(&self, payments: usize) -> u64 {
        match self.allotment {
            FlatAllotment::StraightLine => payments as u64,
            FlatAllotment::RuleOf78 => (payments * (payments + 1) / 2) as u64,
        }
    }
}

/// Flat interest is settled when the loan is made, so nothing that would change it later is accepted.
fn check_terms(agreement: &LoanAgreement) -> Result<()> {
    let level = matches!(agreement.repayment, Repayment::Level { .. });
    let conflicts = [
        (!level, "repayment"),
        (agreement.accelerated, "accelerated"),
        (agreement.amortization_payments.is_some(), "amortizationPayments"),
        (agreement.interest_only_payments > 0, "interestOnlyPayments"),
        (!agreement.balloon.is_zero(), "balloon"),
        (agreement.odd_first_period != OddFirstPeriod::Spread, "oddFirstPeriod"),
        (agreement.adjustable_rate.is_some(), "adjustableRate"),
        (!agreement.rate_changes.is_empty(), "rateChanges"),
        (!agreement.payment_breaks.is_empty(), "paymentBreaks"),
        (!agreement.draws.is_empty(), "draws"),
        (!agreement.offsets.is_empty(), "offsets"),
        (agreement.deferred_interest.is_some(), "deferredInterest"),
        (agreement.final_payment == FinalPayment::Additional, "finalPayment"),
    ];
    let Some((_, field)) = conflicts.iter().find(|(is_given, _)| *is_given) else { return Ok(()) };
    let message = format!("flat interest is agreed for the whole term and cannot be combined with `{field}`");
    Err(Error::new(ErrorCode::FieldConflict, message).at(field))
}
