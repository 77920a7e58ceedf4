//! The question.

use wherewithal_base::{
    dates::{BusinessDayConvention, Calendar, Date},
    num::Decimal,
    wire::Wire,
};
use wherewithal_classification::ClassifyInput;

use crate::{AccountBalance, RecurrenceDetection, RecurrenceMonthEnd, RecurrenceRule};

/// The most accounts.
pub(super) const MAX_ACCOUNTS: usize = 100;
/// The most payments that are planned.
pub(super) const MAX_PLANNED: usize = 1000;
/// The most days.
pub(super) const MAX_DAYS: u32 = 366;
/// The fewest and the most weeks of the past.
pub(super) const WEEKS: std::ops::RangeInclusive<u32> = 4..=520;

/// Input of `cash_flow.forecast`.
#[derive(Debug, Clone, Wire)]
pub struct ForecastInput {
    /// The ledger, and how its transactions are classified.
    pub ledger: ClassifyInput,
    /// The last day that is known; later transactions do not count. By default the day of the last transaction.
    pub as_of: Option<Date>,
    /// What is in the accounts at the end of that day, 1 to 100 accounts. Others are not forecast.
    #[wire(length = 1..=100)]
    pub balances: Vec<AccountBalance>,
    /// The number of days, 1 to 366.
    #[wire(default = year, range = 1..=366)]
    pub days: u32,
    /// Payments that are known, at most 1,000.
    #[wire(default, length = ..=1_000)]
    pub planned: Vec<PlannedPayment>,
    /// Whether payments that recur are found in the ledger, as by `cash_flow.recurring`.
    #[wire(default = yes)]
    pub detect: bool,
    /// How they are found.
    #[wire(default)]
    pub detection: RecurrenceDetection,
    /// The number of past weeks whose other flows are taken for those of the future, 4 to 520.
    #[wire(default = weeks_of_a_year, range = 4..=520)]
    pub weeks: u32,
    /// The probability with which a balance lies within its band, 0.5 to 0.999.
    #[wire(default = four_fifths, range = 0.5..=0.999)]
    pub confidence_level: f64,
}

fn year() -> u32 {
    365
}

fn weeks_of_a_year() -> u32 {
    52
}

fn yes() -> bool {
    true
}

fn four_fifths() -> f64 {
    0.8
}

/// A payment that is known, once or by a rule.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PlannedPayment {
    /// Its name, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The id of the account, one of `balances`.
    #[wire(length = 1..=100)]
    pub account: String,
    /// The amount in the currency of the account, from -10^12 to 10^12; negative if it goes out.
    pub amount: Decimal,
    /// The day of the payment, or the first day of its rule.
    pub start: Date,
    /// The rule by which it recurs; without it and `rrule`, it is made once.
    #[wire(omit)]
    pub rule: Option<RecurrenceRule>,
    /// The rule in the notation of RFC 5545, at most 1,000 characters.
    #[wire(omit, length = 1..=1000)]
    pub rrule: Option<String>,
    /// What becomes of a day that a month does not have.
    #[wire(default)]
    pub month_end: RecurrenceMonthEnd,
    /// The calendar of business days; by default, every day except Saturdays and Sundays.
    #[wire(default)]
    pub calendar: Calendar,
    /// How a day that is not a business day is moved; by default it is not.
    #[wire(default)]
    pub convention: BusinessDayConvention,
    /// The merchant of past payments of this kind, at most 200 characters: they count neither as payments that recur nor
    /// among the other flows. Upper and lower case are alike.
    #[wire(omit, length = 1..=200)]
    pub merchant: Option<String>,
}
