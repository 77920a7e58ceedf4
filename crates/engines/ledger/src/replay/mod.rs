//! Balances as they follow from transactions: the cash of an account in each currency, and its shares of each security.

mod exact;
mod tracks;

pub(crate) use exact::Exact;
pub(crate) use tracks::{
    Change, Figure, FigureSource, Reading, Records, Row, Track, What, split_ratio, tracks,
};
