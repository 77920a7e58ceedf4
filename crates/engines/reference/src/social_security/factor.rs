//! What claiming early or late does to a benefit, as exact fractions.

use super::age;

/// A fraction of a primary insurance amount, or of the part of it that a spouse or survivor draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Factor {
    pub(super) numerator: u32,
    pub(super) denominator: u32,
}

/// The monthly rates are whole multiples of this part: 5/9 % is 40 of them, 25/36 % is 50, 5/12 % is 30.
const PARTS: u32 = 7200;

impl Factor {
    /// Of the worker's own benefit, by months of age: less 5/9 of 1 % for each of the first 36 months before full
    /// retirement age and 5/12 of 1 % for each month more (20 CFR 404.410(a)); plus the delayed retirement credit for each
    /// month after it, up to 70 (20 CFR 404.313).
    pub(super) fn worker(birth_year: u32, claiming_age: u32) -> Self {
        let full = age::full_retirement_age(birth_year);
        let numerator = if claiming_age < full {
            PARTS - reduction(full - claiming_age, 40)
        } else {
            PARTS + (claiming_age.min(age::LATEST) - full) * delayed_credit(birth_year)
        };
        Self { numerator, denominator: PARTS }
    }

    /// Of the spouse's benefit: less 25/36 of 1 % for each of the first 36 months before full retirement age and 5/12 of
    /// 1 % for each month more (20 CFR 404.410(b)).
    pub(super) fn spouse(birth_year: u32, starting_age: u32) -> Self {
        let months = age::full_retirement_age(birth_year).saturating_sub(starting_age);
        Self { numerator: PARTS - reduction(months, 50), denominator: PARTS }
    }

    /// Of the survivor's benefit: less 28.5 % spread evenly over the months from 60 to full retirement age, for each of them
    /// that is not waited for (20 CFR 404.410(c)).
    pub(super) fn survivor(birth_year: u32, starting_age: u32) -> Self {
        let full = age::survivor_full_retirement_age(birth_year);
        let all = full - age::EARLIEST_SURVIVOR;
        let months = full.saturating_sub(starting_age).min(all);
        Self { numerator: 200 * all - 57 * months, denominator: 200 * all }
    }

    pub(super) fn to_f64(self) -> f64 {
        f64::from(self.numerator) / f64::from(self.denominator)
    }
}

/// The parts that `months` before full retirement age take, the first 36 at a rate of their own.
fn reduction(months: u32, first_rate: u32) -> u32 {
    let first = months.min(36);
    first * first_rate + (months - first) * 30
}

/// The parts that a month after full retirement age adds: 2/3 of 1 % for who was born in 1943 or later.
fn delayed_credit(birth_year: u32) -> u32 {
    match birth_year {
        1943.. => 48,
        1941.. => 45,
        1939.. => 42,
        _ => 39,
    }
}
