//! The days that a rule asks for and that a month or a year does not have.

use super::occurrences::OccurrenceSkip;
use wherewithal_base::dates::{Date, Weekday};

/// A day that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MissingDay {
    /// The first day of the month or year that lacks it.
    pub(super) first: Date,
    /// The last day of it.
    pub(super) last: Date,
    /// What it is, of a month.
    pub(super) day: AskedDay,
}

/// A day as a rule asks for it; negative numbers count from the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AskedDay {
    OfMonth(i32),
    OfYear(i32),
    Week(i32),
    WeekdayOfMonth(Weekday, i32),
    WeekdayOfYear(Weekday, i32),
}

impl MissingDay {
    pub(super) fn reason(&self) -> OccurrenceSkip {
        match self.day {
            AskedDay::OfMonth(_) | AskedDay::OfYear(_) => OccurrenceSkip::NoSuchDay,
            AskedDay::Week(_) => OccurrenceSkip::NoSuchWeek,
            AskedDay::WeekdayOfMonth(..) | AskedDay::WeekdayOfYear(..) => OccurrenceSkip::NoSuchWeekday,
        }
    }

    /// What is missing, such as "April 2026 has no 31st".
    pub(super) fn said(&self) -> String {
        let year = self.first.year();
        match self.day {
            AskedDay::OfMonth(day) => format!("{} has no {}", self.month(), ordinal(day)),
            AskedDay::OfYear(day) => format!("{year} has no {} day", ordinal(day)),
            AskedDay::Week(week) => format!("{year} has no {} week", ordinal(week)),
            AskedDay::WeekdayOfMonth(weekday, number) => {
                format!("{} has no {} {weekday:?}", self.month(), ordinal(number))
            }
            AskedDay::WeekdayOfYear(weekday, number) => {
                format!("{year} has no {} {weekday:?}", ordinal(number))
            }
        }
    }

    fn month(&self) -> String {
        const NAMES: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let names = (1..).zip(NAMES);
        let name = names.filter(|(number, _)| *number == self.first.month()).map(|(_, name)| name);
        format!("{} {}", name.collect::<String>(), self.first.year())
    }
}

/// A number as people say it: 1st, 22nd, 31st, "3rd last".
fn ordinal(number: i32) -> String {
    let counted = number.unsigned_abs();
    let ending = match (counted % 10, counted % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{counted}{ending}{}", if number < 0 { " last" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn numbers_are_said_as_ordinals() {
        let said = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31, 111, -1, -31].map(ordinal).join(" ");
        assert_eq!(said, "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 31st 111th 1st last 31st last");
    }
}
