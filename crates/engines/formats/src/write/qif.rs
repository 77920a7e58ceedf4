//! The Quicken Interchange Format: the list of securities, then each account with its transactions.

mod bank;
mod investment;

use std::collections::BTreeMap;

use wherewithal_base::{Result, control::Work, dates::Date, money::Currency, num::Decimal};
use wherewithal_household::{AccountKind, LiabilityKind};
use wherewithal_ledger::{LedgerAccount, LedgerSecurity, LedgerSecurityKind as Kind, LedgerTransaction};

use super::{
    FileWriteInput,
    names::Names,
    omitted::{List, Omissions},
    texts,
};
use crate::{ids::Ids, masked::masked, qif::Holder};

/// The longest name of a security.
const MAX_NAME: usize = 200;

/// Writes the file.
pub(super) fn write(
    input: &FileWriteInput,
    omissions: &mut Omissions<'_>,
    work: &mut Work<'_, '_>,
) -> Result<String> {
    let mut file = File {
        text: String::new(),
        header: None,
        names: Names::of(&input.accounts, is_line),
        keeps_account: true,
        securities: BTreeMap::new(),
    };
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
        let currency = register_currency(account, transactions().map(|(_, transaction)| transaction));
        for (index, transaction) in transactions() {
            work.done(64)?;
            if transaction.currency.or(account.currency) != currency {
                let reason =
                    "QIF has no currencies, and its amount is not in that of the other rows of its account";
                omissions.left_out(List::Transactions, index, reason);
                continue;
            }
            let said = match holder {
                Some(holder) => bank::write(transaction, holder, &mut file),
                None => investment::write(transaction, &mut file),
            };
            match said {
                Ok(mut said) => {
                    said.extend(file.keeps_account.then_some("account"));
                    omissions.written(List::Transactions, index, &said)?;
                }
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

/// The currency of all amounts of an account: its own, else that which its rows name, unless one of them names none.
fn register_currency<'t>(
    account: &LedgerAccount,
    transactions: impl Iterator<Item = &'t LedgerTransaction>,
) -> Option<Currency> {
    if account.currency.is_some() {
        return account.currency;
    }
    let mut currencies = transactions.map(|transaction| transaction.currency);
    let first = currencies.next()??;
    currencies.all(|currency| currency.is_some()).then_some(first)
}

/// Whether a text is kept where it stands on a line.
fn is_line(text: &str) -> bool {
    let (line, is_whole) = texts::line(text);
    is_whole && !line.is_empty()
}

/// A security in the list.
#[derive(Clone)]
struct Listed {
    /// Its name, by which transactions call it.
    name: String,
    /// Whether a reader gives it its id.
    is_kept: bool,
}

/// The file so far.
struct File<'i> {
    text: String,
    /// The line before the first transaction of an account; some programs take one without a transaction amiss.
    header: Option<&'static str>,
    names: Names<'i>,
    /// Whether a reader gives the account its id.
    keeps_account: bool,
    /// The securities in the list, by id.
    securities: BTreeMap<&'i str, Listed>,
}

impl<'i> File<'i> {
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

    /// The line of an account to which a transfer goes, and whether a reader gives it its id.
    fn transfer(&mut self, account: &str) -> Option<(String, bool)> {
        let (line, _) = texts::line(account);
        let name = self.names.name(account).unwrap_or(line.trim()).to_owned();
        if name.is_empty() || name.contains(']') {
            return None;
        }
        let is_kept = self.names.is_read_as(&name, account);
        Some((format!("[{name}]"), is_kept))
    }

    fn list_securities(
        &mut self,
        securities: &'i [LedgerSecurity],
        omissions: &mut Omissions<'_>,
    ) -> Result<()> {
        if !securities.is_empty() {
            self.text.push_str("!Type:Security\n");
        }
        let symbols = symbols(securities);
        let names = names(securities, &symbols);
        for (index, ((security, symbol), name)) in securities.iter().zip(symbols).zip(names).enumerate() {
            let mut said = Vec::new();
            said.extend((security.name.as_ref() == Some(&name)).then_some("name"));
            self.line('N', &name);
            if let Some(symbol) = symbol {
                self.line('S', symbol);
                said.push("symbol");
            }
            let kind = match security.kind {
                Some(Kind::Stock) => Some("Stock"),
                Some(Kind::MutualFund) => Some("Mutual Fund"),
                Some(Kind::Bond) => Some("Bond"),
                Some(Kind::Option) => Some("Option"),
                _ => None,
            };
            if let Some(kind) = kind {
                self.line('T', kind);
                said.push("kind");
            }
            self.end();
            let is_kept = symbol.unwrap_or(&name) == security.id;
            self.securities.insert(&security.id, Listed { name, is_kept });
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
        let name = self.names.name(&account.id).unwrap_or_default().to_owned();
        self.keeps_account = self.names.is_read_as(&name, &account.id);
        self.line('N', &name);
        self.line('T', section);
        self.end();
        self.header = Some(section);
    }
}

/// The symbols that are written: a reader knows securities by them, so each is that of one security alone.
fn symbols(securities: &[LedgerSecurity]) -> Vec<Option<&str>> {
    let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
    for security in securities {
        *uses.entry(&security.id).or_default() += 1;
        if let Some(symbol) = security.symbol.as_deref().filter(|symbol| *symbol != security.id) {
            *uses.entry(symbol).or_default() += 1;
        }
    }
    let is_one = |symbol: &&str| uses.get(symbol) == Some(&1) && is_line(symbol);
    securities.iter().map(|security| security.symbol.as_deref().filter(is_one)).collect()
}

/// The names of the securities, of which no two are alike. One without a symbol is called by its id, since a reader knows it by
/// its name.
fn names(securities: &[LedgerSecurity], symbols: &[Option<&str>]) -> Vec<String> {
    let mut given = Ids::default();
    let mut names = vec![String::new(); securities.len()];
    for has_symbol in [false, true] {
        let those = securities.iter().zip(symbols).zip(&mut names);
        for ((security, _), name) in those.filter(|((_, symbol), _)| symbol.is_some() == has_symbol) {
            let named = security.name.as_deref().filter(|_| has_symbol).map(|name| texts::line(name).0);
            let called = named.unwrap_or_else(|| texts::line(&security.id).0);
            let called = if called.trim().is_empty() { "security" } else { called.trim() };
            *name = given.unique(called, MAX_NAME);
        }
    }
    names
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
    if account.name.as_ref() == Some(&account.id) && is_line(&account.id) && masked(&account.id) == account.id
    {
        said.push("name");
    }
    match (holder, account.kind, account.liability_kind) {
        (Some(Holder::Cash), _, _) | (None, Some(AccountKind::Brokerage), _) => said.push("kind"),
        (Some(Holder::Card), _, _) | (_, _, Some(LiabilityKind::Other)) => said.push("liabilityKind"),
        _ => {}
    }
    said
}
