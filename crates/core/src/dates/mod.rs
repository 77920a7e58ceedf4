//! Civil dates, schedules, calendars and day counts.

mod date;
mod day_count;

pub use date::{Date, MonthEnd, Weekday, date};
pub use day_count::DayCount;
