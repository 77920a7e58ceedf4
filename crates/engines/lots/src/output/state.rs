//! The state of a book: what later events can still change or need.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

use crate::{
    BasisRule, HoldingTerm,
    input::{LotAccount, LotRules, LotSecurity},
};

/// The state of a book, from which it goes on: what is left of each lot, and what of the last 30 days later events can still
/// change. What is finished is not in it, so its size follows the lots that are left and not the length of the history.
///
/// Amounts are in the currency of the book, or, in `foreign`, in that of the security. Quantities are whole numbers of a
/// unit that the securities of a family share: `denominator` of them make a share. A family is a security with those that
/// are certainly identical to it, options on it, and its earlier ids. `lot` and `position` are places in `lots` and
/// `positions`, counted from 0.
///
/// Keep a state as it was given. Accounts, securities, elections and exchange rates may be added at the end of their lists;
/// what a change of anything else means for the past is not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotState {
    /// The version of this form, which is 1.
    #[wire(range = 1..=1)]
    pub version: u32,
    /// The rules of the book.
    #[wire(default)]
    pub rules: LotRules,
    /// The accounts; absent for one taxable account.
    #[wire(default, omit, length = ..=1_000)]
    pub accounts: Vec<LotAccount>,
    /// What is known of securities beside their id, as it was at the beginning of the book.
    #[wire(default, omit, length = ..=10_000)]
    pub securities: Vec<LotSecurity>,
    /// The securities that got another id, in the order of the events.
    #[wire(default, omit, length = ..=10_000)]
    pub symbol_changes: Vec<LotStateSymbolChange>,
    /// The number of events so far, which is the number of the next one.
    #[wire(range = 0..=4_000_000_000)]
    pub events: u32,
    /// The number of disposals so far, which is the place of the next one.
    #[wire(range = 0..=4_000_000_000)]
    pub disposals: u32,
    /// Where the last event stands; absent if there was none.
    #[wire(omit)]
    pub last: Option<LotStateMoment>,
    /// The steps that searches for a `targetGain` have taken, of which a book has 5,000,000; absent for none.
    #[wire(omit, range = 0..=10_000_000)]
    pub search_steps: Option<u32>,
    /// The families of which more is known than their securities, by id.
    #[wire(default, omit, length = ..=200_000)]
    pub families: Vec<LotStateFamily>,
    /// The securities of accounts that have lots in this state, by account in the order of the list, then by security.
    #[wire(default, omit, length = ..=200_000)]
    pub positions: Vec<LotStatePosition>,
    /// The lots of which something is left, and those of which disposals can still change, in the order of their purchases;
    /// of a purchase, by part; of a part that moved to another position, what it moved from before it.
    #[wire(default, omit, length = ..=200_000)]
    pub lots: Vec<LotStateLot>,
    /// In the United Kingdom: the positions whose day is not over, in the order of their first trade of the day.
    #[wire(default, omit, length = ..=200_000)]
    pub open_days: Vec<LotStateDay>,
    /// In Canada: the losses whose 30 days are not over, in the order of the sales.
    #[wire(default, omit, length = ..=200_000)]
    pub open_losses: Vec<LotStateDisposal>,
}

/// A security that got another id.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotStateSymbolChange {
    /// The id that it had.
    #[wire(length = 1..=100)]
    pub security: String,
    /// The id that it got.
    #[wire(length = 1..=100)]
    pub into: String,
}

/// Where an event stands among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LotStateMoment {
    /// Its day.
    pub date: Date,
    /// Its `sequence`.
    #[wire(range = 0..=1_000_000)]
    pub sequence: u32,
    /// The place of its kind among the events of a day, from 0 for corporate actions to 7 for marking to market.
    #[wire(range = 0..=7)]
    pub rank: u32,
}

