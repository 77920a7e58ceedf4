//! The questions that a book answers.

mod book;
mod explain;

pub use book::{LotBookInput, book};
pub use explain::{LotExplanation, LotExplanationInput, LotStep, explain};
