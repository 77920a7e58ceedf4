//! The types that the inputs and results of simulations, plans and goals share.

mod distribution;
mod fan;
mod percentile;
mod rebalancing;
mod solvency;
mod steps;
mod success;
mod timing;

pub use distribution::Distribution;
pub use fan::{FanRow, MonthlyFanRow};
pub use percentile::Percentile;
pub use rebalancing::Rebalancing;
pub use solvency::{MonthlySolvencyRow, SolvencyRow};
pub use steps::Steps;
pub use success::Success;
pub use timing::FlowTiming;

pub(crate) use distribution::mean_and_deviation_of_pieces;
pub use distribution::{distribution, mean_and_deviation};
pub use rebalancing::validate_bands;
