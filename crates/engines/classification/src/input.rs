//! What is classified, and what the user says about it.

use wherewithal_base::{
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};
use wherewithal_ledger::{LedgerAccount, LedgerSecurity, LedgerTransaction};

use crate::{FlowClass, FlowModel};

/// Input of `classification.classify`: the records of a ledger, and what the user says about them.
#[derive(Debug, Clone, Wire)]
pub struct ClassifyInput {
    /// The currency of accounts that state none.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The own accounts, at most 1,000.
    #[wire(length = ..=1_000)]
    pub accounts: Vec<LedgerAccount>,
    /// The securities that transactions name, at most 20,000.
    #[wire(default, length = ..=20_000)]
    pub securities: Vec<LedgerSecurity>,
    /// The transactions, at most 200,000; their order does not matter.
    #[wire(length = ..=200_000)]
    pub transactions: Vec<LedgerTransaction>,
    /// Rules of the user, at most 1,000. Of several that hold, the first that gives a class, a category or a merchant
    /// decides it.
    #[wire(default, length = ..=1_000)]
    pub rules: Vec<FlowRule>,
    /// Corrections of the user, at most 100,000, one for each transaction or part.
    #[wire(default, length = ..=100_000)]
    pub corrections: Vec<FlowCorrection>,
    /// What `classification.train` learned from the user's corrections.
    pub model: Option<FlowModel>,
    /// The least confidence with which an answer of the model is used, 0 to 1.
    #[wire(default = half, range = 0..=1)]
    pub min_confidence: f64,
    /// The most days that a transfer between own accounts takes, 0 to 31.
    #[wire(default = five, range = 0..=31)]
    pub transfer_days: u32,
    /// The ids of the accounts whose flows are asked for; all accounts if it is empty. Where one end of a transfer is
    /// outside, the other is an external flow.
    #[wire(default, length = ..=1_000)]
    pub scope: Vec<String>,
}

fn half() -> f64 {
    0.5
}

fn five() -> u32 {
    5
}

/// A rule of the user. All conditions that it has must hold, and it has at least one.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FlowRule {
    /// The name of the rule, which reasons show; at most 200 characters. Without it they show its text, or its number.
    #[wire(omit, length = 1..=200)]
    pub name: Option<String>,
    /// A text of the transaction, 1 to 200 characters. Upper and lower case are the same, and so are blanks, however many.
    #[wire(omit, length = 1..=200)]
    pub text: Option<String>,
    /// How the text is compared.
    #[wire(default)]
    pub comparison: RuleComparison,
    /// With which text of the transaction it is compared; with each of them if it is left out.
    #[wire(omit)]
    pub field: Option<RuleField>,
    /// The id of the account.
    #[wire(omit, length = 1..=100)]
    pub account: Option<String>,
    /// The least amount, with its sign: from -50 to -10 are payments of 10 to 50.
    #[wire(omit)]
    pub min_amount: Option<Decimal>,
    /// The highest amount, with its sign.
    #[wire(omit)]
    pub max_amount: Option<Decimal>,
    /// The class that it gives.
    #[wire(omit)]
    pub class: Option<FlowClass>,
    /// The category that it gives, at most 200 characters.
    #[wire(omit, length = 1..=200)]
    pub category: Option<String>,
    /// The merchant that it gives, at most 200 characters.
    #[wire(omit, length = 1..=200)]
    pub merchant: Option<String>,
}

/// How a rule compares its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum RuleComparison {
    /// The transaction's text contains it.
    #[default]
    Contains,
    /// The transaction's text is equal to it.
    Equals,
    /// The transaction's text begins with it.
    StartsWith,
}

/// A text of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum RuleField {
    /// The text of the source.
    Description,
    /// Who was paid or who paid.
    Payee,
    /// The memo: that of a split, if it has one.
    Memo,
}

/// A correction by the user. It outranks everything, and gives at least one thing.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FlowCorrection {
    /// The id of the transaction.
    #[wire(length = 1..=100)]
    pub transaction: String,
    /// The number of the part, counted from 0; all parts but fees that were taken out if it is left out.
    #[wire(omit)]
    pub part: Option<u32>,
    /// What it is. It also holds for later transactions of the same merchant whose amounts have the same sign.
    #[wire(omit)]
    pub class: Option<FlowClass>,
    /// The category, at most 200 characters. It also holds for later transactions of the same merchant.
    #[wire(omit, length = 1..=200)]
    pub category: Option<String>,
    /// The merchant, at most 200 characters. It also holds for later transactions of the same merchant.
    #[wire(omit, length = 1..=200)]
    pub merchant: Option<String>,
    /// The id of the transaction at the other end of a transfer between own accounts, of money or of equally many shares of one
    /// security, or of a conversion of currencies within one.
    #[wire(omit, length = 1..=100)]
    pub transfer_of: Option<String>,
    /// Whether it is no transfer between own accounts and no conversion, whatever fits it.
    #[wire(default, omit)]
    pub not_transfer: bool,
    /// Whether it holds for this transaction alone, not for later ones of the same merchant.
    #[wire(default, omit)]
    pub once: bool,
}
