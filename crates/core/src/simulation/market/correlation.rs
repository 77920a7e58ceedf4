//! Correlation matrices.

use crate::{Error, ErrorCode, Result, error::At};

use super::check;

/// What may be missing from symmetry and from a pivot of zero: rounding of what was typed.
const TOLERANCE: f64 = 1e-9;

/// The lower triangular matrix L with L Lᵀ = `correlations` of `size` variables, by Cholesky's method; the identity
/// where no correlations were given. A matrix that is singular but not indefinite is taken.
///
/// # Errors
/// `number.not_finite` and `market.correlations.*`, at `correlations`.
pub(super) fn factor(correlations: &[Vec<f64>], size: usize) -> Result<Vec<Vec<f64>>> {
    if correlations.is_empty() {
        return Ok((0..size).map(|row| (0..=row).map(|column| f64::from(row == column)).collect()).collect());
    }
    shape(correlations, size).at("correlations")?;
    let mut lower: Vec<Vec<f64>> = Vec::with_capacity(size);
    for (row, given) in correlations.iter().enumerate() {
        let mut factors: Vec<f64> = Vec::with_capacity(row + 1);
        for (column, &given) in given.iter().enumerate().take(row) {
            let other = lower.get(column).map_or(&[][..], Vec::as_slice);
            let pivot = other.last().copied().unwrap_or(0.0);
            let rest = given - products(&factors, other);
            if pivot == 0.0 && rest.abs() > TOLERANCE.sqrt() {
                return Err(indefinite(row)).at("correlations");
            }
            factors.push(if pivot == 0.0 { 0.0 } else { rest / pivot });
        }
        let rest = 1.0 - products(&factors, &factors);
        if rest < -TOLERANCE {
            return Err(indefinite(row)).at("correlations");
        }
        factors.push(if rest > TOLERANCE { rest.sqrt() } else { 0.0 });
        lower.push(factors);
    }
    Ok(lower)
}

fn products(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

fn indefinite(row: usize) -> Error {
    let message = format!("no variables are correlated like this: row {row} contradicts the rows before it");
    Error::new(ErrorCode::MarketCorrelationsNotPositiveSemidefinite, message)
}

fn shape(correlations: &[Vec<f64>], size: usize) -> Result<()> {
    if correlations.len() != size || correlations.iter().any(|row| row.len() != size) {
        let message = format!(
            "the matrix has {size} rows and columns: one each for the asset classes, one for inflation"
        );
        return Err(Error::new(ErrorCode::MarketCorrelationsWrongSize, message));
    }
    for (row, numbers) in correlations.iter().enumerate() {
        for (column, &number) in numbers.iter().enumerate() {
            let path = format!("[{row}][{column}]");
            check::finite(number).at(&path)?;
            let mirrored = correlations.get(column).and_then(|other| other.get(row)).copied();
            let expected = if row == column { Some(1.0) } else { mirrored };
            let fits = expected.is_some_and(|expected| (number - expected).abs() <= TOLERANCE);
            if !fits || number.abs() > 1.0 {
                let message = format!(
                    "{number} is not a correlation: those are 1 on the diagonal, from -1 to 1, and the same on both sides of it"
                );
                return Err(Error::new(ErrorCode::MarketCorrelationsOutOfRange, message).at(&path));
            }
        }
    }
    Ok(())
}
