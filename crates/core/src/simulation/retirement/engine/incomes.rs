//! What comes in.

use super::{
    super::compiled::{Benefit, CompiledPlan},
    record::YearRecord,
    state::PathState,
};

/// Incomes, Social Security, the sale of properties, and lump sums that come in.
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
        *amount = income.amount.at(year, price_level) * share;
        record.income += *amount;
        record.taxable.ordinary += *amount * income.taxable_share;
    }
}

fn earn_benefits(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord) {
    let year = record.year;
    for (person, benefit) in record.benefits.iter_mut().enumerate() {
        *benefit = if state.is_alive(person, year) {
            real_benefit(plan, state, person, year) * record.price_level
        } else {
            0.0
        };
        record.income += *benefit;
        record.taxable.social_security += *benefit;
    }
}

/// The benefit of a person who lives, in today's money: the own one, or that of someone who has died if it is larger.
fn real_benefit(plan: &CompiledPlan, state: &PathState, person: usize, year: usize) -> f64 {
    let age = plan.people.get(person).map_or(0, |person| person.age) + year as u32;
    let own = plan.benefits.get(person).copied().flatten();
    let claimed = own.filter(|own| age >= own.claim_age).map_or(0.0, |own| own.annual);
    let survivor_age = own.map_or(Benefit::SURVIVOR_AGE, |own| own.survivor_age);
    let of_deceased = plan
        .benefits
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != person && age >= survivor_age && !state.is_alive(*other, year));
    of_deceased.filter_map(|(_, benefit)| *benefit).map(|benefit| benefit.annual).fold(claimed, f64::max)
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
        record.due += (-*proceeds).max(0.0);
        record.taxable.long_term_gains += (received - sale.basis - sale.exclusion).max(0.0);
    }
}

fn receive_lump_sums(plan: &CompiledPlan, record: &mut YearRecord) {
    for (sum, amount) in plan.lump_sums.iter().zip(&mut record.lump_sums) {
        *amount = sum.at(record.year, record.price_level);
        record.income += amount.max(0.0);
        record.due += (-*amount).max(0.0);
        record.taxable.ordinary += amount.max(0.0) * sum.taxable_share;
    }
}
