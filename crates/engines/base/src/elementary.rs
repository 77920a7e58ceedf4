//! Elementary functions in portable arithmetic, pinned to one version of `libm`.
//!
//! The platforms' own functions differ in the last bit. Those of `libm` are compiled from the same additions,
//! multiplications and divisions everywhere, whose rounding IEEE 754 fixes. Their error is below one unit in the last
//! place. The square root needs no entry: IEEE 754 fixes `f64::sqrt`.

/// e to the power `x`.
///
/// Infinite above 709.78 and zero below -745.13.
#[inline]
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e to the power `x`, less one, without cancellation near zero.
///
/// ```
/// assert_eq!(wherewithal_base::elementary::exp_m1(1e-20), 1e-20);
/// ```
#[inline]
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// The natural logarithm; NaN below zero and minus infinity at zero.
#[inline]
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// The natural logarithm of one plus `x`, without cancellation near zero; NaN below -1.
///
/// ```
/// assert_eq!(wherewithal_base::elementary::ln_1p(1e-20), 1e-20);
/// ```
#[inline]
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// `base` to the power `exponent`; NaN for a negative base and a fractional exponent.
#[inline]
#[must_use]
pub fn pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// `base` to an integer power by repeated squaring, always in the same order.
///
/// Each multiplication rounds, so that the relative error can reach about `exponent` units in the last place;
/// use [`pow`] where that matters. Zero to the power zero is one.
///
/// ```
/// use wherewithal_base::elementary::powi;
///
/// assert_eq!(powi(3.0, 4), 81.0);
/// assert_eq!(powi(2.0, -3), 0.125);
/// ```
#[must_use]
pub fn powi(base: f64, exponent: i32) -> f64 {
    let mut remaining = exponent.unsigned_abs();
    let mut square = base;
    let mut power = 1.0;
    while remaining > 0 {
        if remaining % 2 == 1 {
            power *= square;
        }
        remaining /= 2;
        if remaining > 0 {
            square *= square;
        }
    }
    if exponent < 0 { 1.0 / power } else { power }
}

/// The sine of an angle in radians.
#[inline]
#[must_use]
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// The cosine of an angle in radians.
#[inline]
#[must_use]
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relative_error(found: f64, expected: f64) -> f64 {
        (found / expected - 1.0).abs()
    }

    #[test]
    fn whole_powers_agree_with_the_power_function() {
        assert_eq!(powi(0.0, 0), 1.0);
        assert_eq!(powi(-2.0, 3), -8.0);
        assert_eq!(powi(2.0, 1023), f64::from_bits(2046 << 52));
        assert_eq!(powi(2.0, i32::MIN), 0.0);
        for base in [0.3, 0.999, 1.0, 1.005, 7.0] {
            for exponent in [-300, -7, 1, 2, 3, 12, 360] {
                let expected = pow(base, f64::from(exponent));
                assert!(relative_error(powi(base, exponent), expected) < 1e-13, "{base}^{exponent}");
            }
        }
    }

    /// Values of mpmath 1.4.1 at 50 digits, rounded to double.
    #[test]
    fn elementary_functions_are_right_to_the_last_place() {
        let cases: &[(&str, f64, f64)] = &[
            ("exp(-700)", exp(-700.0), 9.85967654375977e-305),
            ("exp(-1.5)", exp(-1.5), 0.22313016014842982),
            ("exp(0.1)", exp(0.1), 1.1051709180756477),
            ("exp(1.0)", exp(1.0), std::f64::consts::E),
            ("exp(20.25)", exp(20.25), 622964442.1984454),
            ("exp(709.5)", exp(709.5), 1.3549863193146328e+308),
            ("exp_m1(-40.0)", exp_m1(-40.0), -1.0),
            ("exp_m1(-0.3)", exp_m1(-0.3), -0.2591817793182821),
            ("exp_m1(1e-10)", exp_m1(1e-10), 1.00000000005e-10),
            ("exp_m1(0.005)", exp_m1(0.005), 0.005012520859401064),
            ("exp_m1(3.0)", exp_m1(3.0), 19.085536923187668),
            ("ln(1e-300)", ln(1e-300), -690.7755278982137),
            ("ln(0.7)", ln(0.7), -0.35667494393873245),
            ("ln(1.0001)", ln(1.0001), 9.999500033329732e-05),
            ("ln(2.0)", ln(2.0), std::f64::consts::LN_2),
            ("ln(12345.678)", ln(12345.678), 9.421061321291832),
            ("ln_1p(-0.99)", ln_1p(-0.99), -4.605170185988091),
            ("ln_1p(-1e-12)", ln_1p(-1e-12), -1.0000000000005e-12),
            ("ln_1p(0.0004)", ln_1p(0.0004), 0.0003999200213269354),
            ("ln_1p(0.06)", ln_1p(0.06), 0.058268908123975775),
            ("ln_1p(5.0)", ln_1p(5.0), 1.791759469228055),
            ("sin(0.5)", sin(0.5), 0.479425538604203),
            ("sin(3.0)", sin(3.0), 0.1411200080598672),
            ("sin(-100.25)", sin(-100.25), 0.2772828564548513),
            ("cos(0.5)", cos(0.5), 0.8775825618903728),
            ("cos(2.0)", cos(2.0), -0.4161468365471424),
            ("cos(1000000.0)", cos(1000000.0), 0.9367521275331447),
            ("pow(1.005, 360.0)", pow(1.005, 360.0), 6.0225752122629865),
            ("pow(0.3, -2.5)", pow(0.3, -2.5), 20.286020648339488),
            ("pow(1.07, 0.3333333333333333)", pow(1.07, 0.3333333333333333), 1.0228091217696715),
            ("pow(2.0, 0.5)", pow(2.0, 0.5), std::f64::consts::SQRT_2),
        ];
        for &(name, found, expected) in cases {
            assert!(relative_error(found, expected) <= f64::EPSILON, "{name}: {found:?} {expected:?}");
        }
    }
}
