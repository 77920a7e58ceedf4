//! The names of accounts in a file, and the ids that a reader makes of them.

use std::collections::BTreeMap;

use wherewithal_ledger::LedgerAccount;

use super::texts;
use crate::{
    ids::{Ids, MAX_ID},
    masked::AccountIds,
};

/// The names of the accounts of a ledger, of which no two are alike.
pub(super) struct Names<'i> {
    by_id: BTreeMap<&'i str, String>,
    /// The ids that a reader gives, as it meets one name after another.
    read: AccountIds,
}

impl<'i> Names<'i> {
    /// The names in a format that keeps some texts as they are. An account is called by its id, and where the format does not
    /// keep it, by what it keeps of it, with a number behind it where another account is called so.
    pub(super) fn of(accounts: &'i [LedgerAccount], keeps: impl Fn(&str) -> bool) -> Self {
        let (mut by_id, mut given) = (BTreeMap::new(), Ids::default());
        let (kept, changed): (Vec<&str>, Vec<&str>) =
            accounts.iter().map(|account| account.id.as_str()).partition(|id| keeps(id));
        for id in kept {
            by_id.insert(id, given.unique(id, MAX_ID));
        }
        for id in changed {
            let (line, _) = texts::line(id);
            let name = if keeps(line.trim()) { line.trim() } else { "account" };
            by_id.insert(id, given.unique(name, MAX_ID));
        }
        Self { by_id, read: AccountIds::default() }
    }

    /// The name of the account of an id; `None` if the ledger has no such account.
    pub(super) fn name(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(String::as_str)
    }

    /// Whether a reader that meets a name next gives it an id.
    pub(super) fn is_read_as(&mut self, name: &str, id: &str) -> bool {
        self.read.of_name(name) == id
    }
}
