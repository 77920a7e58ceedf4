//! Business days.

use std::collections::BTreeSet;

use super::{Date, HolidayCalendar, Weekday};
use crate::{Error, ErrorCode, Result, wire::Wire};

/// After this many closed days in a row, a calendar counts as never open.
const LONGEST_CLOSURE: i32 = 366;

/// Which days are business days: all except weekends, the holidays of a named calendar and custom closures.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::dates::{Calendar, HolidayCalendar, date};
///
/// let nyse = Calendar::of(HolidayCalendar::Nyse);
/// assert!(!nyse.is_business_day(date(2026, 4, 3)?)?); // Good Friday
/// assert_eq!(nyse.add_business_days(date(2026, 4, 2)?, 1)?, date(2026, 4, 6)?);
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Calendar {
    /// The holiday calendar; none by default.
    #[wire(default)]
    pub holidays: HolidayCalendar,
    /// The days of the week that are not business days: Saturday and Sunday by default. At least one day must be left.
    #[wire(default = saturday_and_sunday, length = ..=7)]
    pub weekend: BTreeSet<Weekday>,
    /// Additional days that are not business days.
    #[wire(default, length = ..=100_000)]
    pub closures: BTreeSet<Date>,
}

impl Default for Calendar {
    /// Every day except Saturdays and Sundays.
    fn default() -> Self {
        Self::of(HolidayCalendar::None)
    }
}

/// How a date that is not a business day is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Wire)]
pub enum BusinessDayConvention {
    /// It is not moved.
    #[default]
    Unadjusted,
    /// To the next business day.
    Following,
    /// To the next business day, or to the one before if the next is in another month.
    ModifiedFollowing,
    /// To the business day before.
    Preceding,
    /// To the business day before, or to the next one if that before is in another month.
    ModifiedPreceding,
    /// To the nearer of the two, and to the next one if they are equally near.
    Nearest,
}

impl Calendar {
    /// Weekends on Saturday and Sunday, and the holidays of a named calendar.
    #[must_use]
    pub fn of(holidays: HolidayCalendar) -> Self {
        Self { holidays, weekend: saturday_and_sunday(), closures: BTreeSet::new() }
    }

    /// Whether `date` is a business day.
    ///
    /// # Errors
    /// `date.out_of_range` before the first year of the holidays; `calendar.never_open` if every day of the week is a
    /// weekend, with the path `weekend`.
    pub fn is_business_day(&self, date: Date) -> Result<bool> {
        // Otherwise the search for a business day would always run to its limit.
        if self.weekend.len() == 7 {
            let error = Error::new(ErrorCode::CalendarNeverOpen, "at least one day of the week must be open");
            return Err(error.at("weekend"));
        }
        let holiday = self.holidays.holiday(date)?;
        Ok(holiday.is_none() && !self.weekend.contains(&date.weekday()) && !self.closures.contains(&date))
    }

    /// `date`, moved by the convention if it is not a business day.
    ///
    /// # Errors
    /// Those of [`is_business_day`](Self::is_business_day); `calendar.never_open` after 366 closed days in a row;
    /// `date.out_of_range`.
    pub fn adjust(&self, date: Date, convention: BusinessDayConvention) -> Result<Date> {
        if convention == BusinessDayConvention::Unadjusted || self.is_business_day(date)? {
            return Ok(date);
        }
        let next = || self.step(date, 1);
        let previous = || self.step(date, -1);
        let same_month = |other: Date| (other.year(), other.month()) == (date.year(), date.month());
        match convention {
            BusinessDayConvention::Unadjusted => Ok(date),
            BusinessDayConvention::Following => next(),
            BusinessDayConvention::Preceding => previous(),
            BusinessDayConvention::ModifiedFollowing => {
                next().and_then(|next| if same_month(next) { Ok(next) } else { previous() })
            }
            BusinessDayConvention::ModifiedPreceding => {
                previous().and_then(|previous| if same_month(previous) { Ok(previous) } else { next() })
            }
            BusinessDayConvention::Nearest => {
                let (previous, next) = (previous()?, next()?);
                Ok(if previous.days_until(date) < date.days_until(next) { previous } else { next })
            }
        }
    }

