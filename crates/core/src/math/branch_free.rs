//! Elementary functions without branches or tables, for loops over many lanes that the compiler vectorises.
//!
//! They are made of IEEE 754 additions, multiplications and divisions in a fixed order, so their bits are the same
//! on every platform; they are a few units in the last place less exact than those of [`math`](crate::math), and
//! hold only on the ranges stated. The coefficients are near-minimax polynomials (mpmath 1.4 `chebyfit`, 60
//! digits), each with a truncation error below 1.3e-17.

use std::f64::consts::{FRAC_PI_2, LN_2, LOG2_E};

/// 1.5 × 2^52: adding it leaves the nearest integer in the low bits of the sum.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// The high bits of ln 2, so that their product with a small integer is exact, and the rest.
const LN_2_HIGH: f64 = 0.693_147_180_558_298_7;
const LN_2_LOW: f64 = 1.646_594_958_289_708_2e-12;

/// The bits of sqrt(1/2).
const SQRT_HALF_BITS: u64 = 0x3fe6_a09e_667f_3bcd;
const ONE_BITS: u64 = 0x3ff0_0000_0000_0000;
const MANTISSA: u64 = 0x000f_ffff_ffff_ffff;

/// e to the power `x` for x from -700 to 709; relative error below 4e-16.
#[inline(always)]
pub(crate) fn exp(x: f64) -> f64 {
    let (excess, rounded) = reduced_exp_m1(x);
    f64::from_bits((1.0 + excess).to_bits().wrapping_add(rounded.to_bits() << 52))
}

/// e to the power `x`, and the same less one without cancellation near zero, for x from -700 to 709; relative
/// errors below 4e-16 and 7e-16. The first is [`exp`], to the bit.
#[inline(always)]
pub(crate) fn exp_and_exp_m1(x: f64) -> (f64, f64) {
    let (excess, rounded) = reduced_exp_m1(x);
    let exp = f64::from_bits((1.0 + excess).to_bits().wrapping_add(rounded.to_bits() << 52));
    // 2^k; the low bits of `rounded` are k.
    let power = f64::from_bits(rounded.to_bits().wrapping_add(1023) << 52);
    (exp, power * excess + (power - 1.0))
}

/// e^r - 1 where x = k ln 2 + r and |r| ≤ ln 2 / 2, and a number whose low bits are k.
#[inline(always)]
fn reduced_exp_m1(x: f64) -> (f64, f64) {
    const C: [f64; 10] = [
        0.5,
        0.166_666_666_666_666_69,
        0.041_666_666_666_624_164,
        0.008_333_333_333_330_065,
        0.001_388_888_891_719_688_1,
        0.000_198_412_698_630_406_7,
        2.480_152_132_211_682_5e-5,
        2.755_726_848_011_633_3e-6,
        2.762_007_599_981_065e-7,
        2.510_037_592_470_971_7e-8,
    ];
    let rounded = x * LOG2_E + ROUNDER;
    let k = rounded - ROUNDER;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let r2 = r * r;
    let r4 = r2 * r2;
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9] = C;
    let low = (c0 + c1 * r) + (c2 + c3 * r) * r2;
    let high = (c4 + c5 * r) + (c6 + c7 * r) * r2 + (c8 + c9 * r) * r4;
    (r + r2 * (low + high * r4), rounded)
}

/// The natural logarithm of one plus `x`, a finite number above -1, without cancellation near zero; relative error
/// below 1e-15.
#[inline(always)]
pub(crate) fn ln_1p(x: f64) -> f64 {
    ln_ratio(1.0 + x, x, 2.0 + x)
}

/// The natural logarithm of a positive normal number; relative error below 5e-16.
#[inline(always)]
pub(crate) fn ln(x: f64) -> f64 {
    let (k, m) = reduced(x);
    let f = m - 1.0;
    scaled_ln(k, f / (2.0 + f))
}

