//! The unit-period of a transaction, and how many of them lie between two dates (Regulation Z, Appendix J, (b)(3) to
//! (5)).

use std::collections::BTreeMap;

use wherewithal_base::{Result, dates::Date, order, wire::Wire};

/// The interval for which a periodic rate is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct UnitPeriod {
    /// The kind of interval.
    pub interval: UnitPeriodInterval,
    /// The number of such intervals in one unit-period: 4 weeks, 3 months, 255 days.
    pub count: u32,
}

/// A kind of interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum UnitPeriodInterval {
    /// A day.
    Day,
    /// Half a month: 15 days of a month of 30.
    Semimonth,
    /// A month; all months are equal.
    Month,
    /// A year of 12 months.
    Year,
    /// Seven days.
    Week,
}

impl UnitPeriod {
    pub(super) fn new(interval: UnitPeriodInterval, count: u32) -> Self {
        Self { interval, count }
    }

    /// The number of unit-periods in a year: 365 days, 52 weeks, 24 semimonths, 12 months or one year, divided by the
    /// count.
    pub(super) fn per_year(self) -> f64 {
        let intervals = match self.interval {
            UnitPeriodInterval::Day => 365.0,
            UnitPeriodInterval::Week => 52.0,
            UnitPeriodInterval::Semimonth => 24.0,
            UnitPeriodInterval::Month => 12.0,
            UnitPeriodInterval::Year => 1.0,
        };
        intervals / f64::from(self.count)
    }

    /// Its length in days, months having 30 and years 365.
    fn days(self) -> u32 {
        self.count
            * match self.interval {
                UnitPeriodInterval::Day => 1,
                UnitPeriodInterval::Week => 7,
                UnitPeriodInterval::Semimonth => 15,
                UnitPeriodInterval::Month => 30,
                UnitPeriodInterval::Year => 365,
            }
    }
}

/// Whole unit-periods and a fraction of one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnitPeriods {
    pub(super) whole: u32,
    numerator: u32,
    denominator: u32,
}

impl UnitPeriods {
    fn of(days: u32, days_per_unit: u32, whole: u32) -> Self {
        Self {
            whole: whole + days / days_per_unit,
            numerator: days % days_per_unit,
            denominator: days_per_unit,
        }
    }

    pub(super) fn fraction(self) -> f64 {
        f64::from(self.numerator) / f64::from(self.denominator)
    }
}

/// The days of the month of a series of dates. The last day of a short month stands for the days that it lacks.
#[derive(Debug, Clone, Default)]
pub(super) struct DaysOfMonth(Vec<u32>);

impl DaysOfMonth {
    /// One day of the month that fits all dates; otherwise two that fit them alternately (semimonthly dates); otherwise
    /// one that fits most of them.
    pub(super) fn of(dates: &[Date]) -> Self {
        let by_turns = |odd: usize| -> Vec<Date> {
            dates.iter().enumerate().filter(|(index, _)| index % 2 == odd).map(|(_, date)| *date).collect()
        };
        let (day, fitting) = most_common_day(dates);
        if fitting == dates.len() {
            return Self(vec![day]);
        }
        let turns = [by_turns(0), by_turns(1)];
        let [(first, fitting_first), (second, fitting_second)] =
            turns.each_ref().map(|turn| most_common_day(turn));
        if fitting_first + fitting_second == dates.len() {
            return Self(vec![first, second]);
        }
        Self(if 2 * fitting > dates.len() { vec![day] } else { vec![] })
    }

    /// Dates that fall on the last day of each month.
    pub(super) fn last() -> Self {
        Self(vec![31])
    }

    /// The day of the month that a date of the series stands for.
    fn nominal(&self, date: Date) -> u32 {
        let fits = |day: &&u32| date.with_day_at_most(**day) == date;
        self.0.iter().find(fits).copied().unwrap_or_else(|| date.day())
    }

    /// The same day of the month, `months` earlier.
    pub(super) fn months_before(&self, date: Date, months: u32) -> Result<Date> {
        Ok(date.add_months(-months.cast_signed())?.with_day_at_most(self.nominal(date)))
    }

    /// The full months between two dates measured back from the later one, and the date at which the first begins.
    #[expect(
        clippy::expect_used,
        reason = "flows are in order of their dates, and none comes before the start"
    )]
    pub(super) fn full_months(&self, earlier: Date, later: Date) -> Result<(u32, Date)> {
        let number = |date: Date| date.year() * 12 + date.month().cast_signed();
        let months = u32::try_from(number(later) - number(earlier)).expect("the dates are in order");
        let begin = self.months_before(later, months)?;
        if begin >= earlier || months == 0 {
            return Ok((months, begin));
        }
        Ok((months - 1, self.months_before(later, months - 1)?))
    }

    /// The number of months between two dates, if it is whole and not zero.
    pub(super) fn whole_months(&self, earlier: Date, later: Date) -> Result<Option<u32>> {
        let (months, begin) = self.full_months(earlier, later)?;
        Ok((begin == earlier && months > 0).then_some(months))
    }
}

