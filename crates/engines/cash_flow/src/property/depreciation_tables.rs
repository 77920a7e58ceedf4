//! The percentages of depreciation that the Internal Revenue Service publishes.
//!
//! IRS Publication 946 (2024), "How To Depreciate Property", Appendix A: Table A-6 (residential rental property, straight
//! line, 27.5 years) and Table A-7a (nonresidential real property, straight line, 39 years), both with the mid-month
//! convention, by the month in which the building was placed in service. Compared with a reprint of Table A-6 row by row,
//! and with Table 7.4 of Whittenburg and Gill, "Income Tax Fundamentals" (2017), which prints both with the rows that
//! alternate grouped together. The percentages of each column add up to 100, which a test checks.

use super::depreciation::RecoveryPeriod;

/// The decimal places of a percentage as a fraction: 3,485 is 0.03485.
pub(super) const FULL_SCALE: u32 = 5;

/// Thousandths of a percent in the first year, by month.
const RESIDENTIAL_FIRST: [i64; 12] = [3485, 3182, 2879, 2576, 2273, 1970, 1667, 1364, 1061, 758, 455, 152];
/// Thousandths of a percent in the year 28, by month.
const RESIDENTIAL_28: [i64; 12] = [1970, 2273, 2576, 2879, 3182, 3485, 3636, 3636, 3636, 3636, 3636, 3636];
/// Thousandths of a percent in the year 29, by month.
const RESIDENTIAL_29: [i64; 12] = [0, 0, 0, 0, 0, 0, 152, 455, 758, 1061, 1364, 1667];
/// Thousandths of a percent in the first year, by month.
const NONRESIDENTIAL_FIRST: [i64; 12] = [2461, 2247, 2033, 1819, 1605, 1391, 1177, 963, 749, 535, 321, 107];
/// Thousandths of a percent in the year 40, by month.
const NONRESIDENTIAL_40: [i64; 12] = [107, 321, 535, 749, 963, 1177, 1391, 1605, 1819, 2033, 2247, 2461];

/// Thousandths of a percent of the basis in a tax year, counted from 1, of a building that was placed in service in a month,
/// from 1. Zero after the last year of the table.
#[expect(clippy::indexing_slicing, reason = "months are from 1 to 12")]
pub(super) fn percentage(recovery: RecoveryPeriod, month: u32, year: i32) -> i64 {
    let column = month as usize - 1;
    let is_even = year % 2 == 0;
    match (recovery, year) {
        (RecoveryPeriod::Residential, 1) => RESIDENTIAL_FIRST[column],
        (RecoveryPeriod::Residential, 2..=9) => 3636,
        // From the tenth year on the table alternates: even years have more in the columns of the first half of the year.
        (RecoveryPeriod::Residential, 10..=27) => 3636 + i64::from(is_even == (month <= 6)),
        (RecoveryPeriod::Residential, 28) => RESIDENTIAL_28[column],
        (RecoveryPeriod::Residential, 29) => RESIDENTIAL_29[column],
        (RecoveryPeriod::Nonresidential, 1) => NONRESIDENTIAL_FIRST[column],
        (RecoveryPeriod::Nonresidential, 2..=39) => 2564,
        (RecoveryPeriod::Nonresidential, 40) => NONRESIDENTIAL_40[column],
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_adds_up_to_the_whole() {
        for recovery in [RecoveryPeriod::Residential, RecoveryPeriod::Nonresidential] {
            for month in 1..=12 {
                let sum: i64 = (1..=41).map(|year| percentage(recovery, month, year)).sum();
                assert_eq!(sum, 100_000, "{recovery:?} {month}");
            }
        }
    }
}