/// The natural logarithm of `a / b`, where both are positive, `ratio` is about their ratio and a normal number, and
/// `difference` is `a - b`, known better than from the two; `sum` is `a + b`. Relative error below 1e-15, beside that
/// of the difference.
#[inline(always)]
pub(crate) fn ln_ratio(ratio: f64, difference: f64, sum: f64) -> f64 {
    let (k, m) = reduced(ratio);
    let (numerator, denominator) = if k == 0.0 { (difference, sum) } else { (m - 1.0, m + 1.0) };
    scaled_ln(k, numerator / denominator)
}

/// k and m where x = 2^k m with m in [sqrt(1/2), sqrt(2)).
#[inline(always)]
fn reduced(x: f64) -> (f64, f64) {
    let shifted = x.to_bits().wrapping_add(ONE_BITS - SQRT_HALF_BITS);
    let m = f64::from_bits((shifted & MANTISSA) + SQRT_HALF_BITS);
    // An integer below 2^52 in the mantissa of 2^52, made a number by subtraction.
    let k = f64::from_bits((shifted >> 52) | 0x4330_0000_0000_0000) - (4_503_599_627_370_496.0 + 1023.0);
    (k, m)
}

/// The logarithm of 2^k (1 + s) / (1 - s), |s| below 0.1716.
#[inline(always)]
fn scaled_ln(k: f64, s: f64) -> f64 {
    const C: [f64; 7] = [
        0.666_666_666_666_667,
        0.399_999_999_998_995_05,
        0.285_714_286_259_757_5,
        0.222_222_111_347_518_35,
        0.181_828_891_284_124_58,
        0.153_317_214_958_260_12,
        0.146_164_509_795_521_1,
    ];
    let z = s * s;
    let z2 = z * z;
    let [c0, c1, c2, c3, c4, c5, c6] = C;
    let p = (c0 + c1 * z) + (c2 + c3 * z) * z2 + ((c4 + c5 * z) + c6 * z2) * (z2 * z2);
    k * LN_2 + (2.0 * s + s * (z * p))
}

/// Sine and cosine of a share `t` of a quarter turn, |t| ≤ 1/2; relative error below 5e-16.
#[inline(always)]
pub(crate) fn sin_cos_quarter(t: f64) -> (f64, f64) {
    const S: [f64; 7] = [
        FRAC_PI_2,
        -0.645_964_097_506_244_3,
        0.079_692_626_246_043_01,
        -0.004_681_754_132_340_976,
        0.000_160_441_150_742_190_9,
        -3.598_643_352_982_31e-6,
        5.633_933_781_537_854e-8,
    ];
    const C: [f64; 7] = [
        -1.233_700_550_136_169_7,
        0.253_669_507_901_047_8,
        -0.020_863_480_763_340_773,
        0.000_919_260_274_546_844_7,
        -2.520_203_902_802_917_8e-5,
        4.710_678_405_505_227e-7,
        -6.329_396_344_967_424e-9,
    ];
    let z = t * t;
    let z2 = z * z;
    let z4 = z2 * z2;
    let [s0, s1, s2, s3, s4, s5, s6] = S;
    let sine = t * ((s0 + s1 * z) + (s2 + s3 * z) * z2 + ((s4 + s5 * z) + s6 * z2) * z4);
    let [c0, c1, c2, c3, c4, c5, c6] = C;
    let cosine = 1.0 + z * ((c0 + c1 * z) + (c2 + c3 * z) * z2 + ((c4 + c5 * z) + c6 * z2) * z4);
    (sine, cosine)
}

#[cfg(test)]
mod tests {
    use super::*;

    // libm 0.2.16 (a port of musl's, errors below 1 unit in the last place) is the independent side.

