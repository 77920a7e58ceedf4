//! Loans: level payments and their schedules, in exact decimals.

mod amortization;
mod loan;
mod payment;
mod schedule;

pub use amortization::{Amortization, AmortizationRow, amortize};
pub use loan::Loan;
pub use schedule::{
    AdjustableRate, AfterExtraPayment, Draw, Escrow, EscrowAccount, EscrowEntry, EscrowItem, ExtraPayment,
    ExtraPaymentRepeat, FeeTiming, FinalPayment, IndexValue, InterestAccrual, LoanAgreement, LoanClosing,
    LoanFee, LoanSchedule, MortgageInsurance, MortgageInsuranceEnd, OddFirstPeriod, Offset, PaymentReason,
    PaymentRounding, PaymentStep, PremiumBasis, RateAdjustment, Repayment, ScheduleRow, UnpaidInterest,
    schedule,
};
