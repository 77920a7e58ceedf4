//! `lots.book`.

use wherewithal_base::{Result, control::Control, wire::Wire};

use super::probable_wash_sales;
use crate::{
    engine::{Book, build},
    input::{LotAccount, LotEvent, LotRules, LotSecurity},
    names::Securities,
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

    /// The book of the history.
    pub(crate) fn build(&self, with_journal: bool, control: &Control) -> Result<Book> {
        let Self { events, rules, accounts, securities } = self;
        self.check_names()?;
        build(rules, accounts, securities, events.iter().enumerate(), with_journal, control)
    }

    /// That elections name securities that the history knows.
    pub(crate) fn check_names(&self) -> Result<()> {
        self.check_names_with(&[])
    }

    /// The same with further events.
    pub(crate) fn check_names_with(&self, events: &[LotEvent]) -> Result<()> {
        let elections = &self.rules.elections;
        if elections.iter().all(|election| election.security.is_none()) {
            return Ok(());
        }
        Securities::with(self, events).require_elected(elections)
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
/// `decimal.too_precise`, `name.unknown` for an account, a lot or the security of an election that does not exist, `field.missing`, `field.conflict`,
/// `list.duplicate`, `input.too_large`, `method.unsuitable`, `security.unsuitable`, `account.unsuitable`, `count.out_of_range`,
/// `rate.out_of_range`, `date.out_of_range`, `dates.out_of_order`, `decimal.overflow`, `operation.cancelled`; each with the
/// index of the event in its path.
pub fn book(input: &LotBookInput, control: &Control) -> Result<LotBook> {
    let built = input.build(false, control)?;
    let probable_wash_sales = probable_wash_sales(&built, &input.events, control)?;
    Ok(LotBook { probable_wash_sales, ..report(&built)? })
}
