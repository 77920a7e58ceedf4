//! Input of Social Security benefits.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// Input of `social_security.benefit`: one person, or a married couple.
#[derive(Debug, Clone, Wire)]
pub struct SocialSecurityInput {
    /// One person, or two who are married to each other.
    #[wire(length = 1..=2)]
    pub people: Vec<SocialSecurityPerson>,
}

/// One person's earnings record and claim.
#[derive(Debug, Clone, Wire)]
pub struct SocialSecurityPerson {
    /// Date of birth, from 1938-01-02 to 2100-12-31.
    pub birth_date: Date,

    /// The primary insurance amount: the monthly benefit at full retirement age, in the dollars of the result, 0 to
    /// 100,000; rounded down to ten cents. 0 for a person without a record of their own.
    #[wire(range = 0..=100000)]
    pub primary_insurance_amount: Decimal,

    /// The age at which the person claims benefits, 62 to 70 years. The claim is for both the own and the spouse's
    /// benefit (deemed filing).
    pub claiming_age: ClaimingAge,

    /// The age at death, at least 18 years, if it is to be taken into account; by default the person dies after the claim.
    /// Nothing is paid for the month of death or a later one, nor to the partner as a spouse.
    pub death_age: Option<ClaimingAge>,

    /// The age at which the person would claim survivor's benefits, from 60 years on and not before the partner's
    /// death, if that is given; by default the survivor's full retirement age, or the age at the partner's death if
    /// that is later.
    pub survivor_claiming_age: Option<ClaimingAge>,
}

/// An age in years and months. By law an age is attained on the day before the birthday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct ClaimingAge {
    /// Whole years, 0 to 120.
    #[wire(range = 0..=120)]
    pub years: u32,

    /// Months above the whole years, 0 to 11.
    #[wire(default, range = 0..=11)]
    pub months: u32,
}
