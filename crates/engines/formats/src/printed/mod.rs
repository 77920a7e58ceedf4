//! Numbers and dates as people and programs print them.

pub(crate) mod date;
pub(crate) mod number;
