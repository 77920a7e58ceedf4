//! The civil date.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};

use crate::{
    Error, ErrorCode, Result,
    wire::{self, Reader, Shape, Sink, Value, Wire},
};

/// A day of the (proleptic) Gregorian calendar, from 0001-01-01 to 9999-12-31, without time or zone.
///
/// On the wire: ISO 8601, `2026-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// The date of a year, a month from 1 and a day from 1.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// # use wherewithal::dates::date;
/// assert_eq!(date(2028, 2, 29)?.to_string(), "2028-02-29");
/// assert!(date(2026, 2, 29).is_err());
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `date.out_of_range` if there is no such day or the year is outside 1 to 9999.
pub fn date(year: i32, month: u32, day: u32) -> Result<Date> {
    NaiveDate::from_ymd_opt(year, month, day)
        // chrono has years beyond the four digits of ISO 8601.
        .filter(|_| (1..=9999).contains(&year))
        .map(Date)
        .ok_or_else(|| Error::new(ErrorCode::DateOutOfRange, format!("there is no day {year}-{month}-{day}")))
}

impl Date {
    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        match self.0.weekday() {
            chrono::Weekday::Mon => Weekday::Monday,
            chrono::Weekday::Tue => Weekday::Tuesday,
            chrono::Weekday::Wed => Weekday::Wednesday,
            chrono::Weekday::Thu => Weekday::Thursday,
            chrono::Weekday::Fri => Weekday::Friday,
            chrono::Weekday::Sat => Weekday::Saturday,
            chrono::Weekday::Sun => Weekday::Sunday,
        }
    }

    /// The day of the year, 1 to 366.
    #[must_use]
    pub fn day_of_year(self) -> u32 {
        self.0.ordinal()
    }

    /// Whether the year has a 29 February.
    #[must_use]
    pub fn is_leap_year(self) -> bool {
        self.0.leap_year()
    }

    /// 365 or 366.
    #[must_use]
    pub fn days_in_year(self) -> u32 {
        if self.is_leap_year() { 366 } else { 365 }
    }

    /// 28 to 31.
    #[must_use]
    pub fn days_in_month(self) -> u32 {
        days_in_month(self.is_leap_year(), self.month())
    }

    /// Whether this is the last day of its month.
    #[must_use]
    pub fn is_end_of_month(self) -> bool {
        self.day() == self.days_in_month()
    }

    /// The last day of the month.
    #[must_use]
    pub fn end_of_month(self) -> Self {
        self.with_day_at_most(31)
    }

    /// The given day of this month, or its last day if the month is shorter. `day` is at least 1.
    ///
    /// ```
    /// # use wherewithal_base::wherewithal;
    /// use wherewithal::dates::date;
    ///
    /// assert_eq!(date(2026, 2, 3)?.with_day_at_most(31), date(2026, 2, 28)?);
    /// # Ok::<(), wherewithal::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where `day` is 0.
    #[expect(clippy::expect_used, reason = "a day from 1 to the last of the month is one of the month")]
    #[must_use]
    pub fn with_day_at_most(self, day: u32) -> Self {
        Self(self.0.with_day(day.min(self.days_in_month())).expect("the month has the day"))
    }

    /// The date `days` later; earlier if negative.
    ///
    /// # Errors
    /// `date.out_of_range`.
    pub fn add_days(self, days: i32) -> Result<Self> {
        self.day_number().checked_add(days).map_or_else(|| Err(out_of_range()), Self::from_day_number)
    }

    /// The same day `months` later (earlier if negative), or the last day of that month if it is shorter.
    ///
    /// Adding one month twice is not the same as adding two months: a short month in between changes the day. Count
    /// from the first date instead.
    ///
    /// ```
    /// # use wherewithal_base::wherewithal;
    /// # use wherewithal::dates::date;
    /// let start = date(2026, 1, 31)?;
    /// assert_eq!(start.add_months(1)?, date(2026, 2, 28)?);
    /// assert_eq!(start.add_months(2)?, date(2026, 3, 31)?);
    /// assert_eq!(start.add_months(1)?.add_months(1)?, date(2026, 3, 28)?);
    /// # Ok::<(), wherewithal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `date.out_of_range`.
    pub fn add_months(self, months: i32) -> Result<Self> {
        self.add_months_by(months, MonthEnd::AnchorDay)
    }

    /// The date `months` later, with a rule for the end of the month.
    ///
    /// ```
    /// # use wherewithal_base::wherewithal;
    /// # use wherewithal::dates::{MonthEnd, date};
    /// let start = date(2026, 2, 28)?;
    /// assert_eq!(start.add_months_by(1, MonthEnd::AnchorDay)?, date(2026, 3, 28)?);
    /// assert_eq!(start.add_months_by(1, MonthEnd::EndOfMonth)?, date(2026, 3, 31)?);
    /// # Ok::<(), wherewithal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `date.out_of_range`.
    pub fn add_months_by(self, months: i32, rule: MonthEnd) -> Result<Self> {
        // In months since year 0, so that negative months need no case of their own.
        let month = (self.year() * 12 + self.0.month0().cast_signed()).checked_add(months);
        let (year, month0) = month.map(|m| (m.div_euclid(12), m.rem_euclid(12))).ok_or_else(out_of_range)?;
        let first = NaiveDate::from_ymd_opt(year, month0.cast_unsigned() + 1, 1)
            .filter(|_| (1..=9999).contains(&year))
            .ok_or_else(out_of_range)?;
        let last = days_in_month(first.leap_year(), first.month());
        let day = match rule {
            MonthEnd::EndOfMonth if self.is_end_of_month() => last,
            MonthEnd::EndOfMonth | MonthEnd::AnchorDay => self.day().min(last),
        };
        first.with_day(day).map(Self).ok_or_else(out_of_range)
    }

    /// Days from 0001-01-01, which is day 1.
    #[must_use]
    pub fn day_number(self) -> i32 {
        self.0.num_days_from_ce()
    }

    /// The date of a [`day_number`](Self::day_number).
    ///
    /// # Errors
    /// `date.out_of_range`.
    pub fn from_day_number(number: i32) -> Result<Self> {
        NaiveDate::from_num_days_from_ce_opt(number)
            .filter(|day| (1..=9999).contains(&day.year()))
            .map(Self)
            .ok_or_else(out_of_range)
    }

    /// Days from `self` to `later`; negative if `later` is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i32 {
        later.day_number() - self.day_number()
    }
}

