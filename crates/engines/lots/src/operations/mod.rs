//! The questions that a book answers.

mod append;
mod book;
mod correct;
mod explain;
mod form_8949;
mod plan_sales;
mod preview_trade;
mod probable;
mod reconcile;
mod schedule_d;
mod unrealized;

pub use append::{AppendedBook, LotAppendInput, append};
pub use book::{LotBookInput, book};
pub use correct::{
    CorrectedBook, CorrectedDisposal, CorrectedDistributionGain, CorrectedYear, LotCorrection,
    LotCorrectionsInput, correct,
};
pub use explain::{LotExplanation, LotExplanationInput, LotStep, explain};
pub use form_8949::{
    BrokerReporting, Form8949, Form8949Box, Form8949Input, Form8949Row, Form8949Totals, SaleReporting,
    form_8949,
};
pub use plan_sales::{
    LeftOutReason, LotLeftOut, PlannedSale, SalesPlan, SalesPlanInput, SalesTarget, WashSalePolicy,
    plan_sales,
};
pub use preview_trade::{
    PurchasePreview, SalePreview, TradePreview, TradePreviewInput, WaitingLot, WashSalePreview,
    WashSaleWindow, preview_trade,
};
pub(crate) use probable::probable_wash_sales;
pub use reconcile::{
    BrokerDifference, BrokerFigure, BrokerMatch, BrokerReconciliation, BrokerReconciliationInput, BrokerSale,
    BrokerSecurityName, DifferenceReason, ReconciledLot, ReconciledSale, reconcile,
};
pub use schedule_d::{
    LossCarryover, ScheduleD, ScheduleDInput, ScheduleDLine, ScheduleDSeries, ScheduleDYear, schedule_d,
};
pub use unrealized::{
    SecurityPrice, UnrealizedGains, UnrealizedGainsInput, UnrealizedGroup, UnrealizedLot, UnrealizedTotals,
    unrealized,
};
