//! The output types of a ledger, a payoff quote and a remaining schedule.

use crate::ScheduleRow;
use wherewithal_base::{
    dates::{Date, DayCount},
    num::Decimal,
    wire::Wire,
};

/// The ledger of a loan up to a date, and its state on that date.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanLedger {
    /// The state of the loan on the date of the ledger.
    pub standing: LoanStanding,
    /// How the loan differs from its schedule on that date.
    pub variance: ScheduleVariance,
    /// The installments that have fallen due, in order.
    pub installments: Vec<InstallmentDue>,
    /// The entries, in order. On the same date, installments come first, then late fees, payments and draws.
    pub entries: Vec<LedgerEntry>,
}

/// The state of a loan on a date.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanStanding {
    /// The date.
    pub as_of: Date,
    /// The principal owed, whether due or not.
    pub principal: Decimal,
    /// Interest that is due or charged and not paid. If interest accrues by the day, all unpaid interest up to `asOf`.
    pub unpaid_interest: Decimal,
    /// Interest of the current period up to `asOf` that is not in `unpaidInterest`; zero if interest accrues by the
    /// day.
    pub accrued_interest: Decimal,
    /// Unpaid fees that are due, late fees included.
    pub unpaid_fees: Decimal,
    /// Unpaid premiums of mortgage insurance that are due.
    pub unpaid_mortgage_insurance: Decimal,
    /// Unpaid escrow deposits that are due.
    pub unpaid_escrow: Decimal,
    /// The balance of the escrow account after deposits and bills.
    pub escrow_balance: Decimal,
    /// The lender's advances for bills beyond the balance of the escrow account.
    pub escrow_advance: Decimal,
    /// Money received but not applied: held for an installment, or more than is owed.
    pub unapplied: Decimal,
    /// The amounts past due: of installments due before `asOf`.
    pub past_due: PastDueAmount,
    /// The days that the oldest of them is past due; 0 if none is.
    pub days_past_due: i32,
    /// The number of installments past due.
    pub installments_past_due: u32,
    /// The due date of the first installment on or after `asOf` that is not paid in full; null if there is none.
    pub next_due_date: Option<Date>,
    /// The amount still to be paid for it; null if `nextDueDate` is. Amounts past due are not included, and unapplied
    /// money is not deducted.
    pub next_due_amount: Option<Decimal>,
    /// The due date up to which all installments are paid in full; null until the first one is.
    pub paid_to: Option<Date>,
    /// The date up to which interest is paid.
    pub interest_paid_to: Date,
    /// The date on which everything was repaid; null while anything is owed.
    pub closed_on: Option<Date>,
    /// The sum of all payments received.
    pub total_received: Decimal,
    /// The sum of the principal repaid.
    pub total_principal_paid: Decimal,
    /// The sum of the interest paid.
    pub total_interest_paid: Decimal,
    /// The sum of the interest added to the principal under the agreement.
    pub total_interest_capitalized: Decimal,
    /// The sum of the late fees charged.
    pub total_late_fees: Decimal,
}

/// The amounts past due, by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PastDueAmount {
    /// Interest.
    pub interest: Decimal,
    /// Principal.
    pub principal: Decimal,
    /// Fees of the agreement.
    pub fees: Decimal,
    /// Late fees, regardless of when they were charged.
    pub late_fees: Decimal,
    /// Premiums of mortgage insurance.
    pub mortgage_insurance: Decimal,
    /// Deposits to escrow.
    pub escrow: Decimal,
    /// The sum of all these.
    pub total: Decimal,
}

/// How a loan differs from its schedule on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct ScheduleVariance {
    /// Behind if anything is past due; ahead if less principal is owed than scheduled.
    pub position: SchedulePosition,
    /// The principal owed by the schedule after its payments up to that date.
    pub scheduled_principal: Decimal,
    /// The principal owed less the scheduled principal: negative if more was repaid.
    pub principal: Decimal,
    /// The interest charged by the schedule up to that date.
    pub scheduled_interest: Decimal,
    /// The interest charged with the installments up to that date less the scheduled interest: negative if it is less.
    pub interest: Decimal,
}

