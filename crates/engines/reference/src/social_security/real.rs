//! The same benefits as real amounts without rounding, for simulations. Ages are in months, amounts a month.
//!
//! All delayed retirement credits count from the claim on. That is what holds in a plan that counts whole years: it takes
//! an age as reached in January, so all credits were earned by the end of the year before (20 CFR 404.313).
//!
//! The caller pays a benefit only to those who live, a spouse's benefit only while both live, and a survivor's only after
//! the other's death.

use super::{age, factor::Factor};

/// A worker's benefit after a claim at `claiming_age`, as a fraction of the primary insurance amount.
pub fn worker_factor(birth_year: u32, claiming_age: u32) -> f64 {
    Factor::worker(birth_year, claiming_age).to_f64()
}

/// The spouse's benefit from `starting_age`, the age at which both have claimed.
pub fn spousal_benefit(
    birth_year: u32,
    starting_age: u32,
    own_primary_insurance_amount: f64,
    own_benefit: f64,
    partner_primary_insurance_amount: f64,
) -> f64 {
    let own = own_benefit.max(own_primary_insurance_amount);
    let excess = (partner_primary_insurance_amount / 2.0 - own).max(0.0);
    excess * Factor::spouse(birth_year, starting_age).to_f64()
}

/// The record of a deceased person.
#[derive(Debug, Clone, Copy)]
pub struct Deceased {
    /// The year of birth.
    pub birth_year: u32,
    /// The monthly benefit at full retirement age.
    pub primary_insurance_amount: f64,
    /// The age at the claim, in months.
    pub claiming_age: u32,
    /// The age at death, in months. A death at the claiming age comes after the claim.
    pub death_age: u32,
}

/// The survivor's benefit on the record of the deceased from `starting_age`. The survivor's own benefit is paid first,
/// and only the larger of both in total.
pub fn survivor_benefit(deceased: &Deceased, birth_year: u32, starting_age: u32) -> f64 {
    let full = age::full_retirement_age(deceased.birth_year);
    let last = deceased.claiming_age.min(deceased.death_age);
    let left = deceased.primary_insurance_amount * worker_factor(deceased.birth_year, last.max(full));
    let reduced = left * Factor::survivor(birth_year, starting_age).to_f64();
    if deceased.death_age >= deceased.claiming_age && deceased.claiming_age < full {
        let share = worker_factor(deceased.birth_year, deceased.claiming_age).max(0.825);
        reduced.min(deceased.primary_insurance_amount * share)
    } else {
        reduced
    }
}
