//! Day counts for bonds that depend on the coupon period: actual/365L, actual/365 Canadian and RBA bond basis.

use super::{CouponPeriod, Date, DayCount, Frequency, date, day_count_in_context::regular_boundaries};
use crate::{Error, ErrorCode, Result};

/// Actual/365L: days divided by 366 if the coupon is paid in a leap year or, for annual coupons, if the period has a 29
/// February after its start and up to its end; otherwise by 365 (ICMA rule 251.1(i); 2006 ISDA Definitions, section
/// 4.16(i)).
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::dates::{CouponPeriod, Frequency, actual_365_l, date};
///
/// let period = CouponPeriod::new(date(2023, 9, 1)?, date(2024, 3, 1)?, Frequency::Semiannual);
/// assert_eq!(actual_365_l(date(2023, 9, 1)?, date(2023, 12, 1)?, period)?, 91.0 / 366.0);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `coupon_period.invalid` if the length of the period does not match its frequency, or if a date lies outside it.
pub fn actual_365_l(start: Date, end: Date, period: CouponPeriod) -> Result<f64> {
    regular_boundaries(period)?;
    both_inside(start, end, period)?;
    let long = match period.frequency {
        Frequency::Annual => has_leap_day(period),
        _ => period.end.is_leap_year(),
    };
    Ok(f64::from(start.days_until(end)) / if long { 366.0 } else { 365.0 })
}

/// Actual/365 Canadian, for bonds: up to 365 days over the number of coupons a year, days divided by 365; beyond that, a
/// whole coupon less the days that remain of its period, divided by 365. So a whole period is a whole part of the year.
///
/// QuantLib rounds 365 over the number of coupons down to whole days, and so differs on one day of a period.
///
/// # Errors
/// Those of [`actual_365_l`].
pub fn actual_365_canadian(start: Date, end: Date, period: CouponPeriod) -> Result<f64> {
    if end < start {
        return actual_365_canadian(end, start, period).map(|years| -years);
    }
    regular_boundaries(period)?;
    both_inside(start, end, period)?;
    let days = start.days_until(end);
    let coupons = period.frequency.per_year();
    if days * coupons.cast_signed() < 365 {
        return Ok(f64::from(days) / 365.0);
    }
    let remaining = period.start.days_until(period.end) - days;
    Ok(1.0 / f64::from(coupons) - f64::from(remaining) / 365.0)
}

/// RBA bond basis of Australia: a whole coupon period is a quarter, half a year or a year; any other time is
/// actual/actual ISDA (2021 ISDA Definitions, section 4.6.1(xi)).
///
/// # Errors
/// `coupon_period.invalid` if the period is not a quarter, half a year or a year that matches its frequency.
pub fn rba_bond_basis(start: Date, end: Date, period: CouponPeriod) -> Result<f64> {
    if end < start {
        return rba_bond_basis(end, start, period).map(|years| -years);
    }
    regular_boundaries(period)?;
    if period.frequency == Frequency::Monthly {
        let message = "RBA bond basis knows quarters, half-years and years";
        return Err(Error::new(ErrorCode::CouponPeriodInvalid, message));
    }
    if (start, end) == (period.start, period.end) {
        return Ok(1.0 / f64::from(period.frequency.per_year()));
    }
    Ok(DayCount::ActualActualIsda.year_fraction(start, end))
}

/// Whether a 29 February lies after the start of the period and up to its end.
fn has_leap_day(period: CouponPeriod) -> bool {
    [period.start.year(), period.end.year()]
        .into_iter()
        .any(|year| date(year, 2, 29).is_ok_and(|leap_day| period.start < leap_day && leap_day <= period.end))
}

fn both_inside(start: Date, end: Date, period: CouponPeriod) -> Result<()> {
    let CouponPeriod { start: first, end: last, .. } = period;
    if [start, end].iter().all(|date| (first..=last).contains(date)) {
        return Ok(());
    }
    let message = format!("{start} to {end} is not within the coupon period, {first} to {last}");
    Err(Error::new(ErrorCode::CouponPeriodInvalid, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn period(start: &str, end: &str, frequency: Frequency) -> CouponPeriod {
        CouponPeriod::new(day(start), day(end), frequency)
    }

    #[test]
    fn the_year_of_actual_365_l_is_that_of_the_coupon() {
        let cases = [
            // Annual coupons: whether 29 February is in the period.
            ("2023-03-01", "2024-03-01", Frequency::Annual, 366.0),
            ("2023-02-28", "2024-02-28", Frequency::Annual, 365.0),
            ("2024-02-29", "2025-02-28", Frequency::Annual, 365.0),
            ("2023-02-28", "2024-02-29", Frequency::Annual, 366.0),
            // Others: whether the coupon is paid in a leap year.
            ("2023-07-01", "2024-01-01", Frequency::Semiannual, 366.0),
            ("2024-07-01", "2025-01-01", Frequency::Semiannual, 365.0),
            ("2024-01-01", "2024-02-01", Frequency::Monthly, 366.0),
        ];
        for (start, end, frequency, year) in cases {
            let period = CouponPeriod {
                month_end: crate::dates::MonthEnd::EndOfMonth,
                ..period(start, end, frequency)
            };
            let until = day(start).add_days(20).unwrap();
            assert_eq!(actual_365_l(day(start), until, period).unwrap(), 20.0 / year, "{start} {end}");
            assert_eq!(actual_365_l(until, day(start), period).unwrap(), -20.0 / year, "{start} {end}");
        }
    }

    #[test]
    fn a_whole_canadian_coupon_is_a_whole_part_of_the_year() {
        let coupon = period("2025-03-15", "2025-09-15", Frequency::Semiannual);
        let until = |end: &str| actual_365_canadian(day("2025-03-15"), day(end), coupon).unwrap();
        assert_eq!(until("2025-09-15"), 0.5);
        assert_eq!(until("2025-09-14"), 0.5 - 1.0 / 365.0);
        assert_eq!(until("2025-09-13"), 182.0 / 365.0);
        assert_eq!(until("2025-04-15"), 31.0 / 365.0);
        assert_eq!(actual_365_canadian(day("2025-04-15"), day("2025-03-15"), coupon).unwrap(), -31.0 / 365.0);
    }

    #[test]
    fn a_whole_period_of_rba_bond_basis_is_a_whole_part_of_the_year() {
        let coupon = period("2023-11-15", "2024-05-15", Frequency::Semiannual);
        assert_eq!(rba_bond_basis(day("2023-11-15"), day("2024-05-15"), coupon).unwrap(), 0.5);
        let part = rba_bond_basis(day("2023-12-15"), day("2024-05-15"), coupon).unwrap();
        assert_eq!(part, DayCount::ActualActualIsda.year_fraction(day("2023-12-15"), day("2024-05-15")));
    }

    #[test]
    fn dates_outside_the_period_are_refused() {
        let coupon = period("2025-03-15", "2025-09-15", Frequency::Semiannual);
        for count in [actual_365_l, actual_365_canadian] {
            let error = count(day("2025-03-14"), day("2025-05-01"), coupon).unwrap_err();
            assert_eq!(error.code(), ErrorCode::CouponPeriodInvalid);
        }
        let monthly = period("2025-03-15", "2025-04-15", Frequency::Monthly);
        assert!(rba_bond_basis(day("2025-03-15"), day("2025-04-15"), monthly).is_err());
    }
}
