//! Lists of accounts and securities.

use std::collections::BTreeMap;

use wherewithal_household::AccountKind;
use wherewithal_ledger::{LedgerAccount, LedgerSecurity, LedgerSecurityKind};

use super::{
    bank,
    records::{Holder, Record, Section, section_of},
};
use crate::{
    collect::{Collected, cut},
    masked::{last_four, masked},
};

/// The longest symbol.
const MAX_SYMBOL: usize = 100;

/// The securities that a file lists, by name.
#[derive(Default)]
pub(super) struct Lists {
    securities: BTreeMap<String, LedgerSecurity>,
}

impl Lists {
    /// Adds a security.
    pub(super) fn security(&mut self, record: &Record<'_>, collected: &mut Collected) {
        let name = record.value('N');
        let security = security(name, record.value('S'), record.value('T'), collected);
        if let Some(security) = security {
            self.securities.insert(name.to_owned(), security);
        }
    }

    /// The security of a name; one that the file does not list has its name for an id.
    pub(super) fn named(&self, name: &str, collected: &mut Collected) -> Option<LedgerSecurity> {
        self.securities.get(name).cloned().or_else(|| security(name, "", "", collected))
    }
}

fn security(name: &str, symbol: &str, kind: &str, collected: &mut Collected) -> Option<LedgerSecurity> {
    let called = if symbol.is_empty() { name } else { symbol };
    if called.is_empty() {
        return None;
    }
    let mut security = LedgerSecurity::named(collected.security_id(called));
    security.symbol = (!symbol.is_empty()).then(|| symbol.chars().take(MAX_SYMBOL).collect());
    security.name = (!name.is_empty()).then(|| cut(name));
    security.kind = match kind.to_ascii_lowercase().as_str() {
        "stock" => Some(LedgerSecurityKind::Stock),
        "mutual fund" => Some(LedgerSecurityKind::MutualFund),
        "bond" => Some(LedgerSecurityKind::Bond),
        "option" => Some(LedgerSecurityKind::Option),
        _ => None,
    };
    Some(security)
}

/// The account of a record.
pub(super) fn account(record: &Record<'_>, collected: &mut Collected) -> Option<LedgerAccount> {
    let name = record.value('N');
    if name.is_empty() {
        return None;
    }
    let account = called(name, collected);
    Some(match (section_of(&format!("Type:{}", record.value('T'))), record.value('T')) {
        (_, kind) if kind.starts_with("401") => {
            LedgerAccount { kind: Some(AccountKind::OtherRetirement), ..account }
        }
        (Some(Section::Bank(holder)), _) => bank::held(account, holder),
        (Some(Section::Investment), _) => LedgerAccount { kind: Some(AccountKind::Brokerage), ..account },
        _ => bank::held(account, Holder::Bank),
    })
}

/// An account of a name, from which only the end of a number is kept.
pub(super) fn called(name: &str, collected: &mut Collected) -> LedgerAccount {
    let shown = masked(name);
    let mut account = LedgerAccount::named(collected.account_named(name));
    account.number = (shown != name).then(|| last_four(name)).flatten();
    account.name = Some(cut(&shown));
    account
}
