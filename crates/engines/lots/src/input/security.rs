//! Securities.

use wherewithal_base::wire::Wire;

/// What is known of a security beside its id. A security that is not listed is a stock.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotSecurity {
    /// The id, by which events name the security, such as its ticker.
    #[wire(length = 1..=100)]
    pub id: String,
    /// What it is.
    #[wire(default)]
    pub kind: SecurityKind,
}

/// What a security is, as far as the rules of lots differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum SecurityKind {
    /// A stock, or another security to which the rules of stock apply.
    #[default]
    Stock,
    /// A share of a mutual fund.
    MutualFund,
    /// A share of an exchange-traded fund.
    ExchangeTradedFund,
    /// A cryptocurrency or another digital asset. It is property and no security, so its losses are never those of a wash
    /// sale (Notice 2014-21, IRC 1091(a)).
    DigitalAsset,
}
