//! The safe withdrawal rate.

use super::search::check_confidence;
use crate::limits;
use wherewithal_base::{
    Error, ErrorCode, Result, check, control::Control, error::At as _, order, wire::Wire,
};
use wherewithal_market::{
    MarketModel,
    internal::{GrowthBlock, Market},
};
use wherewithal_math::proportion::Proportion;
use wherewithal_math::{
    parallel::{self, Tally},
    quantile::quantiles,
    random::LANES,
};
use wherewithal_simulation::{Percentile, Steps, Success};

const MAX_PATHS: u64 = 10_000_000;
/// The number of blocks of paths in one unit of work; they share a workspace.
const BLOCKS_PER_CHUNK: usize = 16;

/// Input of `retirement.safe_withdrawal_rate`.
#[derive(Debug, Clone, Wire)]
pub struct SafeWithdrawalRateInput {
    /// The model of the asset classes' returns and of inflation; with `historicalCohorts`, the result is by default the rate
    /// that every period of the past would have sustained.
    pub market: MarketModel,

    /// The weight of each asset class, in the order of the market: each from 0 to 1, with a sum of 1. The portfolio is
    /// rebalanced to them at the start of every year.
    #[wire(share, range = 0..=1, length = 1..=20)]
    pub weights: Vec<f64>,

    /// The number of years with withdrawals, 1 to 120.
    #[wire(range = 1..=120)]
    pub years: u32,

    /// The steps in which the market moves. With annual steps, a year has one withdrawal; with monthly steps, a twelfth of
    /// it in each month.
    #[wire(default)]
    pub steps: Steps,

    /// When in its step a withdrawal is made. The amount of a year is adjusted for inflation once, to the prices at its
    /// first withdrawal.
    #[wire(default)]
    pub timing: WithdrawalTiming,

    /// The required share of paths that succeed, above 0 and at most 1. By default 1 for `historicalCohorts`, a rate that
    /// never failed, and 0.9 for other markets.
    #[wire(share, above = 0, range = ..=1)]
    pub confidence: Option<f64>,

    /// The final portfolio to preserve, as a share of the initial one in real terms; 0 to 10.
    #[wire(share, default, range = 0..=10)]
    pub final_share: f64,

    /// Number of paths, 1 to 10,000,000; a history has at most as many as it has periods of `years` years.
    #[wire(default = default_paths, range = 1..=10_000_000)]
    pub paths: u64,

    /// Seed of the random numbers, 0 to 2^53 - 1.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,

    /// The percentiles of the highest sustainable rates of the paths to report, 0 to 100, ascending, at most 101.
    #[wire(default = default_percentiles, range = 0..=100, length = ..=101)]
    pub percentiles: Vec<f64>,
}

/// When in its step a withdrawal is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum WithdrawalTiming {
    /// At the start: it misses the return of the step.
    #[default]
    Start,
    /// In the middle: each asset class has earned the square root of its growth factor, and prices have risen by the square
    /// root of theirs.
    Middle,
    /// At the end: it has earned the return of the step, and prices are those of the end.
    End,
}

impl WithdrawalTiming {
    /// The growth of a withdrawal from the day on which it is made to the end of its step.
    fn left(self, growth: f64) -> f64 {
        match self {
            Self::Start => growth,
            Self::Middle => growth.sqrt(),
            Self::End => 1.0,
        }
    }

    /// The growth of prices from the start of a step to the day of its withdrawal.
    fn passed(self, growth: f64) -> f64 {
        match self {
            Self::Start => 1.0,
            Self::Middle => growth.sqrt(),
            Self::End => growth,
        }
    }
}

impl SafeWithdrawalRateInput {
    /// An input with annual steps, withdrawals at the start and the default confidence; a base for
    /// `SafeWithdrawalRateInput { confidence, ..new }`.
    #[must_use]
    pub fn new(market: MarketModel, weights: Vec<f64>, years: u32) -> Self {
        Self {
            market,
            weights,
            years,
            steps: Steps::default(),
            timing: WithdrawalTiming::default(),
            confidence: None,
            final_share: 0.0,
            paths: default_paths(),
            seed: 0,
            percentiles: default_percentiles(),
        }
    }
}

