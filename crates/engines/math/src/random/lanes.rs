//! Long streams of random numbers, many paths at a time.

use super::{LANES, Lanes, Stream, normal};

/// One random word for each lane.
type Words = [u64; LANES];

/// The random numbers of [`LANES`] neighbouring paths, drawn in sequence, each path from its own generator.
///
/// The numbers of a path depend on the seed, the purpose, the path and the number of earlier draws, and not on its
/// neighbours. The generator is xoshiro256++ of Blackman and Vigna, "Scrambled linear pseudorandom number generators"
/// (ACM Transactions on Mathematical Software 47, 2021), which takes fewer operations than Philox and no
/// multiplication. Its initial state of 256 bits is the two Philox blocks of the path at the highest positions, so no
/// two paths of a seed and purpose start in the same state.
#[derive(Debug, Clone)]
pub struct LaneStream {
    state: [Words; 4],
}

/// The standard normal numbers of a [`LaneStream`], in the same order and to the bit, for callers that draw nothing
/// else.
///
/// The radii of the next pair are computed together with the directions of this one. Neither waits for the other, which
/// keeps the processor busy.
#[derive(Debug, Clone)]
pub struct LaneNormals {
    words: LaneStream,
    half_squared_radii: Lanes,
    angle_words: Words,
}

impl Stream {
    /// The draws of [`LANES`] paths from `first_path` on.
    #[inline(always)]
    pub fn lanes(&self, first_path: u64) -> LaneStream {
        self.lanes_of(|lane| first_path + lane)
    }

    /// The draws of [`LANES`] paths, where the path is a function of the lane. Lanes with the same path draw the same
    /// numbers.
    #[inline(always)]
    pub fn lanes_of(&self, path: impl Fn(u64) -> u64) -> LaneStream {
        let keys = self.keys();
        let mut state = [[0; LANES]; 4];
        let [a, b, c, d] = &mut state;
        for (lane, ((a, b), (c, d))) in a.iter_mut().zip(b).zip(c.iter_mut().zip(d)).enumerate() {
            let path = path(lane as u64);
            [*a, *b] = self.words(&keys, path, u32::MAX);
            [*c, *d] = self.words(&keys, path, u32::MAX - 1);
        }
        LaneStream { state }
    }

    /// The standard normal numbers of [`LANES`] paths from `first_path` on.
    #[inline(always)]
    pub fn lane_normals(&self, first_path: u64) -> LaneNormals {
        let mut normals = LaneNormals {
            words: self.lanes(first_path),
            half_squared_radii: [0.0; LANES],
            angle_words: [0; LANES],
        };
        normals.next();
        normals
    }
}

impl LaneStream {
    /// The next 64 random bits of each lane.
    #[inline(always)]
    pub fn words(&mut self) -> Words {
        let [a, b, c, d] = &mut self.state;
        let mut words = [0; LANES];
        for (word, ((a, b), (c, d))) in
            words.iter_mut().zip(a.iter_mut().zip(b.iter_mut()).zip(c.iter_mut().zip(d.iter_mut())))
        {
            *word = next_word([a, b, c, d]);
        }
        words
    }

    /// The next uniform number of each lane: odd multiples of 2^-53 strictly between 0 and 1.
    #[inline(always)]
    pub fn uniforms(&mut self) -> Lanes {
        let words = self.words();
        let mut uniforms = [0.0; LANES];
        for (uniform, word) in uniforms.iter_mut().zip(&words) {
            *uniform = normal::unit(*word);
        }
        uniforms
    }

    /// The next two independent standard normal numbers of each lane; at most 8.6 in absolute value.
    #[inline(always)]
    pub fn normals(&mut self) -> [Lanes; 2] {
        let (radius_words, angle_words) = (self.words(), self.words());
        let (mut first, mut second) = ([0.0; LANES], [0.0; LANES]);
        let words = radius_words.iter().zip(&angle_words);
        for ((first, second), (radius_word, angle_word)) in first.iter_mut().zip(&mut second).zip(words) {
            [*first, *second] = normal::pair(*radius_word, *angle_word);
        }
        [first, second]
    }
}

