//! Simulation of a portfolio of several asset classes, with money paid in and taken out.
//!
//! [`portfolio`] answers how often a plan holds and how far its balances spread; [`portfolio_path`] shows one of its
//! paths step by step.

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
pub use replay::portfolio_path;
pub use run::portfolio;
