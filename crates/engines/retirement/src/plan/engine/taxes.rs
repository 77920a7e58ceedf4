//! The tax on the income of a year so far.

use super::{
    super::{
        compiled::CompiledPlan,
        taxes::{TaxBill, TaxYear},
    },
    record::YearRecord,
    state::PathState,
};

/// The tax on the income in a record without what comes once and belongs to the accounts.
pub(super) fn regular_bill(plan: &CompiledPlan, state: &PathState, record: &YearRecord) -> TaxBill {
    let year = TaxYear { price_level: record.price_level };
    let mut income = record.taxable;
    income.ordinary -= record.once.ordinary;
    income.long_term_gains -= record.once.long_term_gains;
    plan.taxes.bill(&income, state.filing(record.year), year)
}

/// The tax on the income in a record.
pub(super) fn bill(plan: &CompiledPlan, state: &PathState, record: &YearRecord) -> TaxBill {
    let year = TaxYear { price_level: record.price_level };
    plan.taxes.bill(&record.taxable, state.filing(record.year), year)
}
