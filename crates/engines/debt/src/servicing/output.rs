//! The ledger of a loan, a payoff quote and a remaining schedule, as they are returned.

use crate::ScheduleRow;
use wherewithal_base::{
    dates::{Date, DayCount},
    num::Decimal,
    wire::Wire,
};

/// Everything that happened to a loan up to a day, and its state on that day.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanLedger {
    /// The state of the loan on the day that was asked for.
    pub standing: LoanStanding,
    /// How the loan differs from its schedule on that day.
    pub variance: ScheduleVariance,
    /// The installments that have fallen due, in order.
    pub installments: Vec<InstallmentDue>,
    /// What happened, in order. On one day, what falls due comes first, then late fees, payments and draws.
    pub entries: Vec<LedgerEntry>,
}

/// The state of a loan on a day.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanStanding {
    /// The day.
    pub as_of: Date,
    /// The principal that is owed, whether due or not.
    pub principal: Decimal,
    /// Interest that has fallen due or been charged and is not paid. By the day, all interest up to `asOf`.
    pub unpaid_interest: Decimal,
    /// Interest of the current period up to `asOf` that is not in `unpaidInterest`; zero where interest accrues by the
    /// day.
    pub accrued_interest: Decimal,
    /// Fees that are due and not paid, late fees included.
    pub unpaid_fees: Decimal,
    /// Premiums of mortgage insurance that are due and not paid.
    pub unpaid_mortgage_insurance: Decimal,
    /// Deposits to escrow that are due and not paid.
    pub unpaid_escrow: Decimal,
    /// What the escrow account holds after deposits and bills.
    pub escrow_balance: Decimal,
    /// What the lender has paid for bills beyond what the account held.
    pub escrow_advance: Decimal,
    /// Money that was received and is not applied: held for an installment, or more than is owed.
    pub unapplied: Decimal,
    /// What is past due: installments whose due date lies before `asOf`.
    pub past_due: PastDueAmount,
    /// How many days the oldest of them is past due; 0 when none is.
    pub days_past_due: i32,
    /// How many installments are past due.
    pub installments_past_due: u32,
    /// The due date of the first installment on or after `asOf` that is not paid in full; null when none follows.
    pub next_due_date: Option<Date>,
    /// What is still to be paid for it; null with `nextDueDate`. What is past due is not included, nor is
    /// unapplied money deducted.
    pub next_due_amount: Option<Decimal>,
    /// The due date up to which all installments are paid in full; null before the first one is.
    pub paid_to: Option<Date>,
    /// The day up to which interest is paid.
    pub interest_paid_to: Date,
    /// The day on which all was repaid; null while something is owed.
    pub closed_on: Option<Date>,
    /// The sum of all payments received.
    pub total_received: Decimal,
    /// The sum of the principal repaid.
    pub total_principal_paid: Decimal,
    /// The sum of the interest paid.
    pub total_interest_paid: Decimal,
    /// The sum of the interest added to the principal, as far as the agreement lets it.
    pub total_interest_capitalized: Decimal,
    /// The sum of the late fees charged.
    pub total_late_fees: Decimal,
}

/// What is past due, by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PastDueAmount {
    /// Interest.
    pub interest: Decimal,
    /// Principal.
    pub principal: Decimal,
    /// Fees of the agreement.
    pub fees: Decimal,
    /// Late fees, whenever they were charged.
    pub late_fees: Decimal,
    /// Premiums of mortgage insurance.
    pub mortgage_insurance: Decimal,
    /// Deposits to escrow.
    pub escrow: Decimal,
    /// The sum of all these.
    pub total: Decimal,
}

/// How a loan differs from its schedule on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct ScheduleVariance {
    /// Behind where something is past due, ahead where less principal is owed than scheduled.
    pub position: SchedulePosition,
    /// The principal that the schedule would have owed after its payments up to that day.
    pub scheduled_principal: Decimal,
    /// The principal owed less that: negative when more was repaid.
    pub principal: Decimal,
    /// The interest that the schedule charges up to that day.
    pub scheduled_interest: Decimal,
    /// The interest charged with the installments up to that day less that: negative when it costs less.
    pub interest: Decimal,
}

/// Where a loan stands against its schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum SchedulePosition {
    /// Nothing is past due, and less principal is owed.
    Ahead,
    /// Nothing is past due, and as much principal is owed, or more.
    OnSchedule,
    /// Something is past due.
    Behind,
}

/// An installment that has fallen due, and what of it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct InstallmentDue {
    /// The number of the payment, from 1. After the last one of the agreement, each further period in which something is
    /// owed bears a number of its own.
    pub number: u32,
    /// When it is due.
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
    /// The late fee that it bears.
    pub late_fee: Decimal,
    /// What of it and its late fee is paid.
    pub paid: Decimal,
    /// What of it and its late fee is not.
    pub unpaid: Decimal,
    /// When it was paid in full, late fee included; null while it is not. A payment in advance counts on the due date.
    pub paid_on: Option<Date>,
}

/// Something that happened to a loan.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerEntry {
    /// The day.
    pub date: Date,
    /// What happened.
    pub kind: LedgerEntryKind,
    /// The number of the installment that fell due or bears the late fee; null for other entries.
    pub number: Option<u32>,
    /// The `id` of the payment; null for other entries.
    pub payment_id: Option<String>,
    /// How much was advanced, drawn, due, charged or paid; zero where unapplied money is applied.
    pub amount: Decimal,
    /// The interest that was charged since the entry before, rounded.
    pub interest_charged: Decimal,
    /// How much of it was added to the principal.
    pub interest_capitalized: Decimal,
    /// The balances that it accrued on.
    pub accruals: Vec<LedgerAccrual>,
    /// Where a payment went; zeros for other entries.
    pub allocation: LedgerAllocation,
    /// The state after it.
    pub balances: LedgerBalances,
}

