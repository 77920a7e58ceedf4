//! At which end of its period money moves.

use wherewithal_base::wire::Wire;

/// At which end of its period money moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum FlowTiming {
    /// At the start: before the return of the period, at the prices of the start.
    Start,
    /// At the end: after the return of the period, at the prices of the end.
    #[default]
    End,
}
