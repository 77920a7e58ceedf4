//! One path of a simulation, month by month.

use super::{
    SimulationPathInput, SimulationPathResult, SimulationPathRow,
    lanes::{Path, growth, pay},
    model::Model,
};
use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_math::random::LANES;

/// Replays one path of a simulation: the same balances, to the bit, as the path has in [`run`](super::run()).
///
/// ```
/// # use wherewithal_simulation::wherewithal;
/// use wherewithal::simulation::{self, SimulationInput, SimulationPathInput};
///
/// let simulation = SimulationInput { initial_balance: 1000.0, months: 12, volatility: 0.1, ..SimulationInput::default() };
/// let path = simulation::path(&SimulationPathInput { simulation, path: 41 })?;
/// assert_eq!(path.rows.len(), 13);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`run`](super::run()), below `simulation`, and `index.out_of_range`.
#[expect(clippy::indexing_slicing, reason = "the lane is below LANES")]
pub fn path(input: &SimulationPathInput) -> Result<SimulationPathResult> {
    let model = Model::new(&input.simulation).map_err(|error| error.at("simulation"))?;
    if input.path >= input.simulation.paths {
        let message = format!("path {} of {} does not exist; counting starts at 0", input.path, model.paths);
        return Err(Error::new(ErrorCode::IndexOutOfRange, message).at("path"));
    }
    let mut path = Path { balance: model.initial_balance, depleted: 0.0 };
    let mut rows = Vec::with_capacity(model.months.len() + 1);
    rows.push(SimulationPathRow {
        month: 0,
        start_flow: 0.0,
        monthly_return: 0.0,
        end_flow: 0.0,
        nominal: path.balance,
        real: path.balance,
    });
    let mut number = 0;
    let lane = (input.path % LANES as u64) as usize;
    let mut normals = model.stream.lane_normals(input.path - lane as u64);
    for pair in model.months.chunks(2) {
        for (month, normals) in pair.iter().zip(normals.next()) {
            number += 1;
            let growth = growth(&model, normals[lane]);
            let start_flow = if path.depleted == 0.0 { month.start_flow } else { 0.0 };
            path = pay(path, start_flow, f64::from(number));
            path.balance *= growth;
            let end_flow = if path.depleted == 0.0 { month.end_flow } else { 0.0 };
            path = pay(path, end_flow, f64::from(number));
            if !path.balance.is_finite() {
                return Err(Error::new(
                    ErrorCode::ResultTooLarge,
                    "the balance grows too large to be represented",
                ));
            }
            rows.push(SimulationPathRow {
                month: number,
                start_flow,
                monthly_return: growth - 1.0,
                end_flow,
                nominal: path.balance,
                real: path.balance / month.price_level,
            });
        }
    }
    let depletion_month = if path.depleted > 0.0 { Some(path.depleted as u32) } else { None };
    Ok(SimulationPathResult { path: input.path, depletion_month, rows })
}
