//! Paths given by the caller.

use super::{MarketPath, bootstrap, growth::GrowthBlock, limits};
use wherewithal_base::{Error, ErrorCode, Result, check, error::At};
use wherewithal_math::random::LANES;

const MAX_NUMBERS: usize = 5_000_000;

#[derive(Debug, Clone)]
pub(super) struct Paths {
    /// For each path and step, the growth of each asset class, then that of prices.
    growth: Vec<f64>,
    /// The number of factors of one path.
    length: usize,
    pub(super) paths: u64,
}

impl Paths {
    pub(super) fn new(
        asset_classes: &[String],
        periods_per_year: u32,
        paths: &[MarketPath],
        annual_fees: &[f64],
        steps: u32,
        steps_per_year: u32,
    ) -> Result<Self> {
        limits::asset_classes(asset_classes.iter().map(String::as_str), "")?;
        let periods_per_step = bootstrap::periods_per_step(periods_per_year, steps_per_year)?;
        let width = asset_classes.len();
        let periods = steps as usize * periods_per_step;
        let numbers = paths
            .iter()
            // Saturating, because the lengths are not validated yet.
            .map(|path| path.returns.len().saturating_mul(width + 1))
            .fold(0, usize::saturating_add);
        check::length(paths.len(), 1..=MAX_NUMBERS).at("paths")?;
        if numbers > MAX_NUMBERS {
            let message = format!("the paths have {numbers} numbers; at most {MAX_NUMBERS} are allowed");
            return Err(Error::new(ErrorCode::ListTooLong, message).at("paths"));
        }
        let fees = bootstrap::fees(annual_fees, width, steps_per_year)?;
        let mut growth = Vec::with_capacity(paths.len() * steps as usize * (width + 1));
        for (index, path) in paths.iter().enumerate() {
            if path.returns.len() < periods {
                let message = format!(
                    "the path has {} periods, but the simulation needs \
                    {periods}",
                    path.returns.len()
                );
                return Err(Error::new(ErrorCode::ListTooShort, message).at_index("paths", index));
            }
            let factors =
                bootstrap::growth(&path.returns, &path.inflation, width).at_index("paths", index)?;
            for step in 0..steps as usize {
                growth.extend(bootstrap::step(&factors, step * periods_per_step, periods_per_step, &fees));
            }
        }
        Ok(Self { growth, length: steps as usize * (width + 1), paths: paths.len() as u64 })
    }

    #[inline(always)]
    pub(super) fn fill(&self, block: u64, growth: &mut GrowthBlock) {
        for lane in 0..LANES {
            // The last block may have lanes beyond the last path; their results are not used.
            let path = (block * LANES as u64 + lane as u64) % self.paths;
            let mut place = path as usize * self.length;
            for rows in growth.steps_mut() {
                bootstrap::copy_step(&self.growth, place, lane, rows);
                place += rows.len();
            }
        }
    }
}
