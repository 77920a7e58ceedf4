//! The adults of a plan: how long they work and live.

use super::super::{
    assumed::Assumed,
    request::PlanInput,
    timeline::{Timeline, age_in},
};
use wherewithal_base::{Error, ErrorCode, Result, check, dates::Date, error::At as _};
use wherewithal_household::{CashFlowFrequency, Household, IncomeStream, Person};
use wherewithal_reference::mortality::LAST_AGE;
use wherewithal_retirement::{RetirementMortality, RetirementPerson};

use super::names::Names;

/// The default age at death.
const DEFAULT_AGE: u32 = 95;
/// The years that somebody who has reached it is assumed to live on.
const YEARS_BEYOND: u32 = 5;
/// The highest age of a plan.
const HIGHEST_AGE: u32 = 120;
/// The years of a plan without an adult.
const YEARS_WITHOUT_ADULT: u32 = 30;
/// The age up to which a wage without an end is believed.
const OLDEST_EARNER: u32 = 75;

/// An adult of a plan.
#[derive(Debug, Clone)]
pub(in super::super) struct Adult<'a> {
    /// The place in the document.
    pub(in super::super) index: usize,
    pub(in super::super) person: &'a Person,
    /// The name in the plan.
    pub(in super::super) name: String,
    pub(in super::super) retirement_age: u32,
    /// The last day of the last income from work, where that decides the retirement.
    pub(in super::super) last_work_day: Option<Date>,
    pub(in super::super) mortality: RetirementMortality,
}

/// The adults, and the years of the plan.
#[derive(Debug, Clone)]
pub(in super::super) struct Adults<'a> {
    pub(in super::super) list: Vec<Adult<'a>>,
    /// The largest number of years that was asked for.
    pub(in super::super) years: Option<u32>,
    pub(in super::super) first_year: i32,
    /// The last year of the longest path.
    pub(in super::super) last_year: i32,
}

impl Adult<'_> {
    /// The first calendar year without work.
    pub(in super::super) fn retires_in(&self) -> i32 {
        self.person.birth_date.year() + self.retirement_age.cast_signed()
    }

    /// The last calendar year of the longest life.
    fn last_year(&self) -> i32 {
        let age = match self.mortality {
            RetirementMortality::FixedAge { age } => age,
            RetirementMortality::Table { .. } => LAST_AGE,
        };
        self.person.birth_date.year() + age.cast_signed()
    }
}

impl<'a> Adults<'a> {
    /// The people of the plan. Without an adult it is the household itself, whose age plays no part.
    pub(super) fn people(&self) -> Vec<RetirementPerson> {
        if self.list.is_empty() {
            let age = (self.last_year - self.first_year).cast_unsigned();
            return vec![RetirementPerson {
                name: "Household".to_owned(),
                birth_year: self.first_year.cast_unsigned(),
                retirement_age: 0,
                mortality: RetirementMortality::FixedAge { age },
            }];
        }
        let person = |adult: &Adult<'_>| RetirementPerson {
            name: adult.name.clone(),
            birth_year: adult.person.birth_date.year().cast_unsigned(),
            retirement_age: adult.retirement_age,
            mortality: adult.mortality,
        };
        self.list.iter().map(person).collect()
    }

    /// The adult with an id of the document.
    pub(super) fn by_id(&self, id: Option<&str>) -> Option<&Adult<'a>> {
        self.list.iter().find(|adult| Some(adult.person.id.as_str()) == id)
    }

    pub(super) fn place(&self, id: Option<&str>) -> Option<usize> {
        self.list.iter().position(|adult| Some(adult.person.id.as_str()) == id)
    }
}

