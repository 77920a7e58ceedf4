//! Monte Carlo simulation of portfolios.
//!
//! The simple loops use rand, rand_distr and rayon: one generator and one path at a time.

use std::{
    hint::black_box,
    sync::atomic::{AtomicU64, Ordering},
};

use rand::{RngExt, SeedableRng, rngs::SmallRng};
use rand_distr::StandardNormal;
use rayon::prelude::*;
use wherewithal::{
    control::Control,
    market::{MarketHistory, MarketModel},
    simulation::{self, PortfolioResult},
};
use wherewithal_benches::{
    ASSET_CLASSES, CORRELATIONS, WEIGHTS, accumulation as accumulation_of, historical_retirement,
    retirement as retirement_of,
};

use crate::measure::{Measured, best};

/// 10th, 50th and 90th percentile at the end and the share at the target, from 4,000,000 paths by numpy.
const ACCUMULATED: [f64; 4] = [726_796.0, 1_611_687.0, 3_813_802.0, 0.54404];
/// The share of paths that hold, and the 50th, 75th and 95th percentile of the last year, likewise.
const RETIRED: [f64; 4] = [0.73823, 368_344.0, 1_004_314.0, 2_719_667.0];
const RETIRED_FROM_HISTORY: [f64; 4] = [0.83402, 404_330.0, 839_967.0, 1_841_350.0];

const PATHS: usize = 100_000;
const YEARS: usize = 40;
/// The number of paths processed together.
const BLOCK: usize = 1000;
const PROBABILITIES: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/// The largest relative error.
fn worst(found: [f64; 4], expected: [f64; 4]) -> f64 {
    let errors = found.iter().zip(&expected).map(|(found, expected)| (found / expected - 1.0).abs());
    errors.fold(0.0, f64::max)
}

pub(crate) fn accumulation(workload: &str, peer: &str, repetitions: u32) -> Measured {
    let mut question = accumulation_of(10_000);
    if workload == "w1-million" {
        question.paths = 1_000_000;
        question.months = 480;
    }
    let months = question.months as usize;
    let error = |found: &[f64; 4]| if months == 360 { worst(*found, ACCUMULATED) } else { 0.0 };
    let ours = |control: &Control<'_>| {
        let result = simulation::run(&question, control).expect("a result");
        let percentiles = &result.terminal_nominal.percentiles;
        let at = |index: usize| percentiles.get(index).expect("a percentile").value;
        [at(0), at(1), at(2), result.target_probability.expect("a share")]
    };
    match peer {
        "wherewithal" => best(repetitions, || ours(&Control::default()), error),
        "wherewithal, with progress" => {
            let reports = AtomicU64::new(0);
            let observer = |_| {
                reports.fetch_add(1, Ordering::Relaxed);
            };
            best(repetitions, || ours(&Control::with_observer(&observer)), error)
        }
        _ => best(repetitions, || accumulate(question.paths, months), error),
    }
}

fn accumulate(paths: u64, months: usize) -> [f64; 4] {
    let (mean, deviation) = (0.07 / 12.0 - 0.15 * 0.15 / 24.0, 0.15 / 12f64.sqrt());
    let path = |seed: u64| {
        let mut random = SmallRng::seed_from_u64(seed);
        (0..months).fold(100_000.0, |balance, _| {
            let normal: f64 = random.sample(StandardNormal);
            balance * (mean + deviation * normal).exp() + 1000.0
        })
    };
    let mut balances: Vec<f64> = (0..paths).into_par_iter().map(path).collect();
    let share = balances.iter().filter(|balance| **balance >= 1_500_000.0).count() as f64 / paths as f64;
    let [low, middle, high] = select(&mut balances, [0.1, 0.5, 0.9]);
    [low, middle, high, share]
}

/// Percentiles by linear interpolation, each by a selection among the values above the previous one.
fn select<const N: usize>(values: &mut [f64], probabilities: [f64; N]) -> [f64; N] {
    let last = (values.len() - 1) as f64;
    let (mut rest, mut first) = (values, 0);
    probabilities.map(|probability| {
        let place = (last * probability) as usize;
        let (_, lower, above) =
            std::mem::take(&mut rest).select_nth_unstable_by(place - first, f64::total_cmp);
        let upper = above.iter().copied().fold(f64::INFINITY, f64::min);
        let upper = if upper.is_finite() { upper } else { *lower };
        let result = *lower + (last * probability - place as f64) * (upper - *lower);
        (rest, first) = (above, place + 1);
        result
    })
}

pub(crate) fn retirement(workload: &str, peer: &str, repetitions: u32) -> Measured {
    let historical = workload == "w3";
    let question = if historical { historical_retirement(PATHS as u64) } else { retirement_of(PATHS as u64) };
    let error = |found: &[f64; 4]| worst(*found, if historical { RETIRED_FROM_HISTORY } else { RETIRED });
    let ours = |control: &Control<'_>| answer(&simulation::portfolio(&question, control).expect("a result"));
    if peer == "wherewithal" {
        return best(repetitions, || ours(&Control::default()), error);
    }
    if peer == "wherewithal, with progress" {
        let reports = AtomicU64::new(0);
        let observer = |_| {
            reports.fetch_add(1, Ordering::Relaxed);
        };
        return best(repetitions, || ours(&Control::with_observer(&observer)), error);
    }
    let MarketModel::Bootstrap { history, .. } = historical_retirement(1).market else {
        panic!("the market is a history")
    };
    let months = growth_of(&history);
    let model = ParametricModel::new();
    let mut balances = vec![0.0; PATHS * YEARS];
    let run = || {
        let held = match (workload, peer) {
            ("w2", _) => simulate(&mut balances, |seed| Parametric {
                model: &model,
                random: SmallRng::seed_from_u64(seed),
                inflation: 0.025,
            }),
            (_, "plain loop") => simulate(&mut balances, |seed| Months {
                months: &months,
                random: SmallRng::seed_from_u64(seed),
            }),
            _ => {
                let years: Vec<[f64; 2]> = months.windows(12).map(year_of).collect();
                simulate(&mut balances, |seed| CollapsedYears {
                    years: &years,
                    random: SmallRng::seed_from_u64(seed),
                })
            }
        };
        fan(&balances, held)
    };
    best(repetitions, run, error)
}

