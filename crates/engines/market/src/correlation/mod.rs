//! Correlation matrices: validation, the nearest valid matrix, and its factor.

mod nearest;
#[cfg(test)]
mod tests;
mod validate;

use crate::{AssetClass, convention};
use wherewithal_base::{Error, ErrorCode, Result, control::Control, error::At, wire::Wire};
use wherewithal_math::matrix::Matrix;

/// The largest number of variables of a matrix.
pub(crate) const MAX_ORDER: usize = 60;

/// Input of `market.nearest_correlation`: a matrix of correlations, possibly not positive semi-definite.
#[derive(Debug, Clone, Wire)]
pub struct NearestCorrelationInput {
    /// The correlations, row by row: 1 to 60 rows, symmetric, ones on the diagonal, every element from -1 to 1.
    #[wire(length = 1..=60, item_length = 1..=60)]
    pub correlations: Vec<Vec<f64>>,
}

/// The correlation matrix nearest to the given one.
#[derive(Debug, Clone, Wire)]
pub struct NearestCorrelationResult {
    /// The nearest correlation matrix, row by row; the given one if it is positive semi-definite.
    pub correlations: Vec<Vec<f64>>,

    /// Whether the given matrix was not positive semi-definite and was replaced.
    pub repaired: bool,

    /// The Frobenius norm of the difference: the square root of the sum of the squared changes of all elements; 0 if
    /// nothing was changed.
    pub distance: f64,

    /// The smallest eigenvalue of the given matrix: below 0 if some combination of the variables would have a negative
    /// variance.
    pub smallest_eigenvalue: f64,

    /// The number of projections in the search; 0 if nothing was changed.
    pub iterations: u32,
}

/// The correlation matrix nearest to the given one, in the Frobenius norm.
///
/// A matrix that combines several sources may not be positive semi-definite: then some portfolio would have a negative
/// variance. The nearest positive semi-definite matrix is found by alternating projections with Dykstra's correction
/// (N. J. Higham, "Computing the nearest correlation matrix: a problem from finance", IMA Journal of Numerical Analysis
/// 22, 2002), to about 13 digits.
///
/// ```
/// # use wherewithal_market::wherewithal;
/// use wherewithal::market::{self, NearestCorrelationInput};
///
/// let correlations = vec![vec![1.0, 1.0, 0.0], vec![1.0, 1.0, 1.0], vec![0.0, 1.0, 1.0]];
/// let nearest = market::nearest_correlation(&NearestCorrelationInput { correlations })?;
/// assert!(nearest.repaired);
/// assert!((nearest.correlations[0][1] - 0.7607).abs() < 1e-4);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.empty`, `list.too_long`, `list.length_mismatch`, `number.not_finite`, `number.out_of_range`,
/// `correlations.not_symmetric`, `correlations.diagonal_not_one`, with the path of the element.
pub fn nearest_correlation(input: &NearestCorrelationInput) -> Result<NearestCorrelationResult> {
    nearest_correlation_under(input, &Control::default())
}

/// [`nearest_correlation`], which `control` can stop.
///
/// # Errors
/// Those of [`nearest_correlation`], and `operation.cancelled`.
pub fn nearest_correlation_under(
    input: &NearestCorrelationInput,
    control: &Control<'_>,
) -> Result<NearestCorrelationResult> {
    let order = input.correlations.len();
    Ok(Correlation::new(&input.correlations, order, control).at("correlations")?.nearest)
}

/// A validated correlation matrix, repaired if necessary.
#[derive(Debug, Clone)]
pub(crate) struct Correlation {
    /// The lower triangular factor, which converts independent numbers to correlated ones.
    pub(crate) factor: Matrix,
    pub(crate) nearest: NearestCorrelationResult,
}

impl Correlation {
    /// Validates a matrix of `order` variables and repairs it if necessary. An empty matrix means no correlation.
    ///
    /// # Errors
    /// `list.empty`, `list.too_long`, `list.length_mismatch`, `number.not_finite`, `number.out_of_range`,
    /// `correlations.not_symmetric`, `correlations.diagonal_not_one`, with the path within the matrix;
    /// `operation.cancelled`.
    pub(crate) fn new(rows: &[Vec<f64>], order: usize, control: &Control<'_>) -> Result<Self> {
        let given = if rows.is_empty() && order > 0 {
            Matrix::identity(order)
        } else {
            validate::matrix(rows, order)?
        };
        nearest::repair(&given, control)
    }

    /// Like [`new`](Self::new), for the logarithmic returns of asset classes and, last, the innovation of inflation. If the
    /// matrix has only the asset classes, inflation is uncorrelated. Correlations of simple returns are converted.
    ///
    /// # Errors
    /// Those of [`new`](Self::new) below `correlations`; if returns are simple, also those of invalid returns and
    /// volatilities below `assetClasses`, and `correlations.unattainable`; `operation.cancelled`.
    pub(crate) fn of_returns(
        rows: &[Vec<f64>],
        asset_classes: &[AssetClass],
        control: &Control<'_>,
    ) -> Result<Self> {
        let classes = asset_classes.len();
        if !convention::are_simple(asset_classes)? || rows.is_empty() {
            return Self::with_inflation(rows, classes, control).at("correlations");
        }
        for (index, class) in asset_classes.iter().enumerate() {
            convention::check(class).at_index("assetClasses", index)?;
        }
        Self::of_simple_returns(rows, asset_classes, control).at("correlations")
    }

    fn of_simple_returns(
        rows: &[Vec<f64>],
        asset_classes: &[AssetClass],
        control: &Control<'_>,
    ) -> Result<Self> {
        let classes = asset_classes.len();
        let given = Self::with_inflation(rows, classes, control)?;
        let logarithms = convention::log_correlations(rows, asset_classes)?;
        let converted = Self::with_inflation(&logarithms, classes, control)?;
        // A matrix that contradicts itself is replaced by the nearest, as one of logarithms is; one that does not, but whose
        // logarithms do, belongs to no lognormal returns.
        if converted.nearest.repaired && !given.nearest.repaired {
            let message = format!(
                "no lognormal returns have all of these means, volatilities and correlations: the matrix of their \
                logarithms has the eigenvalue {}",
                converted.nearest.smallest_eigenvalue
            );
            return Err(Error::new(ErrorCode::CorrelationsUnattainable, message));
        }
        Ok(converted)
    }

    /// The matrix of asset classes and, last, inflation.
    fn with_inflation(rows: &[Vec<f64>], asset_classes: usize, control: &Control<'_>) -> Result<Self> {
        if rows.is_empty() || rows.len() != asset_classes {
            return Self::new(rows, asset_classes + 1, control);
        }
        // Before the row of inflation is appended, so that an error has the caller's indexes.
        validate::matrix(rows, asset_classes)?;
        let mut rows: Vec<Vec<f64>> = rows.iter().map(|row| [&row[..], &[0.0]].concat()).collect();
        let mut inflation = vec![0.0; asset_classes];
        inflation.push(1.0);
        rows.push(inflation);
        Self::new(&rows, asset_classes + 1, control)
    }
}
