//! The distribution of a number over the paths.

use super::Percentile;
use crate::paths::GROUP;
use wherewithal_base::wire::Wire;
use wherewithal_math::quantile::quantiles;

/// A number over the paths.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Distribution {
    /// The mean.
    pub mean: f64,

    /// Sample standard deviation (divisor n - 1); 0 for a single path.
    pub standard_deviation: f64,

    /// The requested percentiles, in order.
    pub percentiles: Vec<Percentile>,
}

impl Distribution {
    /// From its parts; `None` if the mean or the deviation is too large to be represented.
    pub(crate) fn new((mean, standard_deviation): (f64, f64), percentiles: Vec<Percentile>) -> Option<Self> {
        let is_finite = mean.is_finite() && standard_deviation.is_finite();
        is_finite.then_some(Self { mean, standard_deviation, percentiles })
    }
}

/// The distribution of values, of which there is at least one; `None` if one of its numbers is too large to be
/// represented.
#[must_use]
pub fn distribution(values: &[f64], percentiles: &[f64]) -> Option<Distribution> {
    let probabilities: Vec<f64> = percentiles.iter().map(|percentile| percentile / 100.0).collect();
    let found = quantiles(values, &probabilities).ok()?;
    Distribution::new(mean_and_deviation(values), Percentile::zip(percentiles, found))
}

/// The mean, and the sample standard deviation (divisor n - 1), which is 0 for a single value.
#[must_use]
pub fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    mean_and_deviation_of_pieces(values.chunks(GROUP))
}

/// The same of values that lie in several pieces. Each piece is summed by itself, which keeps the rounding errors of long
/// sums small, and in the order of the paths, which keeps the result the same at any number of threads.
pub(crate) fn mean_and_deviation_of_pieces<'a>(
    pieces: impl Iterator<Item = &'a [f64]> + Clone,
) -> (f64, f64) {
    let sum = |of: &dyn Fn(f64) -> f64| -> f64 {
        pieces.clone().map(|piece| piece.iter().map(|value| of(*value)).sum::<f64>()).sum()
    };
    let count = pieces.clone().map(<[f64]>::len).sum::<usize>() as f64;
    let mean = sum(&|value| value) / count;
    // Two passes: the sum of squares less the square of the sum loses all digits if the values lie close together.
    let squares = sum(&|value| (value - mean) * (value - mean));
    (mean, if count > 1.0 { (squares / (count - 1.0)).sqrt() } else { 0.0 })
}
