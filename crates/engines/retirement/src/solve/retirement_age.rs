//! The earliest retirement age.

use super::search::{check_confidence, percentage};
use crate::limits;
use crate::{RetirementOutcome, RetirementPerson, RetirementPlan, plan::Trials};
use wherewithal_base::{Error, ErrorCode, Result, check, control::Control, error::At as _, wire::Wire};
use wherewithal_simulation::Success;

/// Input of `retirement.earliest_retirement_age`.
#[derive(Debug, Clone, Wire)]
pub struct EarliestRetirementAgeInput {
    /// The plan. Everything that is tied to the person's retirement moves along: the salary, contributions, the start
    /// of spending.
    pub plan: RetirementPlan,

    /// The name of the person, by default the first; the other person retires as planned.
    pub person: Option<String>,

    /// The required share of paths that succeed, above 0 and at most 1.
    #[wire(share, default = nine_tenths, above = 0, range = ..=1)]
    pub confidence: f64,

    /// The lowest age to try, 0 to 120; by default the person's age in the first year of the plan.
    #[wire(range = 0..=120)]
    pub lowest_age: Option<u32>,

    /// The highest age to try, from `lowestAge` to 120.
    #[wire(default = seventy_five, range = 0..=120)]
    pub highest_age: u32,
}

/// Result of `retirement.earliest_retirement_age`.
#[derive(Debug, Clone, Wire)]
pub struct EarliestRetirementAgeResult {
    /// The person.
    pub person: String,

    /// The lowest age with which enough paths succeed.
    pub age: u32,

    /// The calendar year in which the person reaches it.
    pub year: u32,

    /// The paths that succeed with it.
    pub success: Success,

    /// The share of successful paths minus the required share.
    pub residual: f64,

    /// Whether enough paths succeed with every higher age too. Working longer can make a plan fail, for example if a
    /// pension ends or care falls due; see `ages`.
    pub holds_for_higher_ages: bool,

    /// All ages that were tried, in ascending order.
    pub ages: Vec<RetirementAgeRow>,
}

/// Retirement at one age.
#[derive(Debug, Clone, Wire)]
pub struct RetirementAgeRow {
    /// The age.
    pub age: u32,

    /// Whether enough paths succeed.
    pub suffices: bool,

    /// The outcome of the plan.
    pub outcome: RetirementOutcome,
}

/// The lowest retirement age with which enough paths succeed. Every age of the range is tried, because success does not
/// always rise with the age.
///
/// # Errors
/// Those of [`run`](crate::run()), below `plan`; `name.unknown`,
/// `age.out_of_range`, `range.out_of_order`, `probability.out_of_range`,
/// `solve.no_solution`; `operation.cancelled`.
#[expect(clippy::indexing_slicing, reason = "the place is that of one of the people")]
pub fn earliest_retirement_age(
    input: &EarliestRetirementAgeInput,
    control: &Control<'_>,
) -> Result<EarliestRetirementAgeResult> {
    check_confidence(input.confidence)?;
    let names = input.plan.people.iter().map(|person| person.name.as_str());
    let place = match &input.person {
        Some(name) => check::place(name, names, "person").at("person")?,
        None => 0,
    };
    check::length(input.plan.people.len(), 1..=2).at("people").at("plan")?;
    let RetirementPerson { name, birth_year, .. } = &input.plan.people[place];
    let birth_year = *birth_year;
    let lowest = input.lowest_age.unwrap_or_else(|| input.plan.first_year.saturating_sub(birth_year));
    let highest = input.highest_age;
    limits::age(highest, 0, limits::MAX_AGE).at("highestAge")?;
    if lowest > highest {
        let message = format!("the highest age, {highest}, is below the lowest, {lowest}");
        return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("highestAge"));
    }
    let mut trials = Trials::new(&input.plan, u64::from(highest - lowest) + 1, control).at("plan")?;
    let mut ages = Vec::new();
    for age in lowest..=highest {
        let mut plan = input.plan.clone();
        plan.people[place].retirement_age = age;
        let outcome = RetirementOutcome::new(&trials.run(&plan).at("plan")?)?;
        ages.push(RetirementAgeRow {
            age,
            suffices: outcome.success.probability >= input.confidence,
            outcome,
        });
    }
    trials.finish();
    let Some(found) = ages.iter().find(|row| row.suffices) else {
        return Err(no_age(&ages, input.confidence));
    };
    Ok(EarliestRetirementAgeResult {
        person: name.to_owned(),
        age: found.age,
        year: birth_year + found.age,
        success: found.outcome.success,
        residual: found.outcome.success.probability - input.confidence,
        holds_for_higher_ages: ages.iter().filter(|row| row.age > found.age).all(|row| row.suffices),
        ages,
    })
}

#[expect(clippy::expect_used, reason = "the last age is not below the first")]
fn no_age(ages: &[RetirementAgeRow], confidence: f64) -> Error {
    // Of equals, the first is the best.
    let best = ages.iter().reduce(|best, row| {
        if row.outcome.success.probability > best.outcome.success.probability { row } else { best }
    });
    let best = best.expect("an age was tried");
    let message = format!(
        "no age succeeds in {} of the paths; the best, {}, succeeds in {} of them",
        percentage(confidence),
        best.age,
        percentage(best.outcome.success.probability)
    );
    Error::new(ErrorCode::SolveNoSolution, message).at("highestAge")
}

fn nine_tenths() -> f64 {
    0.9
}

fn seventy_five() -> u32 {
    75
}
