//! The entries of `debt`, a file for each subject.

mod amortize;
mod annual_percentage_rate;
mod comparison;
mod payoff;
mod schedule;
mod servicing;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    [
        amortize::entries(),
        annual_percentage_rate::entries(),
        comparison::entries(),
        payoff::entries(),
        schedule::entries(),
        servicing::entries(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