/// Result of `retirement.safe_withdrawal_rate`. Rates are shares of the portfolio at the start (0.04 is 4 %).
#[derive(Debug, Clone, Wire)]
pub struct SafeWithdrawalRateResult {
    /// The highest rate that the required share of paths sustains. It is exact: the highest sustainable rate of one of
    /// the paths.
    pub withdrawal_rate: f64,

    /// The required share of paths.
    pub confidence: f64,

    /// The paths that sustain it. Its standard error and interval do not hold for the overlapping paths of a history.
    pub success: Success,

    /// The share of successful paths minus the required share.
    pub residual: f64,

    /// Share of paths that sustain a higher rate.
    pub next_success_probability: f64,

    /// The path with the lowest sustainable rate, counted from 0; in a history, the one that starts in that period.
    pub worst_path: u64,

    /// Its highest sustainable rate: the highest rate that fails on no path.
    pub worst_rate: f64,

    /// The path with the highest sustainable rate.
    pub best_path: u64,

    /// Its highest sustainable rate.
    pub best_rate: f64,

    /// The percentiles of the highest sustainable rates of the paths.
    pub percentiles: Vec<Percentile>,

    /// The number of paths.
    pub paths: u64,
}

/// The highest share of the portfolio that can be withdrawn in the first year, and the same purchasing power in every
/// later year, so that enough paths last.
///
/// The highest sustainable rate of a path has a closed form: the final balance is `G - rate × S`, where G is the final
/// value of a portfolio of 1, and S that of withdrawals at a rate of 1. So the result is an element of the sorted rates
/// of the paths, without a search.
///
/// # Errors
/// The codes of invalid values below `market`; `weights.sum_not_one`, `term.out_of_range`, `rate.out_of_range`,
/// `probability.out_of_range`, the codes of invalid values; `solve.no_solution` if too few paths leave the final share
/// even without withdrawals; `operation.cancelled`.
#[expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "there is at least one path, and each has a rate"
)]
pub fn safe_withdrawal_rate(
    input: &SafeWithdrawalRateInput,
    control: &Control<'_>,
) -> Result<SafeWithdrawalRateResult> {
    let confidence = input.confidence.unwrap_or_else(|| default_confidence(&input.market));
    check_confidence(confidence)?;
    let question = Withdrawals::new(input, control)?;
    let rates = question.rates(control)?;
    let mut sorted = rates.clone();
    order::sort_by(&mut sorted, |left, right| right.total_cmp(left));
    let paths = sorted.len();
    // The least number of paths whose share is at least the confidence. By trying, because `confidence * paths` may round to
    // just above a whole number, and its ceiling would be one path too many.
    let enough = (1..=paths).find(|count| *count as f64 / paths as f64 >= confidence).unwrap_or(paths);
    let rate = sorted[enough - 1];
    if rate < 0.0 {
        let most = rates.iter().filter(|rate| **rate >= 0.0).count() as f64 / paths as f64;
        let message = format!(
            "even without withdrawals, only a share of {most} of the paths preserves the final share; {} is required",
            confidence
        );
        return Err(Error::new(ErrorCode::SolveNoSolution, message).at("finalShare"));
    }
    let success = Proportion::new(rates.iter().filter(|other| **other >= rate).count(), paths);
    let above = Proportion::new(rates.iter().filter(|other| **other > rate).count(), paths);
    let (worst_rate, best_rate) = (sorted[paths - 1], sorted[0]);
    let path_of =
        |rate: f64| rates.iter().position(|other| *other == rate).expect("the rate is that of a path") as u64;
    let probabilities: Vec<f64> = input.percentiles.iter().map(|percentile| percentile / 100.0).collect();
    let found = quantiles(&sorted, &probabilities)?;
    Ok(SafeWithdrawalRateResult {
        withdrawal_rate: rate,
        confidence,
        success: success.into(),
        residual: success.probability() - confidence,
        next_success_probability: above.probability(),
        worst_path: path_of(worst_rate),
        worst_rate,
        best_path: path_of(best_rate),
        best_rate,
        percentiles: Percentile::zip(&input.percentiles, found),
        paths: paths as u64,
    })
}

