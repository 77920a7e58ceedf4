//! The functions of level payments on columns of numbers.
//!
//! Each result is that of the function of the same name on the numbers of its row, to the bit; several rows are
//! computed side by side in vector registers. The work is done in the calling thread: to use more, cut the results
//! and the columns into pieces.
//!
//! ```
//! use wherewithal::time_value::{PaymentTiming, columns::{self, Column}};
//!
//! let rates = [0.005, 0.006];
//! let mut payments = [0.0; 2];
//! let arguments = [Column::Many(&rates), Column::One(360.0), Column::One(100_000.0), Column::One(0.0)];
//! columns::pmt(arguments, PaymentTiming::End, &mut payments).map_err(|failure| failure.error)?;
//! assert_eq!(payments.map(|payment| payment.round()), [-600.0, -679.0]);
//! # Ok::<(), wherewithal::Error>(())
//! ```

use super::{PaymentTiming, growth::Growth, periodic_rate::LaneRates};
use crate::{
    Error, ErrorCode,
    math::dispatch::{Kernel, dispatch},
};

/// How many rows are computed side by side.
const BLOCK: usize = 64;

/// An argument: one number for all rows, or one for each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Column<'a> {
    /// The same number in each row.
    One(f64),
    /// A number for each row, in order.
    Many(&'a [f64]),
}

/// A row that has no answer.
#[derive(Debug)]
pub struct RowError {
    /// The index of the row.
    pub row: usize,
    /// Why it has none; its path is the name of the argument.
    pub error: Error,
}

impl<'a> Column<'a> {
    /// The number of a row.
    #[inline]
    fn at(self, row: usize) -> f64 {
        match self {
            Self::One(value) => value,
            Self::Many(values) => values.get(row).copied().unwrap_or(f64::NAN),
        }
    }

    /// The numbers of the rows from `start` to before `end`, for work on a part of the rows.
    #[must_use]
    pub fn part(self, start: usize, end: usize) -> Self {
        match self {
            Self::One(value) => Self::One(value),
            Self::Many(values) => Self::Many(values.get(start..end).unwrap_or_default()),
        }
    }

    /// The numbers of a block of rows from `start` on; beyond the last row it is filled with the last number.
    #[inline(always)]
    fn block(self, start: usize) -> [f64; BLOCK] {
        let values = match self {
            Self::One(value) => return [value; BLOCK],
            Self::Many(values) => values.get(start..).unwrap_or_default(),
        };
        match values.first_chunk() {
            Some(block) => *block,
            None => {
                let mut block = [values.last().copied().unwrap_or(f64::NAN); BLOCK];
                for (place, value) in block.iter_mut().zip(values) {
                    *place = *value;
                }
                block
            }
        }
    }
}