/// The day of the month that fits most dates, and how many it fits; of several such days, the earliest. The last day of
/// a short month fits the days that it lacks.
#[expect(clippy::expect_used, reason = "the range of days is not empty")]
fn most_common_day(dates: &[Date]) -> (u32, usize) {
    let fitting = |day: u32| dates.iter().filter(|date| date.with_day_at_most(day) == **date).count();
    (1..=31)
        .map(|day| (day, fitting(day)))
        .max_by_key(|(day, fitting)| (*fitting, 31 - *day))
        .expect("a month has days")
}

/// The days from one date to another; zero if the second comes before the first.
pub(super) fn days_between(earlier: Date, later: Date) -> u32 {
    earlier.days_until(later).max(0).unsigned_abs()
}

/// The unit-period of a transaction (Appendix J, (b)(4)).
pub(super) fn determine(start: Date, advances: &[Date], payments: &[Date]) -> Result<UnitPeriod> {
    if let ([_], [payment]) = (advances, payments) {
        return single_payment(start, *payment);
    }
    let mut votes: BTreeMap<(u32, UnitPeriodInterval), (u32, UnitPeriod)> = BTreeMap::new();
    let mut lengths = Vec::new();
    let mut after_start = vec![start];
    after_start.extend(payments.iter().copied().filter(|date| *date > start));
    for (series, dates) in [(after_start.as_slice(), payments), (advances, advances)] {
        let days = DaysOfMonth::of(dates);
        for index in 1..series.len() {
            lengths.push(length_in_days(series, index));
            for unit in standard_intervals(series, index, &days)? {
                votes.entry((unit.days(), unit.interval)).or_insert((0, unit)).0 += 1;
            }
        }
    }
    // The most frequent interval; of equally frequent ones the shortest, which comes first in the map.
    let mut common: Option<(u32, UnitPeriod)> = None;
    for &(count, unit) in votes.values() {
        if count > 1 && common.is_none_or(|(most, _)| count > most) {
            common = Some((count, unit));
        }
    }
    Ok(match common {
        Some((_, unit)) if unit.interval == UnitPeriodInterval::Day && unit.count > 1 => {
            nearest_standard(u64::from(unit.count), 1)
        }
        Some((_, unit)) => unit,
        None => nearest_standard(lengths.iter().map(|days| u64::from(*days)).sum(), lengths.len() as u64),
    })
}

/// The unit-period of a single advance that is repaid by a single payment: the term, at most a year.
fn single_payment(start: Date, payment: Date) -> Result<UnitPeriod> {
    let days = single_payment_days(start, payment);
    let (months, begin) = days.full_months(start, payment)?;
    Ok(if months >= 12 {
        UnitPeriod::new(UnitPeriodInterval::Year, 1)
    } else if begin == start && months > 0 {
        UnitPeriod::new(UnitPeriodInterval::Month, months)
    } else {
        UnitPeriod::new(UnitPeriodInterval::Day, days_between(start, payment).max(1))
    })
}

/// Months between two ends of months are whole.
pub(super) fn single_payment_days(start: Date, payment: Date) -> DaysOfMonth {
    if start.is_end_of_month() && payment.is_end_of_month() {
        DaysOfMonth::last()
    } else {
        DaysOfMonth::default()
    }
}

/// The days of the period before a date of the series, which is not the first.
#[expect(clippy::indexing_slicing, reason = "dates are counted by their series, from the second")]
fn length_in_days(series: &[Date], index: usize) -> u32 {
    days_between(series[index - 1], series[index])
}

/// The standard intervals that equal the period before a date of the series; if there are none, the period's number of
/// days.
#[expect(clippy::indexing_slicing, reason = "dates are counted by their series, from the second")]
fn standard_intervals(series: &[Date], index: usize, days: &DaysOfMonth) -> Result<Vec<UnitPeriod>> {
    use UnitPeriodInterval::{Day, Month, Semimonth, Week, Year};

    let length = length_in_days(series, index);
    let mut found = Vec::new();
    if length == 1 {
        found.push(UnitPeriod::new(Day, 1));
    }
    if length.is_multiple_of(7) && (1..=52).contains(&(length / 7)) {
        found.push(UnitPeriod::new(Week, length / 7));
    }
    match days.whole_months(series[index - 1], series[index])? {
        Some(12) => found.push(UnitPeriod::new(Year, 1)),
        Some(months) if months < 12 => found.push(UnitPeriod::new(Month, months)),
        _ => {}
    }
    if is_semimonth(series, index, length, days)? {
        found.push(UnitPeriod::new(Semimonth, 1));
    }
    if found.is_empty() && length <= 365 {
        found.push(UnitPeriod::new(Day, length));
    }
    Ok(found)
}

