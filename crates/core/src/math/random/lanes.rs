//! Long streams of random numbers, many paths at a time.

use std::array;

use super::{HALF_STEP, LANES, Lanes, Stream, radius, turn, unit_above_one};

/// One random word for each lane.
type Words = [u64; LANES];

/// The random numbers of [`LANES`] neighbouring paths, drawn one after another, each path from a generator of its own.
///
/// What a path draws depends on the seed, the purpose, the path and how often was drawn before, and not on its
/// neighbours. The generator is xoshiro256++ of Blackman and Vigna, "Scrambled linear pseudorandom number generators"
/// (ACM Transactions on Mathematical Software 47, 2021), which takes fewer operations than Philox and no
/// multiplication. Its 256 bits of state start as the two Philox blocks of the path at the highest positions, so that
/// no two paths of a seed and purpose start alike.
#[derive(Debug, Clone)]
pub(crate) struct LaneStream {
    state: [Words; 4],
}

impl Stream {
    /// The draws of [`LANES`] paths from `first_path` on.
    #[inline(always)]
    pub(crate) fn lanes(&self, first_path: u64) -> LaneStream {
        self.lanes_of(|lane| first_path + lane)
    }

    /// The draws of [`LANES`] paths, each of which is a function of its lane. Lanes with one path draw alike.
    #[inline(always)]
    pub(crate) fn lanes_of(&self, path: impl Fn(u64) -> u64) -> LaneStream {
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
}

impl LaneStream {
    /// The next 64 random bits of each lane.
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "a lane is below LANES")]
    pub(crate) fn words(&mut self) -> Words {
        let [a, b, c, d] = &mut self.state;
        array::from_fn(|lane| {
            let (s0, s1, s2, s3) = (a[lane], b[lane], c[lane], d[lane]);
            let word = s0.wrapping_add(s3).rotate_left(23).wrapping_add(s0);
            let (s2, s3) = (s2 ^ s0, s3 ^ s1);
            b[lane] = s1 ^ s2;
            a[lane] = s0 ^ s3;
            c[lane] = s2 ^ (s1 << 17);
            d[lane] = s3.rotate_left(45);
            word
        })
    }

    /// The next uniform number of each lane: odd multiples of 2^-53 strictly between 0 and 1.
    #[inline(always)]
    pub(crate) fn uniforms(&mut self) -> Lanes {
        self.words().map(|word| unit_above_one(word) - (1.0 - HALF_STEP))
    }

    /// The next two independent standard normal numbers of each lane; at most 8.6 in size.
    #[inline(always)]
    pub(crate) fn normals(&mut self) -> [Lanes; 2] {
        let (radius_words, angle_words) = (self.words(), self.words());
        let (mut first, mut second) = ([0.0; LANES], [0.0; LANES]);
        let words = radius_words.iter().zip(&angle_words);
        for ((first, second), (radius_word, angle_word)) in first.iter_mut().zip(&mut second).zip(words) {
            [*first, *second] = turn(radius(*radius_word), *angle_word);
        }
        [first, second]
    }
}
