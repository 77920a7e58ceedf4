//! The book: events in, lots and disposals out.

mod acquire;
mod book;
mod build;
mod canada;
#[cfg(test)]
mod conservation;
mod currency;
mod exchange;
mod gift;
mod inherit;
mod journal;
mod lot;
mod mark_to_market;
mod merger;
mod option;
mod position;
mod queue;
mod relocate;
mod return_of_capital;
mod sell;
mod short_sale;
mod spin_off;
mod split;
mod symbol_change;
mod table;
mod target_gain;
mod term_queue;
mod transfer;
mod united_kingdom;
mod wash_sale;

pub use book::Book;
pub(crate) use build::{build, build_unfinished};
pub(crate) use currency::{ForeignCost, GainParts, Rates, RunningSum, Sum};
pub(crate) use gift::{Departure, Gift};
pub use journal::BasisRule;
pub(crate) use journal::Entry;
pub(crate) use lot::{Block, Holding, Lot};
pub(crate) use position::{Family, Position, Security};
pub(crate) use sell::Disposal;
pub(crate) use table::{Id, Table};
pub(crate) use wash_sale::Wash;
