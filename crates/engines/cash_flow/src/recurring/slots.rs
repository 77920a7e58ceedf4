//! The days on which a cadence expects payments.
//!
//! A cadence is fitted to the dates of payments: the day of the month, or the day of the week, that most of them meet. Its
//! slots are counted, so that the distance of two payments in slots says how many were expected between them.

use wherewithal_base::{
    Result,
    control::Work,
    dates::{Date, Frequency, date},
};

use crate::{RecurrenceMonthEnd, RecurrenceRule};

/// The smallest and the largest distance of the two days of a cadence of twice a month.
const HALF_MONTH: std::ops::RangeInclusive<u32> = 10..=20;

/// A cadence that payments may have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cadence {
    pub(super) frequency: Frequency,
    /// How many days a payment may be off its slot.
    pub(super) tolerance: i32,
    unit: Unit,
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    Days(i32),
    HalfMonths,
    Months(i32),
}

impl Cadence {
    /// All cadences, from the shortest.
    pub(super) const ALL: [Self; 9] = [
        Self::new(Frequency::Weekly, 2, Unit::Days(7)),
        Self::new(Frequency::Biweekly, 3, Unit::Days(14)),
        Self::new(Frequency::Semimonthly, 3, Unit::HalfMonths),
        Self::new(Frequency::EveryFourWeeks, 4, Unit::Days(28)),
        Self::new(Frequency::Monthly, 5, Unit::Months(1)),
        Self::new(Frequency::EveryTwoMonths, 7, Unit::Months(2)),
        Self::new(Frequency::Quarterly, 10, Unit::Months(3)),
        Self::new(Frequency::Semiannual, 15, Unit::Months(6)),
        Self::new(Frequency::Annual, 20, Unit::Months(12)),
    ];

    const fn new(frequency: Frequency, tolerance: i32, unit: Unit) -> Self {
        Self { frequency, tolerance, unit }
    }

    /// The slots that most of the dates meet. The dates ascend, and there is at least one; `None` where the cadence has no
    /// second day of the month.
    pub(super) fn fit(self, dates: &[Date], work: &mut Work<'_, '_>) -> Result<Option<Slots>> {
        Ok(match self.unit {
            Unit::Days(length) => {
                let rest = |date: &Date| date.day_number().rem_euclid(length);
                most_frequent(dates.iter().map(rest)).map(|rest| Slots::Days { length, rest })
            }
            Unit::Months(length) => match most_met_day(dates) {
                Some(day) => {
                    let mut rests = Vec::with_capacity(dates.len());
                    for date in dates {
                        work.done(1)?;
                        rests.push(nearest_month(*date, day)?.rem_euclid(length));
                    }
                    most_frequent(rests.into_iter()).map(|rest| Slots::Months { length, rest, day })
                }
                None => None,
            },
            Unit::HalfMonths => half_months(dates, work)?,
        })
    }
}

/// Numbered days on which payments are expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slots {
    /// Days whose numbers leave this rest.
    Days { length: i32, rest: i32 },
    /// This day of months whose numbers leave this rest, or the last day of a month that is too short.
    Months { length: i32, rest: i32, day: u32 },
    /// Two days of each month.
    HalfMonths { days: [u32; 2] },
}

impl Slots {
    /// The number of the slot that is nearest to a date, the earlier of two, and how many days the date is after it.
    pub(super) fn nearest(self, date: Date) -> Result<(i32, i32)> {
        let about = match self {
            Self::Days { length, rest } => (date.day_number() - rest).div_euclid(length),
            Self::Months { length, rest, .. } => (month_number(date) - rest).div_euclid(length),
            Self::HalfMonths { .. } => 2 * month_number(date),
        };
        let mut nearest: Option<(i32, i32)> = None;
        for number in about - 1..=about + 2 {
            // At the ends of the calendar there is no further slot.
            let Ok(slot) = self.day(number) else { continue };
            let late = slot.days_until(date);
            if nearest.is_none_or(|(_, nearest)| late.abs() < nearest.abs()) {
                nearest = Some((number, late));
            }
        }
        match nearest {
            Some(nearest) => Ok(nearest),
            None => self.day(about).map(|slot| (about, slot.days_until(date))),
        }
    }

