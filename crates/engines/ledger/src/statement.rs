//! What a statement states beside its transactions: the figures by which they can be checked.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// A balance that a source states.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct StatedBalance {
    /// The id of the account.
    #[wire(length = 1..=100)]
    pub account: String,
    /// The day at whose end the balance is stated.
    pub date: Date,
    /// What it is a balance of.
    pub kind: StatedBalanceKind,
    /// The id of the security, of a balance of shares alone.
    #[wire(omit, length = 1..=100)]
    pub security: Option<String>,
    /// The amount, or the number of shares; negative for what is owed.
    pub amount: Decimal,
    /// The currency of the amount, if it is not the account's: an account in several currencies has a balance in each. Not of
    /// shares.
    #[wire(omit)]
    pub currency: Option<Currency>,
}

/// What a balance is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum StatedBalanceKind {
    /// The cash of an investment account.
    Cash,
    /// All posted transactions.
    Ledger,
    /// What can be spent: the ledger balance with what is pending and a limit of credit.
    Available,
    /// A number of shares.
    Shares,
}

/// A position that a source states.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct StatedPosition {
    /// The id of the account.
    #[wire(length = 1..=100)]
    pub account: String,
    /// The day at whose end it is stated, if the source says so.
    #[wire(omit)]
    pub date: Option<Date>,
    /// The id of the security.
    #[wire(length = 1..=100)]
    pub security: String,
    /// The number of shares; negative for a short position.
    pub quantity: Decimal,
    /// The price of a share, at least zero; as the value, in the currency of the security, or where that is not known, of the account.
    #[wire(omit, range = 0..)]
    pub price: Option<Decimal>,
    /// What the position is worth; negative for a short position.
    #[wire(omit)]
    pub value: Option<Decimal>,
    /// What the position cost, as the source states it.
    #[wire(omit)]
    pub cost_basis: Option<Decimal>,
}
