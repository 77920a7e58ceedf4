//! Civil dates, schedules, calendars and day counts.

mod calendar;
mod coupon_day_counts;
mod date;
mod day_count;
mod day_count_fraction;
mod day_count_in_context;
mod frequency;
mod holidays;
mod operations;
mod schedule;
#[cfg(test)]
mod variants;

pub use calendar::{BusinessDayConvention, Calendar};
pub use coupon_day_counts::{actual_365_canadian, actual_365_l, rba_bond_basis};
pub use date::{Date, MonthEnd, Weekday, date};
pub use day_count::DayCount;
pub use day_count_in_context::{
    CouponPeriod, DayCountConvention, actual_actual_icma, business_252, thirty_e_360_isda,
};
pub use frequency::Frequency;
pub use frequency::RegularDates;
pub use holidays::HolidayCalendar;
pub use operations::{
    AddedDate, BusinessDays, BusinessDaysInput, DateAdditionInput, Holiday, YearFraction, YearFractionInput,
    add_to_date, business_days, year_fraction,
};
pub use schedule::{DateSchedule, MAX_SCHEDULE_DATES, ScheduleDates, SemimonthlyDays, Stub};
