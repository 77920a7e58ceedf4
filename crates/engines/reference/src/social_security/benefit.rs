//! Benefits in dimes, rounded as the law requires: reductions up, credits and shares down.

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
    /// The age at the claim, in months.
    pub(super) claiming_age: u32,
    /// The age at death in months, if it is known.
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

    /// The first age at which benefits on the record of `partner` are paid: both have claimed.
    pub(super) fn spousal_starting_age(&self, partner: &Self) -> u32 {
        let month = (self.birth_month + self.claiming_age).max(partner.birth_month + partner.claiming_age);
        month - self.birth_month
    }

    /// The addition from the partner's record: half the partner's primary insurance amount, less the person's own
    /// primary insurance amount or benefit, whichever is larger, then reduced for age.
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

    /// Whether the person claims before death.
    fn has_claimed(&self) -> bool {
        self.death_age.is_none_or(|death| death >= self.claiming_age)
    }

    /// The full amount of a survivor's benefit on this person's record, before the reduction for the survivor's age:
    /// the primary insurance amount with the credits earned until the claim or the death.
    pub(super) fn left_to_survivor(&self) -> Dimes {
        let until =
            if self.has_claimed() { self.claiming_age } else { self.death_age.unwrap_or(self.claiming_age) };
        // An early claim reduces only the worker's own benefit: what it costs the survivor is in `survivor_limit`.
        self.own_from(until.max(age::full_retirement_age(self.birth_year)))
    }

    /// The limit on a survivor's benefit, if this person had claimed early: the larger of the benefit and of 82.5 % of
    /// the primary insurance amount (20 CFR 404.338(c)).
    pub(super) fn survivor_limit(&self) -> Option<Dimes> {
        let early = self.has_claimed() && self.claiming_age < age::full_retirement_age(self.birth_year);
        early.then(|| self.own().max(self.primary_insurance_amount * 33 / 40))
    }

    /// The survivor's benefit of `self` on the record of `deceased` from `starting_age`, before the offset against the
    /// survivor's own benefit.
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
