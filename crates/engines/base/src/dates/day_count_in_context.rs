//! Day counts that need more than two dates.

use super::{Calendar, Date, DayCount, Frequency, MonthEnd, frequency::RegularDates};
use crate::{Error, ErrorCode, Result, wire::Wire};

/// A convention that converts two dates to a fraction of a year, including conventions that need more than two dates.
///
/// Section numbers refer to the 2006 ISDA Definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Wire)]
pub enum DayCountConvention {
    /// 30/360 US (Standard Securities Calculation Methods, 1993): months of 30 days; a start on the last day of
    /// February or on the 31st counts as the 30th; an end on the 31st counts as the 30th if the start does; an end on
    /// the last day of February counts as the 30th if the start is also the last day of February.
    Thirty360Us,
    /// 30/360 bond basis (section 4.16(f)): as `thirty360Us`, without the rules for the end of February.
    Thirty360BondBasis,
    /// 30E/360, Eurobond basis (section 4.16(g)): months of 30 days; the 31st counts as the 30th on both sides.
    ThirtyE360,
    /// 30E/360 ISDA (section 4.16(h)): as `thirtyE360`, and the last day of February counts as the 30th on both sides,
    /// except for an end date that is the `maturity`.
    ThirtyE360Isda,
    /// 30/360 German: as `thirtyE360`, and the last day of February counts as the 30th on both sides, including at
    /// maturity.
    Thirty360German,
    /// Actual/360 (section 4.16(e)): days divided by 360.
    Actual360,
    /// Actual/364: days divided by 364, which is 52 weeks.
    Actual364,
    /// Actual/365 fixed (section 4.16(d)): days divided by 365. The convention of Excel's XIRR, and the default.
    #[default]
    Actual365Fixed,
    /// Actual/365.25: days divided by 365.25.
    Actual36525,
    /// Actual/actual ISDA (section 4.16(b)): days in leap years divided by 366, all others by 365.
    ActualActualIsda,
    /// Actual/actual ICMA (rule 251; section 4.16(c)): the days of each regular coupon period, divided by its
    /// length and by the number of coupons a year. Needs a `couponPeriod`.
    ActualActualIcma,
    /// Actual/actual AFB (Association Française des Banques, 1994): whole years counted back from the end, and the
    /// remaining days divided by 366 if they include a 29 February (counting the first day but not the last), otherwise
    /// by 365.
    ActualActualAfb,
    /// NL/365 ("no leap"): days divided by 365, without any 29 February after the start and up to the end.
    NoLeap365,
    /// Business/252, the convention of Brazil: business days divided by 252, counting the first day but not the last.
    /// Calculation/252 of the 2021 ISDA Definitions. Needs a `calendar`.
    Business252,
    /// 30/365 (ISO 20022, interest computation method A002): months of 30 days as `thirtyE360`, divided by 365. QuantLib's
    /// `Thirty365` does not count the 31st as the 30th.
    Thirty365,
    /// 30E+/360: a start on the 31st counts as the 30th, an end on the 31st as the 1st of the next month.
    ThirtyEPlus360,
    /// 30/360 Italian: as `thirtyE360`, and the 28th and the 29th of February count as the 30th on both sides.
    Thirty360Italian,
    /// NL/360 ("no leap"): days divided by 360, without any 29 February after the start and up to the end.
    NoLeap360,
    /// Actual/366: days divided by 366.
    Actual366,
    /// Actual/365L (ICMA rule 251.1(i); section 4.16(i)): days divided by 366 if the coupon is paid in a leap year or, for
    /// annual coupons, if the coupon period has a 29 February after its start and up to its end; otherwise by 365. Needs a
    /// `couponPeriod` that holds both dates.
    Actual365L,
    /// Actual/365 Canadian, for bonds: days divided by 365 up to 365 days over the number of coupons a year; beyond that, a
    /// whole coupon less the remaining days divided by 365. Needs a `couponPeriod` that holds both dates.
    Actual365Canadian,
    /// RBA bond basis of Australia (2021 ISDA Definitions, section 4.6.1(xi)): a whole coupon period is a quarter, half a
    /// year or a year; any other time is `actualActualIsda`. Needs a `couponPeriod`.
    RbaBondBasis,
    /// 1/1 (section 4.16(a)): one year, whatever the dates, except that a date is no time away from itself.
    OneOne,
}

