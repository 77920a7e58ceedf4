//! The input and the answer of `ledger.merge`.

use wherewithal_base::{Result, control::Control, wire::Wire};

use super::merge;
use crate::{LedgerAccount, LedgerSecurity, LedgerTransaction, StatedBalance, StatedPosition};

/// The records of a ledger: five fields of what `formats.read` gives, of which the others say how the file was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Wire)]
pub struct LedgerRecords {
    /// The accounts.
    #[wire(default, omit, length = ..=10_000)]
    pub accounts: Vec<LedgerAccount>,
    /// The securities.
    #[wire(default, omit, length = ..=100_000)]
    pub securities: Vec<LedgerSecurity>,
    /// The transactions.
    #[wire(default, omit, length = ..=200_000)]
    pub transactions: Vec<LedgerTransaction>,
    /// The balances that statements state.
    #[wire(default, omit, length = ..=200_000)]
    pub balances: Vec<StatedBalance>,
    /// The positions that statements state.
    #[wire(default, omit, length = ..=200_000)]
    pub positions: Vec<StatedPosition>,
}

/// Input of `ledger.merge`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerMergeInput {
    /// The records that there are.
    pub existing: LedgerRecords,
    /// The records that are read, as of another file.
    pub read: LedgerRecords,
    /// Accounts that are called otherwise where they are read.
    #[wire(default, omit, length = ..=10_000)]
    pub aliases: Vec<LedgerAccountAlias>,
    /// How many days apart two transactions with the same amount and different texts may be to be listed as probably the
    /// same, 0 to 31.
    #[wire(default = near_days, range = 0..=31)]
    pub near_days: u32,
    /// What becomes of transactions that are probably there already.
    #[wire(default, omit)]
    pub probable_duplicates: ProbableDuplicates,
}

fn near_days() -> u32 {
    3
}

impl LedgerMergeInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`merge`].
    pub fn run(&self, control: &Control) -> Result<LedgerMerge> {
        merge(self, control)
    }
}

/// An account that is called otherwise where it is read.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerAccountAlias {
    /// The id in `read`.
    #[wire(length = 1..=100)]
    pub read: String,
    /// The id in `existing`, or with `apart` the id that it has there or gets.
    #[wire(length = 1..=100)]
    pub existing: String,
    /// Whether it is an account of its own, and not the one of the same id: so two accounts whose numbers end alike are kept
    /// apart, and found again when another file of the same account is read.
    #[wire(default, omit)]
    pub apart: bool,
}

/// What becomes of transactions that are probably there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ProbableDuplicates {
    /// They are added, and listed.
    #[default]
    Keep,
    /// They are listed and left out, unless only their days are near.
    LeaveOut,
}

/// The records together, and what became of those that were read.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerMerge {
    /// Those that there were, in their order, and then those that are new, in theirs.
    pub records: LedgerRecords,
    /// What is counted.
    pub counts: LedgerMergeCounts,
    /// The transactions that were there already: they have the same id.
    pub duplicates: Vec<LedgerDuplicate>,
    /// The transactions that are probably there already.
    pub probable: Vec<ProbableDuplicate>,
    /// Fields in which two records with one id differ: what there was stays. Balances and positions of one day of which each side
    /// states others stay both.
    pub conflicts: Vec<LedgerConflict>,
}

/// How many records became what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub struct LedgerMergeCounts {
    /// Transactions that there were.
    pub existing: u32,
    /// Transactions that were read: the sum of the next three.
    pub read: u32,
    /// Transactions that were added.
    pub added: u32,
    /// Transactions that were there already.
    pub duplicates: u32,
    /// Transactions that are probably there already and were left out.
    pub left_out: u32,
    /// Accounts that were added.
    pub accounts_added: u32,
    /// Securities that were added.
    pub securities_added: u32,
    /// Balances that were added.
    pub balances_added: u32,
    /// Positions that were added.
    pub positions_added: u32,
}

/// A transaction that was there already.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerDuplicate {
    /// Its place in `read.transactions`, counted from 0.
    pub place: u32,
    /// Its id.
    pub id: String,
    /// The fields that what was read adds to it.
    #[wire(default, omit)]
    pub completed: Vec<String>,
}

/// A transaction that is probably there already: the account, the amount, the currency, the security and the quantity are
/// the same, and the ids are not, as where a bank's CSV and OFX files have texts of their own.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ProbableDuplicate {
    /// The id of the transaction that was read.
    pub transaction: String,
    /// The id of the one that was there.
    pub existing: String,
    /// What speaks for it.
    pub basis: ProbableDuplicateBasis,
    /// How many days later it is than the one that was there; negative if it is earlier.
    pub days: i32,
    /// Whether it was left out.
    pub left_out: bool,
}

/// Why two transactions are probably the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum ProbableDuplicateBasis {
    /// They have the same date.
    SameDay,
    /// A date of one, of the transaction or of posting, is the other one's.
    OtherDate,
    /// Their dates are near, and their texts are different.
    NearDay,
}

/// What two records with one id, or the two sides of a merge, say otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerConflict {
    /// What they are records of.
    pub record: LedgerConflictRecord,
    /// Their id.
    pub id: String,
    /// The field. Of an account also `balances` or `positions`: both sides state some for one day, and those that are read are
    /// others.
    pub field: String,
}

/// What two records are of that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum LedgerConflictRecord {
    /// An account. One with another institution, of another kind or with other balances of a day is probably another account with
    /// the same id, and its transactions among `duplicates` are missing: `apart` in `aliases` keeps it apart.
    Account,
    /// A security.
    Security,
    /// A transaction.
    Transaction,
}
