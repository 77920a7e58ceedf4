//! The tax on the income of a year so far.

use super::{
    super::{
        compiled::CompiledPlan,
        taxes::{MonthsBefore, TaxBill, TaxableIncome},
    },
    record::YearRecord,
    state::PathState,
};

/// The tax on the income in a record without what comes once and belongs to the accounts.
pub(super) fn regular_bill(plan: &CompiledPlan, state: &PathState, record: &YearRecord) -> TaxBill {
    plan.taxes.bill(&regular_income(record), state.filing(record.year), record.tax_year())
}

fn regular_income(record: &YearRecord) -> TaxableIncome {
    let mut income = record.taxable;
    income.ordinary -= record.once.ordinary;
    income.long_term_gains -= record.once.long_term_gains;
    income
}

/// Notes what was earned and taxed in the months of the year before the plan starts: the regular income in a record went
/// before it at the same rate.
pub(super) fn note_months_before(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord) {
    if record.part < 1.0 {
        record.months_before = None;
        let (income, filing) = (regular_income(record), state.filing(record.year));
        let before = MonthsBefore::new(&plan.taxes, &income, record.part, filing, record.tax_year());
        record.months_before = Some(before);
    }
}

/// The tax on the income in a record.
pub(super) fn bill(plan: &CompiledPlan, state: &PathState, record: &YearRecord) -> TaxBill {
    plan.taxes.bill(&record.taxable, state.filing(record.year), record.tax_year())
}
