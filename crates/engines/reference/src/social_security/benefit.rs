//! Benefits in dimes, rounded as the law says: a reduction up, a credit and a share down.

use super::{age, factor::Factor};

/// A monthly amount in units of ten cents.
pub(super) type Dimes = i64;

/// One person's record and claim.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claim {
    /// The year of the day before the day of birth.
    pub(super) birth_year: u32,
    /// The month of the day before the day of birth, counted from year 0.
    pub(super) birth_month: u32,
    pub(super) primary_insurance_amount: Dimes,
    /// Months of age at which the person claims.
    pub(super) claiming_age: u32,
    /// Months of age at death, where that is known.
    pub(super) death_age: Option<u32>,
}

impl Claim {
    /// The person's own benefit.
    pub(super) fn own(&self) -> Dimes {
        self.own_from(self.claiming_age)
    }

    fn own_from(&self, claiming_age: u32) -> Dimes {
        apply(self.primary_insurance_amount, Factor::worker(self.birth_year, claiming_age))
    }

    /// The age at which this person can draw on the record of `partner`: both have claimed.
    pub(super) fn spousal_starting_age(&self, partner: &Self) -> u32 {
        let month = (self.birth_month + self.claiming_age).max(partner.birth_month + partner.claiming_age);
        month - self.birth_month
    }

    /// What the partner's record adds: half the partner's primary insurance amount, less the person's own primary insurance
    /// amount or benefit, whichever is larger, then reduced for age.
    pub(super) fn spousal(&self, partner: &Self) -> Dimes {
        let half = partner.primary_insurance_amount / 2;
        let excess = (half - self.own().max(self.primary_insurance_amount)).max(0);
        apply(excess, Factor::spouse(self.birth_year, self.spousal_starting_age(partner)))
    }

    /// Whether there is a month in which both live and have claimed. Without one no spouse's benefit is ever paid: it needs
    /// a living insured who is entitled, and ends with the month before either dies (20 CFR 404.330(a), 404.332(b)).
    pub(super) fn draws_as_spouse_of(&self, partner: &Self) -> bool {
        let first_month = self.birth_month + self.spousal_starting_age(partner);
        [self, partner]
            .into_iter()
            .all(|person| person.death_age.is_none_or(|death| person.birth_month + death > first_month))
    }

    /// Whether the person has claimed when death comes.
    fn has_claimed(&self) -> bool {
        self.death_age.is_none_or(|death| death >= self.claiming_age)
    }

    /// The full amount that this person's record leaves to a survivor, before the reduction for the survivor's age: the
    /// primary insurance amount with the credits earned until the claim or the death.
    pub(super) fn left_to_survivor(&self) -> Dimes {
        let until =
            if self.has_claimed() { self.claiming_age } else { self.death_age.unwrap_or(self.claiming_age) };
        self.own_from(until.max(age::full_retirement_age(self.birth_year)))
    }

    /// The limit on a survivor's benefit, where this person had claimed early: the larger of the benefit and of 82.5 % of
    /// the primary insurance amount (20 CFR 404.338(c)).
    pub(super) fn survivor_limit(&self) -> Option<Dimes> {
        let early = self.has_claimed() && self.claiming_age < age::full_retirement_age(self.birth_year);
        early.then(|| self.own().max(self.primary_insurance_amount * 33 / 40))
    }

    /// What `self` as a survivor draws on the record of `deceased`, from `starting_age` on, before it is set off against a
    /// benefit of one's own.
    pub(super) fn survivor(&self, deceased: &Self, starting_age: u32) -> Dimes {
        let reduced = apply(deceased.left_to_survivor(), Factor::survivor(self.birth_year, starting_age));
        deceased.survivor_limit().map_or(reduced, |limit| reduced.min(limit))
    }
}

/// The amount times the factor: a reduction is rounded up to a dime (20 CFR 404.410), an increase down (20 CFR 404.313).
fn apply(amount: Dimes, factor: Factor) -> Dimes {
    let (numerator, denominator) = (Dimes::from(factor.numerator), Dimes::from(factor.denominator));
    if numerator < denominator {
        let reduction = amount * (denominator - numerator);
        amount - (reduction + denominator - 1) / denominator
    } else {
        amount + amount * (numerator - denominator) / denominator
    }
}
