//! How far a series stands below its highest value so far.

use wherewithal_math::is_covered;

/// The walk of a series below its highest value so far. The value at the start is the first peak, so that a loss in the
/// first period counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Underwater {
    /// The value as a share of the highest so far, at most 1.
    share: f64,
}

impl Default for Underwater {
    /// At the start.
    fn default() -> Self {
        Self { share: 1.0 }
    }
}

impl Underwater {
    /// One more period.
    #[inline]
    pub(crate) fn add(&mut self, value: f64) {
        self.share = (self.share * (1.0 + value)).min(1.0);
    }

    /// The part of the highest value that is missing, from 0 to 1. Rounding decides nothing: what is missing counts from one
    /// part in 10^9 on.
    #[inline]
    pub(crate) fn depth(self) -> f64 {
        if is_covered(self.share, 1.0) { 0.0 } else { 1.0 - self.share }
    }
}

/// The depth after each return.
pub(crate) fn depths(returns: &[f64]) -> Vec<f64> {
    let mut underwater = Underwater::default();
    let after = |value: &f64| {
        underwater.add(*value);
        underwater.depth()
    };
    returns.iter().map(after).collect()
}

/// The greatest depth of each stretch below an earlier value, in their order.
pub(crate) fn troughs(depths: &[f64]) -> Vec<f64> {
    let stretches = depths.split(|depth| *depth == 0.0).filter(|stretch| !stretch.is_empty());
    stretches.map(|stretch| stretch.iter().copied().fold(0.0, f64::max)).collect()
}
