//! Payoff planning over several debts.

use crate::Operation;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![]
}
