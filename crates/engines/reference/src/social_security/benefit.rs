//! Benefits in dimes, rounded as the law requires: reductions up, credits and shares down.

use super::{age, factor::Factor};

/// A monthly amount in units of ten cents.
pub(super) type Dimes = i64;

/// Which of a worker's delayed retirement credits count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credits {
    /// Those that count at the claim: earned until the end of the year before.
    AtClaim,
    /// All that were earned before the claim.
    All,
}

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
    pub(super) fn own(&self, credits: Credits) -> Dimes {
        apply(self.primary_insurance_amount, self.own_factor(credits))
    }

    /// The adjustment of the person's own benefit for an early or late claim.
    pub(super) fn own_factor(&self, credits: Credits) -> Factor {
        Factor::worker(self.birth_year, self.credited_age(credits))
    }

    /// The age of a claim that the counted credits stand for.
    fn credited_age(&self, credits: Credits) -> u32 {
        let full = age::full_retirement_age(self.birth_year);
        if credits == Credits::All || self.claiming_age <= full || self.claiming_age >= age::LATEST {
            return self.claiming_age;
        }
        // Credits of the year of the claim do not count yet: as if the claim had been made in January.
        full.max(january_of(self.claiming_month()) - self.birth_month).min(self.claiming_age)
    }

    /// The month of the claim, counted from year 0.
    pub(super) fn claiming_month(&self) -> u32 {
        self.birth_month + self.claiming_age
    }

    /// The first month in which all credits count, if some do not count from the claim on: the January after the claim,
    /// or the month of the 70th birthday if that is earlier (20 CFR 404.313).
    pub(super) fn all_credits_month(&self) -> Option<u32> {
        let later = self.credited_age(Credits::AtClaim) < self.credited_age(Credits::All);
        later.then(|| (january_of(self.claiming_month()) + 12).min(self.birth_month + age::LATEST))
    }

    /// Whether the person is paid for a month: entitlement ends with the month before that of death (20 CFR 404.311(b),
    /// 404.332(b)(1), 404.337(b)(1)).
    pub(super) fn lives_through(&self, month: u32) -> bool {
        self.death_month().is_none_or(|death| month < death)
    }

    /// The month of death, counted from year 0, if it is known.
    pub(super) fn death_month(&self) -> Option<u32> {
        self.death_age.map(|death| self.birth_month + death)
    }

    /// The first age at which benefits on the record of `partner` are paid: both have claimed.
    pub(super) fn spousal_starting_age(&self, partner: &Self) -> u32 {
        self.claiming_month().max(partner.claiming_month()) - self.birth_month
    }

    /// The addition from the partner's record: half the partner's primary insurance amount, less the person's own
    /// primary insurance amount or benefit, whichever is larger, then reduced for age. Credits of the partner do not count.
    pub(super) fn spousal(&self, partner: &Self, credits: Credits) -> Dimes {
        let half = partner.primary_insurance_amount / 2;
        let excess = (half - self.own(credits).max(self.primary_insurance_amount)).max(0);
        apply(excess, Factor::spouse(self.birth_year, self.spousal_starting_age(partner)))
    }

    /// Whether there is a month in which both live and have claimed. Without one no spouse's benefit is ever paid: it needs
    /// a living insured who is entitled, and ends with the month before either dies (20 CFR 404.330(a), 404.332(b)).
    pub(super) fn draws_as_spouse_of(&self, partner: &Self) -> bool {
        let first_month = self.birth_month + self.spousal_starting_age(partner);
        self.lives_through(first_month) && partner.lives_through(first_month)
    }

    /// Whether the person is ever paid a benefit of their own: whoever dies before or in the month of the claim is not.
    pub(super) fn draws_own(&self) -> bool {
        self.lives_through(self.claiming_month())
    }

    /// The full amount of a survivor's benefit on this person's record, before the reduction for the survivor's age:
    /// the primary insurance amount with the credits earned until the claim or the death.
    pub(super) fn left_to_survivor(&self) -> Dimes {
        let until = self.death_age.map_or(self.claiming_age, |death| death.min(self.claiming_age));
        // An early claim reduces only the worker's own benefit: what it costs the survivor is in `survivor_limit`. All
        // credits count at once for the survivor, those of the year of death too (20 CFR 404.313).
        let credited = until.max(age::full_retirement_age(self.birth_year));
        apply(self.primary_insurance_amount, Factor::worker(self.birth_year, credited))
    }

    /// The limit on a survivor's benefit, if this person had claimed early: the larger of the benefit and of 82.5 % of
    /// the primary insurance amount (20 CFR 404.338(c)).
    pub(super) fn survivor_limit(&self) -> Option<Dimes> {
        let early = self.draws_own() && self.claiming_age < age::full_retirement_age(self.birth_year);
        early.then(|| self.own(Credits::All).max(self.primary_insurance_amount * 33 / 40))
    }

    /// The survivor's benefit of `self` on the record of `deceased` from `starting_age`, before the offset against the
    /// survivor's own benefit.
    pub(super) fn survivor(&self, deceased: &Self, starting_age: u32) -> Dimes {
        let reduced = apply(deceased.left_to_survivor(), Factor::survivor(self.birth_year, starting_age));
        deceased.survivor_limit().map_or(reduced, |limit| reduced.min(limit))
    }
}

/// The January of the year of a month, both counted from year 0.
fn january_of(month: u32) -> u32 {
    // The month 1 is the January of year 0.
    month - (month - 1) % 12
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
