//! The months of a plan.

use super::PlanInput;
use wherewithal_base::{Error, ErrorCode, Result, check, dates::Date, error::At as _};
use wherewithal_household::{Household, Person};

/// The longest plan, in months.
const MAX_MONTHS: u32 = 1200;
/// The default age of the youngest person at the end of the plan.
const DEFAULT_AGE: u32 = 95;
/// The default number of years if no person determines the end of the plan.
const DEFAULT_YEARS: u32 = 30;

/// The time that a plan covers.
pub(super) struct Horizon<'a> {
    pub(super) as_of: Date,
    pub(super) months: u32,
    /// The youngest person who is not a dependent; the plan shows their age.
    pub(super) person: Option<&'a Person>,
    /// The source of the number of months.
    pub(super) source: String,
}

impl<'a> Horizon<'a> {
    pub(super) fn of(request: &'a PlanInput) -> Result<Self> {
        let household = &request.household;
        let person = youngest(household);
        let horizon = |months, source: String| Self { as_of: household.as_of, months, person, source };
        match (request.horizon_age, request.years, person) {
            (Some(_), Some(_), _) => {
                Err(Error::new(ErrorCode::FieldConflict, "give either horizonAge or years, not both")
                    .at("years"))
            }
            (None, Some(years), _) => {
                check::whole(years, 1..=MAX_MONTHS / 12, ErrorCode::TermOutOfRange).at("years")?;
                Ok(horizon(years * 12, "years".to_owned()))
            }
            (None, None, None) => Ok(horizon(
                DEFAULT_YEARS * 12,
                format!(
                    "{DEFAULT_YEARS} years, because the household has no person who \
                    is not a dependent"
                ),
            )),
            (Some(_), None, None) => Err(out_of_range(
                "an age, but the household has no person who is not a dependent; give years \
                    instead"
                    .to_owned(),
            )
            .at("horizonAge")),
            (age, None, Some(person)) => {
                let months =
                    months_to_age(household.as_of, person, age.unwrap_or(DEFAULT_AGE)).at("horizonAge")?;
                let age = age.unwrap_or(DEFAULT_AGE);
                Ok(horizon(months, format!("the month in which {} turns {age}", person.name)))
            }
        }
    }

    /// The month that a date falls in, from 1; 0 for a date before the start.
    pub(super) fn month_of(&self, date: Date) -> Result<u32> {
        if date < self.as_of { Ok(0) } else { Ok(whole_months(self.as_of, date)? + 1) }
    }

    /// The date `month` months after the start.
    pub(super) fn date_of(&self, month: u32) -> Result<Date> {
        self.as_of.add_months(month.cast_signed())
    }

    /// The age of that person on a date, in whole years.
    pub(super) fn age_on(&self, date: Date) -> Result<Option<u32>> {
        self.person.map(|person| Ok(whole_months(person.birth_date, date)? / 12)).transpose()
    }
}

/// The youngest person who is not a dependent; of several, the first.
fn youngest(household: &Household) -> Option<&Person> {
    // `max_by_key` returns the last of equal people, so the list is reversed.
    household.people.iter().rev().filter(|person| !person.dependent).max_by_key(|person| person.birth_date)
}

fn months_to_age(as_of: Date, person: &Person, age: u32) -> Result<u32> {
    let wrong = |what: &str| out_of_range(format!("the age of {age}, which {} {what}", person.name));
    if !(1..=120).contains(&age) {
        return Err(out_of_range(format!("the age of {age}; it must be 1 to 120")));
    }
    let end = birthday(person, age)?;
    if end <= as_of {
        return Err(wrong("has already reached"));
    }
    // The last month is the one that contains the day before the birthday.
    let months = whole_months(as_of, end.add_days(-1)?)? + 1;
    if months > MAX_MONTHS { Err(wrong("reaches in more than a hundred years")) } else { Ok(months) }
}

