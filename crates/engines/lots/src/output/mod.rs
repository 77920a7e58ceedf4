//! What a book tells: the lots that are left, what was sold, and what the years add up to.

mod report;
mod rows;

pub(crate) use report::{lot_id, money, quantity, report};
pub use rows::{
    DistributionGainRow, GivenShares, LotBook, LotDisposal, LotYear, OpenLot, ShortPosition, TermTotals,
    WashSale,
};
