//! Elementary functions without branches or tables, for loops over many lanes that the compiler vectorizes.
//!
//! They are made of IEEE 754 additions, multiplications and divisions in a fixed order, so their bits are the same on
//! every platform; they are less accurate than those of [`math`](crate) by a few units in the last place, and valid
//! only in the stated ranges. The coefficients are near-minimax polynomials (mpmath 1.4 `chebyfit`, 60 digits), each
//! with a truncation error below 1.3e-17 unless a larger error is stated.

use std::f64::consts::{LN_2, LOG2_E};

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
pub fn exp(x: f64) -> f64 {
    let (excess, rounded) = reduced_exp_m1(x);
    f64::from_bits((1.0 + excess).to_bits().wrapping_add(rounded.to_bits() << 52))
}

/// e to the power `x`, and e to the power `x` less one, without cancellation near zero, for x from -700 to 709;
/// relative errors below 4e-16 and 7e-16. The first is [`exp`], to the bit.
#[inline(always)]
pub fn exp_and_exp_m1(x: f64) -> (f64, f64) {
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
    // Two parts of ln 2, so that the subtraction loses no digits (Cody and Waite).
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let r2 = r * r;
    let r4 = r2 * r2;
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9] = C;
    // Pairs instead of Horner's rule: shorter chains of operations, which a processor overlaps.
    let low = (c0 + c1 * r) + (c2 + c3 * r) * r2;
    let high = (c4 + c5 * r) + (c6 + c7 * r) * r2 + (c8 + c9 * r) * r4;
    (r + r2 * (low + high * r4), rounded)
}

/// The natural logarithm of one plus `x`, a finite number above -1, without cancellation near zero; relative error
/// below 1e-15.
#[inline(always)]
pub fn ln_1p(x: f64) -> f64 {
    ln_ratio(1.0 + x, x, 2.0 + x)
}

/// The natural logarithm of a positive normal number; relative error below 5e-16.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let (k, m) = reduced(x);
    let f = m - 1.0;
    scaled_ln(k, f / (2.0 + f))
}

/// The natural logarithm of `a / b`, where both are positive. `ratio` is their approximate ratio, a normal number;
/// `difference` is `a - b`, known more accurately than by subtraction; `sum` is `a + b`. Relative error below 1e-15,
/// plus that of the difference.
#[inline(always)]
pub fn ln_ratio(ratio: f64, difference: f64, sum: f64) -> f64 {
    let (k, m) = reduced(ratio);
    let (numerator, denominator) = if k == 0.0 { (difference, sum) } else { (m - 1.0, m + 1.0) };
    scaled_ln(k, numerator / denominator)
}

