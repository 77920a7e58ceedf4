//! What a book tells: the lots that are left, what was sold, and what the years add up to.

mod foreign;
mod report;
mod rows;

pub(crate) use foreign::{foreign_amount, foreign_gain};
pub(crate) use report::{
    account_id, disposal_row, empty_year, held, lot_id, money, open_lot, quantity, report,
};
pub use rows::{
    DistributionGainRow, ForeignAmount, ForeignGain, GivenShares, LotBook, LotDisposal, LotYear, OpenLot,
    ShortPosition, TermTotals, WashSale,
};
