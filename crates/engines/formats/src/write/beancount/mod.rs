//! A journal of beancount (its language, version 2 and 3).
//!
//! Each account and each security is opened on the first date. A transaction has a posting for its cash, one for its shares
//! and one or more for what it was for: an account of income, expenses or equity. Both sides of a transfer stand in
//! `Equity:Transfers`, which is zero when both have arrived, because which two transactions are the sides of one transfer is
//! for whoever classifies them. Shares have their price in total and no cost, so every journal balances to the last digit.
//! What beancount has no place for stands in metadata, under the names of the fields.

mod journal;
mod names;
mod postings;

use std::collections::BTreeMap;

use wherewithal_base::{
    Error, ErrorCode, Result, control::Work, dates::Date, error::At as _, money::Currency, num::Decimal,
};
use wherewithal_ledger::{LedgerAccount, LedgerSecurity, LedgerTransaction, StatedBalanceKind};

use super::{
    FileWriteInput,
    omitted::{List, Omissions},
};
use journal::Journal;
use names::Names;

/// Writes the journal.
pub(super) fn write(
    input: &FileWriteInput,
    omissions: &mut Omissions<'_>,
    work: &mut Work<'_, '_>,
) -> Result<String> {
    let first = first_date(input).ok_or_else(|| {
        let message =
            "a journal opens its accounts on a date, and no transaction, balance or position has one";
        Error::new(ErrorCode::ListEmpty, message).at("transactions")
    })?;
    let names = Names::of(input);
    let currencies = super::currencies(input);
    let mut journal = Journal::default();
    let mut counters = BTreeMap::new();
    for (index, transaction) in input.transactions.iter().enumerate() {
        work.done(64)?;
        let currency = transaction.currency.or_else(|| currencies.get(transaction.account.as_str()).copied());
        let Some(currency) = currency else {
            omissions.left_out(List::Transactions, index, "its currency is not known");
            continue;
        };
        entry(transaction, currency, &names, &mut counters, &mut journal)?;
    }
    for (index, balance) in input.balances.iter().enumerate() {
        work.done(8)?;
        let account = names.account(&balance.account);
        let commodity = match (balance.kind, &balance.security) {
            (StatedBalanceKind::Shares, Some(security)) => Some(names.commodity(security)),
            (StatedBalanceKind::Cash | StatedBalanceKind::Ledger, None) => {
                let own = currencies.get(balance.account.as_str()).copied();
                balance.currency.or(own).map(|currency| currency.code())
            }
            _ => None,
        };
        match commodity {
            Some(commodity) => {
                // A balance of beancount is that of the beginning of its day.
                let day = balance.date.add_days(1).at("date").at_index("balances", index)?;
                journal.balance(day, account, balance.amount, commodity);
                journal.word(
                    "kind",
                    if balance.kind == StatedBalanceKind::Cash { Some("cash") } else { None },
                    2,
                );
                journal.end();
            }
            None => omissions.left_out(List::Balances, index, "beancount has no balance of its kind"),
        }
    }
    for (index, position) in input.positions.iter().enumerate() {
        match position.date {
            Some(date) => {
                let day = date.add_days(1).at("date").at_index("positions", index)?;
                let (account, commodity) =
                    (names.account(&position.account), names.commodity(&position.security));
                journal.balance(day, account, position.quantity, commodity);
                journal.end();
                omissions.written(List::Positions, index, &["account", "date", "security", "quantity"])?;
            }
            None => omissions.left_out(List::Positions, index, "a balance of beancount has a date"),
        }
    }
    let mut head = Journal::default();
    for account in &input.accounts {
        open(account, first, &names, &mut head);
    }
    for (account, day) in &counters {
        head.open(*day, account, None);
        head.end();
    }
    for security in &input.securities {
        commodity(security, first, &names, &mut head);
    }
    Ok(head.text() + &journal.text())
}

/// The first date of all records.
fn first_date(input: &FileWriteInput) -> Option<Date> {
    let transactions = input.transactions.iter().map(|transaction| transaction.date);
    let balances = input.balances.iter().map(|balance| balance.date);
    let positions = input.positions.iter().filter_map(|position| position.date);
    transactions.chain(balances).chain(positions).min()
}

fn open(account: &LedgerAccount, first: Date, names: &Names<'_>, head: &mut Journal) {
    head.open(first, names.account(&account.id), account.currency);
    head.word("id", Some(&account.id), 2);
    head.word("name", account.name.as_deref(), 2);
    head.word("institution", account.institution.as_deref(), 2);
    head.word("number", account.number.as_deref(), 2);
    head.named("kind", account.kind.as_ref(), 2);
    head.named("liabilityKind", account.liability_kind.as_ref(), 2);
    head.named("taxTreatment", account.tax_treatment.as_ref(), 2);
    head.end();
}

fn commodity(security: &LedgerSecurity, first: Date, names: &Names<'_>, head: &mut Journal) {
    head.commodity(first, names.commodity(&security.id));
    head.word("id", Some(&security.id), 2);
    head.word("symbol", security.symbol.as_deref(), 2);
    head.word("cusip", security.cusip.as_deref(), 2);
    head.word("isin", security.isin.as_deref(), 2);
    head.word("name", security.name.as_deref(), 2);
    head.named("kind", security.kind.as_ref(), 2);
    head.word("currency", security.currency.map(Currency::code), 2);
    head.end();
}

/// A transaction.
fn entry(
    transaction: &LedgerTransaction,
    currency: Currency,
    names: &Names<'_>,
    counters: &mut BTreeMap<String, Date>,
    journal: &mut Journal,
) -> Result<()> {
    journal.transaction(transaction);
    journal.word("id", Some(&transaction.id), 2);
    journal.named("type", Some(&transaction.r#type), 2);
    journal.word("currency", transaction.currency.map(Currency::code), 2);
    if transaction.quantity.is_none_or(Decimal::is_zero) || transaction.security.is_none() {
        // No posting says them.
        journal.word("security", transaction.security.as_deref(), 2);
        journal.word("quantity", transaction.quantity.map(|quantity| quantity.to_string()).as_deref(), 2);
    }
    journal.word("settlementDate", transaction.settlement_date.map(|date| date.to_string()).as_deref(), 2);
    journal.word("memo", transaction.memo.as_deref(), 2);
    journal.word("checkNumber", transaction.check_number.as_deref(), 2);
    journal.word("category", transaction.category.as_deref(), 2);
    journal.word("merchantCategoryCode", transaction.merchant_category_code.as_deref(), 2);
    for (name, value) in [
        ("price", transaction.price),
        ("fees", transaction.fees),
        ("splitFrom", transaction.split_from),
        ("splitTo", transaction.split_to),
        ("balance", transaction.balance),
    ] {
        journal.word(name, value.map(|value| value.to_string()).as_deref(), 2);
    }
    journal.word("transferAccount", transaction.transfer_account.as_deref(), 2);
    journal.word("reference", transaction.reference.as_deref(), 2);
    for (index, split) in transaction.splits.iter().enumerate() {
        let key = |name: &str| format!("split{}{name}", index + 1);
        journal.word(&key("Amount"), Some(&split.amount.to_string()), 2);
        journal.word(&key("Category"), split.category.as_deref(), 2);
        journal.word(&key("Memo"), split.memo.as_deref(), 2);
        journal.word(&key("TransferAccount"), split.transfer_account.as_deref(), 2);
    }
    for counter in postings::write(transaction, currency, names, journal)? {
        let day = counters.entry(counter).or_insert(transaction.date);
        *day = transaction.date.min(*day);
    }
    journal.end();
    Ok(())
}