/// k and m where x = 2^k m with m in [sqrt(1/2), sqrt(2)).
#[inline(always)]
fn reduced(x: f64) -> (f64, f64) {
    let shifted = x.to_bits().wrapping_add(ONE_BITS - SQRT_HALF_BITS);
    let m = f64::from_bits((shifted & MANTISSA) + SQRT_HALF_BITS);
    // An integer below 2^52, placed in the mantissa of 2^52 and converted by subtraction.
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

/// Two to the power `y` for y from -1000 to 1000; relative error below 1e-15, and exactly 1 at 0.
#[inline(always)]
pub fn exp2(y: f64) -> f64 {
    const C: [f64; 10] = [
        0.693_147_180_559_946_2,
        0.240_226_506_959_100_75,
        0.055_504_108_664_651_67,
        0.009_618_129_107_618_665,
        0.001_333_355_820_079_459_2,
        0.000_154_035_304_247_765_29,
        1.525_267_292_485_073_7e-5,
        1.321_545_163_322_143_4e-6,
        1.020_590_541_376_559_5e-7,
        7.070_977_866_508_138e-9,
    ];
    let rounded = y + ROUNDER;
    let r = y - (rounded - ROUNDER);
    let r2 = r * r;
    let r4 = r2 * r2;
    let [c1, c2, c3, c4, c5, c6, c7, c8, c9, c10] = C;
    let low = (1.0 + c1 * r) + (c2 + c3 * r) * r2;
    let middle = (c4 + c5 * r) + (c6 + c7 * r) * r2;
    let high = (c8 + c9 * r) + c10 * r2;
    let power = low + (middle + high * r4) * r4;
    f64::from_bits(power.to_bits().wrapping_add(rounded.to_bits() << 52))
}

/// Minus the natural logarithm of a normal number above 0 and at most 1; relative error below 1e-15.
#[inline(always)]
pub fn minus_ln(x: f64) -> f64 {
    const C: [f64; 7] = [
        -2.0,
        -0.666_666_666_665_529_2,
        -0.400_000_000_617_416_14,
        -0.285_714_160_211_076_7,
        -0.222_234_345_475_179_06,
        -0.181_219_344_312_152_14,
        -0.168_376_599_706_804_88,
    ];
    let (k, m) = reduced(x);
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let z2 = z * z;
    let [c0, c1, c2, c3, c4, c5, c6] = C;
    let even = c0 + (c2 + (c4 + c6 * z2) * z2) * z2;
    let odd = c1 + (c3 + c5 * z2) * z2;
    k * -LN_2 + s * (even + odd * z)
}

/// Cosine and sine of a share `t` of a quarter turn, |t| ≤ 1/2; relative errors below 5e-16 and 6e-15.
#[inline(always)]
pub fn cos_sin_quarter(t: f64) -> (f64, f64) {
    const C: [f64; 7] = [
        1.0,
        -1.233_700_550_136_151_3,
        0.253_669_507_899_864_75,
        -0.020_863_480_734_946_57,
        0.000_919_259_950_041_661,
        -2.520_013_526_428_479e-5,
        4.655_296_187_486_762_3e-7,
    ];
    #[expect(clippy::approx_constant, reason = "near π/2, but the coefficient of a polynomial")]
    const S: [f64; 6] = [
        1.570_796_326_794_89,
        -0.645_964_097_504_309,
        0.079_692_626_155_746_03,
        -0.004_681_752_591_458_209,
        0.000_160_429_265_044_956_16,
        -3.556_386_260_704_784e-6,
    ];
    let z = t * t;
    let [c0, c1, c2, c3, c4, c5, c6] = C;
    let cosine = c0 + (c1 + (c2 + (c3 + (c4 + (c5 + c6 * z) * z) * z) * z) * z) * z;
    let [s0, s1, s2, s3, s4, s5] = S;
    let sine = (s0 + (s1 + (s2 + (s3 + (s4 + s5 * z) * z) * z) * z) * z) * t;
    (cosine, sine)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::FRAC_PI_2;

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
    fn cosine_and_sine_agree_with_libm() {
        let angle = |t: f64| t * FRAC_PI_2;
        let cosine = worst(-0.5, 0.5, |t| (cos_sin_quarter(t).0, libm::cos(angle(t))));
        let sine = worst(1e-6, 0.5, |t| (cos_sin_quarter(t).1, libm::sin(angle(t))));
        assert!(cosine < 5e-16 && sine < 6e-15, "{cosine:e} {sine:e}");
        assert_eq!(cos_sin_quarter(0.0), (1.0, 0.0));
    }

    #[test]
    fn exp2_agrees_with_libm() {
        for (from, to) in [(-1.0, 1.0), (-30.0, 30.0), (-1000.0, 1000.0), (-1e-9, 1e-9)] {
            let error = worst(from, to, |y| (exp2(y), libm::exp2(y)));
            assert!(error < 1e-15, "{from}..{to}: {error:e}");
        }
        for power in -1000..=1000 {
            assert_eq!(exp2(f64::from(power)), libm::exp2(f64::from(power)));
        }
    }

    #[test]
    fn minus_ln_agrees_with_libm() {
        for (from, to) in [(f64::EPSILON / 2.0, 0.999), (0.999, 0.999_999_9), (1e-300, 1e-290)] {
            let error = worst(from, to, |x| (minus_ln(x), -libm::log(x)));
            assert!(error < 1e-15, "{from}..{to}: {error:e}");
        }
        let below_one = 1.0 - f64::EPSILON / 2.0;
        assert_eq!(minus_ln(below_one), -libm::log(below_one));
        assert_eq!(minus_ln(1.0), 0.0);
    }
}
