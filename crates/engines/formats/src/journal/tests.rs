//! What is read of journals.

use std::fmt::Write as _;

use wherewithal_base::control::Control;
use wherewithal_ledger::{LedgerTransaction, LedgerTransactionType as Type};

use crate::{FileFormat, FileReadInput, FileReading, read};

fn reading(format: FileFormat, text: &str) -> FileReading {
    let input =
        FileReadInput { text: Some(text.to_owned()), format: Some(format), ..FileReadInput::default() };
    read(&input, &Control::default()).unwrap()
}

fn beancount(text: &str) -> FileReading {
    reading(FileFormat::Beancount, text)
}

fn shown(transaction: &LedgerTransaction) -> (String, String, Type, Option<&str>) {
    let LedgerTransaction { account, amount, r#type, category, .. } = transaction;
    (account.clone(), amount.to_string(), *r#type, category.as_deref())
}

#[test]
fn an_account_of_shares_is_in_the_currency_that_they_cost() {
    let read = beancount(
        "2026-11-10 * \"Buy SAP\"\n  Assets:Depot     3 SAP {150.00 EUR}\n  Assets:N26    -450.00 EUR\n",
    );
    let currencies: Vec<String> = read
        .accounts
        .iter()
        .map(|account| account.currency.map(|currency| currency.code().to_owned()).unwrap_or_default())
        .collect();
    assert_eq!(currencies, ["EUR", "EUR"]);
    assert!(read.transactions.iter().all(|transaction| transaction.currency.is_none()));
}

#[test]
fn each_account_has_its_own_opening_balance() {
    let read = beancount(
        "2026-01-01 * \"Opening\"\n  Assets:Bank   1000 USD\n  Liabilities:Mortgage  -200000 USD\n  \
         Assets:Depot  10 EXTM {50 USD}\n  Equity:Opening-Balances\n",
    );
    let category = Some("Equity:Opening-Balances");
    let found: Vec<_> = read.transactions.iter().map(shown).collect();
    assert_eq!(
        found,
        [
            ("Assets:Bank".to_owned(), "1000".to_owned(), Type::Other, category),
            ("Liabilities:Mortgage".to_owned(), "-200000".to_owned(), Type::Other, category),
            ("Assets:Depot".to_owned(), "0".to_owned(), Type::SecurityTransfer, None),
        ]
    );
    assert!(read.transactions.iter().all(|transaction| transaction.transfer_account.is_none()));
}

#[test]
fn accounts_whose_names_look_alike_without_their_numbers_stay_apart() {
    let read = beancount(
        "2026-03-02 * \"X\"\n  Assets:Bank:55551234  -5.00 USD\n  Assets:Bank:66661234  5.00 USD\n\n\
         2026-03-03 balance Assets:Bank:66661234  5.00 USD\n",
    );
    let (first, second) = ("Assets:Bank:…1234", "Assets:Bank:…1234-2");
    let ids: Vec<&str> = read.accounts.iter().map(|account| account.id.as_str()).collect();
    assert_eq!(ids, [first, second]);
    let ends: Vec<_> =
        read.transactions.iter().map(|one| (one.account.as_str(), one.transfer_account.as_deref())).collect();
    assert_eq!(ends, [(first, Some(second)), (second, Some(first))]);
    assert_eq!(read.balances[0].account, second);
}

#[test]
fn an_entry_of_more_parts_than_a_transaction_can_have_is_a_problem() {
    let entry = |parts: u32| {
        let mut text = format!("2026-03-02 * \"X\"\n  Assets:A  -{parts} USD\n");
        (0..parts).for_each(|part| writeln!(text, "  Expenses:B{part}  1 USD").unwrap());
        beancount(&text)
    };
    let fits = entry(1_000);
    assert_eq!((fits.transactions[0].splits.len(), fits.problems.len()), (1_000, 0));
    let exceeds = entry(1_001);
    assert_eq!((exceeds.transactions.len(), exceeds.problems[0].code.as_str()), (0, "list.too_long"));
}

#[test]
fn many_accounts_and_commodities_of_an_entry_take_no_longer_than_they_are() {
    let mut accounts = "2026-03-02 * \"X\"\n".to_owned();
    let mut shares = "2026-03-02 X\n".to_owned();
    for number in 0..40_000 {
        writeln!(accounts, "  Assets:A{number}  1 USD").unwrap();
        writeln!(shares, "    assets:a  1 \"C{number}\"").unwrap();
    }
    accounts.push_str("  Equity:Opening-Balances\n");
    shares.push_str("    equity:opening balances\n");
    for read in [beancount(&accounts), reading(FileFormat::Hledger, &shares)] {
        let codes: Vec<&str> = read.problems.iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!((read.transactions.len(), codes), (0, vec!["list.too_long"]));
    }
}

#[test]
fn pushed_tags_are_given_up_to_a_hundred() {
    let mut text = String::new();
    (0..5_000).for_each(|tag| writeln!(text, "pushtag #t{tag}").unwrap());
    (0..500).for_each(|_| text.push_str("2026-03-02 * \"X\"\n  Assets:A  1 USD\n  Income:B\n\n"));
    let read = beancount(&text);
    assert_eq!(read.transactions.len(), 500);
    assert!(read.transactions.iter().all(|transaction| transaction.tags.len() == 100));
}

#[test]
fn equity_is_equity_whatever_the_journal_calls_it() {
    let text = "option \"name_equity\" \"Eigenkapital\"\noption \"name_assets\" \"Vermögen\"\n\
                2026-03-02 * \"Beginn\"\n  Vermögen:Bank  1000 EUR\n  Eigenkapital:Anfangsbestand\n";
    let read = beancount(text);
    assert_eq!(read.transactions[0].category.as_deref(), Some("Equity:Anfangsbestand"));
}
