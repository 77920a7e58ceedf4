//! What operations there are, and what each takes and returns.

pub(crate) mod get;
pub(crate) mod list;
