//! The cash flow of a rental property.
//!
//! `input` is what the caller says, `loans` is the debt service, `operation` walks from year to year, `taxes` is what the
//! owner pays or saves, `ratios` and `returns` are the figures of the answer, `depreciation` the law's deduction for a
//! building.

mod depreciation;
mod depreciation_tables;
mod input;
mod loans;
mod operation;
mod output;
mod ratios;
mod returns;
mod taxes;
#[cfg(test)]
mod tests;

pub use depreciation::{
    DepreciationMethod, DepreciationYear, PropertyDepreciation, PropertyDepreciationInput, RecoveryPeriod,
    depreciation,
};
pub use input::{
    PassiveLosses, PropertyExpense, PropertyIncome, PropertyLoan, PropertyPurchase, PropertyRent,
    PropertySalePlan, PropertyTaxes, RentalPropertyInput,
};
pub use operation::property;
pub use output::{
    PropertyCashFlow, PropertyLine, PropertyRatio, PropertyRatios, PropertyReturn, PropertySale,
    PropertySaleTax, PropertyStatement, PropertyTotals, PropertyYear, UndefinedRatio,
};
