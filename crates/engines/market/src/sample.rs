//! Statistics of paths drawn from a market model.

use super::{CorrelationRepair, MarketModel, growth::GrowthBlock, limits, market::Market};
use wherewithal_base::{ErrorCode, Result, check, control::Control, error::At, wire::Wire};
use wherewithal_math::{
    self as math,
    parallel::{self, Tally},
    random::LANES,
};

const MAX_YEARS: u32 = 100;
const MAX_PATHS: u64 = 1_000_000;
const MAX_STEPS: u64 = 100_000_000;
const MAX_SHOWN: u32 = 100;

/// Blocks of paths that one thread takes at a time: a multiple of the batches whose moments are matched together.
const BLOCKS: u64 = 64;
const CHUNK: u64 = BLOCKS * LANES as u64;

/// Input of `market.sample`.
#[derive(Debug, Clone, Wire)]
pub struct MarketSampleInput {
    /// The model.
    pub market: MarketModel,

    /// Years to simulate, 1 to 100.
    #[wire(range = 1..=100)]
    pub years: u32,

    /// Steps in a year: 1 or 12.
    #[wire(default = one)]
    pub steps_per_year: u32,

    /// Number of paths, 1 to 1,000,000; paths times steps must not exceed 100,000,000. A model with its own paths may
    /// have fewer.
    #[wire(default = default_paths, range = 1..=1_000_000)]
    pub paths: u64,

    /// Seed of the random numbers, 0 to 2^53 - 1.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,

    /// The number of paths to show step by step, from the first on, 0 to 100.
    #[wire(default = default_shown, range = 0..=100)]
    pub shown_paths: u32,
}

/// The result of `market.sample`.
#[derive(Debug, Clone, Wire)]
pub struct MarketSampleResult {
    /// The asset classes, then `inflation`: the statistics of their returns over all steps of all paths.
    pub columns: Vec<MarketSampleColumn>,

    /// The correlations of the returns within a step, in the order of `columns`; 0 if a return never changes.
    pub correlations: Vec<Vec<f64>>,

    /// The first paths, step by step.
    pub shown_paths: Vec<MarketSamplePath>,

    /// The correlation matrices of the model that were not positive semi-definite, and their replacements.
    pub correlation_repairs: Vec<CorrelationRepair>,

    /// The number of paths that were drawn.
    pub paths: u64,

    /// The number of steps of each path.
    pub steps: u32,
}

/// The returns of one asset class, or inflation, in one step, as fractions after fees.
#[derive(Debug, Clone, Wire)]
pub struct MarketSampleColumn {
    /// The name of the asset class, or `inflation`.
    pub name: String,

    /// Arithmetic mean.
    pub mean: f64,

    /// Standard deviation (divisor n).
    pub standard_deviation: f64,

    /// Skewness: the third central moment over the cube of the standard deviation; null if nothing varies.
    pub skewness: Option<f64>,

    /// Kurtosis: the fourth central moment over the squared variance, 3 for a normal distribution; null if nothing
    /// varies.
    pub kurtosis: Option<f64>,

    /// Correlation of a step's return with that of the previous step; null if nothing varies or there is a single step.
    pub autocorrelation: Option<f64>,

    /// Smallest return.
    pub smallest: f64,

    /// Largest return.
    pub largest: f64,

    /// Compound return of one year: the exponential of the mean logarithmic growth of a year, less one.
    pub compound_annual_return: f64,

    /// The mean of the model in closed form; null if there is none or it differs from step to step.
    pub expected_mean: Option<f64>,

    /// The standard deviation of the model in closed form; null as for `expectedMean`.
    pub expected_standard_deviation: Option<f64>,
}

/// One path of a market.
#[derive(Debug, Clone, Wire)]
pub struct MarketSamplePath {
    /// The number of the path, from 0.
    pub path: u64,

    /// Its steps in order.
    pub steps: Vec<MarketSampleStep>,
}

/// One step of one path of a market.
#[derive(Debug, Clone, Wire)]
pub struct MarketSampleStep {
    /// Returns of the asset classes as fractions, after fees.
    pub returns: Vec<f64>,

