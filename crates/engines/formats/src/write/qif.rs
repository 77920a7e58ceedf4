//! The Quicken Interchange Format: the list of securities, then each account with its transactions.

mod bank;
mod investment;

use std::collections::BTreeMap;

use wherewithal_base::{Result, control::Work, dates::Date, num::Decimal};
use wherewithal_household::{AccountKind, LiabilityKind};
use wherewithal_ledger::{LedgerAccount, LedgerSecurity, LedgerSecurityKind as Kind, LedgerTransaction};

use super::{
    FileWriteInput,
    omitted::{List, Omissions},
    texts,
};
use crate::qif::Holder;

/// Writes the file.
pub(super) fn write(
    input: &FileWriteInput,
    omissions: &mut Omissions<'_>,
    work: &mut Work<'_, '_>,
) -> Result<String> {
    let mut file = File { text: String::new(), header: None, securities: BTreeMap::new() };
    file.list_securities(&input.securities, omissions)?;
    let mut by_account: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, transaction) in input.transactions.iter().enumerate() {
        by_account.entry(&transaction.account).or_default().push(index);
    }
    for (place, account) in input.accounts.iter().enumerate() {
        let own = by_account.remove(account.id.as_str()).unwrap_or_default();
        let transactions = || own.iter().filter_map(|index| Some((*index, input.transactions.get(*index)?)));
        let holder = holder(account, transactions().map(|(_, transaction)| transaction));
        file.open(account, holder);
        omissions.written(List::Accounts, place, &told(account, holder))?;
        for (index, transaction) in transactions() {
            work.done(64)?;
            let said = match holder {
                Some(holder) => bank::write(transaction, holder, &mut file),
                None => investment::write(transaction, &mut file),
            };
            match said {
                Ok(said) => omissions.written(List::Transactions, index, &said)?,
                Err(reason) => omissions.left_out(List::Transactions, index, reason),
            }
        }
    }
    let reason = "QIF has no place for what a statement states";
    (0..input.balances.len()).for_each(|index| omissions.left_out(List::Balances, index, reason));
    (0..input.positions.len()).for_each(|index| omissions.left_out(List::Positions, index, reason));
    Ok(file.text)
}

/// Why a transaction is left out, or which of its fields are written.
type Said = Result<Vec<&'static str>, &'static str>;

/// The file so far.
struct File {
    text: String,
    /// The line before the first transaction of an account; some programs take one without a transaction amiss.
    header: Option<&'static str>,
    /// The names of the securities in the list, by id.
    securities: BTreeMap<String, String>,
}

impl File {
    /// A line: the letter of a field and its value.
    fn line(&mut self, letter: char, value: &str) {
        self.text.push(letter);
        self.text.push_str(value);
        self.text.push('\n');
    }

    fn end(&mut self) {
        self.text.push_str("^\n");
    }

    /// A line with a text; whether all of the text is on it.
    fn words(&mut self, letter: char, text: &str) -> bool {
        let (line, is_whole) = texts::line(text);
        if !line.is_empty() {
            self.line(letter, &line);
        }
        is_whole
    }

    /// The date, with which a transaction begins.
    fn date(&mut self, date: Date) {
        if let Some(section) = self.header.take() {
            self.text.push_str("!Type:");
            self.text.push_str(section);
            self.text.push('\n');
        }
        let (month, day, year) = (date.month(), date.day(), date.year());
        self.line('D', &format!("{month:02}/{day:02}'{year:04}"));
    }

    /// A number. Three decimal places could be a group of digits, so they become four.
    fn number(&mut self, letter: char, value: Decimal) {
        let mut printed = value.to_string();
        if value.scale() == 3 {
            printed.push('0');
        }
        self.line(letter, &printed);
    }

    fn list_securities(
        &mut self,
        securities: &[LedgerSecurity],
        omissions: &mut Omissions<'_>,
    ) -> Result<()> {
        let mut names: BTreeMap<String, u32> = BTreeMap::new();
        for name in securities.iter().filter_map(|security| security.name.as_deref()) {
            *names.entry(texts::line(name).0).or_default() += 1;
        }
        if !securities.is_empty() {
            self.text.push_str("!Type:Security\n");
        }
        for (index, security) in securities.iter().enumerate() {
            let mut said = vec!["kind"];
            // Transactions name a security by its name, which must be that of one alone.
            let named = security.name.as_deref().map(texts::line);
            let named = named.filter(|(name, _)| names.get(name) == Some(&1) && security.symbol.is_some());
            let name = match named {
                Some((name, is_whole)) => {
                    said.extend(is_whole.then_some("name"));
                    name
                }
                None => texts::line(&security.id).0,
            };
            self.line('N', &name);
            if let Some(symbol) = &security.symbol
                && self.words('S', symbol)
            {
                said.push("symbol");
            }
            match security.kind {
                Some(Kind::Stock) => self.line('T', "Stock"),
                Some(Kind::MutualFund) => self.line('T', "Mutual Fund"),
                Some(Kind::Bond) => self.line('T', "Bond"),
                Some(Kind::Option) => self.line('T', "Option"),
                _ => said.retain(|field| *field != "kind"),
            }
            self.end();
            self.securities.insert(security.id.clone(), name);
            omissions.written(List::Securities, index, &said)?;
        }
        Ok(())
    }

    /// The beginning of an account.
    fn open(&mut self, account: &LedgerAccount, holder: Option<Holder>) {
        let section = match holder {
            Some(Holder::Bank) => "Bank",
            Some(Holder::Cash) => "Cash",
            Some(Holder::Card) => "CCard",
            Some(Holder::Asset) => "Oth A",
            Some(Holder::Liability) => "Oth L",
            None => "Invst",
        };
        self.text.push_str("!Account\n");
        self.line('N', &texts::line(&account.id).0);
        self.line('T', section);
        self.end();
        self.header = Some(section);
    }
}

/// What an account is in QIF; `None` for one with investments.
fn holder<'t>(
    account: &LedgerAccount,
    mut transactions: impl Iterator<Item = &'t LedgerTransaction>,
) -> Option<Holder> {
    match (account.kind, account.liability_kind) {
        (_, Some(LiabilityKind::CreditCard)) => Some(Holder::Card),
        (_, Some(_)) => Some(Holder::Liability),
        (Some(AccountKind::Cash), _) => Some(Holder::Cash),
        (
            Some(
                AccountKind::Checking
                | AccountKind::Savings
                | AccountKind::MoneyMarket
                | AccountKind::CertificateOfDeposit,
            ),
            _,
        ) => Some(Holder::Bank),
        (Some(_), _) => None,
        (None, None) => {
            let invests = |transaction: &LedgerTransaction| transaction.security.is_some();
            (!transactions.any(invests)).then_some(Holder::Bank)
        }
    }
}

/// The fields of an account that its kind in QIF says.
fn told(account: &LedgerAccount, holder: Option<Holder>) -> Vec<&'static str> {
    let mut said = Vec::new();
    if account.name.as_ref() == Some(&account.id) {
        said.push("name");
    }
    match (holder, account.kind, account.liability_kind) {
        (Some(Holder::Cash), _, _) | (None, Some(AccountKind::Brokerage), _) => said.push("kind"),
        (Some(Holder::Card), _, _) | (_, _, Some(LiabilityKind::Other)) => said.push("liabilityKind"),
        _ => {}
    }
    said
}
