//! Ledgers for the tests of what reads them: of each transaction the user says what it is.

use proptest::prelude::*;
use wherewithal_base::dates::{Date, date};
use wherewithal_classification::ClassifyInput;

/// A transaction: its account, day, amount in cents, class, merchant and category.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) account: &'static str,
    pub(crate) date: Date,
    pub(crate) cents: i64,
    pub(crate) class: &'static str,
    pub(crate) merchant: &'static str,
    pub(crate) category: &'static str,
}

pub(crate) fn row(account: &'static str, day: &str, cents: i64, class: &'static str) -> Row {
    Row { account, date: day.parse().unwrap(), cents, class, merchant: "SHOP", category: "Food" }
}

/// The JSON of an amount of cents.
pub(crate) fn amount(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

/// A ledger of a checking account, a savings account, a card and a loan, in the order of the rows.
pub(crate) fn ledger(rows: &[Row]) -> String {
    let transactions: Vec<String> = rows
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let id = id(number, row);
            format!(
                r#"{{"id": "{id}", "account": "{}", "date": "{}", "amount": "{}", "type": "other", "description": "{}"}}"#,
                row.account,
                row.date,
                amount(row.cents),
                row.merchant
            )
        })
        .collect();
    let corrections: Vec<String> = rows
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let id = id(number, row);
            let not_transfer = row.class != "transfer";
            format!(
                r#"{{"transaction": "{id}", "class": "{}", "merchant": "{}", "category": "{}", "once": true,
                    "notTransfer": {not_transfer}}}"#,
                row.class, row.merchant, row.category
            )
        })
        .collect();
    format!(
        r#"{{"accounts": [
            {{"id": "checking", "kind": "checking"}}, {{"id": "savings", "kind": "savings"}},
            {{"id": "card", "liabilityKind": "creditCard"}}, {{"id": "loan", "liabilityKind": "autoLoan"}}],
            "transactions": [{}], "corrections": [{}]}}"#,
        transactions.join(","),
        corrections.join(",")
    )
}

/// An id that does not depend on the place in the list, unless two rows are alike.
fn id(number: usize, row: &Row) -> String {
    format!("{}-{}-{}-{}-{}-{number}", row.account, row.date, row.cents, row.class, row.merchant)
}

/// The same ledger with its transactions the other way round.
pub(crate) fn reversed(ledger: &ClassifyInput) -> ClassifyInput {
    let mut reversed = ledger.clone();
    reversed.transactions.reverse();
    reversed
}

/// Rows of some months.
pub(crate) fn rows() -> impl Strategy<Value = Vec<Row>> {
    let classes = prop_oneof![
        Just(("expense", -1_i64)),
        Just(("expense", -1)),
        Just(("refund", 1)),
        Just(("income", 1)),
        Just(("interest", 1)),
        Just(("tax", -1)),
        Just(("fee", -1)),
        Just(("interestPaid", -1)),
        Just(("principalPaid", -1)),
        Just(("transfer", 1)),
        Just(("transfer", -1)),
        Just(("externalFlow", 1)),
    ];
    let row = (
        prop::sample::select(vec!["checking", "savings", "card", "loan"]),
        0_i32..200,
        1_i64..100_000,
        classes,
        prop::sample::select(vec!["SHOP", "GYM", "RENT"]),
        prop::sample::select(vec!["Food", "Food:Out", "Travel", "Housing"]),
    );
    let row = row.prop_map(|(account, day, cents, (class, sign), merchant, category)| Row {
        account,
        date: date(2026, 1, 10).unwrap().add_days(day).unwrap(),
        cents: cents * sign,
        class,
        merchant,
        category,
    });
    prop::collection::vec(row, 1..40)
}
