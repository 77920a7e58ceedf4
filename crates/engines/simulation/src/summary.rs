//! Computes the result from the balances.

use super::{
    Distribution, MonthlyFanRow, MonthlySolvencyRow, Percentile, SimulationInput, SimulationResult,
    model::Model, paths::PathRows, shared::mean_and_deviation_of_pieces,
};
use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_math::{
    is_covered,
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
    let mut end = None;
    for ((values, statistics), &month) in rows.into_iter().zip(&model.reported) {
        let price_level = model.price_level(month);
        if simulation.fan {
            fan.extend(fan_rows(month, &simulation.percentiles, &values, price_level));
        }
        if let Some(statistics) = statistics {
            let (mean, deviation) = statistics.mean_and_deviation;
            // Prices are the same in every path, so the real distribution is the nominal one in other units.
            let in_money_of = |level: f64| {
                let values = values.iter().map(|value| value / level);
                let percentiles = Percentile::zip(&simulation.percentiles, values);
                Distribution::new((mean / level, deviation / level), percentiles).ok_or_else(too_large)
            };
            end = Some((in_money_of(1.0)?, in_money_of(price_level)?, statistics.at_target));
        }
    }
    let (terminal_nominal, terminal_real, at_target) = end.ok_or_else(too_large)?;

    let depletion_months: Vec<f64> =
        balances.row(model.reported.len()).flatten().copied().filter(|month| *month > 0.0).collect();
    let failed = depletion_months.len();
    let target = at_target.map(|count| Proportion::new(count, model.paths));
    Ok(SimulationResult {
        success: Proportion::new(model.paths - failed, model.paths).into(),
        target_probability: target.map(Proportion::probability),
        target_standard_error: target.map(Proportion::standard_error),
        terminal_nominal,
        terminal_real,
        fan,
        solvency: solvency(model, &depletion_months),
        depletion_share: Proportion::new(failed, model.paths).probability(),
        depletion_months: if failed == 0 {
            Vec::new()
        } else {
            Percentile::zip(&simulation.percentiles, quantiles(&depletion_months, &probabilities)?)
        },
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

fn fan_rows(month: u32, percentiles: &[f64], values: &[f64], price_level: f64) -> Vec<MonthlyFanRow> {
    let row =
        |(&percentile, &nominal)| MonthlyFanRow { month, percentile, nominal, real: nominal / price_level };
    percentiles.iter().zip(values).map(row).collect()
}

/// Statistics of the balances at the end.
struct EndStatistics {
    mean_and_deviation: (f64, f64),
    at_target: Option<usize>,
}

fn end_statistics<'a>(
    pieces: impl Iterator<Item = &'a [f64]> + Clone,
    simulation: &SimulationInput,
    model: &Model,
) -> EndStatistics {
    let price_level =
        if simulation.target_inflation_linked { model.price_level(simulation.months) } else { 1.0 };
    let at_target = simulation.target.map(|target| {
        pieces.clone().flatten().filter(|value| is_covered(**value, target * price_level)).count()
    });
    EndStatistics { mean_and_deviation: mean_and_deviation_of_pieces(pieces), at_target }
}

/// The share of paths that have paid everything so far, month by month.
#[expect(clippy::indexing_slicing, reason = "a path is depleted in one of the months, if ever")]
fn solvency(model: &Model, depletion_months: &[f64]) -> Vec<MonthlySolvencyRow> {
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
            MonthlySolvencyRow {
                month,
                share: Proportion::new(model.paths - failed, model.paths).probability(),
            }
        })
        .collect()
}
