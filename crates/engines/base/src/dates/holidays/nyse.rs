//! The full-day closures of the New York Stock Exchange.
//!
//! Rules: NYSE Rule 7.2 and its predecessors. The closures outside the rules are those on which the PyPI packages
//! `exchange_calendars` 4.13.2, `pandas_market_calendars` 5.5.0 and `holidays` 0.109 agree.

use super::{Observance, easter::days_after_easter, is_kept, is_last, is_nth};
use crate::dates::{
    Date,
    Weekday::{Monday, Thursday, Tuesday},
};

pub(super) fn holiday(date: Date) -> Option<&'static str> {
    let year = date.year();
    let kept = |month, day| is_kept(date, month, day, Observance::NearestWeekday);
    if is_kept(date, 1, 1, Observance::SundayToMonday) {
        // Not observed on the Friday before, so that the year's last business day can close the books.
        Some("New Year's Day")
    } else if is_nth(date, 3, Monday, 1) && year >= 1998 {
        Some("Martin Luther King, Jr. Day")
    } else if is_nth(date, 3, Monday, 2) {
        Some("Washington's Birthday")
    } else if days_after_easter(date) == -2 {
        Some("Good Friday")
    } else if is_last(date, Monday, 5) {
        Some("Memorial Day")
    } else if kept(6, 19) && year >= 2022 {
        Some("Juneteenth National Independence Day")
    } else if kept(7, 4) {
        Some("Independence Day")
    } else if is_nth(date, 1, Monday, 9) {
        Some("Labor Day")
    } else if is_election_day(date) {
        Some("Election Day")
    } else if is_nth(date, 4, Thursday, 11) {
        Some("Thanksgiving Day")
    } else if kept(12, 25) {
        Some("Christmas Day")
    } else {
        special_closure(date)
    }
}

/// The Tuesday after the first Monday of November, observed in the years of presidential elections up to 1980.
fn is_election_day(date: Date) -> bool {
    date.year() <= 1980
        && date.year() % 4 == 0
        && date.month() == 11
        && date.weekday() == Tuesday
        && (2..=8).contains(&date.day())
}

fn special_closure(date: Date) -> Option<&'static str> {
    match (date.year(), date.month(), date.day()) {
        (1972, 12, 28) => Some("Funeral of former President Truman"),
        (1973, 1, 25) => Some("Funeral of former President Johnson"),
        (1977, 7, 14) => Some("Blackout in New York City"),
        (1985, 9, 27) => Some("Hurricane Gloria"),
        (1994, 4, 27) => Some("Funeral of former President Nixon"),
        (2001, 9, 11..=14) => Some("Attacks of 11 September 2001"),
        (2004, 6, 11) => Some("National Day of Mourning for former President Reagan"),
        (2007, 1, 2) => Some("National Day of Mourning for former President Ford"),
        (2012, 10, 29 | 30) => Some("Hurricane Sandy"),
        (2018, 12, 5) => Some("National Day of Mourning for former President Bush"),
        (2025, 1, 9) => Some("National Day of Mourning for former President Carter"),
        _ => None,
    }
}
