//! Simulation of portfolios along many paths.
//!
//! [`run`](run()) follows one asset month by month, and [`portfolio`](portfolio()) several asset classes with inflation
//! from any [`MarketModel`](wherewithal_market::MarketModel). Each gives the probability of success and the
//! distribution of balances, and each has a companion that replays a single path, to the bit: [`path`],
//! [`portfolio_path`]. [`ruin_probability`] is the closed form in continuous time that both approach.

mod input;
mod lanes;
mod model;
mod output;
mod paths;
mod portfolio;
mod replay;
mod ruin;
mod run;
mod shared;
mod summary;
#[cfg(test)]
mod tests;

pub use input::{SimulationFlow, SimulationInput, SimulationPathInput};
pub use output::{SimulationPathResult, SimulationPathRow, SimulationResult};
pub use portfolio::{
    FanMoney, PortfolioAllocation, PortfolioFlow, PortfolioFlowFrequency, PortfolioGlidePoint,
    PortfolioInput, PortfolioPathInput, PortfolioPathResult, PortfolioPathRow, PortfolioResult, portfolio,
    portfolio_path, portfolio_path_under,
};
pub use replay::path;
pub use ruin::{RuinLifetime, RuinMethod, RuinProbabilityInput, RuinProbabilityResult, ruin_probability};
pub use run::run;
pub use shared::{
    Distribution, FanRow, FlowTiming, MonthlyFanRow, MonthlySolvencyRow, Percentile, Rebalancing,
    SolvencyRow, Steps, Success,
};

/// Shared with the engines that depend on this one; not part of the interface of `wherewithal`.
#[doc(hidden)]
pub mod internal {
    pub use crate::shared::{distribution, mean_and_deviation, validate_bands};
}

/// The crate that users name, as far as this package can see it: for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as simulation;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_market as market;
    pub use wherewithal_math as math;
}
