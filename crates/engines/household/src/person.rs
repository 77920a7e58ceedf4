//! People.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};
use wherewithal_reference::{mortality::Sex, social_security::EarningsOfYear};

/// A member of the household.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Person {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The person's name, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The date of birth, not after `asOf`.
    pub birth_date: Date,
    /// The age in whole years at which the person stops working, 18 to 100. Earned income and contributions of the
    /// person end on that birthday unless they have an end of their own.
    #[wire(omit, range = 18..=100)]
    pub retirement_age: Option<u32>,
    /// Whether the person is a child or another dependent. Dependents do not affect the length of a plan.
    #[wire(default, omit)]
    pub dependent: bool,
    /// The sex, which selects the part of the life table. With it and without `planToAge`, a plan draws the person's age
    /// at death for each path from the period life table of the Social Security Administration.
    #[wire(omit)]
    pub sex: Option<Sex>,
    /// Multiplies the probability of death at every age of the life table: below 1 for a healthier life than the
    /// table's; from 0.01 to 100. It needs `sex`, and has no meaning together with `planToAge`.
    #[wire(omit, range = 0.01..=100)]
    pub mortality_multiplier: Option<f64>,
    /// The age in the last year of life, in which a plan still counts the person; 1 to 120. It takes precedence over the
    /// life table. With neither this nor `sex`, a plan assumes 95, or five years more than now if that is later, and says
    /// so.
    #[wire(omit, range = 1..=120)]
    pub plan_to_age: Option<u32>,
    /// The person's Social Security retirement benefit of the United States. A benefit that is listed under `income` is
    /// not stated here as well. Without either, a plan of a household that lives in the United States estimates the benefit
    /// of somebody who works, and says so.
    #[wire(omit)]
    pub social_security: Option<PersonSocialSecurity>,
}

/// What is known about a person's Social Security retirement benefit.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PersonSocialSecurity {
    /// What the benefit is computed from.
    pub basis: SocialSecurityBasis,
    /// The age at which the person claims it, 62 to 70; it may lie in the past. Without it, a plan assumes 67 and says
    /// so.
    #[wire(omit, range = 62..=70)]
    pub claim_age: Option<u32>,
    /// The age from which the person would claim a survivor's benefit, 60 to 70; by default 60.
    #[wire(omit, range = 60..=70)]
    pub survivor_age: Option<u32>,
}

/// What a Social Security benefit is computed from. Amounts are in dollars of `asOf`, and rise with prices.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum SocialSecurityBasis {
    /// The monthly benefit at the claiming age, as a statement of the administration or a notice of award has it.
    MonthlyBenefit {
        /// The amount, at least 0.
        #[wire(range = 0..)]
        amount: Decimal,
    },
    /// The monthly benefit at full retirement age, from which the benefit at any claiming age and those of a spouse and
    /// a survivor follow.
    PrimaryInsuranceAmount {
        /// The amount, at least 0; 0 for a person without a record of earnings.
        #[wire(range = 0..)]
        amount: Decimal,
    },
    /// The earnings by year, from which the primary insurance amount follows (see
    /// `social_security.primary_insurance_amount`).
    Earnings {
        /// The years with earnings, those to come included; at most 150. A year that is missing has none.
        #[wire(length = ..=150)]
        years: Vec<EarningsOfYear>,
    },
    /// An estimate from the person's present income from work: in each year from 22 on, until retirement, the same
    /// proportion of the average wage.
    Estimate,
}