/// How months are counted from the end of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Wire)]
pub enum MonthEnd {
    /// The same day of the month, or the last day of a month that is too short: 31 January, 28 February,
    /// 31 March; 30 April, 30 May.
    #[default]
    AnchorDay,
    /// From the last day of a month to the last day of other months: 28 February, 31 March; 30 April, 31 May. Other
    /// days follow `anchorDay`.
    EndOfMonth,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Wire)]
pub enum Weekday {
    /// Monday, the first day of the week in ISO 8601.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

fn days_in_month(leap: bool, month: u32) -> u32 {
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn out_of_range() -> Error {
    Error::new(ErrorCode::DateOutOfRange, "the date lies outside the years 0001 to 9999")
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let malformed = || {
            let shown: String = text.chars().take(40).collect();
            Error::new(
                ErrorCode::DateMalformed,
                format!("{shown:?} is not a date; write it like \"2026-01-31\""),
            )
        };
        // Parsing the numbers alone would accept signs and other widths.
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(index, byte)| match index {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shape {
            return Err(malformed());
        }
        let part = |range| text.get(range).and_then(|part: &str| part.parse::<u32>().ok());
        let (Some(year), Some(month), Some(day)) = (part(0..4), part(5..7), part(8..10)) else {
            return Err(malformed());
        };
        date(year.cast_signed(), month, day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Wire for Date {
    fn shape() -> Shape {
        Shape::Date
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        reader.text(value, Shape::Date)?.parse()
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        sink.text(&self.to_string())
    }
}

wire::serde_impls!(Date);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_date() -> impl Strategy<Value = Date> {
        (1i32..=3_652_059).prop_map(|number| Date::from_day_number(number).unwrap())
    }

    /// Computed with `dateutil` 2.9 (`relativedelta(months=n)`), which keeps the day and cuts it to the month.
    #[test]
    fn months_are_added_from_the_anchor_day() {
        let cases = [
            ("2024-01-31", 1, "2024-02-29"),
            ("2023-01-31", 1, "2023-02-28"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-02-29", 48, "2028-02-29"),
            ("2024-03-31", -1, "2024-02-29"),
            ("2024-03-31", -13, "2023-02-28"),
            ("2023-12-15", 1, "2024-01-15"),
            ("2024-01-15", -1, "2023-12-15"),
            ("2096-02-29", 48, "2100-02-28"),
        ];
        for (start, months, expected) in cases {
            let start: Date = start.parse().unwrap();
            assert_eq!(start.add_months(months).unwrap().to_string(), expected, "{start} {months}");
        }
    }

    #[test]
    fn the_calendar_ends_at_its_first_and_last_day() {
        let (first, last) = (date(1, 1, 1).unwrap(), date(9999, 12, 31).unwrap());
        assert_eq!((first.day_number(), last.day_number()), (1, 3_652_059));
        for outside in [
            first.add_days(-1),
            first.add_months(-1),
            last.add_days(1),
            last.add_months(1),
            last.add_days(i32::MAX),
            first.add_days(i32::MIN),
            last.add_months(i32::MAX),
            first.add_months(i32::MIN),
            Date::from_day_number(0),
        ] {
            assert_eq!(outside.unwrap_err().code(), ErrorCode::DateOutOfRange);
        }
    }

    #[test]
    fn other_text_is_no_date() {
        for text in
            ["", "2026-1-31", "20260131", "2026-01-31T00:00", "+2026-01-3", "2026/01/31", "\u{0662}026-01-1"]
        {
            assert_eq!(text.parse::<Date>().unwrap_err().code(), ErrorCode::DateMalformed, "{text}");
        }
        for text in ["0000-01-01", "2026-13-01", "2026-00-10", "2026-02-29", "2026-04-31", "2026-04-00"] {
            assert_eq!(text.parse::<Date>().unwrap_err().code(), ErrorCode::DateOutOfRange, "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_and_number_lead_back(date in any_date()) {
            prop_assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
            prop_assert_eq!(Date::from_day_number(date.day_number()).unwrap(), date);
        }

        #[test]
        fn weekdays_follow_each_other(date in any_date()) {
            // 2000-01-01 was a Saturday.
            let number = (date.day_number() - super::date(2000, 1, 1).unwrap().day_number() + 5).rem_euclid(7);
            prop_assert_eq!(date.weekday() as i32, number);
        }

        #[test]
        fn a_month_later_is_in_the_next_month(date in any_date(), months in -240i32..240) {
            if let Ok(later) = date.add_months(months) {
                let distance = 12 * (later.year() - date.year()) + later.month() as i32 - date.month() as i32;
                prop_assert_eq!(distance, months);
                prop_assert!(later.day() == date.day() || later.is_end_of_month());
                let sticky = date.add_months_by(months, MonthEnd::EndOfMonth).unwrap();
                prop_assert!(!date.is_end_of_month() || sticky.is_end_of_month());
                prop_assert!(date.is_end_of_month() || sticky == later);
            }
        }
    }
}
