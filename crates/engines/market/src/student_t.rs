//! Correlated Student-t shocks: normal shocks, scaled in each step by a common random factor.

use std::ops::Bound;

use super::{lognormal::Lognormal, normals::Sampler};
use wherewithal_base::{ErrorCode, Result, check};
use wherewithal_math::random::purpose;
use wherewithal_math::{
    self as math,
    random::{LANES, Lanes, Stream},
};

/// The upper limit of the common factor.
const MAX_FACTOR: f64 = 100.0;

/// The most numbers drawn for one factor. That all of them are rejected happens about once in 10^40 factors.
const ATTEMPTS: u32 = 32;

#[derive(Debug, Clone)]
pub(super) struct StudentT {
    pub(super) lognormal: Lognormal,
    mixing: Mixing,
}

/// The common factor: `sqrt((ν - 2) / X)`, where X has the chi-squared distribution with ν degrees of freedom. The
/// scaled normal numbers then have the Student-t distribution with variance 1.
#[derive(Debug, Clone)]
struct Mixing {
    stream: Stream,
    degrees_of_freedom: f64,
}

impl StudentT {
    pub(super) fn new(lognormal: Lognormal, degrees_of_freedom: f64, seed: u64) -> Result<Self> {
        // With 2 degrees of freedom or fewer the variance is infinite.
        let range = (Bound::Excluded(2.0), Bound::Included(1000.0));
        check::number(degrees_of_freedom, range, ErrorCode::NumberOutOfRange)?;
        let stream = Stream::new(seed, purpose::MARKET_MIXING);
        Ok(Self { lognormal: lognormal.with_wide_shocks(), mixing: Mixing { stream, degrees_of_freedom } })
    }

    /// Scales the normal numbers of a block.
    #[inline(always)]
    pub(super) fn scale(&self, sampler: &Sampler, block: u64, normals: &mut [Lanes]) {
        let first = block * LANES as u64;
        for (step, row) in (0..).zip(normals.chunks_exact_mut(sampler.width)) {
            let mut factors: Lanes = [1.0; LANES];
            for (lane, factor) in (0..).zip(&mut factors) {
                *factor = self.mixing.factor(sampler.source(first + lane), step);
            }
            for normals in row {
                for (normal, factor) in normals.iter_mut().zip(&factors) {
                    *normal *= factor;
                }
            }
        }
    }
}

impl Mixing {
    fn factor(&self, path: u64, step: u32) -> f64 {
        let factor = ((self.degrees_of_freedom - 2.0) / self.chi_squared(path, step)).sqrt();
        // Keeps the exponents finite: the factor has no upper bound.
        factor.min(MAX_FACTOR)
    }

    /// A chi-squared random number, by the method of G. Marsaglia and W. W. Tsang, "A simple method for generating
    /// gamma variables" (ACM Transactions on Mathematical Software 26, 2000).
    fn chi_squared(&self, path: u64, step: u32) -> f64 {
        // The names are those of the paper; the chi-squared distribution is twice a gamma distribution of shape ν / 2.
        let d = self.degrees_of_freedom / 2.0 - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        let mut found = 1.0;
        for attempt in 0..ATTEMPTS {
            // Each attempt has its own position in the stream, so that a factor does not depend on how many attempts
            // others took.
            let position = 2 * (step * ATTEMPTS + attempt);
            let [x, _] = self.stream.normals(path, position);
            let [uniform, _] = self.stream.uniforms(path, position + 1);
            let root = 1.0 + c * x;
            if root <= 0.0 {
                continue;
            }
            found = root * root * root;
            if math::ln(uniform) < 0.5 * x * x + d - d * found + d * math::ln(found) {
                break;
            }
        }
        2.0 * d * found
    }
}
