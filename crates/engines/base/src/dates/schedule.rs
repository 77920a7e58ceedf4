//! Schedules: regular dates, stubs, and business days.

use super::{BusinessDayConvention, Calendar, Date, Frequency, MonthEnd, frequency::RegularDates};
use crate::{Error, ErrorCode, Result, check, error::At, wire::Wire};

/// The largest number of dates in a schedule.
pub const MAX_SCHEDULE_DATES: u32 = 100_000;

/// A schedule of dates: from a start, at a frequency, up to an end or for a number of dates.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::dates::{DateSchedule, Frequency, date};
///
/// let schedule = DateSchedule { count: Some(4), ..DateSchedule::new(date(2026, 1, 31)?, Frequency::Monthly) };
/// let dates: Vec<String> = schedule.dates()?.dates.iter().map(ToString::to_string).collect();
/// assert_eq!(dates, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[derive(Debug, Clone, Wire)]
pub struct DateSchedule {
    /// The first date.
    pub start: Date,
    /// The frequency.
    pub frequency: Frequency,
    /// The last day on which a date may fall. Give either this or `count`.
    pub end: Option<Date>,
    /// The number of dates, the first included, at most 100,000. Give either this or `end`.
    #[wire(range = ..=100000)]
    pub count: Option<u32>,
    /// How a period that is shorter than the frequency is treated, if `end` is given.
    #[wire(default)]
    pub stub: Stub,
    /// How months are counted from the end of a month.
    #[wire(default)]
    pub month_end: MonthEnd,
    /// The two days of the month of a semimonthly schedule. By default, the day of the anchor (the start; with a front
    /// stub, the end) and the day 15 days from it in the same month; with `endOfMonth` and an anchor on the 15th or on
    /// the last day, the 15th and the last day.
    pub semimonthly_days: Option<SemimonthlyDays>,
    /// The calendar of business days.
    #[wire(default)]
    pub calendar: Calendar,
    /// How a date that is not a business day is moved. The regular dates are counted before any is moved, so moving one
    /// date does not shift later ones.
    #[wire(default)]
    pub convention: BusinessDayConvention,
}

/// The two days of the month of a semimonthly schedule. In a shorter month, the last day replaces a later one; 31 is
/// the last day of every month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct SemimonthlyDays {
    /// The earlier day, 1 to 27.
    #[wire(range = 1..=27)]
    pub first: u32,
    /// The later day, at most 31.
    #[wire(range = ..=31)]
    pub second: u32,
}

/// How the period between start and end that is shorter than the frequency is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Wire)]
pub enum Stub {
    /// No stub: the dates are regular from the start, and the last one is on or before the end.
    #[default]
    None,
    /// The dates are regular from the start; the end is added, and the last period is shorter than the others.
    ShortBack,
    /// As `shortBack`, but the short period is merged with the one before it.
    LongBack,
    /// The dates are regular backwards from the end; the start is added, and the first period is shorter than the
    /// others.
    ShortFront,
    /// As `shortFront`, but the short period is merged with the one after it.
    LongFront,
}

/// The dates of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ScheduleDates {
    /// The dates in order, moved to business days by the convention. Two dates that are moved to the same day are both
    /// kept.
    pub dates: Vec<Date>,
    /// The same dates before they were moved.
    pub unadjusted_dates: Vec<Date>,
}

impl DateSchedule {
    /// A schedule without an end, a count, a stub or a calendar.
    #[must_use]
    pub fn new(start: Date, frequency: Frequency) -> Self {
        Self {
            start,
            frequency,
            end: None,
            count: None,
            stub: Stub::default(),
            month_end: MonthEnd::default(),
            semimonthly_days: None,
            calendar: Calendar::default(),
            convention: BusinessDayConvention::default(),
        }
    }

    /// The dates.
    ///
    /// # Errors
    /// `field.missing` if neither `end` nor `count` is given; `field.conflict` if both are, and for a stub without an
    /// end; `dates.out_of_order`; `count.out_of_range` for a count of zero; `day.out_of_range`; `list.too_long`;
    /// `date.out_of_range` past the year 9999; those of [`Calendar::adjust`].
    pub fn dates(&self) -> Result<ScheduleDates> {
        let unadjusted_dates = match (self.end, self.count) {
            (None, Some(count)) => self.counted(count)?,
            (Some(end), None) => self.up_to(end)?,
            (None, None) => {
                return Err(Error::new(ErrorCode::FieldMissing, "a schedule needs an end or a count"));
            }
            (Some(_), Some(_)) => {
                let message = "end and count are both given; give only one";
                return Err(Error::new(ErrorCode::FieldConflict, message));
            }
        };
        let adjust = |date: &Date| self.calendar.adjust(*date, self.convention).at("calendar");
        let dates = unadjusted_dates.iter().map(adjust).collect::<Result<_>>()?;
        Ok(ScheduleDates { dates, unadjusted_dates })
    }

