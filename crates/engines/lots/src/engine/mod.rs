//! The book: events in, lots and disposals out.

mod acquire;
mod book;
mod build;
mod canada;
mod journal;
mod lot;
mod position;
mod queue;
mod return_of_capital;
mod sell;
mod split;
mod table;
mod target_gain;
mod term_queue;
mod united_kingdom;
mod wash_sale;

pub use book::Book;
pub(crate) use build::{build, build_unfinished};
pub use journal::BasisRule;
pub(crate) use journal::Entry;
pub(crate) use lot::{Block, Holding, Lot};
pub(crate) use position::{Family, Position, Security};
pub(crate) use sell::Disposal;
pub(crate) use table::{Id, Table};
pub(crate) use wash_sale::Wash;
