//! A household document out of a ledger is worth what the ledger holds.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use proptest::prelude::*;
use wherewithal::{
    control::Control,
    dates::Date,
    ledger::{self, HouseholdFromLedgerInput, LedgerTransaction},
    net_worth,
    num::{Decimal, Rounding},
};

/// A ledger of a bank, a card and a broker: transactions as account, day, cents and shares.
fn ledger_of(rows: &[(usize, u32, i64, i64)], as_of: u32) -> HouseholdFromLedgerInput {
    let json = format!(
        r#"{{"name": "H", "asOf": "2026-03-{as_of:02}", "securities": [{{"id": "X"}}],
            "accounts": [{{"id": "bank", "kind": "checking"}}, {{"id": "card", "liabilityKind": "creditCard"}},
                         {{"id": "broker", "kind": "brokerage"}}],
            "completeAccounts": ["bank", "card", "broker"],
            "prices": [{{"security": "X", "date": "2026-01-01", "price": "12.345"}}]}}"#
    );
    let mut input: HouseholdFromLedgerInput = serde_json::from_str(&json).unwrap();
    for (id, (account, day, cents, shares)) in rows.iter().enumerate() {
        let json = format!(
            r#"{{"id": "t{id}", "account": "{}", "date": "2026-03-{day:02}", "amount": "0", "type": "other",
                "description": "x"}}"#,
            ["bank", "card", "broker"][*account]
        );
        let mut transaction: LedgerTransaction = serde_json::from_str(&json).unwrap();
        transaction.amount = Decimal::new(*cents, 2).unwrap();
        if *account == 2 {
            transaction.security = Some("X".to_owned());
            transaction.quantity = Some(Decimal::new(*shares, 3).unwrap());
        }
        input.transactions.push(transaction);
    }
    input
}

proptest! {
    #[test]
    fn a_document_is_worth_what_the_ledger_holds(
        rows in prop::collection::vec((0_usize..3, 1_u32..28, -99_999_i64..99_999, 1_i64..9_999), 0..30),
        as_of in 1_u32..28,
    ) {
        let input = ledger_of(&rows, as_of);
        let made = ledger::household(&input, &Control::default()).unwrap();
        prop_assert!(made.left_out.is_empty());
        let until: Date = format!("2026-03-{as_of:02}").parse().unwrap();
        let counted: Vec<&LedgerTransaction> =
            input.transactions.iter().filter(|one| one.date <= until).collect();
        let cash = Decimal::sum(counted.iter().map(|one| one.amount)).unwrap();
        let shares = Decimal::sum(counted.iter().filter_map(|one| one.quantity)).unwrap();
        let held = shares.times("12.345".parse().unwrap()).unwrap().round(2, Rounding::HalfEven);
        let statement = net_worth::statement(&made.household).unwrap();
        prop_assert_eq!(statement.net_worth, cash.plus(held).unwrap());
    }
}
