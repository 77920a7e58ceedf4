//! Validation of a correlation matrix, except for positive definiteness.

use super::MAX_ORDER;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_math::matrix::Matrix;

/// The largest difference that counts as rounding.
const ROUNDING: f64 = 1e-12;

/// The matrix of these rows, symmetric to the last bit.
#[expect(clippy::indexing_slicing, reason = "the rows are as many and as long as the order")]
pub(super) fn matrix(rows: &[Vec<f64>], order: usize) -> Result<Matrix> {
    check::length(order, 1..=MAX_ORDER)?;
    check::same_length(rows.len(), order, "variable")?;
    for (row, elements) in rows.iter().enumerate() {
        check::same_length(elements.len(), order, "variable").at_item(row)?;
        for (column, element) in elements.iter().enumerate() {
            check_element(*element, row == column).map_err(|error| at(error, row, column))?;
        }
    }
    let given = Matrix::with(order, |row, column| rows[row][column]);
    for row in 0..order {
        for column in 0..row {
            let (below, above) = (given[(row, column)], given[(column, row)]);
            if (below - above).abs() > ROUNDING {
                let message = format!(
                    "{below} differs from {above} in row {column}, column {row}; correlations must be symmetric"
                );
                return Err(at(Error::new(ErrorCode::CorrelationsNotSymmetric, message), row, column));
            }
        }
    }
    Ok(Matrix::with(order, |row, column| {
        // The mean of both halves removes differences from rounding, so that the eigenvalues are real.
        if row == column { 1.0 } else { (given[(row, column)] + given[(column, row)]) / 2.0 }
    }))
}

fn check_element(element: f64, diagonal: bool) -> Result<()> {
    check::finite(element)?;
    if diagonal && (element - 1.0).abs() > ROUNDING {
        let message =
            format!("the element is {element}; the correlation of a variable with itself must be 1");
        return Err(Error::new(ErrorCode::CorrelationsDiagonalNotOne, message));
    }
    if element.abs() > 1.0 + ROUNDING {
        let message = format!("{element} is not between -1 and 1");
        return Err(Error::new(ErrorCode::NumberOutOfRange, message));
    }
    Ok(())
}

fn at(error: Error, row: usize, column: usize) -> Error {
    error.at_item(column).at_item(row)
}
