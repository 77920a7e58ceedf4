//! The entries of the registry, a file for each family.

mod dates;
mod debt;
mod goals;
mod net_worth;
mod plan;
mod rates;
mod simulation;
mod simulation_answers;
mod simulation_facts;
mod simulation_market;
mod simulation_portfolio;
mod simulation_retirement;
mod simulation_spending;
mod time_value;

use crate::Operation;

pub(crate) fn all() -> Vec<Operation> {
    [
        dates::entries(),
        debt::entries(),
        goals::entries(),
        net_worth::entries(),
        plan::entries(),
        rates::entries(),
        simulation::entries(),
        simulation_answers::entries(),
        simulation_facts::entries(),
        simulation_market::entries(),
        simulation_portfolio::entries(),
        simulation_retirement::entries(),
        simulation_spending::entries(),
        time_value::entries(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
