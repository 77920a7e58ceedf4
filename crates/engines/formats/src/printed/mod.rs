//! Numbers and dates as people and programs print them.

pub(crate) mod beside;
pub(crate) mod date;
pub(crate) mod number;
