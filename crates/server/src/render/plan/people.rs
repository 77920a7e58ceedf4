//! The ages of the people of a plan.

use wherewithal::plan::Plan;

/// The age that the first person reaches in a year.
pub(super) fn age_of_first(plan: &Plan, year: u32) -> Option<u32> {
    plan.retirement_plan.people.first().and_then(|person| year.checked_sub(person.birth_year))
}

/// The ages that the people reach in a year, such as `43/45`.
pub(super) fn ages(plan: &Plan, year: u32) -> String {
    let people = plan.retirement_plan.people.iter();
    let ages: Vec<String> =
        people.filter_map(|person| year.checked_sub(person.birth_year)).map(|age| age.to_string()).collect();
    ages.join("/")
}

/// The heading of a column of [`ages`].
pub(super) fn heading(plan: &Plan) -> &'static str {
    if plan.retirement_plan.people.len() > 1 { "Ages" } else { "Age" }
}
