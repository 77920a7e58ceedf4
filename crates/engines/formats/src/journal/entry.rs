//! What a journal says, in either syntax.

use std::collections::BTreeMap;

use wherewithal_base::{dates::Date, money::Currency, num::Decimal};

use crate::collect::Place;

/// What a journal says.
#[derive(Default)]
pub(super) struct Journal {
    pub(super) entries: Vec<Entry>,
    pub(super) assertions: Vec<Assertion>,
    pub(super) pads: Vec<Pad>,
    /// What the journal says of an account beside its postings.
    pub(super) accounts: BTreeMap<String, Metadata>,
    /// The accounts that it opens, in its order.
    pub(super) opened: Vec<String>,
    /// What it says of a commodity.
    pub(super) commodities: BTreeMap<String, Metadata>,
    pub(super) roots: Roots,
}

/// Keys and their texts.
pub(super) type Metadata = Vec<(String, String)>;

/// The text of a key.
pub(super) fn meta<'m>(metadata: &'m Metadata, key: &str) -> Option<&'m str> {
    metadata.iter().find(|(name, _)| name == key).map(|(_, text)| text.as_str())
}

/// A transaction.
pub(super) struct Entry {
    pub(super) date: Date,
    pub(super) payee: Option<String>,
    pub(super) narration: String,
    pub(super) code: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) metadata: Metadata,
    pub(super) postings: Vec<Posting>,
    pub(super) place: Place,
}

/// The most parts of a transaction, which a ledger takes.
pub(super) const MOST_PARTS: usize = 1_000;

/// The most tags of a transaction, which a ledger takes.
pub(super) const MOST_TAGS: usize = 100;

/// The most postings of a journal.
pub(super) const MOST_POSTINGS: usize = 600_000;

/// A posting. What few have stands elsewhere, so that a long journal takes little room.
#[derive(Clone)]
pub(super) struct Posting {
    pub(super) account: String,
    /// The amount; `None` if it is what is left over.
    pub(super) units: Option<Amount>,
    /// What a unit cost, or all of them.
    pub(super) cost: Option<Box<Worth>>,
    /// What a unit is worth, or all of them.
    pub(super) price: Option<Box<Worth>>,
    pub(super) memo: Option<String>,
    /// Whether its cost is that of whatever lots are booked, so that the journal does not state it: `{}`.
    pub(super) is_booked: bool,
    /// The balance of the account after it, if the journal states it.
    pub(super) asserted: Option<Box<Amount>>,
    /// Whether it counts when the entry is balanced: a virtual posting without brackets does not.
    pub(super) counts: bool,
}

/// An amount of a commodity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) number: Decimal,
    pub(super) commodity: String,
}

impl Amount {
    /// The currency, if the commodity is money.
    pub(super) fn currency(&self) -> Option<Currency> {
        self.commodity.parse().ok()
    }
}

/// A price or a cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Worth {
    /// Of one unit.
    Each(Amount),
    /// Of all units.
    Total(Amount),
}

/// A balance that the journal states.
pub(super) struct Assertion {
    pub(super) account: String,
    /// The day at whose end it is stated.
    pub(super) date: Date,
    pub(super) amount: Amount,
    pub(super) is_cash: bool,
    pub(super) place: Place,
}

/// A directive that brings an account to its next balance.
pub(super) struct Pad {
    pub(super) date: Date,
    pub(super) account: String,
    pub(super) from: String,
    pub(super) place: Place,
}

/// The names under which accounts stand.
pub(super) struct Roots {
    pub(super) assets: Vec<String>,
    pub(super) liabilities: Vec<String>,
    pub(super) income: Vec<String>,
    pub(super) expenses: Vec<String>,
    /// The name of the accounts of equity, if the journal gives them one of its own.
    pub(super) equity: Option<String>,
}

impl Default for Roots {
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            assets: names(&["assets", "asset"]),
            liabilities: names(&["liabilities", "liability", "debts", "debt"]),
            income: names(&["income", "incomes", "revenue", "revenues"]),
            expenses: names(&["expenses", "expense"]),
            equity: None,
        }
    }
}

/// What an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Asset,
    Liability,
    Income,
    Expense,
    /// Equity, and what has a name of its own.
    Equity,
}

impl Roots {
    pub(super) fn class(&self, account: &str) -> Class {
        let root = account.split(':').next().unwrap_or_default().to_lowercase();
        let is_in = |names: &[String]| names.contains(&root);
        if is_in(&self.assets) {
            Class::Asset
        } else if is_in(&self.liabilities) {
            Class::Liability
        } else if is_in(&self.income) {
            Class::Income
        } else if is_in(&self.expenses) {
            Class::Expense
        } else {
            Class::Equity
        }
    }
}

impl Roots {
    /// The name of an account below `Equity`, whatever the journal calls that: a category below it is neither earned nor spent.
    pub(super) fn below_equity(&self, account: String) -> String {
        match account.split_once(':') {
            Some((root, rest)) if self.equity.as_deref() == Some(root.to_lowercase().as_str()) => {
                format!("Equity:{rest}")
            }
            _ => account,
        }
    }
}

impl Class {
    /// Whether the household owns or owes what is in it.
    pub(super) fn is_own(self) -> bool {
        matches!(self, Self::Asset | Self::Liability)
    }
}
