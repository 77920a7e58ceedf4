//! Decisions about loans: refinance, choose among offers, rent or buy, prepay or invest, and the ratios that lenders
//! use.
//!
//! Every posted amount is exact in the minor unit of the currency, so that the tables add up. Growth of prices, rents
//! and investments is an estimate: its factors are `f64`, and each amount computed with one is rounded where it is
//! posted.

mod amounts;
mod debt_to_income;
mod existing_loan;
mod loan_to_value;
mod monthly;
mod offers;
mod prepay_or_invest;
mod refinance;
mod rent_or_buy;

pub use debt_to_income::{
    DebtToIncomeInput, DebtToIncomeRatios, HousingExpense, LoanQuote, MonthlyObligation, RatioLimit,
    debt_to_income,
};
pub use existing_loan::ExistingLoan;
pub use loan_to_value::{
    LoanToValueInput, LoanToValueRatio, LoanToValueRatios, SubordinateLien, loan_to_value,
};
pub use offers::{
    BestOffer, ComparedOffer, LoanComparisonInput, LoanComparisonResult, LoanOffer, OfferBreakEven,
    OfferCost, compare_loans,
};
pub use prepay_or_invest::{
    MonthlyEmployerMatch, PrepayOrInvestInput, PrepayOrInvestMonth, PrepayOrInvestResult, RiskFreeComparison,
    StrategyOutcome, prepay_or_invest,
};
pub use refinance::{
    ClosingCostPayment, RefinanceAtHorizon, RefinanceBreakEven, RefinanceCosts, RefinanceInput,
    RefinanceLoan, RefinanceMonth, RefinanceResult, refinance,
};
pub use rent_or_buy::{
    HomePurchase, HomeRental, HomeTaxes, RentOrBuyInput, RentOrBuyResult, RentOrBuyYear, rent_or_buy,
};
