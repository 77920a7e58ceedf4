//! The time steps of a simulation.

use wherewithal_base::wire::Wire;

/// The steps in which a market moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum Steps {
    /// One step a year.
    #[default]
    Annual,
    /// Twelve steps a year.
    Monthly,
}

impl Steps {
    /// The number of steps in a year.
    #[must_use]
    pub fn per_year(self) -> u32 {
        match self {
            Self::Annual => 1,
            Self::Monthly => 12,
        }
    }
}
