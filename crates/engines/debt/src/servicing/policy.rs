//! The policy of servicing, checked, in minor units.

use super::{
    bill::Units,
    input::{LateFee, OverduePrincipal, PartialPayments, PaymentPart, ServicingPolicy},
};
use crate::schedule::{accrual::too_large, terms::Amounts};
use wherewithal_base::{
    Error, ErrorCode, Result,
    error::At,
    num::{Decimal, Rounding},
};

/// A checked policy.
#[derive(Debug, Clone)]
pub(super) struct Policy {
    pub(super) order: Vec<PaymentPart>,
    /// Whether money that does not pay an installment in full is held.
    pub(super) holds: bool,
    /// Whether principal that is past due bears interest by the period.
    pub(super) overdue_bears_interest: bool,
    pub(super) late_fee: Option<LateFeeTerms>,
}

/// A checked late fee.
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
        if policy.order.len() != 4 || !complete {
            let message = format!(
                "the order names {} parts; it must name fees, interest, principal and escrow once each",
                policy.order.len()
            );
            return Err(Error::new(ErrorCode::LoanAllocationOrderInvalid, message).at("order"));
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
        if fee.fraction < Decimal::ZERO || fee.fraction > Decimal::ONE || fee.fraction.scale() > 12 {
            let message = format!(
                "the late fee is {} of what is overdue; it must be a fraction from 0 to 1 with at most 12 decimal \
                 places (5 % is 0.05)",
                fee.fraction
            );
            return Err(Error::new(ErrorCode::LoanLateFeeInvalid, message).at("fraction"));
        }
        if fee.grace_days > 366 {
            let message = format!("there are {} days of grace; there must be 0 to 366", fee.grace_days);
            return Err(Error::new(ErrorCode::LoanLateFeeInvalid, message).at("graceDays"));
        }
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
    pub(super) fn on(&self, overdue: Units, rounding: Rounding) -> Result<Units> {
        let fraction = Decimal::from_i128(overdue, 0)?.times(self.fraction)?.round(0, rounding).mantissa();
        let fee = fraction.checked_add(self.flat).ok_or_else(too_large)?;
        Ok(self.maximum.map_or(fee, |maximum| fee.min(maximum)))
    }
}
