//! The moments that matter in a plan.

use super::{
    mapping::Mapped,
    output::{PlanEvent, PlanEventKind},
    timeline::Timeline,
};
use wherewithal_base::{Result, order};
use wherewithal_household::Household;
use wherewithal_reference::required_distribution::first_distribution_age;
use wherewithal_retirement::{
    RetirementMoment, RetirementMortality, RetirementPerson, RetirementPlan, RetirementProperty,
    RetirementTaxTreatment,
};

/// The events of a plan, in the order of their years, then of their kinds.
pub(super) fn events(household: &Household, mapped: &Mapped<'_>) -> Result<Vec<PlanEvent>> {
    let plan = &mapped.plan;
    let timeline = Timeline::new(household.as_of)?;
    let mut events = Vec::new();
    if !mapped.adults.list.is_empty() {
        for person in &plan.people {
            of_person(plan, person, &mut events);
        }
    }
    // The debts of the plan are those of the document, in its order.
    for (debt, planned) in mapped.debts.iter().zip(&plan.debts) {
        let last = debt.last_year(household, &timeline)?;
        let sold = sale_that_repays(plan, &planned.name).map(|(year, _)| year);
        if let Some(year) = last.into_iter().chain(sold).min() {
            events.push(event(year.cast_unsigned(), PlanEventKind::DebtRepaid, &debt.liability.name));
        }
    }
    for property in &plan.properties {
        if let Some(RetirementMoment::Year { year }) = property.sale {
            events.push(event(year, PlanEventKind::AssetSold, &property.name));
        }
    }
    for goal in &mapped.goals {
        let what = event(goal.year.cast_unsigned(), PlanEventKind::Goal, &goal.goal.name);
        events.push(PlanEvent { amount: Some(goal.amount), ..what });
    }
    let years = plan.first_year..=mapped.adults.last_year.cast_unsigned();
    events.retain(|event| years.contains(&event.year));
    order::sort_by_key(&mut events, |event| (event.year, event.kind));
    Ok(events)
}

/// The sale from which a debt is repaid, if it is not repaid before: its year, and what is sold.
pub(super) fn sale_that_repays<'a>(plan: &'a RetirementPlan, debt: &str) -> Option<(i32, &'a str)> {
    let secures = |property: &&RetirementProperty| property.mortgage.as_deref() == Some(debt);
    let property = plan.properties.iter().find(secures)?;
    match property.sale {
        Some(RetirementMoment::Year { year }) => Some((year.cast_signed(), &property.name)),
        _ => None,
    }
}

fn event(year: u32, kind: PlanEventKind, subject: &str) -> PlanEvent {
    PlanEvent { year, kind, subject: subject.to_owned(), age: None, amount: None }
}

fn of_person(plan: &RetirementPlan, person: &RetirementPerson, events: &mut Vec<PlanEvent>) {
    let mut at_age = |age: u32, kind: PlanEventKind| {
        events.push(PlanEvent { age: Some(age), ..event(person.birth_year + age, kind, &person.name) });
    };
    if person.birth_year + person.retirement_age > plan.first_year {
        at_age(person.retirement_age, PlanEventKind::Retirement);
    }
    let benefit = plan.social_security.iter().find(|benefit| benefit.person == person.name);
    if let Some(benefit) = benefit.filter(|benefit| person.birth_year + benefit.claim_age > plan.first_year) {
        at_age(benefit.claim_age, PlanEventKind::SocialSecurity);
    }
    if plan.required_distributions.is_some() && owns_deferred(plan, person) {
        let age = first_distribution_age(person.birth_year);
        if person.birth_year + age > plan.first_year {
            at_age(age, PlanEventKind::RequiredDistributions);
        }
    }
    if let RetirementMortality::FixedAge { age } = person.mortality {
        at_age(age, PlanEventKind::LastYear);
    }
}

/// Whether a person owns an account with minimum distributions. Accounts without an owner belong to the first person.
fn owns_deferred(plan: &RetirementPlan, person: &RetirementPerson) -> bool {
    let first = plan.people.first().map(|person| person.name.as_str());
    plan.accounts.iter().any(|account| {
        matches!(account.treatment, RetirementTaxTreatment::Traditional)
            && account.owner.as_deref().or(first) == Some(person.name.as_str())
    })
}
