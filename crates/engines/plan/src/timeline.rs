//! Dates of the document as calendar years of the plan.

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::{Date, date},
    error::At as _,
    num::Decimal,
};
use wherewithal_household::CashFlowFrequency;
use wherewithal_retirement::RetirementMoment;

/// The last year that a plan can name.
const LAST_YEAR: i32 = 2400;
/// The last month of a year.
const LAST_MONTH: u32 = 12;

/// The start of a plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timeline {
    pub(super) as_of: Date,
    pub(super) first_year: i32,
    /// The month of the first year on whose first day the plan starts.
    pub(super) first_month: u32,
}

/// Whole calendar years, or some months of one. Of the first year of the plan, the whole is the months that the plan counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) from: i32,
    /// The first year without it; `None` without an end.
    pub(super) until: Option<i32>,
    /// The months of each year in which it is paid, 1 to 12.
    pub(super) months: u32,
    /// The months that its first year counts.
    pub(super) of_months: u32,
}

impl Timeline {
    /// The plan starts on the first day of a month that is nearest to `as_of`; on the earlier of two that are as near.
    pub(super) fn new(as_of: Date) -> Result<Self> {
        let year = as_of.year();
        check::whole(year.cast_unsigned(), 1899..=2200, ErrorCode::YearOutOfRange).at("asOf")?;
        let before = date(year, as_of.month(), 1)?;
        let after = before.add_months(1)?;
        let start = if before.days_until(as_of) <= as_of.days_until(after) { before } else { after };
        let first_year = start.year();
        check::whole(first_year.cast_unsigned(), 1900..=2200, ErrorCode::YearOutOfRange).at("asOf")?;
        Ok(Self { as_of, first_year, first_month: start.month() })
    }

    /// The day on which the plan starts.
    pub(super) fn start(&self) -> Result<Date> {
        date(self.first_year, self.first_month, 1)
    }

    /// The months of the first year that the plan counts.
    pub(super) fn first_year_months(&self) -> u32 {
        self.months_of(self.first_year)
    }

    /// The months of a year that the plan counts.
    pub(super) fn months_of(&self, year: i32) -> u32 {
        if year == self.first_year { LAST_MONTH + 1 - self.first_month } else { LAST_MONTH }
    }

    /// The periods of the plan in which something is paid that is paid from `start` to `end`: from the whole month of the
    /// one to the whole month of the other. Empty if it is over before the plan starts.
    pub(super) fn pieces(&self, start: Option<Date>, end: Option<Date>) -> Vec<Piece> {
        let month_of = |day: Date| (day.year(), day.month());
        let of_plan = (self.first_year, self.first_month);
        let (from, first_month) = start.map_or(of_plan, |start| month_of(start).max(of_plan));
        let Some(end) = end else {
            return kept([self.partial(from, first_month), self.whole(from, first_month, None)]);
        };
        if month_of(end) < (from, first_month) {
            return Vec::new();
        }
        if end.year() == from {
            return kept([Some(self.months(from, end.month() - first_month + 1))]);
        }
        let (until, rest) = match end.month() {
            LAST_MONTH => (end.year() + 1, None),
            months => (end.year(), Some(self.months(end.year(), months))),
        };
        kept([self.partial(from, first_month), self.whole(from, first_month, Some(until)), rest])
    }

    /// Some months of one year.
    fn months(&self, year: i32, months: u32) -> Piece {
        Piece { from: year, until: Some(year + 1), months, of_months: self.months_of(year) }
    }

    /// The months of a first year that begins within what the plan counts of it.
    fn partial(&self, year: i32, first_month: u32) -> Option<Piece> {
        let left = LAST_MONTH + 1 - first_month;
        (left < self.months_of(year)).then(|| self.months(year, left))
    }

    /// The years that are paid as a whole.
    fn whole(&self, year: i32, first_month: u32, until: Option<i32>) -> Option<Piece> {
        let from = if self.partial(year, first_month).is_some() { year + 1 } else { year };
        let months = self.months_of(from);
        until.is_none_or(|until| from < until).then_some(Piece { from, until, months, of_months: months })
    }

    /// A payment that is made once in a year, as a piece of it: it does not count by months.
    pub(super) fn at_once(&self, year: i32) -> Piece {
        Piece { from: year, until: Some(year + 1), months: LAST_MONTH, of_months: self.months_of(year) }
    }

    /// The year of the plan in which something happens once; `None` if that was before the day of the balances, which
    /// contain it. What is between that day and the start of the plan happens at the start.
    pub(super) fn once(&self, day: Date) -> Option<i32> {
        let is_to_come = day >= self.as_of && day.year() <= LAST_YEAR;
        is_to_come.then(|| day.year().max(self.first_year))
    }
}

fn kept<const N: usize>(pieces: [Option<Piece>; N]) -> Vec<Piece> {
    pieces.into_iter().flatten().filter(|piece| piece.from <= LAST_YEAR).collect()
}

/// A calendar year as a moment of a plan.
pub(super) fn year(year: i32) -> RetirementMoment {
    RetirementMoment::Year { year: year.clamp(1900, LAST_YEAR).cast_unsigned() }
}

impl Piece {
    /// The first year as a moment; `None` for the first year of the plan.
    pub(super) fn start(&self, timeline: &Timeline) -> Option<RetirementMoment> {
        (self.from > timeline.first_year).then(|| year(self.from))
    }