    /// Inflation as a fraction.
    pub inflation: f64,
}

/// Draws paths from a market model and reports their statistics, next to those that the model has in closed form.
///
/// ```
/// # use wherewithal_market::wherewithal;
/// use wherewithal::{control::Control, market::{self, AssetClass, MarketModel, MarketSampleInput, ReturnConvention}};
///
/// let shares = AssetClass {
///     name: "shares".to_owned(),
///     expected_return: 0.07,
///     volatility: 0.16,
///     return_convention: ReturnConvention::Arithmetic,
///     annual_fee: 0.0,
/// };
/// let market = MarketModel::Lognormal {
///     asset_classes: vec![shares],
///     inflation: Default::default(),
///     correlations: Vec::new(),
///     sampling: Default::default(),
/// };
/// let sample = MarketSampleInput { market, years: 10, steps_per_year: 1, paths: 1000, seed: 7, shown_paths: 0 };
/// let found = market::sample(&sample, &Control::default())?;
/// assert!((found.columns[0].mean - 0.07).abs() < 0.01);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// The codes of invalid values, below `market`; `term.out_of_range`, `frequency.unsupported`, `paths.out_of_range`,
/// `seed.out_of_range`; `operation.cancelled`.
#[expect(clippy::indexing_slicing, reason = "there is a column for each asset class and one for prices")]
pub fn sample(input: &MarketSampleInput, control: &Control<'_>) -> Result<MarketSampleResult> {
    let steps = check_input(input)?;
    let market = Market::new(&input.market, steps, input.steps_per_year, input.paths, input.seed, control)
        .at("market")?;
    let chunks = market.paths().div_ceil(CHUNK);
    let tally = Tally::new(control, 2 * chunks);
    // Two passes: moments about the mean would lose digits if they were computed from sums of powers. Paths are drawn
    // again because keeping them would take too much memory.
    let parts = parallel::map(chunks as usize, &tally, |chunk| Ok(Range::of_chunk(&market, chunk as u64)))?;
    let width = market.asset_classes().len() + 1;
    let range = parts.iter().fold(Range::new(width), Range::merged);
    let count = (market.paths() * u64::from(steps)) as f64;
    let means: Vec<f64> = range.sums.iter().map(|sum| sum / count).collect();
    let parts =
        parallel::map(chunks as usize, &tally, |chunk| Ok(Moments::of_chunk(&market, chunk as u64, &means)))?;
    let moments = parts.iter().fold(Moments::new(width), Moments::merged);
    let expected = market.moments().unwrap_or_default();
    let names = market.asset_classes().iter().map(String::as_str).chain(["inflation"]);
    let columns = names.enumerate().map(|(column, name)| {
        let log_growth = range.log_sums[column] / count;
        // Each path has one pair of neighbouring steps fewer than steps.
        let mut found = moments.column(name, column, &means, count, count - market.paths() as f64);
        found.smallest = range.smallest[column];
        found.largest = range.largest[column];
        found.compound_annual_return = math::exp_m1(log_growth * f64::from(input.steps_per_year));
        let known = if column + 1 < width { expected.get(column) } else { None };
        found.expected_mean = known.map(|[mean, _]| mean - 1.0);
        found.expected_standard_deviation = known.map(|[_, deviation]| *deviation);
        found
    });
    Ok(MarketSampleResult {
        columns: columns.collect(),
        correlations: moments.correlations(&means, count),
        shown_paths: shown(&market, u64::from(input.shown_paths).min(market.paths())),
        correlation_repairs: market.correlation_repairs().to_vec(),
        paths: market.paths(),
        steps,
    })
}

/// The number of steps.
fn check_input(input: &MarketSampleInput) -> Result<u32> {
    check::whole(input.years, 1..=MAX_YEARS, ErrorCode::TermOutOfRange).at("years")?;
    limits::frequency(input.steps_per_year).at("stepsPerYear")?;
    let steps = input.years * input.steps_per_year;
    let most = MAX_PATHS.min(MAX_STEPS / u64::from(steps));
    check::paths(input.paths, most, &format!("for {steps} steps")).at("paths")?;
    check::seed(input.seed).at("seed")?;
    check::whole(input.shown_paths, 0..=MAX_SHOWN, ErrorCode::CountOutOfRange).at("shownPaths")?;
    Ok(steps)
}

