//! A household's retirement plan along many paths of a market: accounts, incomes, taxes and spending, year by year.
//!
//! [`retirement`](retirement()) answers how often a plan holds and what it leaves; [`retirement_path`] shows the ledger
//! of one path. A plan is checked and worked out once (`compiled`), runs along a path year by year (`engine`), and its
//! paths are gathered (`outcomes`) and described (`summary`).
mod compiled;
mod engine;
mod input;
mod ledger;
mod outcomes;
mod output;
mod sequence;
mod splice;
mod summary;
#[cfg(test)]
mod tests;
mod trial;

pub(crate) use compiled::CompiledPlan;
pub use input::*;
pub use ledger::retirement_path;
pub use output::*;
pub(crate) use splice::Splice;
pub use summary::retirement;
pub(crate) use trial::{Trial, Trials, check_plan};
