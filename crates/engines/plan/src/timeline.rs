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

/// The first year of a plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timeline {
    pub(super) as_of: Date,
    pub(super) first_year: i32,
}

/// Whole calendar years, or some months of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) from: i32,
    /// The first year without it; `None` without an end.
    pub(super) until: Option<i32>,
    /// The months of each year, 1 to 12.
    pub(super) months: u32,
}

impl Timeline {
    /// The plan starts on the 1 January nearest to `as_of`; on the earlier of two that are as near.
    pub(super) fn new(as_of: Date) -> Result<Self> {
        let year = as_of.year();
        check::whole(year.cast_unsigned(), 1899..=2200, ErrorCode::YearOutOfRange).at("asOf")?;
        let before = date(year, 1, 1)?.days_until(as_of);
        let after = as_of.days_until(date(year + 1, 1, 1)?);
        let first_year = if before <= after { year } else { year + 1 };
        check::whole(first_year.cast_unsigned(), 1900..=2200, ErrorCode::YearOutOfRange).at("asOf")?;
        Ok(Self { as_of, first_year })
    }

    /// Whether the plan starts on another day than that of the balances.
    pub(super) fn is_moved(&self) -> bool {
        (self.as_of.month(), self.as_of.day()) != (1, 1)
    }

    /// The periods of the plan in which something is paid that is paid from `start` to `end`: from the whole month of the
    /// one to the whole month of the other. Empty if it is over before the plan starts.
    pub(super) fn pieces(&self, start: Option<Date>, end: Option<Date>) -> Vec<Piece> {
        let (from, first_month) = match start {
            Some(start) if start.year() >= self.first_year => (start.year(), start.month()),
            Some(_) | None => (self.first_year, 1),
        };
        let Some(end) = end else {
            return kept([partial(from, first_month, 12), whole(from, first_month, None)]);
        };
        if (end.year(), end.month()) < (from, first_month) {
            return Vec::new();
        }
        if end.year() == from {
            return kept([Some(Piece {
                from,
                until: Some(from + 1),
                months: end.month() - first_month + 1,
            })]);
        }
        let (until, rest) = match end.month() {
            12 => (end.year() + 1, None),
            months => (end.year(), Some(Piece { from: end.year(), until: Some(end.year() + 1), months })),
        };
        kept([partial(from, first_month, 12), whole(from, first_month, Some(until)), rest])
    }

    /// The year of the plan in which something happens once; `None` if that was before the plan, or before the day of the
    /// balances, which contain it.
    pub(super) fn once(&self, day: Date) -> Option<i32> {
        let is_to_come = day >= self.as_of && (self.first_year..=LAST_YEAR).contains(&day.year());
        is_to_come.then(|| day.year())
    }
}

fn partial(year: i32, first_month: u32, last_month: u32) -> Option<Piece> {
    (first_month > 1).then(|| Piece {
        from: year,
        until: Some(year + 1),
        months: last_month - first_month + 1,
    })
}

fn whole(year: i32, first_month: u32, until: Option<i32>) -> Option<Piece> {
    let from = if first_month > 1 { year + 1 } else { year };
    until.is_none_or(|until| from < until).then_some(Piece { from, until, months: 12 })
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
        self.from == timeline.first_year && self.until.is_none() && self.months == 12
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
    fn the_first_year_is_that_of_the_nearest_1_january() {
        for (as_of, first) in [
            (day(2026, 1, 1), 2026),
            (day(2026, 7, 2), 2026),
            (day(2026, 7, 3), 2027),
            // In a leap year 2 July is as near to both: the earlier.
            (day(2028, 7, 2), 2028),
            (day(2028, 7, 3), 2029),
            (day(2026, 12, 31), 2027),
        ] {
            assert_eq!(Timeline::new(as_of).unwrap().first_year, first, "{as_of}");
        }
        assert!(!Timeline::new(day(2026, 1, 1)).unwrap().is_moved());
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
        // Between the balances and the start.
        assert_eq!(Timeline::new(day(2026, 9, 1)).unwrap().once(day(2026, 10, 1)), None);
    }

    /// The months of each year by counting, for a comparison.
    fn counted(timeline: &Timeline, start: Option<Date>, end: Option<Date>, year: i32) -> u32 {
        let is_paid = |month: u32| {
            let key = (year, month);
            start.is_none_or(|start| key >= (start.year(), start.month()))
                && end.is_none_or(|end| key <= (end.year(), end.month()))
        };
        if year < timeline.first_year { 0 } else { (1..=12).map(|month| u32::from(is_paid(month))).sum() }
    }

    proptest::proptest! {
        #[test]
        fn pieces_have_the_months_of_each_year(
            start in proptest::option::of((2020_i32..2040, 1_u32..=12, 1_u32..=28)),
            end in proptest::option::of((2020_i32..2045, 1_u32..=12, 1_u32..=28)),
        ) {
            let of = |part: Option<(i32, u32, u32)>| part.map(|(year, month, of_month)| day(year, month, of_month));
            let (start, end) = (of(start), of(end));
            if let (Some(start), Some(end)) = (start, end) {
                proptest::prop_assume!(start <= end);
            }
            let timeline = Timeline::new(day(2026, 1, 1)).unwrap();
            let pieces = timeline.pieces(start, end);
            for year in 2020..2060 {
                let inside = |piece: &&Piece| year >= piece.from && piece.until.is_none_or(|until| year < until);
                let months: u32 = pieces.iter().filter(inside).map(|piece| piece.months).sum();
                proptest::prop_assert_eq!(months, counted(&timeline, start, end, year), "{} {:?}", year, pieces);
            }
        }
    }
}
