//! Payments due in addition to living expenses, and contributions.

use super::{
    super::compiled::{CompiledPlan, Contribution, Saved},
    record::YearRecord,
    state::PathState,
};

/// Expenses, education, care, debts and costs of properties.
#[expect(clippy::indexing_slicing, reason = "care is for one of the people, and each year has its payments")]
pub(super) fn owe(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord) {
    let (year, price_level) = (record.year, record.price_level);
    for (expense, amount) in plan.expenses.iter().zip(&mut record.expenses) {
        *amount = expense.amount.at(year, price_level);
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
        *amount = education.amount.at(year, price_level);
        record.due += *amount;
    }
    for ((care, needed), amount) in plan.care.iter().zip(&state.needs_care).zip(&mut record.care) {
        let last = state.last_years[care.person];
        let is_due = *needed && year <= last && year + care.years > last;
        *amount = if is_due { care.cost.at(year, price_level) } else { 0.0 };
        record.due += *amount;
        record.health += *amount;
    }
    for (debt, amount) in plan.debts.iter().zip(&mut record.debts) {
        *amount = debt.payments[year];
        record.due += *amount;
    }
    for (property, amount) in plan.properties.iter().zip(&mut record.property_costs) {
        *amount = property.cost.at(year, price_level);
        record.due += *amount;
    }
}

/// Contributions of people and of their employers.
#[expect(
    clippy::indexing_slicing,
    reason = "a contribution names an account, incomes and a contribution of the plan"
)]
pub(super) fn save(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord) {
    let year = record.year;
    for contribution in &plan.contributions {
        let is_over = contribution.owner.is_some_and(|owner| !state.is_alive(owner, year));
        if is_over || !contribution.span.contains(year) {
            continue;
        }
        let saved = own_part(contribution, record);
        record.used_limits[contribution.shares_limit_of] += saved;
        let employer = contribution.employer.map_or(0.0, |employer| {
            employer.rate * saved.min(employer.up_to_share * record.incomes[employer.income])
        });
        let row = &mut record.accounts[contribution.account];
        row.contribution += saved;
        row.employer += employer;
        record.saved += saved;
        if plan.accounts[contribution.account].treatment.is_deferred() {
            record.taxable.ordinary -= saved;
        }
    }
}

/// A person's contribution, up to what is left of the limit.
#[expect(
    clippy::indexing_slicing,
    reason = "the income and the contribution are of the plan, and each of its years has a limit"
)]
fn own_part(contribution: &Contribution, record: &YearRecord) -> f64 {
    let wanted = match &contribution.saved {
        Saved::Fixed(amount) => amount.at(record.year, record.price_level),
        Saved::ShareOfIncome { income, share } => record.incomes[*income] * share,
    };
    let limit = contribution.limits[record.year] * record.price_level;
    wanted.min((limit - record.used_limits[contribution.shares_limit_of]).max(0.0))
}
