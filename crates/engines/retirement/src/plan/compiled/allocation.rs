//! Allocations year by year.

use super::{super::RetirementAllocation, calendar::Calendar};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_simulation::{Rebalancing, Steps, internal::validate_bands};

/// The weights of asset classes, year by year.
#[derive(Debug, Clone)]
pub(in super::super) struct Targets {
    rows: Vec<Vec<f64>>,
}

impl Targets {
    /// One class, in every year.
    pub(super) fn single() -> Self {
        Self { rows: vec![vec![1.0]] }
    }

    /// The weights of a year; the last ones apply to all later years.
    #[expect(clippy::indexing_slicing, reason = "there is a row for the first year")]
    pub(in super::super) fn of_year(&self, year: usize) -> &[f64] {
        &self.rows[year.min(self.rows.len() - 1)]
    }
}

/// The context in which allocations are compiled.
pub(super) struct Allocations<'a> {
    pub(super) calendar: &'a Calendar,
    /// The number of asset classes.
    pub(super) classes: usize,
    pub(super) years: u32,
}

impl Allocations<'_> {
    pub(super) fn targets(&self, allocation: &RetirementAllocation) -> Result<Targets> {
        match allocation {
            RetirementAllocation::Fixed { weights } => Ok(Targets { rows: vec![self.weights(weights)?] }),
            RetirementAllocation::GlidePath { points } => {
                check::length(points.len(), 1..=limits::MAX_ITEMS).at("points")?;
                let mut path: Vec<(i64, Vec<f64>)> = Vec::with_capacity(points.len());
                for (index, point) in points.iter().enumerate() {
                    let year = self.calendar.moment(&point.at).at("at").at_index("points", index)?;
                    if path.last().is_some_and(|(before, _)| year <= *before) {
                        let message = "its year is not after that of the previous point";
                        let error = Error::new(ErrorCode::ListOutOfOrder, message).at("at");
                        return Err(error.at_index("points", index));
                    }
                    path.push((year, self.weights(&point.weights).at_index("points", index)?));
                }
                Ok(Targets { rows: (0..i64::from(self.years)).map(|year| between(&path, year)).collect() })
            }
        }
    }

    fn weights(&self, weights: &[f64]) -> Result<Vec<f64>> {
        check::weights(weights, self.classes).at("weights")
    }
}

/// The weights interpolated between two points, or those of the nearest point.
#[expect(clippy::unreachable, reason = "a path without a point is refused")]
fn between(path: &[(i64, Vec<f64>)], year: i64) -> Vec<f64> {
    let (before, after) = path.split_at(path.partition_point(|(at, _)| *at <= year));
    match (before.last(), after.first()) {
        (Some((start, first)), Some((end, last))) => {
            let part = (year - start) as f64 / (end - start) as f64;
            first.iter().zip(last).map(|(first, last)| first + part * (last - first)).collect()
        }
        (Some((_, weights)), None) | (None, Some((_, weights))) => weights.clone(),
        (None, None) => unreachable!("a path has a point"),
    }
}

/// When accounts are brought back to their targets, at the start of a year.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum YearlyRebalancing {
    Always,
    Bands { absolute: f64, relative: f64 },
    Never,
}

impl YearlyRebalancing {
    /// # Errors
    /// `frequency.unsupported` for every step of a plan in monthly steps; those of bands.
    pub(super) fn new(given: Rebalancing, steps: Steps) -> Result<Self> {
        Ok(match given {
            Rebalancing::EveryStep if steps == Steps::Monthly => {
                let message = "accounts are rebalanced at the start of a year, not in every month of it";
                return Err(Error::new(ErrorCode::FrequencyUnsupported, message));
            }
            Rebalancing::EveryStep | Rebalancing::Annually => Self::Always,
            Rebalancing::Bands { absolute, relative } => {
                let (absolute, relative) = validate_bands(absolute, relative)?;
                Self::Bands { absolute, relative }
            }
            Rebalancing::Never => Self::Never,
        })
    }

    /// Whether holdings are to be brought back to their targets.
    pub(in super::super) fn is_due(self, holdings: &[f64], balance: f64, targets: &[f64]) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Bands { absolute, relative } => holdings.iter().zip(targets).any(|(holding, target)| {
                let distance = (holding / balance - target).abs();
                distance > absolute || distance > relative * target
            }),
        }
    }
}
