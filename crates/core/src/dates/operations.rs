//! Day counts, date arithmetic and business days as operations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BusinessDayConvention, Calendar, Date, DayCount, MonthEnd};
use crate::{Result, error::At};

/// Two dates and how the time between them is counted.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct YearFractionInput {
    /// The first date.
    pub start: Date,
    /// The second date; before the first one, the answer is negative.
    pub end: Date,
    /// The convention; actual/365 fixed by default.
    #[serde(default)]
    pub day_count: DayCount,
}

/// The time between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct YearFraction {
    /// The time in years; negative when the second date is before the first.
    pub years: f64,
    /// The days that the convention counts; with 30-day months, not those of the calendar.
    pub days: i32,
}

/// A date and what is added to it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DateAddition {
    /// The date to start from.
    pub date: Date,
    /// Months to add first; negative goes back.
    #[serde(default)]
    pub months: i32,
    /// What a month later means at the end of a month.
    #[serde(default)]
    pub month_end: MonthEnd,
    /// Days of the calendar to add next; negative goes back.
    #[serde(default)]
    pub days: i32,
    /// Business days to add then; negative goes back. The day that is left is not counted.
    #[serde(default)]
    pub business_days: i32,
    /// Which days are business days; all but Saturdays and Sundays by default.
    #[serde(default)]
    pub calendar: Calendar,
    /// How the result is moved if it is not a business day; not at all by default.
    #[serde(default)]
    pub convention: BusinessDayConvention,
}

/// The date that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AddedDate {
    /// The date.
    pub date: Date,
    /// Whether it is a business day.
    pub is_business_day: bool,
}

/// Two dates and the calendar by which the days between them are counted.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BusinessDaysInput {
    /// The first date; it is counted if it is a business day.
    pub start: Date,
    /// The second date; it is not counted. Before the first one, the count is that of the two dates exchanged, with
    /// a minus sign.
    pub end: Date,
    /// Which days are business days; all but Saturdays and Sundays by default.
    #[serde(default)]
    pub calendar: Calendar,
}

/// The business days between two dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BusinessDays {
    /// The number of business days.
    pub business_days: i32,
    /// The days in between that are neither business days nor in a weekend, in order.
    pub holidays: Vec<Holiday>,
}

/// A day without business outside the weekend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Holiday {
    /// The day on which it is kept.
    pub date: Date,
    /// Its name; `Closure` for one of the closures in the input.
    pub name: String,
}

/// The time between two dates.
///
/// # Errors
/// None: there is a year fraction between any two dates.
pub fn year_fraction(input: &YearFractionInput) -> Result<YearFraction> {
    let YearFractionInput { start, end, day_count } = *input;
    Ok(YearFraction { years: day_count.year_fraction(start, end), days: day_count.counted_days(start, end) })
}

/// The date some months, days and business days later, moved to a business day by a convention.
///
/// # Errors
/// `date.out_of_range`, and those of [`Calendar::adjust`].
pub fn add_to_date(input: &DateAddition) -> Result<AddedDate> {
    let calendar = &input.calendar;
    let date = input.date.add_months_by(input.months, input.month_end).at("months")?;
    let date = date.add_days(input.days).at("days")?;
    let date = calendar.add_business_days(date, input.business_days).at("calendar")?;
    let date = calendar.adjust(date, input.convention).at("calendar")?;
    Ok(AddedDate { date, is_business_day: calendar.is_business_day(date).at("calendar")? })
}

/// The business days between two dates, and the holidays that are not among them.
///
/// # Errors
/// `calendar.out_of_range`, `calendar.never_open`.
pub fn business_days(input: &BusinessDaysInput) -> Result<BusinessDays> {
    let BusinessDaysInput { start, end, calendar } = input;
    let (first, last) = (start.min(end).day_number(), start.max(end).day_number());
    let mut holidays = Vec::new();
    for number in first..last {
        let date = Date::from_day_number(number)?;
        if !calendar.weekend.contains(&date.weekday()) {
            let name = calendar.holidays.holiday(date).at("calendar")?;
            let closure = calendar.closures.contains(&date).then_some("Closure");
            holidays.extend(name.or(closure).map(|name| Holiday { date, name: name.to_owned() }));
        }
    }
    Ok(BusinessDays { business_days: calendar.business_days_between(*start, *end).at("calendar")?, holidays })
}
