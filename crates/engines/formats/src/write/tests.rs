//! What is written is read as it was, but for what is omitted.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;
use wherewithal_base::{control::Control, dates::Date, num::Decimal};
use wherewithal_ledger::{
    LedgerAccount, LedgerSecurity, LedgerSplit, LedgerTransaction, StatedBalance, StatedPosition,
};

use super::{FileWriteFormat, FileWriteInput, write};
use crate::{FileReadInput, FileReading, read};

const ACCOUNTS: &str = r#"[{"id": "checking", "name": "checking", "currency": "USD", "kind": "checking"},
    {"id": "card", "currency": "USD", "liabilityKind": "creditCard", "institution": "Bank, Example"},
    {"id": "broker", "currency": "USD", "kind": "brokerage", "number": "1234"},
    {"id": "ira", "currency": "EUR", "kind": "rothIra", "taxTreatment": "taxFree"}, {"id": "loose", "currency": "CAD"}]"#;
const SECURITIES: &str = r#"[{"id": "EXTM", "symbol": "EXTM", "name": "Example, \"Total\" Market", "kind": "stock"},
    {"id": "XBND", "symbol": "XBND", "cusip": "037833100", "kind": "bond", "currency": "USD"}]"#;
const TYPES: &[&str] = &[
    "deposit",
    "withdrawal",
    "purchase",
    "payment",
    "refund",
    "transfer",
    "fee",
    "interest",
    "dividend",
    "reinvestment",
    "buy",
    "sell",
    "sellShort",
    "cover",
    "split",
    "returnOfCapital",
    "capitalGainDistribution",
    "tax",
    "withholding",
    "contribution",
    "distribution",
    "securityTransfer",
    "optionExercise",
    "optionExpiry",
    "symbolChange",
    "merger",
    "spinOff",
    "reward",
    "other",
];

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap()
}

fn input(format: FileWriteFormat, transactions: Vec<LedgerTransaction>) -> FileWriteInput {
    FileWriteInput {
        format,
        accounts: parsed(ACCOUNTS),
        securities: parsed(SECURITIES),
        transactions,
        balances: Vec::new(),
        positions: Vec::new(),
    }
}

fn back(text: &str) -> FileReading {
    let input = FileReadInput { text: Some(text.to_owned()), ..FileReadInput::default() };
    read(&input, &Control::default()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A text of a record, without spaces at its ends and not blank.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z]{1,8}( [A-Za-z&]{1,6})?",
        "[=+@'-][A-Z0-9()]{1,6}",
        "[\\PC]{1,40}".prop_filter("not blank", |text| text.trim() == text && !text.is_empty()),
    ]
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (-1_000_000_i64..1_000_000, 0_u32..5).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale).unwrap())
}

/// The texts of a transaction that it may have.
#[derive(Debug, Clone)]
struct Texts {
    payee: Option<String>,
    memo: Option<String>,
    check_number: Option<String>,
    category: Option<String>,
    transfer_account: Option<String>,
    reference: Option<String>,
    tags: Vec<String>,
}

fn texts() -> impl Strategy<Value = Texts> {
    let option = || prop::option::weighted(0.3, text());
    let number = prop::option::weighted(0.3, prop_oneof!["[1-9][0-9]{0,3}".boxed(), text().boxed()]);
    (option(), option(), number, option(), option(), option(), prop::collection::vec(text(), 0..3)).prop_map(
        |(payee, memo, check_number, category, transfer_account, reference, tags)| Texts {
            payee,
            memo,
            check_number,
            category,
            transfer_account,
            reference,
            tags,
        },
    )
}

fn transaction() -> impl Strategy<Value = LedgerTransaction> {
    let shares = prop::option::of((0_usize..2, prop::option::of(decimal()), prop::option::of(decimal())));
    let numbers =
        (decimal(), prop::option::weighted(0.3, decimal()), prop::option::weighted(0.2, decimal()), shares);
    let parts = prop::option::weighted(0.3, (decimal(), prop::option::of(text()), prop::option::of(text())));
    (0_usize..5, 0..TYPES.len(), text(), numbers, texts(), parts).prop_map(
        |(account, kind, description, (amount, fees, balance, shares), texts, parts)| {
            let accounts: Vec<LedgerAccount> = parsed(ACCOUNTS);
            let account = &accounts[account].id;
            let mut made: LedgerTransaction = parsed(&format!(
                r#"{{"id": "1", "account": "{account}", "date": "2026-01-01", "amount": "0", "type": "{}", "description": ""}}"#,
                TYPES[kind]
            ));
            made.description = description;
            made.amount = amount;
            made.fees = fees.map(Decimal::abs);
            made.balance = balance;
            if let Some((security, quantity, price)) = shares {
                let securities: Vec<LedgerSecurity> = parsed(SECURITIES);
                made.security = Some(securities[security].id.clone());
                made.quantity = quantity;
                made.price = price.map(Decimal::abs);
                if TYPES[kind] == "split" {
                    (made.split_from, made.split_to) = (Some(Decimal::from(10_u32)), Some(Decimal::from(15_u32)));
                    made.amount = Decimal::ZERO;
                }
            }
            if let Some((first, category, memo)) = parts {
                let rest = made.amount.minus(first).unwrap();
                let part = |amount, category, memo| LedgerSplit { amount, category, memo, transfer_account: None };
                made.splits = vec![part(first, category, None), part(rest, None, memo)];
            }
            LedgerTransaction {
                payee: texts.payee,
                memo: texts.memo,
                check_number: texts.check_number,
                category: texts.category,
                transfer_account: texts.transfer_account,
                reference: texts.reference,
                tags: texts.tags,
                ..made
            }
        },
    )
}

