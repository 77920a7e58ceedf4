//! Required minimum distributions of tax-deferred accounts in the United States.

mod distribution;
mod input;
mod output;
mod tables;
#[cfg(test)]
mod tests;

pub use distribution::required_minimum_distribution;
pub use input::RequiredDistributionInput;
pub use output::{DistributionTable, RequiredDistributionResult};

use tables::{FIRST_AGE, FIRST_SPOUSE_AGE, JOINT, UNIFORM};

/// The first year in which the tables apply.
pub const FIRST_TABLE_YEAR: u32 = 2022;

/// The age, attained in a calendar year, from which distributions are required: 75 for owners born in 1960 or later, 73
/// for those born from 1951 on, 72 for those born before.
///
/// 26 U.S.C. 401(a)(9)(C)(v) as amended by section 107 of the SECURE 2.0 Act of 2022. By its wording, both 73 and 75
/// apply to those born in 1959; the proposed regulation of July 2024 (89 FR 58644) has 73. Owners born before July 1949
/// had to start at 70½, which makes no difference from 2022 on.
pub fn first_distribution_age(birth_year: u32) -> u32 {
    match birth_year {
        1960.. => 75,
        1951.. => 73,
        _ => 72,
    }
}

/// The divisor in years for an owner who attains `age` in the year, and for a spouse who attains `spouse_age` in it and is
/// the only beneficiary of the whole year; `None` below 72.
///
/// The joint table applies if the spouse is more than ten years younger, else the uniform table. A spouse younger than
/// 20, the first age of the joint table, counts as 20.
pub fn distribution_divisor(age: u32, spouse_age: Option<u32>) -> Option<f64> {
    tenths(age, spouse_age).map(|(_, tenths)| f64::from(tenths) / 10.0)
}

/// The table that applies and its divisor in tenths of a year.
#[expect(
    clippy::indexing_slicing,
    reason = "both tables have the same number of rows, and the last one applies to all later ages"
)]
fn tenths(age: u32, spouse_age: Option<u32>) -> Option<(DistributionTable, u16)> {
    let row = age.checked_sub(FIRST_AGE)? as usize;
    let row = row.min(UNIFORM.len() - 1);
    let of_spouse = spouse_age.filter(|spouse| age > spouse + 10).and_then(|spouse| {
        let column = spouse.max(FIRST_SPOUSE_AGE) - FIRST_SPOUSE_AGE;
        // The last row applies to all later ages of the owner, whose spouse may then be older than its last column.
        JOINT[row].get(column as usize)
    });
    match of_spouse {
        Some(tenths) => Some((DistributionTable::JointAndLastSurvivor, *tenths)),
        None => Some((DistributionTable::UniformLifetime, UNIFORM[row])),
    }
}
