//! Result of Social Security benefits.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// The result of `social_security.benefit`.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct SocialSecurityResult {
    /// The benefits of each person, in the order of the request.
    pub people: Vec<SocialSecurityBenefits>,
}

/// The benefits of one person.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct SocialSecurityBenefits {
    /// The age at which retirement and spouse's benefits are unreduced.
    pub full_retirement_age: AgeInMonths,

    /// The age at which survivor's benefits are unreduced.
    pub survivor_full_retirement_age: AgeInMonths,

    /// The retirement benefit on the person's own record; `null` if the person dies before or in the month of the claim.
    pub own: Option<OwnBenefit>,

    /// The spouse's benefit, paid while both live; `null` for one person alone, and if one of the two dies before both
    /// have claimed, or in the month of the later claim.
    pub spousal: Option<SpousalBenefit>,

    /// The survivor's benefit, paid after the partner's death; `null` for one person alone, and if the person dies
    /// before or in the month in which it would start. If the age at which the partner dies is not given, it is what the
    /// person would receive from `startingAge` on, the partner having claimed and died before.
    pub survivor: Option<SurvivorBenefit>,
}

/// A retirement benefit on a person's own record.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct OwnBenefit {
    /// The first day of the month for which the benefit is first paid: the month in which the claiming age is reached.
    pub effective_date: Date,

    /// The adjustment for an early or late claim, as a fraction of the primary insurance amount: 0.7 is 70 % of it.
    /// Delayed retirement credits that were earned in the year of the claim do not count yet.
    pub factor: f64,

    /// The monthly benefit to ten cents, with reductions rounded up and credits down, as the law requires.
    pub monthly_benefit: Decimal,

    /// The payment of this benefit alone: the monthly benefit rounded down to whole dollars, before any Medicare
    /// premium is deducted.
    pub monthly_payment: Decimal,

    /// The benefit once all delayed retirement credits count: from January after the claim, or from the month in which
    /// 70 is reached if that is earlier. `null` if all of them count from the claim on, or if the person dies before.
    pub with_all_credits: Option<CreditedBenefit>,
}

/// A retirement benefit once all delayed retirement credits count.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct CreditedBenefit {
    /// The first day of the month from which the credits count.
    pub effective_date: Date,

    /// The adjustment for the late claim, as a fraction of the primary insurance amount.
    pub factor: f64,

    /// The monthly benefit to ten cents.
    pub monthly_benefit: Decimal,

    /// The payment of this benefit alone: the monthly benefit rounded down to whole dollars.
    pub monthly_payment: Decimal,
}

/// One benefit.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct SocialSecurityAmount {
    /// The adjustment for an early or late claim, as a fraction of the full amount: 0.7 is 70 % of it.
    pub factor: f64,

    /// The monthly benefit to ten cents, with reductions rounded up and credits down, as the law requires.
    pub monthly_benefit: Decimal,

    /// The payment of this benefit alone: the monthly benefit rounded down to whole dollars, before any Medicare
    /// premium is deducted.
    pub monthly_payment: Decimal,
}

/// A spouse's benefit: the addition from the partner's record while both live.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct SpousalBenefit {
    /// The person's age at its start: when both have claimed.
    pub starting_age: AgeInMonths,

    /// The excess of half the partner's primary insurance amount over the person's own amount, reduced for age; 0 if
    /// the own amount is larger.
    pub excess: SocialSecurityAmount,

    /// The sum of the own benefit and the excess, to ten cents.
    pub total_monthly_benefit: Decimal,

    /// The spouse's benefit once all delayed retirement credits on the own record count, which lower the excess; `null`
    /// if they count from its start on, or if one of the two dies before.
    pub with_all_credits: Option<CreditedSpousalBenefit>,
}

/// A spouse's benefit once all delayed retirement credits on the own record count.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct CreditedSpousalBenefit {
    /// The first day of the month from which the credits count.
    pub effective_date: Date,

    /// The excess over the own benefit with all credits, reduced for age.
    pub excess: SocialSecurityAmount,

    /// The sum of the own benefit with all credits and of the excess, to ten cents.
    pub total_monthly_benefit: Decimal,
}

/// A survivor's benefit on the partner's record, after the partner's death.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct SurvivorBenefit {
    /// The person's age at its start.
    pub starting_age: AgeInMonths,

    /// The full amount on the partner's record, with credits for a late claim, to ten cents, before the reduction for age
    /// and before the limit.
    pub full_amount: Decimal,

    /// The limit if the partner had claimed early: the larger of the partner's benefit and of 82.5 % of the primary
    /// insurance amount, to ten cents; `null` if there is none.
    pub limit: Option<Decimal>,

    /// The survivor's benefit, after the reduction for age and the limit.
    pub benefit: SocialSecurityAmount,

    /// The total payment, to ten cents, once the own benefit has started, too, with all its credits: the larger of both.
    /// The survivor's benefit alone if the own one is never paid.
    pub total_monthly_benefit: Decimal,
}

/// An age in years and months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct AgeInMonths {
    /// Whole years.
    pub years: u32,

    /// Months above the whole years, 0 to 11.
    #[wire(range = 0..=11)]
    pub months: u32,
}

impl AgeInMonths {
    pub(super) fn of(months: u32) -> Self {
        Self { years: months / 12, months: months % 12 }
    }
}