/// [`fv`](super::fv()) of the columns `rate`, `nper`, `pmt` and `pv`, one result for each row.
///
/// # Errors
/// That of the first row which has one, and `input.invalid` for a column that has another number of rows.
pub fn fv(columns: [Column<'_>; 4], when: PaymentTiming, results: &mut [f64]) -> Result<(), RowError> {
    fill(columns, results, FutureValue(when), |[rate, nper, pmt, pv]| super::fv(rate, nper, pmt, pv, when))
}

/// [`pv`](super::pv()) of the columns `rate`, `nper`, `pmt` and `fv`, one result for each row.
///
/// # Errors
/// As [`fv`].
pub fn pv(columns: [Column<'_>; 4], when: PaymentTiming, results: &mut [f64]) -> Result<(), RowError> {
    fill(columns, results, PresentValue(when), |[rate, nper, pmt, fv]| super::pv(rate, nper, pmt, fv, when))
}

/// [`pmt`](super::pmt()) of the columns `rate`, `nper`, `pv` and `fv`, one result for each row.
///
/// # Errors
/// As [`fv`].
pub fn pmt(columns: [Column<'_>; 4], when: PaymentTiming, results: &mut [f64]) -> Result<(), RowError> {
    fill(columns, results, LevelPayment(when), |[rate, nper, pv, fv]| super::pmt(rate, nper, pv, fv, when))
}

/// The rates of [`rate`](super::rate()) of the columns `nper`, `pmt`, `pv`, `fv` and `guess`, one result for each
/// row.
///
/// # Errors
/// As [`fv`].
pub fn rate(columns: [Column<'_>; 5], when: PaymentTiming, results: &mut [f64]) -> Result<(), RowError> {
    let [nper, pmt, pv, fv, guess] = columns;
    let function = |[nper, pmt, pv, fv, guess]: [f64; 5]| {
        super::rate(nper, pmt, pv, fv, when, guess).map(|root| root.rate)
    };
    check_rows(&columns, results.len())?;
    dispatch(Blocks { columns: [nper, pmt, pv, fv], results: &mut *results, function: LaneRates(when) });
    for (row, result) in results.iter_mut().enumerate() {
        let guess = guess.at(row);
        if !(result.is_finite() && guess.is_finite() && guess > -1.0) {
            let numbers = [nper.at(row), pmt.at(row), pv.at(row), fv.at(row), guess];
            *result = function(numbers).map_err(|error| RowError { row, error })?;
        }
    }
    Ok(())
}

/// Any function of numbers on columns, one result for each row, row after row.
///
/// # Errors
/// As [`fv`].
pub fn each<const N: usize>(
    columns: [Column<'_>; N],
    results: &mut [f64],
    function: impl Fn([f64; N]) -> crate::Result<f64>,
) -> Result<(), RowError> {
    check_rows(&columns, results.len())?;
    for (row, result) in results.iter_mut().enumerate() {
        *result = function(columns.map(|column| column.at(row))).map_err(|error| RowError { row, error })?;
    }
    Ok(())
}

/// The lanes first; rows that they leave without a number, such as those with an error, by the function.
fn fill(
    columns: [Column<'_>; 4],
    results: &mut [f64],
    lanes: impl Lanes,
    function: impl Fn([f64; 4]) -> crate::Result<f64>,
) -> Result<(), RowError> {
    check_rows(&columns, results.len())?;
    dispatch(Blocks { columns, results: &mut *results, function: lanes });
    for (row, result) in results.iter_mut().enumerate() {
        if !result.is_finite() {
            *result =
                function(columns.map(|column| column.at(row))).map_err(|error| RowError { row, error })?;
        }
    }
    Ok(())
}

fn check_rows(columns: &[Column<'_>], rows: usize) -> Result<(), RowError> {
    for column in columns {
        if let Column::Many(values) = column
            && values.len() != rows
        {
            let message = format!("a column has {} numbers where there are {rows} rows", values.len());
            return Err(RowError { row: 0, error: Error::new(ErrorCode::InputInvalid, message) });
        }
    }
    Ok(())
}

/// A function of four columns, a block of rows at a time, without branches. NaN where it does not hold.
pub(super) trait Lanes {
    /// Makes the results of a block. It must be inlined.
    fn run<const N: usize>(&self, arguments: [&[f64; N]; 4], results: &mut [f64; N]);
}

struct Blocks<'a, F> {
    columns: [Column<'a>; 4],
    results: &'a mut [f64],
    function: F,
}

impl<F: Lanes> Kernel for Blocks<'_, F> {
    #[inline(always)]
    fn run(self) {
        let mut start = 0;
        for results in self.results.chunks_mut(BLOCK) {
            let [a, b, c, d] = self.columns;
            let (a, b, c, d) = (a.block(start), b.block(start), c.block(start), d.block(start));
            match results.as_mut_array::<BLOCK>() {
                Some(results) => self.function.run([&a, &b, &c, &d], results),
                None => {
                    let mut block = [0.0; BLOCK];
                    self.function.run([&a, &b, &c, &d], &mut block);
                    results.copy_from_slice(block.get(..results.len()).unwrap_or_default());
                }
            }
            start += BLOCK;
        }
    }
}

/// Row by row in a form that the compiler turns into lanes.
#[inline(always)]
fn by_row<const N: usize>(
    [a, b, c, d]: [&[f64; N]; 4],
    results: &mut [f64; N],
    function: impl Fn(f64, f64, f64, f64) -> f64,
) {
    for ((((result, a), b), c), d) in results.iter_mut().zip(a).zip(b).zip(c).zip(d) {
        *result = function(*a, *b, *c, *d);
    }
}

struct FutureValue(PaymentTiming);

impl Lanes for FutureValue {
    #[inline(always)]
    fn run<const N: usize>(&self, arguments: [&[f64; N]; 4], results: &mut [f64; N]) {
        by_row(arguments, results, |rate, nper, pmt, pv| {
            let growth = Growth::<true>::new(rate);
            let value = growth.future_value(nper, pmt * self.0.growth_to_period_end(rate), pv);
            if rate > -1.0 && nper >= 0.0 && growth.is_ordinary(nper) { value } else { f64::NAN }
        });
    }
}

struct PresentValue(PaymentTiming);

impl Lanes for PresentValue {
    #[inline(always)]
    fn run<const N: usize>(&self, arguments: [&[f64; N]; 4], results: &mut [f64; N]) {
        by_row(arguments, results, |rate, nper, pmt, fv| {
            let growth = Growth::<true>::new(rate);
            let value = growth.present_value(nper, pmt * self.0.growth_to_period_end(rate), fv);
            if rate > -1.0 && nper >= 0.0 && growth.is_ordinary(nper) { value } else { f64::NAN }
        });
    }
}

struct LevelPayment(PaymentTiming);

impl Lanes for LevelPayment {
    #[inline(always)]
    fn run<const N: usize>(&self, arguments: [&[f64; N]; 4], results: &mut [f64; N]) {
        by_row(arguments, results, |rate, nper, pv, fv| {
            let growth = Growth::<true>::new(rate);
            let value = growth.level_payment(nper, pv, fv) / self.0.growth_to_period_end(rate);
            if rate > -1.0 && nper > 0.0 && growth.is_ordinary(nper) { value } else { f64::NAN }
        });
    }
}

#[cfg(test)]
mod tests;