/// The position of a loan relative to its schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum SchedulePosition {
    /// Nothing is past due, and less principal is owed.
    Ahead,
    /// Nothing is past due, and as much principal is owed, or more.
    OnSchedule,
    /// Something is past due.
    Behind,
}

/// An installment that has fallen due, with what has been paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct InstallmentDue {
    /// The number of the payment, from 1. The numbering continues after the last payment of the agreement while
    /// anything is owed.
    pub number: u32,
    /// The due date.
    pub due_date: Date,
    /// The interest of the period that is due with it.
    pub interest: Decimal,
    /// The principal that is due with it.
    pub principal: Decimal,
    /// The fees of the agreement that are due with it.
    pub fees: Decimal,
    /// The premium of mortgage insurance.
    pub mortgage_insurance: Decimal,
    /// The deposit to escrow.
    pub escrow: Decimal,
    /// The sum of all these.
    pub amount: Decimal,
    /// The late fee charged for it.
    pub late_fee: Decimal,
    /// The paid part of the amount and the late fee.
    pub paid: Decimal,
    /// The unpaid part of the amount and the late fee.
    pub unpaid: Decimal,
    /// The date on which it was paid in full, late fee included; null until then. A payment in advance counts on the
    /// due date.
    pub paid_on: Option<Date>,
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerEntry {
    /// The date.
    pub date: Date,
    /// The event.
    pub kind: LedgerEntryKind,
    /// The number of the installment that fell due or incurred the late fee; null for other entries.
    pub number: Option<u32>,
    /// The `id` of the payment; null for other entries.
    pub payment_id: Option<String>,
    /// The amount advanced, drawn, due, charged or paid; zero if unapplied money is applied.
    pub amount: Decimal,
    /// The interest charged since the previous entry, rounded.
    pub interest_charged: Decimal,
    /// The part of it that was added to the principal.
    pub interest_capitalized: Decimal,
    /// The balances on which it accrued.
    pub accruals: Vec<LedgerAccrual>,
    /// The allocation of a payment; zeros for other entries.
    pub allocation: LedgerAllocation,
    /// The state after the entry.
    pub balances: LedgerBalances,
}

/// The kind of a ledger entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum LedgerEntryKind {
    /// The principal was advanced.
    Advance,
    /// A further advance was made.
    Draw,
    /// An installment fell due.
    InstallmentDue,
    /// A late fee was charged.
    LateFee,
    /// The fees of the last payment fell due because the loan was repaid.
    ClosingFee,
    /// A payment was received.
    Payment,
    /// Money received earlier was applied.
    UnappliedFunds,
    /// Interest accrued up to the last day of the ledger.
    Accrual,
}

/// A time during which interest accrued on one balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LedgerAccrual {
    /// The first day.
    pub start: Date,
    /// The end of the time, excluded.
    pub end: Date,
    /// The balance that bears interest: the principal less offsets.
    pub balance: Decimal,
    /// The days by the day count.
    pub days: i32,
    /// The day count for days that are charged by the day.
    pub day_count: DayCount,
    /// Those days as a fraction of a year by the day count: exact, or rounded to 28 digits. It does not affect a
    /// regular period if interest accrues by the period.
    pub day_count_fraction: Decimal,
    /// The nominal annual rate in force.
    pub annual_rate: Decimal,
    /// The interest on one unit of the balance for this time: exact, or rounded to 28 digits.
    pub rate: Decimal,
    /// The interest on the balance, before rounding. Rounding differences within a period carry over to its next entry,
    /// so that the interest of a period is rounded once.
    pub interest: Decimal,
}

/// The allocation of a payment. All parts and `unapplied` add up to its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LedgerAllocation {
    /// Fees of the agreement.
    pub fees: Decimal,
    /// Late fees.
    pub late_fees: Decimal,
    /// Interest.
    pub interest: Decimal,
    /// Principal of installments.
    pub principal: Decimal,
    /// Principal beyond installments.
    pub extra_principal: Decimal,
    /// Premiums of mortgage insurance.
    pub mortgage_insurance: Decimal,
    /// Deposits to escrow.
    pub escrow: Decimal,
    /// Money held unapplied; negative if money held earlier is applied.
    pub unapplied: Decimal,
}

