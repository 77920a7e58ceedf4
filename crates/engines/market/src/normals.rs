//! The standard normal numbers of a parametric model: random, antithetic, moment-matched, or quasi-random.

use super::{Sampling, bridge::BrownianBridge};
use wherewithal_math::random::purpose;
use wherewithal_math::{
    normal,
    random::{LANES, LaneStream, Lanes, Stream},
    sobol::{self, Sobol},
};

/// The number of paths whose moments are matched together.
pub(super) const BATCH: usize = 256;

/// A source of standard normal numbers, step by step.
pub(super) trait Normals {
    /// The numbers of the next step, an even number of rows.
    fn next(&mut self, normals: &mut [Lanes]);
}

impl Normals for LaneStream {
    #[inline(always)]
    fn next(&mut self, normals: &mut [Lanes]) {
        for pair in normals.chunks_exact_mut(2) {
            pair.copy_from_slice(&self.normals());
        }
    }
}

/// Numbers drawn in advance: the rows of one step after another.
pub(super) struct Drawn<'a> {
    rows: &'a [Lanes],
    width: usize,
}

impl<'a> Drawn<'a> {
    pub(super) fn new(rows: &'a [Lanes], width: usize) -> Self {
        Self { rows, width }
    }
}

impl Normals for Drawn<'_> {
    #[inline(always)]
    fn next(&mut self, normals: &mut [Lanes]) {
        if let Some((row, rest)) = self.rows.split_at_checked(self.width) {
            for (to, from) in normals.iter_mut().zip(row) {
                *to = *from;
            }
            self.rows = rest;
        }
    }
}

/// Draws all numbers of a block at once.
#[derive(Debug, Clone)]
pub(super) struct Sampler {
    stream: Stream,
    sampling: Sampling,
    /// The number of variables of one draw.
    pub(super) width: usize,
    /// The number of draws of one path, at least the number of steps.
    draws: usize,
    quasi_random: Option<(Sobol, BrownianBridge)>,
}

/// Working memory for one block.
#[derive(Debug, Clone, Default)]
pub(super) struct Scratch {
    /// For each draw, one row for each variable.
    pub(super) normals: Vec<Lanes>,
    levels: Vec<Lanes>,
    /// The batch that `moments` belongs to.
    batch: Option<u64>,
    /// For each number of a path, the mean over the batch and the reciprocal of the deviation.
    moments: Vec<[f64; 2]>,
}

impl Sampler {
    pub(super) fn new(stream: Stream, seed: u64, sampling: Sampling, width: usize, draws: usize) -> Self {
        let quasi_random = (sampling == Sampling::Sobol).then(|| {
            // The bridge orders draws by importance; those beyond the last dimension are pseudo-random.
            let dimensions = (width * draws).min(sobol::DIMENSIONS);
            let scrambling = Stream::new(seed, purpose::MARKET_SCRAMBLING);
            (Sobol::scrambled(dimensions, &scrambling), BrownianBridge::new(draws))
        });
        Self { stream, sampling, width, draws, quasi_random }
    }

    /// The path whose random numbers a path uses: antithetic paths share those of their pair.
    #[inline(always)]
    pub(super) fn source(&self, path: u64) -> u64 {
        if self.sampling == Sampling::Antithetic { path / 2 } else { path }
    }

    /// The draws of the paths of a block from another stream.
    #[inline(always)]
    pub(super) fn lanes(&self, stream: &Stream, block: u64) -> LaneStream {
        stream.lanes_of(|lane| self.source(block * LANES as u64 + lane))
    }

    #[inline(always)]
    pub(super) fn draw(&self, block: u64, scratch: &mut Scratch) {
        scratch.normals.resize(self.width * self.draws, [0.0; LANES]);
        match (&self.quasi_random, self.sampling) {
            (Some((points, bridge)), _) => self.quasi_random(points, bridge, block, scratch),
            (None, Sampling::MomentMatching) => {
                self.match_moments(block, scratch);
                self.random(block, &mut scratch.normals);
                for (normals, [mean, scale]) in scratch.normals.iter_mut().zip(&scratch.moments) {
                    for normal in normals {
                        *normal = (*normal - mean) * scale;
                    }
                }
            }
            (None, sampling) => {
                self.random(block, &mut scratch.normals);
                if sampling == Sampling::Antithetic {
                    for second in scratch.normals.iter_mut().flat_map(|row| row.iter_mut().skip(1).step_by(2))
                    {
                        *second = -*second;
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn random(&self, block: u64, normals: &mut [Lanes]) {
        let mut draws = self.lanes(&self.stream, block);
        for row in normals.chunks_exact_mut(self.width) {
            for pair in row.chunks_mut(2) {
                for (to, from) in pair.iter_mut().zip(draws.normals()) {
                    *to = from;
                }
            }
        }
    }

    #[inline(always)]
    fn quasi_random(&self, points: &Sobol, bridge: &BrownianBridge, block: u64, scratch: &mut Scratch) {
        let first = block * LANES as u64;
        let mut others = self.stream.lanes(first);
        bridge.steps(self.width, &mut scratch.levels, &mut scratch.normals, |point, variable| {
            let dimension = point * self.width + variable;
            if dimension < points.dimensions() {
                return points.coordinates(dimension, first).map(normal::inverse_inside);
            }
            let [random, _] = others.normals();
            random
        });
    }

    /// Computes the moments of the batch that contains a block, unless they are known from the last block.
    #[inline(always)]
    fn match_moments(&self, block: u64, scratch: &mut Scratch) {
        let blocks = (BATCH / LANES) as u64;
        let batch = block / blocks;
        if scratch.batch == Some(batch) {
            return;
        }
        scratch.batch = Some(batch);
        let mut sums = vec![[[0.0; LANES]; 2]; scratch.normals.len()];
        for block in batch * blocks..(batch + 1) * blocks {
            self.random(block, &mut scratch.normals);
            for ([sums, squares], normals) in sums.iter_mut().zip(&scratch.normals) {
                for ((sum, square), normal) in sums.iter_mut().zip(squares).zip(normals) {
                    *sum += normal;
                    *square += normal * normal;
                }
            }
        }
        scratch.moments.clear();
        scratch.moments.extend(sums.iter().map(|[sums, squares]| {
            let mean = sums.iter().sum::<f64>() / BATCH as f64;
            // Cancellation is harmless here: the numbers are standard normal, so the mean is small compared with the
            // deviation.
            let variance = squares.iter().sum::<f64>() / BATCH as f64 - mean * mean;
            [mean, 1.0 / variance.sqrt()]
        }));
    }
}
