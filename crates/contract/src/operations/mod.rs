//! The entries of the registry, in the folders of the engines.

mod dates;
mod debt;
mod goals;
mod market;
mod net_worth;
mod plan;
mod rates;
mod reference;
mod retirement;
mod simulation;
mod time_value;

use crate::Operation;

pub(crate) fn all() -> Vec<Operation> {
    [
        dates::entries(),
        debt::entries(),
        goals::entries(),
        market::entries(),
        net_worth::entries(),
        plan::entries(),
        rates::entries(),
        reference::entries(),
        retirement::entries(),
        simulation::entries(),
        time_value::entries(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
