//! The entries of the registry, a file for each family.

mod debt;
mod net_worth;
mod plan;
mod simulation;
mod time_value;

use crate::Operation;

pub(crate) fn all() -> Vec<Operation> {
    [debt::entries(), net_worth::entries(), plan::entries(), simulation::entries(), time_value::entries()]
        .into_iter()
        .flatten()
        .collect()
}
