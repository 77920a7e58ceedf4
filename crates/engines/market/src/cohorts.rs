//! Historical cohorts: the history itself, from each of its periods on.

use super::{MarketHistory, bootstrap, growth::GrowthBlock};
use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_math::{self as math, random::LANES};

/// The months of a year.
const MONTHS: usize = 12;

#[derive(Debug, Clone, Default)]
pub(super) struct Cohorts {
    /// For each period of the history, the growth of a step that starts there.
    steps: Vec<f64>,
    periods: usize,
    periods_per_step: usize,
    /// The price-earnings ratio at the start of each period; empty if the history has none.
    pub(super) cape: Vec<f64>,
    /// The number of periods at which a path may start, from the first on.
    pub(super) starts: u64,
    /// The rows of `steps` from one start to the next.
    stride: usize,
}

impl Cohorts {
    pub(super) fn new(
        history: &MarketHistory,
        circular: bool,
        annual_fees: &[f64],
        steps: u32,
        steps_per_year: u32,
    ) -> Result<Self> {
        let (table, stride) = table(history, annual_fees, steps_per_year)?;
        let length = steps as usize * table.periods_per_step;
        let starts = match table.periods.checked_sub(length) {
            _ if circular && table.periods > 0 => table.periods / stride,
            Some(left) if !circular => left / stride + 1,
            _ => {
                let message = format!(
                    "the history has {} periods, but the simulation needs {}; set circular, or simulate a shorter time",
                    table.periods / stride,
                    length.div_ceil(stride)
                );
                return Err(Error::new(ErrorCode::ListTooShort, message).at("history"));
            }
        };
        let bootstrap::StepTable { steps, cape, periods, periods_per_step } = table;
        Ok(Self { steps, periods, periods_per_step, cape, starts: starts as u64, stride })
    }

    #[inline(always)]
    pub(super) fn fill(&self, block: u64, growth: &mut GrowthBlock) {
        let width = self.steps.len() / self.periods;
        let mut places = [0; LANES];
        for (lane, place) in (0..).zip(&mut places) {
            // The last block may have lanes beyond the last cohort; their results are not used.
            *place = ((block * LANES as u64 + lane) % self.starts) as usize * self.stride;
        }
        for (rows, capes) in growth.steps_and_capes_mut() {
            bootstrap::copy_capes(&self.cape, &places, capes);
            for (lane, place) in places.iter_mut().enumerate() {
                bootstrap::copy_step(&self.steps, *place * width, lane, rows);
                *place = (*place + self.periods_per_step) % self.periods;
            }
        }
    }
}

/// The history in steps, and how many of them lie between the starts of its periods.
fn table(
    history: &MarketHistory,
    annual_fees: &[f64],
    steps_per_year: u32,
) -> Result<(bootstrap::StepTable, usize)> {
    if (history.periods_per_year, steps_per_year) != (1, 12) {
        return Ok((bootstrap::StepTable::new(history, annual_fees, steps_per_year)?, 1));
    }
    // For the checks, whose errors name the places of the history that was given.
    bootstrap::StepTable::new(history, annual_fees, 1)?;
    Ok((bootstrap::StepTable::new(&in_months(history), annual_fees, steps_per_year)?, MONTHS))
}

/// An annual history in twelve equal months a year.
fn in_months(history: &MarketHistory) -> MarketHistory {
    let month = |rate: &f64| math::exp_m1(math::ln_1p(*rate) / MONTHS as f64);
    let repeat = |values: &[f64]| values.iter().flat_map(|value| [*value; MONTHS]).collect();
    let months: Vec<f64> = history.inflation.iter().map(month).collect();
    MarketHistory {
        asset_classes: history.asset_classes.clone(),
        periods_per_year: 12,
        returns: history
            .returns
            .iter()
            .flat_map(|row| std::iter::repeat_n(row.iter().map(month).collect::<Vec<f64>>(), MONTHS))
            .collect(),
        inflation: repeat(&months),
        cape: repeat(&history.cape),
    }
}
