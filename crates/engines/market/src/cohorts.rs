//! Historical cohorts: the history itself, from each of its periods on.

use super::{MarketHistory, bootstrap, growth::GrowthBlock};
use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_math::random::LANES;

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
}

impl Cohorts {
    pub(super) fn new(
        history: &MarketHistory,
        circular: bool,
        annual_fees: &[f64],
        steps: u32,
        steps_per_year: u32,
    ) -> Result<Self> {
        let table = bootstrap::StepTable::new(history, annual_fees, steps_per_year)?;
        let length = steps as usize * table.periods_per_step;
        let starts = match table.periods.checked_sub(length) {
            _ if circular && table.periods > 0 => table.periods,
            Some(left) if !circular => left + 1,
            _ => {
                let message = format!(
                    "the history has {} periods, but the simulation needs {length}; set circular, or simulate a shorter \
                        time",
                    table.periods
                );
                return Err(Error::new(ErrorCode::ListTooShort, message).at("history"));
            }
        };
        let bootstrap::StepTable { steps, cape, periods, periods_per_step } = table;
        Ok(Self { steps, periods, periods_per_step, cape, starts: starts as u64 })
    }

    #[inline(always)]
    pub(super) fn fill(&self, block: u64, growth: &mut GrowthBlock) {
        let width = self.steps.len() / self.periods;
        let mut places = [0; LANES];
        for (lane, place) in (0..).zip(&mut places) {
            // The last block may have lanes beyond the last cohort; their results are not used.
            *place = ((block * LANES as u64 + lane) % self.starts) as usize;
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
