//! The dates of one period of a rule.

use super::{
    compiled::{CompiledRule, NumberedWeekday, Unit},
    missing::{AskedDay, MissingDay},
};
use wherewithal_base::dates::{Date, Weekday, date};

/// The dates of a period, and the days that it lacks.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The dates, in ascending order.
    pub(super) dates: Vec<Date>,
    pub(super) missing: Vec<MissingDay>,
}

impl CompiledRule {
    /// Where the period that holds the start begins, in its unit: a day number, a number of months or of years.
    fn origin(&self) -> i32 {
        let day = self.start.day_number();
        match self.unit {
            Unit::Day => day,
            Unit::Week => day - days_between(self.week_start, self.start.weekday()),
            Unit::Month => months(self.start),
            Unit::Year => self.start.year(),
        }
    }

    /// The number of a period, from 0, that begins no later than `day`, while the next one begins after it.
    pub(super) fn period_of(&self, day: Date) -> i32 {
        let place = match self.unit {
            Unit::Day | Unit::Week => day.day_number(),
            Unit::Month => months(day),
            Unit::Year => day.year(),
        };
        let length = if self.unit == Unit::Week { 7 } else { 1 };
        (place - self.origin()).div_euclid(self.step * length).max(0)
    }

    /// The number of periods after which the calendar, and so the rule, repeats: the Gregorian calendar does so every 400
    /// years, which are 146,097 days or 20,871 weeks.
    pub(super) fn cycle(&self) -> i32 {
        match self.unit {
            Unit::Day => 146_097,
            Unit::Week => 20_871,
            Unit::Month => 4800,
            Unit::Year => 400,
        }
    }

    /// The dates of the period `number`, those before the start included; `None` where it begins after the last day of the
    /// calendar.
    pub(super) fn dates_of(&self, number: i32, found: &mut Found) -> Option<()> {
        found.dates.clear();
        found.missing.clear();
        let length = if self.unit == Unit::Week { 7 } else { 1 };
        let place = self.step.checked_mul(length)?.checked_mul(number)?.checked_add(self.origin())?;
        match self.unit {
            Unit::Day => self.add_day(Date::from_day_number(place).ok()?, found),
            Unit::Week => self.week(place, found)?,
            Unit::Month => {
                let first = date(place.div_euclid(12), (place.rem_euclid(12) + 1).cast_unsigned(), 1).ok()?;
                self.month(first, found);
                self.note_missing_weekdays(first, first.end_of_month(), found);
            }
            Unit::Year => self.year(place, found)?,
        }
        found.dates.sort_unstable();
        found.dates.dedup();
        if !self.positions.is_empty() {
            self.take_positions(found);
        }
        Some(())
    }

    /// A day of a daily rule, for which the days of the month and of the week only choose.
    fn add_day(&self, day: Date, found: &mut Found) {
        let month_days = self.resolved_month_days(day, &mut Vec::new());
        if self.is_month(day)
            && month_days.is_none_or(|days| days.contains(&day.day()))
            && self.is_weekday(day)
        {
            found.dates.push(day);
        }
    }

    /// `None` where the week begins after the last day of the calendar.
    fn week(&self, first: i32, found: &mut Found) -> Option<()> {
        // The first week of the calendar may begin before it.
        let days = (first..first + 7).filter_map(|number| Date::from_day_number(number).ok());
        let before = found.dates.len();
        let mut any = false;
        for day in days {
            any = true;
            if self.is_month(day) && self.is_weekday(day) {
                found.dates.push(day);
            }
        }
        (any || found.dates.len() > before).then_some(())
    }

    /// The dates of the month that begins on `first`.
    fn month(&self, first: Date, found: &mut Found) {
        if !self.is_month(first) {
            return;
        }
        let month_days = self.resolved_month_days(first, &mut found.missing);
        let all = (1..=first.days_in_month()).map(|day| first.with_day_at_most(day));
        let meant = |day: &Date| {
            month_days.as_ref().is_none_or(|days| days.contains(&day.day())) && self.is_weekday(*day)
        };
        found.dates.extend(all.filter(meant));
    }

    fn year(&self, year: i32, found: &mut Found) -> Option<()> {
        let first = date(year, 1, 1).ok()?;
        let last = date(year, 12, 31).ok()?;
        for month in 1..=12 {
            self.month(date(year, month, 1).ok()?, found);
            if !self.numbered_in_year {
                let first = date(year, month, 1).ok()?;
                self.note_missing_weekdays(first, first.end_of_month(), found);
            }
        }
        if self.numbered_in_year {
            self.note_missing_weekdays(first, last, found);
        }
        if !self.year_days.is_empty() {
            let days = self.resolved_year_days(first, last, &mut found.missing);
            found.dates.retain(|day| days.contains(&day.day_of_year()));
        }
        if !self.weeks.is_empty() {
            found.dates.retain(|day| self.is_in_week(*day));
            let count = self.weeks_in(year);
            let lacking = self.weeks.iter().filter(|week| week.abs() > count);
            found.missing.extend(lacking.map(|week| MissingDay { first, last, day: AskedDay::Week(*week) }));
        }
        Some(())
    }