impl DayCountConvention {
    /// The day count of the same name; `None` for conventions that need more than two dates.
    #[must_use]
    pub fn of_two_dates(self) -> Option<DayCount> {
        Some(match self {
            Self::Thirty360Us => DayCount::Thirty360Us,
            Self::Thirty360BondBasis => DayCount::Thirty360BondBasis,
            Self::ThirtyE360 => DayCount::ThirtyE360,
            Self::ThirtyE360Isda => DayCount::ThirtyE360Isda,
            Self::Thirty360German => DayCount::Thirty360German,
            Self::Actual360 => DayCount::Actual360,
            Self::Actual364 => DayCount::Actual364,
            Self::Actual365Fixed => DayCount::Actual365Fixed,
            Self::Actual36525 => DayCount::Actual36525,
            Self::ActualActualIsda => DayCount::ActualActualIsda,
            Self::ActualActualAfb => DayCount::ActualActualAfb,
            Self::NoLeap365 => DayCount::NoLeap365,
            Self::Thirty365 => DayCount::Thirty365,
            Self::ThirtyEPlus360 => DayCount::ThirtyEPlus360,
            Self::Thirty360Italian => DayCount::Thirty360Italian,
            Self::NoLeap360 => DayCount::NoLeap360,
            Self::Actual366 => DayCount::Actual366,
            Self::ActualActualIcma
            | Self::Business252
            | Self::Actual365L
            | Self::Actual365Canadian
            | Self::RbaBondBasis
            | Self::OneOne => return None,
        })
    }
}

/// A coupon period, the measure of time of actual/actual ICMA and of other conventions for bonds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct CouponPeriod {
    /// The first day; for an irregular first coupon, the notional first day of a regular one.
    pub start: Date,
    /// The payment date of the coupon; for an irregular one, the notional date of a regular one.
    pub end: Date,
    /// How often coupons are paid: monthly, quarterly, semiannual or annual.
    pub frequency: Frequency,
    /// How the regular periods before and after this one are counted: with `endOfMonth`, from the last day of a month to
    /// the last day of others.
    #[wire(default)]
    pub month_end: MonthEnd,
}

impl CouponPeriod {
    /// A coupon period whose neighbours keep its day of the month.
    #[must_use]
    pub fn new(start: Date, end: Date, frequency: Frequency) -> Self {
        Self { start, end, frequency, month_end: MonthEnd::AnchorDay }
    }
}

/// Actual/actual ICMA (rule 251; section 4.16(c) of the 2006 ISDA Definitions): the days of each regular coupon
/// period, divided by its length and by the number of coupons a year. Time outside the period is measured by the
/// regular periods before and after it.
///
/// Negative if `end` is before `start`, as for [`DayCount::year_fraction`].
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::dates::{CouponPeriod, Frequency, actual_actual_icma, date};
///
/// let (start, end) = (date(2003, 11, 1)?, date(2004, 5, 1)?);
/// let period = CouponPeriod::new(start, end, Frequency::Semiannual);
/// assert_eq!(actual_actual_icma(start, end, period)?, 0.5);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `coupon_period.invalid` if the length of the period does not match its frequency (a month, quarter, half-year or
/// year); `date.out_of_range`.
pub fn actual_actual_icma(start: Date, end: Date, period: CouponPeriod) -> Result<f64> {
    if end < start {
        return actual_actual_icma(end, start, period).map(|years| -years);
    }
    let boundaries = regular_boundaries(period)?;
    let mut number = 0;
    // The coupon period may be later than the dates; earlier regular periods then measure them.
    while boundaries.nth(number)? > start {
        number -= 1;
    }
    let mut periods = 0.0;
    let mut opening = boundaries.nth(number)?;
    while opening < end {
        number += 1;
        let closing = boundaries.nth(number)?;
        let days = start.max(opening).days_until(end.min(closing)).max(0);
        periods += f64::from(days) / f64::from(opening.days_until(closing));
        opening = closing;
    }
    Ok(periods / f64::from(period.frequency.per_year()))
}

