//! Dates as printed. A date never passes through an instant: a time or a zone behind it is dropped, and the written day is
//! the day.

use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::{Date, date},
};

use crate::DateOrder;

/// The months in English, in lower case.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// From which two digits on a year is of the last century.
const LAST_CENTURY: i32 = 70;

/// The longest text after a date: a time with a zone.
const LONGEST_TIME: usize = 40;

/// A date as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// Its order is certain: the year stands first, or the month has its name.
    Whole { year: i32, month: u32, day: u32 },
    /// Two numbers, of which one is the month, and a year.
    Parts { first: u32, second: u32, year: i32, usual: Option<DateOrder> },
}

impl Written {
    /// The parts of a date; `None` if the text is no date.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let mut parts = Parts { rest: text.trim(), dotted: true, slashed: true, quoted: false };
        let first = parts.next()?;
        if let Part::Number { value, digits: 8 } = first {
            let year = i32::try_from(value / 10_000).ok()?;
            return parts.ends().then_some(Self::Whole { year, month: value / 100 % 100, day: value % 100 });
        }
        let second = parts.next()?;
        let third = parts.next()?;
        if !parts.ends() {
            return None;
        }
        match (first, second, third) {
            (
                Part::Number { value: year, digits: 4 },
                Part::Number { value: month, .. },
                Part::Number { value: day, digits: 1 | 2 },
            ) => Some(Self::Whole { year: i32::try_from(year).ok()?, month, day }),
            (Part::Number { value: day, digits: 1 | 2 }, Part::Month(month), year)
            | (Part::Month(month), Part::Number { value: day, digits: 1 | 2 }, year) => {
                Some(Self::Whole { year: parts.year(year)?, month, day })
            }
            (
                Part::Number { value: first, digits: 1 | 2 },
                Part::Number { value: second, digits: 1 | 2 },
                year,
            ) => Some(Self::Parts { first, second, year: parts.year(year)?, usual: parts.usual() }),
            _ => None,
        }
    }

    /// The date, with an order for one whose order is not certain.
    ///
    /// # Errors
    /// `date.out_of_range`.
    pub(crate) fn date(self, order: DateOrder) -> Result<Date> {
        match self {
            Self::Whole { year, month, day } => date(year, month, day),
            Self::Parts { first, second, year, .. } => match order {
                DateOrder::MonthFirst => date(year, first, second),
                DateOrder::DayFirst => date(year, second, first),
            },
        }
    }
}

/// The date of a text.
///
/// # Errors
/// `date.malformed`, `date.out_of_range`.
pub(crate) fn dated(text: &str, order: DateOrder) -> Result<Date> {
    match Written::of(text) {
        Some(written) => written.date(order),
        None => {
            let shown: String = text.chars().take(40).collect();
            Err(Error::new(ErrorCode::DateMalformed, format!("{shown:?} is not a date")))
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Number { value: u32, digits: usize },
    Month(u32),
}

/// The numbers and names of a text, and what stands between them.
struct Parts<'a> {
    rest: &'a str,
    /// Whether only points stand between them.
    dotted: bool,
    /// Whether only slashes and apostrophes do.
    slashed: bool,
    /// Whether an apostrophe stands before the last.
    quoted: bool,
}

impl Parts<'_> {
    fn next(&mut self) -> Option<Part> {
        self.separators();
        let is_digit = self.rest.starts_with(|c: char| c.is_ascii_digit());
        let length = self.rest.find(|c: char| c.is_ascii_digit() != is_digit || !c.is_ascii_alphanumeric());
        let (word, rest) = self.rest.split_at_checked(length.unwrap_or(self.rest.len()))?;
        let part = if is_digit {
            Part::Number { value: word.parse().ok().filter(|_| word.len() <= 8)?, digits: word.len() }
        } else {
            Part::Month(month(word)?)
        };
        self.rest = rest;
        Some(part)
    }

    /// Skips what stands between two parts.
    fn separators(&mut self) {
        self.quoted = false;
        let between = |c: char| matches!(c, '/' | '-' | '.' | '\'' | ',' | ' ' | '\u{2019}');
        while let Some(character) = self.rest.chars().next().filter(|c| between(*c)) {
            self.dotted &= character == '.';
            self.slashed &= matches!(character, '/' | '\'' | ' ');
            self.quoted |= matches!(character, '\'' | '\u{2019}');
            self.rest = self.rest.get(character.len_utf8()..).unwrap_or_default();
        }
    }

    /// Whether nothing is left but a time.
    fn ends(&self) -> bool {
        let starts = self.rest.is_empty() || self.rest.starts_with(['T', ' ', ',', ';', '[']);
        let allowed = |c: char| {
            c.is_ascii_alphanumeric()
                || matches!(c, ':' | '.' | '+' | '-' | ' ' | ',' | ';' | '[' | ']' | '/')
        };
        starts && self.rest.len() <= LONGEST_TIME && self.rest.chars().all(allowed)
    }

    /// The year of the last part. Quicken writes an apostrophe before the years from 2000 on.
    fn year(&self, part: Part) -> Option<i32> {
        let Part::Number { value, digits } = part else { return None };
        let value = i32::try_from(value).ok()?;
        match digits {
            4 => Some(value),
            1 | 2 if self.quoted => Some(2000 + value),
            2 if value >= LAST_CENTURY => Some(1900 + value),
            2 => Some(2000 + value),
            _ => None,
        }
    }

    /// The order that usually goes with how it is written: the day stands first before points, and the month in Quicken's
    /// `6/ 4'18`.
    fn usual(&self) -> Option<DateOrder> {
        if self.dotted {
            Some(DateOrder::DayFirst)
        } else if self.slashed && self.quoted {
            Some(DateOrder::MonthFirst)
        } else {
            None
        }
    }
}

