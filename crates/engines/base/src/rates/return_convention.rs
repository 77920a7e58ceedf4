//! What an assumed annual return and its volatility are those of.

use crate::wire::Wire;

/// The kind of mean of an annual return, and what its volatility is that of. With the return R, the volatility σ and the
/// growth factor g of one year:
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ReturnConvention {
    /// The arithmetic mean of annual returns: E\[g\] = 1 + R, so the mean of ln g is ln(1 + R) - σ²/2.
    #[default]
    Arithmetic,
    /// The compound return of the median path: the mean of ln g is ln(1 + R).
    Geometric,
    /// The mean of the logarithmic return itself: the mean of ln g is R.
    Logarithmic,
    /// Simple returns throughout, as capital market assumptions are published: R, σ and the correlations are the arithmetic
    /// mean, the standard deviation and the correlations of g - 1. They are converted exactly: the variance of ln g is s² =
    /// ln(1 + σ² / (1 + R)²), its mean ln(1 + R) - s² / 2, and the covariance of two logarithms ln(1 + c / ((1 + R) (1 +
    /// R'))) for a covariance c of the simple returns.
    Simple,
}
