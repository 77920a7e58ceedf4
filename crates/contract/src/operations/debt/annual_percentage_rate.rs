//! Annual percentage rates and the finance charge.

use crate::Operation;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![]
}
