//! Securities.

use wherewithal_base::{money::Currency, wire::Wire};

/// What is known of a security beside its id. A security that is not listed is a stock.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotSecurity {
    /// The id, by which events name the security, such as its ticker.
    #[wire(length = 1..=100)]
    pub id: String,
    /// What it is.
    #[wire(default)]
    pub kind: SecurityKind,
    /// What one contract gives a right to: of an option, and of a section 1256 contract that is one.
    pub option: Option<LotOption>,
    /// The currency of all amounts and prices of the security; absent for that of the book. An amount of an event is converted
    /// at the event's `exchangeRate`, or at that of its day in `exchangeRates` of the rules.
    #[wire(omit)]
    pub currency: Option<Currency>,
}

/// The right that an option gives. Quantities of an option are contracts, and a price is that of one share, so that a
/// contract costs the price times `multiplier`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotOption {
    /// The id of the security to which it gives a right.
    #[wire(length = 1..=100)]
    pub underlying: String,
    /// Whether it is a right to buy or to sell.
    pub right: OptionRight,
    /// The number of shares of a contract, 1 to 1,000,000.
    #[wire(default = hundred, range = 1..=1_000_000)]
    pub multiplier: u32,
}

fn hundred() -> u32 {
    100
}

/// A right to buy or to sell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum OptionRight {
    /// To buy.
    Call,
    /// To sell.
    Put,
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
    /// An option on a security, which `option` describes.
    Option,
    /// A section 1256 contract, such as a regulated futures contract or an option on a broad index: 60 % of a gain or a loss
    /// is long-term, whatever the time, and no loss is that of a wash sale (IRC 1256(a)(3) and (f)(5)).
    Section1256,
    /// A bond. It is refused: the amortization of a premium (IRC 171) and market discount (IRC 1276 to 1278) change its basis
    /// in ways that a book of lots does not compute.
    Bond,
}
