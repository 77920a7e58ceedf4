//! Net worth from a ledger: the statement of a day, a series of days, and what a change between two days comes from.
//!
//! Each module uses only those above it: `input` is what the caller said; `exact` rounds quotients once; `tables` are prices and exchange
//! rates by day; `splits` is what becomes of a share; `quantity` replays one position; `term` is what a change comes from; `books` hold every position; `items` and `securities` read what they are made
//! for; `post` makes postings of classified flows and `stated` of statements; `people` divides by ownership; `lines` shows
//! positions; `after_tax` sells everything; `lots` divides the change of a position among its lots; `as_of`, `series` and `attribution` are the questions.

mod after_tax;
mod as_of;
mod attribution;
mod books;
mod exact;
mod input;
mod items;
mod lines;
mod lots;
mod people;
mod post;
mod quantity;
mod securities;
mod series;
mod splits;
mod stated;
mod tables;
mod term;
#[cfg(test)]
mod tests;

pub use after_tax::{AfterTaxNetWorth, Liquidation, LiquidationLot, LotAfterTax};
pub use as_of::{
    AccountNetWorth, CurrencyNetWorth, NetWorthAsOf, NetWorthAsOfInput, NetWorthPosition, PersonNetWorth,
    TaxTreatmentNetWorth, as_of,
};
pub use attribution::{
    AccountAttribution, AttributionEntry, NetWorthAttribution, NetWorthAttributionInput, PersonAttribution,
    PositionAttribution, PositionPoint, attribution,
};
pub use input::{AssetValuation, NetWorthBooks, OwnedBy, OwnerShare, ValuedAsset};
pub use lines::{NetWorthAdjustment, NetWorthPositionKind, StaleFigure, UnpricedPosition};
pub use lots::{AttributionLots, LotAttribution, LotOrigin, LotPoint, OpeningLot};
pub use series::{AccountSeries, NetWorthSeries, NetWorthSeriesInput, SeriesDays, UnpricedDays, series};
pub use term::{NetWorthTerm, NetWorthTerms};
