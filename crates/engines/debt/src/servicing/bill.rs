//! Installments, charges and allocations, in minor units.

use super::output::{InstallmentDue, LedgerAllocation};
use crate::{FeeTiming, LoanAgreement, LoanSchedule, schedule::compiled::Amounts, schedule_under};
use wherewithal_base::{
    ErrorCode, Result,
    control::Control,
    dates::Date,
    error::At,
    num::{Decimal, Rounding},
};

/// Minor units of the currency. Sums of payments may exceed 64 bits.
pub(super) type Units = i128;

/// An installment, and the parts of it that are paid.
#[derive(Debug, Clone)]
pub(super) struct Bill {
    pub(super) number: usize,
    pub(super) due: Date,
    /// Interest and principal together.
    pub(super) payment: Units,
    pub(super) interest: Units,
    pub(super) charge: Charge,
    pub(super) late_fee: Units,
    pub(super) paid: Paid,
    pub(super) paid_on: Option<Date>,
}

/// The paid parts of an installment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Paid {
    pub(super) interest: Units,
    pub(super) principal: Units,
    pub(super) fees: Units,
    pub(super) late_fee: Units,
    pub(super) insurance: Units,
    pub(super) escrow: Units,
}

impl Bill {
    /// The unpaid interest and principal.
    pub(super) fn unpaid_payment(&self) -> Units {
        (self.payment - self.paid.interest - self.paid.principal).max(0)
    }

    pub(super) fn unpaid_interest(&self) -> Units {
        (self.interest - self.paid.interest).clamp(0, self.unpaid_payment())
    }

    pub(super) fn unpaid_principal(&self) -> Units {
        self.unpaid_payment() - self.unpaid_interest()
    }

    pub(super) fn unpaid_fees(&self) -> Units {
        self.charge.fees - self.paid.fees
    }

    pub(super) fn unpaid_late_fee(&self) -> Units {
        self.late_fee - self.paid.late_fee
    }

    pub(super) fn unpaid_insurance(&self) -> Units {
        self.charge.insurance - self.paid.insurance
    }

    pub(super) fn unpaid_escrow(&self) -> Units {
        self.charge.escrow - self.paid.escrow
    }

    /// The unpaid fees, insurance and escrow.
    pub(super) fn unpaid_charges(&self) -> Units {
        self.unpaid_fees() + self.unpaid_insurance() + self.unpaid_escrow()
    }

    /// The unpaid amount without the late fee.
    pub(super) fn unpaid_installment(&self) -> Units {
        self.unpaid_payment() + self.unpaid_charges()
    }

    pub(super) fn unpaid(&self) -> Units {
        self.unpaid_installment() + self.unpaid_late_fee()
    }

    pub(super) fn amount(&self) -> Units {
        self.payment + self.charge.fees + self.charge.insurance + self.charge.escrow
    }

    pub(super) fn output(&self, places: u32) -> Result<InstallmentDue> {
        let amount = |units: Units| Decimal::from_i128(units, places);
        Ok(InstallmentDue {
            number: self.number as u32,
            due_date: self.due,
            interest: amount(self.interest)?,
            principal: amount(self.payment - self.interest)?,
            fees: amount(self.charge.fees)?,
            mortgage_insurance: amount(self.charge.insurance)?,
            escrow: amount(self.charge.escrow)?,
            amount: amount(self.amount())?,
            late_fee: amount(self.late_fee)?,
            paid: amount(self.amount() + self.late_fee - self.unpaid())?,
            unpaid: amount(self.unpaid())?,
            paid_on: self.paid_on,
        })
    }
}

/// Charges of an installment other than interest and principal.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Charge {
    pub(super) fees: Units,
    pub(super) insurance: Units,
    pub(super) escrow: Units,
}

/// The charges of the agreement other than interest and principal, and its schedule.
pub(super) struct Charges {
    pub(super) contract: LoanSchedule,
    /// By payment, excluding the fees of the last payment.
    with_payments: Vec<Charge>,
    /// The fees of the last payment.
    pub(super) closing: Units,
    pub(super) initial_escrow: Units,
    /// The bills that are paid out of escrow.
    pub(super) escrow_bills: Vec<(Date, Units)>,
}

