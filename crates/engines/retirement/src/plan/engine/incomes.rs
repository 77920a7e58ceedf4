//! Money received.

use super::{
    super::compiled::{Benefit, CompiledPlan},
    record::YearRecord,
    state::PathState,
};

/// Incomes, Social Security, sales of properties, and lump sums received.
pub(super) fn earn(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord) {
    earn_incomes(plan, state, record);
    earn_benefits(plan, state, record);
    sell_properties(plan, record);
    receive_lump_sums(plan, record);
}

fn earn_incomes(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord) {
    let (year, price_level) = (record.year, record.price_level);
    for (income, amount) in plan.incomes.iter().zip(&mut record.incomes) {
        let share = match income.owner {
            Some(owner) if !state.is_alive(owner, year) => income.survivor_share,
            _ => 1.0,
        };
        *amount = income.amount.at(year, price_level) * share * record.part;
        record.income += *amount;
        record.taxable.ordinary += *amount * income.taxable_share;
    }
}

fn earn_benefits(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord) {
    let year = record.year;
    for (person, benefit) in record.benefits.iter_mut().enumerate() {
        *benefit = if state.is_alive(person, year) {
            real_benefit(plan, state, person, year) * record.price_level * record.part
        } else {
            0.0
        };
        record.income += *benefit;
        record.taxable.social_security += *benefit;
    }
}

/// The benefit of a person who lives, in today's money: the own one with what the other's record adds, or that of a
/// survivor if it is larger.
#[expect(clippy::indexing_slicing, reason = "whoever has a benefit is one of the people")]
fn real_benefit(plan: &CompiledPlan, state: &PathState, person: usize, year: usize) -> f64 {
    // Someone who is alone has no other person whose record counts.
    let benefit_of = |person: usize| plan.benefits.get(person).copied().flatten();
    let age = plan.age(person, year);
    let own = benefit_of(person).filter(|own| age >= own.claim_age);
    let annual = own.map_or(0.0, |own| own.annual);
    let other = 1 - person;
    let Some(of_other) = benefit_of(other) else { return annual };
    if state.is_alive(other, year) {
        return annual + own.map_or(0.0, |own| spousal(own, of_other, age, plan.age(other, year)));
    }
    let survivor_age = benefit_of(person).map_or(Benefit::SURVIVOR_AGE, |own| own.survivor_age);
    if age < survivor_age {
        return annual;
    }
    let last_year = state.last_years[other];
    let starting_age = survivor_age.max(plan.age(person, last_year + 1));
    // Without an earnings record, the benefit itself is all that is known.
    let left = of_other.record.map_or(of_other.annual, |record| {
        record.left_to(plan.birth_year(person), starting_age, plan.age(other, last_year))
    });
    annual.max(left)
}

/// The spousal benefit that the other person's record adds to a claimed benefit, once the other has claimed too.
fn spousal(own: Benefit, of_other: Benefit, age: u32, age_of_other: u32) -> f64 {
    let Some(years_claimed) = age_of_other.checked_sub(of_other.claim_age) else { return 0.0 };
    let starting_age = own.claim_age.max(age.saturating_sub(years_claimed));
    match (own.record, of_other.record) {
        (Some(own), Some(of_other)) => own.spousal(&of_other, starting_age),
        _ => 0.0,
    }
}

fn sell_properties(plan: &CompiledPlan, record: &mut YearRecord) {
    let (year, price_level) = (record.year, record.price_level);
    let slots = record.property_values.iter_mut().zip(&mut record.sales);
    for (property, (value, proceeds)) in plan.properties.iter().zip(slots) {
        *value = property.value.at(year, price_level);
        *proceeds = 0.0;
        let Some(sale) = property.sale.as_ref().filter(|sale| sale.year == year) else { continue };
        let received = sale.value.at(year, price_level) * (1.0 - sale.cost);
        *proceeds = received - sale.mortgage;
        record.income += proceeds.max(0.0);
        // A mortgage above the price is paid off with other money.
        record.due += (-*proceeds).max(0.0);
        record.once.paid += (-*proceeds).max(0.0);
        let gain = (received - sale.basis - sale.exclusion).max(0.0);
        record.taxable.long_term_gains += gain;
        if !sale.is_spent {
            record.once.income += proceeds.max(0.0);
            record.once.long_term_gains += gain;
        }
    }
}

fn receive_lump_sums(plan: &CompiledPlan, record: &mut YearRecord) {
    for (sum, amount) in plan.lump_sums.iter().zip(&mut record.lump_sums) {
        *amount = sum.at(record.year, record.price_level);
        record.income += amount.max(0.0);
        let paid = if sum.is_essential { &mut record.due } else { &mut record.optional };
        *paid += (-*amount).max(0.0);
        record.once.paid += (-*amount).max(0.0);
        let taxed = amount.max(0.0) * sum.taxable_share;
        record.taxable.ordinary += taxed;
        if !sum.is_spent {
            record.once.income += amount.max(0.0);
            record.once.ordinary += taxed;
        }
    }
}
