//! Social Security benefits.

use super::{
    super::{RetirementPlan, RetirementSocialSecurity},
    calendar::Calendar,
    people::Person,
};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_reference::social_security::{
    age::FIRST_BIRTH_YEAR,
    real::{Deceased, spousal_benefit, survivor_benefit, worker_factor},
};

const MONTHS: u32 = 12;

/// A person's Social Security benefit, in today's money a year.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Benefit {
    /// The own benefit.
    pub(in super::super) annual: f64,
    pub(in super::super) claim_age: u32,
    pub(in super::super) survivor_age: u32,
    /// The earnings record from which others may draw, if it is known.
    pub(in super::super) record: Option<Record>,
}

/// A person's earnings record.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Record {
    birth_year: u32,
    claim_age: u32,
    /// Twelve primary insurance amounts.
    annual_amount: f64,
    annual_benefit: f64,
}

impl Benefit {
    /// The age from which a person without an own benefit receives that of the deceased.
    pub(in super::super) const SURVIVOR_AGE: u32 = 60;
}

impl Record {
    /// The spousal benefit of a person who was `starting_age` when both had claimed.
    pub(in super::super) fn spousal(&self, partner: &Self, starting_age: u32) -> f64 {
        spousal_benefit(
            self.birth_year,
            starting_age * MONTHS,
            self.annual_amount,
            self.annual_benefit,
            partner.annual_amount,
        )
    }

    /// The benefit of a survivor born in `birth_year` who claims at `starting_age`, after a death at `death_age`.
    pub(in super::super) fn left_to(&self, birth_year: u32, starting_age: u32, death_age: u32) -> f64 {
        let deceased = Deceased {
            birth_year: self.birth_year,
            primary_insurance_amount: self.annual_amount,
            claiming_age: self.claim_age * MONTHS,
            death_age: death_age * MONTHS,
        };
        survivor_benefit(&deceased, birth_year, starting_age * MONTHS)
    }
}

/// The benefit of each person.
#[expect(clippy::indexing_slicing, reason = "the calendar finds a person among the people of the plan")]
pub(super) fn compile(
    plan: &RetirementPlan,
    calendar: &Calendar,
    people: &[Person],
) -> Result<Vec<Option<Benefit>>> {
    let mut benefits = vec![None; people.len()];
    check::length(plan.social_security.len(), 0..=people.len()).at("socialSecurity")?;
    for (index, given) in plan.social_security.iter().enumerate() {
        let person = calendar.person(&given.person, "person").at_index("socialSecurity", index)?;
        let benefit = benefit(given, people[person].birth_year).at_index("socialSecurity", index)?;
        if benefits[person].replace(benefit).is_some() {
            let message = format!("{:?} already has a benefit", given.person);
            let error = Error::new(ErrorCode::ListDuplicate, message).at("person");
            return Err(error.at_index("socialSecurity", index));
        }
    }
    Ok(benefits)
}

fn benefit(given: &RetirementSocialSecurity, birth_year: u32) -> Result<Benefit> {
    let claim_age = limits::age(given.claim_age, 62, 70).at("claimAge")?;
    let survivor_age = limits::age(given.survivor_age, 60, 70).at("survivorAge")?;
    match (given.annual_benefit, given.primary_insurance_amount) {
        (Some(annual), None) => {
            let annual = limits::amount(annual).at("annualBenefit")?;
            Ok(Benefit { annual, claim_age, survivor_age, record: None })
        }
        (None, Some(monthly)) => {
            if birth_year < FIRST_BIRTH_YEAR {
                let message = format!(
                    "born in {birth_year}; the rules are known for people born in {FIRST_BIRTH_YEAR} or later"
                );
                return Err(Error::new(ErrorCode::YearOutOfRange, message).at("person"));
            }
            let annual_amount = f64::from(MONTHS) * limits::amount(monthly).at("primaryInsuranceAmount")?;
            let annual = annual_amount * worker_factor(birth_year, claim_age * MONTHS);
            let record = Record { birth_year, claim_age, annual_amount, annual_benefit: annual };
            Ok(Benefit { annual, claim_age, survivor_age, record: Some(record) })
        }
        (None, None) => {
            let message = "one of `annualBenefit` and `primaryInsuranceAmount` must be given";
            Err(Error::new(ErrorCode::FieldMissing, message).at("primaryInsuranceAmount"))
        }
        (Some(_), Some(_)) => {
            let message = "`annualBenefit` and `primaryInsuranceAmount` exclude each other; give one";
            Err(Error::new(ErrorCode::FieldConflict, message).at("primaryInsuranceAmount"))
        }
    }
}