    /// The date `days` business days after `date`, not counting `date` itself; before it if negative. Zero gives `date`
    /// itself, business day or not.
    ///
    /// # Errors
    /// Those of [`adjust`](Self::adjust).
    pub fn add_business_days(&self, date: Date, days: i32) -> Result<Date> {
        (0..days.unsigned_abs()).try_fold(date, |date, _| self.step(date, days.signum()))
    }

    /// The number of business days from `start` to `end`, counting `start` but not `end`. If `end` is before `start`,
    /// the number for the swapped dates, negated.
    ///
    /// # Errors
    /// Those of [`is_business_day`](Self::is_business_day).
    pub fn business_days_between(&self, start: Date, end: Date) -> Result<i32> {
        if end < start {
            return self.business_days_between(end, start).map(|days| -days);
        }
        let mut count = 0;
        for number in start.day_number()..end.day_number() {
            count += i32::from(self.is_business_day(Date::from_day_number(number)?)?);
        }
        Ok(count)
    }

    /// The first business day after (`direction` 1) or before (-1) `date`.
    fn step(&self, date: Date, direction: i32) -> Result<Date> {
        let mut candidate = date;
        for _ in 0..LONGEST_CLOSURE {
            candidate = candidate.add_days(direction)?;
            if self.is_business_day(candidate)? {
                return Ok(candidate);
            }
        }
        Err(Error::new(
            ErrorCode::CalendarNeverOpen,
            format!("there is no business day within {LONGEST_CLOSURE} days of {date}"),
        ))
    }
}

