//! The notation of RFC 5545 for recurrence rules.

use super::rule::{RecurrenceDay, RecurrenceRule};
use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::{Date, Frequency, Weekday, date},
};

/// The parts of a rule that concern times of the day, and the one that other calendars add.
const OTHER_PARTS: [&str; 5] = ["BYSECOND", "BYMINUTE", "BYHOUR", "RSCALE", "SKIP"];
const OTHER_FREQUENCIES: [&str; 3] = ["SECONDLY", "MINUTELY", "HOURLY"];

impl RecurrenceRule {
    /// Reads a rule such as `FREQ=MONTHLY;BYDAY=-1FR`, with or without `RRULE:` before it. Upper and lower case are alike,
    /// parts come in any order; each comes once.
    pub(super) fn of_text(text: &str) -> Result<Self> {
        let parts = match text.split_at_checked(6) {
            Some((name, rest)) if name.eq_ignore_ascii_case("RRULE:") => rest,
            _ => text,
        };
        let mut rule = Self::every(Frequency::Daily);
        let mut names: Vec<String> = Vec::new();
        for part in parts.split(';') {
            let (name, value) = part
                .split_once('=')
                .ok_or_else(|| malformed(&format!("{part:?} is not a part such as FREQ=MONTHLY")))?;
            let name = name.to_ascii_uppercase();
            if names.contains(&name) {
                return Err(malformed(&format!("{name} occurs twice")));
            }
            rule.read_part(&name, &value.to_ascii_uppercase())?;
            names.push(name);
        }
        if names.iter().any(|name| name == "FREQ") { Ok(rule) } else { Err(malformed("FREQ is missing")) }
    }

    fn read_part(&mut self, name: &str, value: &str) -> Result<()> {
        match name {
            "FREQ" => self.frequency = frequency(value)?,
            "INTERVAL" => self.interval = Some(positive(name, value)?),
            "COUNT" => self.count = Some(positive(name, value)?),
            "UNTIL" => self.until = Some(until(value)?),
            "WKST" => self.week_start = Some(weekday(value).ok_or_else(|| unreadable(name, value))?),
            "BYMONTH" => self.by_month = list(value, |item| positive(name, item))?,
            "BYWEEKNO" => self.by_week_number = list(value, |item| signed(name, item))?,
            "BYYEARDAY" => self.by_year_day = list(value, |item| signed(name, item))?,
            "BYMONTHDAY" => self.by_month_day = list(value, |item| signed(name, item))?,
            "BYSETPOS" => self.by_set_position = list(value, |item| signed(name, item))?,
            "BYDAY" => self.by_day = list(value, |item| numbered_weekday(name, item))?,
            _ if OTHER_PARTS.contains(&name) => {
                return Err(malformed(&format!(
                    "{name} is not for dates of the Gregorian calendar without times"
                )));
            }
            _ => return Err(malformed(&format!("{name:?} is no part of a recurrence rule"))),
        }
        Ok(())
    }
}

fn frequency(value: &str) -> Result<Frequency> {
    Ok(match value {
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Annual,
        _ if OTHER_FREQUENCIES.contains(&value) => {
            return Err(malformed(&format!("FREQ={value} is not for dates without times")));
        }
        _ => return Err(unreadable("FREQ", value)),
    })
}

/// A date such as 20261231. One with a time would be an instant, whose day depends on the time zone.
fn until(value: &str) -> Result<Date> {
    if value.len() > 8 && value.contains('T') {
        return Err(malformed(&format!(
            "UNTIL={value} has a time; give the day alone, such as UNTIL=20261231"
        )));
    }
    let digits = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    let part = |range| value.get(range).and_then(|part: &str| part.parse::<u32>().ok());
    match (digits, part(0..4), part(4..6), part(6..8)) {
        (true, Some(year), Some(month), Some(day)) => date(year.cast_signed(), month, day),
        _ => Err(unreadable("UNTIL", value)),
    }
}

/// The items of a list, of which there is at least one.
fn list<T>(value: &str, read: impl Fn(&str) -> Result<T>) -> Result<Vec<T>> {
    value.split(',').map(read).collect()
}

/// A number without a sign.
fn positive(name: &str, value: &str) -> Result<u32> {
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| value.parse().ok()).flatten().ok_or_else(|| unreadable(name, value))
}

/// A number with or without a sign.
fn signed(name: &str, value: &str) -> Result<i32> {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    let number = positive(name, digits).map_err(|_| unreadable(name, value))?;
    let number = i32::try_from(number).map_err(|_| unreadable(name, value))?;
    Ok(if value.starts_with('-') { -number } else { number })
}

/// A day of the week such as MO, 2TU or -1FR.
fn numbered_weekday(name: &str, value: &str) -> Result<RecurrenceDay> {
    let split = value.len().checked_sub(2).and_then(|at| value.split_at_checked(at));
    let (number, day) = split.ok_or_else(|| unreadable(name, value))?;
    let weekday = weekday(day).ok_or_else(|| unreadable(name, value))?;
    let ordinal = match number {
        "" => None,
        number => Some(signed(name, number).map_err(|_| unreadable(name, value))?),
    };
    Ok(RecurrenceDay { weekday, ordinal })
}

fn weekday(value: &str) -> Option<Weekday> {
    Some(match value {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

fn unreadable(name: &str, value: &str) -> Error {
    malformed(&format!("{name} cannot be {value:?}"))
}

fn malformed(message: &str) -> Error {
    // A text of a thousand characters is not for a message.
    let shown: String = message.chars().take(150).collect();
    Error::new(ErrorCode::RecurrenceMalformed, shown)
}
