//! A function of numbers, applied to columns of numbers.

use wherewithal::{
    Result,
    control::Control,
    math::parallel::{Tally, map_chunks},
    time_value::columns::{Column, RowError, each},
    wire::ORDINARY_RATE,
};

use super::given::{Columns, Given};

/// How many results a thread makes at a time, and between two questions whether to stop.
const CHUNK: usize = 4096;

/// The length of a series up to which a row takes about as long as one without a series.
const SHORT_SERIES: usize = 16;

/// What became of a call: nothing if every row has its result, else the first row without an answer. An error of the
/// call as a whole, such as that of an unknown choice, has no row.
pub type Outcome = Result<Option<RowError>>;

/// A function of the numbers of a row. Behind a pointer, so that the loop over rows is compiled once and not for each
/// function; a row takes far longer than the call.
pub(super) type OfNumbers<'a, const N: usize> = dyn Fn([f64; N]) -> Result<f64> + Sync + 'a;

/// A function of columns, which fills the results of a piece of the rows.
pub(super) type OfColumns<'a, const N: usize> =
    dyn Fn([Column<'_>; N], &mut [f64]) -> std::result::Result<(), RowError> + Sync + 'a;

/// The rows of a call: its columns, and the place for a result of each.
pub struct Rows<'a> {
    pub(super) given: &'a Given<'a>,
    pub(super) results: &'a mut [f64],
    pub(super) control: &'a Control<'a>,
}

impl Rows<'_> {
    /// Applies `function` to each row.
    ///
    /// The row that is returned is the first that has no answer, whatever the number of threads.
    pub(super) fn each<const N: usize>(self, function: &OfNumbers<'_, N>) -> Outcome {
        self.lanes(function, &|columns, results| each(columns, results, function))
    }

    /// As [`each`](Self::each), with a function of columns that gives the results of `function` in a quicker way.
    pub(super) fn lanes<const N: usize>(
        self,
        function: &OfNumbers<'_, N>,
        on_columns: &OfColumns<'_, N>,
    ) -> Outcome {
        let Self { given, results, control } = self;
        let Columns { all: columns, plain_rates } = given.columns::<N>()?;
        let checked = |numbers: [f64; N]| {
            Columns::ordinary(&plain_rates, &numbers)?;
            function(numbers)
        };
        if let ([result], Some(numbers)) = (&mut *results, singles(columns)) {
            let outcome = one(checked(numbers), given.leaves_nan(), result);
            control.check()?;
            return Ok(outcome);
        }
        let on_chunk = |start: usize, results: &mut [f64]| {
            let part = columns.map(|column| column.part(start, start + results.len()));
            let outcome = if are_ordinary(&part, &plain_rates) {
                on_columns(part, results)
            } else {
                each(part, results, checked)
            };
            let RowError { row, error } = outcome.err()?;
            if given.leaves_nan() {
                let or_nan = |numbers| Ok(checked(numbers).unwrap_or(f64::NAN));
                return each(part, results, or_nan).err();
            }
            Some(RowError { row: start + row, error })
        };
        let chunk = (CHUNK * SHORT_SERIES / given.longest_series().max(SHORT_SERIES)).max(1);
        in_chunks(results, chunk, control, &on_chunk)
    }

    /// Lets `work` fill all results with those of its rows, NaN where a row has no answer, and tell the first of these.
    pub(super) fn all(self, work: impl FnOnce(&mut [f64]) -> Outcome) -> Outcome {
        let failure = work(self.results)?;
        Ok(failure.filter(|_| !self.given.leaves_nan()))
    }
}

/// Fills the results in pieces of `chunk` rows, several at a time; the first failure. A piece is given the row that it
/// starts with.
fn in_chunks(
    results: &mut [f64],
    chunk: usize,
    control: &Control<'_>,
    on_chunk: &(dyn Fn(usize, &mut [f64]) -> Option<RowError> + Sync),
) -> Outcome {
    let failure = if results.len() <= chunk {
        on_chunk(0, results)
    } else {
        let tally = Tally::new(control, results.len().div_ceil(chunk) as u64);
        let of_part = |part: usize, results: &mut [f64]| Ok(on_chunk(part * chunk, results));
        map_chunks(results, chunk, &tally, of_part)?.into_iter().flatten().next()
    };
    // A row that was stopped looks like one without an answer.
    control.check()?;
    Ok(failure)
}

/// Whether no rate without a percent sign needs one.
fn are_ordinary<const N: usize>(columns: &[Column<'_>; N], plain_rates: &[Option<&'static str>; N]) -> bool {
    let bound = f64::from(ORDINARY_RATE);
    columns.iter().zip(plain_rates).all(|(column, plain_rate)| match (plain_rate, column) {
        (None, _) => true,
        (Some(_), Column::One(number)) => *number < bound,
        // Without a branch for each number, which the compiler then vectorises.
        (Some(_), Column::Many(numbers)) => {
            !numbers.iter().fold(false, |rare, number| rare | (*number >= bound))
        }
    })
}

/// The numbers of columns that have no rows.
fn singles<const N: usize>(columns: [Column<'_>; N]) -> Option<[f64; N]> {
    let mut numbers = [0.0; N];
    for (number, column) in numbers.iter_mut().zip(columns) {
        match column {
            Column::One(value) => *number = value,
            Column::Many(_) => return None,
        }
    }
    Some(numbers)
}

/// Writes the one result, or tells why there is none.
fn one(found: Result<f64>, or_nan: bool, result: &mut f64) -> Option<RowError> {
    match found {
        Ok(number) => *result = number,
        Err(_) if or_nan => *result = f64::NAN,
        Err(error) => return Some(RowError { row: 0, error }),
    }
    None
}
