//! The operation `social_security.benefit`.

use super::{
    AgeInMonths, ClaimingAge, CreditedBenefit, CreditedSpousalBenefit, OwnBenefit, SocialSecurityAmount,
    SocialSecurityBenefits, SocialSecurityInput, SocialSecurityPerson, SocialSecurityResult, SpousalBenefit,
    SurvivorBenefit, age,
    benefit::{Claim, Credits, Dimes},
    factor::Factor,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::{Date, date},
    error::At,
    num::{Decimal, Rounding},
};

const LAST_BIRTH_YEAR: u32 = 2100;
const LARGEST_AMOUNT: u32 = 100_000;
const YOUNGEST_AT_DEATH: u32 = 18 * 12;

/// The monthly benefits of one person, or of a married couple, by the ages at which they claim.
///
/// ```
/// # use wherewithal_reference::wherewithal;
/// use wherewithal::{dates::date, social_security::{ClaimingAge, SocialSecurityPerson, SocialSecurityInput, benefit}};
///
/// let person = SocialSecurityPerson {
///     birth_date: date(1960, 6, 15)?,
///     primary_insurance_amount: "2000".parse()?,
///     claiming_age: ClaimingAge { years: 62, months: 0 },
///     death_age: None,
///     survivor_claiming_age: None,
/// };
/// let result = benefit(&SocialSecurityInput { people: vec![person] })?;
/// let own = result.people[0].own.as_ref();
/// assert_eq!(own.map(|own| own.monthly_benefit), Some("1400".parse()?));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.empty` for none or more than two; `date.out_of_range`, `amount.out_of_range` and `age.out_of_range` for values
/// outside their ranges.
pub fn benefit(request: &SocialSecurityInput) -> Result<SocialSecurityResult> {
    let mut claims = Vec::new();
    for (index, person) in request.people.iter().enumerate() {
        claims.push(claim(person).at_index("people", index)?);
    }
    let people = match (request.people.as_slice(), claims.as_slice()) {
        ([_], [claim]) => vec![benefits(claim, None)?],
        ([first, second], [left, right]) => {
            let first = survivor_starting_age(first, left, right).at_index("people", 0)?;
            let second = survivor_starting_age(second, right, left).at_index("people", 1)?;
            vec![benefits(left, Some((right, first)))?, benefits(right, Some((left, second)))?]
        }
        _ => {
            check::length(claims.len(), 1..=2).at("people")?;
            Vec::new()
        }
    };
    Ok(SocialSecurityResult { people })
}

/// The benefits of one person, with the partner and the age at which this person's survivor's benefit starts.
fn benefits(claim: &Claim, partner: Option<(&Claim, u32)>) -> Result<SocialSecurityBenefits> {
    let (spousal, survivor) = match partner {
        None => (None, None),
        Some((partner, starting_age)) => {
            let spousal =
                claim.draws_as_spouse_of(partner).then(|| spousal_benefit(claim, partner)).transpose()?;
            let outlives = claim.lives_through(claim.birth_month + starting_age);
            let survivor = outlives.then(|| survivor_benefit(claim, partner, starting_age)).transpose()?;
            (spousal, survivor)
        }
    };
    Ok(SocialSecurityBenefits {
        full_retirement_age: AgeInMonths::of(age::full_retirement_age(claim.birth_year)),
        survivor_full_retirement_age: AgeInMonths::of(age::survivor_full_retirement_age(claim.birth_year)),
        own: claim.draws_own().then(|| own_benefit(claim)).transpose()?,
        spousal,
        survivor,
    })
}

fn own_benefit(claim: &Claim) -> Result<OwnBenefit> {
    let SocialSecurityAmount { factor, monthly_benefit, monthly_payment } =
        own_amount(claim, Credits::AtClaim)?;
    let raised = claim.all_credits_month().filter(|month| claim.lives_through(*month));
    Ok(OwnBenefit {
        effective_date: first_day(claim.claiming_month())?,
        factor,
        monthly_benefit,
        monthly_payment,
        with_all_credits: raised.map(|month| credited_benefit(claim, month)).transpose()?,
    })
}

fn credited_benefit(claim: &Claim, month: u32) -> Result<CreditedBenefit> {
    let SocialSecurityAmount { factor, monthly_benefit, monthly_payment } = own_amount(claim, Credits::All)?;
    Ok(CreditedBenefit { effective_date: first_day(month)?, factor, monthly_benefit, monthly_payment })
}

fn own_amount(claim: &Claim, credits: Credits) -> Result<SocialSecurityAmount> {
    amount(claim.own(credits), claim.own_factor(credits))
}

fn spousal_benefit(claim: &Claim, partner: &Claim) -> Result<SpousalBenefit> {
    let starting_age = claim.spousal_starting_age(partner);
    let first_month = claim.birth_month + starting_age;
    // Credits that count before the spouse's benefit starts are part of its first amount.
    let raised = claim.all_credits_month().filter(|month| *month > first_month);
    let credits = if raised.is_some() { Credits::AtClaim } else { Credits::All };
    let paid = raised.filter(|month| claim.lives_through(*month) && partner.lives_through(*month));
    Ok(SpousalBenefit {
        starting_age: AgeInMonths::of(starting_age),
        excess: spousal_excess(claim, partner, credits)?,
        total_monthly_benefit: spousal_total(claim, partner, credits)?,
        with_all_credits: paid.map(|month| credited_spousal_benefit(claim, partner, month)).transpose()?,
    })
}

