//! The tax on the income of a year so far.

use super::{
    super::{
        compiled::CompiledPlan,
        taxes::{TaxBill, TaxYear},
    },
    record::YearRecord,
    state::PathState,
};

/// The tax on the income in a record.
pub(super) fn bill(plan: &CompiledPlan, state: &PathState, record: &YearRecord) -> TaxBill {
    let year = TaxYear { price_level: record.price_level };
    plan.taxes.bill(&record.taxable, state.filing(record.year), year)
}
