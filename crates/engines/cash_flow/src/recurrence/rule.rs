//! A recurrence rule as a caller states it.

use wherewithal_base::{
    dates::{Date, Frequency, Weekday},
    wire::Wire,
};

/// The largest interval of a rule.
pub(super) const MAX_INTERVAL: u32 = 1000;
/// The largest number of dates of a rule.
pub(super) const MAX_COUNT: u32 = 100_000;

/// A rule by which dates recur, as in RFC 5545, section 3.3.10.
///
/// A rule looks at one period after the other, from the one that holds the start: every day, week, month or year, or
/// every second one and so on (`interval`). The other fields say which dates of a period are meant; a date must meet all
/// of them. What they leave open comes from the start: a monthly rule without days recurs on its day of the month, a
/// weekly one on its day of the week, an annual one on its day of the year.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct RecurrenceRule {
    /// The length of a period. `biweekly` is every second week, `quarterly` every third month and so on; `semimonthly`
    /// is not a frequency of the RFC: give `monthly` with two days in `byMonthDay`.
    pub frequency: Frequency,
    /// Every how many periods: 2 with `weekly` is every second week; 1 to 1000, and 1 if it is absent.
    #[wire(omit, range = 1..=1000)]
    pub interval: Option<u32>,
    /// The last day on which a date may fall. Give this, `count` or neither; without both, the rule has no end.
    #[wire(omit)]
    pub until: Option<Date>,
    /// The number of dates from the start on, 1 to 100,000; exceptions count too.
    #[wire(omit, range = 1..=100000)]
    pub count: Option<u32>,
    /// Only in these months, 1 to 12.
    #[wire(default, omit, range = 1..=12, length = ..=12)]
    pub by_month: Vec<u32>,
    /// Only in these weeks of the year, 1 to 53, or -1 to -53 from the end; only for an annual rule. Week 1 is the first with
    /// at least four days in the year. A date near the turn of the year belongs to its calendar year.
    #[wire(default, omit, range = -53..=53, length = ..=106)]
    pub by_week_number: Vec<i32>,
    /// Only on these days of the year, 1 to 366, or -1 to -366 from the end; only for an annual rule.
    #[wire(default, omit, range = -366..=366, length = ..=732)]
    pub by_year_day: Vec<i32>,
    /// Only on these days of the month, 1 to 31, or -1 to -31 from the end (-1 is the last day); not for a weekly rule.
    #[wire(default, omit, range = -31..=31, length = ..=62)]
    pub by_month_day: Vec<i32>,
    /// Only on these days of the week.
    #[wire(default, omit, length = ..=700)]
    pub by_day: Vec<RecurrenceDay>,
    /// Of the dates of a period, only those in these places: 1 is the first, -1 the last; -366 to 366. It needs another
    /// field that selects dates.
    #[wire(default, omit, range = -366..=366, length = ..=732)]
    pub by_set_position: Vec<i32>,
    /// The first day of a week, Monday if it is absent. It matters for every second week and for numbers of weeks.
    #[wire(omit)]
    pub week_start: Option<Weekday>,
}

impl RecurrenceRule {
    /// A rule that recurs in each period, without an end, on the day of the start.
    #[must_use]
    pub fn every(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: None,
            until: None,
            count: None,
            by_month: Vec::new(),
            by_week_number: Vec::new(),
            by_year_day: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_set_position: Vec::new(),
            week_start: None,
        }
    }
}

/// A day of the week, or one of those in a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct RecurrenceDay {
    /// The day of the week.
    pub weekday: Weekday,
    /// Which of them: 2 with `tuesday` is the second Tuesday, -1 with `friday` the last Friday; -53 to 53. Of the month
    /// for a monthly rule and for an annual one with `byMonth`, of the year for other annual rules. Without it, every one.
    #[wire(omit, range = -53..=53)]
    pub ordinal: Option<i32>,
}

/// What becomes of a day that a month, or a year, does not have: the 31st in April, 29 February in most years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum RecurrenceMonthEnd {
    /// There is no date, as in RFC 5545; `skipped` says so.
    #[default]
    Skip,
    /// The last day of the month takes its place: the 31st falls on 28 February and on 31 March again. Counted from the end,
    /// the first day does.
    Clamp,
}
