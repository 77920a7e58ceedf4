//! The classification of flows: what each part of each transaction is, and what decided it.
//!
//! [`classify`] is the one classifier that statements of net worth, cash flow and returns use. A user's correction outranks
//! everything and holds for the merchant from then on; then come the user's rules, what the source says, transfers between
//! own accounts that are unambiguous, merchant category codes, a model that [`train`] makes of the user's corrections, and at
//! last the sign of the amount.

mod accounts;
mod classify;
mod corrections;
mod flow;
mod input;
mod merchant;
mod merchant_codes;
mod merchant_names;
mod model;
mod output;
mod pairing;
mod parts;
mod rules;
mod source;
#[cfg(test)]
mod tests;
mod texts;

pub use classify::classify;
pub use flow::{ClassifiedFlow, FlowClass, FlowReason, FlowReasonKind};
pub use input::{ClassifyInput, FlowCorrection, FlowRule, RuleComparison, RuleField};
pub use merchant_codes::{MerchantCode, MerchantCodes, MerchantCodesInput, merchant_codes};
pub use merchant_names::{MerchantName, MerchantNames, MerchantNamesInput, merchant_names};
pub use model::{FlowModel, FlowModelCount, FlowModelLabel, FlowModelWord, TrainInput, train};
pub use output::{
    AmbiguityCause, AmbiguousTransfer, Classification, FlowReasonCount, FlowTotal, MoneyUnderWay,
    TransferEvidence, TransferPair, UnmatchedArrival,
};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as classification;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_household as household;
    pub use wherewithal_ledger as ledger;
}
