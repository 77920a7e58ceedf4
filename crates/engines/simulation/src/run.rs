//! All paths of a simulation.

use super::{
    SimulationInput, SimulationResult, lanes::Group, model::Model, paths::PathRows, summary::summarize,
};
use wherewithal_base::{Result, control::Control};
use wherewithal_math::{dispatch::dispatch, parallel::Tally};

/// Simulates a portfolio along many paths.
///
/// In each month the flows at its start are paid, the balance is multiplied by `exp(m + s z)`, and the flows at its end
/// are paid. z is standard normal and independent from month to month, m is a twelfth of the mean annual logarithmic
/// return (by `return_convention`, less the fee) and s is the volatility over the square root of 12. A path that cannot
/// pay a withdrawal has failed: its balance stays 0.
///
/// The result is the same, to the bit, on every machine and at any number of threads.
///
/// ```
/// # use wherewithal_simulation::wherewithal;
/// use wherewithal::{control::Control, simulation::{self, SimulationFlow, SimulationInput}};
///
/// let retirement = SimulationInput {
///     initial_balance: 1_000_000.0,
///     months: 360,
///     expected_return: 0.06,
///     volatility: 0.10,
///     inflation: 0.025,
///     flows: vec![SimulationFlow { amount: -3500.0, inflation_linked: true, ..Default::default() }],
///     paths: 2000,
///     seed: 7,
///     ..SimulationInput::default()
/// };
/// let result = simulation::run(&retirement, &Control::default())?;
/// assert!(result.success.probability > 0.65 && result.success.probability < 0.75);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, the codes of invalid values and `result.too_large`, each with its path; `operation.cancelled`.
pub fn run(simulation: &SimulationInput, control: &Control<'_>) -> Result<SimulationResult> {
    let model = Model::new(simulation)?;
    let groups = PathRows::groups(model.paths);
    let tally = Tally::new(control, (groups + model.reported.len()) as u64);
    let balances = balances(&model, &tally)?;
    summarize(simulation, &model, &balances, &tally)
}

/// Runs all paths: a row of balances for each reported month, and a last one with the months of depletion.
pub(super) fn balances(model: &Model, tally: &Tally<'_>) -> Result<PathRows> {
    PathRows::run(model.paths, model.reported.len() + 1, tally, |rows| dispatch(Group { model, rows }))
}
