//! The lots of an answer.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

use crate::ledger::{lines::NetWorthPositionKind, term::NetWorthTerms};

/// The change of a lot of shares, or of what is sold short.
///
/// The lots of a position add up to it, at both ends and term by term, to the last digit.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotAttribution {
    /// The id of the account.
    pub account: String,
    /// Whether the shares are in the account or under way to another one.
    pub kind: NetWorthPositionKind,
    /// The id of the security.
    pub security: String,
    /// The currency of the position.
    pub currency: Currency,
    /// Where the lot comes from.
    pub origin: LotOrigin,
    /// The day of the purchase, or of the short sale; shares that moved between accounts keep it. Absent if it is not known.
    pub acquired: Option<Date>,
    /// The id of the transaction by which the shares came into the ledger, or were sold short.
    pub transaction: Option<String>,
    /// The place of the lot in `lots.opening`, counted from 0.
    pub opening_lot: Option<u32>,
    /// The beginning; absent for shares without a price.
    pub opening: Option<LotPoint>,
    /// The end; absent for shares without a price.
    pub closing: Option<LotPoint>,
    /// The closing value less the opening value, in the currency of all totals.
    pub change: Decimal,
    /// What it comes from.
    pub terms: NetWorthTerms,
}

/// Where a lot comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum LotOrigin {
    /// It was there before the first transaction of its position.
    Opening,
    /// From `transaction`.
    Transaction,
    /// From a statement of the day `acquired`, which states more shares than the transactions give, or fewer than none.
    Statement,
    /// It is no lot: what came of a security of which no share was held by then.
    NoLot,
}

/// A lot at one end of a period.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotPoint {
    /// The number of shares, negative if they are sold short; rounded half to even to 18 decimal places.
    pub quantity: Decimal,
    /// Its part of the position's value in the currency of the position.
    pub amount: Decimal,
    /// Its part of the position's value in the currency of all totals.
    pub value: Decimal,
}
