//! A history as data: what markets are made of and what the bundled history is told as.

use wherewithal_base::wire::Wire;

/// What asset classes and prices did in the past, period by period without a gap.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct MarketHistory {
    /// The names of the asset classes, 1 to 20: the columns of `returns`.
    pub asset_classes: Vec<String>,

    /// How many periods make a year: 1 or 12.
    pub periods_per_year: u32,

    /// One row for each period, at most 20,000, with the return of each asset class as a fraction above -1.
    pub returns: Vec<Vec<f64>>,

    /// The rise of prices in each period as a fraction above -1; empty for none.
    #[wire(default, omit)]
    pub inflation: Vec<f64>,

    /// The cyclically adjusted price-earnings ratio of stocks (R. Shiller) when each period starts, above 0 and at most
    /// 1000; empty for none. The spending rule `capeBased` follows it.
    #[wire(default, omit)]
    pub cape: Vec<f64>,
}