/// What securities that count as one share.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotStateFamily {
    /// The id of one of its securities, by which the family is known.
    #[wire(length = 1..=100)]
    pub security: String,
    /// The number of units in a share, a whole number; absent for 1.
    #[wire(omit, range = 1..)]
    pub denominator: Option<Decimal>,
    /// The lots bought within the last 30 days, or within 30 days of a short sale that is open, that can replace shares sold at a
    /// loss, in the order of the purchases.
    #[wire(default, omit, length = ..=200_000)]
    pub recent: Vec<u32>,
    /// The short sales of the last 30 days that can replace one that was closed at a loss, likewise.
    #[wire(default, omit, length = ..=200_000)]
    pub recent_shorts: Vec<u32>,
    /// The lots whose holding period waits for the end of a short sale, the one that was stopped first before the others.
    #[wire(default, omit, length = ..=200_000)]
    pub suspended: Vec<u32>,
    /// Losses of the last 30 days that purchases can still replace, in the order in which they are replaced.
    #[wire(default, omit, length = ..=200_000)]
    pub losses: Vec<LotStateDisposal>,
    /// The same of short sales that were closed.
    #[wire(default, omit, length = ..=200_000)]
    pub short_losses: Vec<LotStateDisposal>,
    /// In Canada: purchases that can make a loss superficial.
    #[wire(default, omit, length = ..=200_000)]
    pub bought: Vec<LotStatePurchase>,
}

/// A purchase that can make a loss superficial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LotStatePurchase {
    /// The day.
    pub date: Date,
    /// The place of the position.
    pub position: u32,
    /// The units bought, in the present unit.
    #[wire(range = 1..)]
    pub units: Decimal,
}

/// A security in an account.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotStatePosition {
    /// The id of the account; absent in a book without accounts. Where the lots of several accounts stand together, the
    /// first of them.
    #[wire(omit, length = 1..=100)]
    pub account: Option<String>,
    /// The id of the security.
    #[wire(length = 1..=100)]
    pub security: String,
    /// How many of the elections that fit it have taken effect, by date; absent for none.
    #[wire(omit, range = 0..=10_000)]
    pub elections: Option<u32>,
    /// How many lots of this position are in `lots`.
    pub lots: u32,
    /// The units held: those of the lots together, so that a state of which a part is missing is recognised.
    pub units: Decimal,
    /// What they cost: all lots together, or all shares where they have an average cost.
    pub cost: Decimal,
    /// The units sold short, likewise; absent for none.
    #[wire(omit)]
    pub owed: Option<Decimal>,
    /// What these brought; absent if nothing is sold short.
    #[wire(omit)]
    pub owed_proceeds: Option<Decimal>,
    /// Where shares have an average cost: that of all units that there were when the average last changed, if some of them
    /// were sold since; `cost` is the part of those left, rounded.
    #[wire(omit)]
    pub whole: Option<LotStateWhole>,
    /// What shares with an average cost cost in the currency of the security, if that is another.
    #[wire(omit)]
    pub foreign: Option<LotStateForeign>,
    /// In the United Kingdom: the sales from the pool that purchases of the 30 days after them can still take over.
    #[wire(default, omit, length = ..=200_000)]
    pub sales: Vec<LotStateDisposal>,
}

/// Units when the cost of one last changed, and what they cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LotStateWhole {
    /// The units, of which some were sold since.
    #[wire(range = 1..)]
    pub units: Decimal,
    /// What they cost.
    pub cost: Decimal,
}

/// A lot.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotStateLot {
    /// The number of the event that bought it.
    pub event: u32,
    /// The id that the event gave; absent for the number. It stands in the first lot of a purchase only.
    #[wire(omit, length = 1..=100)]
    pub lot: Option<String>,
    /// Which part of the purchase it is; absent for what was not set apart.
    #[wire(omit, range = 1..=1_000_000_000)]
    pub part: Option<u32>,
    /// How many parts of the purchase have been set apart so far; absent for none. It stands in the first lot only.
    #[wire(omit, range = 1..=1_000_000_000)]
    pub parts: Option<u32>,
    /// The day of the purchase.
    pub date: Date,
    /// The day from which the holding period is counted, if it is another.
    #[wire(omit)]
    pub held_since: Option<Date>,
    /// How many of its days are those of shares that it replaces; absent for none.
    #[wire(omit, range = 0..=4_000_000)]
    pub tacked_days: Option<u32>,
    /// The place of its position.
    pub position: u32,
    /// The units that are left; zero if only a disposal of it can still change.
    #[wire(range = 0..)]
    pub units: Decimal,
    /// What they cost, or brought if they are sold short; zero where shares have an average cost.
    pub cost: Decimal,
    /// What all units cost that there were when the cost of one last changed, if some of them were sold since.
    #[wire(omit)]
    pub whole: Option<Box<LotStateWhole>>,
    /// Whether it is long-term however short it is held; of a short sale, whether a loss is.
    #[wire(default, omit)]
    pub always_long: bool,
    /// Whether it is sold short.
    #[wire(default, omit)]
    pub short: bool,
    /// The second basis of a gift.
    #[wire(omit)]
    pub gift: Option<Box<LotStateGift>>,
    /// What it cost in the currency of the security, if that is another.
    #[wire(omit)]
    pub foreign: Option<Box<LotStateForeign>>,
}

