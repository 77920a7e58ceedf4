//! A household's retirement plan along many paths of a market: accounts, incomes, taxes and spending, year by year.
//!
//! [`run`](crate::run()) answers how often a plan holds and what it leaves; [`path`] shows the ledger
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
mod taxes;
#[cfg(test)]
mod tests;
mod trial;

pub(crate) use compiled::CompiledPlan;
pub use input::*;
pub use ledger::path;
pub use output::*;
pub(crate) use splice::Splice;
pub use summary::run;
pub(crate) use trial::{Trial, Trials, check_plan};
