//! Prices.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// The price of a security on a day.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerPrice {
    /// The id of the security.
    #[wire(length = 1..=100)]
    pub security: String,
    /// The day, at whose end the price holds.
    pub date: Date,
    /// The price of one unit of quantity, at least zero: of a bond whose quantity is its face value, 0.995 for 99.5 %.
    #[wire(range = 0..)]
    pub price: Decimal,
    /// The currency of the price; absent for that of the security.
    #[wire(omit)]
    pub currency: Option<Currency>,
}
