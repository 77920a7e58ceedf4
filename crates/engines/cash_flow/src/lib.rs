//! Cash flow: what comes in and goes out by period, payments that recur, budgets and forecasts from a ledger; dates that
//! recur, the cash flow of a property, what is saved, and how long money lasts.

mod amounts;
mod budget;
mod essential;
mod flows;
mod forecast;
#[cfg(test)]
mod ledgers;
mod property;
mod recurrence;
mod recurring;
mod runway;
mod savings_rate;
mod spending;
mod statement;

pub use budget::{
    AccountBalance, Budget, BudgetCategory, BudgetChange, BudgetInput, BudgetLine, BudgetMethod,
    BudgetPeriod, BudgetRollOver, PlannedBill, SafeToSpend, SafeToSpendInput, UnbudgetedSpending, budget,
};
pub use forecast::{
    AccountForecast, ExpectedPayment, ExpectedPaymentSource, Forecast, ForecastDay, ForecastHorizon,
    ForecastInput, PlannedPayment, forecast,
};
pub use property::{
    DepreciationMethod, DepreciationYear, PassiveLosses, PropertyCashFlow, PropertyDepreciation,
    PropertyDepreciationInput, PropertyExpense, PropertyIncome, PropertyLine, PropertyLoan, PropertyPurchase,
    PropertyRatio, PropertyRatios, PropertyRent, PropertyReturn, PropertySale, PropertySalePlan,
    PropertySaleTax, PropertyStatement, PropertyTaxes, PropertyTotals, PropertyYear, RecoveryPeriod,
    RentalPropertyInput, UndefinedRatio, depreciation, property,
};
pub use recurrence::{
    Occurrence, OccurrenceSkip, Occurrences, OccurrencesInput, RecurrenceDay, RecurrenceMonthEnd,
    RecurrenceRule, SkippedOccurrence, occurrences,
};
pub use recurring::{
    DoubleCharge, PriceChange, RecurrenceDetection, RecurringInput, RecurringPayment, RecurringSeries,
    RecurringStatus, RecurringTotal, RecurringTransactions, recurring,
};
pub use runway::{Runway, RunwayInput, runway};
pub use savings_rate::{
    HouseholdFlow, HouseholdFlowKind, SavingsBase, SavingsRate, SavingsRateInput, savings_rate,
};
pub use spending::{
    CategorySpending, SpendingInput, SpendingMonth, SpendingOutlier, SpendingTrends, spending,
};
pub use statement::{
    CardDebt, CashFlowBasis, CashFlowCategory, CashFlowComparison, CashFlowDifference, CashFlowEntry,
    CashFlowFigures, CashFlowLine, CashFlowPeriod, CashFlowStatement, CashFlowStatementInput, CashFlowTable,
    DebtService, StatementComparison, StatementPeriods, UnpaidCharges, statement,
};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as cash_flow;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_classification as classification;
    pub use wherewithal_debt as debt;
    pub use wherewithal_household as household;
    pub use wherewithal_ledger as ledger;
    pub use wherewithal_time_value as time_value;
}
