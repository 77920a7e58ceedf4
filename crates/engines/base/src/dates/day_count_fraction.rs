//! Year fractions as exact fractions, for interest that is rounded once.

use super::{Date, DayCount, day_count::actual_actual_afb_parts};

impl DayCount {
    /// The denominator of every year fraction of the convention.
    pub fn denominator(self) -> u64 {
        match self {
            Self::Thirty360Us
            | Self::Thirty360BondBasis
            | Self::ThirtyE360
            | Self::ThirtyE360Isda
            | Self::Thirty360German
            | Self::ThirtyEPlus360
            | Self::Thirty360Italian
            | Self::NoLeap360
            | Self::Actual360 => 360,
            Self::Actual364 => 364,
            Self::Actual365Fixed | Self::NoLeap365 | Self::Thirty365 => 365,
            Self::Actual366 => 366,
            Self::Actual36525 => 1461,
            Self::ActualActualIsda | Self::ActualActualAfb => 365 * 366,
        }
    }

    /// The numerator of the fraction of a year from `start` to `end`, over [`denominator`](Self::denominator); zero if
    /// `end` is not after `start`.
    pub fn numerator(self, start: Date, end: Date) -> u64 {
        if end <= start {
            return 0;
        }
        let days = self.counted_days(start, end).max(0).unsigned_abs();
        u64::from(match self {
            // 365.25 is 1461 / 4.
            Self::Actual36525 => 4 * days,
            Self::ActualActualIsda => {
                let leap_days = leap_year_days_before(end) - leap_year_days_before(start);
                // Over 365 × 366, a day of a leap year is 365 and any other day 366.
                365 * leap_days + 366 * (days - leap_days)
            }
            Self::ActualActualAfb => {
                let (years, days, year) = actual_actual_afb_parts(start, end);
                365 * 366 * years + days * (365 * 366 / year)
            }
            _ => days,
        })
    }
}

/// The number of days in leap years from 1 January 0001 up to a date, excluding the date.
fn leap_year_days_before(date: Date) -> u32 {
    let past = date.year().unsigned_abs() - 1;
    let leap_years = past / 4 - past / 100 + past / 400;
    366 * leap_years + if date.is_leap_year() { date.day_of_year() - 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_fraction_is_the_year_fraction(
            start in 600_000i32..760_000,
            length in 0i32..20_000,
            day_count in prop::sample::select(DayCount::ALL.to_vec()),
        ) {
            let (start, end) =
                (Date::from_day_number(start).unwrap(), Date::from_day_number(start + length).unwrap());
            let fraction = day_count.numerator(start, end) as f64 / day_count.denominator() as f64;
            prop_assert!((fraction - day_count.year_fraction(start, end).max(0.0)).abs() < 1e-13);
        }
    }
}
