//! The civil date.

use std::{borrow::Cow, fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Error, ErrorCode, Result};

/// A day of the (proleptic) Gregorian calendar, from 0001-01-01 to 9999-12-31, without time or zone.
///
/// On the wire: ISO 8601, `2026-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// The date of a year, a month from 1 and a day from 1.
///
/// ```
/// # use wherewithal::dates::date;
/// assert_eq!(date(2028, 2, 29)?.to_string(), "2028-02-29");
/// assert!(date(2026, 2, 29).is_err());
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `date.out_of_range` when there is no such day or the year is outside 1 to 9999.
pub fn date(year: i32, month: u32, day: u32) -> Result<Date> {
    NaiveDate::from_ymd_opt(year, month, day)
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
            .ok_or_else(|| {
                Error::new(ErrorCode::DateOutOfRange, "the date lies outside the years 0001 to 9999")
            })
    }

    /// Days from `self` to `later`; negative when `later` is the earlier one.
    #[must_use]
    pub fn days_until(self, later: Self) -> i32 {
        later.day_number() - self.day_number()
    }
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
        date(i32::try_from(year).unwrap_or(0), month, day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}
