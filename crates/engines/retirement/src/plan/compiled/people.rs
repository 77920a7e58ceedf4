//! People, and how long the plan lasts.

use super::super::{RetirementMortality, RetirementPerson, RetirementPlan};
use crate::limits;
use wherewithal_base::{ErrorCode, Result, check, error::At as _};
use wherewithal_reference::mortality::{LAST_AGE, Lifetime};

/// A person.
#[derive(Debug, Clone)]
pub(in super::super) struct Person {
    pub(in super::super) name: String,
    pub(in super::super) birth_year: u32,
    /// The age in the first year of the plan.
    pub(in super::super) age: u32,
    pub(in super::super) lifetime: Lifetime,
}

/// The people. The calendar has validated their ages.
pub(super) fn compile(plan: &RetirementPlan) -> Result<Vec<Person>> {
    let person = |(index, given): (usize, &RetirementPerson)| {
        let age = plan.first_year - given.birth_year;
        Ok(Person {
            name: given.name.clone(),
            birth_year: given.birth_year,
            age,
            lifetime: lifetime(given.mortality, age).at("mortality").at_index("people", index)?,
        })
    };
    plan.people.iter().enumerate().map(person).collect()
}

fn lifetime(mortality: RetirementMortality, age_now: u32) -> Result<Lifetime> {
    match mortality {
        RetirementMortality::FixedAge { age } => {
            let age = limits::age(age, age_now, limits::MAX_AGE).at("age")?;
            Ok(Lifetime::fixed(age - age_now))
        }
        RetirementMortality::Table { sex, multiplier } => {
            limits::age(age_now, 0, LAST_AGE)?;
            Ok(Lifetime::drawn(
                sex,
                age_now,
                check::number(multiplier, 0.01..=100.0, ErrorCode::NumberOutOfRange).at("multiplier")?,
            ))
        }
    }
}

/// The largest number of years that a path of the plan can have.
pub(super) fn years(plan: &RetirementPlan, people: &[Person]) -> Result<u32> {
    let longest = people.iter().fold(0, |longest, person| longest.max(person.lifetime.longest() + 1));
    match plan.years {
        Some(years) => Ok(limits::years(years, 1, limits::MAX_YEARS).at("years")?.min(longest)),
        None => Ok(longest.min(limits::MAX_YEARS)),
    }
}