/// Each with an id and a day of its own, by which they are found again.
fn numbered(mut transactions: Vec<LedgerTransaction>) -> Vec<LedgerTransaction> {
    for (index, transaction) in transactions.iter_mut().enumerate() {
        transaction.id = format!("t{index}");
        transaction.date = day(index);
    }
    transactions
}

fn day(index: usize) -> Date {
    "2026-01-01".parse::<Date>().unwrap().add_days(i32::try_from(index).unwrap()).unwrap()
}

/// A record without what is no content, and its numbers without zeros at their ends.
fn content(transaction: &LedgerTransaction) -> BTreeMap<String, Value> {
    let fields = serde_json::to_value(transaction).unwrap().as_object().unwrap().clone();
    fields
        .into_iter()
        .filter(|(name, _)| name != "id" && name != "source")
        .map(|(name, value)| (name, plain(value)))
        .collect()
}

fn plain(value: Value) -> Value {
    match value {
        Value::String(text) => {
            let number = text.parse::<Decimal>().ok().map(|number| number.normalized().to_string());
            Value::String(number.unwrap_or(text))
        }
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, plain(value))).collect(),
        value => value,
    }
}

/// What is written is the same each time, and is read as it was but for what is omitted.
fn holds(format: FileWriteFormat, transactions: Vec<LedgerTransaction>, compared: &[&str]) {
    let input = input(format, transactions);
    let file = write(&input, &Control::default()).unwrap();
    assert_eq!(write(&input, &Control::default()).unwrap(), file);
    let omitted: BTreeMap<&str, &super::FileOmission> =
        file.omitted.iter().map(|omission| (omission.path.as_str(), omission)).collect();
    let reading = back(&file.text);
    assert_eq!(reading.problems, [], "{}", file.text);
    let read: BTreeMap<Date, &LedgerTransaction> =
        reading.transactions.iter().map(|one| (one.date, one)).collect();
    assert_eq!(read.len(), reading.transactions.len());
    let mut kept = 0;
    for (index, one) in input.transactions.iter().enumerate() {
        let omission = omitted.get(format!("transactions[{index}]").as_str());
        if omission.is_some_and(|omission| omission.reason.is_some()) {
            assert!(!read.contains_key(&one.date), "{}", file.text);
            continue;
        }
        kept += 1;
        let found = read.get(&one.date).unwrap_or_else(|| panic!("{one:?} is lost\n{}", file.text));
        let (wanted, found) = (content(one), content(found));
        for (name, value) in &wanted {
            let is_omitted = omission.is_some_and(|omission| omission.fields.contains(name));
            let is_empty = name == "description" && value == "";
            if !is_omitted && !is_empty && (compared.is_empty() || compared.contains(&name.as_str())) {
                assert_eq!(found.get(name), Some(value), "{name} of {one:?}\n{}", file.text);
            }
        }
        if compared.is_empty() {
            let names: BTreeSet<&String> = wanted.keys().collect();
            assert!(found.keys().all(|name| names.contains(name)), "{found:?} has more than {wanted:?}");
        }
    }
    assert_eq!(kept, reading.transactions.len());
}

/// The fields of a transaction but its account, whose id OFX makes out of a number.
const OF_OFX: &[&str] = &[
    "date",
    "settlementDate",
    "amount",
    "currency",
    "type",
    "description",
    "payee",
    "memo",
    "checkNumber",
    "category",
    "merchantCategoryCode",
    "security",
    "quantity",
    "price",
    "fees",
    "splits",
    "splitFrom",
    "splitTo",
    "reference",
    "tags",
    "transferAccount",
    "balance",
];
const OF_OTHERS: &[&str] = &[
    "account",
    "date",
    "settlementDate",
    "amount",
    "currency",
    "type",
    "description",
    "payee",
    "memo",
    "checkNumber",
    "category",
    "merchantCategoryCode",
    "security",
    "quantity",
    "price",
    "fees",
    "splits",
    "splitFrom",
    "splitTo",
    "reference",
    "tags",
    "transferAccount",
    "balance",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_table_keeps_everything(transactions in prop::collection::vec(transaction(), 1..8)) {
        holds(FileWriteFormat::Csv, numbered(transactions), &[]);
    }

    #[test]
    fn a_journal_keeps_everything(transactions in prop::collection::vec(transaction(), 1..8)) {
        holds(FileWriteFormat::Beancount, numbered(transactions), &[]);
    }

    #[test]
    fn quicken_gets_what_is_not_omitted(transactions in prop::collection::vec(transaction(), 1..8)) {
        holds(FileWriteFormat::Qif, numbered(transactions), OF_OTHERS);
    }

    #[test]
    fn open_financial_exchange_gets_what_is_not_omitted(transactions in prop::collection::vec(transaction(), 1..8)) {
        holds(FileWriteFormat::Ofx, numbered(transactions), OF_OFX);
    }

    #[test]
    fn ghostfolio_gets_what_is_not_omitted(transactions in prop::collection::vec(transaction(), 1..8)) {
        holds(FileWriteFormat::Ghostfolio, numbered(transactions), OF_OTHERS);
    }
}

