//! The own accounts: what they are for, and how texts name them.

use std::collections::BTreeMap;

use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_household::{AccountKind, LiabilityKind};
use wherewithal_ledger::LedgerAccount;

use crate::texts::{Pairs, folded, has_words};

/// What an account is for, as far as it decides what its flows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Money that is spent: bank accounts, cash, and accounts of which nothing is known.
    Spending,
    /// A card or an overdraft, with which is spent too.
    Card,
    /// Another debt.
    Loan,
    /// Investments, retirement, education and health accounts.
    Investment,
}

/// The accounts of a ledger, by their place in its list.
pub(crate) struct Accounts<'a> {
    list: &'a [LedgerAccount],
    by_id: BTreeMap<&'a str, usize>,
    /// By the name in lower case; `None` where several have it.
    by_name: BTreeMap<String, Option<usize>>,
    /// By the last four characters of the number.
    by_number: BTreeMap<&'a str, Vec<usize>>,
    /// The institutions in lower case, with their accounts.
    institutions: Vec<(String, Pairs, Vec<usize>)>,
}

/// The shortest name of an institution that is looked for in texts.
const LEAST_INSTITUTION: usize = 3;

impl<'a> Accounts<'a> {
    pub(crate) fn of(list: &'a [LedgerAccount]) -> Self {
        let (mut by_id, mut by_name, mut by_number, mut institutions) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (place, account) in list.iter().enumerate() {
            by_id.insert(account.id.as_str(), place);
            if let Some(name) = &account.name {
                by_name.entry(folded(name)).and_modify(|found| *found = None).or_insert(Some(place));
            }
            if let Some(number) = account.number.as_deref().filter(|number| number.len() == 4) {
                by_number.entry(number).or_insert_with(Vec::new).push(place);
            }
            if let Some(institution) = account.institution.as_deref().map(folded)
                && institution.len() >= LEAST_INSTITUTION
            {
                institutions.entry(institution).or_insert_with(Vec::new).push(place);
            }
        }
        let institutions = institutions
            .into_iter()
            .map(|(name, places)| {
                let pairs = Pairs::of(&name);
                (name, pairs, places)
            })
            .collect();
        Self { list, by_id, by_name, by_number, institutions }
    }

    pub(crate) fn get(&self, place: usize) -> &'a LedgerAccount {
        #[expect(clippy::indexing_slicing, reason = "places are those of the list")]
        &self.list[place]
    }

    /// The places of the accounts in the order of their ids.
    pub(crate) fn places_by_id(&self) -> impl Iterator<Item = usize> {
        self.by_id.values().copied()
    }

    /// The place of the account with an id.
    pub(crate) fn with_id(&self, id: &str) -> Result<usize> {
        self.by_id
            .get(id)
            .copied()
            .ok_or_else(|| Error::new(ErrorCode::NameUnknown, format!("no account is called {id:?}")))
    }

    /// The account that a source names: by its id, its name, or the end of its number.
    pub(crate) fn named(&self, text: &str) -> Option<usize> {
        if let Some(place) = self.by_id.get(text) {
            return Some(*place);
        }
        if let Some(place) = self.by_name.get(&folded(text)) {
            return *place;
        }
        let end = text.char_indices().rev().nth(3).and_then(|(at, _)| text.get(at..))?;
        match self.by_number.get(end).map(Vec::as_slice) {
            Some([place]) => Some(*place),
            _ => None,
        }
    }

    /// The accounts whose number or institution a text has, in their order.
    pub(crate) fn mentioned(&self, texts: &[&str]) -> Vec<usize> {
        let mut found: Vec<usize> = texts.iter().flat_map(|text| self.numbered_in(text)).collect();
        if !self.institutions.is_empty() {
            for text in texts {
                let text = folded(text);
                let pairs = Pairs::of(&text);
                for (name, needed, places) in &self.institutions {
                    if pairs.has(needed) && has_words(&text, name) {
                        found.extend(places);
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The accounts whose number a text has, as the end of a masked number or after a word that announces it.
    pub(crate) fn numbered_in(&self, text: &str) -> Vec<usize> {
        if self.by_number.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut before = "";
        for word in text.split_whitespace() {
            let bare = word.trim_matches(|character: char| matches!(character, ',' | ';' | ':' | ')' | '('));
            let end = bare.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
            let (hidden, number) = bare.split_at(end);
            let is_masked = !hidden.is_empty()
                && hidden.chars().all(|character| matches!(character, 'x' | 'X' | '*' | '.' | '…' | '-'));
            let is_announced = hidden.trim_matches('#').is_empty()
                && NUMBER_FOLLOWS.iter().any(|announcing| before.eq_ignore_ascii_case(announcing));
            if is_masked || is_announced {
                found.extend(self.by_number.get(number).into_iter().flatten());
            }
            before = bare;
        }
        found
    }

    pub(crate) fn r#use(&self, place: usize) -> Use {
        let account = self.get(place);
        match (account.kind, account.liability_kind) {
            (_, Some(LiabilityKind::CreditCard | LiabilityKind::Overdraft)) => Use::Card,
            (_, Some(_)) => Use::Loan,
            (None, None) => Use::Spending,
            (Some(kind), None) => match kind {
                AccountKind::Checking
                | AccountKind::Savings
                | AccountKind::MoneyMarket
                | AccountKind::CertificateOfDeposit
                | AccountKind::Cash => Use::Spending,
                _ => Use::Investment,
            },
        }
    }
}

/// Words after which the number of an account stands.
const NUMBER_FOLLOWS: &[&str] = &[
    "in", "acct", "account", "card", "checking", "chk", "credit", "ending", "loan", "mortgage", "savings",
    "sav", "to", "from",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts() -> Vec<LedgerAccount> {
        let account = |id: &str, name: &str, number: &str, institution: &str| LedgerAccount {
            name: Some(name.to_owned()),
            number: Some(number.to_owned()),
            institution: Some(institution.to_owned()),
            ..LedgerAccount::named(id)
        };
        vec![
            account("checking", "Everyday", "1234", "First Bank"),
            account("card", "Travel card", "9876", "Discover"),
            account("old card", "Travel card", "5555", "Discover"),
        ]
    }

    #[test]
    fn an_account_is_named_by_its_id_its_name_or_its_number() {
        let list = accounts();
        let accounts = Accounts::of(&list);
        assert_eq!(accounts.named("card"), Some(1));
        assert_eq!(accounts.named("EVERYDAY"), Some(0));
        assert_eq!(accounts.named("Card …9876"), Some(1));
        assert_eq!(accounts.named("Travel card"), None);
        assert_eq!(accounts.named("Vacation"), None);
        assert_eq!(accounts.named("é"), None);
    }

    #[test]
    fn a_number_counts_where_it_is_masked_or_announced() {
        let list = accounts();
        let accounts = Accounts::of(&list);
        for (text, found) in [
            ("TRANSFER TO XXXXXX9876", vec![1]),
            ("Payment to card ending in 5555", vec![2]),
            ("DISCOVER E-PAYMENT 9921", vec![1, 2]),
            ("STORE 9876", vec![]),
            ("STORE #9876", vec![]),
            ("Transfer from …1234", vec![0]),
        ] {
            assert_eq!(accounts.mentioned(&[text]), found, "{text}");
        }
    }
}