    fn worst(from: f64, to: f64, of: impl Fn(f64) -> (f64, f64)) -> f64 {
        let steps = 200_000;
        (0..=steps)
            .map(|i| from + (to - from) * f64::from(i) / f64::from(steps))
            .map(|x| {
                let (found, expected) = of(x);
                ((found - expected) / expected).abs()
            })
            .fold(0.0, f64::max)
    }

    #[test]
    fn exp_agrees_with_libm() {
        for (from, to) in [(-1.0, 1.0), (-30.0, 30.0), (-700.0, 709.0), (-1e-9, 1e-9)] {
            let error = worst(from, to, |x| (exp(x), libm::exp(x)));
            assert!(error < 4e-16, "{from}..{to}: {error:e}");
        }
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn exp_m1_agrees_with_libm() {
        for (from, to) in [(-1.0, 1.0), (-30.0, 30.0), (-700.0, 709.0), (-1e-9, 1e-9), (1e-300, 1e-290)] {
            let error =
                worst(
                    from,
                    to,
                    |x| if x == 0.0 { (1.0, 1.0) } else { (exp_and_exp_m1(x).1, libm::expm1(x)) },
                );
            assert!(error < 7e-16, "{from}..{to}: {error:e}");
        }
        assert_eq!(exp_and_exp_m1(0.0), (1.0, 0.0));
        for i in -7000..=7000 {
            let x = f64::from(i) / 10.0;
            assert_eq!(exp_and_exp_m1(x).0.to_bits(), exp(x).to_bits());
        }
    }

    #[test]
    fn ln_1p_agrees_with_libm() {
        let ranges = [
            (-0.999_999, -0.3),
            (-0.3, -1e-6),
            (1e-6, 0.5),
            (0.5, 1e6),
            (1e-300, 1e-290),
            (1e-18, 1e-9),
            (1e300, 1e308),
        ];
        for (from, to) in ranges {
            let error = worst(from, to, |x| (ln_1p(x), libm::log1p(x)));
            assert!(error < 1e-15, "{from}..{to}: {error:e}");
        }
        assert_eq!(ln_1p(0.0), 0.0);
        assert_eq!(ln_1p(-1.0 + f64::EPSILON / 2.0), libm::log(f64::EPSILON / 2.0));
    }

    #[test]
    fn the_logarithm_of_a_ratio_agrees_with_libm() {
        for (from, to) in [(-0.999, -1e-7), (1e-7, 0.5), (0.5, 1e6), (1e-15, 1e-9)] {
            let error =
                worst(from, to, |excess| (ln_ratio(1.0 + excess, excess, 2.0 + excess), libm::log1p(excess)));
            assert!(error < 1e-15, "{from}..{to}: {error:e}");
        }
        assert_eq!(ln_ratio(1.0, 0.0, 2.0), 0.0);
    }

    #[test]
    fn ln_agrees_with_libm() {
        for (from, to) in
            [(f64::EPSILON / 2.0, 0.999), (0.7, 0.999_999), (1.000_001, 1.5), (1.5, 1e6), (1e-300, 1e-290)]
        {
            let error = worst(from, to, |x| (ln(x), libm::log(x)));
            assert!(error < 5e-16, "{from}..{to}: {error:e}");
        }
        assert_eq!(ln(1.0), 0.0);
        let below_one = 1.0 - f64::EPSILON / 2.0;
        assert_eq!(ln(below_one), libm::log(below_one));
    }

    #[test]
    fn sine_and_cosine_agree_with_libm() {
        let angle = |t: f64| t * FRAC_PI_2;
        let sine = worst(1e-6, 0.5, |t| (sin_cos_quarter(t).0, libm::sin(angle(t))));
        let cosine = worst(-0.5, 0.5, |t| (sin_cos_quarter(t).1, libm::cos(angle(t))));
        // The angle is rounded on its way to libm.
        assert!(sine < 5e-16 && cosine < 5e-16, "{sine:e} {cosine:e}");
        assert_eq!(sin_cos_quarter(0.0), (0.0, 1.0));
    }
}
