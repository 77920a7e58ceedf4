//! The input and the answer of `ledger.household`.

use wherewithal_base::{
    Result,
    control::Control,
    dates::Date,
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};
use wherewithal_household::{ExchangeRate, Household, Person};

use super::household;
use crate::{
    CashDate, LedgerAccount, LedgerPrice, LedgerSecurity, LedgerTransaction, StatedBalance, StatedPosition,
};

/// Input of `ledger.household`: the records of accounts, and what the document needs beside them.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct HouseholdFromLedgerInput {
    /// The name of the household, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The currency of the document, and of accounts without their own.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The day as of which the document is made: it includes the transactions of the day.
    pub as_of: Date,
    /// The country in which the household lives, as two letters of ISO 3166-1 (`US`).
    #[wire(length = 2..=2)]
    pub residence: Option<String>,
    /// The accounts, at most 1000.
    #[wire(length = ..=1_000)]
    pub accounts: Vec<LedgerAccount>,
    /// The securities.
    #[wire(default, omit, length = ..=100_000)]
    pub securities: Vec<LedgerSecurity>,
    /// The transactions.
    #[wire(default, omit, length = ..=200_000)]
    pub transactions: Vec<LedgerTransaction>,
    /// The balances that statements state.
    #[wire(default, omit, length = ..=200_000)]
    pub balances: Vec<StatedBalance>,
    /// The positions that statements state.
    #[wire(default, omit, length = ..=200_000)]
    pub positions: Vec<StatedPosition>,
    /// The prices of securities.
    #[wire(default, omit, length = ..=200_000)]
    pub prices: Vec<LedgerPrice>,
    /// The people, at most 50.
    #[wire(default, omit, length = ..=50)]
    pub people: Vec<Person>,
    /// Who owns the accounts that are not held jointly, or what share of them the household has.
    #[wire(default, omit, length = ..=1_000)]
    pub owners: Vec<LedgerAccountOwner>,
    /// The exchange rates from other currencies into the document's, at most 200. Of several for two currencies, the document has
    /// the last one on the day or before, else the first one after it.
    #[wire(default, omit, length = ..=200)]
    pub exchange_rates: Vec<ExchangeRate>,
    /// The day from which a transaction counts in balances of cash.
    #[wire(default, omit)]
    pub cash_date: CashDate,
    /// The ids of accounts whose transactions are known from their opening on.
    #[wire(default, omit, length = ..=1_000)]
    pub complete_accounts: Vec<String>,
    /// The day of positions that have none of their own. Without it, they say nothing.
    pub positions_as_of: Option<Date>,
    /// Whether lists of positions may leave out securities that are held.
    #[wire(default, omit)]
    pub positions_incomplete: bool,
}

impl HouseholdFromLedgerInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`household`].
    pub fn run(&self, control: &Control) -> Result<HouseholdFromLedger> {
        household(self, control)
    }
}

/// Who owns an account.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerAccountOwner {
    /// The id of the account.
    #[wire(length = 1..=100)]
    pub account: String,
    /// The id of the person; absent for joint ownership.
    pub owner: Option<String>,
    /// The household's share if others own the rest, as a fraction above 0 and up to 1, with at most 9 decimal places.
    #[wire(share, above = 0, range = ..=1)]
    pub ownership_share: Option<Decimal>,
}

/// A household document, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct HouseholdFromLedger {
    /// The document.
    pub household: Household,
    /// Where each balance and each position of the document comes from: accounts in their order, the cash by currency, then
    /// the shares by security.
    pub items: Vec<LedgerItem>,
    /// What the records do not say and the document needs.
    pub assumed: Vec<AssumedInHousehold>,
    /// What the document does not have.
    pub left_out: Vec<LeftOutOfHousehold>,
}

/// Where a balance or a position of a document comes from.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerItem {
    /// The id of the account or the liability in the document.
    pub id: String,
    /// The id of the account in the ledger.
    pub account: String,
    /// The id of the security; absent of cash.
    #[wire(omit)]
    pub security: Option<String>,
    /// The currency of the cash, or of the price.
    pub currency: Currency,
    /// The cash, negative for what is owed, or the number of shares.
    pub amount: Decimal,
    /// What it follows from.
    pub basis: LedgerBalanceBasis,
    /// The day of the figure that it follows from; absent if it follows from zero.
    #[wire(omit)]
    pub figure_date: Option<Date>,
    /// The number of transactions between that figure and the day.
    pub transactions: u32,
    /// The day of the price; absent of cash.
    #[wire(omit)]
    pub price_date: Option<Date>,
}

/// What a balance follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum LedgerBalanceBasis {
    /// The last figure that is stated on the day or before, and the transactions after it.
    LastFigure,
    /// The first figure that is stated after the day, without the transactions between.
    NextFigure,
    /// All transactions up to the day: the account is complete from its opening on.
    Complete,
    /// All transactions up to the day, because no figure is stated. Whatever was there before them is missing.
    TransactionsAlone,
}

/// Something that the records do not say and the document needs.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AssumedInHousehold {
    /// The id of the account in the ledger.
    pub account: String,
    /// What was assumed.
    pub assumption: String,
}

/// Something of the ledger that the document does not have.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LeftOutOfHousehold {
    /// The id of the account in the ledger.
    pub account: String,
    /// The id of the security; absent of cash.
    #[wire(omit)]
    pub security: Option<String>,
    /// The cash, or the number of shares.
    pub amount: Decimal,
    /// Why.
    pub reason: String,
}
