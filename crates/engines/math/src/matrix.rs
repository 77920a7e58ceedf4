//! Small dense matrices: products, factors and eigenvalues, each in a fixed order of operations.

use std::ops::{Index, IndexMut};

use crate as math;
use wherewithal_base::order;

/// A square matrix, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    order: usize,
    elements: Vec<f64>,
}

impl Matrix {
    /// A matrix of zeros.
    pub fn zeros(order: usize) -> Self {
        Self { order, elements: vec![0.0; order * order] }
    }

    /// The matrix with ones on its diagonal and zeros elsewhere.
    pub fn identity(order: usize) -> Self {
        Self::with(order, |row, column| if row == column { 1.0 } else { 0.0 })
    }

    /// The matrix whose elements are a function of row and column.
    pub fn with(order: usize, element: impl Fn(usize, usize) -> f64) -> Self {
        let elements = (0..order * order).map(|index| element(index / order, index % order)).collect();
        Self { order, elements }
    }

    /// The matrix of these rows; `None` if they are not square.
    pub fn of_rows(rows: &[Vec<f64>]) -> Option<Self> {
        let order = rows.len();
        if rows.iter().any(|row| row.len() != order) {
            return None;
        }
        Some(Self { order, elements: rows.concat() })
    }

    /// The number of rows and of columns.
    #[must_use]
    pub fn order(&self) -> usize {
        self.order
    }

    /// One row, counted from 0.
    ///
    /// # Panics
    /// If the matrix has no such row.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "documented to panic")]
    pub fn row(&self, row: usize) -> &[f64] {
        &self.elements[row * self.order..(row + 1) * self.order]
    }

