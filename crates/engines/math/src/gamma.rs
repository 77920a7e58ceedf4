//! The gamma distribution, and its mixture with a beta distribution.

use super::{exp, ln};

/// A term that no longer changes the sum.
const NEGLIGIBLE: f64 = 1e-17;
/// The natural logarithm of a probability that is lost in rounding beside 1.
const LN_NEGLIGIBLE: f64 = -40.0;
/// Sums above this are scaled down, so that they do not overflow.
const LARGE: f64 = 1e250;
/// The natural logarithm of [`LARGE`].
const LN_LARGE: f64 = 575.646_273_248_511_4;

/// The probability that a gamma variable of this shape, above 0, and of scale 1 is at most `x`, at least 0: the lower
/// incomplete gamma function, regularized.
///
/// The relative error is below 1e-12 for shapes and values up to 1,000, and grows in proportion to them beyond.
///
/// ```
/// # use wherewithal_math::wherewithal;
/// use wherewithal::math::gamma;
///
/// // The exponential distribution.
/// assert!((gamma::cumulative(1.0, 0.5) - (1.0 - (-0.5_f64).exp())).abs() < 1e-15);
/// ```
#[must_use]
pub fn cumulative(shape: f64, x: f64) -> f64 {
    cumulative_of_share(shape, 0.0, x)
}

/// The probability that a gamma variable of this shape, above 0, and of scale 1 is at most `x` times an independent share
/// with the beta distribution of parameters 1 and `a`, at least 0; with `a` 0 the share is 1.
///
/// With b for the shape it is `x^b e^-x Γ(a + 1) / Γ(a + b + 1) M(a + 1, a + b + 1, x)`, where M is Kummer's function
/// 1F1: the integral of the incomplete gamma function over the share, after Kummer's transformation, which leaves a series
/// of positive terms (NIST Digital Library of Mathematical Functions, 8.5.1, 13.4.1 and 13.2.39). It takes about as many
/// terms as `x` is large. NaN if an argument is not finite.
#[must_use]
pub fn cumulative_of_share(shape: f64, a: f64, x: f64) -> f64 {
    if !(shape.is_finite() && a.is_finite() && x.is_finite()) {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    // Chernoff's bound of what lies above `x`: it is lost in rounding, and so would be the digits of a long series.
    if a == 0.0 && x > shape && shape * ln(x / shape) - (x - shape) < LN_NEGLIGIBLE {
        return 1.0;
    }
    let (mut term, mut sum, mut log_scale, mut count) = (1.0, 1.0, 0.0, 0.0);
    loop {
        let ratio = (a + 1.0 + count) / (a + shape + 1.0 + count) * (x / (count + 1.0));
        term *= ratio;
        sum += term;
        count += 1.0;
        // Terms rise to a peak and then fall; the rest of a falling series is less than a geometric one. NaN never falls.
        if sum.is_nan() || (ratio < 1.0 && term <= NEGLIGIBLE * (1.0 - ratio) * sum) {
            break;
        }
        if sum > LARGE {
            (term, sum, log_scale) = (term / LARGE, sum / LARGE, log_scale + LN_LARGE);
        }
    }
    let logarithm =
        shape * ln(x) - x + libm::lgamma(a + 1.0) - libm::lgamma(a + shape + 1.0) + ln(sum) + log_scale;
    exp(logarithm).min(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// mpmath 1.3 with 30 digits: `gammainc(s, 0, x, regularized=True)`.
    #[test]
    fn the_incomplete_gamma_function_is_that_of_mpmath() {
        for (shape, x, expected) in CUMULATIVE {
            let found = cumulative(shape, x);
            assert!((found - expected).abs() <= 1e-12 * expected, "{shape} {x}: {found} {expected}");
        }
    }

    /// mpmath 1.3 with 30 digits: the integral of `gammainc(b, 0, x u) a (1 - u)^(a - 1)` over u from 0 to 1.
    #[test]
    fn the_mixture_is_the_integral_of_mpmath() {
        for (shape, a, x, expected) in MIXTURE {
            let found = cumulative_of_share(shape, a, x);
            assert!((found - expected).abs() <= 1e-12 * expected, "{shape} {a} {x}: {found} {expected}");
        }
    }

    proptest! {
        #[test]
        fn it_rises_from_0_to_1(shape in 0.01..200.0_f64, a in 0.0..50.0_f64, x in 0.0..400.0_f64, more in 0.0..10.0_f64) {
            let [lower, higher] = [x, x + more].map(|x| cumulative_of_share(shape, a, x));
            prop_assert!((0.0..=1.0).contains(&lower));
            prop_assert!(lower <= higher * (1.0 + 1e-12));
        }
    }

    const CUMULATIVE: [(f64, f64, f64); 7] = [
        (0.5, 0.01, 0.112_462_916_018_284_88),
        (2.5, 3.0, 0.693_781_081_586_721_6),
        (10.0, 4.0, 0.008_132_242_796_933_864),
        (10.0, 30.0, 0.999_992_878_249_137_2),
        (120.0, 100.0, 0.028_230_393_964_865_694),
        (900.0, 950.0, 0.950_305_856_895_007_7),
        (0.05, 7.0, 0.999_993_424_991_904),
    ];
    const MIXTURE: [(f64, f64, f64, f64); 6] = [
        (1.5, 0.8, 2.0, 0.441_877_302_441_935_6),
        (3.0, 2.5, 0.4, 0.000_615_896_107_285_094_5),
        (12.0, 5.0, 30.0, 0.105_096_298_329_286_9),
        (0.3, 0.05, 1.0, 0.903_936_584_020_263_2),
        (40.0, 10.0, 60.0, 0.000_192_872_009_022_690_36),
        (2.2, 30.0, 9.0, 0.037_059_215_062_774_487),
    ];
}
