//! All paths of a simulation.

use super::{Simulation, SimulationResult, lanes::Chunk, model::Model, summary::summarize};
use crate::{
    Error, ErrorCode, Result,
    control::Control,
    math::{
        dispatch::dispatch,
        parallel::{self, Tally},
        random::LANES,
    },
};

/// The balances of all paths at the reported months.
///
/// In chunks of [`LANES`] paths; a chunk has one row of balances for each reported month and a last row with the
/// months of depletion. The lanes of the last chunk beyond the number of paths are surplus.
pub(super) struct Balances {
    numbers: Vec<f64>,
    rows: usize,
    paths: usize,
}

impl Balances {
    /// Row `row` of all paths, in the order of the paths.
    pub(super) fn row(&self, row: usize) -> Vec<f64> {
        let mut values = Vec::with_capacity(self.paths.next_multiple_of(LANES));
        for chunk in self.numbers.chunks_exact(self.rows * LANES) {
            values.extend(chunk.iter().skip(row * LANES).take(LANES));
        }
        values.truncate(self.paths);
        values
    }

    /// For each path, the month that it could not pay; 0 where it paid all.
    pub(super) fn depletion_months(&self) -> Vec<f64> {
        self.row(self.rows - 1)
    }
}

/// Simulates a portfolio along many paths.
///
/// In each month the flows at its start are paid, the balance is multiplied by `exp(m + s z)`, and the flows at its
/// end are paid. z is standard normal and independent from month to month, m is a twelfth of the mean annual
/// logarithmic return (by `return_convention`, less the fee) and s is the volatility over the square root of 12.
/// A path that cannot pay a withdrawal has failed for good: its balance stays 0.
///
/// The answer is the same, to the bit, on every machine and at any number of threads.
///
/// ```
/// use wherewithal::{control::Control, simulation::{self, Simulation, SimulationFlow}};
///
/// let retirement = Simulation {
///     initial_balance: 1_000_000.0,
///     months: 360,
///     expected_return: 0.06,
///     volatility: 0.10,
///     inflation: 0.025,
///     flows: vec![SimulationFlow { amount: -3500.0, inflation_linked: true, ..Default::default() }],
///     paths: 2000,
///     seed: 7,
///     ..Simulation::default()
/// };
/// let result = simulation::run(&retirement, &Control::default())?;
/// assert!(result.success_probability > 0.65 && result.success_probability < 0.75);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `simulation.*` and `result.not_finite`, each with its path; `operation.cancelled`.
pub fn run(simulation: &Simulation, control: &Control<'_>) -> Result<SimulationResult> {
    let model = Model::new(simulation)?;
    let chunks = model.paths.div_ceil(LANES);
    let tally = Tally::new(control, (chunks + model.reported.len()) as u64);
    let balances = balances(&model, &tally)?;
    summarize(simulation, &model, &balances, &tally)
}

/// Runs all paths.
pub(super) fn balances(model: &Model, tally: &Tally<'_>) -> Result<Balances> {
    let rows = model.reported.len() + 1;
    let length = model.paths.div_ceil(LANES) * rows * LANES;
    let mut numbers = Vec::new();
    numbers.try_reserve_exact(length).map_err(|error| {
        let message = format!("{} paths need more memory than there is", model.paths);
        Error::new(ErrorCode::SimulationPathsOutOfRange, message).caused_by(error).at("paths")
    })?;
    numbers.resize(length, 0.0);
    parallel::map_chunks(&mut numbers, rows * LANES, tally, |index, output| {
        dispatch(Chunk { model, first_path: (index * LANES) as u64, output });
        Ok(())
    })?;
    Ok(Balances { numbers, rows, paths: model.paths })
}
