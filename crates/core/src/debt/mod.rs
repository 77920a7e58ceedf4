//! Loans: level payments and their schedules, in exact decimals.

mod amortization;
mod loan;
mod payment;
mod schedule;

pub use amortization::{Amortization, AmortizationRow, amortize};
pub use loan::Loan;
pub use schedule::{
    AccruedBalance, AdjustableRate, AfterExtraPayment, Draw, Escrow, EscrowAccount, EscrowEntry, EscrowItem,
    ExtraPayment, ExtraPaymentRepeat, FeeTiming, FinalPayment, IndexValue, InterestAccrual, LoanAgreement,
    LoanClosing, LoanFee, LoanSchedule, LoanUnknown, MortgageInsurance, MortgageInsuranceEnd, OddFirstPeriod,
    Offset, PaymentAllocation, PaymentQuestion, PaymentReason, PaymentRounding, PaymentStep, PaymentTrail,
    PremiumBasis, RateAdjustment, Repayment, ScheduleRow, SolvedLoan, UnknownLoan, UnpaidInterest,
    explain_payment, schedule, solve,
};
