//! Securities.

use wherewithal_base::{money::Currency, wire::Wire};

/// A security that transactions and positions name.
///
/// In the store it is a row of `securities`: `symbol` is `ticker`, `cusip` is `cusip`, and `kind` is `security_type`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerSecurity {
    /// The id, by which transactions name the security; 1 to 100 characters, unique in the ledger. What reads a file uses
    /// the symbol, or where there is none, the CUSIP, the ISIN or the name.
    #[wire(length = 1..=100)]
    pub id: String,
    /// The ticker or another symbol.
    #[wire(omit, length = 1..=100)]
    pub symbol: Option<String>,
    /// The CUSIP, nine characters.
    #[wire(omit, length = 9..=9)]
    pub cusip: Option<String>,
    /// The ISIN, twelve characters.
    #[wire(omit, length = 12..=12)]
    pub isin: Option<String>,
    /// The name.
    #[wire(omit, length = 1..=200)]
    pub name: Option<String>,
    /// What it is, if the source says so.
    #[wire(omit)]
    pub kind: Option<LedgerSecurityKind>,
    /// The currency of its prices, if the source says so.
    #[wire(omit)]
    pub currency: Option<Currency>,
}

impl LedgerSecurity {
    /// A security of which only the id is known.
    #[must_use]
    pub fn named(id: impl Into<String>) -> Self {
        Self { id: id.into(), symbol: None, cusip: None, isin: None, name: None, kind: None, currency: None }
    }
}

/// What a security is, as sources say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum LedgerSecurityKind {
    /// A stock.
    Stock,
    /// A share of an exchange-traded fund.
    ExchangeTradedFund,
    /// A share of a mutual fund, money market funds included.
    MutualFund,
    /// A bond, a bill or a note.
    Bond,
    /// An option.
    Option,
    /// A cryptocurrency or another digital asset.
    DigitalAsset,
    /// Anything else.
    Other,
}