/// The adults of a plan.
pub(super) fn adults<'a>(
    request: &'a PlanInput,
    timeline: &Timeline,
    assumed: &mut Assumed,
) -> Result<Adults<'a>> {
    if request.horizon_age.is_some() && request.years.is_some() {
        return Err(
            Error::new(ErrorCode::FieldConflict, "give either `horizonAge` or `years`, not both").at("years")
        );
    }
    if let Some(years) = request.years {
        check::whole(years, 1..=100, ErrorCode::TermOutOfRange).at("years")?;
    }
    let household = &request.household;
    let mut names = Names::default();
    let mut list = Vec::new();
    for (index, person) in household.people.iter().enumerate() {
        if person.dependent {
            continue;
        }
        if list.len() == 2 {
            leave_out(household, person, index, assumed).at_index("people", index).at("household")?;
            continue;
        }
        let mortality = mortality(request, person, index, timeline, assumed)?;
        let name = names.unique(&person.name);
        list.push(Adult { index, person, name, retirement_age: 0, last_work_day: None, mortality });
    }
    let first_year = timeline.first_year;
    let longest = match list.iter().map(Adult::last_year).max() {
        Some(last) => last,
        None => without_adult(request, timeline, assumed)?,
    };
    let last_year = match request.years {
        Some(years) => longest.min(first_year + years.cast_signed() - 1),
        None => longest,
    };
    let mut adults = Adults { list, years: request.years, first_year, last_year };
    let mut ages = Vec::with_capacity(adults.list.len());
    for adult in &adults.list {
        ages.push(retirement_age(household, adult, &adults, assumed).at("household")?);
    }
    for (adult, age) in adults.list.iter_mut().zip(ages) {
        (adult.retirement_age, adult.last_work_day) = age;
    }
    Ok(adults)
}

/// The last year of a plan without an adult.
fn without_adult(request: &PlanInput, timeline: &Timeline, assumed: &mut Assumed) -> Result<i32> {
    if request.horizon_age.is_some() {
        let message = "the household has no person who is not a dependent; give years instead";
        return Err(Error::new(ErrorCode::TermOutOfRange, message).at("horizonAge"));
    }
    let years = request.years.unwrap_or(YEARS_WITHOUT_ADULT);
    assumed.figure(
        "people",
        format!("a plan of {years} years without an adult"),
        (f64::from(years), "years"),
        "the people who live on the money, with their dates of birth",
    );
    Ok(timeline.first_year + years.cast_signed() - 1)
}

/// A third adult, who is left out if nothing in the document depends on the person.
fn leave_out(household: &Household, person: &Person, index: usize, assumed: &mut Assumed) -> Result<()> {
    let id = Some(person.id.as_str());
    let has_income = household.income.iter().any(|income| income.person.as_deref() == id);
    let has_account = household.accounts.iter().any(|account| account.owner.as_deref() == id);
    if has_income || has_account || person.social_security.is_some() {
        let message = format!(
            "a plan runs for one or two adults; {} is the third and has an income or an account. Mark a person as a \
             dependent, or make a household of their own",
            person.name
        );
        return Err(Error::new(ErrorCode::ListTooLong, message));
    }
    assumed.add(
        format!("people[{index}]"),
        format!("{} is left out: a plan runs for two adults", person.name),
        "\"dependent\": true",
    );
    Ok(())
}

/// How long a person lives.
fn mortality(
    request: &PlanInput,
    person: &Person,
    index: usize,
    timeline: &Timeline,
    assumed: &mut Assumed,
) -> Result<RetirementMortality> {
    let age_now = age_in(person.birth_date, timeline.first_year.max(person.birth_date.year()))
        .at("birthDate")
        .at_index("people", index)
        .at("household")?;
    let in_document = |error: Error, field: &str| error.at(field).at_index("people", index).at("household");
    if age_now > HIGHEST_AGE {
        let message = format!("{} would be {age_now} when the plan starts", person.name);
        return Err(in_document(Error::new(ErrorCode::AgeOutOfRange, message), "birthDate"));
    }
    if let Some(age) = person.plan_to_age {
        if age < age_now {
            let message = format!("{} reaches {age_now} in the first year of the plan", person.name);
            return Err(in_document(Error::new(ErrorCode::AgeOutOfRange, message), "planToAge"));
        }
        return Ok(RetirementMortality::FixedAge { age });
    }
    if let Some(sex) = person.sex {
        if age_now > LAST_AGE {
            let message = format!("the life table ends at {LAST_AGE}; give `planToAge`");
            return Err(in_document(Error::new(ErrorCode::AgeOutOfRange, message), "sex"));
        }
        let multiplier = person.mortality_multiplier.unwrap_or(1.0);
        return Ok(RetirementMortality::Table { sex, multiplier });
    }
    let age = match (request.horizon_age, request.years) {
        (Some(age), _) => {
            if !(1..=HIGHEST_AGE).contains(&age) || age <= age_now {
                let message = format!(
                    "it is {age}; it must be 1 to {HIGHEST_AGE}, and above the {age_now} that {} reaches in the first \
                     year of the plan",
                    person.name
                );
                return Err(Error::new(ErrorCode::TermOutOfRange, message).at("horizonAge"));
            }
            age
        }
        // Whoever asks for years wants all of them.
        (None, Some(years)) => DEFAULT_AGE.max(age_now + years - 1).min(HIGHEST_AGE),
        (None, None) => DEFAULT_AGE.max((age_now + YEARS_BEYOND).min(HIGHEST_AGE)),
    };
    if request.horizon_age.is_none() {
        assumed.figure(
            format!("people[{index}].planToAge"),
            format!("{} lives to {age}", person.name),
            (f64::from(age), "years of age"),
            "the age to plan to, or sex for a length of life by the life table",
        );
    }
    Ok(RetirementMortality::FixedAge { age })
}