/// The state of a loan after an entry of its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LedgerBalances {
    /// The principal owed.
    pub principal: Decimal,
    /// Interest that is charged and not paid.
    pub interest: Decimal,
    /// Unpaid fees that are due, late fees included.
    pub fees: Decimal,
    /// Unpaid premiums of mortgage insurance and escrow deposits that are due.
    pub escrow: Decimal,
    /// Money that is not applied.
    pub unapplied: Decimal,
}

/// The amount that pays a loan off on a date.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PayoffQuote {
    /// The date.
    pub date: Date,
    /// The principal owed.
    pub principal: Decimal,
    /// Unpaid interest that fell due earlier.
    pub unpaid_interest: Decimal,
    /// Unpaid interest that has accrued since then.
    pub accrued_interest: Decimal,
    /// The date from which it accrued: the last due date or, if interest accrues by the day, the last payment.
    pub accrued_from: Date,
    /// The calendar days since that date.
    pub accrued_days: i32,
    /// The interest of one more day, before rounding to the minor unit: the principal that bears interest times the
    /// annual rate, for one day of the day count; rounded half to even to 12 decimal places.
    pub per_diem: Decimal,
    /// Fees of the agreement that are due or fall due with the last payment.
    pub fees: Decimal,
    /// Unpaid late fees.
    pub late_fees: Decimal,
    /// Unpaid premiums of mortgage insurance that are due.
    pub mortgage_insurance: Decimal,
    /// Unpaid escrow deposits that are due.
    pub escrow: Decimal,
    /// The prepayment penalty.
    pub prepayment_penalty: Decimal,
    /// Money received but not applied, which is deducted.
    pub unapplied: Decimal,
    /// The amount to pay: the sum of all these, less `unapplied`; never below zero.
    pub total: Decimal,
    /// The refund if more was received than is owed.
    pub overpayment: Decimal,
    /// The refund from escrow once the loan is paid off. It is not deducted from `total`.
    pub escrow_refund: Decimal,
    /// The total for each date up to `goodThrough`, inclusive. On a due date in between, the total changes by what
    /// falls due.
    pub daily_totals: Vec<DailyPayoff>,
}

/// The amount that pays a loan off on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct DailyPayoff {
    /// The date.
    pub date: Date,
    /// All interest owed on that date.
    pub interest: Decimal,
    /// The amount to pay.
    pub total: Decimal,
}

/// The schedule of a loan from a date on, given the payments received.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct RemainingSchedule {
    /// The state of the loan on that date.
    pub standing: LoanStanding,
    /// One row for each payment after that date, overdue amounts included. The interest is the part that the payment
    /// pays.
    pub schedule: Vec<ScheduleRow>,
    /// The date on which the loan is repaid; null if it is already repaid and no payment follows.
    pub payoff_date: Option<Date>,
    /// The sum of the interest of the rows.
    pub remaining_interest: Decimal,
    /// The sum of all payments in the rows.
    pub remaining_total: Decimal,
    /// The interest of the whole loan: paid or capitalized so far, and in the rows.
    pub total_interest: Decimal,
    /// The comparison with the agreed schedule.
    pub comparison: ContractComparison,
}

/// A loan, given the payments received, compared with the agreed schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct ContractComparison {
    /// The payoff date of the agreed schedule.
    pub contract_payoff_date: Date,
    /// The interest of the agreed schedule.
    pub contract_interest: Decimal,
    /// The interest of the agreed schedule less that of the whole loan: negative if the loan costs more.
    pub interest_saved: Decimal,
    /// The whole months by which the loan is repaid early; negative if it is late.
    pub months_saved: i32,
    /// The number of payments saved compared with the agreed schedule; negative if there are more.
    pub payments_saved: i32,
}