    /// The days of the month that are meant, with what becomes of those that it does not have; `None` if all are.
    fn resolved_month_days(&self, of: Date, missing: &mut Vec<MissingDay>) -> Option<Vec<u32>> {
        if self.month_days.is_empty() {
            return None;
        }
        let (first, last) = (of.with_day_at_most(1), of.end_of_month());
        let lacks = |asked| missing.push(MissingDay { first, last, day: AskedDay::OfMonth(asked) });
        Some(self.resolved(&self.month_days, of.days_in_month(), lacks))
    }

    fn resolved_year_days(&self, first: Date, last: Date, missing: &mut Vec<MissingDay>) -> Vec<u32> {
        let lacks = |asked| missing.push(MissingDay { first, last, day: AskedDay::OfYear(asked) });
        self.resolved(&self.year_days, first.days_in_year(), lacks)
    }

    /// Days that count from the start or, negative, from the end of `length` days.
    fn resolved(&self, asked: &[i32], length: u32, mut lacks: impl FnMut(i32)) -> Vec<u32> {
        let mut days = Vec::with_capacity(asked.len());
        for day in asked {
            let counted = day.unsigned_abs();
            match (counted <= length, *day > 0) {
                (true, true) => days.push(counted),
                (true, false) => days.push(length + 1 - counted),
                (false, from_start) if self.clamps => days.push(if from_start { length } else { 1 }),
                (false, _) => lacks(*day),
            }
        }
        days
    }

    fn is_month(&self, day: Date) -> bool {
        (1..).zip(self.months).any(|(month, allowed)| allowed && month == day.month())
    }

    /// Whether the day of the week is meant: each one of them, or this one of its month or year.
    fn is_weekday(&self, day: Date) -> bool {
        let weekday = day.weekday();
        let every = (0..).zip(self.weekdays).any(|(number, meant)| meant && number == weekday as usize);
        let (place, length) = if self.numbered_in_year {
            (day.day_of_year(), day.days_in_year())
        } else {
            (day.day(), day.days_in_month())
        };
        let from_start = (place.cast_signed() - 1) / 7 + 1;
        let from_end = -((length - place).cast_signed() / 7 + 1);
        every
            || self.numbered_weekdays.iter().any(|numbered| {
                numbered.weekday == weekday && [from_start, from_end].contains(&numbered.ordinal)
            })
    }

    /// The numbered days of the week that the days from `first` to `last`, a month or a year, do not have.
    fn note_missing_weekdays(&self, first: Date, last: Date, found: &mut Found) {
        if !self.numbered_in_year && !self.is_month(first) {
            return;
        }
        let length = first.days_until(last) + 1;
        for NumberedWeekday { weekday, ordinal } in &self.numbered_weekdays {
            let before_first_one = days_between(first.weekday(), *weekday);
            let there_are = (length - before_first_one + 6) / 7;
            if ordinal.abs() > there_are {
                let day = if self.numbered_in_year {
                    AskedDay::WeekdayOfYear(*weekday, *ordinal)
                } else {
                    AskedDay::WeekdayOfMonth(*weekday, *ordinal)
                };
                found.missing.push(MissingDay { first, last, day });
            }
        }
    }

    /// Whether the number of the day's week is meant.
    fn is_in_week(&self, day: Date) -> bool {
        let first = day.day_number() - days_between(self.week_start, day.weekday());
        // A week belongs to the year that has four of its days, and so its fourth. One that reaches beyond the calendar has
        // no number.
        let Ok(fourth) = Date::from_day_number(first + 3) else { return false };
        let number = (fourth.day_of_year().cast_signed() - 1) / 7 + 1;
        let count = self.weeks_in(fourth.year());
        self.weeks.iter().any(|week| *week == number || *week == number - count - 1)
    }

    /// The number of weeks of a year. The last one has 28 December, because fewer than four days are left after the week
    /// that ends on that day.
    #[expect(clippy::expect_used, reason = "the year is that of a date")]
    fn weeks_in(&self, year: i32) -> i32 {
        let day = date(year, 12, 28).expect("every year has the 28th of December");
        let first = day.day_of_year().cast_signed() - days_between(self.week_start, day.weekday());
        (first + 3 - 1) / 7 + 1
    }

    /// Keeps the dates of the period that the positions name.
    #[expect(clippy::expect_used, reason = "there is an answer for each date")]
    fn take_positions(&self, found: &mut Found) {
        let count = found.dates.len().cast_signed();
        let kept: Vec<bool> = (0..count)
            .map(|place| {
                let named = |position: &i32| {
                    let position = *position as isize;
                    position == place + 1 || position == place - count
                };
                self.positions.iter().any(named)
            })
            .collect();
        let mut kept = kept.into_iter();
        found.dates.retain(|_| kept.next().expect("an answer for each date"));
    }
}

/// Months since the year 0.
fn months(day: Date) -> i32 {
    day.year() * 12 + day.month().cast_signed() - 1
}

/// The days from one day of the week to the next other one, 0 to 6.
fn days_between(from: Weekday, to: Weekday) -> i32 {
    (to as i32 - from as i32).rem_euclid(7)
}