fn answer(result: &PortfolioResult) -> [f64; 4] {
    let at = |index: usize| result.terminal_real.percentiles.get(index).expect("a percentile").value;
    [result.success.probability, at(3), at(4), at(6)]
}

/// The source of the growth of the portfolio and of prices in a year.
trait Years {
    fn next(&mut self) -> [f64; 2];
}

/// Runs all paths and returns the number of successful ones. The real balances of a year are contiguous for each block
/// of paths.
fn simulate<Y: Years>(balances: &mut [f64], years_of: impl Fn(u64) -> Y + Sync) -> usize {
    let path = |path: u64, block: &mut [f64]| {
        let mut years = years_of(path);
        let (mut balance, mut prices, mut holds) = (200_000.0, 1.0, true);
        for (year, reals) in block.chunks_exact_mut(BLOCK).enumerate() {
            balance += prices * if year < 20 { 20_000.0 } else { -40_000.0 };
            if balance < 0.0 {
                (balance, holds) = (0.0, false);
            }
            let [growth, inflation] = years.next();
            balance *= growth;
            prices *= inflation;
            reals[path as usize % BLOCK] = balance / prices;
        }
        usize::from(holds)
    };
    let block = |(index, block): (usize, &mut [f64])| {
        (0..BLOCK).map(|offset| path((index * BLOCK + offset) as u64, block)).sum::<usize>()
    };
    balances.par_chunks_exact_mut(BLOCK * YEARS).enumerate().map(block).sum()
}

/// Computes seven percentiles of every year; returns those to check.
fn fan(balances: &[f64], held: usize) -> [f64; 4] {
    let year = |year: usize| {
        let of_year = balances.chunks_exact(BLOCK).skip(year).step_by(YEARS);
        select(&mut of_year.flatten().copied().collect::<Vec<f64>>(), PROBABILITIES)
    };
    let years: Vec<[f64; 7]> = (0..YEARS).into_par_iter().map(year).collect();
    let [_, _, _, middle, upper, _, high] = black_box(years)[YEARS - 1];
    [held as f64 / PATHS as f64, middle, upper, high]
}

/// Five correlated lognormal asset classes and autoregressive inflation.
struct Parametric<'a> {
    model: &'a ParametricModel,
    random: SmallRng,
    inflation: f64,
}

struct ParametricModel {
    factor: [[f64; 6]; 6],
    means: [f64; 5],
}

impl ParametricModel {
    fn new() -> Self {
        let mut factor = [[0.0; 6]; 6];
        for row in 0..6 {
            for column in 0..=row {
                let sum: f64 = (0..column).map(|k| factor[row][k] * factor[column][k]).sum();
                let rest = CORRELATIONS[row][column] - sum;
                factor[row][column] = if row == column { rest.sqrt() } else { rest / factor[column][column] };
            }
        }
        Self {
            factor,
            means: ASSET_CLASSES.map(|(_, mean, deviation)| mean.ln_1p() - deviation * deviation / 2.0),
        }
    }
}

impl Years for Parametric<'_> {
    fn next(&mut self) -> [f64; 2] {
        let normals: [f64; 6] = std::array::from_fn(|_| self.random.sample(StandardNormal));
        let shock = |row: &[f64; 6]| row.iter().zip(&normals).map(|(weight, normal)| weight * normal).sum();
        let shocks: [f64; 6] = self.model.factor.each_ref().map(shock);
        let growth = |asset: usize| {
            WEIGHTS[asset] * (self.model.means[asset] + ASSET_CLASSES[asset].2 * shocks[asset]).exp()
        };
        self.inflation = 0.025 + 0.6 * (self.inflation - 0.025) + 0.012 * shocks[5];
        [(0..5).map(growth).sum(), 1.0 + self.inflation]
    }
}

/// Twelve months in a row of a history, multiplied in every draw.
struct Months<'a> {
    months: &'a [[f64; 6]],
    random: SmallRng,
}

impl Years for Months<'_> {
    fn next(&mut self) -> [f64; 2] {
        let first = self.random.random_range(0..self.months.len() - 11);
        year_of(&self.months[first..first + 12])
    }
}

/// The same, with all possible years multiplied beforehand.
struct CollapsedYears<'a> {
    years: &'a [[f64; 2]],
    random: SmallRng,
}

impl Years for CollapsedYears<'_> {
    fn next(&mut self) -> [f64; 2] {
        self.years[self.random.random_range(0..self.years.len())]
    }
}

/// The growth of the portfolio and of prices in twelve months.
fn year_of(months: &[[f64; 6]]) -> [f64; 2] {
    let mut growth = [1.0; 6];
    for month in months {
        for (growth, factor) in growth.iter_mut().zip(month) {
            *growth *= factor;
        }
    }
    [WEIGHTS.iter().zip(&growth).map(|(weight, growth)| weight * growth).sum(), growth[5]]
}

fn growth_of(history: &MarketHistory) -> Vec<[f64; 6]> {
    let month = |(returns, inflation): (&Vec<f64>, &f64)| {
        std::array::from_fn(|column| 1.0 + returns.get(column).unwrap_or(inflation))
    };
    history.returns.iter().zip(&history.inflation).map(month).collect()
}
