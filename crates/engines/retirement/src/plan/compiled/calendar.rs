//! Converts events in people's lives to years of the plan.

use super::super::{RetirementMoment, RetirementPlan};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};

/// The years of birth and retirement of a person.
pub(in super::super) struct Calendar {
    first_year: u32,
    people: Vec<Life>,
}

struct Life {
    name: String,
    birth_year: u32,
    retirement_age: u32,
}

/// Years of a plan, counted from 0: from `start`, and before `until`.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Span {
    pub(in super::super) start: usize,
    pub(in super::super) until: usize,
}

impl Span {
    pub(in super::super) fn contains(self, year: usize) -> bool {
        (self.start..self.until).contains(&year)
    }
}

#[expect(clippy::indexing_slicing, reason = "a person is asked for by a place that was found here")]
impl Calendar {
    pub(super) fn new(plan: &RetirementPlan) -> Result<Self> {
        limits::year(plan.first_year, 1900, 2200).at("firstYear")?;
        check::length(plan.people.len(), 1..=2).at("people")?;
        check::names(plan.people.iter().map(|person| person.name.as_str()), "name").at("people")?;
        let life = |(index, person): (usize, &super::super::RetirementPerson)| {
            let born = person.birth_year;
            limits::year(born, plan.first_year.saturating_sub(limits::MAX_AGE), plan.first_year)
                .at("birthYear")
                .and_then(|_| limits::age(person.retirement_age, 0, limits::MAX_AGE).at("retirementAge"))
                .at_index("people", index)?;
            let name = person.name.clone();
            Ok(Life { name, birth_year: born, retirement_age: person.retirement_age })
        };
        let people = plan.people.iter().enumerate().map(life).collect::<Result<_>>()?;
        Ok(Self { first_year: plan.first_year, people })
    }

    /// The index of a person, by name.
    pub(super) fn person(&self, name: &str, field: &str) -> Result<usize> {
        check::place(name, self.people.iter().map(|life| life.name.as_str()), "person").at(field)
    }

    /// Years from the start of the plan until a person reaches an age; negative if that was before.
    pub(super) fn reaches(&self, person: usize, age: u32) -> i64 {
        self.years_until(&self.people[person], age)
    }

    /// Years from the start of the plan until a person retires; negative if that was before.
    pub(super) fn retires(&self, person: usize) -> i64 {
        self.retirement(&self.people[person])
    }

    /// The first year in which everyone has retired; negative if that was before the plan.
    #[expect(clippy::expect_used, reason = "a plan without people is refused")]
    pub(super) fn everyone_retired(&self) -> i64 {
        self.people.iter().map(|life| self.retirement(life)).max().expect("there is a person")
    }

    fn retirement(&self, life: &Life) -> i64 {
        self.years_until(life, life.retirement_age)
    }

    fn years_until(&self, life: &Life, age: u32) -> i64 {
        i64::from(life.birth_year) + i64::from(age) - i64::from(self.first_year)
    }

    /// Years from the start of the plan to a moment; negative if it was before.
    pub(super) fn moment(&self, moment: &RetirementMoment) -> Result<i64> {
        match moment {
            RetirementMoment::Year { year } => {
                limits::year(*year, 1900, 2400).at("year")?;
                Ok(i64::from(*year) - i64::from(self.first_year))
            }
            RetirementMoment::Age { person, age } => {
                let person = self.person(person, "person")?;
                Ok(self.reaches(person, limits::age(*age, 0, 150).at("age")?))
            }
            RetirementMoment::Retirement { person } => Ok(self.retires(self.person(person, "person")?)),
        }
    }

    /// The years from a start to an end, clipped to the plan. Without `until`, the end is `default_until` or that of
    /// the plan.
    pub(super) fn span(
        &self,
        start: Option<&RetirementMoment>,
        until: Option<&RetirementMoment>,
        default_until: Option<i64>,
        years: u32,
    ) -> Result<Span> {
        let first = start.map_or(Ok(0), |moment| self.moment(moment)).at("start")?;
        let end = match until {
            Some(moment) => self.moment(moment).at("until")?,
            None => default_until.unwrap_or(i64::from(years)),
        };
        if let (Some(start), Some(until)) = (start, until) {
            let depends = |moment: &RetirementMoment| matches!(moment, RetirementMoment::Retirement { .. });
            // A period that depends on a retirement may be empty, because searches move the retirement.
            if end < first && !depends(start) && !depends(until) {
                let (end, first) = (end + i64::from(self.first_year), first + i64::from(self.first_year));
                let message = format!("it ends in {end}, which is before its start in {first}");
                return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("until"));
            }
        }
        let cut = |year: i64| year.clamp(0, i64::from(years)) as usize;
        Ok(Span { start: cut(first), until: cut(end) })
    }
}
