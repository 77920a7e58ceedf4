//! Historical returns as data: the input of market models and the form of the bundled history.

use wherewithal_base::wire::Wire;

/// Historical returns of asset classes and inflation, period by period without a gap.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct MarketHistory {
    /// The names of the asset classes, 1 to 20: the columns of `returns`.
    #[wire(length = 1..=20)]
    pub asset_classes: Vec<String>,

    /// The number of periods in a year: 1 or 12.
    pub periods_per_year: u32,

    /// One row for each period, at most 20,000, with the return of each asset class as a fraction above -1.
    #[wire(rate, length = ..=20_000, item_length = 1..=20)]
    pub returns: Vec<Vec<f64>>,

    /// Inflation in each period as a fraction above -1; empty if unknown.
    #[wire(rate, default, omit, above = -1, length = ..=20_000)]
    pub inflation: Vec<f64>,

    /// The cyclically adjusted price-earnings ratio of stocks (R. Shiller) at the start of each period, above 0 and at
    /// most 1000; empty if unknown. The spending rule `capeBased` uses it.
    #[wire(default, omit, above = 0, range = ..=1000, length = ..=20_000)]
    pub cape: Vec<f64>,
}
