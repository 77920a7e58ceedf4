//! Bootstrap: steps drawn from a history.

use std::ops::Bound;

use super::{BootstrapBlocks, MarketHistory, growth::GrowthBlock, limits};
use wherewithal_base::{Error, ErrorCode, Result, check, error::At};
use wherewithal_math::{
    self as math,
    random::{LANES, LaneStream, Lanes},
};

#[derive(Debug, Clone)]
pub(super) struct Bootstrap {
    /// For each period of the history, the growth of a step that starts there: that of each asset class, then that of
    /// prices. Steps that would pass the end of the history continue at its start.
    steps: Vec<f64>,
    /// The number of periods in the history.
    periods: usize,
    /// Periods of the history in one step.
    periods_per_step: usize,
    /// Steps in one block.
    block: usize,
    /// The number of periods at which a block may start, from the first on.
    starts: usize,
    /// For blocks of random length: the probability that another block starts, times 2^32.
    restarts: Option<u64>,
    /// The price-earnings ratio at the start of each period; empty if the history has none.
    pub(super) cape: Vec<f64>,
}

/// A history in steps of the simulation. For the fields, see [`Bootstrap`].
#[derive(Debug)]
pub(super) struct StepTable {
    pub(super) steps: Vec<f64>,
    pub(super) cape: Vec<f64>,
    pub(super) periods: usize,
    pub(super) periods_per_step: usize,
}

impl StepTable {
    pub(super) fn new(history: &MarketHistory, annual_fees: &[f64], steps_per_year: u32) -> Result<Self> {
        let periods_per_step = periods_per_step(history.periods_per_year, steps_per_year).at("history")?;
        let width = history.asset_classes.len();
        limits::asset_classes(history.asset_classes.iter().map(String::as_str), "").at("history")?;
        let growth = growth(&history.returns, &history.inflation, width).at("history")?;
        let fees = fees(annual_fees, width, steps_per_year)?;
        let periods = growth.len();
        let steps = (0..periods).flat_map(|start| step(&growth, start, periods_per_step, &fees)).collect();
        let cape = limits::capes(&history.cape, periods).at("history")?;
        Ok(Self { steps, cape, periods, periods_per_step })
    }
}

impl Bootstrap {
    pub(super) fn new(
        history: &MarketHistory,
        blocks: BootstrapBlocks,
        annual_fees: &[f64],
        steps_per_year: u32,
    ) -> Result<Self> {
        let StepTable { steps, cape, periods, periods_per_step } =
            StepTable::new(history, annual_fees, steps_per_year)?;
        let (block, circular) = match blocks {
            BootstrapBlocks::Independent => (1, false),
            BootstrapBlocks::Moving { steps } => (steps as usize, false),
            BootstrapBlocks::Circular { steps } => (steps as usize, true),
            BootstrapBlocks::Stationary { .. } => (1, true),
        };
        let length = block * periods_per_step;
        if length == 0 || length > periods {
            let message = format!(
                "a block has {length} periods; it must have from 1 to {periods}, the number of periods of the history"
            );
            let field = if blocks == BootstrapBlocks::Independent { "history" } else { "blocks.steps" };
            return Err(Error::new(ErrorCode::TermOutOfRange, message).at(field));
        }
        let starts = if circular { periods } else { periods - length + 1 };
        let restarts = match blocks {
            BootstrapBlocks::Stationary { mean_steps } => {
                let most = periods as f64 / periods_per_step as f64;
                check::number(mean_steps, 1.0..=most, ErrorCode::NumberOutOfRange).at("blocks.meanSteps")?;
                // The probability of a new block in units of 2^-32, to compare with half a word.
                Some((4_294_967_296.0 / mean_steps) as u64)
            }
            _ => None,
        };
        Ok(Self { steps, periods, periods_per_step, block, starts, restarts, cape })
    }

