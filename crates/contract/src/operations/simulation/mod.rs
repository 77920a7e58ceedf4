//! The entries of `simulation`.

mod portfolio;
mod ruin;
mod run;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    [portfolio::entries(), ruin::entries(), run::entries()].into_iter().flatten().collect()
}