/// Visits the paths of a chunk in order: the returns of each, step by step in one row.
#[expect(clippy::indexing_slicing, reason = "the lane is below LANES")]
fn visit(market: &Market, chunk: u64, mut path: impl FnMut(&[f64])) {
    let mut growth = GrowthBlock::new(market);
    let mut returns = Vec::new();
    let last = market.paths().min((chunk + 1) * CHUNK);
    for block in chunk * BLOCKS..last.div_ceil(LANES as u64) {
        market.fill(block, &mut growth);
        for lane in 0..LANES {
            if block * LANES as u64 + lane as u64 >= last {
                break;
            }
            returns.clear();
            let rows = growth.steps().flatten();
            returns.extend(rows.map(|row| row[lane] - 1.0));
            path(&returns);
        }
    }
}

/// The first paths, step by step.
#[expect(clippy::indexing_slicing, reason = "a row ends with inflation")]
fn shown(market: &Market, count: u64) -> Vec<MarketSamplePath> {
    let mut shown = Vec::new();
    let width = market.asset_classes().len() + 1;
    for chunk in 0..count.div_ceil(CHUNK) {
        visit(market, chunk, |path| {
            if (shown.len() as u64) < count {
                let steps = path.chunks_exact(width).map(|row| {
                    let (returns, inflation) = row.split_at(width - 1);
                    MarketSampleStep { returns: returns.to_vec(), inflation: inflation[0] }
                });
                shown.push(MarketSamplePath { path: shown.len() as u64, steps: steps.collect() });
            }
        });
    }
    shown
}

/// For each column, the sums and the extremes of the returns.
#[derive(Debug, Clone)]
struct Range {
    sums: Vec<f64>,
    log_sums: Vec<f64>,
    smallest: Vec<f64>,
    largest: Vec<f64>,
}

impl Range {
    fn new(width: usize) -> Self {
        Self {
            sums: vec![0.0; width],
            log_sums: vec![0.0; width],
            smallest: vec![f64::INFINITY; width],
            largest: vec![f64::NEG_INFINITY; width],
        }
    }

    fn of_chunk(market: &Market, chunk: u64) -> Self {
        let width = market.asset_classes().len() + 1;
        let mut range = Self::new(width);
        visit(market, chunk, |path| {
            for row in path.chunks_exact(width) {
                let logs = row.iter().map(|value| math::ln_1p(*value));
                range.log_sums.iter_mut().zip(logs).for_each(|(sum, logarithm)| *sum += logarithm);
                range.take(row, row, row);
            }
        });
        range
    }

    fn take(&mut self, sums: &[f64], smallest: &[f64], largest: &[f64]) {
        self.sums.iter_mut().zip(sums).for_each(|(sum, value)| *sum += value);
        self.smallest.iter_mut().zip(smallest).for_each(|(least, value)| *least = least.min(*value));
        self.largest.iter_mut().zip(largest).for_each(|(most, value)| *most = most.max(*value));
    }

    fn merged(mut self, other: &Self) -> Self {
        self.take(&other.sums, &other.smallest, &other.largest);
        self.log_sums.iter_mut().zip(&other.log_sums).for_each(|(sum, value)| *sum += value);
        self
    }
}

/// Sums of powers and products of the deviations from the means.
#[derive(Debug, Clone)]
struct Moments {
    /// For each pair of columns.
    products: Vec<Vec<f64>>,
    cubes: Vec<f64>,
    fourths: Vec<f64>,
    /// Products with the previous step.
    lagged: Vec<f64>,
}

impl Moments {
    fn new(width: usize) -> Self {
        let zeros = vec![0.0; width];
        Self {
            products: vec![zeros.clone(); width],
            cubes: zeros.clone(),
            fourths: zeros.clone(),
            lagged: zeros,
        }
    }