/// The basis for a loss of a gift that was worth less than it cost the donor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LotStateGift {
    /// The day of the gift.
    pub given: Date,
    /// The basis for a loss of what is left.
    pub loss_basis: Decimal,
    /// That of all units that there were when it last changed, if some of them were sold since.
    #[wire(omit)]
    pub whole: Option<LotStateWhole>,
}

/// An amount in the currency of a security.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LotStateForeign {
    /// The amount.
    pub amount: Decimal,
    /// The exchange rate of all of it, if there was one.
    #[wire(omit, above = 0)]
    pub rate: Option<Decimal>,
    /// Whether it was exchanged at several rates.
    #[wire(default, omit)]
    pub several_rates: bool,
    /// Of a cost: that of all units that there were when the cost of one last changed, if some of them were sold since.
    #[wire(omit)]
    pub whole: Option<LotStateWhole>,
}

/// A disposal that later events can still change.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotStateDisposal {
    /// Its place among all disposals, counted from 0.
    pub place: u32,
    /// The number of the event.
    pub event: u32,
    /// The day of the sale.
    pub date: Date,
    /// The place of the lot.
    pub lot: u32,
    /// The units sold, in the unit of then.
    #[wire(range = 1..)]
    pub units: Decimal,
    /// How many of these made a share; absent for 1.
    #[wire(omit, range = 1..)]
    pub denominator: Option<Decimal>,
    /// What the shares brought.
    pub proceeds: Decimal,
    /// What they cost.
    pub cost: Decimal,
    /// The part of the loss that is disallowed so far; absent for none.
    #[wire(omit)]
    pub disallowed_loss: Option<Decimal>,
    /// Whether it is short-term or long-term.
    pub term: HoldingTerm,
    /// By which rule the shares count as sold.
    pub rule: BasisRule,
    /// The units that wait, in the present unit.
    #[wire(range = 1..)]
    pub waiting: Decimal,
    /// All units of which they are the rest; absent if all wait.
    #[wire(omit, range = 1..)]
    pub of: Option<Decimal>,
    /// The security sold, if it has another id now.
    #[wire(omit, length = 1..=100)]
    pub security: Option<String>,
    /// The day of the short sale that it closed, if shares that were held were delivered.
    #[wire(omit)]
    pub short_sale_date: Option<Date>,
    /// The days that a replacement takes over; absent for none.
    #[wire(omit, range = 0..=4_000_000)]
    pub days_held: Option<u32>,
    /// In the United Kingdom: what all units brought and cost, if some of them do not wait any more.
    #[wire(omit)]
    pub at_first: Option<LotStateAmounts>,
    /// The amounts in the currency of the security, if that is another.
    #[wire(omit)]
    pub foreign: Option<LotStateExchange>,
}

/// Proceeds and cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LotStateAmounts {
    /// What shares brought.
    pub proceeds: Decimal,
    /// What they cost.
    pub cost: Decimal,
}

/// The amounts of a disposal in the currency of the security.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LotStateExchange {
    /// What the shares brought.
    pub proceeds: LotStateForeign,
    /// What they cost.
    pub cost: LotStateForeign,
    /// The part of the result that went elsewhere with a disallowed loss; absent for none.
    #[wire(omit)]
    pub disallowed_loss: Option<Decimal>,
    /// In the United Kingdom: what all units brought and cost, if some of them do not wait any more.
    #[wire(omit)]
    pub at_first: Option<LotStateAmounts>,
}

/// The day of a position that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotStateDay {
    /// The place of the position.
    pub position: u32,
    /// The place of the lot that was bought; absent if there were only sales.
    #[wire(omit)]
    pub lot: Option<u32>,
    /// The sales.
    #[wire(default, omit, length = ..=200_000)]
    pub sales: Vec<LotStateDaySale>,
}

/// A sale of a day that is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LotStateDaySale {
    /// The number of the event.
    pub event: u32,
    /// The units sold.
    #[wire(range = 1..)]
    pub units: Decimal,
    /// What they brought.
    pub proceeds: Decimal,
    /// The same in the currency of the security, if that is another.
    #[wire(omit)]
    pub foreign: Option<LotStateForeign>,
}
