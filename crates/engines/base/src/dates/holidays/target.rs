//! The closing days of TARGET, by the European Central Bank's long-term calendar (press release of 14 December 2000)
//! and, for 1999 to 2001, its yearly announcements.

use super::easter::days_after_easter;
use crate::dates::Date;

pub(super) fn holiday(date: Date) -> Option<&'static str> {
    match (date.month(), date.day()) {
        (1, 1) => return Some("New Year's Day"),
        (12, 25) => return Some("Christmas Day"),
        (12, 31) if matches!(date.year(), 1999 | 2001) => return Some("Additional closing day"),
        // In its first year, 1999, the system had no other closing days.
        _ if date.year() < 2000 => return None,
        (5, 1) => return Some("Labour Day"),
        (12, 26) => return Some("26 December"),
        _ => {}
    }
    match days_after_easter(date) {
        -2 => Some("Good Friday"),
        1 => Some("Easter Monday"),
        _ => None,
    }
}
