//! Day counts, date arithmetic and business days as operations.

use super::{
    BusinessDayConvention, Calendar, CouponPeriod, Date, DayCountConvention, MonthEnd, actual_365_canadian,
    actual_365_l, actual_actual_icma, business_252, day_count_in_context::thirty_e_360_isda_days,
    rba_bond_basis, thirty_e_360_isda,
};
use crate::{Error, ErrorCode, Result, error::At, wire::Wire};

/// Two dates and the convention that counts the time between them.
#[derive(Debug, Clone, Wire)]
pub struct YearFractionInput {
    /// The first date.
    pub start: Date,
    /// The second date. The answer is negative if it is before the first.
    pub end: Date,
    /// The convention; actual/365 fixed by default.
    #[wire(default)]
    pub day_count: DayCountConvention,
    /// The maturity of the instrument, for `thirtyE360Isda` only: an end date at maturity is exempt from the rule for
    /// the end of February.
    pub maturity: Option<Date>,
    /// A regular coupon period; required by `actualActualIcma`, `actual365L`, `actual365Canadian` and `rbaBondBasis`, and
    /// used by no other convention.
    pub coupon_period: Option<CouponPeriod>,
    /// The calendar of business days; required by `business252` and used by no other convention.
    pub calendar: Option<Calendar>,
}

/// The time between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct YearFraction {
    /// The time in years; negative if the second date is before the first.
    pub years: f64,
    /// The days that the convention counts: days in months of 30 days for the 30/360 conventions, business days for
    /// business/252, otherwise calendar days.
    pub days: i32,
}

/// A date and the time to add to it.
#[derive(Debug, Clone, Wire)]
pub struct DateAdditionInput {
    /// The date to start from.
    pub date: Date,
    /// Months to add first; negative goes back.
    #[wire(default)]
    pub months: i32,
    /// How months are counted from the end of a month.
    #[wire(default)]
    pub month_end: MonthEnd,
    /// Calendar days to add next; negative goes back.
    #[wire(default)]
    pub days: i32,
    /// Business days to add last; negative goes back. The starting day is not counted.
    #[wire(default)]
    pub business_days: i32,
    /// The calendar of business days; by default, every day except Saturdays and Sundays.
    #[wire(default)]
    pub calendar: Calendar,
    /// The adjustment of a result that is not a business day; none by default.
    #[wire(default)]
    pub convention: BusinessDayConvention,
}

/// The resulting date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct AddedDate {
    /// The date.
    pub date: Date,
    /// Whether it is a business day.
    pub is_business_day: bool,
}

/// Two dates and the calendar of business days.
#[derive(Debug, Clone, Wire)]
pub struct BusinessDaysInput {
    /// The first date; it is counted if it is a business day.
    pub start: Date,
    /// The second date; it is not counted. If it is before the first, the count of the swapped dates is negated.
    pub end: Date,
    /// The calendar of business days; by default, every day except Saturdays and Sundays.
    #[wire(default)]
    pub calendar: Calendar,
}

/// The business days between two dates.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct BusinessDays {
    /// The number of business days.
    pub business_days: i32,
    /// The days in between that are neither business days nor part of a weekend, in order.
    pub holidays: Vec<Holiday>,
}

/// A day other than a weekend that is not a business day.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Holiday {
    /// The day on which it is observed.
    pub date: Date,
    /// Its name; `Closure` for one of the closures in the input.
    pub name: String,
}

