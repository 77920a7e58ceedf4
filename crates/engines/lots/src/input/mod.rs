//! What a caller says: the rules of a book, its accounts and securities, and the events.

mod account;
mod event;
mod rules;
mod security;

pub use account::LotAccount;
pub use event::{CashInLieu, LotEvent, LotPick};
pub use rules::{
    GainTaxRates, IdenticalSecurities, Jurisdiction, LotElection, LotMethod, LotRules, LotScope,
    WashSaleVerdict,
};
pub use security::{LotSecurity, SecurityKind};
