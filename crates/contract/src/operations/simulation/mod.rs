//! The entries of `simulation`.

mod portfolio;
mod run;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    [portfolio::entries(), run::entries()].into_iter().flatten().collect()
}