/// Whether an income is paid for work of a person, again and again.
pub(super) fn is_wage(income: &IncomeStream) -> bool {
    income.kind.is_earned() && income.frequency != CashFlowFrequency::Once
}

/// The age at which a person retires, and the last day of work if that decides it.
fn retirement_age(
    household: &Household,
    adult: &Adult<'_>,
    adults: &Adults<'_>,
    assumed: &mut Assumed,
) -> Result<(u32, Option<Date>)> {
    let Adult { person, index, .. } = adult;
    let born = person.birth_date;
    if let Some(age) = person.retirement_age {
        let year = born.year() + age.cast_signed();
        if (born.month(), born.day()) != (1, 1) && year > adults.first_year {
            assumed.figure(
                format!("people[{index}].retirementAge"),
                format!(
                    "{} retires on 1 January {year}, the year in which the age of {age} is reached",
                    person.name
                ),
                (f64::from(year), "calendar year"),
                "the age one year later, or an end of the income",
            );
        }
        return Ok((age, None));
    }
    let id = Some(person.id.as_str());
    let wages: Vec<&IncomeStream> =
        household.income.iter().filter(|income| is_wage(income) && income.person.as_deref() == id).collect();
    if wages.iter().any(|income| income.end.is_none()) {
        // Refused by the incomes if it would go on too long; otherwise the person works to the end of the plan.
        return Ok((age_in(born, adults.last_year + 1)?.min(HIGHEST_AGE), None));
    }
    let last = wages.iter().filter_map(|income| income.end).max();
    let age = match last {
        // The first year without work.
        Some(end) => age_in(born, (end.year() + 1).max(born.year()))?.min(HIGHEST_AGE),
        None => age_in(born, adults.first_year.max(born.year()))?,
    };
    let assumption = if last.is_some() {
        format!("{} retires at {age}, in the year after the last income from work ends", person.name)
    } else {
        format!("{} has retired: there is no income from work", person.name)
    };
    assumed.figure(
        format!("people[{index}].retirementAge"),
        assumption,
        (f64::from(age), "years of age"),
        "the age at which the person stops working",
    );
    Ok((age, last))
}

/// Refuses a wage that nobody would go on earning: one without an end, in a plan in which its earner, or without one
/// the youngest adult, grows older than any usual age of retirement.
pub(super) fn ends_in_time(earner: Option<&Person>, adults: &Adults<'_>) -> Result<()> {
    let youngest = adults.list.iter().map(|adult| adult.person).max_by_key(|person| person.birth_date);
    let Some(person) = earner.or(youngest) else { return Ok(()) };
    if earner.is_some_and(|person| person.retirement_age.is_some()) {
        return Ok(());
    }
    if adults.last_year - person.birth_date.year() <= OLDEST_EARNER.cast_signed() {
        return Ok(());
    }
    let message = format!(
        "this income would go on beyond the age of {OLDEST_EARNER} of {}; give its end, or a person with a `retirementAge`",
        person.name
    );
    Err(Error::new(ErrorCode::FieldMissing, message).at("end"))
}
