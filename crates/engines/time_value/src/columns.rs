//! The functions of level payments on columns of numbers.
//!
//! Each result equals that of the function of the same name on the numbers of its row, to the bit; several rows are
//! computed side by side in vector registers. The work is done in the calling thread: to use more threads, split the
//! results and the columns.
//!
//! ```
//! # use wherewithal_time_value::wherewithal;
//! use wherewithal::time_value::{PaymentTiming, columns::{self, Column}};
//!
//! let rates = [0.005, 0.006];
//! let mut payments = [0.0; 2];
//! let arguments = [Column::Many(&rates), Column::One(360.0), Column::One(100_000.0), Column::One(0.0)];
//! columns::pmt(arguments, PaymentTiming::End, &mut payments).map_err(|failure| failure.error)?;
//! assert_eq!(payments.map(|payment| payment.round()), [-600.0, -679.0]);
//! # Ok::<(), wherewithal::Error>(())
//! ```

use super::{
    PaymentTiming,
    lanes::{Between, Lanes, Level, LevelFunction},
    periodic_rate::LaneRates,
};
use wherewithal_base::{Error, ErrorCode, wire::Wire};
use wherewithal_math::dispatch::{Kernel, dispatch};

/// The number of rows computed side by side.
const BLOCK: usize = 64;

/// An argument: one number for all rows, or one for each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Column<'a> {
    /// The same number in each row.
    One(f64),
    /// A number for each row, in order.
    Many(&'a [f64]),
}

/// A row without an answer.
#[derive(Debug)]
pub struct RowError {
    /// The index of the row.
    pub row: usize,
    /// The error; its path is the name of the argument.
    pub error: Error,
}

/// What becomes of a row that has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum OnError {
    /// Its error is that of the whole call.
    #[default]
    Raise,
    /// Its result is NaN.
    Nan,
}

impl<'a> Column<'a> {
    /// The number of a row.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the column has a number for each row")]
    fn at(self, row: usize) -> f64 {
        match self {
            Self::One(value) => value,
            Self::Many(values) => values[row],
        }
    }

    /// The numbers of the rows from `start` to before `end`, for work on a part of the rows.
    ///
    /// # Panics
    /// Like a slice, if the column has fewer than `end` numbers or `start` is above `end`.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "documented to panic as a slice does")]
    pub fn part(self, start: usize, end: usize) -> Self {
        match self {
            Self::One(value) => Self::One(value),
            Self::Many(values) => Self::Many(&values[start..end]),
        }
    }

    /// The numbers of a block of rows from `start` on, padded with the last number beyond the last row. If the column
    /// does not hold them contiguously, they are written into `copy`; a constant is written only once.
    #[inline(always)]
    #[expect(
        clippy::indexing_slicing,
        reason = "a block starts before the last row, and the column has every row"
    )]
    fn block<'b>(self, start: usize, copy: &'b mut [f64; BLOCK]) -> &'b [f64; BLOCK]
    where
        'a: 'b,
    {
        match self {
            Self::One(value) => {
                if start == 0 {
                    *copy = [value; BLOCK];
                }
            }
            Self::Many(values) => {
                let values = &values[start..];
                if let Some(block) = values.first_chunk() {
                    return block;
                }
                *copy = [values[values.len() - 1]; BLOCK];
                for (place, value) in copy.iter_mut().zip(values) {
                    *place = *value;
                }
            }
        }
        copy
    }
}

