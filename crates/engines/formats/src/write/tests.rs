//! What is written is read as it was, but for what is omitted.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;
use wherewithal_base::{control::Control, dates::Date, num::Decimal};
use wherewithal_ledger::{
    self as ledger, LedgerAccount, LedgerSecurity, LedgerSplit, LedgerTransaction, LedgerTransactionType,
    StatedBalance, StatedBalanceKind, StatedPosition,
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

/// A text of a record that is not blank.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z]{1,8}( [A-Za-z&]{1,6})?",
        "[=+@'-][A-Z0-9()]{1,6}",
        "[ \u{a0}\u{2028}\t]{0,2}[a-z\\[\\]]{1,3}[ \u{a0}\u{2028}]{0,2}"
            .prop_filter("not blank", |text| !text.trim().is_empty()),
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
    holds_of(input(format, transactions), compared);
}

fn holds_of(mut input: FileWriteInput, compared: &[&str]) {
    if input.format == FileWriteFormat::Ofx {
        // Without a balance, a bank has no statement.
        let balance = |account: &LedgerAccount| StatedBalance {
            account: account.id.clone(),
            date: day(400),
            kind: StatedBalanceKind::Ledger,
            security: None,
            amount: Decimal::ONE,
            currency: None,
        };
        input.balances = input.accounts.iter().map(balance).collect();
    }
    let file = write(&input, &Control::default()).unwrap();
    assert_eq!(write(&input, &Control::default()).unwrap(), file);
    let omitted: BTreeMap<&str, &super::FileOmission> =
        file.omitted.iter().map(|omission| (omission.path.as_str(), omission)).collect();
    let reading = back(&file.text);
    assert_eq!(reading.problems, [], "{}", file.text);
    let read: BTreeMap<Date, &LedgerTransaction> =
        reading.transactions.iter().map(|one| (one.date, one)).collect();
    assert_eq!(read.len(), reading.transactions.len());
    let (mut kept, mut accounts) = (0, BTreeMap::new());
    for (index, one) in input.transactions.iter().enumerate() {
        let omission = omitted.get(format!("transactions[{index}]").as_str());
        if omission.is_some_and(|omission| omission.reason.is_some()) {
            assert!(!read.contains_key(&one.date), "{}", file.text);
            continue;
        }
        kept += 1;
        let found = read.get(&one.date).unwrap_or_else(|| panic!("{one:?} is lost\n{}", file.text));
        let account = accounts.entry(&found.account).or_insert(&one.account);
        assert_eq!(*account, &one.account, "two accounts became one\n{}", file.text);
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

const FIELDS: &[&str] = &[
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
        holds(FileWriteFormat::Qif, numbered(transactions), FIELDS);
    }

    #[test]
    fn open_financial_exchange_gets_what_is_not_omitted(transactions in prop::collection::vec(transaction(), 1..8)) {
        holds(FileWriteFormat::Ofx, numbered(transactions), FIELDS);
    }

    #[test]
    fn ghostfolio_gets_what_is_not_omitted(transactions in prop::collection::vec(transaction(), 1..8)) {
        holds(FileWriteFormat::Ghostfolio, numbered(transactions), FIELDS);
    }

    #[test]
    fn accounts_stay_apart_whatever_they_are_called(ids in prop::collection::btree_set(account_id(), 2..6)) {
        let account = |id: &String| LedgerAccount { currency: "USD".parse().ok(), ..LedgerAccount::named(id.as_str()) };
        let accounts: Vec<LedgerAccount> = ids.iter().map(account).collect();
        let others = accounts.iter().cycle().skip(1);
        let transactions = accounts.iter().zip(others).map(|(account, other)| LedgerTransaction {
            account: account.id.clone(),
            transfer_account: Some(other.id.clone()),
            ..parsed(
                r#"{"id": "1", "account": "a", "date": "2026-01-01", "amount": "5", "type": "transfer", "description": "x"}"#,
            )
        });
        let transactions = numbered(transactions.collect());
        for format in [FileWriteFormat::Csv, FileWriteFormat::Qif, FileWriteFormat::Ofx] {
            let input = FileWriteInput { accounts: accounts.clone(), ..input(format, transactions.clone()) };
            holds_of(input, FIELDS);
        }
        let interest = |one: LedgerTransaction| LedgerTransaction { r#type: LedgerTransactionType::Interest, ..one };
        let interest = transactions.into_iter().map(interest).collect();
        holds_of(FileWriteInput { accounts, ..input(FileWriteFormat::Ghostfolio, interest) }, FIELDS);
    }
}

/// An id of an account, as no person would choose it.
fn account_id() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]{1,2}",
        "[a-b][ \t\u{a0}]{0,2}[a-b]",
        "(n/a|--|'-|\\[a\\]|漢字|仮名|…1234|1234|1234-2|12-34|X1234)",
        "(Visa )?[0-9]{4,9}1234",
        "[\\PC]{1,30}",
    ]
    .prop_filter("an id", |id| {
        ledger::account(&LedgerAccount::named(id.as_str())).is_ok() && !id.trim().is_empty()
    })
}

