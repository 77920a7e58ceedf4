//! What a caller says: the rules of a book, its accounts and securities, and the events.

mod account;
mod event;
mod rules;
mod security;

pub use account::LotAccount;
pub use event::{AlternateValuation, CashInLieu, GiftTax, LotEvent, LotPick, SpinOffValues};
pub use rules::{
    GainTaxRates, IdenticalSecurities, Jurisdiction, LotElection, LotExchangeRate, LotMethod, LotRules,
    LotScope, WashSaleVerdict,
};
pub use security::{LotOption, LotSecurity, OptionRight, SecurityKind};
