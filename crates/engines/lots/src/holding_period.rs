//! Short and long holding periods.

use wherewithal_base::{
    Result,
    dates::{Date, date},
    wire::Wire,
};

/// How long something was held before it was sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum HoldingTerm {
    /// One year or less.
    Short,
    /// More than one year.
    Long,
    /// Whatever the time: 60 % long-term and 40 % short-term (section 1256 contracts, IRC 1256(a)(3)).
    SixtyForty,
}

/// The first day on which a sale of something acquired on `acquired` is long-term in the United States.
///
/// The holding period begins on the day after the acquisition and includes the day of the sale; long-term is more than one
/// year by the calendar (IRC 1222, Rev. Rul. 66-7). A year that begins on a 29 February is over at the end of the next
/// 28 February.
///
/// ```
/// # use wherewithal_lots::wherewithal;
/// use wherewithal::{dates::date, lots::first_long_term_day};
///
/// assert_eq!(first_long_term_day(date(2024, 2, 28)?)?, date(2025, 3, 1)?);
/// assert_eq!(first_long_term_day(date(2023, 2, 28)?)?, date(2024, 3, 1)?);
/// assert_eq!(first_long_term_day(date(2025, 1, 10)?)?, date(2026, 1, 11)?);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `date.out_of_range` after 9998-12-30.
pub fn first_long_term_day(acquired: Date) -> Result<Date> {
    let first = acquired.add_days(1)?;
    let year = first.year() + 1;
    if (first.month(), first.day()) == (2, 29) {
        return date(year, 3, 1);
    }
    date(year, first.month(), first.day())
}

/// The rule by which a holding becomes long-term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LongTermRule {
    /// More than one year by the calendar.
    CalendarYear,
    /// More than a number of days.
    Days(i32),
}

impl LongTermRule {
    /// The first day on which something held since a day is long-term; the end of time if there is none.
    pub(crate) fn first_long_day(self, held_since: i32) -> i32 {
        match self {
            Self::Days(most) => held_since.saturating_add(most).saturating_add(1),
            Self::CalendarYear => Date::from_day_number(held_since)
                .and_then(first_long_term_day)
                .map_or(i32::MAX, Date::day_number),
        }
    }

    /// The term of what is held since one day and sold on another, both as day numbers.
    pub(crate) fn term(self, held_since: i32, sold: i32) -> Result<HoldingTerm> {
        let days = sold - held_since;
        let long = match self {
            Self::Days(most) => days > most,
            // The first long-term day is 366 or 367 days after the acquisition, so only these need the calendar.
            Self::CalendarYear if days < 366 => false,
            Self::CalendarYear if days > 367 => true,
            Self::CalendarYear => {
                Date::from_day_number(sold)? >= first_long_term_day(Date::from_day_number(held_since)?)?
            }
        };
        Ok(if long { HoldingTerm::Long } else { HoldingTerm::Short })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_long_term_day_is_366_or_367_days_after_the_acquisition() {
        let start = date(2020, 1, 1).unwrap();
        for day in 0..3000 {
            let acquired = start.add_days(day).unwrap();
            let days = acquired.days_until(first_long_term_day(acquired).unwrap());
            assert!((366..=367).contains(&days), "{acquired}: {days}");
        }
    }
}