    /// The first year without it as a moment.
    pub(super) fn end(&self) -> Option<RetirementMoment> {
        self.until.map(year)
    }

    /// Whether it is every month of every year of the plan.
    pub(super) fn is_everything(&self, timeline: &Timeline) -> bool {
        self.from == timeline.first_year && self.until.is_none() && self.is_whole()
    }

    /// Whether it is every month of its years that the plan counts.
    pub(super) fn is_whole(&self) -> bool {
        self.months == self.of_months
    }
}

/// The amount of a year of twelve months of something that is paid at a frequency; for something that is paid once, the
/// amount itself.
pub(super) fn annual(amount: Decimal, frequency: CashFlowFrequency) -> Result<Decimal> {
    frequency.times_a_year().map_or(Ok(amount), |times| amount.times(Decimal::from(times)))
}

/// The age that a person reaches in a year.
pub(super) fn age_in(born: Date, year: i32) -> Result<u32> {
    u32::try_from(year - born.year()).map_err(|_| {
        let message = format!("the year {year} lies before the birth on {born}");
        Error::new(ErrorCode::YearOutOfRange, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Date {
        date(year, month, day).unwrap()
    }

    #[test]
    fn the_plan_starts_on_the_nearest_first_day_of_a_month() {
        for (as_of, start, months) in [
            (day(2026, 1, 1), day(2026, 1, 1), 12),
            (day(2026, 1, 16), day(2026, 1, 1), 12),
            (day(2026, 1, 17), day(2026, 2, 1), 11),
            (day(2026, 6, 30), day(2026, 7, 1), 6),
            (day(2026, 7, 3), day(2026, 7, 1), 6),
            // 16 April is as near to both: the earlier.
            (day(2026, 4, 16), day(2026, 4, 1), 9),
            (day(2026, 4, 17), day(2026, 5, 1), 8),
            (day(2026, 12, 16), day(2026, 12, 1), 1),
            (day(2026, 12, 31), day(2027, 1, 1), 12),
        ] {
            let timeline = Timeline::new(as_of).unwrap();
            assert_eq!(timeline.start().unwrap(), start, "{as_of}");
            assert_eq!(timeline.first_year_months(), months, "{as_of}");
        }
    }

    #[test]
    fn a_first_year_beyond_the_calendar_is_refused_at_the_date() {
        for year in [1, 1898, 2201, 9999] {
            let error = Timeline::new(day(year, 12, 31)).unwrap_err();
            assert_eq!((error.code(), error.path()), (ErrorCode::YearOutOfRange, "asOf"), "{year}");
        }
        assert_eq!(Timeline::new(day(1899, 12, 31)).unwrap().first_year, 1900);
    }

    #[test]
    fn what_happens_once_is_to_come() {
        let timeline = Timeline::new(day(2026, 3, 10)).unwrap();
        assert_eq!(timeline.once(day(2026, 3, 9)), None);
        assert_eq!(timeline.once(day(2026, 3, 10)), Some(2026));
        assert_eq!(timeline.once(day(2400, 1, 1)), Some(2400));
        assert_eq!(timeline.once(day(2401, 1, 1)), None);
        // Between the balances and the start: at the start.
        let timeline = Timeline::new(day(2026, 12, 20)).unwrap();
        assert_eq!(timeline.once(day(2026, 12, 19)), None);
        assert_eq!(timeline.once(day(2026, 12, 28)), Some(2027));
    }

    /// The months of each year by counting, for a comparison.
    fn counted(timeline: &Timeline, start: Option<Date>, end: Option<Date>, year: i32) -> u32 {
        let is_paid = |month: u32| {
            let key = (year, month);
            key >= (timeline.first_year, timeline.first_month)
                && start.is_none_or(|start| key >= (start.year(), start.month()))
                && end.is_none_or(|end| key <= (end.year(), end.month()))
        };
        (1..=12).map(|month| u32::from(is_paid(month))).sum()
    }

    proptest::proptest! {
        #[test]
        fn pieces_have_the_months_of_each_year(
            as_of in (1_u32..=12, 1_u32..=28),
            start in proptest::option::of((2020_i32..2040, 1_u32..=12, 1_u32..=28)),
            end in proptest::option::of((2020_i32..2045, 1_u32..=12, 1_u32..=28)),
        ) {
            let of = |part: Option<(i32, u32, u32)>| part.map(|(year, month, of_month)| day(year, month, of_month));
            let (start, end) = (of(start), of(end));
            if let (Some(start), Some(end)) = (start, end) {
                proptest::prop_assume!(start <= end);
            }
            let timeline = Timeline::new(day(2026, as_of.0, as_of.1)).unwrap();
            let pieces = timeline.pieces(start, end);
            for year in 2020..2060 {
                let inside = |piece: &&Piece| year >= piece.from && piece.until.is_none_or(|until| year < until);
                let of_year = |piece: &Piece| match piece.is_whole() {
                    true => timeline.months_of(year),
                    false => piece.months,
                };
                let months: u32 = pieces.iter().filter(inside).map(of_year).sum();
                proptest::prop_assert_eq!(months, counted(&timeline, start, end, year), "{} {:?}", year, pieces);
            }
        }
    }
}
