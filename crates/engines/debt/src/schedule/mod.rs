//! The general loan: agreements, their schedules, and the parts of each payment.

pub(crate) mod accrual;
mod adjustable_rate;
mod agreement;
mod build;
mod charges;
pub(crate) mod compiled;
pub(crate) mod engine;
mod escrow;
mod insurance;
mod level;
mod output;
mod solve;
mod trail;

pub use adjustable_rate::{AdjustableRate, IndexValue, RateAdjustment};
pub use agreement::{
    AfterExtraPayment, Draw, ExtraPayment, ExtraPaymentRepeat, FinalPayment, InterestAccrual, LoanAgreement,
    OddFirstPeriod, Offset, PaymentRounding, PaymentStep, Repayment, UnpaidInterest,
};
pub use build::schedule;
pub use charges::{Escrow, EscrowItem, FeeTiming, LoanFee, PremiumBasis, PrivateMortgageInsurance};
pub use engine::PaymentReason;
pub use output::{
    EscrowAccount, EscrowEntry, LoanClosing, LoanSchedule, PrivateMortgageInsuranceEnd, ScheduleRow,
};
pub use solve::{LoanUnknown, SolveLoanInput, SolvedLoan, solve};
pub use trail::{AccruedBalance, PaymentAllocation, PaymentTrail, PaymentTrailInput, explain_payment};

#[cfg(test)]
mod tests;
