//! Dates that recur: the recurrence rules of RFC 5545 (iCalendar), for dates without times.
//!
//! `rule` is what a caller says, `text` reads the notation of the RFC, `compiled` is the validated form, `period` is the
//! dates of one day, week, month or year of a rule, and `walk` goes from one to the next. `occurrences` answers.

mod compiled;
mod missing;
mod occurrences;
mod period;
mod rule;
#[cfg(test)]
mod tests;
mod text;
mod walk;

pub use occurrences::{
    Occurrence, OccurrenceSkip, Occurrences, OccurrencesInput, SkippedOccurrence, occurrences,
};
pub use rule::{RecurrenceDay, RecurrenceMonthEnd, RecurrenceRule};
