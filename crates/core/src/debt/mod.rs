//! Loans: level payments and their schedules, in exact decimals.

mod amortization;
mod comparison;
mod loan;
mod payment;
mod schedule;

pub use amortization::{Amortization, AmortizationRow, amortize};
pub use comparison::{
    BestOffer, ClosingCostPayment, ComparedLoans, ComparedOffer, DebtToIncome, DebtToIncomeRatios,
    EmployerMatch, ExistingLoan, HomePurchase, HomeRental, HomeTaxes, HousingExpense, LoanComparison,
    LoanOffer, LoanQuote, LoanToValue, LoanToValueRatio, LoanToValueRatios, MonthlyObligation,
    OfferBreakEven, OfferCost, PrepayOrInvest, PrepayOrInvestMonth, PrepayOrInvestResult, PurchaseMortgage,
    RatioLimit, Refinance, RefinanceAtHorizon, RefinanceBreakEven, RefinanceComparison, RefinanceCosts,
    RefinanceLoan, RefinanceMonth, RentOrBuy, RentOrBuyResult, RentOrBuyYear, RiskFreeComparison,
    StrategyOutcome, SubordinateLien, compare_loans, debt_to_income, loan_to_value, prepay_or_invest,
    refinance, rent_or_buy,
};
pub use loan::Loan;
pub use schedule::{
    AccruedBalance, AdjustableRate, AfterExtraPayment, Draw, Escrow, EscrowAccount, EscrowEntry, EscrowItem,
    ExtraPayment, ExtraPaymentRepeat, FeeTiming, FinalPayment, IndexValue, InterestAccrual, LoanAgreement,
    LoanClosing, LoanFee, LoanSchedule, LoanUnknown, MortgageInsurance, MortgageInsuranceEnd, OddFirstPeriod,
    Offset, PaymentAllocation, PaymentQuestion, PaymentReason, PaymentRounding, PaymentStep, PaymentTrail,
    PremiumBasis, RateAdjustment, Repayment, ScheduleRow, SolvedLoan, UnknownLoan, UnpaidInterest,
    explain_payment, schedule, solve,

mod payoff;

pub use payoff::{
    MinimumPayment, PayoffBaseline, PayoffBudget, PayoffBudgetChange, PayoffComparison, PayoffComparisonRequest,
    PayoffDebt, PayoffDebtSummary, PayoffExtraPayment, PayoffMinimumRule, PayoffMonth, PayoffPlan, PayoffProof,
    PayoffProofStatus, PayoffRequest, PayoffRow, PayoffStrategy, PayoffStrategyName, PayoffStrategyResult,
    PromotionalRate, payoff_compare, payoff_plan,
};
