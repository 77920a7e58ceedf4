//! Uniform and standard normal numbers from random words.

use crate::branch_free;

const HALF_STEP: f64 = 1.0 / 9_007_199_254_740_992.0;
const MANTISSA: u64 = 0x000f_ffff_ffff_ffff;
const ONE: u64 = 0x3ff0_0000_0000_0000;
const SIGN: u64 = 1 << 63;

/// A number from 1 to below 2 with 52 given bits as its mantissa.
#[inline(always)]
fn above_one(bits: u64) -> f64 {
    f64::from_bits(bits | ONE)
}

/// A number strictly between 0 and 1, an odd multiple of 2^-53, from the upper 52 bits of a word.
#[inline(always)]
pub(super) fn unit(word: u64) -> f64 {
    above_one(word >> 12) - (1.0 - HALF_STEP)
}

/// Two independent standard normal numbers from two random words, at most 8.6 in absolute value, by the method of Box
/// and Muller (1958).
#[inline(always)]
pub(super) fn pair(radius_word: u64, angle_word: u64) -> [f64; 2] {
    turn(half_squared_radius(radius_word), angle_word)
}

/// Half the square of the distance of two standard normal numbers from the origin.
#[inline(always)]
pub(super) fn half_squared_radius(word: u64) -> f64 {
    branch_free::minus_ln(unit(word))
}

/// The point at a distance from the origin, in the direction given by a word.
///
/// The lower 52 bits give an angle around the diagonal of the first quadrant, a + 45° with |a| below 45°, whose cosine and
/// sine are (cos a ∓ sin a) / √2; the two upper bits reflect the point into one of the four quadrants.
#[inline(always)]
pub(super) fn turn(half_squared_radius: f64, angle_word: u64) -> [f64; 2] {
    // The radius divided by √2.
    let radius = half_squared_radius.sqrt();
    let (cosine, sine) = branch_free::cos_sin_quarter(above_one(angle_word & MANTISSA) - (1.5 - HALF_STEP));
    let (x, y) = (radius * (cosine - sine), radius * (cosine + sine));
    [
        f64::from_bits(x.to_bits() ^ (angle_word & SIGN)),
        f64::from_bits(y.to_bits() ^ ((angle_word << 1) & SIGN)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uniforms_stay_strictly_inside() {
        assert_eq!([0, u64::MAX].map(unit), [HALF_STEP, 1.0 - HALF_STEP]);
    }

    #[test]
    fn normals_of_extreme_words_are_finite_and_bounded() {
        for radius in [0, u64::MAX] {
            for angle in [0, u64::MAX, 1 << 62, 1 << 63, MANTISSA] {
                for normal in pair(radius, angle) {
                    assert!(normal.abs() < 8.6, "{normal}");
                }
            }
        }
    }

    #[test]
    fn a_pair_lies_at_its_radius_in_the_quadrant_of_its_upper_bits() {
        // The lower bits 0, at the half and at their most: 0, 45 and 90 degrees.
        for (bits, degrees) in [(0, 0.0f64), (1u64 << 51, 45.0), (MANTISSA, 90.0)] {
            for (upper, (sign_x, sign_y)) in
                [(0, (1.0, 1.0)), (1, (1.0, -1.0)), (2, (-1.0, 1.0)), (3, (-1.0, -1.0))]
            {
                let word = 1 << 40;
                let radius = libm::sqrt(-2.0 * libm::log(unit(word)));
                let [x, y] = pair(word, bits | (upper << 62));
                assert!((x - sign_x * radius * libm::cos(degrees.to_radians())).abs() < 1e-13, "{x}");
                assert!((y - sign_y * radius * libm::sin(degrees.to_radians())).abs() < 1e-13, "{y}");
            }
        }
    }
}
