//! Day counts: the time between two dates as a fraction of a year.

use super::{Date, date};
use crate::wire::Wire;

/// A convention that converts two dates to a fraction of a year.
///
/// Section numbers refer to the 2006 ISDA Definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Wire)]
pub enum DayCount {
    /// 30/360 US (bond basis with the rules for the end of February, Standard Securities Calculation Methods, 1993):
    /// months of 30 days; a start on the last day of February or on the 31st counts as the 30th; an end on the 31st
    /// counts as the 30th if the start does; an end on the last day of February counts as the 30th if the start is also
    /// the last day of February.
    Thirty360Us,
    /// 30/360 bond basis (section 4.16(f)): as `thirty360Us`, without the rules for the end of February.
    Thirty360BondBasis,
    /// 30E/360, Eurobond basis (section 4.16(g)): months of 30 days; the 31st counts as the 30th on both sides.
    ThirtyE360,
    /// 30E/360 ISDA (section 4.16(h)): as `thirtyE360`, and the last day of February counts as the 30th on both sides.
    /// The definition exempts an end date that is the maturity of the instrument; no maturity is known here, so no date
    /// is exempt.
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
    /// NL/365 ("no leap"): days divided by 365, without any 29 February after the start and up to the end.
    NoLeap365,
    /// Actual/actual AFB (Association Française des Banques, 1994): whole years counted back from the end, and the
    /// remaining days divided by 366 if they include a 29 February (counting the first day but not the last), otherwise
    /// by 365.
    ActualActualAfb,
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
}

impl DayCount {
    /// Every day count.
    pub const ALL: [Self; 17] = [
        Self::Thirty360Us,
        Self::Thirty360BondBasis,
        Self::ThirtyE360,
        Self::ThirtyE360Isda,
        Self::Thirty360German,
        Self::Actual360,
        Self::Actual364,
        Self::Actual365Fixed,
        Self::Actual36525,
        Self::ActualActualIsda,
        Self::NoLeap365,
        Self::ActualActualAfb,
        Self::Thirty365,
        Self::ThirtyEPlus360,
        Self::Thirty360Italian,
        Self::NoLeap360,
        Self::Actual366,
    ];

    /// The fraction of a year from `start` to `end`.
    ///
    /// Zero from a date to itself. If `end` is before `start`, the fraction of the swapped dates, negated.
    ///
    /// ```
    /// # use wherewithal_base::wherewithal;
    /// use wherewithal::dates::{DayCount, date};
    ///
    /// let (start, end) = (date(2026, 1, 31)?, date(2026, 7, 31)?);
    /// assert_eq!(DayCount::Thirty360Us.year_fraction(start, end), 0.5);
    /// assert_eq!(DayCount::Actual365Fixed.year_fraction(start, end), 181.0 / 365.0);
    /// assert_eq!(DayCount::Actual365Fixed.year_fraction(end, start), -181.0 / 365.0);
    /// # Ok::<(), wherewithal::Error>(())
    /// ```
    #[must_use]
    pub fn year_fraction(self, start: Date, end: Date) -> f64 {
        // The rules treat the two dates differently, so the earlier one is always the start.
        if end < start {
            return -self.year_fraction(end, start);
        }
        let days = f64::from(start.days_until(end));
        match self {
            Self::Thirty360Us
            | Self::Thirty360BondBasis
            | Self::ThirtyE360
            | Self::ThirtyE360Isda
            | Self::Thirty360German
            | Self::ThirtyEPlus360
            | Self::Thirty360Italian
            | Self::NoLeap360 => f64::from(self.counted_days(start, end)) / 360.0,
            Self::Actual360 => days / 360.0,
            Self::Actual364 => days / 364.0,
            Self::Actual365Fixed => days / 365.0,
            Self::Actual36525 => days / 365.25,
            Self::Actual366 => days / 366.0,
            Self::ActualActualIsda => actual_actual_isda(start, end),
            Self::Thirty365 | Self::NoLeap365 => f64::from(self.counted_days(start, end)) / 365.0,
            Self::ActualActualAfb => actual_actual_afb(start, end),
        }
    }