/// The day on which a person reaches an age.
pub(super) fn birthday(person: &Person, age: u32) -> Result<Date> {
    // The limit keeps the product within range; no date has room for such an age anyway.
    person.birth_date.add_months(age.min(1000).cast_signed() * 12)
}

/// The whole months between two dates, the earlier first.
fn whole_months(from: Date, to: Date) -> Result<u32> {
    let months = (to.year() - from.year()) * 12 + to.month().cast_signed() - from.month().cast_signed();
    // The difference of calendar months counts a month whose day is not reached yet.
    let months = if from.add_months(months)? > to { months - 1 } else { months };
    Ok(months.max(0).cast_unsigned())
}

fn out_of_range(what: String) -> Error {
    Error::new(ErrorCode::TermOutOfRange, format!("the plan runs to {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wherewithal_base::{dates::date, money::Currency};

    fn born(id: &str, year: i32, month: u32, day: u32) -> Person {
        let birth_date = date(year, month, day).unwrap();
        Person { id: id.to_owned(), name: id.to_owned(), birth_date, retirement_age: None, dependent: false }
    }

    fn request(people: Vec<Person>) -> PlanInput {
        let mut household = Household::new("Any", Currency::USD, date(2026, 1, 31).unwrap());
        household.people = people;
        PlanInput::new(household)
    }

    #[test]
    fn the_youngest_person_who_is_not_a_dependent_sets_the_end() {
        let child = Person { dependent: true, ..born("d", 2015, 1, 1) };
        let request =
            request(vec![born("a", 1960, 1, 1), born("b", 1962, 1, 31), born("c", 1950, 1, 1), child]);
        let horizon = Horizon::of(&request).unwrap();
        assert_eq!((horizon.months, horizon.person.unwrap().id.as_str()), ((1962 + 95 - 2026) * 12, "b"));
        assert_eq!(horizon.age_on(horizon.date_of(horizon.months).unwrap()).unwrap(), Some(95));
        assert_eq!(horizon.age_on(horizon.as_of).unwrap(), Some(64));
    }

    #[test]
    fn months_are_counted_from_the_start_and_clamped_to_short_months() {
        let request = request(Vec::new());
        let horizon = Horizon::of(&request).unwrap();
        assert_eq!(horizon.months, 360);
        for (day, month) in [
            ((2026, 1, 30), 0),
            ((2026, 1, 31), 1),
            ((2026, 2, 27), 1),
            ((2026, 2, 28), 2),
            ((2026, 3, 30), 2),
            ((2026, 3, 31), 3),
            ((2027, 1, 30), 12),
            ((2027, 1, 31), 13),
        ] {
            let day = date(day.0, day.1, day.2).unwrap();
            assert_eq!(horizon.month_of(day).unwrap(), month, "{day}");
        }
    }

    #[test]
    fn horizons_that_make_no_sense_are_refused() {
        let cases = [
            (Some(90), Some(30), true, "field.conflict", "years"),
            (None, Some(0), true, "term.out_of_range", "years"),
            (None, Some(101), true, "term.out_of_range", "years"),
            (Some(90), None, false, "term.out_of_range", "horizonAge"),
            (Some(66), None, true, "term.out_of_range", "horizonAge"),
            (Some(0), None, true, "term.out_of_range", "horizonAge"),
            (Some(121), None, true, "term.out_of_range", "horizonAge"),
        ];
        for (age, years, somebody, code, path) in cases {
            let mut request = request(if somebody { vec![born("a", 1960, 1, 31)] } else { Vec::new() });
            (request.horizon_age, request.years) = (age, years);
            let error = Horizon::of(&request).err().unwrap();
            assert_eq!((error.code().as_str(), error.path()), (code, path), "{error}");
        }
        let mut last = request(vec![born("a", 1960, 1, 31)]);
        last.horizon_age = Some(67);
        assert_eq!(Horizon::of(&last).unwrap().months, 12);
    }
}
