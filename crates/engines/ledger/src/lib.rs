//! The records of a ledger: accounts, securities, transactions, and the balances and positions that statements state; and
//! what is done with them before anything is computed from them.
//!
//! What reads files makes these records, and what computes net worth, cash flow and returns reads them. They hold what a
//! source said and nothing that is derived from it. [`validate`] checks the rules that their types cannot express, [`merge`]
//! adds what is new of another file, [`prove`] replays the transactions between the figures that statements state, and
//! [`household()`] makes a household of them as of a day.

mod account;
mod document;
mod fingerprint;
mod ids;
mod merge;
mod price;
mod prove;
mod replay;
mod running;
mod security;
mod statement;
mod transaction;
mod validate;

pub use account::LedgerAccount;
pub use document::{
    AssumedInHousehold, HouseholdFromLedger, HouseholdFromLedgerInput, LedgerAccountOwner,
    LedgerBalanceBasis, LedgerItem, LeftOutOfHousehold, household,
};
pub use fingerprint::identify;
pub use ids::LedgerIds;
pub use merge::{
    LedgerAccountAlias, LedgerConflict, LedgerConflictRecord, LedgerDuplicate, LedgerMerge,
    LedgerMergeCounts, LedgerMergeInput, LedgerRecords, ProbableDuplicate, ProbableDuplicateBasis,
    ProbableDuplicates, merge,
};
pub use price::LedgerPrice;
pub use prove::{
    CashDate, FaultExplanation, FaultExplanationKind, FaultLikelihood, LedgerFault, LedgerProof,
    LedgerProofCounts, LedgerProofInput, ProofFigureSource, ProofOpening, ProofOpeningKind, ProofStatus,
    ProvedFigure, ProvedHolding, ProvedSpan, UnusedFigure, prove,
};
pub use running::running_balances;
pub use security::{LedgerSecurity, LedgerSecurityKind};
pub use statement::{StatedBalance, StatedBalanceKind, StatedPosition};
pub use transaction::{LedgerSource, LedgerSplit, LedgerTransaction, LedgerTransactionType};
pub use validate::{account, balance, is_merchant_code, position, security, transaction, validate};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as ledger;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_household as household;
}
