//! The entries of `net_worth`, a file for what they are computed from.

#[cfg(feature = "net_worth")]
mod ledger;
mod statement;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    let subjects: &[fn() -> Vec<Operation>] = &[
        statement::entries,
        #[cfg(feature = "net_worth")]
        ledger::entries,
    ];
    subjects.iter().flat_map(|entries| entries()).collect()
}
