//! People, and how long the plan lasts.

use super::{
    super::{RetirementMortality, RetirementPlan, check},
    calendar::Calendar,
};
use crate::{Result, error::At as _};

/// A person.
#[derive(Debug, Clone)]
pub(in super::super) struct Person {
    pub(in super::super) name: String,
    /// The age in the first year of the plan.
    pub(in super::super) age: u32,
    pub(in super::super) mortality: RetirementMortality,
}

pub(super) fn compile(plan: &RetirementPlan) -> Vec<Person> {
    plan.people
        .iter()
        .map(|person| Person {
            name: person.name.clone(),
            age: plan.first_year - person.birth_year,
            mortality: person.mortality,
        })
        .collect()
}

/// The most years that a path of the plan can have.
pub(super) fn years(plan: &RetirementPlan, calendar: &Calendar) -> Result<u32> {
    let mut last_death = 0;
    for (index, person) in plan.people.iter().enumerate() {
        let RetirementMortality::FixedAge { age } = person.mortality;
        let age_now = plan.first_year - person.birth_year;
        check::age(age, age_now, check::MAX_AGE, "age").at("mortality").at_index("people", index)?;
        last_death = last_death.max(calendar.reaches(index, age) + 1);
    }
    let last_death = u32::try_from(last_death).unwrap_or(1).max(1);
    match plan.years {
        Some(years) => Ok(check::years(years, 1, check::MAX_YEARS, "years")?.min(last_death)),
        None => Ok(last_death.min(check::MAX_YEARS)),
    }
}
