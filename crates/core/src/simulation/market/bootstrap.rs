//! Steps drawn from a history.

use super::{BootstrapBlocks, GrowthBlock, MarketHistory, check};
use crate::{
    Error, ErrorCode, Result,
    error::At,
    math::{
        self,
        random::{LANES, LaneStream},
    },
};

#[derive(Debug, Clone)]
pub(super) struct Bootstrap {
    /// For each period of the history, the growth of a step that starts there: that of each asset class, then that of
    /// prices. Steps that would pass the end of the history go on at its start.
    steps: Vec<f64>,
    /// The number of periods in the history.
    periods: usize,
    /// Periods of the history in one step.
    periods_per_step: usize,
    /// Steps in one block.
    block: usize,
    /// The periods at which a block may start, from the first on.
    starts: usize,
}

impl Bootstrap {
    pub(super) fn new(
        history: &MarketHistory,
        blocks: BootstrapBlocks,
        annual_fees: &[f64],
        steps_per_year: u32,
    ) -> Result<Self> {
        let periods_per_step = periods_per_step(history.periods_per_year, steps_per_year).at("history")?;
        let growth = growth(history).at("history")?;
        let fees = fees(annual_fees, history.asset_classes.len(), steps_per_year)?;
        let periods = growth.len();
        let (block, circular) = match blocks {
            BootstrapBlocks::Independent => (1, false),
            BootstrapBlocks::Moving { steps } => (steps as usize, false),
            BootstrapBlocks::Circular { steps } => (steps as usize, true),
        };
        let length = block * periods_per_step;
        if length == 0 || length > periods {
            let message = format!(
                "a block of {length} periods was asked for; it has at least 1 and at most the {periods} of the history"
            );
            let field = if blocks == BootstrapBlocks::Independent { "history" } else { "blocks.steps" };
            return Err(Error::new(ErrorCode::MarketBlocksOutOfRange, message).at(field));
        }
        let starts = if circular { periods } else { periods - length + 1 };
        let steps = (0..periods).flat_map(|start| step(&growth, start, periods_per_step, &fees)).collect();
        Ok(Self { steps, periods, periods_per_step, block, starts })
    }

    #[inline(always)]
    pub(super) fn fill(&self, draws: &mut LaneStream, growth: &mut GrowthBlock) {
        let width = self.steps.len() / self.periods;
        let mut places = [0; LANES];
        let mut left = 0;
        for rows in growth.steps_mut() {
            if left == 0 {
                let starts = self.starts as u64;
                // The upper 32 bits scaled to the number of starts; off even by less than 20,000 / 2^32.
                places = draws.words().map(|word| (((word >> 32) * starts) >> 32) as usize);
                left = self.block;
            }
            left -= 1;
            for (lane, place) in places.iter_mut().enumerate() {
                let step = self.steps.get(*place * width..).unwrap_or_default();
                for (row, growth) in rows.iter_mut().zip(step) {
                    if let Some(slot) = row.get_mut(lane) {
                        *slot = *growth;
                    }
                }
                *place += self.periods_per_step;
                if *place >= self.periods {
                    *place -= self.periods;
                }
            }
        }
    }
}

fn periods_per_step(periods_per_year: u32, steps_per_year: u32) -> Result<usize> {
    if !matches!(periods_per_year, 1 | 12) || periods_per_year < steps_per_year {
        let message = format!(
            "{periods_per_year} periods a year do not give {steps_per_year} steps a year; a history is annual (1) or monthly (12), and monthly steps need a monthly one"
        );
        return Err(Error::new(ErrorCode::MarketHistoryFrequencyInvalid, message).at("periodsPerYear"));
    }
    Ok((periods_per_year / steps_per_year) as usize)
}

/// For each period the growth factors of the asset classes and of prices.
fn growth(history: &MarketHistory) -> Result<Vec<Vec<f64>>> {
    check::names(history.asset_classes.iter().map(String::as_str), "")?;
    let (periods, width) = (history.returns.len(), history.asset_classes.len());
    if periods > check::MAX_PERIODS {
        let message = format!("{periods} periods were given; at most {} are taken", check::MAX_PERIODS);
        return Err(Error::new(ErrorCode::MarketHistoryTooLong, message).at("returns"));
    }
    if !history.inflation.is_empty() && history.inflation.len() != periods {
        let message = format!("{} numbers for {periods} periods", history.inflation.len());
        return Err(Error::new(ErrorCode::MarketHistoryWrongSize, message).at("inflation"));
    }
    let row = |(index, returns): (usize, &Vec<f64>)| {
        if returns.len() != width {
            let message = format!("{} returns for {width} asset classes", returns.len());
            return Err(Error::new(ErrorCode::MarketHistoryWrongSize, message)).at_index("returns", index);
        }
        let inflation = history.inflation.get(index).copied().unwrap_or(0.0);
        let mut factors = Vec::with_capacity(width + 1);
        for (column, rate) in returns.iter().enumerate() {
            factors.push(factor(*rate).at(&format!("[{column}]")).at_index("returns", index)?);
        }
        factors.push(factor(inflation).at_index("inflation", index)?);
        Ok(factors)
    };
    history.returns.iter().enumerate().map(row).collect()
}

fn factor(rate: f64) -> Result<f64> {
    check::finite(rate)?;
    if rate > -1.0 {
        return Ok(1.0 + rate);
    }
    Err(Error::new(
        ErrorCode::MarketHistoryReturnOutOfRange,
        format!("{rate} is not above -1; -0.2 is -20 %"),
    ))
}

/// The factors by which fees reduce the asset classes in one step.
fn fees(annual: &[f64], asset_classes: usize, steps_per_year: u32) -> Result<Vec<f64>> {
    if annual.is_empty() {
        return Ok(vec![1.0; asset_classes]);
    }
    if annual.len() != asset_classes {
        let message = format!("{} fees for {asset_classes} asset classes", annual.len());
        return Err(Error::new(ErrorCode::MarketHistoryWrongSize, message).at("annualFees"));
    }
    let factor = |(index, &fee)| {
        let logarithm = check::fee(fee).at_index("annualFees", index)?;
        Ok(math::exp(logarithm / f64::from(steps_per_year)))
    };
    annual.iter().enumerate().map(factor).collect()
}

/// The growth of the step that starts in period `start`.
fn step(growth: &[Vec<f64>], start: usize, periods: usize, fees: &[f64]) -> Vec<f64> {
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
