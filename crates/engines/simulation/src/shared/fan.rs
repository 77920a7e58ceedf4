//! The percentiles of balances over time: the fan of a chart.

use wherewithal_base::wire::Wire;

/// One percentile of the balances after one year. Prices may differ from path to path, so the path of a nominal
/// percentile is in general not that of the real one.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct FanRow {
    /// Years from the start; 0 is the start.
    pub year: u32,

    /// The percentile, 0 to 100.
    #[wire(range = 0..=100)]
    pub percentile: f64,

    /// The percentile of the nominal balances; null if only real balances were requested.
    pub nominal: Option<f64>,

    /// The percentile of the balances in today's money, each deflated by its own path's prices; null if only nominal
    /// balances were requested.
    pub real: Option<f64>,
}

/// One percentile of the balances after one month.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct MonthlyFanRow {
    /// Months from the start; 0 is the start.
    pub month: u32,

    /// The percentile, 0 to 100.
    #[wire(range = 0..=100)]
    pub percentile: f64,

    /// The nominal balance.
    pub nominal: f64,

    /// The same balance in today's money.
    pub real: f64,
}