/// The faults of a loan that only its extra payments keep within its agreement.
const NEEDS_EXTRA_PAYMENTS: [ErrorCode; 3] =
    [ErrorCode::PaymentNeverRepays, ErrorCode::PaymentBelowInterest, ErrorCode::CreditLimitExceeded];

impl Charges {
    /// The charges of the schedule; beyond its last payment, those of the schedule without extra payments.
    pub(super) fn new(agreement: &LoanAgreement, places: u32, control: &Control<'_>) -> Result<Self> {
        let contract = schedule_under(agreement, control)?;
        // Exact, because the amounts of a schedule have no more places than the currency.
        let units = |amount: Decimal| amount.round(places, Rounding::Down).mantissa();
        let amounts = Amounts { places };
        let mut closing: Units = 0;
        for (position, fee) in agreement.fees.iter().enumerate() {
            if fee.timing == FeeTiming::LastPayment {
                let amount = amounts.at_least_zero(fee.amount).at("amount").at_index("fees", position)?;
                closing += Units::from(amount);
            }
        }
        let charges = |schedule: &LoanSchedule| -> Vec<Charge> {
            let last = schedule.number_of_payments;
            let charge = |row: &super::ScheduleRow| Charge {
                // The fees of the last payment are charged when the loan is repaid, which can be another payment.
                fees: units(row.fees) - if row.number == last { closing } else { 0 },
                insurance: units(row.mortgage_insurance),
                escrow: units(row.escrow),
            };
            schedule.schedule.iter().map(charge).collect()
        };
        let mut with_payments = charges(&contract);
        if !agreement.extra_payments.is_empty() {
            // Without extra payments the agreement may never be repaid; then only its own schedule exists.
            let without = LoanAgreement { extra_payments: Vec::new(), ..agreement.clone() };
            let longer = match schedule_under(&without, control) {
                Ok(schedule) => charges(&schedule),
                Err(error) if NEEDS_EXTRA_PAYMENTS.contains(&error.code()) => Vec::new(),
                Err(error) => return Err(error),
            };
            with_payments.extend(longer.into_iter().skip(with_payments.len()));
        }
        let account = contract.escrow.as_ref();
        Ok(Self {
            with_payments,
            closing,
            initial_escrow: account.map_or(0, |account| units(account.initial_deposit)),
            escrow_bills: account
                .map(|account| account.entries.iter().map(|entry| (entry.date, units(entry.disbursement))))
                .into_iter()
                .flatten()
                .collect(),
            contract,
        })
    }

    /// The charges of payment `number`, from 1; none beyond the end of the schedules.
    pub(super) fn with_payment(&self, number: usize) -> Charge {
        self.with_payments.get(number - 1).copied().unwrap_or_default()
    }
}

/// The allocation of a payment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Allocation {
    pub(super) fees: Units,
    pub(super) late_fees: Units,
    pub(super) interest: Units,
    pub(super) principal: Units,
    pub(super) extra: Units,
    pub(super) insurance: Units,
    pub(super) escrow: Units,
}

impl Allocation {
    pub(super) fn total(&self) -> Units {
        self.fees
            + self.late_fees
            + self.interest
            + self.principal
            + self.extra
            + self.insurance
            + self.escrow
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.fees += other.fees;
        self.late_fees += other.late_fees;
        self.interest += other.interest;
        self.principal += other.principal;
        self.extra += other.extra;
        self.insurance += other.insurance;
        self.escrow += other.escrow;
    }

    pub(super) fn output(&self, unapplied: Units, places: u32) -> Result<LedgerAllocation> {
        let amount = |units: Units| Decimal::from_i128(units, places);
        Ok(LedgerAllocation {
            fees: amount(self.fees)?,
            late_fees: amount(self.late_fees)?,
            interest: amount(self.interest)?,
            principal: amount(self.principal)?,
            extra_principal: amount(self.extra)?,
            mortgage_insurance: amount(self.insurance)?,
            escrow: amount(self.escrow)?,
            unapplied: amount(unapplied)?,
        })
    }
}
