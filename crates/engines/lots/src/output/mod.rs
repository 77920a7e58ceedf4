//! What a book tells: the lots that are left, what was sold, and what the years add up to.

mod changes;
mod foreign;
mod report;
mod rows;
mod state;

pub(crate) use changes::changes;
pub use changes::{ChangedDisposal, LotChanges};
pub(crate) use foreign::{foreign_amount, foreign_gain};
pub(crate) use report::{
    Sums, account_id, disposal_row, empty_year, held, lot_id, money, open_lot, quantity, report, year_rows,
    years,
};
pub use rows::{
    DistributionGainRow, ForeignAmount, ForeignGain, GivenShares, LotBook, LotDisposal, LotYear, OpenLot,
    ProbableWashSale, ProbableWashSaleReason, ShortPosition, TermTotals, WashSale,
};
pub use state::{
    LotState, LotStateAmounts, LotStateDay, LotStateDaySale, LotStateDisposal, LotStateExchange,
    LotStateFamily, LotStateForeign, LotStateGift, LotStateLot, LotStateMoment, LotStatePosition,
    LotStatePurchase, LotStateSymbolChange, LotStateWhole,
};
