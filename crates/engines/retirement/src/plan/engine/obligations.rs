//! What is due beside living expenses, and what is saved.

use super::{
    super::compiled::{CompiledPlan, Contribution, Saved},
    record::YearRecord,
    state::PathState,
};

/// Expenses, education, care, debts and the costs of properties.
pub(super) fn owe(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord) {
    let (year, price_level) = (record.year, record.price_level);
    for (expense, amount) in plan.expenses.iter().zip(&mut record.expenses) {
        *amount = expense.amount.at(year, price_level);
        record.due += *amount;
        if expense.is_health {
            record.health += *amount;
        }
    }
    for (education, amount) in plan.education.iter().zip(&mut record.education) {
        *amount = education.amount.at(year, price_level);
        record.due += *amount;
    }
    for ((care, needed), amount) in plan.care.iter().zip(&state.needs_care).zip(&mut record.care) {
        let last = state.last_years.get(care.person).copied().unwrap_or(0);
        let is_due = *needed && year <= last && year + care.years > last;
        *amount = if is_due { care.cost.at(year, price_level) } else { 0.0 };
        record.due += *amount;
        record.health += *amount;
    }
    for (debt, amount) in plan.debts.iter().zip(&mut record.debts) {
        *amount = debt.payments.get(year).copied().unwrap_or(0.0);
        record.due += *amount;
    }
    for (property, amount) in plan.properties.iter().zip(&mut record.property_costs) {
        *amount = property.cost.at(year, price_level);
        record.due += *amount;
    }
    record.arrears_paid = state.arrears;
}

/// Contributions: what people save, and what their employers add.
pub(super) fn save(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord) {
    let year = record.year;
    for contribution in &plan.contributions {
        if !contribution.span.contains(year) || !state.is_alive(contribution.owner, year) {
            continue;
        }
        let saved = own_part(contribution, record);
        let employer = contribution.employer.map_or(0.0, |employer| {
            let income = record.incomes.get(employer.income).copied().unwrap_or(0.0);
            employer.rate * saved.min(employer.up_to_share * income)
        });
        let is_deferred =
            plan.accounts.get(contribution.account).is_some_and(|account| account.treatment.is_deferred());
        if let Some(row) = record.accounts.get_mut(contribution.account) {
            row.contribution += saved;
            row.employer += employer;
        }
        record.saved += saved;
        if is_deferred {
            record.taxable.ordinary -= saved;
        }
    }
}

/// What a person saves, up to the limit.
fn own_part(contribution: &Contribution, record: &YearRecord) -> f64 {
    let wanted = match &contribution.saved {
        Saved::Fixed(amount) => amount.at(record.year, record.price_level),
        Saved::ShareOfIncome { income, share } => record.incomes.get(*income).copied().unwrap_or(0.0) * share,
    };
    let limit = contribution.limits.get(record.year).copied().unwrap_or(f64::INFINITY);
    wanted.min(limit * record.price_level)
}