fn made(transactions: &str) -> Vec<LedgerTransaction> {
    parsed(transactions)
}

/// What is omitted: where, and the fields or the reason.
fn omitted(file: &super::FileWriting) -> Vec<(&str, String)> {
    let what = |one: &super::FileOmission| one.reason.clone().unwrap_or_else(|| one.fields.join(" "));
    file.omitted.iter().map(|one| (one.path.as_str(), what(one))).collect()
}

#[test]
fn no_amount_of_another_currency_becomes_one_of_the_account() {
    let transactions = made(
        r#"[{"id": "1", "account": "broker", "date": "2026-11-20", "amount": "115", "currency": "EUR", "type": "dividend",
             "description": "SAP"},
            {"id": "2", "account": "broker", "date": "2026-11-21", "amount": "10", "type": "interest", "description": "x"},
            {"id": "3", "account": "broker", "date": "2026-11-22", "amount": "7", "currency": "USD", "type": "interest",
             "description": "y"}]"#,
    );
    let file = write(&input(FileWriteFormat::Qif, transactions), &Control::default()).unwrap();
    let amounts: Vec<String> =
        back(&file.text).transactions.iter().map(|one| one.amount.to_string()).collect();
    assert_eq!(amounts, ["10", "7"]);
    let reason = "QIF has no currencies, and its amount is not in that of the other rows of its account";
    assert!(omitted(&file).contains(&("transactions[0]", reason.to_owned())));
    assert!(omitted(&file).contains(&("transactions[2]", "currency".to_owned())));
}

#[test]
fn a_statement_of_a_bank_ends_with_its_balance() {
    let row = |id: usize, amount: &str, balance: &str| -> LedgerTransaction {
        parsed(&format!(
            r#"{{"id": "{id}", "account": "checking", "date": "2026-11-02", "amount": "{amount}", "type": "fee",
                 "description": "FEE"{balance}}}"#
        ))
    };
    let (first, second) = (row(1, "-12", r#", "balance": "88""#), row(2, "-8", r#", "balance": "80""#));
    for rows in [vec![first.clone(), second.clone()], vec![second, first]] {
        let file = write(&input(FileWriteFormat::Ofx, rows), &Control::default()).unwrap();
        let reading = back(&file.text);
        assert_eq!(reading.balances.len(), 1);
        assert_eq!(reading.balances[0].amount.to_string(), "80");
        assert_eq!(reading.balances[0].date.to_string(), "2026-11-02");
    }
    // Of two rows that the balances do not put in order, none is the last for certain.
    let rows = vec![row(1, "-12", r#", "balance": "88""#), row(2, "-8", "")];
    let file = write(&input(FileWriteFormat::Ofx, rows), &Control::default()).unwrap();
    assert!(back(&file.text).transactions.is_empty());
    let reason = "OFX requires the balance of a bank's statement, and it is not known".to_owned();
    for path in ["accounts[0]", "transactions[0]", "transactions[1]"] {
        assert!(omitted(&file).contains(&(path, reason.clone())), "{path}");
    }
}

#[test]
fn securities_with_one_symbol_stay_apart() {
    let securities: Vec<LedgerSecurity> = parsed(
        r#"[{"id": "111111111", "symbol": "ABC", "cusip": "111111111"}, {"id": "222222222", "symbol": "ABC"},
            {"id": "ABC", "name": "Other"}]"#,
    );
    let buy = |(index, security): (usize, &LedgerSecurity)| LedgerTransaction {
        security: Some(security.id.clone()),
        ..parsed(&format!(
            r#"{{"id": "{index}", "account": "broker", "date": "2026-11-0{}", "amount": "-5", "type": "buy",
                 "description": "x", "quantity": "1", "price": "5"}}"#,
            index + 1
        ))
    };
    let transactions: Vec<LedgerTransaction> = securities.iter().enumerate().map(buy).collect();
    for format in [FileWriteFormat::Qif, FileWriteFormat::Ofx, FileWriteFormat::Ghostfolio] {
        let mut input = input(format, transactions.clone());
        input.securities.clone_from(&securities);
        holds_of(input.clone(), FIELDS);
        let reading = back(&write(&input, &Control::default()).unwrap().text);
        assert_eq!(reading.securities.len(), 3, "{format:?}");
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

#[test]
fn a_symbol_in_a_second_currency_is_not_said_to_be_kept() {
    let of = |json: &str| serde_json::from_str::<LedgerTransaction>(json).unwrap();
    let bought = r#"{"id": "t0", "account": "checking", "date": "2026-01-01", "amount": "-10", "type": "buy",
        "description": "A", "security": "EXTM", "quantity": "1", "price": "10"}"#;
    let earned = r#"{"id": "t1", "account": "ira", "date": "2026-01-02", "amount": "3", "type": "interest",
        "description": "B", "security": "EXTM"}"#;
    holds(FileWriteFormat::Ghostfolio, vec![of(bought), of(earned)], &["amount", "security", "type"]);
}
