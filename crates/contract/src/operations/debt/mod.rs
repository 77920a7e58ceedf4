//! The entries of `debt`, a file for each subject.

mod amortize;
#[cfg(feature = "debt")]
mod annual_percentage_rate;
#[cfg(feature = "debt")]
mod comparison;
#[cfg(feature = "debt")]
mod payoff;
#[cfg(feature = "debt")]
mod schedule;
#[cfg(feature = "debt")]
mod servicing;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    let subjects: &[fn() -> Vec<Operation>] = &[
        amortize::entries,
        #[cfg(feature = "debt")]
        annual_percentage_rate::entries,
        #[cfg(feature = "debt")]
        comparison::entries,
        #[cfg(feature = "debt")]
        payoff::entries,
        #[cfg(feature = "debt")]
        schedule::entries,
        #[cfg(feature = "debt")]
        servicing::entries,
    ];
    subjects.iter().flat_map(|entries| entries()).collect()
}