impl LaneNormals {
    /// The next two independent standard normal numbers of each lane; at most 8.6 in absolute value.
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "a lane is below LANES")]
    pub fn next(&mut self) -> [Lanes; 2] {
        let (mut first, mut second) = ([0.0; LANES], [0.0; LANES]);
        let [a, b, c, d] = &mut self.words.state;
        // A single loop, so that the processor overlaps both halves of the work.
        for lane in 0..LANES {
            [first[lane], second[lane]] = normal::turn(self.half_squared_radii[lane], self.angle_words[lane]);
            let radius_word = next_word([&mut a[lane], &mut b[lane], &mut c[lane], &mut d[lane]]);
            self.half_squared_radii[lane] = normal::half_squared_radius(radius_word);
            self.angle_words[lane] = next_word([&mut a[lane], &mut b[lane], &mut c[lane], &mut d[lane]]);
        }
        [first, second]
    }
}

/// The next word of one generator.
#[inline(always)]
fn next_word([a, b, c, d]: [&mut u64; 4]) -> u64 {
    let word = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
    let shifted = *b << 17;
    *c ^= *a;
    *d ^= *b;
    *b ^= *c;
    *a ^= *d;
    *c ^= shifted;
    *d = d.rotate_left(45);
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::{Kernel, ways};

    #[test]
    fn the_generator_gives_the_known_answers() {
        // rand 0.10.2, rngs/xoshiro256plusplus.rs: made with the reference implementation xoshiro256plusplus.c.
        let expected = [
            41_943_041,
            58_720_359,
            3_588_806_011_781_223,
            3_591_011_842_654_386,
            9_228_616_714_210_784_205,
            9_973_669_472_204_895_162,
            14_011_001_112_246_962_877,
            12_406_186_145_184_390_807,
            15_849_039_046_786_891_736,
            10_450_023_813_501_588_000,
        ];
        let mut stream = LaneStream { state: [[1; LANES], [2; LANES], [3; LANES], [4; LANES]] };
        for expected in expected {
            assert_eq!(stream.words(), [expected; LANES]);
        }
    }

    #[test]
    fn a_path_starts_from_its_own_philox_blocks() {
        let stream = Stream::new(0x299f_31d0_a409_3822, 3);
        let lanes = stream.lanes(1_000_003);
        for lane in 0..LANES {
            let words = |position| stream.words(&stream.keys(), 1_000_003 + lane as u64, position);
            let [[a, b], [c, d]] = [words(u32::MAX), words(u32::MAX - 1)];
            assert_eq!([0, 1, 2, 3].map(|word: usize| lanes.state[word][lane]), [a, b, c, d]);
        }
    }

    #[test]
    fn a_path_draws_the_same_in_any_lane() {
        let stream = Stream::new(5, 0);
        let (mut here, mut there) = (stream.lanes(100), stream.lanes(103));
        for _ in 0..50 {
            let ([x, y], [z, w]) = (here.normals(), there.normals());
            assert_eq!((&x[3..], &y[3..]), (&z[..LANES - 3], &w[..LANES - 3]));
        }
    }

    #[test]
    fn normals_drawn_ahead_are_those_of_the_stream() {
        let stream = Stream::new(9, 2);
        let (mut plain, mut ahead) = (stream.lanes(48), stream.lane_normals(48));
        for _ in 0..100 {
            assert_eq!(plain.normals(), ahead.next());
        }
    }

    struct Draw<'a>(&'a mut Vec<Lanes>);

    impl Kernel for Draw<'_> {
        #[inline(always)]
        fn run(self) {
            let stream = Stream::new(0x1f_ffff_ffff_ffff, 3);
            let (mut words, mut normals) = (stream.lanes(16), stream.lane_normals(32));
            for _ in 0..50 {
                self.0.extend([words.uniforms()].into_iter().chain(words.normals()).chain(normals.next()));
            }
        }
    }

    #[test]
    fn every_instruction_set_draws_the_same_bits() {
        let ways = ways::<Draw<'_>>();
        let mut drawn = vec![Vec::new(); ways.len()];
        for (way, numbers) in ways.into_iter().zip(&mut drawn) {
            way(Draw(numbers));
        }
        assert!(drawn.iter().all(|numbers| *numbers == drawn[0] && numbers.len() == 250));
    }

    /// Pairs of 1,024 neighbouring paths, 500 each, path by path.
    fn sample(purpose: u32) -> Vec<Vec<[f64; 2]>> {
        let stream = Stream::new(20_260_101, purpose);
        let mut paths = vec![Vec::new(); 1024];
        for (block, paths) in (0u64..).zip(paths.chunks_mut(LANES)) {
            let mut normals = stream.lane_normals(block * LANES as u64);
            for _ in 0..500 {
                let [first, second] = normals.next();
                for (lane, path) in paths.iter_mut().enumerate() {
                    path.push([first[lane], second[lane]]);
                }
            }
        }
        paths
    }

    #[test]
    fn normals_follow_the_normal_distribution() {
        let mut normals: Vec<f64> = sample(0).concat().concat();
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
        let expected = 6.334e-5 * count;
        assert!((beyond - expected).abs() < 5.0 * expected.sqrt(), "{beyond}");
    }

    #[test]
    fn neighbours_are_uncorrelated() {
        let (paths, other) = (sample(0), sample(1));
        let correlation = |products: Vec<f64>| products.iter().sum::<f64>() / (products.len() as f64).sqrt();
        let pairs = || paths.iter().flatten();
        let within = correlation(pairs().map(|[a, b]| a * b).collect());
        let squares = correlation(pairs().map(|[a, b]| (a * a - 1.0) * (b * b - 1.0) / 2.0).collect());
        let next_pair = correlation(
            paths.iter().flat_map(|path| path.windows(2).map(|pair| pair[0][1] * pair[1][0])).collect(),
        );
        let next_path = correlation(
            paths.windows(2).flat_map(|two| two[0].iter().zip(&two[1]).map(|(a, b)| a[0] * b[0])).collect(),
        );
        let squares_of_next_path = correlation(
            paths
                .windows(2)
                .flat_map(|two| {
                    two[0].iter().zip(&two[1]).map(|(a, b)| (a[0] * a[0] - 1.0) * (b[0] * b[0] - 1.0) / 2.0)
                })
                .collect(),
        );
        let purpose = correlation(pairs().zip(other.iter().flatten()).map(|(a, b)| a[0] * b[0]).collect());
        // Each is about standard normal when there is no correlation.
        for score in [within, squares, next_pair, next_path, squares_of_next_path, purpose] {
            assert!(
                score.abs() < 4.5,
                "{:?}",
                [within, squares, next_pair, next_path, squares_of_next_path, purpose]
            );
        }
    }

    #[test]
    fn uniforms_have_the_moments_of_the_uniform_distribution() {
        let stream = Stream::new(1, 9);
        let mut uniforms = Vec::new();
        for block in 0..1000 {
            let mut lanes = stream.lanes(block * LANES as u64);
            uniforms.extend((0..10).flat_map(|_| lanes.uniforms()));
        }
        let count = uniforms.len() as f64;
        let mean = uniforms.iter().sum::<f64>() / count;
        let square = uniforms.iter().map(|u| u * u).sum::<f64>() / count;
        // Standard errors: sqrt(1/12) and sqrt(4/45) over sqrt(count).
        assert!((mean - 0.5).abs() < 4.5 * (1.0 / 12.0 / count).sqrt(), "{mean}");
        assert!((square - 1.0 / 3.0).abs() < 4.5 * (4.0 / 45.0 / count).sqrt(), "{square}");
    }
}