/// Business/252: business days divided by 252, the convention of Brazil. The first day counts, the last does not.
///
/// # Errors
/// Those of [`Calendar::business_days_between`].
pub fn business_252(start: Date, end: Date, calendar: &Calendar) -> Result<f64> {
    Ok(f64::from(calendar.business_days_between(start, end)?) / 252.0)
}

/// 30E/360 ISDA with the maturity that [`DayCount::ThirtyE360Isda`] does not know: an end on the last day of
/// February counts as the 30th unless it is the maturity.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::dates::{date, thirty_e_360_isda};
///
/// let (start, end) = (date(2006, 8, 31)?, date(2007, 2, 28)?);
/// assert_eq!(thirty_e_360_isda(start, end, end), 178.0 / 360.0);
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[must_use]
pub fn thirty_e_360_isda(start: Date, end: Date, maturity: Date) -> f64 {
    f64::from(thirty_e_360_isda_days(start, end, maturity)) / 360.0
}

/// The numerator of [`thirty_e_360_isda`].
pub(super) fn thirty_e_360_isda_days(start: Date, end: Date, maturity: Date) -> i32 {
    if end < start {
        return -thirty_e_360_isda_days(end, start, maturity);
    }
    let days = DayCount::ThirtyE360Isda.counted_days(start, end);
    let spared = if end == maturity && end.month() == 2 && end.is_end_of_month() && start < end {
        30 - end.day().cast_signed()
    } else {
        0
    };
    days - spared
}

