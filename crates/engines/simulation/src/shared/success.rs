//! The share of paths that succeed, with its sampling error.

use wherewithal_base::wire::Wire;
use wherewithal_math::proportion::Proportion;

/// The share of paths that succeed, as an estimate of the probability of success.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct Success {
    /// Share of paths that succeed, 0 to 1.
    #[wire(range = 0..=1)]
    pub probability: f64,

    /// Standard error of `probability`, sqrt(p (1 - p) / paths): the noise of the sample, not of the model. It is 0 if
    /// all paths agree; read the Wilson interval then.
    pub standard_error: f64,

    /// Lower end of the 95 % Wilson score interval of the probability.
    pub wilson_lower: f64,

    /// Upper end of the 95 % Wilson score interval of the probability.
    pub wilson_upper: f64,
}

impl From<Proportion> for Success {
    fn from(share: Proportion) -> Self {
        let (wilson_lower, wilson_upper) = share.wilson_interval();
        Self {
            probability: share.probability(),
            standard_error: share.standard_error(),
            wilson_lower,
            wilson_upper,
        }
    }
}
