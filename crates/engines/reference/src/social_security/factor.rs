//! The adjustments of a benefit for early and late claims, as exact fractions.

use super::age;

/// A fraction of a primary insurance amount, or of a spouse's or survivor's share of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Factor {
    pub(super) numerator: u32,
    pub(super) denominator: u32,
}

/// The monthly rates are whole multiples of this part: 5/9 % is 40 of them, 25/36 % is 50, 5/12 % is 30.
const PARTS: u32 = 7200;

impl Factor {
    /// The factor of the worker's own benefit: less 5/9 of 1 % for each of the first 36 months before full retirement
    /// age and 5/12 of 1 % for each month more (20 CFR 404.410(a)); plus the delayed retirement credit for each month
    /// after it, up to 70 (20 CFR 404.313).
    pub(super) fn worker(birth_year: u32, claiming_age: u32) -> Self {
        let full = age::full_retirement_age(birth_year);
        let numerator = if claiming_age < full {
            PARTS - reduction(full - claiming_age, 40)
        } else {
            PARTS + (claiming_age.min(age::LATEST) - full) * delayed_credit(birth_year)
        };
        Self { numerator, denominator: PARTS }
    }

    /// The factor of the spouse's benefit: less 25/36 of 1 % for each of the first 36 months before full retirement age
    /// and 5/12 of 1 % for each month more (20 CFR 404.410(b)).
    pub(super) fn spouse(birth_year: u32, starting_age: u32) -> Self {
        let months = age::full_retirement_age(birth_year).saturating_sub(starting_age);
        Self { numerator: PARTS - reduction(months, 50), denominator: PARTS }
    }

    /// The factor of the survivor's benefit: less 28.5 % spread evenly over the months from 60 to full retirement age,
    /// for each month before full retirement age (20 CFR 404.410(c)).
    pub(super) fn survivor(birth_year: u32, starting_age: u32) -> Self {
        let full = age::survivor_full_retirement_age(birth_year);
        let all = full - age::EARLIEST_SURVIVOR;
        let months = full.saturating_sub(starting_age).min(all);
        // 28.5 % is 57/200, which keeps the factor in whole numbers for every length of the reduction.
        Self { numerator: 200 * all - 57 * months, denominator: 200 * all }
    }

    pub(super) fn to_f64(self) -> f64 {
        f64::from(self.numerator) / f64::from(self.denominator)
    }
}

/// The reduction in parts for `months` before full retirement age, the first 36 at `first_rate`.
fn reduction(months: u32, first_rate: u32) -> u32 {
    let first = months.min(36);
    first * first_rate + (months - first) * 30
}

/// The credit in parts for a month after full retirement age: 2/3 of 1 % for those born in 1943 or later (20 CFR
/// 404.313(b)).
fn delayed_credit(birth_year: u32) -> u32 {
    match birth_year {
        1943.. => 48,
        1941.. => 45,
        1939.. => 42,
        _ => 39,
    }
}
