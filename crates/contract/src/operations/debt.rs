//! The entries of `debt`.

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![]
}