    /// The days from `start` to `end` as the convention counts them; negative if `end` is before `start`.
    #[must_use]
    pub fn counted_days(self, start: Date, end: Date) -> i32 {
        if end < start {
            return -self.counted_days(end, start);
        }
        match self {
            Self::Thirty360Us => {
                let first = if is_end_of_february(start) { 30 } else { start.day() };
                let last = if is_end_of_february(start) && is_end_of_february(end) { 30 } else { end.day() };
                // After the rule for February, because the 31st depends on the start as adjusted.
                let last = if last == 31 && first >= 30 { 30 } else { last };
                days_of_30(start, end, first.min(30), last)
            }
            Self::Thirty360BondBasis => {
                let last = if end.day() == 31 && start.day() >= 30 { 30 } else { end.day() };
                days_of_30(start, end, start.day().min(30), last)
            }
            Self::ThirtyE360 | Self::Thirty365 => {
                days_of_30(start, end, start.day().min(30), end.day().min(30))
            }
            // From a 31st to itself the rule would count a day.
            Self::ThirtyEPlus360 if start == end => 0,
            // The 1st of the next month is as far as a 31st in a month of 30 days.
            Self::ThirtyEPlus360 => days_of_30(start, end, start.day().min(30), end.day()),
            Self::Thirty360Italian => {
                let counted = |date: Date| match (date.month(), date.day()) {
                    (2, 28..) => 30,
                    (_, day) => day.min(30),
                };
                days_of_30(start, end, counted(start), counted(end))
            }
            Self::ThirtyE360Isda | Self::Thirty360German => {
                let counted = |date: Date| if is_end_of_february(date) { 30 } else { date.day().min(30) };
                days_of_30(start, end, counted(start), counted(end))
            }
            Self::NoLeap360 | Self::NoLeap365 => no_leap_number(end) - no_leap_number(start),
            Self::Actual360
            | Self::Actual366
            | Self::Actual364
            | Self::Actual365Fixed
            | Self::Actual36525
            | Self::ActualActualIsda
            | Self::ActualActualAfb => start.days_until(end),
        }
    }
}

/// Days between two dates in years of twelve months of 30 days, with the given days of the month.
fn days_of_30(start: Date, end: Date, start_day: u32, end_day: u32) -> i32 {
    let number =
        |date: Date, day: u32| 360 * date.year() + 30 * date.month().cast_signed() + day.cast_signed();
    number(end, end_day) - number(start, start_day)
}

fn is_end_of_february(date: Date) -> bool {
    date.month() == 2 && date.is_end_of_month()
}

fn actual_actual_isda(start: Date, end: Date) -> f64 {
    if start.year() == end.year() {
        return f64::from(start.days_until(end)) / f64::from(start.days_in_year());
    }
    // From the start to the next 1 January, the whole years, and from the last 1 January to the end.
    let first = f64::from(start.days_in_year() - start.day_of_year() + 1) / f64::from(start.days_in_year());
    let last = f64::from(end.day_of_year() - 1) / f64::from(end.days_in_year());
    f64::from(end.year() - start.year() - 1) + first + last
}

fn actual_actual_afb(start: Date, end: Date) -> f64 {
    let (years, days, year) = actual_actual_afb_parts(start, end);
    f64::from(years) + f64::from(days) / f64::from(year)
}

/// The whole years counted back from the end, the remaining days, and the length of the year that divides them.
#[expect(clippy::expect_used, reason = "one year less than between the two leads to a day after the start")]
pub(super) fn actual_actual_afb_parts(start: Date, end: Date) -> (u32, u32, u32) {
    // A year back from 28 February is 29 February in a leap year.
    let back = |years: i32| {
        let day = end.add_months(-12 * years).ok()?;
        let day = if (day.month(), day.day()) == (2, 28) { day.end_of_month() } else { day };
        (day >= start).then_some(day)
    };
    let between = end.year() - start.year();
    let whole_years = if back(between).is_some() { between } else { (between - 1).max(0) };
    let rest_end = if whole_years == 0 {
        end
    } else {
        back(whole_years).expect("a day in the year after the start's, or one found above")
    };
    let has_leap_day = [start.year(), rest_end.year()]
        .into_iter()
        .any(|year| date(year, 2, 29).is_ok_and(|leap_day| start <= leap_day && leap_day < rest_end));
    let year = if has_leap_day { 366 } else { 365 };
    (whole_years.unsigned_abs(), start.days_until(rest_end).unsigned_abs(), year)
}

