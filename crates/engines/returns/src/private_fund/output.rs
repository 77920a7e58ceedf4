//! What `returns.public_market_equivalent` answers.

use wherewithal_base::{num::Decimal, wire::Wire};
use wherewithal_risk::Measure;

/// A private fund beside a public index.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PublicMarketEquivalent {
    /// What was paid in.
    pub paid_in: Decimal,
    /// What was distributed.
    pub distributed: Decimal,
    /// What is left.
    pub net_asset_value: Decimal,
    /// Distributed to paid-in (DPI).
    pub dpi: Measure,
    /// Residual value to paid-in (RVPI).
    pub rvpi: Measure,
    /// Total value to paid-in (TVPI), the sum of the two: from the flows of an investor the same as the multiple on invested capital
    /// (MOIC).
    pub tvpi: Measure,
    /// Paid-in to committed capital (PIC); left out if the commitment is not known.
    #[wire(omit)]
    pub pic: Option<Measure>,
    /// The internal rate of return of the fund, a year.
    pub internal_rate: Measure,
    /// What was distributed and is left, over what was paid in, each compounded with the index to the day of the net asset value
    /// (Kaplan and Schoar 2005). Above 1, the fund did better than the index.
    pub kaplan_schoar: Measure,
    /// The same flows invested in the index.
    pub long_nickels: LongNickels,
    /// Distributions scaled so that the index would leave the net asset value.
    pub pme_plus: PmePlus,
    /// The rate a year by which the fund did better than the index: the internal rate of the flows compounded with the index (Gredil,
    /// Griffiths and Stucke 2014). Its logarithm is the continuous rate.
    pub direct_alpha: Measure,
}

/// The index comparison method of Long and Nickels (1996): what the flows of the fund would have come to in the index.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct LongNickels {
    /// What would be left in the index. Below zero if the fund has distributed more than the index could: then the method has no
    /// meaning, and no rate.
    pub index_value: Measure,
    /// The internal rate of the flows with that value in place of the net asset value, a year.
    pub internal_rate: Measure,
    /// The internal rate of the fund less that one.
    pub excess_rate: Measure,
}

/// The public-market equivalent that scales distributions (PME+, Rouvinez 2003).
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct PmePlus {
    /// The factor of the distributions.
    pub factor: Measure,
    /// The internal rate of the flows with scaled distributions, a year.
    pub internal_rate: Measure,
    /// The internal rate of the fund less that one.
    pub excess_rate: Measure,
}