/// The boundaries of regular periods, of which `period` is one. They are counted from the end of it from which the
/// other follows: 28 February follows from 31 August, but 31 August does not follow from 28 February.
pub(super) fn regular_boundaries(period: CouponPeriod) -> Result<RegularDates> {
    let CouponPeriod { start, end, frequency, month_end } = period;
    let by_months = matches!(
        frequency,
        Frequency::Monthly | Frequency::Quarterly | Frequency::Semiannual | Frequency::Annual
    );
    let counted_from = |anchor| RegularDates { anchor, frequency, month_end, days: [1, 16] };
    if by_months && counted_from(start).nth(1).is_ok_and(|date| date == end) {
        return Ok(counted_from(start));
    }
    if by_months && counted_from(end).nth(-1).is_ok_and(|date| date == start) {
        return Ok(counted_from(end));
    }
    Err(Error::new(
        ErrorCode::CouponPeriodInvalid,
        format!(
            "{start} to {end} is not one regular coupon period; give a month, quarter, half-year or year that matches \
                the frequency"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// ISDA, EMU and Market Conventions: Recent Developments (1998), with the values to eight places that the tests of
    /// QuantLib quote from it. The columns are actual/actual ICMA, ISDA and AFB.
    #[test]
    #[rustfmt::skip]
    fn the_examples_of_isda() {
        use Frequency::{Annual, Semiannual};
        let cases = [
            ("2003-11-01", "2004-05-01", "2003-11-01", "2004-05-01", Semiannual, 0.500_000_00, 0.497_724_38, 0.497_267_76),
            ("1999-02-01", "1999-07-01", "1998-07-01", "1999-07-01", Annual, 0.410_958_90, 0.410_958_90, 0.410_958_90),
            ("1999-07-01", "2000-07-01", "1999-07-01", "2000-07-01", Annual, 1.000_000_00, 1.001_377_35, 1.000_000_00),
            ("2002-08-15", "2003-07-15", "2003-01-15", "2003-07-15", Semiannual, 0.915_760_87, 0.915_068_49, 0.915_068_49),
            ("2003-07-15", "2004-01-15", "2003-07-15", "2004-01-15", Semiannual, 0.500_000_00, 0.504_004_79, 0.504_109_59),
            ("1999-07-30", "2000-01-30", "1999-07-30", "2000-01-30", Semiannual, 0.500_000_00, 0.503_892_51, 0.504_109_59),
            ("2000-01-30", "2000-06-30", "2000-01-30", "2000-07-30", Semiannual, 0.417_582_42, 0.415_300_55, 0.415_300_55),
        ];
        for (start, end, period_start, period_end, frequency, icma, isda, afb) in cases {
            let (start, end) = (day(start), day(end));
            let period = CouponPeriod::new(day(period_start), day(period_end), frequency);
            let found = [
                actual_actual_icma(start, end, period).unwrap(),
                DayCount::ActualActualIsda.year_fraction(start, end),
                DayCount::ActualActualAfb.year_fraction(start, end),
            ];
            for (found, expected) in found.iter().zip([icma, isda, afb]) {
                assert!((found - expected).abs() < 1e-8, "{start} {end}: {found} {expected}");
            }
            assert_eq!(actual_actual_icma(end, start, period).unwrap(), -found[0]);
        }
    }

    #[test]
    fn a_whole_coupon_is_a_whole_part_of_the_year() {
        let periods = [
            ("2023-02-28", "2023-08-31", Frequency::Semiannual, 0.5),
            ("2023-08-31", "2024-02-29", Frequency::Semiannual, 0.5),
            ("2024-01-31", "2024-02-29", Frequency::Monthly, 1.0 / 12.0),
            ("2024-11-30", "2025-02-28", Frequency::Quarterly, 0.25),
            ("2024-02-29", "2025-02-28", Frequency::Annual, 1.0),
        ];
        for (start, end, frequency, expected) in periods {
            let (start, end) = (day(start), day(end));
            let found = actual_actual_icma(start, end, CouponPeriod::new(start, end, frequency)).unwrap();
            assert_eq!(found, expected, "{start} {end}");
        }
    }

    /// Between 31 May and 31 August lie 92 days, between 30 May and 30 August too; but 15 June is 15 or 16 days in.
    #[test]
    fn neighbouring_periods_end_with_the_month_if_asked() {
        let period = CouponPeriod::new(day("2024-11-30"), day("2025-02-28"), Frequency::Quarterly);
        let (start, end) = (day("2025-02-28"), day("2025-06-15"));
        let by_day = actual_actual_icma(start, end, period).unwrap();
        assert!((by_day - (0.25 + 16.0 / 92.0 / 4.0)).abs() < 1e-15, "{by_day}");
        let by_month = CouponPeriod { month_end: MonthEnd::EndOfMonth, ..period };
        let by_month = actual_actual_icma(start, end, by_month).unwrap();
        assert!((by_month - (0.25 + 15.0 / 92.0 / 4.0)).abs() < 1e-15, "{by_month}");
    }

    #[test]
    fn a_period_that_its_frequency_does_not_make_is_refused() {
        for (start, end, frequency) in [
            ("2026-01-01", "2026-07-02", Frequency::Semiannual),
            ("2026-01-01", "2026-07-01", Frequency::Annual),
            ("2026-01-01", "2026-01-08", Frequency::Weekly),
            ("2026-07-01", "2026-01-01", Frequency::Semiannual),
        ] {
            let period = CouponPeriod::new(day(start), day(end), frequency);
            let error = actual_actual_icma(day(start), day(end), period).unwrap_err();
            assert_eq!(error.code(), ErrorCode::CouponPeriodInvalid, "{start} {end}");
        }
    }

    /// Computed with QuantLib 1.44: Thirty360(ISDA, termination date).
    #[test]
    #[rustfmt::skip]
    fn thirty_e_360_isda_spares_the_maturity() {
        let cases = [
            ("2006-08-31", "2007-02-28", "2007-02-28", 0.49444444444444446),
            ("2006-08-31", "2007-02-28", "2008-02-29", 0.5),
            ("2007-02-28", "2008-02-29", "2008-02-29", 0.9972222222222222),
            ("2007-02-28", "2007-08-31", "2008-02-29", 0.5),
            ("2008-02-29", "2009-02-28", "2009-02-28", 0.9944444444444445),
            ("2007-01-31", "2007-03-31", "2007-03-31", 0.16666666666666666),
        ];
        for (start, end, maturity, expected) in cases {
            assert_eq!(thirty_e_360_isda(day(start), day(end), day(maturity)), expected, "{start} {end}");
        }
    }

    /// Computed with QuantLib 1.44: Business252 on TARGET.
    #[test]
    fn business_252_counts_business_days() {
        let calendar = Calendar::of(crate::dates::HolidayCalendar::Target);
        let found = business_252(day("2026-01-02"), day("2027-03-15"), &calendar).unwrap();
        assert!((found - 1.2142857142857142).abs() < 1e-15);
    }
}
