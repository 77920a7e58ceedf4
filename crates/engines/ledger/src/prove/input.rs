//! The input of `ledger.prove`.

use std::collections::BTreeSet;

use wherewithal_base::{
    Error, ErrorCode, Result, check, control::Control, dates::Date, error::At as _, num::Decimal, wire::Wire,
};

use super::prove;
use crate::{
    LedgerAccount, LedgerProof, LedgerSecurity, LedgerTransaction, StatedBalance, StatedPosition, validate,
};

/// The most accounts of a ledger.
pub(crate) const MAX_ACCOUNTS: usize = 10_000;

/// Input of `ledger.prove`: the records of accounts, as `formats.read` and `ledger.merge` give them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Wire)]
pub struct LedgerProofInput {
    /// The accounts.
    #[wire(length = ..=10_000)]
    pub accounts: Vec<LedgerAccount>,
    /// The securities.
    #[wire(default, omit, length = ..=100_000)]
    pub securities: Vec<LedgerSecurity>,
    /// The transactions. Those of one day may stand in any order.
    #[wire(length = ..=200_000)]
    pub transactions: Vec<LedgerTransaction>,
    /// The balances that statements state. Those of cash that name no currency are in that of the account, or if it has none,
    /// in the only one that its transactions and balances name.
    #[wire(default, omit, length = ..=200_000)]
    pub balances: Vec<StatedBalance>,
    /// The positions that statements state. Those of one account, security and day are added up.
    #[wire(default, omit, length = ..=200_000)]
    pub positions: Vec<StatedPosition>,
    /// The difference up to which a balance of cash agrees; 0 if absent.
    #[wire(default, omit, range = 0..)]
    pub tolerance: Decimal,
    /// The difference up to which a number of shares agrees; 0 if absent.
    #[wire(default, omit, range = 0..)]
    pub quantity_tolerance: Decimal,
    /// The day from which a transaction counts in balances of cash. Shares always count from `date` on.
    #[wire(default, omit)]
    pub cash_date: CashDate,
    /// The ids of accounts whose transactions are known from their opening on: they are replayed from zero. So are accounts
    /// whose first transaction is called an opening balance. All others are replayed from their first stated figure.
    #[wire(default, omit, length = ..=10_000)]
    pub complete_accounts: Vec<String>,
    /// The day of positions that have none of their own. Without it, they prove nothing.
    pub positions_as_of: Option<Date>,
    /// Whether lists of positions may leave out securities that are held. Otherwise a security that a list of its account
    /// does not have counts as none.
    #[wire(default, omit)]
    pub positions_incomplete: bool,
}

/// The day from which a transaction counts in balances of cash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum CashDate {
    /// The day of posting or settlement where the source states one, else the date.
    #[default]
    Settlement,
    /// The date of the transaction.
    Transaction,
}

impl CashDate {
    /// The day on which a transaction moves cash.
    #[must_use]
    pub fn of(self, transaction: &LedgerTransaction) -> Date {
        match self {
            Self::Settlement => transaction.settlement_date.unwrap_or(transaction.date),
            Self::Transaction => transaction.date,
        }
    }
}

impl LedgerProofInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`prove`].
    pub fn run(&self, control: &Control) -> Result<LedgerProof> {
        prove(self, control)
    }

    pub(super) fn validate(&self, control: &Control) -> Result<()> {
        validate::records(
            &self.accounts,
            &self.securities,
            &self.transactions,
            &self.balances,
            &self.positions,
            control,
        )?;
        check::length(self.accounts.len(), 0..=MAX_ACCOUNTS).at("accounts")?;
        not_negative(self.tolerance).at("tolerance")?;
        not_negative(self.quantity_tolerance).at("quantityTolerance")?;
        let ids: BTreeSet<&str> = self.accounts.iter().map(|account| account.id.as_str()).collect();
        for (index, id) in self.complete_accounts.iter().enumerate() {
            validate::is_known(id, |id| ids.contains(id), "account").at_index("completeAccounts", index)?;
        }
        Ok(())
    }
}

fn not_negative(tolerance: Decimal) -> Result<()> {
    if tolerance.is_negative() {
        return Err(Error::new(ErrorCode::AmountOutOfRange, format!("{tolerance} is below zero")));
    }
    Ok(())
}
