//! The journal of a lot: what happened to it, by which rule.

use super::{Lot, table::Id};
use wherewithal_base::wire::Wire;

/// The rule by which an event changed a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum BasisRule {
    /// It was bought: the cost is the price and the fees (IRC 1012).
    Purchase,
    /// Shares of it were sold.
    Sale,
    /// A fraction of a share was paid for in cash, and counts as sold (Rev. Rul. 66-365).
    CashInLieu,
    /// A split changed the number of shares, and no basis (IRC 307(a)).
    Split,
    /// A distribution reduced the basis (IRC 301(c)(2)).
    ReturnOfCapital,
    /// A distribution above the basis is a gain (IRC 301(c)(3)).
    GainOnDistribution,
    /// It moved to another account of the household, and its basis and dates with it (IRC 1041, 1223(2)).
    Transfer,
    /// Its security got another id.
    SymbolChange,
    /// It was received as a gift: the donor's basis and holding period carry over (IRC 1015(a), 1041(b), 1223(2)).
    Gift,
    /// It was inherited: the basis is the value (IRC 1014(a)).
    Inheritance,
    /// Shares of it were given away, without a gain.
    GivenAway,
    /// Shares of it were given to charity, without a gain.
    GivenToCharity,
    /// It was exchanged in a merger: for shares that take over its basis and dates (IRC 354, 358(a)), for cash, or for both,
    /// with a gain of no more than the cash (356).
    Merger,
    /// A part of the basis went over to shares of a subsidiary (IRC 355, 358(b) and (c)).
    SpinOff,
    /// It was sold short: what it brought is kept until it is closed (Reg. 1.1233-1(a)).
    ShortSale,
    /// The short sale was closed, by a purchase or with shares that were held.
    ShortSaleClosed,
    /// The same shares were sold short, so its holding period stopped (IRC 1233(b)(2)).
    HoldingPeriodStopped,
    /// The short sale was closed, and its holding period began (IRC 1233(b)(2)).
    HoldingPeriodBegun,
    /// An option was exercised: the premium became part of the cost or of the proceeds of the shares (Rev. Rul. 78-182).
    Exercise,
    /// An option that was written was assigned: the premium became part of the cost or of the proceeds of the shares (Rev.
    /// Rul. 78-182).
    Assignment,
    /// An option expired: it counts as sold for nothing, and the premium of one that was written is a gain (IRC 1234).
    Expiry,
    /// A section 1256 contract was treated as sold at its value, which is the basis from then on (IRC 1256(a)(1) and (2)).
    MarkToMarket,
    /// Shares were set apart from the rest, because a rule concerns them alone: they replace shares sold at a loss, or shares
    /// are sold short.
    SetApart,
    /// The loss of the shares that it replaces was added to its basis (IRC 1091(d)), and their holding period to its own
    /// (IRC 1223(3)).
    WashSaleReplacement,
    /// Shares of it were sold on the day of the purchase (United Kingdom, TCGA 1992 section 105).
    SameDay,
    /// Shares of it count as sold up to 30 days before the purchase (United Kingdom, TCGA 1992 section 106A(5)).
    WithinThirtyDays,
    /// Shares of the pool were sold (United Kingdom, TCGA 1992 section 104).
    Section104Pool,
    /// A superficial loss was added to the adjusted cost base (Canada, ITA 53(1)(f)).
    SuperficialLoss,
    /// It replaces shares sold at a loss in an account whose gains are not taxed, so the loss is gone and no basis rises
    /// (Rev. Rul. 2008-5).
    WashSaleLossForGood,
    /// Shares of it were delivered to close a short sale (Reg. 1.1233-1(a)).
    DeliveredToCover,
}

/// A line of the journal.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The index of the event.
    pub(crate) event: u32,
    pub(crate) lot: Id<Lot>,
    pub(crate) rule: BasisRule,
    /// The units concerned, counted in the unit of then.
    pub(crate) units: i128,
    /// The place of that unit in the family's.
    pub(crate) unit: usize,
    /// By how much the basis changed.
    pub(crate) basis: i128,
    /// The lot that it came from, or that it replaces.
    pub(crate) other: Option<Id<Lot>>,
}