    /// The day of a slot.
    pub(crate) fn day(self, number: i32) -> Result<Date> {
        match self {
            Self::Days { length, rest } => Date::from_day_number(number * length + rest),
            Self::Months { length, rest, day } => day_of_month(number * length + rest, day),
            Self::HalfMonths { days: [first, second] } => {
                day_of_month(number.div_euclid(2), if number % 2 == 0 { first } else { second })
            }
        }
    }

    /// The slots as a rule, which begins on one of them and clamps days to the ends of short months.
    pub(super) fn rule(self, frequency: Frequency) -> RecurrenceRule {
        match self {
            Self::Days { .. } => RecurrenceRule::every(frequency),
            Self::Months { length, rest, day } => RecurrenceRule {
                // Without a month, an annual rule for a day of the month would recur in each.
                by_month: if length == 12 { vec![rest.cast_unsigned() + 1] } else { Vec::new() },
                by_month_day: vec![day.cast_signed()],
                ..RecurrenceRule::every(frequency)
            },
            Self::HalfMonths { days } => RecurrenceRule {
                by_month_day: days.map(u32::cast_signed).to_vec(),
                ..RecurrenceRule::every(Frequency::Monthly)
            },
        }
    }
}

/// What becomes of days that a month does not have, in the rules of [`Slots`].
pub(super) const MONTH_END: RecurrenceMonthEnd = RecurrenceMonthEnd::Clamp;

/// The value that occurs most often; of several, the one that comes last.
fn most_frequent(values: impl DoubleEndedIterator<Item = i32> + Clone) -> Option<i32> {
    let mut counts = std::collections::BTreeMap::new();
    for value in values.clone() {
        *counts.entry(value).or_insert(0_u32) += 1;
    }
    let most = counts.values().max().copied()?;
    values.rev().find(|value| counts.get(value) == Some(&most))
}

/// The day of the month that most dates meet, where the last day of a month meets those that the month does not have. Of
/// several, one that the last date meets; of those, the first.
fn most_met_day(dates: &[Date]) -> Option<u32> {
    let last = dates.last()?;
    let mut met = [0_u32; 32];
    for date in dates {
        for (day, count) in (0..).zip(&mut met) {
            *count += u32::from(meets(*date, day));
        }
    }
    let most = *met.iter().max()?;
    let mut days = (0..).zip(met).filter(|(_, count)| *count == most).map(|(day, _)| day);
    let first = days.clone().next();
    days.find(|day| meets(*last, *day)).or(first)
}

/// Whether a date is a day of the month, or the last of a month without it.
fn meets(date: Date, day: u32) -> bool {
    date.day() == day || (date.day() < day && date.is_end_of_month())
}

/// Two days of the month: the one that most dates meet, and the one that most dates meet which are not near it.
fn half_months(dates: &[Date], work: &mut Work<'_, '_>) -> Result<Option<Slots>> {
    let Some(first) = most_met_day(dates) else { return Ok(None) };
    let mut others = Vec::new();
    for date in dates {
        work.done(1)?;
        let slot = day_of_month(nearest_month(*date, first)?, first)?;
        if slot.days_until(*date).abs() > 5 {
            others.push(*date);
        }
    }
    let Some(second) = most_met_day(&others) else { return Ok(None) };
    let days = [first.min(second), first.max(second)];
    Ok(HALF_MONTH.contains(&(days[1] - days[0])).then_some(Slots::HalfMonths { days }))
}

/// The number of the month whose given day is nearest to a date, the earlier of two.
fn nearest_month(date: Date, day: u32) -> Result<i32> {
    Slots::Months { length: 1, rest: 0, day }.nearest(date).map(|(number, _)| number)
}

fn month_number(date: Date) -> i32 {
    date.year() * 12 + date.month().cast_signed() - 1
}

/// A day of a month, or the last one that it has.
fn day_of_month(month: i32, day: u32) -> Result<Date> {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12).cast_unsigned() + 1);
    Ok(date(year, month, 1)?.with_day_at_most(day))
}
