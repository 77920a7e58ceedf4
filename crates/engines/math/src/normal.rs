//! The standard normal distribution.

use super::{exp, ln};
use wherewithal_base::{Error, ErrorCode, Result};

/// The density at `x`.
#[must_use]
pub fn density(x: f64) -> f64 {
    const INVERSE_ROOT_OF_TWO_PI: f64 = 0.398_942_280_401_432_7;
    INVERSE_ROOT_OF_TWO_PI * exp(-0.5 * x * x)
}

/// The probability that a standard normal number is at most `x`.
///
/// Computed from the complementary error function, so the lower tail keeps its digits: the relative error is below
/// 1e-15 for |x| ≤ 1, below 3e-13 down to x = -37, and 0 is returned from about -38.6 on.
///
/// ```
/// # use wherewithal_math::wherewithal;
/// use wherewithal::math::normal;
///
/// assert_eq!(normal::cumulative(0.0), 0.5);
/// assert!((normal::cumulative(1.959963984540054) - 0.975).abs() < 1e-15);
/// ```
#[must_use]
pub fn cumulative(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The quantile of the standard normal distribution at `probability`, strictly between 0 and 1: the inverse of
/// [`cumulative`].
///
/// Algorithm AS 241 (PPND16) of Wichura (1988), Applied Statistics 37, 477-484; relative error below 1e-15.
///
/// # Errors
/// `probability.out_of_range` at or below 0, at or above 1, and for NaN.
pub fn inverse_cumulative(probability: f64) -> Result<f64> {
    if !(probability > 0.0 && probability < 1.0) {
        return Err(Error::new(
            ErrorCode::ProbabilityOutOfRange,
            format!("{probability} is not strictly between 0 and 1"),
        ));
    }
    Ok(inverse_inside(probability))
}

/// [`inverse_cumulative`] of a probability that is known to lie strictly between 0 and 1.
pub fn inverse_inside(probability: f64) -> f64 {
    let centred = probability - 0.5;
    if centred.abs() <= 0.425 {
        // The square of 0.425, less that of the distance from the middle.
        let r = 0.180_625 - centred * centred;
        return centred * polynomial(&CENTRE_NUMERATOR, r) / polynomial(&CENTRE_DENOMINATOR, r);
    }
    let tail = if centred < 0.0 { probability } else { 1.0 - probability };
    let r = (-ln(tail)).sqrt();
    let size = if r <= 5.0 {
        polynomial(&NEAR_NUMERATOR, r - 1.6) / polynomial(&NEAR_DENOMINATOR, r - 1.6)
    } else {
        polynomial(&FAR_NUMERATOR, r - 5.0) / polynomial(&FAR_DENOMINATOR, r - 5.0)
    };
    if centred < 0.0 { -size } else { size }
}

/// Evaluates a polynomial by Horner's rule, with the coefficient of the highest power first.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

const CENTRE_NUMERATOR: [f64; 8] = [
    2_509.080_928_730_122_7,
    33_430.575_583_588_13,
    67_265.770_927_008_7,
    45_921.953_931_549_87,
    13_731.693_765_509_46,
    1_971.590_950_306_551_3,
    133.141_667_891_784_38,
    3.387_132_872_796_366_5,
];
const CENTRE_DENOMINATOR: [f64; 8] = [
    5_226.495_278_852_854,
    28_729.085_735_721_943,
    39_307.895_800_092_71,
    21_213.794_301_586_597,
    5_394.196_021_424_751,
    687.187_007_492_057_9,
    42.313_330_701_600_91,
    1.0,
];
const NEAR_NUMERATOR: [f64; 8] = [
    0.000_774_545_014_278_341_4,
    0.022_723_844_989_269_184,
    0.241_780_725_177_450_6,
    1.270_458_252_452_368_4,
    3.647_848_324_763_204_5,
    5.769_497_221_460_691,
    4.630_337_846_156_546,
    1.423_437_110_749_683_5,
];
const NEAR_DENOMINATOR: [f64; 8] = [
    1.050_750_071_644_416_9e-09,
    0.000_547_593_808_499_534_5,
    0.015_198_666_563_616_457,
    0.148_103_976_427_480_08,
    0.689_767_334_985_1,
    1.676_384_830_183_803_8,
    2.053_191_626_637_759,
    1.0,
];
const FAR_NUMERATOR: [f64; 8] = [
    2.010_334_399_292_288_1e-07,
    2.711_555_568_743_487_6e-05,
    0.001_242_660_947_388_078_4,
    0.026_532_189_526_576_124,
    0.296_560_571_828_504_87,
    1.784_826_539_917_291_3,
    5.463_784_911_164_114,
    6.657_904_643_501_103,
];
const FAR_DENOMINATOR: [f64; 8] = [
    2.044_263_103_389_939_7e-15,
    1.421_511_758_316_446e-07,
    1.846_318_317_510_054_8e-05,
    0.000_786_869_131_145_613_3,
    0.014_875_361_290_850_615,
    0.136_929_880_922_735_8,
    0.599_832_206_555_888,
    1.0,
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn relative(found: f64, expected: f64) -> f64 {
        if expected == 0.0 { found.abs() } else { ((found - expected) / expected).abs() }
    }

    #[test]
    fn cumulative_agrees_with_mpmath() {
        // mpmath 1.4.1, ncdf at 40 digits.
        let cases = [
            (-37.0, 5.725571222524577e-300),
            (-20.0, 2.7536241186062337e-89),
            (-8.0, 6.220960574271784e-16),
            (-3.0, 0.0013498980316300946),
            (-1.0, 0.15865525393145705),
            (-0.1, 0.460172162722971),
            (0.5, 0.6914624612740131),
            (1.0, 0.8413447460685429),
            (2.5, 0.9937903346742238),
            (6.0, 0.9999999990134123),
        ];
        for (x, expected) in cases {
            let limit = if x < -1.0 { 3e-13 } else { 1e-15 };
            assert!(relative(cumulative(x), expected) < limit, "{x}: {}", cumulative(x));
        }
        assert_eq!((cumulative(f64::NEG_INFINITY), cumulative(f64::INFINITY)), (0.0, 1.0));
    }

    #[test]
    fn the_inverse_agrees_with_mpmath() {
        // mpmath 1.4.1, the root of ncdf at 40 digits.
        let cases = [
            (1e-300, -37.0470962993612),
            (1e-100, -21.273453560965326),
            (1e-20, -9.262340089798407),
            (1e-10, -6.361340902404057),
            (0.001, -3.0902323061678136),
            (0.025, -1.9599639845400543),
            (0.074, -1.4466320671589785),
            (0.076, -1.4325027208258116),
            (0.1, -1.2815515655446004),
            (0.3, -0.5244005127080408),
            (0.5, 0.0),
            (0.7, 0.5244005127080407),
            (0.925, 1.4395314709384561),
            (0.975, 1.9599639845400538),
            (0.999, 3.090232306167813),
            (0.9999999999999999, 8.209536151601387),
        ];
        for (probability, expected) in cases {
            let found = inverse_cumulative(probability).unwrap();
            assert!(relative(found, expected) < 1e-15, "{probability}: {found}");
        }
    }

    #[test]
    fn probabilities_outside_the_open_interval_are_refused() {
        for probability in [0.0, 1.0, -0.1, 1.1, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let error = inverse_cumulative(probability).unwrap_err();
            assert_eq!(error.code(), ErrorCode::ProbabilityOutOfRange, "{probability}");
        }
    }

    #[test]
    fn the_density_is_the_slope_of_the_cumulative_probability() {
        for x in [-3.0, -1.0, 0.0, 0.5, 2.0] {
            let slope = (cumulative(x + 1e-5) - cumulative(x - 1e-5)) / 2e-5;
            assert!(relative(density(x), slope) < 1e-8, "{x}");
        }
    }

    proptest! {
        #[test]
        fn the_inverse_undoes_the_cumulative_probability(x in -30.0..5.0f64) {
            let found = inverse_cumulative(cumulative(x)).unwrap();
            // Above 0 the probability itself has few digits left of its distance to 1.
            let limit = 1e-14 + 1e-16 / density(x.max(0.0));
            prop_assert!((found - x).abs() < limit * x.abs().max(1.0), "{x}: {found}");
        }
    }
}