    /// All rows, from the first.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.elements.chunks_exact(self.order.max(1))
    }

    /// All rows as separate vectors.
    #[must_use]
    pub fn to_rows(&self) -> Vec<Vec<f64>> {
        self.rows().map(<[f64]>::to_vec).collect()
    }

    /// The transpose.
    #[must_use]
    pub fn transpose(&self) -> Self {
        Self::with(self.order, |row, column| self[(column, row)])
    }

    /// The product with another matrix of the same order.
    pub fn product(&self, other: &Self) -> Self {
        Self::with(self.order, |row, column| {
            (0..self.order).map(|k| self[(row, k)] * other[(k, column)]).sum()
        })
    }

    /// The solution x of `self × x = right`, by elimination with row exchanges; `None` if the matrix is singular up to
    /// rounding.
    #[expect(
        clippy::indexing_slicing,
        reason = "each of the rows has an element for every column, and the right side"
    )]
    pub fn solve(&self, right: &[f64]) -> Option<Vec<f64>> {
        let order = self.order;
        let largest = self.elements.iter().fold(0.0_f64, |largest, element| largest.max(element.abs()));
        let mut rows: Vec<Vec<f64>> =
            self.rows().zip(right).map(|(row, right)| [row, &[*right]].concat()).collect();
        for column in 0..order {
            let size = |row: &Vec<f64>| row[column].abs();
            let below = rows.iter().enumerate().skip(column);
            // The largest pivot keeps rounding errors small.
            let (pivot, _) = below.max_by(|(_, a), (_, b)| size(a).total_cmp(&size(b)))?;
            rows.swap(column, pivot);
            let row = rows[column].clone();
            let pivot = row[column];
            if pivot.abs() <= 1e-13 * largest {
                return None;
            }
            for (index, other) in rows.iter_mut().enumerate() {
                let factor = other[column] / pivot;
                if index != column && factor != 0.0 {
                    for (element, from) in other.iter_mut().zip(&row).skip(column) {
                        *element -= factor * from;
                    }
                }
            }
        }
        Some(rows.iter().enumerate().map(|(index, row)| row[order] / row[index]).collect())
    }

    /// The largest absolute value of an eigenvalue, from the growth of the powers of the matrix (Gelfand 1941).
    pub fn spectral_radius(&self) -> f64 {
        const SQUARINGS: i32 = 50;
        let zero = Self::zeros(self.order);
        let mut power = self.clone();
        let mut logarithm = 0.0;
        let mut share = 1.0;
        for _ in 0..SQUARINGS {
            let size = power.distance(&zero);
            if size == 0.0 {
                return 0.0;
            }
            logarithm += share * math::ln(size);
            // Squaring doubles the exponent, so each logarithm counts half as much as the one before; dividing by the
            // size prevents overflow.
            share /= 2.0;
            power.elements.iter_mut().for_each(|element| *element /= size);
            power = power.product(&power);
        }
        math::exp(logarithm)
    }

    /// The square root of the sum of the squares of the differences of all elements.
    pub fn distance(&self, other: &Self) -> f64 {
        let squares = self.elements.iter().zip(&other.elements).map(|(a, b)| (a - b) * (a - b));
        squares.sum::<f64>().sqrt()
    }

    /// The lower triangular matrix whose product with its own transpose has these eigenvalues and, as the columns of
    /// `vectors`, these eigenvectors; an eigenvalue that is not positive counts as zero.
    ///
    /// If no eigenvalue is zero, this is the Cholesky factor. It is computed by orthogonalizing the rows of the square
    /// root of the matrix (Gram-Schmidt, each row twice), which also works for singular matrices.
    pub fn triangular_factor(values: &[f64], vectors: &Self) -> Self {
        let order = vectors.order;
        let mut factor = Self::zeros(order);
        let roots: Vec<f64> = values.iter().map(|value| value.max(0.0).sqrt()).collect();
        let mut directions: Vec<Vec<f64>> = Vec::with_capacity(order);
        for (row, of_vectors) in vectors.rows().enumerate() {
            let mut rest: Vec<f64> = of_vectors.iter().zip(&roots).map(|(a, b)| a * b).collect();
            let size = dot(&rest, &rest).sqrt();
            // Once is not enough: rounding leaves rows that are nearly dependent not orthogonal.
            for _ in 0..2 {
                for (column, direction) in directions.iter().enumerate() {
                    let along = dot(&rest, direction);
                    factor[(row, column)] += along;
                    for (rest, direction) in rest.iter_mut().zip(direction) {
                        *rest -= along * direction;
                    }
                }
            }
            let length = dot(&rest, &rest).sqrt();
            // If a row depends on those before it, only rounding is left of it, which is not a direction.
            let length = if length > 1e-15 * size { length } else { 0.0 };
            factor[(row, row)] = length;
            directions.push(rest.iter().map(|rest| if length > 0.0 { rest / length } else { 0.0 }).collect());
        }
        factor
    }

    /// The eigenvalues of this symmetric matrix, ascending, and its eigenvectors in the columns of a matrix.
    ///
    /// By cyclic Jacobi rotations (Jacobi 1846; Golub and Van Loan, "Matrix Computations", 4th edition, section 8.5):
    /// slower than other methods on large matrices, accurate to the last places on small ones, and using only
    /// additions, products, quotients and square roots, so that the bits are the same everywhere.
    pub fn symmetric_eigen(&self) -> (Vec<f64>, Self) {
        const MAX_SWEEPS: u32 = 60;
        let mut a = self.clone();
        let mut vectors = Self::identity(self.order);
        for _ in 0..MAX_SWEEPS {
            let mut rotated = false;
            for p in 0..self.order {
                for q in p + 1..self.order {
                    rotated |= rotate(&mut a, &mut vectors, p, q);
                }
            }
            if !rotated {
                break;
            }
        }
        let order = order::sorted_places(self.order, &|i, j| a[(i, i)].total_cmp(&a[(j, j)]));
        let values = order.iter().map(|&i| a[(i, i)]).collect();
        let mut sorted = Self::zeros(self.order);
        for (to, &column) in order.iter().enumerate() {
            for row in 0..self.order {
                sorted[(row, to)] = vectors[(row, column)];
            }
        }
        (values, sorted)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Rotates the axes `p` and `q` so that their element off the diagonal becomes zero; false if it is negligible.
fn rotate(a: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) -> bool {
    let (app, aqq, apq) = (a[(p, p)], a[(q, q)], a[(p, q)]);
    // Too small to change an element of the diagonal.
    if apq == 0.0 || app.abs() + apq.abs() == app.abs() && aqq.abs() + apq.abs() == aqq.abs() {
        a[(p, q)] = 0.0;
        a[(q, p)] = 0.0;
        return false;
    }
    let half_difference = (aqq - app) / (2.0 * apq);
    // The smaller of the two possible angles, which is stable (Golub and Van Loan, section 8.5).
    let tangent =
        half_difference.signum() / (half_difference.abs() + (1.0 + half_difference * half_difference).sqrt());
    let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
    let sine = tangent * cosine;
    a[(p, p)] = app - tangent * apq;
    a[(q, q)] = aqq + tangent * apq;
    a[(p, q)] = 0.0;
    a[(q, p)] = 0.0;
    for k in 0..a.order {
        if k != p && k != q {
            let (akp, akq) = (a[(k, p)], a[(k, q)]);
            let (new_p, new_q) = (cosine * akp - sine * akq, sine * akp + cosine * akq);
            a[(k, p)] = new_p;
            a[(p, k)] = new_p;
            a[(k, q)] = new_q;
            a[(q, k)] = new_q;
        }
        let (vkp, vkq) = (vectors[(k, p)], vectors[(k, q)]);
        vectors[(k, p)] = cosine * vkp - sine * vkq;
        vectors[(k, q)] = sine * vkp + cosine * vkq;
    }
    true
}

impl Index<(usize, usize)> for Matrix {
    type Output = f64;

    #[expect(
        clippy::indexing_slicing,
        reason = "rows and columns are those of this module's loops, below the order"
    )]
    fn index(&self, (row, column): (usize, usize)) -> &f64 {
        &self.elements[row * self.order + column]
    }
}