/// The time between two dates.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::dates::{self, DayCountConvention, YearFractionInput, date};
///
/// let input = YearFractionInput {
///     start: date(2006, 8, 31)?,
///     end: date(2007, 2, 28)?,
///     day_count: DayCountConvention::ThirtyE360Isda,
///     maturity: Some(date(2007, 2, 28)?),
///     coupon_period: None,
///     calendar: None,
/// };
/// assert_eq!(dates::year_fraction(&input)?.days, 178);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `field.missing` if the convention needs a coupon period or a calendar; `field.conflict` if a field was given that
/// the convention does not use; those of [`actual_actual_icma`], [`actual_365_l`] and [`business_252`].
pub fn year_fraction(input: &YearFractionInput) -> Result<YearFraction> {
    input.refuse_unused_context()?;
    let YearFractionInput { start, end, day_count, .. } = *input;
    if let (DayCountConvention::ThirtyE360Isda, Some(maturity)) = (day_count, input.maturity) {
        let days = thirty_e_360_isda_days(start, end, maturity);
        return Ok(YearFraction { years: thirty_e_360_isda(start, end, maturity), days });
    }
    if let Some(day_count) = day_count.of_two_dates() {
        let days = day_count.counted_days(start, end);
        return Ok(YearFraction { years: day_count.year_fraction(start, end), days });
    }
    let days = start.days_until(end);
    if day_count == DayCountConvention::OneOne {
        return Ok(YearFraction { years: f64::from(days.signum()), days });
    }
    if let Some((name, count)) = of_coupon_period(day_count) {
        let period = input.coupon_period.ok_or_else(|| {
            let message = format!("{name} needs a `couponPeriod` with start, end and frequency");
            Error::new(ErrorCode::FieldMissing, message).at("couponPeriod")
        })?;
        let years = count(start, end, period).at("couponPeriod")?;
        return Ok(YearFraction { years, days });
    }
    let calendar = input.calendar.as_ref().ok_or_else(|| {
        Error::new(
            ErrorCode::FieldMissing,
            "business252 needs a calendar; {} is every day except Saturdays and Sundays",
        )
        .at("calendar")
    })?;
    let days = calendar.business_days_between(start, end).at("calendar")?;
    Ok(YearFraction { years: business_252(start, end, calendar).at("calendar")?, days })
}

/// A convention that measures time by a coupon period.
type OfCouponPeriod = fn(Date, Date, CouponPeriod) -> Result<f64>;

/// The name and the function of a convention that needs a coupon period.
fn of_coupon_period(day_count: DayCountConvention) -> Option<(&'static str, OfCouponPeriod)> {
    Some(match day_count {
        DayCountConvention::ActualActualIcma => ("actualActualIcma", actual_actual_icma),
        DayCountConvention::Actual365L => ("actual365L", actual_365_l),
        DayCountConvention::Actual365Canadian => ("actual365Canadian", actual_365_canadian),
        DayCountConvention::RbaBondBasis => ("rbaBondBasis", rba_bond_basis),
        _ => return None,
    })
}

impl YearFractionInput {
    /// A field that the convention would ignore probably means that another convention was intended.
    fn refuse_unused_context(&self) -> Result<()> {
        let of_coupons = of_coupon_period(self.day_count).is_some();
        let context = [
            (self.maturity.is_some(), "maturity", self.day_count == DayCountConvention::ThirtyE360Isda),
            (self.coupon_period.is_some(), "couponPeriod", of_coupons),
            (self.calendar.is_some(), "calendar", self.day_count == DayCountConvention::Business252),
        ];
        for (given, field, used) in context {
            if given && !used {
                let message =
                    format!("the day count does not use {field}; leave it out or choose one that does");
                return Err(Error::new(ErrorCode::FieldConflict, message).at(field));
            }
        }
        Ok(())
    }
}

/// The date some months, days and business days later, moved to a business day by a convention.
///
/// # Errors
/// `date.out_of_range`, and those of [`Calendar::adjust`].
pub fn add_to_date(input: &DateAdditionInput) -> Result<AddedDate> {
    let calendar = &input.calendar;
    let date = input.date.add_months_by(input.months, input.month_end).at("months")?;
    let date = date.add_days(input.days).at("days")?;
    let date = calendar.add_business_days(date, input.business_days).map_err(|error| {
        // Too many days leave the range of dates, whatever the calendar.
        let beyond = error.code() == ErrorCode::DateOutOfRange;
        error.at(if beyond { "businessDays" } else { "calendar" })
    })?;
    let date = calendar.adjust(date, input.convention).at("calendar")?;
    Ok(AddedDate { date, is_business_day: calendar.is_business_day(date).at("calendar")? })
}

/// The business days between two dates, and the holidays in between.
///
/// # Errors
/// `date.out_of_range`, `calendar.never_open`.
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
