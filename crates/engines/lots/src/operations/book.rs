//! `lots.book`.

use wherewithal_base::{Result, control::Control, wire::Wire};

use crate::{
    engine::build,
    input::{LotAccount, LotEvent, LotRules, LotSecurity},
    output::{LotBook, report},
};

/// Input of `lots.book`: a history of trades and other events, and the rules.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotBookInput {
    /// The events, in any order.
    #[wire(length = ..=200_000)]
    pub events: Vec<LotEvent>,
    /// The rules by which the book is kept.
    #[wire(default)]
    pub rules: LotRules,
    /// The accounts; absent for one taxable account, which events need not name.
    #[wire(default, omit, length = ..=1_000)]
    pub accounts: Vec<LotAccount>,
    /// What is known of securities beside their id. Those that are not listed are stocks.
    #[wire(default, omit, length = ..=10_000)]
    pub securities: Vec<LotSecurity>,
}

impl LotBookInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`book`].
    pub fn run(&self, control: &Control) -> Result<LotBook> {
        book(self, control)
    }
}

/// Builds the book of a history: the lots that are left, what was sold from which lot, and the losses that wash sales
/// disallow.
///
/// ```
/// # use wherewithal_lots::wherewithal;
/// use wherewithal::{control::Control, lots::{self, LotBookInput}};
///
/// let input: LotBookInput = serde_json::from_str(r#"{"events": [
///     {"kind": "buy", "date": "2025-01-10", "security": "A", "quantity": "10", "price": "50"},
///     {"kind": "sell", "date": "2025-03-20", "security": "A", "quantity": "4", "price": "55"}]}"#).unwrap();
/// let book = lots::book(&input, &Control::default())?;
/// assert_eq!(book.disposals[0].gain.to_string(), "20.00");
/// assert_eq!(book.lots[0].total_cost.to_string(), "300.00");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `quantity.exceeds_held` for a sale of more than is held, `quantity.out_of_range`, `amount.out_of_range`,
/// `decimal.too_precise`, `name.unknown` for an account or a lot that does not exist, `field.missing`, `field.conflict`,
/// `list.duplicate`, `input.too_large`, `method.unsuitable`, `security.unsuitable`, `account.unsuitable`, `count.out_of_range`,
/// `rate.out_of_range`, `date.out_of_range`, `dates.out_of_order`, `decimal.overflow`, `operation.cancelled`; each with the
/// index of the event in its path.
pub fn book(input: &LotBookInput, control: &Control) -> Result<LotBook> {
    let LotBookInput { events, rules, accounts, securities } = input;
    report(&build(rules, accounts, securities, events.iter().enumerate(), false, control)?)
}