impl IndexMut<(usize, usize)> for Matrix {
    #[expect(
        clippy::indexing_slicing,
        reason = "rows and columns are those of this module's loops, below the order"
    )]
    fn index_mut(&mut self, (row, column): (usize, usize)) -> &mut f64 {
        &mut self.elements[row * self.order + column]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matrix(rows: &[&[f64]]) -> Matrix {
        Matrix::of_rows(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn eigenvalues_of_the_second_difference_are_those_of_the_closed_form() {
        // 2 - 2 cos(k π / 5), k = 1 to 4: (3 ∓ √5) / 2 and (5 ∓ √5) / 2.
        let second_difference = Matrix::with(4, |i, j| match i.abs_diff(j) {
            0 => 2.0,
            1 => -1.0,
            _ => 0.0,
        });
        let (values, vectors) = second_difference.symmetric_eigen();
        let root = 5f64.sqrt();
        let expected = [(3.0 - root) / 2.0, (5.0 - root) / 2.0, (3.0 + root) / 2.0, (5.0 + root) / 2.0];
        for (value, expected) in values.iter().zip(expected) {
            assert!((value - expected).abs() < 1e-15 * 8.0, "{value} {expected}");
        }
        assert!(vectors.transpose().product(&vectors).distance(&Matrix::identity(4)) < 1e-14);
    }

    #[test]
    fn equations_are_solved_or_known_to_have_no_solution() {
        // numpy 2.4.6, linalg.solve.
        let equations = matrix(&[&[0.0, 2.0, 1.0], &[1.0, -1.0, 3.0], &[4.0, 1.0, 1.0]]);
        let found = equations.solve(&[3.0, 1.0, 2.0]).unwrap();
        let expected = [0.037037037037037035, 1.1481481481481481, 0.7037037037037037];
        assert!(
            found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-14),
            "{found:?}"
        );
        assert!(matrix(&[&[1.0, 2.0], &[2.0, 4.0]]).solve(&[1.0, 1.0]).is_none());
    }

    #[test]
    fn spectral_radii_are_those_of_an_independent_library() {
        // numpy 2.4.6, abs(linalg.eigvals).max(); the second has a pair of complex eigenvalues, the third one that
        // is repeated without a second eigenvector.
        let cases: [(&[&[f64]], f64); 4] = [
            (&[&[0.9, 0.1, 0.0], &[-0.2, 0.7, 0.3], &[0.05, 0.0, 0.5]], 0.7949877457864781),
            (&[&[0.0, -1.0], &[1.0, 0.0]], 1.0),
            (&[&[0.5, 1.0], &[0.0, 0.5]], 0.5),
            (&[&[0.0, 1.0], &[0.0, 0.0]], 0.0),
        ];
        for (rows, expected) in cases {
            let found = matrix(rows).spectral_radius();
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }

    #[test]
    fn a_factor_of_a_singular_matrix_reproduces_it() {
        // The third variable is the sum of the first two, scaled; the fourth is the opposite of the second.
        let root = 0.5f64.sqrt();
        let singular = matrix(&[
            &[1.0, 0.0, root, 0.0],
            &[0.0, 1.0, root, -1.0],
            &[root, root, 1.0, -root],
            &[0.0, -1.0, -root, 1.0],
        ]);
        let (values, vectors) = singular.symmetric_eigen();
        let values: Vec<f64> = values.iter().map(|value| if *value < 1e-14 { 0.0 } else { *value }).collect();
        let factor = Matrix::triangular_factor(&values, &vectors);
        assert!(factor.product(&factor.transpose()).distance(&singular) < 1e-14);
        assert!(factor[(2, 2)] < 1e-14 && factor[(3, 3)] < 1e-14);
    }

    #[test]
    fn a_factor_is_that_of_cholesky() {
        // numpy 2.4.6, linalg.cholesky.
        let (values, vectors) =
            matrix(&[&[4.0, 2.0, -2.0], &[2.0, 10.0, 2.0], &[-2.0, 2.0, 5.0]]).symmetric_eigen();
        let factor = Matrix::triangular_factor(&values, &vectors);
        let expected = matrix(&[&[2.0, 0.0, 0.0], &[1.0, 3.0, 0.0], &[-1.0, 1.0, 1.7320508075688772]]);
        assert!(factor.distance(&expected) < 1e-14);
    }

    fn symmetric(order: usize) -> impl Strategy<Value = Matrix> {
        prop::collection::vec(-1.0..1.0f64, order * order)
            .prop_map(move |elements| Matrix::with(order, |i, j| elements[i.min(j) * order + i.max(j)]))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn eigenvectors_diagonalise(a in (1..9usize).prop_flat_map(symmetric)) {
            let (values, vectors) = a.symmetric_eigen();
            let order = a.order();
            prop_assert!(vectors.transpose().product(&vectors).distance(&Matrix::identity(order)) < 1e-13);
            let diagonal = Matrix::with(order, |i, j| if i == j { values[i] } else { 0.0 });
            let again = vectors.product(&diagonal).product(&vectors.transpose());
            prop_assert!(again.distance(&a) < 1e-13);
            prop_assert!(values.windows(2).all(|pair| pair[0] <= pair[1]));
        }

        #[test]
        fn a_factor_times_its_transpose_is_the_matrix(a in (1..9usize).prop_flat_map(symmetric)) {
            let gram = a.product(&a.transpose());
            let (values, vectors) = gram.symmetric_eigen();
            let factor = Matrix::triangular_factor(&values, &vectors);
            prop_assert!(factor.product(&factor.transpose()).distance(&gram) < 1e-13);
        }
    }
}