    #[inline(always)]
    pub(super) fn fill(&self, draws: &mut LaneStream, growth: &mut GrowthBlock) {
        if let Some(restarts) = self.restarts {
            return self.fill_stationary(restarts, draws, growth);
        }
        let width = self.steps.len() / self.periods;
        let mut places = [0; LANES];
        let mut left = 0;
        for (rows, capes) in growth.steps_and_capes_mut() {
            if left == 0 {
                places = self.starts_of(draws);
                left = self.block;
            } else {
                self.go_on(&mut places);
            }
            left -= 1;
            match rows {
                // The usual case of a portfolio with constant weights: one asset class and prices.
                [assets, prices] => copy_pairs(&self.steps, &places, assets, prices),
                rows => {
                    for (lane, place) in places.iter().enumerate() {
                        copy_step(&self.steps, *place * width, lane, rows);
                    }
                }
            }
            copy_capes(&self.cape, &places, capes);
        }
    }

    /// The start of the next block of each lane: the upper 32 bits, scaled to the number of starts. The bias is below
    /// 20,000 / 2^32.
    #[inline(always)]
    fn starts_of(&self, draws: &mut LaneStream) -> [usize; LANES] {
        let words = draws.words();
        let mut places = [0; LANES];
        for (place, word) in places.iter_mut().zip(words) {
            *place = (((word >> 32) * self.starts as u64) >> 32) as usize;
        }
        places
    }

    /// Moves each lane to the next step of its block.
    #[inline(always)]
    fn go_on(&self, places: &mut [usize; LANES]) {
        for place in places {
            *place += self.periods_per_step;
            // A conditional subtraction is cheaper than a remainder, and one is enough: a step is never longer than the
            // history.
            *place -= if *place >= self.periods { self.periods } else { 0 };
        }
    }

    /// The same history with a single asset class, whose growth is the sum of the others' growth times `factors`.
    #[expect(clippy::indexing_slicing, reason = "a step ends with the growth of prices")]
    pub(super) fn combined(&self, factors: &[f64]) -> Self {
        let width = self.steps.len() / self.periods;
        let step = |step: &[f64]| {
            let sum = factors.iter().zip(step).fold(0.0, |sum, (factor, growth)| sum + factor * growth);
            [sum, step[width - 1]]
        };
        Self { steps: self.steps.chunks_exact(width).flat_map(step).collect(), ..self.clone() }
    }

    #[inline(always)]
    fn fill_stationary(&self, restarts: u64, draws: &mut LaneStream, growth: &mut GrowthBlock) {
        let width = self.steps.len() / self.periods;
        let mut places = [0; LANES];
        let mut first = true;
        for (rows, capes) in growth.steps_and_capes_mut() {
            // The lower half of each word decides whether a block starts, the upper half where.
            for (lane, (place, word)) in places.iter_mut().zip(draws.words()).enumerate() {
                if first || (word & 0xffff_ffff) < restarts {
                    *place = (((word >> 32) * self.starts as u64) >> 32) as usize;
                }
                copy_step(&self.steps, *place * width, lane, rows);
            }
            copy_capes(&self.cape, &places, capes);
            self.go_on(&mut places);
            first = false;
        }
    }

    /// Mean and standard deviation of the growth factor of each asset class in one step, if every step is drawn with
    /// equal probability from the whole history.
    pub(super) fn moments(&self) -> Option<Vec<[f64; 2]>> {
        // Without wrapping around, steps near the ends of the history are drawn less often.
        if self.starts != self.periods {
            return None;
        }
        let width = self.steps.len() / self.periods;
        let count = self.periods as f64;
        let of_column = |column: usize| {
            let values = || self.steps.iter().skip(column).step_by(width);
            let mean = values().sum::<f64>() / count;
            let variance = values().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
            [mean, variance.sqrt()]
        };
        Some((0..width).map(of_column).collect())
    }
}

/// Copies the growth of the steps at `places` of a table of two columns.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "places are drawn among the periods of the history")]
fn copy_pairs(table: &[f64], places: &[usize; LANES], first: &mut Lanes, second: &mut Lanes) {
    let (pairs, _) = table.as_chunks::<2>();
    for (place, (first, second)) in places.iter().zip(first.iter_mut().zip(second)) {
        [*first, *second] = pairs[*place];
    }
}

