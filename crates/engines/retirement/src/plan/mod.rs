//! Simulation of a household's retirement plan: accounts, incomes, taxes and spending, year by year.
//!
//! [`run`](crate::run()) computes the probability of success and what the plan leaves; [`path`] returns the ledger of
//! one path. A plan is validated and compiled once (`compiled`) and simulated year by year along each path (`engine`).
//! The paths are collected (`outcomes`) and summarized (`summary`).
mod compiled;
mod engine;
mod input;
mod ledger;
mod outcomes;
mod output;
pub(crate) mod reduced;
mod sequence;
mod splice;
mod summary;
mod taxes;
#[cfg(test)]
mod tests;
mod trial;
mod year_sums;

pub(crate) use compiled::{CompiledPlan, conversion_accounts};
pub use input::*;
pub use ledger::{path, path_under};
pub use output::*;
pub(crate) use splice::Splice;
pub use summary::run;
pub(crate) use trial::{Trial, Trials, check_plan};
