//! The dates of a rule, moved to business days, with exceptions and further dates.

use super::{
    compiled::CompiledRule,
    missing::MissingDay,
    rule::{RecurrenceMonthEnd, RecurrenceRule},
    walk::Event,
};
use std::{collections::BTreeSet, ops::ControlFlow};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    dates::{BusinessDayConvention, Calendar, Date},
    error::At as _,
    wire::Wire,
};

/// The most dates of an answer.
const MAX_LIMIT: u32 = 100_000;
/// The longest text of a rule, in characters.
const MAX_TEXT: usize = 1000;
/// The most days in a row without a business day: a calendar with more is never open.
const LONGEST_CLOSURE: i32 = 366;

/// Input of `cash_flow.occurrences`.
#[derive(Debug, Clone, Wire)]
pub struct OccurrencesInput {
    /// The first day of the rule (DTSTART). It is a date of the rule only if the rule says so: the 1st is not one of a rule
    /// for the 15th.
    pub start: Date,
    /// The rule. Give this or `rrule`.
    pub rule: Option<RecurrenceRule>,
    /// The rule in the notation of RFC 5545, such as `FREQ=MONTHLY;BYDAY=-1FR`, at most 1,000 characters. Give this or
    /// `rule`.
    #[wire(length = 1..=1000)]
    pub rrule: Option<String>,
    /// What becomes of a day that a month does not have.
    #[wire(default)]
    pub month_end: RecurrenceMonthEnd,
    /// The calendar of business days; by default, every day except Saturdays and Sundays.
    #[wire(default)]
    pub calendar: Calendar,
    /// How a date that is not a business day is moved; by default it is not. `preceding` is "before the weekend". Dates are
    /// moved after they are counted, so moving one does not shift later ones.
    #[wire(default)]
    pub convention: BusinessDayConvention,
    /// Dates of the rule that are left out (EXDATE), as they are before they are moved; at most 10,000.
    #[wire(default, length = ..=10_000)]
    pub exceptions: BTreeSet<Date>,
    /// Dates besides those of the rule (RDATE), at most 10,000. `count` does not count them; they are moved like the others.
    #[wire(default, length = ..=10_000)]
    pub extra_dates: BTreeSet<Date>,
    /// The first day of the answer; by default it begins with the rule. It compares with dates as they are after they
    /// are moved.
    pub from: Option<Date>,
    /// The last day of the answer; by default it goes on to `limit`.
    pub to: Option<Date>,
    /// The most dates of the answer, 1 to 100,000; 100 by default.
    #[wire(default = hundred, range = 1..=100_000)]
    pub limit: u32,
}

fn hundred() -> u32 {
    100
}

/// The dates of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Occurrences {
    /// The rule, as it was read.
    pub rule: RecurrenceRule,
    /// The dates in order. Two dates that are moved to the same day are both kept.
    pub occurrences: Vec<Occurrence>,
    /// What the rule asks for between the first day of the answer and its last, and what is no date: days that a month does
    /// not have, and exceptions. A missing day is not listed where another field chooses among the days.
    pub skipped: Vec<SkippedOccurrence>,
    /// Exceptions up to the last day of the answer on which no date falls, and which therefore leave out nothing.
    pub unused_exceptions: Vec<Date>,
    /// Whether the rule ends, by `until` or `count`.
    pub ends: bool,
    /// The first date after those of the answer; null if there is none.
    pub next: Option<Date>,
}

/// A date of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct Occurrence {
    /// The date.
    pub date: Date,
    /// The date before it was moved to a business day; null if it was not moved.
    pub moved_from: Option<Date>,
}

/// What a rule asks for and what is no date.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SkippedOccurrence {
    /// The date of an exception; otherwise the first day of the month or year that lacks the day.
    pub date: Date,
    /// Why there is no date.
    pub reason: OccurrenceSkip,
    /// The reason for people, such as "April 2026 has no 31st".
    pub note: String,
}

/// Why there is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum OccurrenceSkip {
    /// The month or the year is too short for the day.
    NoSuchDay,
    /// The month or the year has fewer of the day of the week.
    NoSuchWeekday,
    /// The year has fewer weeks.
    NoSuchWeek,
    /// It is one of the exceptions.
    Exception,
}

