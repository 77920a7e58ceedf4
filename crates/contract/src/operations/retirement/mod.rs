//! The entries of retirement plans and of the questions about them.

mod plan;
mod questions;
mod spending;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    [plan::entries(), questions::entries(), spending::entries()].into_iter().flatten().collect()
}
