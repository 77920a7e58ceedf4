//! The list of operations, and their inputs and outputs.

pub(crate) mod get;
pub(crate) mod list;
