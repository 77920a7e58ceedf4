//! Computes the result from the balances.

use super::{FanMoney, PortfolioInput, PortfolioResult, compiled::Portfolio};
use crate::{
    Distribution, FanRow, Percentile, SolvencyRow, paths::PathRows, shared::mean_and_deviation_of_pieces,
};
use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_math::{
    is_covered,
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
    let compared = if simulation.target_inflation_linked { real_end.clone() } else { nominal_end.clone() };
    let target = simulation.target.map(|target| {
        Proportion::new(
            compared.flatten().filter(|balance| is_covered(**balance, target)).count(),
            portfolio.paths,
        )
    });
    Ok(PortfolioResult {
        success: Proportion::new(portfolio.paths - depleted.len(), portfolio.paths).into(),
        target_probability: target.map(Proportion::probability),
        target_standard_error: target.map(Proportion::standard_error),
        terminal_nominal: distribution(simulation, nominal_end, nominal)?,
        terminal_real: distribution(simulation, real_end, real)?,
        fan: fan(simulation, portfolio, years),
        solvency: solvency(portfolio, &depleted),
        depletion_share: Proportion::new(depleted.len(), portfolio.paths).probability(),
        depletion_years: depletion_years(simulation, portfolio, &probabilities, &depleted)?,
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
) -> Result<Distribution> {
    let percentiles = Percentile::zip(&simulation.percentiles, quantiles);
    Distribution::new(mean_and_deviation_of_pieces(balances), percentiles).ok_or_else(too_large)
}

/// The quantiles of nominal and real balances in one year.
type YearQuantiles = (Option<Vec<f64>>, Option<Vec<f64>>);

#[expect(clippy::indexing_slicing, reason = "there is a quantile for each percentile")]
fn fan(simulation: &PortfolioInput, portfolio: &Portfolio, years: Vec<YearQuantiles>) -> Vec<FanRow> {
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
        rows.extend(simulation.percentiles.iter().enumerate().map(|(index, &percentile)| FanRow {
            year,
            percentile,
            nominal: at(&nominal, index),
            real: at(&real, index),
        }));
    }
    rows
}

/// The share of paths that have paid everything so far, year by year.
#[expect(clippy::indexing_slicing, reason = "a path is depleted in one of the years, if ever")]
fn solvency(portfolio: &Portfolio, depleted: &[f64]) -> Vec<SolvencyRow> {
    let mut failures = vec![0usize; portfolio.rows.years + 1];
    for step in depleted {
        let year = (*step as usize).div_ceil(portfolio.steps_per_year as usize);
        failures[year] += 1;
    }
    let mut failed = 0;
    let row = |(year, failures): (u32, usize)| {
        failed += failures;
        SolvencyRow { year, share: Proportion::new(portfolio.paths - failed, portfolio.paths).probability() }
    };
    (0..).zip(failures).map(row).collect()
}

/// Percentiles of the time of failure among the paths that failed, in years.
fn depletion_years(
    simulation: &PortfolioInput,
    portfolio: &Portfolio,
    probabilities: &[f64],
    depleted: &[f64],
) -> Result<Vec<Percentile>> {
    if depleted.is_empty() {
        return Ok(Vec::new());
    }
    let steps = quantiles(depleted, probabilities)?.into_iter();
    let years = steps.map(|step| step / f64::from(portfolio.steps_per_year));
    Ok(Percentile::zip(&simulation.percentiles, years))
}
