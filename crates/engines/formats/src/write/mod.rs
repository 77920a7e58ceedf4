//! Writing the records of a ledger as a file for another program.

mod beancount;
pub(crate) mod cells;
mod ghostfolio;
mod names;
mod ofx;
mod omitted;
mod operation;
mod qif;
pub(crate) mod table;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::BTreeMap;

use wherewithal_base::money::Currency;

pub use omitted::FileOmission;
pub use operation::{FileWriteFormat, FileWriteInput, FileWriting, write};

/// The currencies of the accounts that have one, by id.
fn currencies(input: &FileWriteInput) -> BTreeMap<&str, Currency> {
    input.accounts.iter().filter_map(|account| Some((account.id.as_str(), account.currency?))).collect()
}