/// The dates of a recurrence rule.
///
/// The rule is that of RFC 5545, section 3.3.10, for dates without times, with one addition: a day that a month does not
/// have may be the last day instead (`monthEnd`). Every date is counted from the start, so a short month does not shift
/// later ones. A rule that falls on no date at all, such as one for 31 February, is an error.
///
/// ```
/// # use wherewithal_cash_flow::wherewithal;
/// use wherewithal::cash_flow::{self, OccurrencesInput, RecurrenceMonthEnd, RecurrenceRule};
/// use wherewithal::{control::Control, dates::{Frequency, date}};
///
/// let input = OccurrencesInput {
///     month_end: RecurrenceMonthEnd::Clamp,
///     limit: 4,
///     ..OccurrencesInput::new(date(2026, 1, 31)?, RecurrenceRule::every(Frequency::Monthly))
/// };
/// let answer = cash_flow::occurrences(&input, &Control::default())?;
/// let dates: Vec<String> = answer.occurrences.iter().map(|found| found.date.to_string()).collect();
/// assert_eq!(dates, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
/// assert_eq!(answer.next, Some(date(2026, 5, 31)?));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `field.missing` without a rule, `field.conflict` with two of them or with fields that do not go together;
/// `recurrence.malformed` for a text; `frequency.unsupported`, `count.out_of_range`, `number.out_of_range`,
/// `range.out_of_order`, `list.too_long`; `recurrence.never_falls`; those of [`Calendar::adjust`]; `operation.cancelled`.
pub fn occurrences(input: &OccurrencesInput, control: &Control<'_>) -> Result<Occurrences> {
    let mut work = Work::under(control);
    check::whole(input.limit, 1..=MAX_LIMIT, ErrorCode::CountOutOfRange).at("limit")?;
    if let (Some(from), Some(to)) = (input.from, input.to)
        && to < from
    {
        let message = format!("the last day, {to}, is before the first, {from}");
        return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("to"));
    }
    let (rule, compiled) = input.compiled()?;
    compiled.check_possible(&mut work).at(input.place_of_rule())?;

    let first = first_unmoved(input)?;
    let mut answer = Answer::new(input);
    let mut extra = input.extra_dates.iter().copied().filter(|date| *date >= first).peekable();
    compiled.walk(first, &mut work, &mut |event| {
        let day = match &event {
            Event::Date(date) => *date,
            Event::Missing(missing) => missing.last,
        };
        while let Some(earlier) = extra.next_if(|extra| *extra < day) {
            if answer.offer(earlier)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        match event {
            Event::Missing(missing) => answer.miss(&missing),
            Event::Date(date) if date < first => {}
            Event::Date(date) => {
                // A date that is given twice is one.
                extra.next_if_eq(&date);
                return answer.offer(date);
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    while answer.next.is_none()
        && let Some(date) = extra.next()
    {
        // The answer notes the first date that it does not hold.
        let _ = answer.offer(date)?;
    }
    Ok(answer.finish(rule))
}

impl OccurrencesInput {
    /// A rule from a start on, without a calendar, exceptions or a window.
    #[must_use]
    pub fn new(start: Date, rule: RecurrenceRule) -> Self {
        Self {
            start,
            rule: Some(rule),
            rrule: None,
            month_end: RecurrenceMonthEnd::default(),
            calendar: Calendar::default(),
            convention: BusinessDayConvention::default(),
            exceptions: BTreeSet::new(),
            extra_dates: BTreeSet::new(),
            from: None,
            to: None,
            limit: hundred(),
        }
    }

    /// The field that holds the rule.
    fn place_of_rule(&self) -> &'static str {
        if self.rule.is_some() { "rule" } else { "rrule" }
    }

    fn compiled(&self) -> Result<(RecurrenceRule, CompiledRule)> {
        match (&self.rule, &self.rrule) {
            (Some(rule), None) => {
                let compiled = CompiledRule::of(rule, self.start, self.month_end).at("rule")?;
                Ok((rule.clone(), compiled))
            }
            (None, Some(text)) => {
                check::text(text, MAX_TEXT).at("rrule")?;
                let rule = RecurrenceRule::of_text(text).at("rrule")?;
                // The text has no fields, so none is on the path.
                let compiled = CompiledRule::of(&rule, self.start, self.month_end)
                    .map_err(|error| Error::new(error.code(), error.message()).at("rrule"))?;
                Ok((rule, compiled))
            }
            (None, None) => {
                Err(Error::new(ErrorCode::FieldMissing, "a `rule` or an `rrule` is needed").at("rule"))
            }
            (Some(_), Some(_)) => {
                let message = "`rule` and `rrule` are both given; give only one";
                Err(Error::new(ErrorCode::FieldConflict, message).at("rrule"))
            }
        }
    }
}

/// The first date that, once it is moved, may fall on or after the first day of the answer: every day between them is closed.
fn first_unmoved(input: &OccurrencesInput) -> Result<Date> {
    let Some(from) = input.from else {
        let earliest = input.extra_dates.first().copied().unwrap_or(input.start);
        return Ok(earliest.min(input.start));
    };
    let mut first = from;
    if input.convention != BusinessDayConvention::Unadjusted {
        for _ in 0..LONGEST_CLOSURE {
            let Ok(before) = first.add_days(-1) else { break };
            // No date of the rule comes before its start, where a calendar may not reach.
            if before < input.start.min(input.extra_dates.first().copied().unwrap_or(input.start))
                || input.calendar.is_business_day(before).at("calendar")?
            {
                break;
            }
            first = before;
        }
    }
    Ok(first)
}

/// An answer in the making.
struct Answer<'i> {
    input: &'i OccurrencesInput,
    occurrences: Vec<Occurrence>,
    skipped: Vec<SkippedOccurrence>,
    used_exceptions: BTreeSet<Date>,
    next: Option<Date>,
}

impl<'i> Answer<'i> {
    fn new(input: &'i OccurrencesInput) -> Self {
        Self {
            input,
            occurrences: Vec::new(),
            skipped: Vec::new(),
            used_exceptions: BTreeSet::new(),
            next: None,
        }
    }

    /// Takes the next date before it is moved; stops at the first that the answer does not hold.
    fn offer(&mut self, date: Date) -> Result<ControlFlow<()>> {
        if self.input.exceptions.contains(&date) {
            self.used_exceptions.insert(date);
            if self.holds(date) {
                let note = format!("{date} is one of the exceptions");
                self.skipped.push(SkippedOccurrence { date, reason: OccurrenceSkip::Exception, note });
            }
            return Ok(ControlFlow::Continue(()));
        }
        let moved = self.input.calendar.adjust(date, self.input.convention).at("calendar")?;
        if self.input.from.is_some_and(|from| moved < from) {
            return Ok(ControlFlow::Continue(()));
        }
        if self.input.to.is_some_and(|to| moved > to) || self.occurrences.len() == self.input.limit as usize {
            self.next = Some(moved);
            return Ok(ControlFlow::Break(()));
        }
        self.occurrences.push(Occurrence { date: moved, moved_from: (moved != date).then_some(date) });
        Ok(ControlFlow::Continue(()))
    }

    /// Notes a day that a month or a year does not have.
    fn miss(&mut self, missing: &MissingDay) {
        if self.holds(missing.last) {
            self.skipped.push(SkippedOccurrence {
                date: missing.first,
                reason: missing.reason(),
                note: missing.said(),
            });
        }
    }

    /// Whether a day is within the first and the last day of the answer.
    fn holds(&self, date: Date) -> bool {
        self.input.from.is_none_or(|from| from <= date) && self.input.to.is_none_or(|to| date <= to)
    }

    fn finish(self, rule: RecurrenceRule) -> Occurrences {
        // Beyond the last date of an answer that is full, nothing is known of exceptions.
        let is_full = self.next.is_some() && self.occurrences.len() == self.input.limit as usize;
        let last = self.occurrences.last().map(|last| last.date).filter(|_| is_full);
        let unused = |date: &&Date| {
            self.holds(**date)
                && last.is_none_or(|last| **date <= last)
                && !self.used_exceptions.contains(date)
        };
        Occurrences {
            unused_exceptions: self.input.exceptions.iter().filter(unused).copied().collect(),
            ends: rule.count.is_some() || rule.until.is_some(),
            rule,
            occurrences: self.occurrences,
            skipped: self.skipped,
            next: self.next,
        }
    }
}