    fn of_chunk(market: &Market, chunk: u64, means: &[f64]) -> Self {
        let width = means.len();
        let mut moments = Self::new(width);
        let mut deviations = Vec::new();
        visit(market, chunk, |path| {
            deviations.clear();
            deviations.extend(path.iter().zip(means.iter().cycle()).map(|(value, mean)| value - mean));
            for row in deviations.chunks_exact(width) {
                moments.add(row);
            }
            for (before, row) in deviations.chunks_exact(width).zip(deviations.chunks_exact(width).skip(1)) {
                for (sum, (before, value)) in moments.lagged.iter_mut().zip(before.iter().zip(row)) {
                    *sum += before * value;
                }
            }
        });
        moments
    }

    fn add(&mut self, row: &[f64]) {
        for (sums, left) in self.products.iter_mut().zip(row) {
            sums.iter_mut().zip(row).for_each(|(sum, right)| *sum += left * right);
        }
        for ((cube, fourth), value) in self.cubes.iter_mut().zip(&mut self.fourths).zip(row) {
            let square = value * value;
            *cube += square * value;
            *fourth += square * square;
        }
    }

    fn merged(mut self, other: &Self) -> Self {
        let pairs = [
            (&mut self.cubes, &other.cubes),
            (&mut self.fourths, &other.fourths),
            (&mut self.lagged, &other.lagged),
        ];
        for (sums, others) in pairs.into_iter().chain(self.products.iter_mut().zip(&other.products)) {
            sums.iter_mut().zip(others).for_each(|(sum, value)| *sum += value);
        }
        self
    }

    /// The standard deviation of a column; 0 if only rounding varies.
    #[expect(clippy::indexing_slicing, reason = "the column is one of those that are summed")]
    fn deviation(&self, column: usize, means: &[f64], count: f64) -> f64 {
        let deviation = (self.products[column][column] / count).sqrt();
        // A constant return differs from its mean by rounding; its skewness and correlations would be noise.
        let rounding = 1e-14 * (1.0 + means[column].abs());
        if deviation > rounding { deviation } else { 0.0 }
    }

    /// The statistics of a column that follow from the moments; `pairs` is the number of neighbouring steps.
    #[expect(clippy::indexing_slicing, reason = "the column is one of those that are summed")]
    fn column(&self, name: &str, column: usize, means: &[f64], count: f64, pairs: f64) -> MarketSampleColumn {
        let deviation = self.deviation(column, means, count);
        let of = |sums: &[f64]| sums[column];
        let varies = deviation > 0.0;
        let variance = deviation * deviation;
        MarketSampleColumn {
            name: name.to_owned(),
            mean: of(means),
            standard_deviation: deviation,
            skewness: varies.then(|| of(&self.cubes) / count / (variance * deviation)),
            kurtosis: varies.then(|| of(&self.fourths) / count / (variance * variance)),
            autocorrelation: (varies && pairs > 0.0).then(|| of(&self.lagged) / pairs / variance),
            smallest: 0.0,
            largest: 0.0,
            compound_annual_return: 0.0,
            expected_mean: None,
            expected_standard_deviation: None,
        }
    }

    fn correlations(&self, means: &[f64], count: f64) -> Vec<Vec<f64>> {
        let deviations: Vec<f64> =
            (0..means.len()).map(|column| self.deviation(column, means, count)).collect();
        let row = |(index, (sums, left)): (usize, (&Vec<f64>, &f64))| {
            let of_pair = |(column, (sum, right)): (usize, (&f64, &f64))| {
                let scale = left * right * count;
                if column == index {
                    1.0
                } else if scale > 0.0 {
                    sum / scale
                } else {
                    0.0
                }
            };
            sums.iter().zip(&deviations).enumerate().map(of_pair).collect()
        };
        self.products.iter().zip(&deviations).enumerate().map(row).collect()
    }
}

fn one() -> u32 {
    1
}

fn default_paths() -> u64 {
    10_000
}

fn default_shown() -> u32 {
    3
}
