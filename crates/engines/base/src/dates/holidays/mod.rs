//! Holidays by rule, and closures outside the rules.

mod easter;
mod nyse;
mod target;
mod united_states;

use super::{Date, Weekday};
use crate::{Error, ErrorCode, Result, wire::Wire};

/// A named holiday calendar. Each starts in a first year and extends into the future by the rules in force in 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Wire)]
pub enum HolidayCalendar {
    /// No holidays: weekends only.
    #[default]
    None,
    /// The legal public holidays of the United States (5 U.S.C. 6103) from 1971 on, with Juneteenth from 2021 and
    /// Martin Luther King's birthday from 1986. A holiday on a Saturday is observed on the Friday before it, one on a
    /// Sunday on the Monday after it. Days off by executive order and Inauguration Day are not included.
    UsFederal,
    /// The holidays of the Federal Reserve Banks from 1971 on, on which ACH and Fedwire do not settle: as `usFederal`,
    /// but a holiday on a Saturday is not observed on the Friday.
    FederalReserve,
    /// The full-day closures of the New York Stock Exchange from 1971 on: its rules, and the closures for
    /// mourning, storms, a blackout and the attacks of 2001 up to 2025. Days that close early are business days.
    Nyse,
    /// The closing days of the Eurosystem's TARGET (now T2) from 1999 on.
    Target,
}

impl HolidayCalendar {
    /// The first year for which the holidays are known; 1 for `None`.
    #[must_use]
    pub fn first_year(self) -> i32 {
        match self {
            Self::None => 1,
            Self::UsFederal | Self::FederalReserve | Self::Nyse => 1971,
            Self::Target => 1999,
        }
    }

    /// The name of the holiday observed on `date`, if there is one. A holiday that falls on a weekend and is observed
    /// on another day has its name on both days.
    ///
    /// ```
    /// # use wherewithal_base::wherewithal;
    /// use wherewithal::dates::{HolidayCalendar, date};
    ///
    /// let independence = HolidayCalendar::Nyse.holiday(date(2026, 7, 3)?)?;
    /// assert_eq!(independence, Some("Independence Day"));
    /// # Ok::<(), wherewithal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `date.out_of_range` before the [first year](Self::first_year).
    pub fn holiday(self, date: Date) -> Result<Option<&'static str>> {
        if date.year() < self.first_year() {
            return Err(Error::new(
                ErrorCode::DateOutOfRange,
                format!("{date} is before {}, the first year of this calendar", self.first_year()),
            ));
        }
        Ok(match self {
            Self::None => None,
            Self::UsFederal => united_states::holiday(date, Observance::NearestWeekday),
            Self::FederalReserve => united_states::holiday(date, Observance::SundayToMonday),
            Self::Nyse => nyse::holiday(date),
            Self::Target => target::holiday(date),
        })
    }
}

/// When a holiday with a fixed date that falls on a weekend is observed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Observance {
    /// Saturday on Friday, Sunday on Monday.
    NearestWeekday,
    /// Sunday on Monday; Saturday not at all.
    SundayToMonday,
}

/// Whether the holiday of `month` and `day` falls on `date` or is observed on it.
fn is_kept(date: Date, month: u32, day: u32, observance: Observance) -> bool {
    let is_holiday = |date: Date| (date.month(), date.day()) == (month, day);
    let neighbour = |days: i32| date.add_days(days).is_ok_and(is_holiday);
    is_holiday(date)
        || match date.weekday() {
            Weekday::Monday => neighbour(-1),
            Weekday::Friday => observance == Observance::NearestWeekday && neighbour(1),
            _ => false,
        }
}

/// Whether `date` is the `nth` (from 1) `weekday` of `month`.
fn is_nth(date: Date, nth: u32, weekday: Weekday, month: u32) -> bool {
    date.month() == month && date.weekday() == weekday && date.day().div_ceil(7) == nth
}

/// Whether `date` is the last `weekday` of `month`.
fn is_last(date: Date, weekday: Weekday, month: u32) -> bool {
    date.month() == month && date.weekday() == weekday && date.day() + 7 > date.days_in_month()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::date;

    /// The closed weekdays of each calendar, from the packages named at the head of each list.
    const LISTS: [(HolidayCalendar, i32, &str); 4] = [
        (HolidayCalendar::UsFederal, 2050, include_str!("published/us_federal.txt")),
        (HolidayCalendar::FederalReserve, 2050, include_str!("published/federal_reserve.txt")),
        (HolidayCalendar::Nyse, 2040, include_str!("published/nyse.txt")),
        (HolidayCalendar::Target, 2050, include_str!("published/target.txt")),
    ];

    fn listed(list: &str) -> Vec<String> {
        let years =
            list.lines().filter_map(|line| line.split_once(": ")).filter(|(year, _)| !year.starts_with('#'));
        years.flat_map(|(year, days)| days.split(' ').map(move |day| format!("{year}-{day}"))).collect()
    }

    #[test]
    fn holidays_are_those_of_the_published_lists() {
        for (calendar, last_year, list) in LISTS {
            let first = date(calendar.first_year(), 1, 1).unwrap().day_number();
            let last = date(last_year, 12, 31).unwrap().day_number();
            let found: Vec<String> = (first..=last)
                .map(|number| Date::from_day_number(number).unwrap())
                .filter(|date| date.weekday() < Weekday::Saturday)
                .filter(|date| calendar.holiday(*date).unwrap().is_some())
                .map(|date| date.to_string())
                .collect();
            assert_eq!(found, listed(list), "{calendar:?}");
        }
    }

    #[test]
    fn years_before_the_first_are_refused() {
        for (calendar, _, _) in LISTS {
            let error = calendar.holiday(date(calendar.first_year() - 1, 12, 31).unwrap()).unwrap_err();
            assert_eq!(error.code(), ErrorCode::DateOutOfRange, "{calendar:?}");
        }
    }
}
