//! From balances to answers.

use super::{
    SimulationDepletion, SimulationDepletionPercentile, SimulationFanRow, SimulationInput,
    SimulationPercentile, SimulationResult, SimulationSurvivalRow, SimulationTerminal,
    model::Model,
    paths::{GROUP, PathRows},
};
use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_math::{
    parallel::{self, Tally},
    proportion::Proportion,
    quantile::quantiles,
};

pub(super) fn summarize(
    simulation: &SimulationInput,
    model: &Model,
    balances: &PathRows,
    tally: &Tally<'_>,
) -> Result<SimulationResult> {
    let probabilities: Vec<f64> =
        simulation.percentiles.iter().map(|percentile| percentile / 100.0).collect();
    let last = model.reported.len().saturating_sub(1);
    let rows = parallel::map(model.reported.len(), tally, |row| {
        let pieces = balances.row(row);
        let quantiles = balances.quantiles(row, &probabilities).map_err(|_| too_large())?;
        let end = if row == last { Some(end_statistics(pieces, simulation, model)) } else { None };
        Ok((quantiles, end))
    })?;

    let mut fan = Vec::new();
    if simulation.fan {
        let today = vec![model.initial_balance; probabilities.len()];
        fan.extend(fan_rows(0, &simulation.percentiles, &today, 1.0));
    }
    let mut terminal_percentiles = Vec::new();
    let mut end = None;
    for ((values, statistics), &month) in rows.into_iter().zip(&model.reported) {
        let month_rows = fan_rows(month, &simulation.percentiles, &values, model.price_level(month));
        if let Some(statistics) = statistics {
            end = Some(statistics);
            terminal_percentiles = month_rows
                .iter()
                .map(|row| SimulationPercentile {
                    percentile: row.percentile,
                    nominal: row.nominal,
                    real: row.real,
                })
                .collect();
        }
        if simulation.fan {
            fan.extend(month_rows);
        }
    }
    let EndStatistics { mean, standard_deviation, at_target } = end.ok_or_else(too_large)?;
    if !mean.is_finite() || !standard_deviation.is_finite() {
        return Err(too_large());
    }

    let depletion_months: Vec<f64> =
        balances.row(model.reported.len()).flatten().copied().filter(|month| *month > 0.0).collect();
    let failed = depletion_months.len();
    let success = Proportion::new(model.paths - failed, model.paths);
    let (wilson_lower, wilson_upper) = success.wilson_interval();
    let target = at_target.map(|count| Proportion::new(count, model.paths));
    Ok(SimulationResult {
        success_probability: success.probability(),
        standard_error: success.standard_error(),
        wilson_lower,
        wilson_upper,
        target_probability: target.map(Proportion::probability),
        target_standard_error: target.map(Proportion::standard_error),
        terminal: SimulationTerminal { mean, standard_deviation, percentiles: terminal_percentiles },
        survival: survival(model, &depletion_months),
        fan,
        depletion: depletion(&simulation.percentiles, &probabilities, depletion_months, model.paths)?,
        paths: simulation.paths,
        seed: simulation.seed,
    })
}

fn too_large() -> Error {
    Error::new(
        ErrorCode::ResultTooLarge,
        "a balance grows too large to be represented; check the size of returns, amounts and the number of months",
    )
}

fn fan_rows(month: u32, percentiles: &[f64], values: &[f64], price_level: f64) -> Vec<SimulationFanRow> {
    let row = |(&percentile, &nominal)| SimulationFanRow {
        month,
        percentile,
        nominal,
        real: nominal / price_level,
    };
    percentiles.iter().zip(values).map(row).collect()
}

/// What is counted and added up over the balances at the end.
struct EndStatistics {
    mean: f64,
    standard_deviation: f64,
    at_target: Option<usize>,
}

fn end_statistics<'a>(
    pieces: impl Iterator<Item = &'a [f64]> + Clone,
    simulation: &SimulationInput,
    model: &Model,
) -> EndStatistics {
    let (mean, standard_deviation) = mean_and_deviation_of_pieces(pieces.clone());
    let price_level =
        if simulation.target_inflation_linked { model.price_level(simulation.months) } else { 1.0 };
    let at_target = simulation
        .target
        .map(|target| pieces.flatten().filter(|value| **value >= target * price_level).count());
    EndStatistics { mean, standard_deviation, at_target }
}

/// The mean, and the sample standard deviation (divisor n - 1), which is 0 for a single value.
pub fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    mean_and_deviation_of_pieces(values.chunks(GROUP))
}

/// The same of values that lie in several pieces. The pieces' sums are added up in turn, which keeps the rounding small.
pub(super) fn mean_and_deviation_of_pieces<'a>(
    pieces: impl Iterator<Item = &'a [f64]> + Clone,
) -> (f64, f64) {
    let sum = |of: &dyn Fn(f64) -> f64| -> f64 {
        pieces.clone().map(|piece| piece.iter().map(|value| of(*value)).sum::<f64>()).sum()
    };
    let count = pieces.clone().map(<[f64]>::len).sum::<usize>() as f64;
    let mean = sum(&|value| value) / count;
    let squares = sum(&|value| (value - mean) * (value - mean));
    (mean, if count > 1.0 { (squares / (count - 1.0)).sqrt() } else { 0.0 })
}

/// How many of the paths have paid all, month by month.
#[expect(clippy::indexing_slicing, reason = "a path is used up in one of the months, if ever")]
fn survival(model: &Model, depletion_months: &[f64]) -> Vec<SimulationSurvivalRow> {
    let mut failures = vec![0usize; model.months.len() + 1];
    for month in depletion_months {
        failures[*month as usize] += 1;
    }
    let mut failed = 0;
    let mut counted = 0;
    [0].iter()
        .chain(&model.years)
        .map(|&month| {
            let next = month as usize + 1;
            failed += failures[counted..next].iter().sum::<usize>();
            counted = next;
            SimulationSurvivalRow {
                month,
                share: Proportion::new(model.paths - failed, model.paths).probability(),
            }
        })
        .collect()
}

fn depletion(
    percentiles: &[f64],
    probabilities: &[f64],
    months: Vec<f64>,
    paths: usize,
) -> Result<SimulationDepletion> {
    let share = Proportion::new(months.len(), paths).probability();
    let at = if months.is_empty() { Vec::new() } else { quantiles(&months, probabilities)? };
    let row = |(&percentile, month)| SimulationDepletionPercentile { percentile, month };
    Ok(SimulationDepletion { share, percentiles: percentiles.iter().zip(at).map(row).collect() })
}