/// The day number in a calendar without leap years, in which 29 February counts as 28 February.
fn no_leap_number(date: Date) -> i32 {
    let after_leap_day = date.is_leap_year() && (date.month(), date.day()) >= (2, 29);
    365 * date.year() + date.day_of_year().cast_signed() - i32::from(after_leap_day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dates::variants::variants_on_the_wire;

    fn any_date() -> impl Strategy<Value = Date> {
        (1i32..=3_652_059).prop_map(|number| Date::from_day_number(number).unwrap())
    }

    /// Year fractions in the order of [`DayCount::ALL`] but for 30E/360 ISDA, computed with QuantLib 1.44: Thirty360 (USA, BondBasis,
    /// EurobondBasis, German), Actual360, Actual364, Actual365Fixed, Actual36525, ActualActual(ISDA),
    /// Actual365Fixed(NoLeap) and ActualActual(AFB).
    #[test]
    #[rustfmt::skip]
    fn agrees_with_quantlib() {
        let cases: &[(&str, &str, [f64; 11])] = &[
            ("2007-01-15", "2007-01-30", [0.041666666666666664, 0.041666666666666664, 0.041666666666666664, 0.041666666666666664, 0.041666666666666664, 0.04120879120879121, 0.0410958904109589, 0.04106776180698152, 0.04109589041095896, 0.0410958904109589, 0.0410958904109589]),
            ("2007-01-15", "2007-02-15", [0.08333333333333333, 0.08333333333333333, 0.08333333333333333, 0.08333333333333333, 0.08611111111111111, 0.08516483516483517, 0.08493150684931507, 0.08487337440109514, 0.08493150684931511, 0.08493150684931507, 0.08493150684931507]),
            ("2007-09-30", "2008-03-31", [0.5, 0.5, 0.5, 0.5, 0.5083333333333333, 0.5027472527472527, 0.5013698630136987, 0.5010266940451745, 0.5006961598922075, 0.4986301369863014, 0.5]),
            ("2007-09-30", "2007-10-31", [0.08333333333333333, 0.08333333333333333, 0.08333333333333333, 0.08333333333333333, 0.08611111111111111, 0.08516483516483517, 0.08493150684931507, 0.08487337440109514, 0.08493150684931505, 0.08493150684931507, 0.08493150684931507]),
            ("2007-09-30", "2008-09-30", [1.0, 1.0, 1.0, 1.0, 1.0166666666666666, 1.0054945054945055, 1.0027397260273974, 1.002053388090349, 1.0006961598922075, 1.0, 1.0]),
            ("2007-01-31", "2007-02-28", [0.07777777777777778, 0.07777777777777778, 0.07777777777777778, 0.08333333333333333, 0.07777777777777778, 0.07692307692307693, 0.07671232876712329, 0.07665982203969883, 0.0767123287671233, 0.07671232876712329, 0.07671232876712329]),
            ("2007-01-31", "2007-03-31", [0.16666666666666666, 0.16666666666666666, 0.16666666666666666, 0.16666666666666666, 0.1638888888888889, 0.1620879120879121, 0.16164383561643836, 0.16153319644079397, 0.16164383561643836, 0.16164383561643836, 0.16164383561643836]),
            ("2007-01-30", "2007-03-31", [0.16666666666666666, 0.16666666666666666, 0.16666666666666666, 0.16666666666666666, 0.16666666666666666, 0.16483516483516483, 0.1643835616438356, 0.16427104722792607, 0.1643835616438356, 0.1643835616438356, 0.1643835616438356]),
            ("2007-02-28", "2007-03-31", [0.08333333333333333, 0.09166666666666666, 0.08888888888888889, 0.08333333333333333, 0.08611111111111111, 0.08516483516483517, 0.08493150684931507, 0.08487337440109514, 0.08493150684931505, 0.08493150684931507, 0.08493150684931507]),
            ("2007-02-26", "2008-02-29", [1.0083333333333333, 1.0083333333333333, 1.0083333333333333, 1.011111111111111, 1.0222222222222221, 1.010989010989011, 1.0082191780821919, 1.0075290896646132, 1.0077775282581032, 1.0054794520547945, 1.0054794520547945]),
            ("2007-02-28", "2008-02-28", [0.9944444444444445, 1.0, 1.0, 0.9944444444444445, 1.0138888888888888, 1.0027472527472527, 1.0, 0.999315537303217, 0.9995658357661501, 1.0, 1.0]),
            ("2007-02-28", "2008-02-29", [1.0, 1.0027777777777778, 1.0027777777777778, 1.0, 1.0166666666666666, 1.0054945054945055, 1.0027397260273974, 1.002053388090349, 1.0022980762033087, 1.0, 1.0]),
            ("2008-02-29", "2009-02-28", [1.0, 0.9972222222222222, 0.9972222222222222, 1.0, 1.0138888888888888, 1.0027472527472527, 1.0, 0.999315537303217, 0.9977019237966914, 1.0, 1.0]),
            ("2008-02-29", "2008-03-30", [0.08333333333333333, 0.08611111111111111, 0.08611111111111111, 0.08333333333333333, 0.08333333333333333, 0.08241758241758242, 0.0821917808219178, 0.08213552361396304, 0.08196721311475413, 0.0821917808219178, 0.08196721311475409]),
            ("2008-02-29", "2008-03-31", [0.08333333333333333, 0.08888888888888889, 0.08611111111111111, 0.08333333333333333, 0.08611111111111111, 0.08516483516483517, 0.08493150684931507, 0.08487337440109514, 0.0846994535519126, 0.08493150684931507, 0.08469945355191257]),
            ("2008-02-28", "2008-08-31", [0.5083333333333333, 0.5083333333333333, 0.5055555555555555, 0.5055555555555555, 0.5138888888888888, 0.5082417582417582, 0.5068493150684932, 0.5065023956194388, 0.505464480874317, 0.5041095890410959, 0.505464480874317]),
            ("2006-08-31", "2007-02-28", [0.49444444444444446, 0.49444444444444446, 0.49444444444444446, 0.5, 0.5027777777777778, 0.49725274725274726, 0.4958904109589041, 0.49555099247091033, 0.4958904109589041, 0.4958904109589041, 0.4958904109589041]),
            ("2008-02-28", "2008-02-29", [0.002777777777777778, 0.002777777777777778, 0.002777777777777778, 0.005555555555555556, 0.002777777777777778, 0.0027472527472527475, 0.0027397260273972603, 0.0027378507871321013, 0.0027322404371585285, 0.0, 0.0027397260273972603]),
            ("2008-02-29", "2008-03-01", [0.002777777777777778, 0.005555555555555556, 0.005555555555555556, 0.002777777777777778, 0.002777777777777778, 0.0027472527472527475, 0.0027397260273972603, 0.0027378507871321013, 0.0027322404371585007, 0.0027397260273972603, 0.00273224043715847]),
            ("2003-11-01", "2004-05-01", [0.5, 0.5, 0.5, 0.5, 0.5055555555555555, 0.5, 0.4986301369863014, 0.49828884325804246, 0.49772438056740775, 0.4958904109589041, 0.4972677595628415]),
            ("1999-02-01", "1999-07-01", [0.4166666666666667, 0.4166666666666667, 0.4166666666666667, 0.4166666666666667, 0.4166666666666667, 0.41208791208791207, 0.410958904109589, 0.4106776180698152, 0.4109589041095891, 0.410958904109589, 0.410958904109589]),
            ("1999-07-01", "2000-07-01", [1.0, 1.0, 1.0, 1.0, 1.0166666666666666, 1.0054945054945055, 1.0027397260273974, 1.002053388090349, 1.0013773486039375, 1.0, 1.0]),
            ("2002-08-15", "2003-07-15", [0.9166666666666666, 0.9166666666666666, 0.9166666666666666, 0.9166666666666666, 0.9277777777777778, 0.9175824175824175, 0.915068493150685, 0.9144421629021219, 0.915068493150685, 0.915068493150685, 0.915068493150685]),
            ("2003-07-15", "2004-01-15", [0.5, 0.5, 0.5, 0.5, 0.5111111111111111, 0.5054945054945055, 0.5041095890410959, 0.5037645448323066, 0.5040047907777528, 0.5041095890410959, 0.5041095890410959]),
            ("1999-07-30", "2000-01-30", [0.5, 0.5, 0.5, 0.5, 0.5111111111111111, 0.5054945054945055, 0.5041095890410959, 0.5037645448323066, 0.503892506924171, 0.5041095890410959, 0.5041095890410959]),
            ("2000-01-30", "2000-06-30", [0.4166666666666667, 0.4166666666666667, 0.4166666666666667, 0.4166666666666667, 0.4222222222222222, 0.4175824175824176, 0.41643835616438357, 0.4161533196440794, 0.41530054644808745, 0.4136986301369863, 0.41530054644808745]),
            ("1999-12-31", "2001-01-01", [1.0027777777777778, 1.0027777777777778, 1.0027777777777778, 1.0027777777777778, 1.0194444444444444, 1.0082417582417582, 1.0054794520547945, 1.0047912388774811, 1.0027397260273974, 1.0027397260273974, 1.0027397260273974]),
            ("2000-01-01", "2000-12-31", [1.0, 1.0, 0.9972222222222222, 0.9972222222222222, 1.0138888888888888, 1.0027472527472527, 1.0, 0.999315537303217, 0.9972677595628415, 0.9972602739726028, 0.9972677595628415]),
            ("1999-01-01", "2026-12-31", [28.0, 28.0, 27.997222222222224, 27.997222222222224, 28.405555555555555, 28.093406593406595, 28.016438356164382, 27.99726214921287, 27.997260273972604, 27.997260273972604, 27.997260273972604]),
            ("2100-02-28", "2104-03-01", [4.002777777777778, 4.008333333333334, 4.008333333333334, 4.002777777777778, 4.061111111111111, 4.016483516483516, 4.005479452054795, 4.002737850787132, 4.005030316640467, 4.002739726027397, 4.002739726027397]),
        ];
        for (start, end, expected) in cases {
            let (start, end) = (start.parse().unwrap(), end.parse().unwrap());
            let counts = DayCount::ALL.iter().filter(|count| **count != DayCount::ThirtyE360Isda);
            for (count, expected) in counts.zip(expected) {
                let found = count.year_fraction(start, end);
                assert!((found - expected).abs() <= 1e-14, "{count:?} {start} {end}: {found} {expected}");
            }
            // Without a maturity, QuantLib's 30E/360 ISDA is its German convention.
            assert_eq!(DayCount::ThirtyE360Isda.year_fraction(start, end), expected[3], "{start} {end}");
        }
    }

    /// 30/365: ISO 20022, method A002. 30E+/360: its definition. Italian and actual/366: QuantLib 1.44. NL/360: NL/365.
    #[test]
    fn the_other_conventions_count_as_defined() {
        let cases = [
            (DayCount::Thirty365, "2025-03-31", "2025-04-30", 30, 30.0 / 365.0),
            (DayCount::Thirty365, "2025-02-28", "2025-03-31", 32, 32.0 / 365.0),
            (DayCount::Thirty365, "2025-01-15", "2026-01-15", 360, 360.0 / 365.0),
            (DayCount::ThirtyEPlus360, "2025-03-30", "2025-05-31", 61, 61.0 / 360.0),
            (DayCount::ThirtyEPlus360, "2025-03-31", "2025-05-31", 61, 61.0 / 360.0),
            (DayCount::ThirtyEPlus360, "2025-03-15", "2025-12-31", 286, 286.0 / 360.0),
            (DayCount::Thirty360Italian, "2024-02-28", "2024-03-31", 30, 30.0 / 360.0),
            (DayCount::Thirty360Italian, "2024-01-31", "2024-02-28", 30, 30.0 / 360.0),
            (DayCount::Thirty360Italian, "2024-01-31", "2024-02-27", 27, 27.0 / 360.0),
            (DayCount::NoLeap360, "2024-02-28", "2024-03-01", 1, 1.0 / 360.0),
            (DayCount::Actual366, "2024-02-28", "2024-03-01", 2, 2.0 / 366.0),
        ];
        for (count, start, end, days, years) in cases {
            let (first, second) = (start.parse().unwrap(), end.parse().unwrap());
            assert_eq!(count.counted_days(first, second), days, "{count:?} {start} {end}");
            assert_eq!(count.year_fraction(first, second), years, "{count:?} {start} {end}");
        }
    }

    #[test]
    fn all_are_all() {
        let names = DayCount::ALL.map(|count| serde_json::to_value(count).unwrap());
        assert_eq!(names.to_vec(), variants_on_the_wire::<DayCount>());
    }

    #[test]
    fn names_on_the_wire() {
        let names: Vec<String> =
            DayCount::ALL.iter().map(|count| serde_json::to_string(count).unwrap()).collect();
        assert_eq!(
            names.join(" ").replace('"', ""),
            "thirty360Us thirty360BondBasis thirtyE360 thirtyE360Isda thirty360German actual360 actual364 \
             actual365Fixed actual36525 actualActualIsda noLeap365 actualActualAfb thirty365 thirtyEPlus360 \
             thirty360Italian noLeap360 actual366"
        );
    }

    proptest! {
        #[test]
        fn exchanging_the_dates_changes_the_sign_only(start in any_date(), end in any_date()) {
            for count in DayCount::ALL {
                prop_assert_eq!(count.year_fraction(start, end), -count.year_fraction(end, start));
            }
        }

        #[test]
        fn a_date_is_no_time_away_from_itself(date in any_date()) {
            for count in DayCount::ALL {
                prop_assert_eq!(count.year_fraction(date, date), 0.0);
            }
        }

        #[test]
        fn actual_counts_add_up(a in any_date(), b in any_date(), c in any_date()) {
            for count in [DayCount::Actual360, DayCount::ActualActualIsda, DayCount::NoLeap365] {
                let whole = count.year_fraction(a, c);
                let parts = count.year_fraction(a, b) + count.year_fraction(b, c);
                prop_assert!((whole - parts).abs() < 1e-9, "{:?}", count);
            }
        }
    }
}
