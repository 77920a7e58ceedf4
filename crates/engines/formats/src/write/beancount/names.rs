//! Names as beancount allows them: accounts whose parts begin with a capital or a digit, and commodities in capitals.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::money::Currency;
use wherewithal_ledger::LedgerAccount;

use crate::write::FileWriteInput;

/// The longest name of a commodity.
const COMMODITY: usize = 24;

/// The names of accounts and securities, by id.
pub(super) struct Names<'i> {
    accounts: BTreeMap<&'i str, String>,
    securities: BTreeMap<&'i str, String>,
}

impl<'i> Names<'i> {
    pub(super) fn of(input: &'i FileWriteInput) -> Self {
        let mut taken = Taken::default();
        let mut accounts = BTreeMap::new();
        for account in &input.accounts {
            accounts.insert(account.id.as_str(), taken.unique(account_name(account), usize::MAX));
        }
        // A security must not be taken for money.
        let mut taken = Taken::default();
        taken.names.extend(Currency::all().map(|currency| currency.code().to_owned()));
        let mut securities = BTreeMap::new();
        for security in &input.securities {
            let wanted = commodity(security.symbol.as_deref().unwrap_or(&security.id));
            securities.insert(security.id.as_str(), taken.unique(wanted, COMMODITY - 8));
        }
        Self { accounts, securities }
    }

    pub(super) fn account(&self, id: &str) -> &str {
        self.accounts.get(id).map_or("Assets:Unknown", String::as_str)
    }

    pub(super) fn commodity(&self, id: &str) -> &str {
        self.securities.get(id).map_or("UNKNOWN", String::as_str)
    }
}

/// Names that no other has.
#[derive(Default)]
struct Taken {
    names: BTreeSet<String>,
    /// The number that is tried next for a name.
    next: BTreeMap<String, u32>,
}

impl Taken {
    fn unique(&mut self, name: String, most: usize) -> String {
        if self.names.insert(name.clone()) {
            return name;
        }
        let kept: String = name.chars().take(most).collect();
        let next = self.next.entry(name).or_insert(2);
        loop {
            let found = format!("{kept}-{next}");
            *next += 1;
            if self.names.insert(found.clone()) {
                return found;
            }
        }
    }
}

fn account_name(account: &LedgerAccount) -> String {
    let root = if account.liability_kind.is_some() { "Liabilities" } else { "Assets" };
    // A journal that was read has the root in its ids already.
    match account.id.split_once(':') {
        Some((given, rest)) if given == root => format!("{root}:{}", parts(rest)),
        _ => format!("{root}:{}", parts(&account.id)),
    }
}

/// A name whose parts stand between colons.
pub(super) fn parts(name: &str) -> String {
    let parts: Vec<String> = name.split(':').map(part).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "Unnamed".to_owned() } else { parts.join(":") }
}

/// A part: letters and digits with hyphens for anything else, and a capital in front.
fn part(text: &str) -> String {
    let mut written = String::new();
    for character in text.trim().chars() {
        if character.is_ascii_alphanumeric() {
            written.push(if written.is_empty() { character.to_ascii_uppercase() } else { character });
        } else if !written.is_empty() && !written.ends_with('-') {
            written.push('-');
        }
    }
    written.trim_end_matches('-').to_owned()
}

/// A commodity: capitals, digits and a few signs, beginning with a letter.
fn commodity(text: &str) -> String {
    let mut written = String::new();
    for character in text.to_ascii_uppercase().chars() {
        let fits = character.is_ascii_alphanumeric() || matches!(character, '\'' | '.' | '_' | '-');
        let character = if fits { character } else { '-' };
        if written.is_empty() && !character.is_ascii_alphabetic() {
            written.push('X');
        }
        written.push(character);
    }
    let kept: String = written.chars().take(COMMODITY).collect();
    let kept = kept.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    if kept.len() < 2 { format!("X-{}", if kept.is_empty() { "0" } else { kept }) } else { kept.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_beancount_allows() {
        for (text, name) in [
            ("checking", "Checking"),
            ("1234-ab12", "1234-ab12"),
            ("Food & Drink: Cafés", "Food-Drink:Caf-s"),
            ("日本", "Unnamed"),
            ("::", "Unnamed"),
        ] {
            assert_eq!(parts(text), name);
        }
        for (text, name) in [
            ("EXTM", "EXTM"),
            ("BRK.B", "BRK.B"),
            ("037833100", "X037833100"),
            ("Example Total Market ETF", "EXAMPLE-TOTAL-MARKET-ETF"),
            ("F", "X-F"),
            ("", "X-0"),
        ] {
            assert_eq!(commodity(text), name);
        }
    }
}
