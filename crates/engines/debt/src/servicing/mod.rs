//! Loan servicing: payments as received, payoff quotes, and the remaining schedule.

mod accrue;
mod apply;
mod bill;
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
pub use payoff::payoff_quote;
pub use post::post_payments;
pub use remaining::remaining_schedule;

#[cfg(test)]
mod tests;
