//! The validated form of a rule.

use super::rule::{MAX_COUNT, MAX_INTERVAL, RecurrenceMonthEnd, RecurrenceRule};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::{Date, Frequency, Weekday},
    error::At as _,
};

/// What a period of a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// A day of the week, and which of them, counted from the start or from the end of its month or year.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberedWeekday {
    pub(super) weekday: Weekday,
    pub(super) ordinal: i32,
}

/// A rule whose open ends are filled in from its start.
#[derive(Debug)]
pub(super) struct CompiledRule {
    pub(super) start: Date,
    pub(super) unit: Unit,
    /// The number of units from one period to the next.
    pub(super) step: i32,
    pub(super) until: Option<Date>,
    pub(super) count: Option<u32>,
    /// Whether each month, from January, may have dates.
    pub(super) months: [bool; 12],
    pub(super) weeks: Vec<i32>,
    pub(super) year_days: Vec<i32>,
    pub(super) month_days: Vec<i32>,
    /// The days of the week that are meant, from Monday, where each of them is; all of them if the rule names none.
    pub(super) weekdays: [bool; 7],
    pub(super) numbered_weekdays: Vec<NumberedWeekday>,
    /// Whether weekdays are numbered within a year, and not within a month.
    pub(super) numbered_in_year: bool,
    pub(super) positions: Vec<i32>,
    pub(super) week_start: Weekday,
    pub(super) clamps: bool,
    /// Whether other fields choose among the days, so that a missing day alone is no missing date.
    pub(super) chooses: bool,
}

impl CompiledRule {
    pub(super) fn of(rule: &RecurrenceRule, start: Date, month_end: RecurrenceMonthEnd) -> Result<Self> {
        let (unit, units) = unit_of(rule.frequency).at("frequency")?;
        validate(rule, unit)?;
        let step = check::whole(rule.interval.unwrap_or(1), 1..=MAX_INTERVAL, ErrorCode::CountOutOfRange)
            .at("interval")?;

        let mut month_days = rule.by_month_day.clone();
        let mut months = [rule.by_month.is_empty(); 12];
        let mut weekdays = [rule.by_day.is_empty(); 7];
        let names_days = !rule.by_day.is_empty()
            || !rule.by_month_day.is_empty()
            || !rule.by_year_day.is_empty()
            || !rule.by_week_number.is_empty();
        for (month, allowed) in (1..).zip(&mut months) {
            let implied = unit == Unit::Year && !names_days && rule.by_month.is_empty();
            *allowed =
                if implied { month == start.month() } else { *allowed || rule.by_month.contains(&month) };
        }
        if matches!(unit, Unit::Month | Unit::Year) && !names_days {
            month_days = vec![start.day().cast_signed()];
        }
        // A week without days recurs on the day of the start, unless days of the month or of the year are given.
        let of_week = unit == Unit::Week
            || (!rule.by_week_number.is_empty()
                && rule.by_month_day.is_empty()
                && rule.by_year_day.is_empty());
        for (number, meant) in weekdays.iter_mut().enumerate() {
            let named = |weekday: Weekday| weekday as usize == number;
            let plain = |day: &super::rule::RecurrenceDay| day.ordinal.is_none() && named(day.weekday);
            *meant = match *meant {
                true if of_week => named(start.weekday()),
                all => all || rule.by_day.iter().any(plain),
            };
        }
        let numbered_weekdays = rule
            .by_day
            .iter()
            .filter_map(|day| Some(NumberedWeekday { weekday: day.weekday, ordinal: day.ordinal? }))
            .collect();
        let ways = [&rule.by_month_day, &rule.by_year_day].map(|days| !days.is_empty());
        let named = usize::from(!rule.by_day.is_empty()) + ways.into_iter().map(usize::from).sum::<usize>();
        let chooses = !rule.by_set_position.is_empty()
            || named > 1
            || (!rule.by_week_number.is_empty() && !rule.by_month.is_empty());
        Ok(Self {
            start,
            unit,
            step: (step * units).cast_signed(),
            until: rule.until,
            count: rule.count,
            months,
            weeks: rule.by_week_number.clone(),
            year_days: rule.by_year_day.clone(),
            month_days,
            weekdays,
            numbered_weekdays,
            numbered_in_year: unit == Unit::Year && rule.by_month.is_empty(),
            positions: rule.by_set_position.clone(),
            week_start: rule.week_start.unwrap_or(Weekday::Monday),
            clamps: month_end == RecurrenceMonthEnd::Clamp,
            chooses,
        })
    }
}

