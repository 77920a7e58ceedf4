//! Simulation of a portfolio: one asset, monthly lognormal returns, money paid in and taken out.
//!
//! [`run`] answers how often a plan holds and how far its balances spread; [`path`](path()) shows one of its paths
//! month by month.

mod input;
mod lanes;
mod model;
mod output;
mod replay;
mod run;
mod summary;
#[cfg(test)]
mod tests;

pub use input::{FlowTiming, ReturnConvention, Simulation, SimulationFlow, SimulationPath};
pub use output::{
    SimulationDepletion, SimulationDepletionPercentile, SimulationFanRow, SimulationPathResult,
    SimulationPathRow, SimulationPercentile, SimulationResult, SimulationSurvivalRow, SimulationTerminal,
};
pub use replay::path;
pub use run::run;
