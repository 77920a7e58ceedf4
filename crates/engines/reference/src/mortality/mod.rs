//! Mortality: survival probabilities of one life or two, and ages at death drawn from them.

mod input;
mod lifetime;
mod output;
mod social_security_2022;
mod survival;
#[cfg(test)]
mod tests;

pub use input::{Life, Sex, SurvivalInput};
pub use lifetime::Lifetime;
pub use output::{LifeExpectancy, SurvivalPercentile, SurvivalResult, SurvivalRow};
pub use survival::survival;

/// The last age of the table; nobody survives it.
pub const LAST_AGE: u32 = 119;

/// The probabilities of death within a year at each age from `age` to [`LAST_AGE`], each times `multiplier` and at most 1;
/// at the last age it is 1.
fn death_probabilities(sex: Sex, age: u32, multiplier: f64) -> Vec<f64> {
    let table = match sex {
        Sex::Male => &social_security_2022::MALE_MILLIONTHS,
        Sex::Female => &social_security_2022::FEMALE_MILLIONTHS,
    };
    let scaled = |(millionths, age): (&u32, u32)| {
        // A multiplier below 1 must not let anybody survive the last age: the table has no row after it.
        if age == LAST_AGE {
            1.0
        } else {
            (social_security_2022::probability(*millionths) * multiplier).min(1.0)
        }
    };
    table.iter().zip(0..).skip(age as usize).map(scaled).collect()
}
