//! From one date of a rule to the next.

use super::{compiled::CompiledRule, missing::MissingDay, period::Found};
use std::ops::ControlFlow;
use wherewithal_base::{Error, ErrorCode, Result, control::Work, dates::Date};

/// What a rule meets on its way, in the order of time.
pub(super) enum Event {
    /// A date of the rule.
    Date(Date),
    /// A day that a month or a year does not have.
    Missing(MissingDay),
}

impl CompiledRule {
    /// Goes through the dates of the rule from `from` on, or from the start if the rule counts its dates, until it ends or
    /// `met` stops it.
    pub(super) fn walk(
        &self,
        from: Date,
        work: &mut Work<'_, '_>,
        met: &mut dyn FnMut(Event) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let first = if self.count.is_some() { 0 } else { self.period_of(from) };
        let mut left = self.count;
        let mut found = Found::default();
        for number in first.. {
            work.done(self.work_of_a_period())?;
            if self.dates_of(number, &mut found).is_none() {
                return Ok(());
            }
            let is_missed = |missing: &&MissingDay| {
                !self.chooses
                    && missing.last >= self.start
                    && self.until.is_none_or(|until| missing.last <= until)
            };
            // By the end of a month it is known that it lacks a day.
            let mut missing = found.missing.iter().filter(is_missed).peekable();
            for date in found.dates.iter().copied().filter(|date| *date >= self.start) {
                while let Some(missing) = missing.next_if(|missing| missing.last < date) {
                    if met(Event::Missing(*missing))?.is_break() {
                        return Ok(());
                    }
                }
                if left == Some(0) || self.until.is_some_and(|until| date > until) {
                    return Ok(());
                }
                left = left.map(|left| left - 1);
                if met(Event::Date(date))?.is_break() {
                    return Ok(());
                }
            }
            if left == Some(0) {
                return Ok(());
            }
            for missing in missing {
                if met(Event::Missing(*missing))?.is_break() {
                    return Ok(());
                }
            }
            if self.has_passed_its_end(number) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether every later period begins after the last day of the rule, so that a rule without a date there ends.
    fn has_passed_its_end(&self, number: i32) -> bool {
        self.until.is_some_and(|until| number >= self.period_of(until))
    }

    /// That the rule has a date at all, whatever its end: if one cycle of the calendar has none, no other has.
    pub(super) fn check_possible(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let mut found = Found::default();
        let mut reason = None;
        for number in 0..=self.cycle() {
            work.done(self.work_of_a_period())?;
            if self.dates_of(number, &mut found).is_none() {
                break;
            }
            if found.dates.last().is_some_and(|last| *last >= self.start) {
                return Ok(());
            }
            reason = reason.or_else(|| found.missing.first().map(MissingDay::said));
        }
        let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
        Err(Error::new(ErrorCode::RecurrenceNeverFalls, format!("the rule falls on no date{reason}")))
    }

    /// The work of one period, in the units of [`Work`].
    fn work_of_a_period(&self) -> usize {
        use super::compiled::Unit;

        match self.unit {
            Unit::Day | Unit::Week => 1,
            Unit::Month => 4,
            Unit::Year => 40,
        }
    }
}