/// The validated input.
struct Withdrawals {
    market: Market,
    weights: Vec<f64>,
    years: usize,
    steps_per_year: usize,
    timing: WithdrawalTiming,
    final_share: f64,
}

impl Withdrawals {
    fn new(input: &SafeWithdrawalRateInput, control: &Control<'_>) -> Result<Self> {
        let years = input.years;
        limits::years(years, 1, limits::MAX_YEARS).at("years")?;
        check::paths(input.paths, MAX_PATHS, "").at("paths")?;
        check::seed(input.seed).at("seed")?;
        check::percentiles(&input.percentiles).at("percentiles")?;
        let final_share = check::rate(input.final_share, 0.0..=10.0).at("finalShare")?;
        let steps_per_year = input.steps.per_year();
        let market = Market::new(
            &input.market,
            years * steps_per_year,
            steps_per_year,
            input.paths,
            input.seed,
            control,
        )
        .at("market")?;
        let weights = check::weights(&input.weights, market.asset_classes().len()).at("weights")?;
        Ok(Self {
            market,
            weights,
            years: years as usize,
            steps_per_year: steps_per_year as usize,
            timing: input.timing,
            final_share,
        })
    }

    /// The highest sustainable rate of each path.
    fn rates(&self, control: &Control<'_>) -> Result<Vec<f64>> {
        let paths = self.market.paths() as usize;
        // The market fills whole blocks, so there is room for paths beyond the last, which are cut off at the end.
        let mut rates = vec![0.0; paths.next_multiple_of(LANES)];
        let tally = Tally::new(control, paths.div_ceil(LANES * BLOCKS_PER_CHUNK) as u64);
        parallel::map_chunks(&mut rates, LANES * BLOCKS_PER_CHUNK, &tally, |chunk, rates| {
            let mut growth = GrowthBlock::new(&self.market);
            for (place, rates) in rates.chunks_mut(LANES).enumerate() {
                self.market.fill((chunk * BLOCKS_PER_CHUNK + place) as u64, &mut growth);
                for (lane, rate) in rates.iter_mut().enumerate() {
                    *rate = self.rate(&growth, lane);
                }
            }
            Ok(())
        })?;
        rates.truncate(paths);
        if rates.iter().all(|rate| rate.is_finite()) {
            return Ok(rates);
        }
        let message = "a portfolio grows too large to be represented; check the size of returns";
        Err(Error::new(ErrorCode::ResultTooLarge, message))
    }

    fn rate(&self, growth: &GrowthBlock, lane: usize) -> f64 {
        let (mut portfolio, mut withdrawn, mut price_level) = (1.0, 0.0, 1.0);
        for year in 0..self.years {
            let steps = year * self.steps_per_year..(year + 1) * self.steps_per_year;
            let (mut grown, mut flow_grown) = (0.0, 0.0);
            for (class, weight) in self.weights.iter().enumerate() {
                let (mut product, mut sum) = (1.0, 0.0);
                // Backwards: the product is the growth from each step to the end of the year.
                for step in steps.clone().rev() {
                    let factor = of_lane(growth.asset(step, class), lane);
                    sum += self.timing.left(factor) * product;
                    product *= factor;
                }
                grown += weight * product;
                flow_grown += weight * (sum / self.steps_per_year as f64);
            }
            portfolio *= grown;
            let at_first_withdrawal =
                price_level * self.timing.passed(of_lane(growth.prices(steps.start), lane));
            withdrawn = withdrawn * grown + at_first_withdrawal * flow_grown;
            for step in steps {
                price_level *= of_lane(growth.prices(step), lane);
            }
        }
        (portfolio - self.final_share * price_level) / withdrawn
    }
}

#[expect(clippy::indexing_slicing, reason = "the lane is below the number of lanes")]
fn of_lane(lanes: &[f64; LANES], lane: usize) -> f64 {
    lanes[lane]
}

/// A sequence of the past either failed or did not, so that there all of them count.
fn default_confidence(market: &MarketModel) -> f64 {
    if matches!(market, MarketModel::HistoricalCohorts { .. }) { 1.0 } else { 0.9 }
}

fn default_paths() -> u64 {
    10_000
}

fn default_percentiles() -> Vec<f64> {
    vec![5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0]
}
