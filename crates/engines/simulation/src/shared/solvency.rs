//! The share of paths that are not yet depleted.

use wherewithal_base::wire::Wire;

/// The share of paths that have paid every withdrawal, at the end of a year.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct SolvencyRow {
    /// Years from the start; 0 is the start.
    pub year: u32,

    /// Share of paths that have paid every withdrawal up to the end of that year, 0 to 1.
    #[wire(range = 0..=1)]
    pub share: f64,
}

/// The share of paths that have paid every withdrawal, at the end of a month.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct MonthlySolvencyRow {
    /// Months from the start; 0 is the start.
    pub month: u32,

    /// Share of paths that have paid every withdrawal up to the end of that month, 0 to 1.
    #[wire(range = 0..=1)]
    pub share: f64,
}