/// [`fv`](super::fv()) of the columns `rate`, `nper`, `pmt` and `pv`, one result for each row.
///
/// # Errors
/// That of the first invalid row, and `input.invalid` for a column with another number of rows.
pub fn fv(columns: [Column<'_>; 4], when: PaymentTiming, results: &mut [f64]) -> Result<(), RowError> {
    fill(columns, results, LevelFunction { what: Level::FutureValue, when }, &|[rate, nper, pmt, pv]| {
        super::fv(rate, nper, pmt, pv, when)
    })
}

/// [`pv`](super::pv()) of the columns `rate`, `nper`, `pmt` and `fv`, one result for each row.
///
/// # Errors
/// Those of [`fv`].
pub fn pv(columns: [Column<'_>; 4], when: PaymentTiming, results: &mut [f64]) -> Result<(), RowError> {
    fill(columns, results, LevelFunction { what: Level::PresentValue, when }, &|[rate, nper, pmt, fv]| {
        super::pv(rate, nper, pmt, fv, when)
    })
}

/// [`pmt`](super::pmt()) of the columns `rate`, `nper`, `pv` and `fv`, one result for each row.
///
/// # Errors
/// Those of [`fv`].
pub fn pmt(columns: [Column<'_>; 4], when: PaymentTiming, results: &mut [f64]) -> Result<(), RowError> {
    fill(columns, results, LevelFunction { what: Level::Payment, when }, &|[rate, nper, pv, fv]| {
        super::pmt(rate, nper, pv, fv, when)
    })
}

/// The rates of [`rate`](super::rate()) of the columns `nper`, `pmt`, `pv`, `fv` and `guess`, one result for each
/// row.
///
/// # Errors
/// Those of [`fv`].
pub fn rate(columns: [Column<'_>; 5], when: PaymentTiming, results: &mut [f64]) -> Result<(), RowError> {
    let [nper, pmt, pv, fv, guess] = columns;
    let function = |[nper, pmt, pv, fv, guess]: [f64; 5]| {
        super::rate(nper, pmt, pv, fv, when, guess).map(|root| root.rate)
    };
    check_rows(&columns, results.len())?;
    if results.len() == 1 {
        return each(columns, results, function);
    }
    let columns = [nper, pmt, pv, fv];
    let mut all_finite = true;
    dispatch(Blocks {
        columns,
        results: &mut *results,
        function: LaneRates(when),
        all_finite: &mut all_finite,
    });
    // The guess chooses only between two rates, and the lanes leave such rows to `function`: here it must only be
    // valid.
    if all_finite && matches!(guess, Column::One(guess) if guess.is_finite() && guess > -1.0) {
        return Ok(());
    }
    for (row, result) in results.iter_mut().enumerate() {
        let guess = guess.at(row);
        if !(result.is_finite() && guess.is_finite() && guess > -1.0) {
            let numbers = [nper.at(row), pmt.at(row), pv.at(row), fv.at(row), guess];
            *result = function(numbers).map_err(|error| RowError { row, error })?;
        }
    }
    Ok(())
}

/// Applies any function to columns, row by row, with one result for each row.
///
/// # Errors
/// Those of [`fv`].
pub fn each<const N: usize>(
    columns: [Column<'_>; N],
    results: &mut [f64],
    function: impl Fn([f64; N]) -> wherewithal_base::Result<f64>,
) -> Result<(), RowError> {
    check_rows(&columns, results.len())?;
    for (row, result) in results.iter_mut().enumerate() {
        *result = function(columns.map(|column| column.at(row))).map_err(|error| RowError { row, error })?;
    }
    Ok(())
}

/// Computes all rows in lanes first, then rows without a finite result, such as those with an error, by the function. A
/// single row goes to the function at once: the lanes would fill a whole block for it.
fn fill(
    columns: [Column<'_>; 4],
    results: &mut [f64],
    lanes: LevelFunction,
    function: &dyn Fn([f64; 4]) -> wherewithal_base::Result<f64>,
) -> Result<(), RowError> {
    check_rows(&columns, results.len())?;
    if results.len() == 1 {
        return each(columns, results, function);
    }
    let mut all_finite = true;
    dispatch(Blocks { columns, results: &mut *results, function: lanes, all_finite: &mut all_finite });
    if all_finite {
        return Ok(());
    }
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
            let message = format!("a column has {} numbers, but there are {rows} rows", values.len());
            return Err(RowError { row: 0, error: Error::new(ErrorCode::InputInvalid, message) });
        }
    }
    Ok(())
}

struct Blocks<'a, F> {
    columns: [Column<'a>; 4],
    results: &'a mut [f64],
    function: F,
    /// Becomes false if a result is not a finite number.
    all_finite: &'a mut bool,
}

impl<F: Lanes> Kernel for Blocks<'_, F> {
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "the results are at most a block")]
    fn run(self) {
        let [a, b, c, d] = self.columns;
        let mut copies = [[0.0; BLOCK]; 4];
        let mut between = Between::new();
        let mut differences = [0.0; BLOCK];
        let mut start = 0;
        for results in self.results.chunks_mut(BLOCK) {
            let [of_a, of_b, of_c, of_d] = &mut copies;
            let arguments =
                [a.block(start, of_a), b.block(start, of_b), c.block(start, of_c), d.block(start, of_d)];
            match results.as_mut_array::<BLOCK>() {
                Some(results) => {
                    self.function.run(arguments, &mut between, results);
                    look_at(results, &mut differences);
                }
                None => {
                    let mut block = [0.0; BLOCK];
                    self.function.run(arguments, &mut between, &mut block);
                    look_at(&block, &mut differences);
                    results.copy_from_slice(&block[..results.len()]);
                }
            }
            start += BLOCK;
        }
        *self.all_finite = differences.iter().all(|difference| *difference == 0.0);
    }
}

/// Adds zero to `differences`, or NaN for each result that is not a finite number.
#[inline(always)]
fn look_at(results: &[f64; BLOCK], differences: &mut [f64; BLOCK]) {
    for (difference, result) in differences.iter_mut().zip(results) {
        // Without a branch, unlike `is_finite`, so that the loop runs in lanes.
        *difference += result * 0.0;
    }
}

#[cfg(test)]
mod tests;
