//! The entries of `net_worth`.

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![]
}
