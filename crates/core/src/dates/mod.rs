//! Civil dates, schedules, calendars and day counts.

mod calendar;
mod date;
mod day_count;
mod frequency;
mod holidays;
mod operations;
mod schedule;

pub use calendar::{BusinessDayConvention, Calendar};
pub use date::{Date, MonthEnd, Weekday, date};
pub use day_count::DayCount;
pub use frequency::Frequency;
pub use holidays::HolidayCalendar;
pub use operations::{
    AddedDate, BusinessDays, BusinessDaysInput, DateAddition, Holiday, YearFraction, YearFractionInput,
    add_to_date, business_days, year_fraction,
};
pub use schedule::{MAX_SCHEDULE_DATES, Schedule, ScheduleDates, SemimonthlyDays, Stub};
