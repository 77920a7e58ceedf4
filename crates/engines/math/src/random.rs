//! Random numbers that are functions of their purpose and position.
//!
//! A number depends on a seed, a purpose, a path and a position in the path, and not on what is drawn for other paths.
//! So a single path can be replayed, paths can be drawn in any order and on any number of threads, and two purposes
//! never share a number.
//!
//! [`Stream`] gives random access to any position: it is the counter-based generator Philox4x32-10 of Salmon, Moraes,
//! Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC '11). Simulations draw long streams from the first
//! position on, sixteen paths at a time, from a faster generator that is seeded for each path by Philox.

mod lanes;
mod normal;
pub mod purpose;

use std::array;

use self::normal::{pair, unit};

pub use lanes::LaneStream;

/// The number of paths drawn and simulated side by side.
pub const LANES: usize = 16;

/// One number for each of [`LANES`] neighbouring paths.
pub type Lanes = [f64; LANES];

const MULTIPLIERS: [u64; 2] = [0xd251_1f53, 0xcd9e_8d57];
const KEY_STEPS: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];
const ROUNDS: usize = 10;
const LOW_WORD: u64 = 0xffff_ffff;

/// The random numbers of one seed and one purpose.
///
/// ```
/// # use wherewithal_math::wherewithal;
/// use wherewithal::math::random::Stream;
///
/// let stream = Stream::new(7, 0);
/// // The third path's first two standard normals, without drawing those of the paths before it.
/// assert_eq!(stream.normals(2, 0), Stream::new(7, 0).normals(2, 0));
/// assert_ne!(stream.normals(2, 0), stream.normals(3, 0));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Stream {
    seed: u64,
    purpose: u32,
}

impl Stream {
    /// The stream of `seed` for `purpose`. Streams of different purposes are independent.
    #[must_use]
    pub fn new(seed: u64, purpose: u32) -> Self {
        Self { seed, purpose }
    }

    /// Two independent uniform numbers, the pair `block` of `path`: odd multiples of 2^-53 strictly between 0 and 1.
    #[must_use]
    pub fn uniforms(&self, path: u64, block: u32) -> [f64; 2] {
        self.words(&self.keys(), path, block).map(unit)
    }

    /// Two independent standard normal numbers, the pair `block` of `path`; at most 8.6 in absolute value.
    ///
    /// By the method of Box and Muller (1958).
    #[must_use]
    pub fn normals(&self, path: u64, block: u32) -> [f64; 2] {
        let [radius_word, angle_word] = self.words(&self.keys(), path, block);
        pair(radius_word, angle_word)
    }

    /// The keys of all rounds.
    #[inline(always)]
    fn keys(&self) -> [[u64; 2]; ROUNDS] {
        let [step0, step1] = KEY_STEPS;
        let (seed_low, seed_high) = (self.seed as u32, (self.seed >> 32) as u32);
        array::from_fn(|round| {
            let round = round as u32;
            [
                u64::from(seed_low.wrapping_add(round.wrapping_mul(step0))),
                u64::from(seed_high.wrapping_add(round.wrapping_mul(step1))),
            ]
        })
    }

    /// 128 random bits as two words.
    #[inline(always)]
    fn words(&self, keys: &[[u64; 2]; ROUNDS], path: u64, block: u32) -> [u64; 2] {
        let counter = [u64::from(block), u64::from(self.purpose), path & LOW_WORD, path >> 32];
        let [a, b, c, d] = philox(counter, keys);
        [a | (b << 32), c | (d << 32)]
    }
}

