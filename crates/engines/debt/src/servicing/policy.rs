//! The validated servicing policy, in minor units.

use super::{
    bill::Units,
    input::{LateFee, OverduePrincipal, PartialPayments, PaymentPart, ServicingPolicy},
};
use crate::{
    loan::FEE_ROUNDING,
    schedule::{accrual::too_large, compiled::Amounts},
};
use wherewithal_base::{Error, ErrorCode, Result, check, error::At, num::Decimal};

/// A validated policy.
#[derive(Debug, Clone)]
pub(super) struct Policy {
    pub(super) order: Vec<PaymentPart>,
    /// Whether money that does not cover a full installment is held.
    pub(super) holds: bool,
    /// Whether overdue principal bears interest if interest accrues by the period.
    pub(super) overdue_bears_interest: bool,
    pub(super) late_fee: Option<LateFeeTerms>,
}

/// A validated late fee.
#[derive(Debug, Clone, Copy)]
pub(super) struct LateFeeTerms {
    fraction: Decimal,
    flat: Units,
    pub(super) grace_days: i32,
    maximum: Option<Units>,
}

impl Policy {
    pub(super) fn new(policy: &ServicingPolicy, places: u32) -> Result<Self> {
        use PaymentPart::{Escrow, Fees, Interest, Principal};
        let complete = [Fees, Interest, Principal, Escrow].iter().all(|part| policy.order.contains(part));
        if !complete {
            let message = "the order must name fees, interest, principal and escrow";
            return Err(Error::new(ErrorCode::ListIncomplete, message).at("order"));
        }
        // All four parts are in the list, so a longer one repeats a part.
        if policy.order.len() > 4 {
            let message =
                "the order names a part twice; it must name fees, interest, principal and escrow once each";
            return Err(Error::new(ErrorCode::ListDuplicate, message).at("order"));
        }
        let late_fee = policy.late_fee.map(|fee| LateFeeTerms::new(&fee, places).at("lateFee"));
        Ok(Self {
            order: policy.order.clone(),
            holds: policy.partial_payments == PartialPayments::Hold,
            overdue_bears_interest: policy.overdue_principal == OverduePrincipal::BearsInterest,
            late_fee: late_fee.transpose()?,
        })
    }
}

impl LateFeeTerms {
    fn new(fee: &LateFee, places: u32) -> Result<Self> {
        check::decimal_fraction(fee.fraction).at("fraction")?;
        check::whole(fee.grace_days, 0..=366, ErrorCode::TermOutOfRange).at("graceDays")?;
        let amounts = Amounts { places };
        Ok(Self {
            fraction: fee.fraction,
            flat: amounts.at_least_zero(fee.flat).at("flat")?.into(),
            grace_days: fee.grace_days.cast_signed(),
            maximum: fee
                .maximum
                .map(|maximum| amounts.at_least_zero(maximum))
                .transpose()
                .at("maximum")?
                .map(Units::from),
        })
    }

    /// The fee on an overdue amount, in minor units.
    pub(super) fn on(&self, overdue: Units) -> Result<Units> {
        let fraction =
            Decimal::from_i128(overdue, 0)?.times(self.fraction)?.round(0, FEE_ROUNDING).mantissa();
        let fee = fraction.checked_add(self.flat).ok_or_else(too_large)?;
        Ok(self.maximum.map_or(fee, |maximum| fee.min(maximum)))
    }
}