/// What an entry of a ledger is.
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
    /// A fee of the last payment fell due, because the loan was repaid.
    ClosingFee,
    /// A payment was received.
    Payment,
    /// Money that had been received before was applied.
    UnappliedFunds,
    /// Interest accrued up to the last day of the ledger.
    Accrual,
}

/// Time over which interest accrued on one balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LedgerAccrual {
    /// The first day.
    pub start: Date,
    /// The last day, not counted.
    pub end: Date,
    /// What interest accrues on: principal, less what savings set off.
    pub balance: Decimal,
    /// The days by the day count.
    pub days: i32,
    /// The day count of days that are charged by the day.
    pub day_count: DayCount,
    /// The fraction of a year that it makes of those days: exact, or rounded to 28 digits. A regular period of a loan that
    /// accrues by the period costs the same whatever this is.
    pub day_count_fraction: Decimal,
    /// The nominal annual rate in force.
    pub annual_rate: Decimal,
    /// What one unit of the balance costs over this time: exact, or rounded to 28 digits.
    pub rate: Decimal,
    /// What the balance costs, before rounding. What rounding leaves over within a period is carried to its next
    /// entry, so that a period's interest is rounded once.
    pub interest: Decimal,
}

/// Where a payment went. All parts and `unapplied` add up to its amount.
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
    /// What is held unapplied; negative where money held before is applied.
    pub unapplied: Decimal,
}

/// The state of a loan after an entry of its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LedgerBalances {
    /// The principal that is owed.
    pub principal: Decimal,
    /// Interest that was charged and is not paid.
    pub interest: Decimal,
    /// Fees, late fees included, that are due and not paid.
    pub fees: Decimal,
    /// Premiums of mortgage insurance and deposits to escrow that are due and not paid.
    pub escrow: Decimal,
    /// Money that is not applied.
    pub unapplied: Decimal,
}

/// What pays a loan off on a day.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PayoffQuote {
    /// The day.
    pub date: Date,
    /// The principal that is owed.
    pub principal: Decimal,
    /// Interest that had fallen due before, and is not paid.
    pub unpaid_interest: Decimal,
    /// Interest that has accrued since, and is not paid.
    pub accrued_interest: Decimal,
    /// The day from which it accrued: the last due date or, by the day, the last payment.
    pub accrued_from: Date,
    /// The days of the calendar since then.
    pub accrued_days: i32,
    /// What one more day costs, before rounding to the minor unit: the principal that bears interest times the
    /// annual rate, for one day of the day count; rounded half to even to 12 decimal places.
    pub per_diem: Decimal,
    /// Fees of the agreement that are due, or fall due with the last payment.
    pub fees: Decimal,
    /// Late fees that are not paid.
    pub late_fees: Decimal,
    /// Premiums of mortgage insurance that are due and not paid.
    pub mortgage_insurance: Decimal,
    /// Deposits to escrow that are due and not paid.
    pub escrow: Decimal,
    /// The prepayment penalty.
    pub prepayment_penalty: Decimal,
    /// Money that was received and not applied, which is deducted.
    pub unapplied: Decimal,
    /// What is to be paid: all these, less `unapplied`; zero when that is enough.
    pub total: Decimal,
    /// What is refunded besides because more was received than is owed.
    pub overpayment: Decimal,
    /// What is refunded out of escrow once the loan is paid off. It is not deducted from `total`.
    pub escrow_refund: Decimal,
    /// The totals of the days up to `goodThrough`, this day included. A due date on the way changes them by what falls
    /// due then.
    pub daily_totals: Vec<DailyPayoff>,
}

/// What pays a loan off on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct DailyPayoff {
    /// The day.
    pub date: Date,
    /// All interest that is owed on it.
    pub interest: Decimal,
    /// What is to be paid.
    pub total: Decimal,
}

/// The schedule of a loan from a day on, given what was paid before.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct RemainingSchedule {
    /// The state of the loan on that day.
    pub standing: LoanStanding,
    /// One row for each payment after that day, catching up included. Interest is what the payment pays of it.
    pub schedule: Vec<ScheduleRow>,
    /// When the loan is repaid; null when it is repaid already and no payment follows.
    pub payoff_date: Option<Date>,
    /// The sum of the interest of the rows.
    pub remaining_interest: Decimal,
    /// The sum of all that is paid in the rows.
    pub remaining_total: Decimal,
    /// The interest of the whole loan: what was paid or capitalized before and the rows.
    pub total_interest: Decimal,
    /// How it compares with the schedule as it was agreed.
    pub comparison: ContractComparison,
}

/// How a loan, given what was paid, compares with the schedule as it was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct ContractComparison {
    /// When the schedule repays the loan.
    pub contract_payoff_date: Date,
    /// The interest of the schedule.
    pub contract_interest: Decimal,
    /// That less the interest of the whole loan: negative when it costs more.
    pub interest_saved: Decimal,
    /// How many whole months before the schedule the loan is repaid; negative when later.
    pub months_saved: i32,
    /// How many fewer payments remain than in the schedule; negative when more.
    pub payments_saved: i32,
}