/// The month of a name, in full or of at least three letters.
fn month(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let word = word.strip_suffix("sept").map_or(word.as_str(), |_| "sep");
    let place = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(word))?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use DateOrder::{DayFirst, MonthFirst};

    fn read(text: &str, order: DateOrder) -> String {
        dated(text, order).map_or_else(|error| error.code().to_string(), |date| date.to_string())
    }

    /// E20 and E21, and other shapes of exports.
    #[test]
    fn dates_as_printed() {
        for (text, order, expected) in [
            ("20260302", MonthFirst, "2026-03-02"),
            ("2026-03-02", DayFirst, "2026-03-02"),
            ("2026-03-02T23:30:00-08:00", MonthFirst, "2026-03-02"),
            ("2026-03-02 23:59:59 UTC", MonthFirst, "2026-03-02"),
            ("2026-04-21, 08:37:00", MonthFirst, "2026-04-21"),
            ("2026/3/2", MonthFirst, "2026-03-02"),
            ("6/ 4'18", MonthFirst, "2018-06-04"),
            ("26 Jan 2026", MonthFirst, "2026-01-26"),
            ("Jan 26, 2026", DayFirst, "2026-01-26"),
            ("26-January-26", MonthFirst, "2026-01-26"),
            ("28.02'2009", DayFirst, "2009-02-28"),
            ("02/03/2026", MonthFirst, "2026-02-03"),
            ("02/03/2026", DayFirst, "2026-03-02"),
            ("1/2/99", MonthFirst, "1999-01-02"),
            ("1/2/26", MonthFirst, "2026-01-02"),
            ("1/ 1' 0", MonthFirst, "2000-01-01"),
            ("13/02/2026", MonthFirst, "date.out_of_range"),
            ("02/30/2026", MonthFirst, "date.out_of_range"),
            ("2026-02-30", MonthFirst, "date.out_of_range"),
            ("99999999", MonthFirst, "date.out_of_range"),
            ("", MonthFirst, "date.malformed"),
            ("today", MonthFirst, "date.malformed"),
            ("1/2", MonthFirst, "date.malformed"),
            ("1/2/3/4", MonthFirst, "date.malformed"),
            ("123/2/2026", MonthFirst, "date.malformed"),
            ("Foo 2, 2026", MonthFirst, "date.malformed"),
            ("é/2/2026", MonthFirst, "date.malformed"),
        ] {
            assert_eq!(read(text, order), expected, "{text}");
        }
    }

    #[test]
    fn how_a_date_is_written_suggests_its_order() {
        let usual = |text| match Written::of(text) {
            Some(Written::Parts { usual, .. }) => usual,
            _ => None,
        };
        assert_eq!(usual("01.02.2026"), Some(DayFirst));
        assert_eq!(usual("6/ 4'18"), Some(MonthFirst));
        assert_eq!(usual("01/02/2026"), None);
        assert_eq!(usual("01-02-2026"), None);
    }
}
