//! Civil dates, schedules, calendars and day counts.

mod date;

pub use date::{Date, date};
