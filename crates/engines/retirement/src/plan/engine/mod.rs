//! The simulation of a plan along one path: year by year, money received, money paid, and the growth of accounts.

mod accounts;
mod contributions;
mod incomes;
mod market;
mod months;
mod obligations;
mod path;
mod record;
mod spending;
mod state;
mod taxes;
mod withdrawal;
mod year;

pub(super) use market::PathMarket;
pub(super) use path::{PathOutcome, run_path};
pub(super) use record::{AccountYear, YearRecord};
pub(super) use state::Workspace;
