//! A function of numbers applied to columns of numbers.

use wherewithal::{
    Error, ErrorCode, Result,
    control::Control,
    math::parallel::{Tally, map_chunks},
    time_value::columns::{self, RowError},
};

/// How many results a thread makes at a time.
const CHUNK: usize = 4096;

/// An argument by its name on the wire: one value for all rows, or one for each row.
#[derive(Clone, Copy)]
pub(crate) struct Column<'a> {
    pub(crate) name: &'static str,
    pub(crate) values: &'a [f64],
}

impl<'a> Column<'a> {
    /// As a column of the core.
    fn of_core(self) -> columns::Column<'a> {
        match self.values {
            [value] => columns::Column::One(*value),
            values => columns::Column::Many(values),
        }
    }
}

/// Applies `function` to each row.
///
/// The error is that of the first row which has one, whatever the number of threads, and its path has the row
/// where the argument is one with rows, such as `rate[17]`.
pub(crate) fn apply<const N: usize>(
    columns: [Column<'_>; N],
    function: impl Fn([f64; N]) -> Result<f64> + Sync,
) -> Result<Vec<f64>> {
    apply_columns(columns, |columns, results| columns::each(columns, results, &function))
}

/// As [`apply`], of a function of columns.
pub(crate) fn apply_columns<const N: usize>(
    columns: [Column<'_>; N],
    function: impl Fn([columns::Column<'_>; N], &mut [f64]) -> std::result::Result<(), RowError> + Sync,
) -> Result<Vec<f64>> {
    let mut results = vec![0.0; rows(&columns)?];
    let of_core = columns.map(Column::of_core);
    let control = Control::default();
    let chunks = results.len().div_ceil(CHUNK) as u64;
    let failures = map_chunks(&mut results, CHUNK, &Tally::new(&control, chunks), |chunk, results| {
        let start = chunk * CHUNK;
        let part = of_core.map(|column| column.part(start, start + results.len()));
        Ok(function(part, results).err().map(|failure| (start + failure.row, failure.error)))
    })?;
    match failures.into_iter().flatten().next() {
        Some((row, error)) => Err(in_row(&error, row, &columns)),
        None => Ok(results),
    }
}

/// The number of rows; columns of several lengths are an error.
fn rows(columns: &[Column<'_>]) -> Result<usize> {
    let mut rows: Option<(usize, &str)> = None;
    for column in columns {
        match (column.values.len(), rows) {
            (1, _) => {}
            (length, None) => rows = Some((length, column.name)),
            (length, Some((known, _))) if length == known => {}
            (length, Some((known, name))) => {
                let message = format!("it has {length} numbers where `{name}` has {known}");
                return Err(Error::new(ErrorCode::InputInvalid, message).at(column.name));
            }
        }
    }
    Ok(rows.map_or(1, |(length, _)| length))
}

fn in_row(error: &Error, row: usize, columns: &[Column<'_>]) -> Error {
    let path = error.path();
    let has_rows = columns.iter().any(|column| column.name == path && column.values.len() != 1);
    let path = if has_rows { format!("{path}[{row}]") } else { path.to_owned() };
    Error::new(error.code(), error.message()).at(&path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column<'a>(name: &'static str, values: &'a [f64]) -> Column<'a> {
        Column { name, values }
    }

    fn positive([a, b]: [f64; 2]) -> Result<f64> {
        if b > 0.0 { Ok(a + b) } else { Err(Error::new(ErrorCode::NumberNotFinite, "no").at("b")) }
    }

    #[test]
    fn a_single_value_serves_every_row() {
        let rows: Vec<f64> = (1..=10_000).map(f64::from).collect();
        let sums = apply([column("a", &[0.5]), column("b", &rows)], positive).unwrap();
        assert_eq!(sums.len(), rows.len());
        for (row, sum) in rows.iter().zip(sums) {
            assert_eq!(sum, row + 0.5);
        }
        assert_eq!(apply([column("a", &[1.0]), column("b", &[2.0])], positive).unwrap(), [3.0]);
        assert!(apply([column("a", &[1.0]), column("b", &[])], positive).unwrap().is_empty());
    }

    #[test]
    fn the_first_row_that_fails_is_named() {
        let mut rows = vec![1.0; 20_000];
        rows[7_000] = 0.0;
        rows[15_000] = 0.0;
        let error = apply([column("a", &[0.5]), column("b", &rows)], positive).unwrap_err();
        assert_eq!(error.path(), "b[7000]");
        let error = apply([column("a", &[0.5, 1.0]), column("b", &[0.0])], positive).unwrap_err();
        assert_eq!(error.path(), "b");
    }

    #[test]
    fn columns_of_several_lengths_are_refused() {
        let error = apply([column("a", &[0.5; 3]), column("b", &[1.0; 2])], positive).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::InputInvalid, "b"));
    }
}
