//! The book: events in, lots and disposals out.

mod acquire;
mod attempt;
mod beside;
mod book;
mod build;
mod by_id;
mod canada;
mod changes;
#[cfg(test)]
mod conservation;
mod currency;
mod deliver;
mod directory;
mod exchange;
mod gift;
mod inherit;
mod journal;
mod lot;
mod mark_to_market;
mod merger;
mod of_each;
mod option;
mod position;
mod queue;
#[cfg(test)]
mod refusals;
mod relocate;
mod return_of_capital;
mod sell;
mod short_sale;
mod spin_off;
mod split;
mod state;
mod symbol_change;
mod table;
mod target_gain;
mod term_queue;
#[cfg(test)]
mod told;
mod transfer;
mod united_kingdom;
mod wash_sale;

pub(crate) use beside::Beside;
pub use book::Book;
pub(crate) use book::MOST;
pub(crate) use build::{apply_day, build, build_unfinished};
pub(crate) use by_id::{ById, Marks};
pub(crate) use changes::Changed;
pub(crate) use currency::{ForeignCost, GainParts, Rates, RunningSum, Sum};
pub(crate) use gift::{Departure, Gift};
pub use journal::BasisRule;
pub(crate) use journal::Entry;
pub(crate) use lot::{Block, Holding, Lot};
pub(crate) use of_each::OfEach;
pub(crate) use position::{Family, Position, Security};
pub(crate) use queue::leading_cost;
pub(crate) use sell::Disposal;
pub(crate) use state::MOST_EVENTS;
pub(crate) use table::{Id, Table, distinct};
#[cfg(test)]
pub(crate) use told::Told;
pub(crate) use wash_sale::Wash;
