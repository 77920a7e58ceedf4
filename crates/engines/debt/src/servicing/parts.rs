//! The parts of the state of a loan that is being repaid.

use super::{
    bill::{Allocation, Paid, Units},
    output::{LedgerAccrual, LedgerEntry},
};
use crate::{InterestAccrual, LoanAgreement, schedule::compiled::Period};
use wherewithal_base::dates::Date;

/// The progress of the loan.
#[derive(Clone)]
pub(super) struct Clock {
    /// The number of the installment of the current period.
    pub(super) number: usize,
    pub(super) period: Period,
    /// The date up to which interest has accrued.
    pub(super) accrued_to: Date,
    /// The date since which the current balance has been owed.
    pub(super) segment_start: Date,
    /// The number of installments already checked for late fees.
    pub(super) late_checked: usize,
    /// The number of draws already paid out.
    pub(super) next_draw: usize,
}

/// The interest of the loan.
#[derive(Clone)]
pub(super) struct InterestAccount {
    /// Whether it accrues by the day.
    pub(super) daily: bool,
    /// The interest of the current period so far, exactly.
    pub(super) parts: u128,
    /// The interest of a promotion that has accrued and is not charged, exactly.
    pub(super) deferred: u128,
    /// The interest of the current period so far, rounded.
    pub(super) posted: Units,
    /// Interest that is charged and not paid.
    pub(super) owed: Units,
    /// The part of it that was owed on the last due date.
    pub(super) due: Units,
    pub(super) paid_to: Date,
    /// The interest of all periods that have ended.
    pub(super) of_periods: Units,
}

/// The money received.
#[derive(Clone, Default)]
pub(super) struct Receipts {
    /// The money paid in advance towards the installment of the current period.
    pub(super) advance: Paid,
    /// The money paid beyond installments in the current period.
    pub(super) extra: Units,
    pub(super) unapplied: Units,
    /// Money received for principal that takes effect on the due date.
    pub(super) designated: Units,
    /// The allocation of all payments.
    pub(super) paid: Allocation,
    /// The sum of all payments.
    pub(super) received: Units,
}

/// The end of the loan.
#[derive(Clone, Default)]
pub(super) struct Closing {
    /// Fees of the last payment that fell due without an installment.
    pub(super) fee: Units,
    pub(super) fee_charged: bool,
    /// Whether no principal is owed, so that no installment follows.
    pub(super) repaid: bool,
    /// The date on which everything was repaid.
    pub(super) date: Option<Date>,
}

/// Sums over the life of the loan.
#[derive(Clone, Default)]
pub(super) struct Totals {
    pub(super) drawn: Units,
    pub(super) capitalized: Units,
    pub(super) late_fees: Units,
}

/// The ledger so far.
#[derive(Clone, Default)]
pub(super) struct Journal {
    /// The interest charged since the last entry.
    pub(super) charged: Units,
    /// The accruals since the last entry.
    pub(super) accruals: Vec<LedgerAccrual>,
    pub(super) entries: Vec<LedgerEntry>,
}

impl Clock {
    /// The clock at the start of the first period.
    pub(super) fn at_start_of(period: Period) -> Self {
        let start = period.start;
        Self { number: 1, period, accrued_to: start, segment_start: start, late_checked: 0, next_draw: 0 }
    }
}

impl InterestAccount {
    /// A ledger without any accrual.
    pub(super) fn open(agreement: &LoanAgreement, start: Date) -> Self {
        Self {
            daily: matches!(agreement.accrual, InterestAccrual::Daily { .. }),
            parts: 0,
            deferred: 0,
            posted: 0,
            owed: 0,
            due: 0,
            paid_to: start,
            of_periods: 0,
        }
    }
}
