//! Series of cash flows. Arguments are those of the functions of the same name in the core.

use wherewithal::{
    Error, Result,
    dates::Date,
    time_value::{self, IrrOptions},
};

use crate::{
    choice,
    columns::{Column, apply},
};

/// The [`Date::day_number`] of 1970-01-01.
const EPOCH: i32 = 719_163;

/// The internal rate of return of amounts one period apart.
///
/// # Errors
/// Those of [`time_value::irr`].
pub fn irr(amounts: &[f64], guess: f64) -> Result<f64> {
    time_value::irr(amounts, &options(guess)).map(|found| found.rate)
}

/// The internal rate of return of dated amounts; dates are days since 1970-01-01.
///
/// # Errors
/// Those of [`time_value::xirr`]; `date.out_of_range`; `input.invalid` for an unknown day count.
pub fn xirr(days: &[i32], amounts: &[f64], day_count: &str, guess: f64) -> Result<f64> {
    let day_count = choice("dayCount", day_count)?;
    time_value::xirr(&dates(days)?, amounts, day_count, &options(guess)).map(|found| found.rate)
}

/// The net present values of amounts one period apart at several rates.
///
/// # Errors
/// Those of [`time_value::npv`], with the row.
pub fn npv(rate: &[f64], amounts: &[f64], start_from_zero: bool) -> Result<Vec<f64>> {
    let rate = Column { name: "rate", values: rate };
    apply([rate], |[rate]| time_value::npv(rate, amounts, start_from_zero))
}

/// The net present values of dated amounts at several rates; dates are days since 1970-01-01.
///
/// # Errors
/// Those of [`time_value::xnpv`], with the row; `date.out_of_range`; `input.invalid` for an unknown day count.
pub fn xnpv(rate: &[f64], days: &[i32], amounts: &[f64], day_count: &str) -> Result<Vec<f64>> {
    let day_count = choice("dayCount", day_count)?;
    let dates = dates(days)?;
    let rate = Column { name: "rate", values: rate };
    apply([rate], |[rate]| time_value::xnpv(rate, &dates, amounts, day_count))
}

fn options(guess: f64) -> IrrOptions {
    IrrOptions { guess, ..IrrOptions::default() }
}

fn dates(days: &[i32]) -> Result<Vec<Date>> {
    let date = |(index, day): (usize, &i32)| {
        Date::from_day_number(day.saturating_add(EPOCH))
            .map_err(|error: Error| error.at_index("dates", index))
    };
    days.iter().enumerate().map(date).collect()
}

#[cfg(test)]
mod tests {
    use wherewithal::{ErrorCode, dates::date};

    use super::*;

    #[test]
    fn days_count_from_the_first_of_1970() {
        assert_eq!(date(1970, 1, 1).unwrap().day_number(), EPOCH);
        assert_eq!(dates(&[0, -719_162]).unwrap(), [date(1970, 1, 1).unwrap(), date(1, 1, 1).unwrap()]);
        let error = dates(&[0, i32::MAX]).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::DateOutOfRange, "dates[1]"));
    }

    #[test]
    fn a_day_count_is_one_of_the_wire() {
        let flows = [-100.0, 110.0];
        assert!((xirr(&[0, 365], &flows, "actual365Fixed", 0.1).unwrap() - 0.1).abs() < 1e-12);
        let error = xirr(&[0, 365], &flows, "actual/365", 0.1).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::InputInvalid, "dayCount"));
    }
}
