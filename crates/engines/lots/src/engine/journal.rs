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
    /// Shares were set apart because they replace shares sold at a loss.
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
