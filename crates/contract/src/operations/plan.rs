//! The entries of `plan`.

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![]
}
