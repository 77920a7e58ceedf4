//! Refinancing, comparisons and ratios.

use crate::Operation;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![]
}
