//! Loan servicing: payments as received, payoff quotes, and the remaining schedule.

mod accrue;
mod apply;
mod bill;
mod bills;
mod input;
mod ledger;
mod output;
mod parts;
mod payoff;
mod policy;
mod post;
mod remaining;
mod standing;

use super::ScheduleRow;
pub use input::{
    CatchUp, LateFee, LoanLedgerInput, OverduePrincipal, PartialPayments, PaymentPart, PaymentPurpose,
    PayoffQuoteInput, PenaltyAmount, PrepaymentPenalty, ReceivedPayment, RemainingScheduleInput,
    ServicingPolicy,
};
pub use output::{
    ContractComparison, DailyPayoff, InstallmentDue, LedgerAccrual, LedgerAllocation, LedgerBalances,
    LedgerEntry, LedgerEntryKind, LoanLedger, LoanStanding, PastDueAmount, PayoffQuote, RemainingSchedule,
    SchedulePosition, ScheduleVariance,
};
pub use payoff::{payoff_quote, payoff_quote_under};
pub use post::{post_payments, post_payments_under};
pub use remaining::{remaining_schedule, remaining_schedule_under};

#[cfg(test)]
mod tests;
