//! From balances to answers.

use super::{
    FanMoney, PortfolioDepletion, PortfolioDepletionPercentile, PortfolioDistribution, PortfolioFanRow,
    PortfolioInput, PortfolioPercentile, PortfolioResult, PortfolioSurvivalRow, compiled::Portfolio,
};
use crate::{paths::PathRows, summary::mean_and_deviation_of_pieces};
use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_math::{
    parallel::{self, Tally},
    proportion::Proportion,
    quantile::quantiles,
};

#[expect(clippy::expect_used, clippy::unreachable, reason = "the last year has rows of both sorts of money")]
pub(super) fn summarize(
    simulation: &PortfolioInput,
    portfolio: &Portfolio,
    rows: &PathRows,
    tally: &Tally<'_>,
) -> Result<PortfolioResult> {
    let probabilities: Vec<f64> =
        simulation.percentiles.iter().map(|percentile| percentile / 100.0).collect();
    let quantiles_of = |row: Option<usize>| {
        row.map(|row| rows.quantiles(row, &probabilities).map_err(|_| too_large())).transpose()
    };
    // The last year has rows of both sorts of money, for the terminal balances, whatever the fan shows.
    let years = parallel::map(portfolio.rows.years, tally, |index| {
        let year = index + 1;
        Ok((quantiles_of(portfolio.rows.nominal(year))?, quantiles_of(portfolio.rows.real(year))?))
    })?;
    let Some((Some(nominal), Some(real))) = years.last().cloned() else {
        unreachable!("the last year has both rows")
    };
    let end = portfolio.rows.years;
    let row_of = |row: Option<usize>| rows.row(row.expect("the last year has both rows"));
    let (nominal_end, real_end) = (row_of(portfolio.rows.nominal(end)), row_of(portfolio.rows.real(end)));

    let depleted: Vec<f64> =
        rows.row(portfolio.rows.depletion()).flatten().copied().filter(|step| *step > 0.0).collect();
    let success = Proportion::new(portfolio.paths - depleted.len(), portfolio.paths);
    let (wilson_lower, wilson_upper) = success.wilson_interval();
    let compared = if simulation.target_inflation_linked { real_end.clone() } else { nominal_end.clone() };
    let target = simulation.target.map(|target| {
        Proportion::new(compared.flatten().filter(|balance| **balance >= target).count(), portfolio.paths)
    });
    Ok(PortfolioResult {
        success_probability: success.probability(),
        standard_error: success.standard_error(),
        wilson_lower,
        wilson_upper,
        target_probability: target.map(Proportion::probability),
        target_standard_error: target.map(Proportion::standard_error),
        terminal_nominal: distribution(simulation, nominal_end, nominal)?,
        terminal_real: distribution(simulation, real_end, real)?,
        fan: fan(simulation, portfolio, years),
        survival: survival(portfolio, &depleted),
        depletion: depletion(simulation, portfolio, &probabilities, &depleted)?,
        correlation_repairs: portfolio.market.correlation_repairs().to_vec(),
        paths: portfolio.paths as u64,
        seed: simulation.seed,
    })
}

fn too_large() -> Error {
    Error::new(
        ErrorCode::ResultTooLarge,
        "a balance grows too large to be represented; check the size of returns, amounts and the number of years",
    )
}

fn distribution<'a>(
    simulation: &PortfolioInput,
    balances: impl Iterator<Item = &'a [f64]> + Clone,
    quantiles: Vec<f64>,
) -> Result<PortfolioDistribution> {
    let (mean, standard_deviation) = mean_and_deviation_of_pieces(balances);
    if !mean.is_finite() || !standard_deviation.is_finite() {
        return Err(too_large());
    }
    let row = |(&percentile, balance)| PortfolioPercentile { percentile, balance };
    let percentiles = simulation.percentiles.iter().zip(quantiles).map(row).collect();
    Ok(PortfolioDistribution { mean, standard_deviation, percentiles })
}

/// The quantiles of nominal and real balances in one year.
type YearQuantiles = (Option<Vec<f64>>, Option<Vec<f64>>);

#[expect(clippy::indexing_slicing, reason = "there is a quantile for each percentile")]
fn fan(
    simulation: &PortfolioInput,
    portfolio: &Portfolio,
    years: Vec<YearQuantiles>,
) -> Vec<PortfolioFanRow> {
    let money = simulation.fan_money;
    if money == FanMoney::None {
        return Vec::new();
    }
    let today = vec![portfolio.initial_balance; simulation.percentiles.len()];
    let start = (Some(today.clone()), Some(today));
    let mut rows = Vec::with_capacity((years.len() + 1) * simulation.percentiles.len());
    for (year, (nominal, real)) in (0..).zip([start].into_iter().chain(years)) {
        let nominal = nominal.filter(|_| money.has_nominal());
        let real = real.filter(|_| money.has_real());
        let at = |quantiles: &Option<Vec<f64>>, index: usize| quantiles.as_ref().map(|found| found[index]);
        rows.extend(simulation.percentiles.iter().enumerate().map(|(index, &percentile)| PortfolioFanRow {
            year,
            percentile,
            nominal: at(&nominal, index),
            real: at(&real, index),
        }));
    }
    rows
}

/// How many of the paths have paid all, year by year.
#[expect(clippy::indexing_slicing, reason = "a path is used up in one of the years, if ever")]
fn survival(portfolio: &Portfolio, depleted: &[f64]) -> Vec<PortfolioSurvivalRow> {
    let mut failures = vec![0usize; portfolio.rows.years + 1];
    for step in depleted {
        let year = (*step as usize).div_ceil(portfolio.steps_per_year as usize);
        failures[year] += 1;
    }
    let mut failed = 0;
    let row = |(year, failures): (u32, usize)| {
        failed += failures;
        PortfolioSurvivalRow {
            year,
            share: Proportion::new(portfolio.paths - failed, portfolio.paths).probability(),
        }
    };
    (0..).zip(failures).map(row).collect()
}

fn depletion(
    simulation: &PortfolioInput,
    portfolio: &Portfolio,
    probabilities: &[f64],
    depleted: &[f64],
) -> Result<PortfolioDepletion> {
    let share = Proportion::new(depleted.len(), portfolio.paths).probability();
    let at = if depleted.is_empty() { Vec::new() } else { quantiles(depleted, probabilities)? };
    let row = |(&percentile, step): (&f64, f64)| PortfolioDepletionPercentile {
        percentile,
        years: step / f64::from(portfolio.steps_per_year),
    };
    Ok(PortfolioDepletion { share, percentiles: simulation.percentiles.iter().zip(at).map(row).collect() })
}
