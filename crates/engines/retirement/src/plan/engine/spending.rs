//! Living expenses.

use super::{
    super::compiled::CompiledPlan,
    contributions::save,
    incomes::earn,
    obligations::owe,
    record::YearRecord,
    state::{PathState, Workspace},
    taxes::bill,
};
use crate::spending::SpendingYear;

/// The net income of the year before any withdrawal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Means {
    /// Income minus payments due, contributions and the taxes on income, without money that comes once and belongs to the
    /// accounts; negative if income is too low.
    pub(super) net_income: f64,
    /// The same with that money.
    pub(super) all_income: f64,
    /// The net income including minimum distributions, with the taxes on them and on conversions.
    pub(super) cash: f64,
}

/// The share of the living expenses of both that those who live have.
fn share_of_both(plan: &CompiledPlan, state: &PathState, year: usize) -> f64 {
    let is_survivor = state.last_years.len() > state.living(year);
    if is_survivor { plan.spending.survivor_share } else { 1.0 }
}

/// The living expenses of the year that do not depend on its income.
pub(super) fn known_living_expenses(plan: &CompiledPlan, state: &PathState, record: &YearRecord) -> f64 {
    let known = if record.year >= plan.spending.start {
        plan.spending.policy.known()
    } else {
        plan.spending.before_retirement.unwrap_or(0.0)
    };
    known * record.price_level * share_of_both(plan, state, record.year) * record.part
}

/// Decides the living expenses of the year.
pub(super) fn decide(plan: &CompiledPlan, work: &mut Workspace, means: Means) {
    let (year, price_level) = (work.record.year, work.record.price_level);
    let (share, part) = (share_of_both(plan, &work.state, year), work.record.part);
    if year >= plan.spending.start {
        let value = future_income(plan, work, means);
        let decision = by_policy(plan, &mut work.state, &work.record, means, value);
        work.record.triggers = decision.triggers;
        work.record.planned_spending = decision.spending * share * part;
        work.record.essential_spending =
            (plan.spending.essential * price_level * share * part).min(work.record.planned_spending);
    } else {
        work.record.planned_spending = match plan.spending.before_retirement {
            Some(amount) => amount * price_level * share * part,
            None => means.cash.max(0.0),
        };
        work.record.essential_spending = work.record.planned_spending;
    }
    work.record.planned_spending += work.record.optional;
}

#[expect(clippy::expect_used, reason = "a path ends with the last person")]
fn by_policy(
    plan: &CompiledPlan,
    state: &mut PathState,
    record: &YearRecord,
    means: Means,
    other_income_value: f64,
) -> crate::spending::SpendingDecision {
    let year = record.year;
    let (first, _) = plan
        .people
        .iter()
        .zip(&record.alive)
        .find(|(_, alive)| **alive)
        .expect("a path ends with the last person");
    let facts = SpendingYear {
        year: (year - plan.spending.start) as u32,
        years_left: plan.spending.planning_years.saturating_sub(year).max(1) as u32,
        age: first.age + year as u32,
        portfolio: record.accounts.iter().map(|account| account.opening).sum(),
        price_level: record.price_level,
        inflation: state.inflation,
        portfolio_return: state.portfolio_return,
        // Rules count in whole years.
        other_income: means.net_income.max(0.0) / record.part,
        other_income_value,
        cape: state.cape,
    };
    let policy = &plan.spending.policy;
    policy.decide(state.spending.get_or_insert_with(|| policy.start(&facts)), &facts)
}

/// The present value of the net income of this year and of the years that the policy plans for, if the policy uses it:
/// at expected inflation, discounted at the rate of the policy.
fn future_income(plan: &CompiledPlan, work: &mut Workspace, means: Means) -> f64 {
    let Some(real_rate) = plan.spending.policy.income_discount_rate() else { return 0.0 };
    let (year, mut price_level) = (work.record.year, work.record.price_level);
    let rise = 1.0 + plan.spending.expected_inflation;
    let end = plan.spending.planning_years.min(plan.years);
    let (mut value, mut discount) = (means.all_income.max(0.0), 1.0);
    let mut part = work.record.part;
    for later in year + 1..end {
        price_level *= in_part(rise, part);
        discount *= in_part(rise * (1.0 + real_rate), part);
        part = 1.0;
        let record = &mut work.scratch;
        record.begin(plan, later, price_level);
        earn(plan, &work.state, record);
        owe(plan, &work.state, record);
        save(plan, &work.state, record, 0.0);
        let taxes = bill(plan, &work.state, record).total();
        value += (record.income - record.due - record.saved - taxes).max(0.0) / discount;
    }
    value
}

/// The factor by which something grows in a part of a year.
fn in_part(factor: f64, part: f64) -> f64 {
    if part < 1.0 { wherewithal_math::pow(factor, part) } else { factor }
}
