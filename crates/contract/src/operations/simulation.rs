//! The entries of `simulation`.

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![]
}
