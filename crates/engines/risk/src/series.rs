//! The validated form of what every operation of the family takes: returns, their dates, and the rates beside them.

use std::ops::Bound;

use wherewithal_base::{Error, ErrorCode, Result, check, dates::Date, error::At as _};
use wherewithal_math::{exp_m1, ln_1p};

use crate::RateConversion;

/// The most returns of a series.
const MAX_RETURNS: usize = 200_000;

/// The largest return of a period: a millionfold gain.
const MAX_RETURN: f64 = 1e6;

/// Validates the returns of a series, at least one. What a total loss leaves has no return, so it is the last.
pub(crate) fn returns(values: &[f64], field: &str) -> Result<Vec<f64>> {
    check::length(values.len(), 1..=MAX_RETURNS).at(field)?;
    let last = values.len() - 1;
    let mut checked = Vec::with_capacity(values.len());
    for (index, &value) in values.iter().enumerate() {
        let value = check::rate(value, -1.0..=MAX_RETURN).at_index(field, index)?;
        if value == -1.0 && index < last {
            let message = "a return of -1 is a total loss, of which no later period can have a return";
            return Err(Error::new(ErrorCode::ReturnsAfterTotalLoss, message).at_index(field, index + 1));
        }
        checked.push(value);
    }
    Ok(checked)
}

/// Validates dates, none or one for each of `count` returns, ascending.
pub(crate) fn dates(dates: &[Date], count: usize, field: &str) -> Result<()> {
    if dates.is_empty() {
        return Ok(());
    }
    check::same_length(dates.len(), count, "return").at(field)?;
    for (index, (before, date)) in dates.iter().zip(dates.iter().skip(1)).enumerate() {
        let code = match date.cmp(before) {
            std::cmp::Ordering::Greater => continue,
            std::cmp::Ordering::Equal => ErrorCode::ListDuplicate,
            std::cmp::Ordering::Less => ErrorCode::DatesOutOfOrder,
        };
        let message =
            format!("{date} follows {before}; each period ends on a later day than the one before it");
        return Err(Error::new(code, message).at_index(field, index + 1));
    }
    Ok(())
}

/// Validates a benchmark of returns that are validated: none, or one return for each of theirs, of the same dates.
pub(crate) fn benchmark(
    benchmark: &[f64],
    benchmark_dates: &[Date],
    count: usize,
    own_dates: &[Date],
) -> Result<Option<Vec<f64>>> {
    if benchmark.is_empty() {
        if benchmark_dates.is_empty() {
            return Ok(None);
        }
        let message = "`benchmarkDates` are given without the returns of the benchmark";
        return Err(Error::new(ErrorCode::FieldMissing, message).at("benchmark"));
    }
    dates(benchmark_dates, benchmark.len(), "benchmarkDates")?;
    if !benchmark_dates.is_empty() {
        if own_dates.is_empty() {
            let message = "`benchmarkDates` can be compared only if `dates` are given";
            return Err(Error::new(ErrorCode::FieldMissing, message).at("dates"));
        }
        // Before the lengths, because a period that one series lacks is found where it is.
        let pairs = benchmark_dates.iter().zip(own_dates).enumerate();
        if let Some((index, (theirs, own))) = pairs.into_iter().find(|(_, (theirs, own))| theirs != own) {
            let message =
                format!("the benchmark has {theirs} where `dates` has {own}; both need the same periods");
            return Err(Error::new(ErrorCode::DatesMismatch, message).at_index("benchmarkDates", index));
        }
    }
    check::same_length(benchmark.len(), count, "return").at("benchmark")?;
    returns(benchmark, "benchmark").map(Some)
}

/// Validates the number of periods in a year.
pub(crate) fn periods_per_year(periods: f64) -> Result<f64> {
    check::number(periods, 0.1..=1e6, ErrorCode::NumberOutOfRange).at("periodsPerYear")
}

/// A rate in each period.
#[derive(Debug, Clone)]
pub(crate) enum PeriodRate {
    /// The same in all periods.
    Constant(f64),
    /// One for each period.
    Series(Vec<f64>),
}

impl PeriodRate {
    /// The rate of a period that follows from an annual rate.
    pub(crate) fn of_annual(
        annual: f64,
        conversion: RateConversion,
        periods_per_year: f64,
        field: &str,
    ) -> Result<Self> {
        let annual = check::rate(annual, (Bound::Excluded(-1.0), Bound::Included(10.0))).at(field)?;
        Ok(Self::Constant(match conversion {
            RateConversion::Compound => exp_m1(ln_1p(annual) / periods_per_year),
            RateConversion::Simple => annual / periods_per_year,
        }))
    }