fn saturday_and_sunday() -> BTreeSet<Weekday> {
    let mut weekend = BTreeSet::new();
    weekend.extend([Weekday::Saturday, Weekday::Sunday]);
    weekend
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dates::date;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Computed with QuantLib 1.44: `adjust` with Following, ModifiedFollowing, Preceding, ModifiedPreceding and
    /// Nearest.
    #[test]
    #[rustfmt::skip]
    fn dates_are_moved_as_by_quantlib() {
        let conventions = [
            BusinessDayConvention::Following,
            BusinessDayConvention::ModifiedFollowing,
            BusinessDayConvention::Preceding,
            BusinessDayConvention::ModifiedPreceding,
            BusinessDayConvention::Nearest,
        ];
        let cases: &[(HolidayCalendar, &str, [&str; 5])] = &[
            (HolidayCalendar::Nyse, "2026-07-03", ["2026-07-06", "2026-07-06", "2026-07-02", "2026-07-02", "2026-07-02"]),
            (HolidayCalendar::Nyse, "2026-07-04", ["2026-07-06", "2026-07-06", "2026-07-02", "2026-07-02", "2026-07-06"]),
            (HolidayCalendar::Nyse, "2026-07-05", ["2026-07-06", "2026-07-06", "2026-07-02", "2026-07-02", "2026-07-06"]),
            (HolidayCalendar::Nyse, "2026-05-31", ["2026-06-01", "2026-05-29", "2026-05-29", "2026-05-29", "2026-06-01"]),
            (HolidayCalendar::Nyse, "2026-08-30", ["2026-08-31", "2026-08-31", "2026-08-28", "2026-08-28", "2026-08-31"]),
            (HolidayCalendar::Nyse, "2026-08-01", ["2026-08-03", "2026-08-03", "2026-07-31", "2026-08-03", "2026-07-31"]),
            (HolidayCalendar::Nyse, "2026-11-01", ["2026-11-02", "2026-11-02", "2026-10-30", "2026-11-02", "2026-11-02"]),
            (HolidayCalendar::Nyse, "2027-01-01", ["2027-01-04", "2027-01-04", "2026-12-31", "2027-01-04", "2026-12-31"]),
            (HolidayCalendar::Nyse, "2021-12-31", ["2021-12-31", "2021-12-31", "2021-12-31", "2021-12-31", "2021-12-31"]),
            (HolidayCalendar::Nyse, "2022-01-01", ["2022-01-03", "2022-01-03", "2021-12-31", "2022-01-03", "2021-12-31"]),
            (HolidayCalendar::Nyse, "2001-09-12", ["2001-09-17", "2001-09-17", "2001-09-10", "2001-09-10", "2001-09-10"]),
            (HolidayCalendar::Nyse, "2024-03-30", ["2024-04-01", "2024-03-28", "2024-03-28", "2024-03-28", "2024-04-01"]),
            (HolidayCalendar::Nyse, "2024-03-31", ["2024-04-01", "2024-03-28", "2024-03-28", "2024-03-28", "2024-04-01"]),
            (HolidayCalendar::Nyse, "2012-10-29", ["2012-10-31", "2012-10-31", "2012-10-26", "2012-10-26", "2012-10-31"]),
            (HolidayCalendar::Target, "2024-03-29", ["2024-04-02", "2024-03-28", "2024-03-28", "2024-03-28", "2024-03-28"]),
            (HolidayCalendar::Target, "2024-03-30", ["2024-04-02", "2024-03-28", "2024-03-28", "2024-03-28", "2024-03-28"]),
            (HolidayCalendar::Target, "2001-12-31", ["2002-01-02", "2001-12-28", "2001-12-28", "2001-12-28", "2002-01-02"]),
            (HolidayCalendar::Target, "2000-12-25", ["2000-12-27", "2000-12-27", "2000-12-22", "2000-12-22", "2000-12-27"]),
            (HolidayCalendar::FederalReserve, "2026-07-03", ["2026-07-03", "2026-07-03", "2026-07-03", "2026-07-03", "2026-07-03"]),
            (HolidayCalendar::FederalReserve, "2021-12-25", ["2021-12-27", "2021-12-27", "2021-12-24", "2021-12-24", "2021-12-24"]),
        ];
        for (holidays, date, expected) in cases {
            let calendar = Calendar::of(*holidays);
            for (convention, expected) in conventions.iter().zip(expected) {
                let found = calendar.adjust(day(date), *convention).unwrap();
                assert_eq!(found, day(expected), "{holidays:?} {date} {convention:?}");
            }
            assert_eq!(calendar.adjust(day(date), BusinessDayConvention::Unadjusted).unwrap(), day(date));
        }
    }

    /// Computed with QuantLib 1.44: `advance` by days.
    #[test]
    #[rustfmt::skip]
    fn business_days_are_added_as_by_quantlib() {
        let cases: &[(HolidayCalendar, &str, i32, &str)] = &[
            (HolidayCalendar::Nyse, "2026-04-02", 1, "2026-04-06"),
            (HolidayCalendar::Nyse, "2026-04-03", 1, "2026-04-06"),
            (HolidayCalendar::Nyse, "2026-04-04", -1, "2026-04-02"),
            (HolidayCalendar::Nyse, "2026-01-01", 252, "2027-01-04"),
            (HolidayCalendar::Nyse, "2001-09-17", -1, "2001-09-10"),
            (HolidayCalendar::Nyse, "2026-12-31", 2520, "2037-01-14"),
            (HolidayCalendar::Target, "2024-03-28", 2, "2024-04-03"),
            (HolidayCalendar::Target, "1999-12-30", 1, "2000-01-03"),
            (HolidayCalendar::FederalReserve, "2030-06-15", -1000, "2026-06-24"),
        ];
        for (holidays, date, days, expected) in cases {
            let found = Calendar::of(*holidays).add_business_days(day(date), *days).unwrap();
            assert_eq!(found, day(expected), "{holidays:?} {date} {days}");
        }
    }

    /// Computed with QuantLib 1.44: `businessDaysBetween`, the first day included and the last not.
    #[test]
    #[rustfmt::skip]
    fn business_days_are_counted_as_by_quantlib() {
        let cases: &[(HolidayCalendar, &str, &str, i32)] = &[
            (HolidayCalendar::Nyse, "2026-01-01", "2027-01-01", 251),
            (HolidayCalendar::Nyse, "2026-01-02", "2026-01-02", 0),
            (HolidayCalendar::Nyse, "2026-01-02", "2026-01-03", 1),
            (HolidayCalendar::Nyse, "1971-01-01", "2041-01-01", 17633),
            (HolidayCalendar::Target, "1999-01-01", "2041-01-01", 10756),
            (HolidayCalendar::FederalReserve, "2020-02-29", "2024-02-29", 1005),
            (HolidayCalendar::Nyse, "2001-09-10", "2001-09-17", 1),
        ];
        for (holidays, start, end, expected) in cases {
            let calendar = Calendar::of(*holidays);
            assert_eq!(calendar.business_days_between(day(start), day(end)).unwrap(), *expected, "{start} {end}");
            assert_eq!(calendar.business_days_between(day(end), day(start)).unwrap(), -expected);
        }
    }

    #[test]
    fn a_calendar_of_ones_own() {
        let calendar = Calendar {
            weekend: BTreeSet::from([Weekday::Friday, Weekday::Saturday]),
            closures: BTreeSet::from([day("2026-11-22")]),
            ..Calendar::default()
        };
        // 2026-11-20 is a Friday; the Sunday after the weekend is closed too.
        assert_eq!(calendar.add_business_days(day("2026-11-19"), 1).unwrap(), day("2026-11-23"));
        assert_eq!(calendar.business_days_between(day("2026-11-19"), day("2026-11-24")).unwrap(), 2);
    }

    #[test]
    fn a_calendar_that_never_opens_is_an_error() {
        let every_day = (0..7).map(|days| day("2026-01-05").add_days(days).unwrap().weekday()).collect();
        let closed = Calendar { weekend: every_day, ..Calendar::default() };
        let error = closed.adjust(day("2026-01-05"), BusinessDayConvention::Following).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::CalendarNeverOpen, "weekend"));

        let start = day("2026-01-05");
        let closures = (0..400).map(|days| start.add_days(days).unwrap()).collect();
        let closed = Calendar { closures, ..Calendar::default() };
        let error = closed.adjust(start, BusinessDayConvention::Following).unwrap_err();
        assert_eq!(error.code(), ErrorCode::CalendarNeverOpen);
        assert_eq!(closed.adjust(start, BusinessDayConvention::Preceding).unwrap(), day("2026-01-02"));
    }

    #[test]
    fn the_ends_of_time_are_errors() {
        let last = date(9999, 12, 31).unwrap();
        for result in [
            Calendar::default().add_business_days(last, 1),
            Calendar::default().add_business_days(last, i32::MIN),
            Calendar::default().add_business_days(day("2026-01-01"), i32::MAX),
        ] {
            assert_eq!(result.unwrap_err().code(), ErrorCode::DateOutOfRange);
        }
    }

    fn any_calendar() -> impl Strategy<Value = Calendar> {
        prop::sample::select(vec![
            Calendar::default(),
            Calendar::of(HolidayCalendar::UsFederal),
            Calendar::of(HolidayCalendar::Nyse),
            Calendar::of(HolidayCalendar::Target),
        ])
    }

    proptest! {
        #[test]
        fn adding_counts_what_counting_counts(
            calendar in any_calendar(), start in 730_500i32..750_000, days in -300i32..300,
        ) {
            let start = calendar.adjust(Date::from_day_number(start).unwrap(), BusinessDayConvention::Following).unwrap();
            let end = calendar.add_business_days(start, days).unwrap();
            prop_assert!(calendar.is_business_day(end).unwrap());
            prop_assert_eq!(calendar.business_days_between(start, end).unwrap(), days);
            prop_assert_eq!(calendar.add_business_days(end, -days).unwrap(), start);
        }

        #[test]
        fn a_moved_date_is_a_business_day_in_its_month(calendar in any_calendar(), number in 730_000i32..750_000) {
            let date = Date::from_day_number(number).unwrap();
            for convention in [BusinessDayConvention::ModifiedFollowing, BusinessDayConvention::ModifiedPreceding] {
                let moved = calendar.adjust(date, convention).unwrap();
                prop_assert!(calendar.is_business_day(moved).unwrap());
                prop_assert_eq!((moved.year(), moved.month()), (date.year(), date.month()));
            }
        }
    }
}
