//! A percentile and its value.

use wherewithal_base::wire::Wire;

/// A value that a share of the paths does not exceed. Quantiles are exact, type 7 of Hyndman and Fan (1996): between two
/// paths they lie on a straight line.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct Percentile {
    /// The percentile, 0 to 100.
    #[wire(range = 0..=100)]
    pub percentile: f64,

    /// The value.
    pub value: f64,
}

impl Percentile {
    /// Each percentile with its value, in their order.
    pub fn zip(percentiles: &[f64], values: impl IntoIterator<Item = f64>) -> Vec<Self> {
        percentiles.iter().zip(values).map(|(&percentile, value)| Self { percentile, value }).collect()
    }
}
