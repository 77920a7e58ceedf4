//! Simulation of a portfolio of several asset classes, with money paid in and taken out.
//!
//! [`portfolio`] computes the probability of success and the distribution of balances; [`portfolio_path`] replays one
//! path step by step.

mod compiled;
mod input;
mod lanes;
mod output;
mod replay;
mod run;
mod summary;
#[cfg(test)]
mod tests;

pub use input::{
    FanMoney, PortfolioAllocation, PortfolioFlow, PortfolioFlowFrequency, PortfolioGlidePoint,
    PortfolioInput, PortfolioPathInput,
};
pub use output::{PortfolioPathResult, PortfolioPathRow, PortfolioResult};
pub use replay::{portfolio_path, portfolio_path_under};
pub use run::portfolio;
