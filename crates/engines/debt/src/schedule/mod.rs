//! The general loan: agreements, their schedules, and the parts of each payment.

pub(crate) mod accrual;
mod adjustable_rate;
mod agreement;
mod build;
mod charges;
pub(crate) mod compiled;
mod compiled_events;
pub(crate) mod engine;
mod escrow;
mod events;
mod flat;
mod insurance;
mod level;
mod output;
pub(crate) mod payment_dates;
mod solve;
mod trail;

pub use adjustable_rate::{AdjustableRate, IndexValue, RateAdjustment};
pub use agreement::{
    AfterExtraPayment, DeferredInterest, Draw, FinalPayment, FlatAllotment, InterestAccrual, LoanAgreement,
    OddFirstPeriod, Offset, PaymentRounding, PaymentStep, Repayment, UnpaidInterest,
};
pub use build::{schedule, schedule_under};
pub use charges::{Escrow, EscrowItem, FeeTiming, LoanFee, PremiumBasis, PrivateMortgageInsurance};
pub use engine::PaymentReason;
pub use events::{
    BreakPayment, ExtraPayment, ExtraPaymentRepeat, ExtraPaymentTiming, OtherPayments, PaymentBreak,
    RateChange,
};
pub use output::{
    EscrowAccount, EscrowEntry, LoanClosing, LoanSchedule, PrivateMortgageInsuranceEnd, ScheduleRow,
};
pub use solve::{LoanUnknown, SolveLoanInput, SolvedLoan, solve, solve_under};
pub use trail::{
    AccruedBalance, PaymentAllocation, PaymentTrail, PaymentTrailInput, explain_payment,
    explain_payment_under,
};

#[cfg(test)]
mod tests;