/// The unit of a frequency, and how many of them it takes.
fn unit_of(frequency: Frequency) -> Result<(Unit, u32)> {
    Ok(match frequency {
        Frequency::Daily => (Unit::Day, 1),
        Frequency::Weekly => (Unit::Week, 1),
        Frequency::Biweekly => (Unit::Week, 2),
        Frequency::EveryFourWeeks => (Unit::Week, 4),
        Frequency::Monthly => (Unit::Month, 1),
        Frequency::EveryTwoMonths => (Unit::Month, 2),
        Frequency::Quarterly => (Unit::Month, 3),
        Frequency::Semiannual => (Unit::Month, 6),
        Frequency::Annual => (Unit::Year, 1),
        Frequency::Semimonthly => {
            let message = "twice a month is no frequency of a recurrence rule; write `monthly` with two days in \
                `byMonthDay`, such as 1 and 15, or 15 and -1";
            return Err(Error::new(ErrorCode::FrequencyUnsupported, message));
        }
    })
}

/// Which fields go together, by the notes to the table of RFC 5545, section 3.3.10, and the ranges of their numbers.
fn validate(rule: &RecurrenceRule, unit: Unit) -> Result<()> {
    if let Some(count) = rule.count {
        check::whole(count, 1..=MAX_COUNT, ErrorCode::CountOutOfRange).at("count")?;
        if rule.until.is_some() {
            return Err(conflict("`until` and `count` are both given; give only one").at("until"));
        }
    }
    for (index, month) in rule.by_month.iter().enumerate() {
        check::whole(*month, 1..=12, ErrorCode::NumberOutOfRange).at_index("byMonth", index)?;
    }
    all_signed(&rule.by_week_number, 53).at("byWeekNumber")?;
    all_signed(&rule.by_year_day, 366).at("byYearDay")?;
    all_signed(&rule.by_month_day, 31).at("byMonthDay")?;
    all_signed(&rule.by_set_position, 366).at("bySetPosition")?;
    for (index, day) in rule.by_day.iter().enumerate() {
        if let Some(ordinal) = day.ordinal {
            signed(ordinal, 53).at("ordinal").at_index("byDay", index)?;
            if !matches!(unit, Unit::Month | Unit::Year) || !rule.by_week_number.is_empty() {
                let message =
                    "only a monthly rule, or an annual one without `byWeekNumber`, numbers days of the week";
                return Err(conflict(message).at("ordinal").at_index("byDay", index));
            }
        }
    }
    if unit != Unit::Year {
        for (field, given) in [("byWeekNumber", &rule.by_week_number), ("byYearDay", &rule.by_year_day)] {
            if !given.is_empty() {
                return Err(conflict(&format!("only an annual rule has `{field}`")).at(field));
            }
        }
    }
    if unit == Unit::Week && !rule.by_month_day.is_empty() {
        return Err(conflict("a weekly rule has no `byMonthDay`").at("byMonthDay"));
    }
    let selects = !rule.by_month.is_empty()
        || !rule.by_week_number.is_empty()
        || !rule.by_year_day.is_empty()
        || !rule.by_month_day.is_empty()
        || !rule.by_day.is_empty();
    if !rule.by_set_position.is_empty() && !selects {
        let message = "`bySetPosition` needs another field that selects dates, such as `byDay`";
        return Err(conflict(message).at("bySetPosition"));
    }
    Ok(())
}

/// Numbers from 1 to `most`, or from -1 to -`most`.
fn all_signed(values: &[i32], most: u32) -> Result<()> {
    values.iter().enumerate().try_for_each(|(index, value)| signed(*value, most).at_item(index))
}

fn signed(value: i32, most: u32) -> Result<()> {
    if (1..=most).contains(&value.unsigned_abs()) {
        return Ok(());
    }
    let message = format!("{value} is not from 1 to {most}, nor from -1 to -{most}");
    Err(Error::new(ErrorCode::NumberOutOfRange, message))
}

fn conflict(message: &str) -> Error {
    Error::new(ErrorCode::FieldConflict, message)
}
