//! Cash flow: dates that recur, the cash flow of a property, what is saved, and how long money lasts.

mod amounts;
mod property;
mod recurrence;
mod runway;
mod savings_rate;

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
pub use runway::{Runway, RunwayInput, runway};
pub use savings_rate::{
    HouseholdFlow, HouseholdFlowKind, SavingsBase, SavingsRate, SavingsRateInput, savings_rate,
};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as cash_flow;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_debt as debt;
    pub use wherewithal_time_value as time_value;
}