/// Whether a period of about half a month (12 days from 16 to 28 February) is one of two that make a month.
fn is_semimonth(series: &[Date], index: usize, length: u32, days: &DaysOfMonth) -> Result<bool> {
    if !(11..=19).contains(&length) {
        return Ok(false);
    }
    for (from, to) in [(index.checked_sub(2), Some(index)), (index.checked_sub(1), index.checked_add(1))] {
        let dates = (from.and_then(|from| series.get(from)), to.and_then(|to| series.get(to)));
        if let (Some(earlier), Some(later)) = dates
            && days.whole_months(*earlier, *later)? == Some(1)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The standard interval nearest to `total / number` days; of two equally near, the shorter; at most a year.
#[expect(clippy::expect_used, reason = "the list of standard units is not empty")]
fn nearest_standard(total: u64, number: u64) -> UnitPeriod {
    use UnitPeriodInterval::{Day, Month, Semimonth, Week, Year};

    let number = number.max(1);
    let mut standard = vec![UnitPeriod::new(Day, 1), UnitPeriod::new(Semimonth, 1)];
    standard.extend((1..=11).map(|months| UnitPeriod::new(Month, months)));
    standard.push(UnitPeriod::new(Year, 1));
    standard.extend((1..=52).map(|weeks| UnitPeriod::new(Week, weeks)));
    // In order of length, because `min_by_key` keeps the first of equally near ones.
    order::sort_by_key(&mut standard, |unit| (unit.days(), unit.interval));
    standard
        .into_iter()
        .min_by_key(|unit| (u64::from(unit.days()) * number).abs_diff(total))
        .expect("there are standard units")
}

/// The length that the periods between payments have in common: the unit-period, another standard interval, several
/// years, or a number of days. `None` if they are not equal.
pub(super) fn equal_periods(unit: UnitPeriod, payments: &[Date]) -> Result<Option<UnitPeriod>> {
    let days = DaysOfMonth::of(payments);
    let mut common: Option<Vec<UnitPeriod>> = None;
    for index in 1..payments.len() {
        let found = lengths_of_period(payments, index, &days)?;
        common = Some(match common {
            None => found,
            Some(before) => before.into_iter().filter(|length| found.contains(length)).collect(),
        });
    }
    let Some(common) = common else { return Ok(Some(unit)) };
    Ok(if common.contains(&unit) { Some(unit) } else { common.first().copied() })
}

/// All lengths that the period before a date of the series has, the standard intervals first.
#[expect(clippy::indexing_slicing, reason = "dates are counted by their series, from the second")]
fn lengths_of_period(series: &[Date], index: usize, days: &DaysOfMonth) -> Result<Vec<UnitPeriod>> {
    let mut lengths = standard_intervals(series, index, days)?;
    if let Some(months) = days.whole_months(series[index - 1], series[index])? {
        lengths.push(UnitPeriod::new(UnitPeriodInterval::Month, months));
    }
    lengths.push(UnitPeriod::new(UnitPeriodInterval::Day, length_in_days(series, index)));
    Ok(lengths)
}

/// The number of unit-periods between two dates (Appendix J, (b)(5)).
pub(super) fn between(
    unit: UnitPeriod,
    earlier: Date,
    later: Date,
    days: &DaysOfMonth,
) -> Result<UnitPeriods> {
    let elapsed = days_between(earlier, later);
    match unit.interval {
        UnitPeriodInterval::Day | UnitPeriodInterval::Week => Ok(UnitPeriods::of(elapsed, unit.days(), 0)),
        UnitPeriodInterval::Semimonth | UnitPeriodInterval::Month => {
            let (months, begin) = days.full_months(earlier, later)?;
            Ok(UnitPeriods::of(30 * months + days_between(earlier, begin), unit.days(), 0))
        }
        UnitPeriodInterval::Year => {
            let (months, begin) = days.full_months(earlier, later)?;
            let years = months / 12;
            if begin == earlier {
                return Ok(UnitPeriods::of(months % 12, 12, years));
            }
            let first = days.months_before(later, 12 * years)?;
            Ok(UnitPeriods::of(days_between(earlier, first), 365, years))
        }
    }
}
