//! Loans: level payments and their schedules, in exact decimals.

mod amortization;
mod comparison;
mod annual_percentage_rate;
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
pub use annual_percentage_rate::{
    AnnualPercentageRate, AnnualPercentageRateOfCharge, ChargeCategory, ChargeTreatment, ClosedEndCredit,
    ConstructionInterestBasis, ConstructionLoan, ConstructionLoanEstimate, CreditAdvance, CreditCharge,
    CreditPayment, CreditTimeUnit, EuCredit, FinanceCharge, FinanceChargeInput, PermanentFinancing,
    TransactionRegularity, UkCredit, UkCreditRules, UnitPeriod, UnitPeriodFlow, UnitPeriodInterval,
    YearlyCreditFlow, annual_percentage_rate, construction_loan_estimate, eu_annual_percentage_rate,
    finance_charge, uk_annual_percentage_rate,
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