fn credited_spousal_benefit(claim: &Claim, partner: &Claim, month: u32) -> Result<CreditedSpousalBenefit> {
    Ok(CreditedSpousalBenefit {
        effective_date: first_day(month)?,
        excess: spousal_excess(claim, partner, Credits::All)?,
        total_monthly_benefit: spousal_total(claim, partner, Credits::All)?,
    })
}

fn spousal_excess(claim: &Claim, partner: &Claim, credits: Credits) -> Result<SocialSecurityAmount> {
    let factor = Factor::spouse(claim.birth_year, claim.spousal_starting_age(partner));
    amount(claim.spousal(partner, credits), factor)
}

fn spousal_total(claim: &Claim, partner: &Claim, credits: Credits) -> Result<Decimal> {
    dollars(claim.own(credits) + claim.spousal(partner, credits))
}

fn survivor_benefit(claim: &Claim, deceased: &Claim, starting_age: u32) -> Result<SurvivorBenefit> {
    let benefit = claim.survivor(deceased, starting_age);
    let own = if claim.draws_own() { claim.own(Credits::All) } else { 0 };
    Ok(SurvivorBenefit {
        starting_age: AgeInMonths::of(starting_age),
        full_amount: dollars(deceased.left_to_survivor())?,
        limit: deceased.survivor_limit().map(dollars).transpose()?,
        benefit: amount(benefit, Factor::survivor(claim.birth_year, starting_age))?,
        total_monthly_benefit: dollars(benefit.max(own))?,
    })
}

fn amount(benefit: Dimes, factor: Factor) -> Result<SocialSecurityAmount> {
    Ok(SocialSecurityAmount {
        factor: factor.to_f64(),
        monthly_benefit: dollars(benefit)?,
        monthly_payment: Decimal::new(benefit / 10, 0)?,
    })
}

/// The first day of a month that is counted from year 0.
pub(super) fn first_day(month: u32) -> Result<Date> {
    let before = month - 1;
    let year = i32::try_from(before / 12)
        .map_err(|error| Error::new(ErrorCode::DateOutOfRange, "the year is too large").caused_by(error))?;
    date(year, before % 12 + 1, 1)
}

fn dollars(amount: Dimes) -> Result<Decimal> {
    Decimal::new(amount * 10, 2)
}

fn claim(person: &SocialSecurityPerson) -> Result<Claim> {
    // An age is attained on the day before the birthday.
    let birth = person.birth_date.add_days(-1).at("birthDate")?;
    let birth_year = u32::try_from(birth.year())
        .ok()
        .filter(|year| (age::FIRST_BIRTH_YEAR..=LAST_BIRTH_YEAR).contains(year));
    let Some(birth_year) = birth_year else {
        let message = format!(
            "the date of birth is {}; it must be {}-01-02 to {LAST_BIRTH_YEAR}-12-31",
            person.birth_date,
            age::FIRST_BIRTH_YEAR
        );
        return Err(Error::new(ErrorCode::DateOutOfRange, message).at("birthDate"));
    };
    let claiming_age = months(person.claiming_age, age::EARLIEST, age::LATEST).at("claimingAge")?;
    let death_age = person.death_age.map(|death| months(death, YOUNGEST_AT_DEATH, u32::MAX)).transpose();
    Ok(Claim {
        birth_year,
        birth_month: birth_year * 12 + birth.month(),
        primary_insurance_amount: dimes(person.primary_insurance_amount).at("primaryInsuranceAmount")?,
        claiming_age,
        death_age: death_age.at("deathAge")?,
    })
}

/// The age at which the survivor's benefit of `claim` on the record of `deceased` starts.
fn survivor_starting_age(person: &SocialSecurityPerson, claim: &Claim, deceased: &Claim) -> Result<u32> {
    let at_death = deceased.death_month().map_or(0, |month| month.saturating_sub(claim.birth_month));
    let earliest = at_death.max(age::EARLIEST_SURVIVOR);
    match person.survivor_claiming_age {
        None => Ok(age::survivor_full_retirement_age(claim.birth_year).max(earliest)),
        Some(wanted) => months(wanted, earliest, u32::MAX).at("survivorClaimingAge"),
    }
}

fn dimes(amount: Decimal) -> Result<Dimes> {
    if amount.is_negative() || amount > Decimal::from(LARGEST_AMOUNT) {
        let message = format!(
            "the primary insurance amount is {amount}; it must be 0 to {LARGEST_AMOUNT} dollars a month"
        );
        return Err(Error::new(ErrorCode::AmountOutOfRange, message));
    }
    let tens = amount.times(Decimal::from(10_u32))?.round(0, Rounding::Down);
    Dimes::try_from(tens.mantissa())
        .map_err(|error| Error::new(ErrorCode::AmountOutOfRange, "the amount is too large").caused_by(error))
}

/// An age in months, after a check that it is between two ages.
fn months(age: ClaimingAge, earliest: u32, latest: u32) -> Result<u32> {
    check::whole(age.years, 0..=120, ErrorCode::AgeOutOfRange).at("years")?;
    check::whole(age.months, 0..=11, ErrorCode::AgeOutOfRange).at("months")?;
    let months = age.years * 12 + age.months;
    if (earliest..=latest).contains(&months) {
        return Ok(months);
    }
    let latest = latest.min(120 * 12 + 11);
    let message = format!(
        "the age is {} years and {} months; it must be {} years and {} months to {} years and {} months",
        age.years,
        age.months,
        earliest / 12,
        earliest % 12,
        latest / 12,
        latest % 12
    );
    Err(Error::new(ErrorCode::AgeOutOfRange, message))
}