#[test]
fn accounts_securities_and_what_is_stated_are_kept() {
    let balances: Vec<StatedBalance> = parsed(
        r#"[{"account": "checking", "date": "2026-03-31", "kind": "ledger", "amount": "12.50"},
            {"account": "broker", "date": "2026-03-31", "kind": "cash", "amount": "-3"},
            {"account": "broker", "date": "2026-03-31", "kind": "shares", "security": "EXTM", "amount": "4.5"},
            {"account": "broker", "date": "2026-03-31", "kind": "cash", "amount": "70", "currency": "EUR"}]"#,
    );
    let positions: Vec<StatedPosition> = parsed(
        r#"[{"account": "broker", "date": "2026-03-31", "security": "XBND", "quantity": "2", "price": "99.5",
             "value": "199", "costBasis": "180"}]"#,
    );
    for format in [FileWriteFormat::Csv, FileWriteFormat::Beancount, FileWriteFormat::Ofx] {
        let mut input = input(format, Vec::new());
        (input.balances, input.positions) = (balances.clone(), positions.clone());
        let file = write(&input, &Control::default()).unwrap();
        let reading = back(&file.text);
        assert_eq!(reading.problems, [], "{}", file.text);
        match format {
            FileWriteFormat::Csv => {
                assert_eq!(file.omitted, []);
                assert_eq!(reading.accounts, input.accounts);
                assert_eq!(reading.securities, input.securities);
                assert_eq!((reading.balances, reading.positions), (balances.clone(), positions.clone()));
            }
            FileWriteFormat::Beancount => {
                assert_eq!(reading.accounts, input.accounts);
                assert_eq!(reading.securities, input.securities);
                // A position is a balance of shares, without what it is worth.
                assert_eq!(reading.balances[..4], balances[..]);
                let omitted: Vec<_> =
                    file.omitted.iter().map(|one| (one.path.as_str(), one.fields.clone())).collect();
                assert_eq!(
                    omitted,
                    [("positions[0]", ["price", "value", "costBasis"].map(str::to_owned).to_vec())]
                );
            }
            _ => {
                assert_eq!(reading.balances.len(), 3);
                assert_eq!(reading.balances[2].currency, balances[3].currency);
                assert_eq!(reading.positions[0].quantity.to_string(), "2");
            }
        }
    }
}

#[test]
fn samples_are_read_back_as_they_were() {
    for (name, text) in crate::tests::samples() {
        let first = back(&text);
        let input = FileWriteInput {
            format: FileWriteFormat::Csv,
            accounts: first.accounts.clone(),
            securities: first.securities.clone(),
            transactions: first.transactions.clone(),
            balances: first.balances.clone(),
            positions: first.positions.clone(),
        };
        for format in [FileWriteFormat::Csv, FileWriteFormat::Beancount] {
            let file = write(&FileWriteInput { format, ..input.clone() }, &Control::default()).unwrap();
            let again = back(&file.text);
            assert_eq!(again.problems, [], "{name}: {}", file.text);
            let contents = |reading: &FileReading| -> BTreeMap<String, BTreeMap<String, Value>> {
                reading.transactions.iter().map(|one| (one.id.clone(), content(one))).collect()
            };
            let left_out = file
                .omitted
                .iter()
                .filter(|omission| omission.reason.is_some())
                .filter_map(|one| one.id.clone());
            let left_out: BTreeSet<String> = left_out.collect();
            let mut wanted = contents(&first);
            wanted.retain(|id, _| !left_out.contains(id));
            assert_eq!(contents(&again), wanted, "{name}");
        }
    }
}

#[test]
fn a_zero_and_a_stranger_are_refused() {
    let mut one: LedgerTransaction = parsed(
        r#"{"id": "1", "account": "card", "date": "2026-03-02", "amount": "1", "type": "other", "description": "a"}"#,
    );
    one.memo = Some("a\0b".to_owned());
    let error = write(&input(FileWriteFormat::Csv, vec![one.clone()]), &Control::default()).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("text.invalid", "transactions[0]"));
    let mut stranger = input(FileWriteFormat::Csv, Vec::new());
    stranger.balances =
        parsed(r#"[{"account": "nobody", "date": "2026-03-31", "kind": "ledger", "amount": "12.50"}]"#);
    let error = write(&stranger, &Control::default()).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("name.unknown", "balances[0].account"));
    let error = write(&input(FileWriteFormat::Ofx, Vec::new()), &Control::default()).unwrap_err();
    assert_eq!(error.code().as_str(), "list.empty");
}
