//! Payments due in addition to living expenses.

use super::{super::compiled::CompiledPlan, record::YearRecord, state::PathState};

/// Expenses, education, care, debts and costs of properties.
#[expect(clippy::indexing_slicing, reason = "care is for one of the people, and each year has its payments")]
pub(super) fn owe(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord) {
    let (year, price_level, part) = (record.year, record.price_level, record.part);
    for (expense, amount) in plan.expenses.iter().zip(&mut record.expenses) {
        *amount = expense.amount.at(year, price_level) * part;
        if !expense.is_essential {
            record.optional += *amount;
            continue;
        }
        record.due += *amount;
        if expense.is_health {
            record.health += *amount;
        }
    }
    for (education, amount) in plan.education.iter().zip(&mut record.education) {
        *amount = education.amount.at(year, price_level) * part;
        record.due += *amount;
    }
    for ((care, needed), amount) in plan.care.iter().zip(&state.needs_care).zip(&mut record.care) {
        let last = state.last_years[care.person];
        let is_due = *needed && year <= last && year + care.years > last;
        *amount = if is_due { care.cost.at(year, price_level) * part } else { 0.0 };
        record.due += *amount;
        record.health += *amount;
    }
    for (debt, amount) in plan.debts.iter().zip(&mut record.debts) {
        *amount = debt.payments[year];
        record.due += *amount;
    }
    for (property, amount) in plan.properties.iter().zip(&mut record.property_costs) {
        *amount = property.cost.at(year, price_level) * part;
        record.due += *amount;
    }
}
