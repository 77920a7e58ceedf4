//! All paths of a simulation.

use super::{PortfolioInput, PortfolioResult, compiled::Portfolio, lanes::run_group, summary::summarize};
use crate::paths::PathRows;
use wherewithal_base::{Result, control::Control};
use wherewithal_math::parallel::Tally;

/// Simulates a portfolio of several asset classes along many paths.
///
/// In each step the flows at its start are paid, the portfolio is rebalanced if `rebalancing` says so, each holding
/// grows with its asset class, prices rise, and the flows at the end are paid. A path that cannot pay a withdrawal has
/// failed: its balance stays 0.
///
/// The result is the same, to the bit, on every machine and at any number of threads.
///
/// ```
/// # use wherewithal_simulation::wherewithal;
/// use wherewithal::{control::Control, simulation::{self, PortfolioInput}};
///
/// let simulation: PortfolioInput = serde_json::from_str(
///     r#"{"initialBalance": 1000000, "years": 30, "paths": 2000, "seed": 7,
///         "market": {"kind": "lognormal", "assetClasses": [
///             {"name": "shares", "expectedReturn": 0.07, "volatility": 0.16},
///             {"name": "bonds", "expectedReturn": 0.035, "volatility": 0.06}],
///             "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
///         "allocation": {"kind": "fixed", "weights": [0.6, 0.4]},
///         "flows": [{"amount": -40000, "inflationLinked": true, "timing": "start"}]}"#,
/// ).expect("the input is well formed");
/// let result = simulation::portfolio(&simulation, &Control::default())?;
/// assert!(result.success.probability > 0.65 && result.success.probability < 0.72);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, the codes of invalid values and `result.too_large`, each with its path;
/// `operation.cancelled`.
pub fn portfolio(simulation: &PortfolioInput, control: &Control<'_>) -> Result<PortfolioResult> {
    let portfolio = Portfolio::new(simulation, control)?;
    let groups = PathRows::groups(portfolio.paths);
    let tally = Tally::new(control, (groups + portfolio.rows.years) as u64);
    let rows = rows(&portfolio, &tally)?;
    summarize(simulation, &portfolio, &rows, &tally)
}

/// Runs all paths.
pub(super) fn rows(portfolio: &Portfolio, tally: &Tally<'_>) -> Result<PathRows> {
    let combined = portfolio.combined();
    let portfolio = combined.as_ref().unwrap_or(portfolio);
    PathRows::run(portfolio.paths, portfolio.rows.depletion() + 1, tally, |rows| run_group(portfolio, rows))
}
