//! What rows do not have, which vectors cannot say, and that what is read of them is a ledger.

use serde_json::json;
use wherewithal_base::{control::Control, num::Decimal};
use wherewithal_ledger::{self as ledger, LedgerTransactionType as Type};

use crate::{FileReadInput, FileReading, read};

fn reading(input: serde_json::Value) -> FileReading {
    let input: FileReadInput = serde_json::from_value(input).unwrap();
    let reading = read(&input, &Control::default()).unwrap();
    let FileReading { accounts, securities, transactions, .. } = &reading;
    ledger::validate(accounts, securities, transactions, &Control::default()).unwrap();
    reading
}

fn mapping(columns: &[(&str, &str)]) -> serde_json::Value {
    let columns: Vec<_> = columns.iter().map(|(field, name)| json!({"field": field, "name": name})).collect();
    json!({"columns": columns})
}

const STATEMENT: &str = "Statement,Header,Field Name,Field Value\n\
    Statement,Data,Period,\"November 1, 2026 - November 30, 2026\"\n\
    Account Information,Header,Field Name,Field Value\n\
    Account Information,Data,Base Currency,USD\n";

#[test]
fn a_deposit_of_dollars_has_no_shares() {
    let text = "ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,\
                Total (inclusive of fees and/or spread),Fees and/or Spread,Notes\n\
                6,2026-11-09 12:00:00 UTC,Deposit,USD,1000,USD,$1.00,$1000.00,$1000.00,$0.00,\n";
    let reading = reading(json!({"text": text}));
    let deposit = &reading.transactions[0];
    assert_eq!((&deposit.security, deposit.quantity, deposit.price), (&None, None, None));
    assert_eq!(reading.securities, []);
}

#[test]
fn the_other_account_of_a_mapping_is_nobody_who_is_paid() {
    let columns = [
        ("date", "Date"),
        ("account", "Acc"),
        ("amount", "Amt"),
        ("transferAccount", "To"),
        ("type", "Type"),
    ];
    let text = "Date,Acc,Amt,To,Type\n2026-11-01,A,-100,B 55551234,Transfer\n2026-11-02,A,5,,Deposit\n";
    let reading = reading(json!({"text": text, "mapping": mapping(&columns)}));
    let [sent, other] = &reading.transactions[..] else { panic!("{:?}", reading.transactions) };
    assert_eq!((sent.r#type, sent.payee.as_deref()), (Type::Transfer, None));
    assert_eq!(sent.transfer_account.as_deref(), Some("B …1234"));
    assert_eq!((other.r#type, &other.transfer_account, other.account.as_str()), (Type::Deposit, &None, "A"));
}

#[test]
fn an_amount_in_the_currency_of_the_account_has_none_of_its_own() {
    let columns = [("date", "d"), ("amount", "a"), ("description", "t")];
    let text = "d,a,t\n2026-11-01,$5.00,A\n2026-11-02,5.00 USD,B\n2026-11-03,CA$5.00,C\n";
    let account = json!({"id": "a", "currency": "USD"});
    let reading = reading(json!({"text": text, "mapping": mapping(&columns), "account": account}));
    let currencies: Vec<_> =
        reading.transactions.iter().map(|one| one.currency.map(|currency| currency.code())).collect();
    assert_eq!(currencies, [None, None, Some("CAD")]);
    // Of an account whose currency is not known, the sign of the dollar may be of any.
    let unknown = reading_of_unknown(text, &columns);
    assert_eq!(unknown, [None, Some("USD"), Some("CAD")]);
}

fn reading_of_unknown(text: &str, columns: &[(&str, &str)]) -> Vec<Option<&'static str>> {
    let reading = reading(json!({"text": text, "mapping": mapping(columns)}));
    reading.transactions.iter().map(|one| one.currency.map(|currency| currency.code())).collect()
}

#[test]
fn a_split_of_two_rows_has_no_ratio() {
    let row = |symbol: &str, quantity: i32, code: &str| {
        format!(
            "Corporate Actions,Data,Stocks,USD,2026-11-18,\"2026-11-17, 20:25:00\",\"GRTS(US39868T1051) Split 1 for 10 \
             ({symbol}, GRITSTONE BIO INC, US39868T1051)\",{quantity},0,0,0,{code}\n"
        )
    };
    let header = "Corporate Actions,Header,Asset Category,Currency,Report Date,Date/Time,Description,Quantity,Proceeds,\
                  Value,Realized P/L,Code\n";
    let two = [STATEMENT, header, &row("GRTS.OLD", -90, ""), &row("GRTS", 9, "")].concat();
    let reading = reading(json!({"text": two}));
    assert!(reading.transactions.iter().all(|one| one.r#type == Type::Split && one.split_to.is_none()));
    let one = reading_of_splits(&[STATEMENT, header, &row("GRTS", -81, "")].concat());
    assert_eq!(one, [(Some("10".to_owned()), Some("1".to_owned()))]);
}

fn reading_of_splits(text: &str) -> Vec<(Option<String>, Option<String>)> {
    let shown = |number: Option<Decimal>| number.map(|number| number.to_string());
    let splits = reading(json!({"text": text})).transactions;
    splits.iter().map(|one| (shown(one.split_from), shown(one.split_to))).collect()
}

#[test]
fn positions_of_a_mapping_have_a_day_only_if_a_column_has_it() {
    let columns = [("symbol", "Symbol"), ("quantity", "Qty"), ("value", "Value")];
    let text = "Symbol,Qty,Value\nVTI,10,3000\n";
    let reading = reading(json!({"text": text, "mapping": mapping(&columns)}));
    assert_eq!(reading.positions[0].date, None);
    assert_eq!(reading.accounts[0].id, "account");
}

#[test]
fn parts_of_a_transaction_are_at_most_a_thousand() {
    let columns = [("date", "d"), ("amount", "a"), ("splitAmount", "p")];
    for (count, problems) in [(1_000, 0), (1_001, 1)] {
        let text = format!("d,a,p\n2026-11-01,-{count},\n{}", ",,-1\n".repeat(count));
        let reading = reading(json!({"text": text, "mapping": mapping(&columns)}));
        assert_eq!((reading.transactions.len(), reading.problems.len()), (1 - problems, problems));
        assert_eq!(reading.counts.rows as usize, count + 2);
    }
}
