//! Net worth: the statement of a household's document, and net worth from a ledger with what its changes come from.

mod ledger;
mod lines;
mod statement;
mod valued;

pub use ledger::{
    AccountAttribution, AccountNetWorth, AccountSeries, AfterTaxNetWorth, AssetValuation, AttributionEntry,
    AttributionLots, CurrencyNetWorth, Liquidation, LiquidationLot, LotAfterTax, LotAttribution, LotOrigin,
    LotPoint, NetWorthAdjustment, NetWorthAsOf, NetWorthAsOfInput, NetWorthAttribution,
    NetWorthAttributionInput, NetWorthBooks, NetWorthPosition, NetWorthPositionKind, NetWorthSeries,
    NetWorthSeriesInput, NetWorthTerm, NetWorthTerms, OpeningLot, OwnedBy, OwnerShare, PersonAttribution,
    PersonNetWorth, PositionAttribution, PositionPoint, SeriesDays, StaleFigure, TaxTreatmentNetWorth,
    UnpricedDays, UnpricedPosition, ValuedAsset, as_of, attribution, series,
};
pub use lines::{NetWorthAsset, NetWorthLiability};
pub use statement::{NetWorthCategory, NetWorthInput, NetWorthLiabilityTotal, NetWorthStatement, statement};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as net_worth;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_classification as classification;
    pub use wherewithal_household as household;
    pub use wherewithal_ledger as ledger;
    pub use wherewithal_lots as lots;
}