    fn counted(&self, count: u32) -> Result<Vec<Date>> {
        if self.stub != Stub::None {
            return Err(Error::new(ErrorCode::FieldConflict, "a stub needs an end").at("stub"));
        }
        check::whole(count, 1..=MAX_SCHEDULE_DATES, ErrorCode::CountOutOfRange).at("count")?;
        let regular = self.regular_from(self.start)?;
        (0..count.cast_signed()).map(|number| regular.nth(number).at("count")).collect()
    }

    fn up_to(&self, end: Date) -> Result<Vec<Date>> {
        if end < self.start {
            let found = format!("the end, {end}, is before the start, {}", self.start);
            return Err(Error::new(ErrorCode::DatesOutOfOrder, found).at("end"));
        }
        let inside = |date: Date| date >= self.start && date <= end;
        match self.stub {
            Stub::None => dates_while(&self.regular_from(self.start)?, 1, inside),
            Stub::ShortBack | Stub::LongBack => {
                let mut dates = dates_while(&self.regular_from(self.start)?, 1, inside)?;
                add_stub(&mut dates, end, self.stub == Stub::LongBack);
                Ok(dates)
            }
            Stub::ShortFront | Stub::LongFront => {
                let mut dates = dates_while(&self.regular_from(end)?, -1, inside)?;
                add_stub(&mut dates, self.start, self.stub == Stub::LongFront);
                dates.reverse();
                Ok(dates)
            }
        }
    }

    /// The regular dates around `anchor`, before stubs and business days.
    ///
    /// # Errors
    /// Those of the semimonthly days.
    pub fn regular_from(&self, anchor: Date) -> Result<RegularDates> {
        let days = match self.semimonthly_days {
            Some(days) => self.checked_days(days, anchor).at("semimonthlyDays")?,
            None if self.month_end == MonthEnd::EndOfMonth
                && (anchor.day() == 15 || anchor.is_end_of_month()) =>
            {
                [15, 31]
            }
            // Half a month apart, with the anchor's day as one of the two.
            None if anchor.day() > 15 => [anchor.day() - 15, anchor.day()],
            None => [anchor.day(), anchor.day() + 15],
        };
        Ok(RegularDates { anchor, frequency: self.frequency, month_end: self.month_end, days })
    }

    fn checked_days(&self, days: SemimonthlyDays, anchor: Date) -> Result<[u32; 2]> {
        let SemimonthlyDays { first, second } = days;
        if self.frequency != Frequency::Semimonthly {
            let message = "only a semimonthly schedule has two days of the month";
            return Err(Error::new(ErrorCode::FieldConflict, message));
        }
        check::whole(first, 1..=27, ErrorCode::DayOutOfRange).at("first")?;
        check::whole(second, first + 1..=31, ErrorCode::DayOutOfRange).at("second")?;
        if [first, second].iter().all(|day| anchor.with_day_at_most(*day) != anchor) {
            let message = format!("{anchor} is neither day {first} nor day {second} of its month");
            return Err(Error::new(ErrorCode::FieldConflict, message));
        }
        Ok([first, second])
    }
}

/// Regular dates from the anchor on, in steps of `direction`, as long as they are `inside`.
fn dates_while(regular: &RegularDates, direction: i32, inside: impl Fn(Date) -> bool) -> Result<Vec<Date>> {
    let mut dates = Vec::new();
    for number in 0..=MAX_SCHEDULE_DATES.cast_signed() {
        // Beyond the range of the calendar there is no date that could be inside.
        match regular.nth(number * direction) {
            Ok(date) if inside(date) => dates.push(date),
            _ => return Ok(dates),
        }
    }
    Err(too_long().at("end"))
}

