//! The records of a ledger: accounts, securities, transactions, and the balances and positions that statements state.
//!
//! What reads files makes these records, and what computes net worth, cash flow and returns reads them. They hold what a
//! source said and nothing that is derived from it. [`validate`] checks the rules that their types cannot express.

mod account;
mod price;
mod security;
mod statement;
mod transaction;
mod validate;

pub use account::LedgerAccount;
pub use price::LedgerPrice;
pub use security::{LedgerSecurity, LedgerSecurityKind};
pub use statement::{StatedBalance, StatedBalanceKind, StatedPosition};
pub use transaction::{LedgerSource, LedgerSplit, LedgerTransaction, LedgerTransactionType};
pub use validate::{account, security, transaction, validate};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as ledger;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_household as household;
}
