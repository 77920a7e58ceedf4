//! Points in time.

use std::{
    fmt,
    str::FromStr,
    time::{SystemTime, UNIX_EPOCH},
};

use wherewithal_base::dates::Date;

use crate::{Code, Error, Result};

const MICROS_PER_SECOND: i64 = 1_000_000;
const MICROS_PER_DAY: i64 = 86_400 * MICROS_PER_SECOND;
/// The day number of 1970-01-01.
const UNIX_EPOCH_DAY: i64 = 719_163;

/// A point in time in UTC, to the microsecond, in the years 0001 to 9999, without leap seconds.
///
/// ```
/// use wherewithal_store::Timestamp;
///
/// let moment: Timestamp = "2026-01-31T09:30:00Z".parse()?;
/// assert_eq!(moment.to_string(), "2026-01-31T09:30:00.000000Z");
/// assert_eq!(moment.date().to_string(), "2026-01-31");
/// # Ok::<(), wherewithal_store::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    date: Date,
    /// From 0 to the last microsecond of the day.
    micros_of_day: i64,
}

impl Timestamp {
    /// The time by its microseconds since 1970-01-01T00:00:00Z; negative before it.
    ///
    /// # Errors
    /// `store.timestamp.malformed` outside the years 0001 to 9999.
    pub fn from_unix_micros(micros: i64) -> Result<Self> {
        let out_of_range = || {
            Error::new(
                Code::TimestampMalformed,
                format!("{micros} microseconds since 1970 are outside the years 0001 to 9999"),
            )
        };
        let day = micros.div_euclid(MICROS_PER_DAY) + UNIX_EPOCH_DAY;
        let day = i32::try_from(day).map_err(|_| out_of_range())?;
        let date = Date::from_day_number(day).map_err(|_| out_of_range())?;
        Ok(Self { date, micros_of_day: micros.rem_euclid(MICROS_PER_DAY) })
    }

    /// Microseconds since 1970-01-01T00:00:00Z; negative before it.
    #[must_use]
    pub fn unix_micros(self) -> i64 {
        (i64::from(self.date.day_number()) - UNIX_EPOCH_DAY) * MICROS_PER_DAY + self.micros_of_day
    }

    /// The civil date in UTC.
    #[must_use]
    pub fn date(self) -> Date {
        self.date
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = Error;

    fn try_from(time: SystemTime) -> Result<Self> {
        let out_of_range =
            |_| Error::new(Code::TimestampMalformed, "the time is outside the years 0001 to 9999");
        let micros = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_micros()).map_err(out_of_range)?,
            Err(before) => -i64::try_from(before.duration().as_micros()).map_err(out_of_range)?,
        };
        Self::from_unix_micros(micros)
    }
}

impl FromStr for Timestamp {
    type Err = Error;

    /// Reads RFC 3339 in UTC: `2026-01-31T09:30:00Z`, with up to six places of a second.
    fn from_str(text: &str) -> Result<Self> {
        let malformed = || {
            let shown: String = text.chars().take(40).collect();
            Error::new(
                Code::TimestampMalformed,
                format!("{shown:?} is not a time in UTC; it must be like \"2026-01-31T09:30:00.000000Z\""),
            )
        };
        let (day, time) = text.split_once('T').ok_or_else(malformed)?;
        let date: Date = day.parse().map_err(|_| malformed())?;
        let time = time.strip_suffix('Z').ok_or_else(malformed)?;
        let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
        let mut parts = clock.split(':').map(|part| number(part).filter(|_| part.len() == 2));
        let mut part = |limit| parts.next().flatten().filter(|value| *value < limit);
        let (Some(hour), Some(minute), Some(second)) = (part(24), part(60), part(60)) else {
            return Err(malformed());
        };
        if parts.next().is_some() || fraction.is_empty() || fraction.len() > 6 {
            return Err(malformed());
        }
        let micros = number(&format!("{fraction:0<6}")).ok_or_else(malformed)?;
        let seconds = (hour * 60 + minute) * 60 + second;
        Ok(Self { date, micros_of_day: seconds * MICROS_PER_SECOND + micros })
    }
}

/// A number of digits only, without signs and spaces.
fn number(digits: &str) -> Option<i64> {
    let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if all { digits.parse().ok() } else { None }
}

impl From<Date> for Timestamp {
    /// The start of the day in UTC.
    fn from(date: Date) -> Self {
        Self { date, micros_of_day: 0 }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, micros) =
            (self.micros_of_day / MICROS_PER_SECOND, self.micros_of_day % MICROS_PER_SECOND);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z", self.date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_reads() {
        for text in [
            "0001-01-01T00:00:00.000000Z",
            "1969-12-31T23:59:59.999999Z",
            "1970-01-01T00:00:00.000000Z",
            "2026-02-28T23:59:59.000001Z",
            "9999-12-31T23:59:59.999999Z",
        ] {
            let moment: Timestamp = text.parse().unwrap();
            assert_eq!(moment.to_string(), text);
            assert_eq!(Timestamp::from_unix_micros(moment.unix_micros()).unwrap(), moment);
        }
        // GNU date: `date -u -d 2026-01-31T09:30:00Z +%s`.
        let moment: Timestamp = "2026-01-31T09:30:00Z".parse().unwrap();
        assert_eq!(moment.unix_micros(), 1_769_851_800_000_000);
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in [
            "",
            "2026-01-31",
            "2026-01-31T09:30Z",
            "2026-01-31T09:30:00",
            "2026-01-31 09:30:00Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T09:60:00Z",
            "2026-01-31T09:30:60Z",
            "2026-01-31T9:30:00Z",
            "2026-01-31T+9:30:00Z",
            "2026-01-31T09:30:00.1234567Z",
            "2026-01-31T09:30:00.Z",
            "2026-01-31T09:30:00:00Z",
            "2026-02-29T09:30:00Z",
            "0000-01-01T00:00:00Z",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
        assert!(Timestamp::from_unix_micros(i64::MAX).is_err());
        assert!(Timestamp::from_unix_micros(i64::MIN).is_err());
        let first: Timestamp = "0001-01-01T00:00:00Z".parse().unwrap();
        assert!(Timestamp::from_unix_micros(first.unix_micros() - 1).is_err());
        let last: Timestamp = "9999-12-31T23:59:59.999999Z".parse().unwrap();
        assert!(Timestamp::from_unix_micros(last.unix_micros() + 1).is_err());
    }
}