    /// The rate without risk: one for each of `count` periods where they are given, else that of an annual rate.
    pub(crate) fn risk_free(
        annual: f64,
        conversion: RateConversion,
        periods_per_year: f64,
        each: &[f64],
        count: usize,
    ) -> Result<Self> {
        let constant = Self::of_annual(annual, conversion, periods_per_year, "riskFreeRate")?;
        if each.is_empty() {
            return Ok(constant);
        }
        if annual != 0.0 {
            let message = "give `riskFreeRate` or `riskFreeReturns`, not both";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("riskFreeRate"));
        }
        check::same_length(each.len(), count, "return").at("riskFreeReturns")?;
        let range = (Bound::Excluded(-1.0), Bound::Included(MAX_RETURN));
        let checked = each.iter().enumerate();
        let checked =
            checked.map(|(index, value)| check::rate(*value, range).at_index("riskFreeReturns", index));
        checked.collect::<Result<_>>().map(Self::Series)
    }

    /// The rate of a period.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a series has a rate for each return")]
    pub(crate) fn at(&self, period: usize) -> f64 {
        match self {
            Self::Constant(rate) => *rate,
            Self::Series(rates) => rates[period],
        }
    }

    /// What returns are above the rate.
    pub(crate) fn excess(&self, returns: &[f64]) -> Vec<f64> {
        returns.iter().enumerate().map(|(period, value)| value - self.at(period)).collect()
    }

    /// The rates of `count` periods.
    pub(crate) fn over(&self, count: usize) -> impl Iterator<Item = f64> {
        (0..count).map(|period| self.at(period))
    }

    /// The largest absolute value.
    pub(crate) fn size(&self) -> f64 {
        match self {
            Self::Constant(rate) => rate.abs(),
            Self::Series(rates) => crate::moments::size(rates),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal<T>(result: Result<T>) -> (&'static str, String) {
        let error = result.err().unwrap();
        (error.code().as_str(), error.path().to_owned())
    }

    fn days(texts: &[&str]) -> Vec<Date> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn a_return_is_refused_where_it_is() {
        assert_eq!(refusal(returns(&[], "returns")), ("list.empty", "returns".to_owned()));
        let nan = returns(&[0.1, f64::NAN], "returns");
        assert_eq!(refusal(nan), ("number.not_finite", "returns[1]".to_owned()));
        let below = returns(&[0.1, -1.3, 0.2], "benchmark");
        assert_eq!(refusal(below), ("rate.out_of_range", "benchmark[1]".to_owned()));
        let after = returns(&[0.1, -1.0, 0.2], "returns");
        assert_eq!(refusal(after), ("returns.after_total_loss", "returns[2]".to_owned()));
        assert_eq!(returns(&[-0.0, -1.0], "returns").unwrap(), [0.0, -1.0]);
    }

    #[test]
    fn dates_ascend_and_none_comes_twice() {
        let (twice, back) = (["2024-01-02", "2024-01-02"], ["2024-01-02", "2024-01-01"]);
        assert_eq!(refusal(dates(&days(&twice), 2, "dates")), ("list.duplicate", "dates[1]".to_owned()));
        assert_eq!(refusal(dates(&days(&back), 2, "dates")), ("dates.out_of_order", "dates[1]".to_owned()));
        assert_eq!(refusal(dates(&days(&back), 3, "dates")), ("list.length_mismatch", "dates".to_owned()));
        assert!(dates(&[], 3, "dates").is_ok());
    }

    #[test]
    fn the_first_date_that_differs_is_named() {
        let own = days(&["2024-01-02", "2024-01-03", "2024-01-04"]);
        let theirs = days(&["2024-01-02", "2024-01-04"]);
        let error = benchmark(&[0.1, 0.2], &theirs, 3, &own).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), ("dates.mismatch", "benchmarkDates[1]"));
        assert!(error.message().contains("2024-01-04 where `dates` has 2024-01-03"), "{error}");
        let short = benchmark(&[0.1, 0.2], &[], 3, &own);
        assert_eq!(refusal(short), ("list.length_mismatch", "benchmark".to_owned()));
        assert_eq!(refusal(benchmark(&[], &theirs, 3, &own)), ("field.missing", "benchmark".to_owned()));
        assert_eq!(refusal(benchmark(&[0.1, 0.2], &theirs, 2, &[])), ("field.missing", "dates".to_owned()));
    }

    #[test]
    fn an_annual_rate_compounds_or_is_divided() {
        let rate = |conversion| PeriodRate::of_annual(0.21, conversion, 2.0, "riskFreeRate").unwrap().at(0);
        assert!((rate(RateConversion::Compound) - 0.1).abs() < 1e-15);
        assert_eq!(rate(RateConversion::Simple), 0.105);
        let both = PeriodRate::risk_free(0.02, RateConversion::Simple, 12.0, &[0.001], 1);
        assert_eq!(refusal(both), ("field.conflict", "riskFreeRate".to_owned()));
    }
}