/// Philox4x32-10. Each 32-bit word is held in 64 bits, so that its product is one multiplication of a vector lane.
#[inline(always)]
fn philox(counter: [u64; 4], keys: &[[u64; 2]; ROUNDS]) -> [u64; 4] {
    let [multiplier0, multiplier1] = MULTIPLIERS;
    keys.iter().fold(counter, |[a, b, c, d], [key0, key1]| {
        let product0 = multiplier0 * a;
        let product1 = multiplier1 * c;
        [(product1 >> 32) ^ b ^ key0, product1 & LOW_WORD, (product0 >> 32) ^ d ^ key1, product0 & LOW_WORD]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn philox_words(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
        let stream = Stream::new(u64::from(key[0]) | (u64::from(key[1]) << 32), 0);
        philox(counter.map(u64::from), &stream.keys()).map(|word| word as u32)
    }

    #[test]
    fn philox_gives_the_known_answers() {
        // Random123, tests/kat_vectors, lines "philox4x32 10".
        assert_eq!(philox_words([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(
            philox_words([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox_words([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn the_counter_is_block_purpose_and_path() {
        let stream = Stream::new(0x299f_31d0_a409_3822, 0x85a3_08d3);
        let words = stream.words(&stream.keys(), 0x0370_7344_1319_8a2e, 0x243f_6a88);
        assert_eq!(words, [0x94fd_cceb_d16c_fe09, 0x2412_6ea1_5001_e420]);
    }

    /// Pairs of 1,000 neighbouring paths, 500 each.
    fn sample() -> Vec<[f64; 2]> {
        let stream = Stream::new(20_260_101, 0);
        (0..1000).flat_map(|path| (0..500).map(move |block| stream.normals(path, block))).collect()
    }

    #[test]
    fn normals_follow_the_normal_distribution() {
        let mut normals: Vec<f64> = sample().concat();
        let count = normals.len() as f64;
        normals.sort_by(f64::total_cmp);
        let distance = normals
            .iter()
            .enumerate()
            .map(|(below, normal)| {
                let probability = crate::normal::cumulative(*normal);
                (probability - below as f64 / count).max((below + 1) as f64 / count - probability)
            })
            .fold(0.0, f64::max);
        // Kolmogorov and Smirnov: 1.9495 is exceeded once in a thousand (scipy 1.17.1, kstwobign.isf(0.001)).
        assert!(distance * count.sqrt() < 1.9495, "{}", distance * count.sqrt());
        // Far tails: the share beyond 4 is 6.334e-5 (mpmath 1.4.1, 2 ncdf(-4)); five standard errors.
        let beyond = normals.iter().filter(|normal| normal.abs() > 4.0).count() as f64;
        assert!((beyond - 63.34).abs() < 5.0 * 63.34f64.sqrt(), "{beyond}");
    }

    #[test]
    fn neighbours_are_uncorrelated() {
        let pairs = sample();
        let correlation = |products: Vec<f64>| products.iter().sum::<f64>() / (products.len() as f64).sqrt();
        let within = correlation(pairs.iter().map(|[a, b]| a * b).collect());
        let squares = correlation(pairs.iter().map(|[a, b]| (a * a - 1.0) * (b * b - 1.0) / 2.0).collect());
        let next_block = correlation(pairs.windows(2).map(|pair| pair[0][0] * pair[1][0]).collect());
        let next_path = correlation(pairs.windows(501).map(|pair| pair[0][1] * pair[500][1]).collect());
        let other = Stream::new(20_260_101, 1);
        let purpose = correlation(
            pairs
                .iter()
                .zip(0u64..)
                .map(|([a, _], i)| a * other.normals(i / 500, (i % 500) as u32)[0])
                .collect(),
        );
        // Each is about standard normal when there is no correlation.
        for score in [within, squares, next_block, next_path, purpose] {
            assert!(score.abs() < 4.5, "{:?}", [within, squares, next_block, next_path, purpose]);
        }
    }

    #[test]
    fn uniforms_have_the_moments_of_the_uniform_distribution() {
        let stream = Stream::new(1, 9);
        let uniforms: Vec<f64> = (0..100_000).flat_map(|path| stream.uniforms(path, 0)).collect();
        let count = uniforms.len() as f64;
        let mean = uniforms.iter().sum::<f64>() / count;
        let square = uniforms.iter().map(|u| u * u).sum::<f64>() / count;
        // Standard errors: sqrt(1/12) and sqrt(4/45) over sqrt(count).
        assert!((mean - 0.5).abs() < 4.5 * (1.0 / 12.0 / count).sqrt(), "{mean}");
        assert!((square - 1.0 / 3.0).abs() < 4.5 * (4.0 / 45.0 / count).sqrt(), "{square}");
    }
}
