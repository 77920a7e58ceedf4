//! Tax lots: what every share cost, what a sale gained, and which losses count.

mod columns;
mod engine;
mod exact;
mod holding_period;
mod input;
mod names;
mod operations;
mod output;
mod tally;
#[cfg(test)]
mod tests;

pub use columns::{
    DistributionGainColumns, LotColumns, LotDisposalColumns, LotTradeKind, LotTradeMoney, LotTrades,
    OpenLotColumns, WashSaleColumns, book_columns,
};
pub use engine::{BasisRule, Book};
pub use holding_period::{HoldingTerm, first_long_term_day};
pub use input::{
    AlternateValuation, CashInLieu, GainTaxRates, GiftTax, IdenticalSecurities, Jurisdiction, LotAccount,
    LotElection, LotEvent, LotExchangeRate, LotMethod, LotOption, LotPick, LotRules, LotScope, LotSecurity,
    OptionRight, SecurityKind, SpinOffValues, WashSaleVerdict,
};
pub use operations::{
    AppendedBook, BrokerDifference, BrokerFigure, BrokerMatch, BrokerReconciliation,
    BrokerReconciliationInput, BrokerReporting, BrokerSale, BrokerSecurityName, CorrectedBook,
    CorrectedDisposal, CorrectedDistributionGain, CorrectedYear, DifferenceReason, Form8949, Form8949Box,
    Form8949Input, Form8949Row, Form8949Totals, LeftOutReason, LossCarryover, LotAppendInput, LotBookInput,
    LotCorrection, LotCorrectionsInput, LotExplanation, LotExplanationInput, LotLeftOut, LotStep,
    PlannedSale, PurchasePreview, ReconciledLot, ReconciledSale, SalePreview, SaleReporting, SalesPlan,
    SalesPlanInput, SalesTarget, ScheduleD, ScheduleDInput, ScheduleDLine, ScheduleDSeries, ScheduleDYear,
    SecurityPrice, TradePreview, TradePreviewInput, UnrealizedGains, UnrealizedGainsInput, UnrealizedGroup,
    UnrealizedLot, UnrealizedTotals, WaitingLot, WashSalePolicy, WashSalePreview, WashSaleWindow, append,
    book, correct, explain, form_8949, plan_sales, preview_trade, reconcile, schedule_d, unrealized,
};
pub use output::{
    ChangedDisposal, DistributionGainRow, ForeignAmount, ForeignGain, GivenShares, LotBook, LotChanges,
    LotDisposal, LotState, LotStateAmounts, LotStateDay, LotStateDaySale, LotStateDisposal, LotStateExchange,
    LotStateFamily, LotStateForeign, LotStateGift, LotStateLot, LotStateMoment, LotStatePosition,
    LotStatePurchase, LotStateSymbolChange, LotStateWhole, LotYear, OpenLot, ProbableWashSale,
    ProbableWashSaleReason, ShortPosition, TermTotals, WashSale,
};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as lots;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_household as household;
}