/// Ends dates that run towards `bound` with `bound` itself. A long stub replaces the last regular date.
fn add_stub(dates: &mut Vec<Date>, bound: Date, long: bool) {
    if dates.last() == Some(&bound) {
        return;
    }
    if long && dates.len() > 1 {
        dates.pop();
    }
    dates.push(bound);
}

fn too_long() -> Error {
    Error::new(ErrorCode::ListTooLong, format!("a schedule has at most {MAX_SCHEDULE_DATES} dates"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dates::{HolidayCalendar, date};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn shown(schedule: &DateSchedule) -> String {
        let dates: Vec<String> = schedule.dates().unwrap().dates.iter().map(ToString::to_string).collect();
        dates.join(" ")
    }

    /// Computed with QuantLib 1.44: `Schedule` with the rules Forward (short back stub) and Backward (short front stub),
    /// with and without its flag for the end of the month, on its calendar without holidays.
    #[test]
    #[rustfmt::skip]
    fn agrees_with_quantlib() {
        let cases: &[(Frequency, &str, &str, Stub, MonthEnd, &str)] = &[
            (Frequency::Monthly, "2026-01-31", "2026-06-15", Stub::ShortBack, MonthEnd::AnchorDay, "2026-01-31 \
                2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-15"),
            (Frequency::Monthly, "2026-01-15", "2026-06-30", Stub::ShortFront, MonthEnd::AnchorDay, "2026-01-15 \
                2026-01-30 2026-02-28 2026-03-30 2026-04-30 2026-05-30 2026-06-30"),
            (Frequency::Monthly, "2026-02-28", "2026-06-30", Stub::ShortBack, MonthEnd::EndOfMonth, "2026-02-28 \
                2026-03-31 2026-04-30 2026-05-31 2026-06-30"),
            (Frequency::Monthly, "2026-02-28", "2026-06-30", Stub::ShortBack, MonthEnd::AnchorDay, "2026-02-28 \
                2026-03-28 2026-04-28 2026-05-28 2026-06-28 2026-06-30"),
            (Frequency::Quarterly, "2024-02-29", "2025-05-31", Stub::ShortBack, MonthEnd::EndOfMonth, "2024-02-29 \
                2024-05-31 2024-08-31 2024-11-30 2025-02-28 2025-05-31"),
            (Frequency::Quarterly, "2024-11-30", "2025-08-29", Stub::ShortFront, MonthEnd::AnchorDay, "2024-11-30 \
                2025-02-28 2025-05-29 2025-08-29"),
            (Frequency::Semiannual, "2024-08-31", "2026-08-31", Stub::ShortFront, MonthEnd::AnchorDay, "2024-08-31 \
                2025-02-28 2025-08-31 2026-02-28 2026-08-31"),
            (Frequency::Annual, "2024-02-29", "2028-02-29", Stub::ShortBack, MonthEnd::AnchorDay, "2024-02-29 \
                2025-02-28 2026-02-28 2027-02-28 2028-02-29"),
            (Frequency::Annual, "2023-02-28", "2028-02-29", Stub::ShortFront, MonthEnd::AnchorDay, "2023-02-28 \
                2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29"),
            (Frequency::Weekly, "2026-01-01", "2026-02-01", Stub::ShortBack, MonthEnd::AnchorDay, "2026-01-01 \
                2026-01-08 2026-01-15 2026-01-22 2026-01-29 2026-02-01"),
            (Frequency::Biweekly, "2026-01-01", "2026-03-01", Stub::ShortFront, MonthEnd::AnchorDay, "2026-01-01 \
                2026-01-04 2026-01-18 2026-02-01 2026-02-15 2026-03-01"),
            (Frequency::Daily, "2024-02-27", "2024-03-02", Stub::ShortBack, MonthEnd::AnchorDay, "2024-02-27 2024-02-28 \
                2024-02-29 2024-03-01 2024-03-02"),
            (Frequency::Monthly, "2026-03-10", "2026-03-20", Stub::ShortBack, MonthEnd::AnchorDay, "2026-03-10 \
                2026-03-20"),
        ];
        for (frequency, start, end, stub, month_end, expected) in cases {
            let schedule = DateSchedule {
                end: Some(day(end)),
                stub: *stub,
                month_end: *month_end,
                ..DateSchedule::new(day(start), *frequency)
            };
            assert_eq!(shown(&schedule), *expected, "{start} {end} {frequency:?}");
        }
    }

    #[test]
    fn stubs() {
        let monthly = |end: &str, stub| {
            let schedule = DateSchedule {
                end: Some(day(end)),
                stub,
                ..DateSchedule::new(day("2026-01-31"), Frequency::Monthly)
            };
            shown(&schedule)
        };
        assert_eq!(monthly("2026-04-15", Stub::None), "2026-01-31 2026-02-28 2026-03-31");
        assert_eq!(monthly("2026-04-15", Stub::ShortBack), "2026-01-31 2026-02-28 2026-03-31 2026-04-15");
        assert_eq!(monthly("2026-04-15", Stub::LongBack), "2026-01-31 2026-02-28 2026-04-15");
        assert_eq!(monthly("2026-04-15", Stub::ShortFront), "2026-01-31 2026-02-15 2026-03-15 2026-04-15");
        assert_eq!(monthly("2026-04-15", Stub::LongFront), "2026-01-31 2026-03-15 2026-04-15");
        for stub in [Stub::ShortBack, Stub::LongBack, Stub::ShortFront, Stub::LongFront] {
            assert_eq!(monthly("2026-02-10", stub), "2026-01-31 2026-02-10", "{stub:?}");
            assert_eq!(monthly("2026-01-31", stub), "2026-01-31", "{stub:?}");
        }
        assert_eq!(monthly("2026-01-31", Stub::None), "2026-01-31");
    }

    #[test]
    fn twice_a_month() {
        let schedule = |start: &str, days: Option<(u32, u32)>, month_end| {
            let semimonthly_days = days.map(|(first, second)| SemimonthlyDays { first, second });
            let schedule = DateSchedule::new(day(start), Frequency::Semimonthly);
            shown(&DateSchedule { count: Some(5), semimonthly_days, month_end, ..schedule })
        };
        let cases = [
            (
                "2026-01-01",
                None,
                MonthEnd::AnchorDay,
                "2026-01-01 2026-01-16 2026-02-01 2026-02-16 2026-03-01",
            ),
            (
                "2026-01-15",
                None,
                MonthEnd::AnchorDay,
                "2026-01-15 2026-01-30 2026-02-15 2026-02-28 2026-03-15",
            ),
            (
                "2026-01-15",
                None,
                MonthEnd::EndOfMonth,
                "2026-01-15 2026-01-31 2026-02-15 2026-02-28 2026-03-15",
            ),
            (
                "2026-02-28",
                None,
                MonthEnd::EndOfMonth,
                "2026-02-28 2026-03-15 2026-03-31 2026-04-15 2026-04-30",
            ),
            (
                "2026-01-20",
                None,
                MonthEnd::AnchorDay,
                "2026-01-20 2026-02-05 2026-02-20 2026-03-05 2026-03-20",
            ),
            (
                "2026-12-15",
                Some((1, 15)),
                MonthEnd::AnchorDay,
                "2026-12-15 2027-01-01 2027-01-15 2027-02-01 2027-02-15",
            ),
            (
                "2026-02-28",
                Some((15, 31)),
                MonthEnd::AnchorDay,
                "2026-02-28 2026-03-15 2026-03-31 2026-04-15 2026-04-30",
            ),
        ];
        for (start, days, month_end, expected) in cases {
            assert_eq!(schedule(start, days, month_end), expected, "{start} {days:?}");
        }
    }

    /// The NYSE business days by QuantLib 1.44 (`adjust`, ModifiedFollowing) of the 30th of each month of 2026.
    #[test]
    fn dates_are_moved_after_they_are_counted() {
        let schedule = DateSchedule {
            count: Some(12),
            calendar: Calendar::of(HolidayCalendar::Nyse),
            convention: BusinessDayConvention::ModifiedFollowing,
            ..DateSchedule::new(day("2026-01-30"), Frequency::Monthly)
        };
        assert_eq!(
            shown(&schedule),
            "2026-01-30 2026-02-27 2026-03-30 2026-04-30 2026-05-29 2026-06-30 2026-07-30 2026-08-31 2026-09-30 \
             2026-10-30 2026-11-30 2026-12-30"
        );
        assert_eq!(schedule.dates().unwrap().unadjusted_dates[4], day("2026-05-30"));
    }

    #[test]
    fn what_makes_no_schedule_is_refused() {
        let monthly = || DateSchedule::new(day("2026-01-31"), Frequency::Monthly);
        let end = |text| Some(day(text));
        let days = |first, second| Some(SemimonthlyDays { first, second });
        let semimonthly = |days| DateSchedule {
            count: Some(2),
            semimonthly_days: days,
            ..DateSchedule::new(day("2026-01-15"), Frequency::Semimonthly)
        };
        let cases = [
            (monthly(), "field.missing", ""),
            (DateSchedule { end: end("2027-01-01"), count: Some(1), ..monthly() }, "field.conflict", ""),
            (DateSchedule { count: Some(1), stub: Stub::ShortBack, ..monthly() }, "field.conflict", "stub"),
            (DateSchedule { count: Some(0), ..monthly() }, "count.out_of_range", "count"),
            (DateSchedule { count: Some(100_001), ..monthly() }, "count.out_of_range", "count"),
            (DateSchedule { count: Some(100_000), ..monthly() }, "date.out_of_range", "count"),
            (DateSchedule { end: end("2026-01-30"), ..monthly() }, "dates.out_of_order", "end"),
            (
                DateSchedule { end: end("9999-12-31"), frequency: Frequency::Daily, ..monthly() },
                "list.too_long",
                "end",
            ),
            (
                DateSchedule { count: Some(2), semimonthly_days: days(1, 15), ..monthly() },
                "field.conflict",
                "semimonthlyDays",
            ),
            (semimonthly(days(0, 15)), "day.out_of_range", "semimonthlyDays.first"),
            (semimonthly(days(15, 15)), "day.out_of_range", "semimonthlyDays.second"),
            (semimonthly(days(15, 32)), "day.out_of_range", "semimonthlyDays.second"),
            (semimonthly(days(1, 16)), "field.conflict", "semimonthlyDays"),
            (
                DateSchedule {
                    count: Some(2),
                    calendar: Calendar::of(HolidayCalendar::Target),
                    convention: BusinessDayConvention::Following,
                    ..DateSchedule::new(day("1998-12-31"), Frequency::Daily)
                },
                "date.out_of_range",
                "calendar",
            ),
        ];
        for (schedule, code, path) in cases {
            let error = schedule.dates().unwrap_err();
            assert_eq!((error.code().as_str(), error.path()), (code, path), "{schedule:?}");
        }
    }

    #[test]
    fn a_schedule_may_reach_the_last_day() {
        let schedule = DateSchedule {
            end: Some(date(9999, 12, 31).unwrap()),
            ..DateSchedule::new(day("9999-11-30"), Frequency::Monthly)
        };
        assert_eq!(shown(&schedule), "9999-11-30 9999-12-30");
        let count =
            DateSchedule { count: Some(100_000), ..DateSchedule::new(day("2026-01-01"), Frequency::Daily) };
        assert_eq!(count.dates().unwrap().dates.len(), 100_000);
    }

    proptest! {
        #[test]
        fn dates_ascend_between_the_bounds(
            start in 700_000i32..760_000,
            length in 0i32..4000,
            frequency in prop::sample::select(Frequency::ALL.to_vec()),
            stub in prop::sample::select(vec![
                Stub::None, Stub::ShortBack, Stub::LongBack, Stub::ShortFront, Stub::LongFront,
            ]),
            month_end in prop::sample::select(vec![MonthEnd::AnchorDay, MonthEnd::EndOfMonth]),
        ) {
            let (start, end) = (Date::from_day_number(start).unwrap(), Date::from_day_number(start + length).unwrap());
            let schedule = DateSchedule { end: Some(end), stub, month_end, ..DateSchedule::new(start, frequency) };
            let dates = schedule.dates().unwrap().dates;
            prop_assert!(dates.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(dates[0], start);
            let last = dates[dates.len() - 1];
            prop_assert!(last == end || (stub == Stub::None && last < end));
        }

        #[test]
        fn a_count_and_the_end_it_reaches_agree(
            start in 700_000i32..760_000,
            count in 1u32..200,
            frequency in prop::sample::select(Frequency::ALL.to_vec()),
        ) {
            let start = Date::from_day_number(start).unwrap();
            let counted = DateSchedule { count: Some(count), ..DateSchedule::new(start, frequency) }.dates().unwrap();
            let end = counted.dates.last().copied();
            let bounded = DateSchedule { end, ..DateSchedule::new(start, frequency) }.dates().unwrap();
            prop_assert_eq!(counted, bounded);
        }
    }
}
