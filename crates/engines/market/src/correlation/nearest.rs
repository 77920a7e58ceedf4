//! The nearest correlation matrix by alternating projections.

use super::{Correlation, NearestCorrelationResult};
use wherewithal_base::{Result, control::Control};
use wherewithal_math::matrix::Matrix;

/// The relative change at which the search ends.
const TOLERANCE: f64 = 1e-13;

/// Far more than matrices of the allowed order need (a few hundred).
const MAX_ITERATIONS: u32 = 20_000;

/// Eigenvalues this close to zero, times the number of variables, are rounding errors of a singular matrix.
const ZERO: f64 = 1e-12;

/// Returns a symmetric matrix with ones on its diagonal, or the positive semi-definite one nearest to it.
#[expect(clippy::indexing_slicing, reason = "a matrix has at least one row")]
pub(super) fn repair(given: &Matrix, control: &Control<'_>) -> Result<Correlation> {
    let (values, vectors) = given.symmetric_eigen();
    let smallest_eigenvalue = values[0];
    if smallest_eigenvalue >= -zero(given) {
        let factor = factor(&values, &vectors);
        let correlations = given.to_rows();
        let nearest = NearestCorrelationResult {
            correlations,
            repaired: false,
            distance: 0.0,
            smallest_eigenvalue,
            iterations: 0,
        };
        return Ok(Correlation { factor, nearest });
    }
    let (found, iterations) = project(given, control)?;
    let (values, vectors) = found.symmetric_eigen();
    let nearest = NearestCorrelationResult {
        correlations: found.to_rows(),
        repaired: true,
        distance: found.distance(given),
        smallest_eigenvalue,
        iterations,
    };
    Ok(Correlation { factor: factor(&values, &vectors), nearest })
}

fn zero(matrix: &Matrix) -> f64 {
    ZERO * matrix.order() as f64
}

/// The factor, with eigenvalues that are rounding errors set to zero.
fn factor(values: &[f64], vectors: &Matrix) -> Matrix {
    let zero = zero(vectors);
    let values: Vec<f64> = values.iter().map(|value| if *value > zero { *value } else { 0.0 }).collect();
    Matrix::triangular_factor(&values, vectors)
}

/// Projects alternately onto the positive semi-definite matrices (with Dykstra's correction) and onto those with ones
/// on the diagonal, until neither moves the matrix.
fn project(given: &Matrix, control: &Control<'_>) -> Result<(Matrix, u32)> {
    let order = given.order();
    let mut found = given.clone();
    let mut correction = Matrix::zeros(order);
    for iteration in 1..=MAX_ITERATIONS {
        control.check()?;
        let corrected = Matrix::with(order, |row, column| found[(row, column)] - correction[(row, column)]);
        let semi_definite = semi_definite_part(&corrected);
        // Only this projection needs the correction: the other set is affine (Higham 2002, section 3).
        correction =
            Matrix::with(order, |row, column| semi_definite[(row, column)] - corrected[(row, column)]);
        let next =
            Matrix::with(order, |row, column| if row == column { 1.0 } else { semi_definite[(row, column)] });
        // Both distances: small steps alone would also end a slow search far from the intersection.
        let moved = next.distance(&found).max(next.distance(&semi_definite));
        found = next;
        if moved <= TOLERANCE * order as f64 {
            return Ok((found, iteration));
        }
    }
    Ok((found, MAX_ITERATIONS))
}

/// The nearest positive semi-definite matrix: the negative eigenvalues become zero.
fn semi_definite_part(matrix: &Matrix) -> Matrix {
    let order = matrix.order();
    let (values, vectors) = matrix.symmetric_eigen();
    Matrix::with(order, |row, column| {
        // In an order that treats row and column alike, so that the result is symmetric to the last bit.
        let terms = values.iter().zip(vectors.row(row).iter().zip(vectors.row(column)));
        terms.map(|(value, (a, b))| value.max(0.0) * (a * b)).sum()
    })
}