/// Copies the ratios of the periods at `places`, if the history has them.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "a history with ratios has one for each of its periods")]
pub(super) fn copy_capes(ratios: &[f64], places: &[usize; LANES], capes: Option<&mut Lanes>) {
    for (cape, place) in capes.into_iter().flatten().zip(places) {
        *cape = ratios[*place];
    }
}

/// Copies the growth of one step, from `start` on in a table, into a lane.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "the lane is below LANES, and the step is one of the table")]
pub(super) fn copy_step(table: &[f64], start: usize, lane: usize, rows: &mut [Lanes]) {
    for (row, growth) in rows.iter_mut().zip(&table[start..]) {
        row[lane] = *growth;
    }
}

pub(super) fn periods_per_step(periods_per_year: u32, steps_per_year: u32) -> Result<usize> {
    if !matches!(periods_per_year, 1 | 12) || periods_per_year < steps_per_year {
        let message = if (periods_per_year, steps_per_year) == (1, 12) {
            "the periods are years and the steps are months, and what happened within a year is not known; use annual \
                steps or monthly periods, or for a history the model `historicalCohorts`, which spreads each year evenly \
                over its months"
                .to_owned()
        } else {
            format!("{periods_per_year} periods a year are not supported; use 1 or 12")
        };
        return Err(Error::new(ErrorCode::FrequencyUnsupported, message).at("periodsPerYear"));
    }
    Ok((periods_per_year / steps_per_year) as usize)
}

/// For each period the growth factors of the asset classes and of prices.
#[expect(clippy::indexing_slicing, reason = "inflation is given for as many periods as returns, if at all")]
pub(super) fn growth(returns: &[Vec<f64>], inflation: &[f64], width: usize) -> Result<Vec<Vec<f64>>> {
    let periods = returns.len();
    check::length(periods, 0..=limits::MAX_PERIODS).at("returns")?;
    if !inflation.is_empty() {
        check::same_length(inflation.len(), periods, "period").at("inflation")?;
    }
    let row = |(index, returns): (usize, &Vec<f64>)| {
        check::same_length(returns.len(), width, "asset class").at_index("returns", index)?;
        // Without inflation, prices are constant.
        let inflation = if inflation.is_empty() { 0.0 } else { inflation[index] };
        let mut factors = Vec::with_capacity(width + 1);
        for (column, rate) in returns.iter().enumerate() {
            factors.push(factor(*rate).at_item(column).at_index("returns", index)?);
        }
        factors.push(factor(inflation).at_index("inflation", index)?);
        Ok(factors)
    };
    returns.iter().enumerate().map(row).collect()
}

fn factor(rate: f64) -> Result<f64> {
    Ok(1.0 + check::rate(rate, (Bound::Excluded(-1.0), Bound::Unbounded))?)
}

/// The factors by which fees reduce the asset classes in one step.
pub(super) fn fees(annual: &[f64], asset_classes: usize, steps_per_year: u32) -> Result<Vec<f64>> {
    if annual.is_empty() {
        return Ok(vec![1.0; asset_classes]);
    }
    check::same_length(annual.len(), asset_classes, "asset class").at("annualFees")?;
    let factor = |(index, &fee)| {
        let logarithm = limits::log_of_fee(fee).at_index("annualFees", index)?;
        // The root of the annual factor, so that the fees of the steps of a year compound to the annual fee.
        Ok(math::exp(logarithm / f64::from(steps_per_year)))
    };
    annual.iter().enumerate().map(factor).collect()
}

/// The growth of the step that starts in period `start`.
pub(super) fn step(growth: &[Vec<f64>], start: usize, periods: usize, fees: &[f64]) -> Vec<f64> {
    let mut product = vec![1.0; fees.len() + 1];
    for period in growth.iter().cycle().skip(start).take(periods) {
        for (product, factor) in product.iter_mut().zip(period) {
            *product *= factor;
        }
    }
    for (product, fee) in product.iter_mut().zip(fees) {
        *product *= fee;
    }
    product
}
