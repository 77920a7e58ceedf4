//! What a document has of a ledger, and what it cannot have.

use super::*;

fn made(json: &str) -> HouseholdFromLedger {
    household(&serde_json::from_str(json).unwrap(), &Control::default()).unwrap()
}

fn refused(json: &str) -> (String, String) {
    let error = household(&serde_json::from_str(json).unwrap(), &Control::default()).unwrap_err();
    (error.code().as_str().to_owned(), error.path().to_owned())
}

#[test]
fn a_balance_follows_from_the_nearest_figure_before_the_day() {
    let told = made(
        r#"{"name": "H", "asOf": "2026-03-15", "accounts": [{"id": "a", "kind": "checking"}, {"id": "b", "kind": "savings"},
              {"id": "c", "kind": "cash"}, {"id": "d", "kind": "cash"}],
            "balances": [
              {"account": "a", "date": "2026-02-28", "kind": "ledger", "amount": "100"},
              {"account": "a", "date": "2026-03-31", "kind": "ledger", "amount": "999"},
              {"account": "b", "date": "2026-03-31", "kind": "ledger", "amount": "50"}],
            "transactions": [
              {"id": "1", "account": "a", "date": "2026-03-15", "amount": "-30", "type": "payment", "description": "x"},
              {"id": "2", "account": "a", "date": "2026-03-16", "amount": "-5", "type": "payment", "description": "x"},
              {"id": "3", "account": "b", "date": "2026-03-20", "amount": "20", "type": "deposit", "description": "x"},
              {"id": "4", "account": "c", "date": "2026-03-01", "amount": "7", "type": "deposit", "description": "x"}]}"#,
    );
    let items: Vec<_> =
        told.items.iter().map(|item| (item.amount.to_string(), item.basis, item.transactions)).collect();
    use LedgerBalanceBasis::{LastFigure, NextFigure, TransactionsAlone};
    let expected = [("70.00", LastFigure, 1), ("30.00", NextFigure, 1), ("7.00", TransactionsAlone, 1)];
    assert_eq!(items, expected.map(|(amount, basis, count)| (amount.to_owned(), basis, count)));
    let assumed: Vec<_> = told.assumed.iter().filter(|one| one.assumption.contains("zero")).collect();
    assert_eq!(assumed.len(), 1);
    assert!(told.assumed.iter().any(|one| one.account == "d" && one.assumption.contains("empty")));
}

#[test]
fn a_debt_is_owed_and_several_currencies_are_several_accounts() {
    let told = made(
        r#"{"name": "H", "asOf": "2026-03-31", "people": [{"id": "ann", "name": "Ann", "birthDate": "1980-01-01"}],
            "accounts": [{"id": "card", "liabilityKind": "creditCard"}, {"id": "depot 1", "kind": "brokerage", "currency": "USD"}],
            "owners": [{"account": "depot 1", "owner": "ann", "ownershipShare": "0.5"}],
            "securities": [{"id": "X", "symbol": "EXTM"}, {"id": "Y"}, {"id": "Z", "currency": "EUR"}],
            "exchangeRates": [{"from": "EUR", "to": "USD", "rate": "1.1", "date": "2026-03-31"}],
            "balances": [{"account": "card", "date": "2026-03-31", "kind": "ledger", "amount": "-120.40"}],
            "positions": [
              {"account": "depot 1", "date": "2026-03-31", "security": "X", "quantity": "3", "price": "10.005"},
              {"account": "depot 1", "date": "2026-03-31", "security": "Y", "quantity": "-3", "price": "10"},
              {"account": "depot 1", "date": "2026-03-31", "security": "Z", "quantity": "2"}],
            "prices": [{"security": "Z", "date": "2026-03-30", "price": "5"}, {"security": "Z", "date": "2026-04-01", "price": "6"}],
            "transactions": [{"id": "1", "account": "depot 1", "date": "2026-03-02", "amount": "4", "currency": "EUR",
              "type": "interest", "description": "x"}]}"#,
    );
    let document = &told.household;
    assert_eq!(document.liabilities[0].balance.to_string(), "120.40");
    let ids: Vec<&str> = document.accounts.iter().map(|account| account.id.as_str()).collect();
    let mut expected = ["depot-1", "depot-1-EUR"];
    expected.sort_by_key(|id| if *id == "depot-1" { "USD" } else { "EUR" });
    assert_eq!(ids.iter().copied().collect::<BTreeSet<_>>(), expected.into_iter().collect());
    let euro = document.accounts.iter().find(|account| account.id == "depot-1-EUR").unwrap();
    assert_eq!(euro.cash.unwrap().to_string(), "4.00");
    assert_eq!(euro.holdings[0].price.to_string(), "5");
    assert_eq!((euro.owner.as_deref(), euro.ownership_share), (Some("ann"), Some("0.5".parse().unwrap())));
    assert_eq!(told.left_out.len(), 1);
    assert_eq!(told.left_out[0].security.as_deref(), Some("Y"));
}

#[test]
fn a_price_from_before_a_split_is_none() {
    let told = made(
        r#"{"name": "H", "asOf": "2026-03-31", "accounts": [{"id": "a", "kind": "brokerage"}], "securities": [{"id": "X"}],
            "positions": [{"account": "a", "date": "2026-03-01", "security": "X", "quantity": "3", "price": "10"}],
            "transactions": [{"id": "1", "account": "a", "date": "2026-03-05", "amount": "0", "type": "split", "security": "X",
              "splitFrom": "1", "splitTo": "2", "description": "x"}]}"#,
    );
    assert_eq!(told.left_out[0].amount.to_string(), "6");
    assert!(told.left_out[0].reason.contains("split"));
}

#[test]
fn what_is_wrong_is_refused_where_it_is() {
    let with = |fields: &str| {
        format!(
            r#"{{"name": "H", "asOf": "2026-03-31", "accounts": [{{"id": "a", "kind": "cash"}}]{fields}}}"#
        )
    };
    for (fields, code, path) in [
        (r#", "owners": [{"account": "b"}]"#, "name.unknown", "owners[0].account"),
        (r#", "owners": [{"account": "a", "owner": "ann"}]"#, "name.unknown", "owners[0].owner"),
        (
            r#", "owners": [{"account": "a", "ownershipShare": "0"}]"#,
            "rate.out_of_range",
            "owners[0].ownershipShare",
        ),
        (r#", "owners": [{"account": "a"}, {"account": "a"}]"#, "list.duplicate", "owners[1].account"),
        (
            r#", "prices": [{"security": "X", "date": "2026-03-31", "price": "1"}]"#,
            "name.unknown",
            "prices[0].security",
        ),
        (r#", "completeAccounts": ["b"]"#, "name.unknown", "completeAccounts[0]"),
        (
            r#", "people": [{"id": "", "name": "Ann", "birthDate": "1980-01-01"}]"#,
            "text.invalid",
            "people[0].id",
        ),
        (
            r#", "balances": [{"account": "a", "date": "2026-03-31", "kind": "shares", "amount": "1"}]"#,
            "field.missing",
            "balances[0].security",
        ),
    ] {
        assert_eq!(refused(&with(fields)), (code.to_owned(), path.to_owned()), "{fields}");
    }
}

#[test]
fn a_price_in_percent_or_per_share_of_a_contract_is_that_of_a_unit() {
    let told = made(
        r#"{"name": "H", "asOf": "2026-11-30", "accounts": [{"id": "b", "kind": "brokerage", "currency": "USD"}],
            "securities": [{"id": "BOND", "kind": "bond"}, {"id": "CALL", "kind": "option"}, {"id": "NOTE"},
              {"id": "TINY", "kind": "stock"}],
            "balances": [{"account": "b", "date": "2026-11-30", "kind": "cash", "amount": "0"}],
            "positions": [
              {"account": "b", "date": "2026-11-30", "security": "BOND", "quantity": "10000", "price": "99.6", "value": "9960"},
              {"account": "b", "date": "2026-11-30", "security": "CALL", "quantity": "2", "price": "5.20", "value": "1040"},
              {"account": "b", "date": "2026-11-30", "security": "NOTE", "quantity": "10000"},
              {"account": "b", "date": "2026-11-30", "security": "TINY", "quantity": "1"}],
            "transactions": [
              {"id": "1", "account": "b", "date": "2026-11-02", "amount": "-9990.00", "type": "buy", "description": "x",
               "security": "NOTE", "quantity": "10000", "price": "99.5"},
              {"id": "2", "account": "b", "date": "2026-11-02", "amount": "-100.00", "type": "buy", "description": "x",
               "security": "TINY", "quantity": "1", "price": "1"}]}"#,
    );
    let mut worth: Vec<(String, String)> = told.household.accounts[0]
        .holdings
        .iter()
        .map(|one| {
            let worth = one.quantity.times(one.price).unwrap();
            (one.symbol.clone(), worth.normalized().to_string())
        })
        .collect();
    worth.sort();
    let expected = [("BOND", "9960"), ("CALL", "1040"), ("NOTE", "9950"), ("TINY", "1")];
    assert_eq!(worth, expected.map(|(symbol, worth)| (symbol.to_owned(), worth.to_owned())));
}

#[test]
fn of_several_rates_the_document_has_the_last_one_before_the_day() {
    let with = |rates: &str| {
        format!(
            r#"{{"name": "H", "asOf": "2026-03-31", "accounts": [{{"id": "a", "kind": "checking", "currency": "EUR"}}],
                "exchangeRates": [{rates}]}}"#
        )
    };
    let rate = |date: &str, rate: &str| {
        format!(r#"{{"from": "EUR", "to": "USD", "rate": "{rate}", "date": "{date}"}}"#)
    };
    let (before, last, after) =
        (rate("2026-02-28", "1.1"), rate("2026-03-30", "1.2"), rate("2026-04-01", "1.3"));
    for (rates, expected) in [
        (format!("{before}, {after}, {last}"), "1.2"),
        (format!("{after}, {before}"), "1.1"),
        (after.clone(), "1.3"),
    ] {
        let told = made(&with(&rates)).household.exchange_rates;
        assert_eq!(told.iter().map(|one| one.rate.to_string()).collect::<Vec<_>>(), [expected]);
    }
    let twice = with(&format!("{before}, {last}, {last}"));
    assert_eq!(refused(&twice), ("list.duplicate".to_owned(), "exchangeRates[2]".to_owned()));
    let too_precise = rate("2026-01-31", "1.1234567891");
    let unused = with(&format!("{last}, {too_precise}"));
    assert_eq!(refused(&unused), ("decimal.too_precise".to_owned(), "exchangeRates[1].rate".to_owned()));
}

/// From 100 to 110 and back, or from 110 to 100 and back: the next day, which the document does not include, begins at 110.
#[test]
fn what_comes_later_tells_where_a_circle_of_balances_ends() {
    let told = made(
        r#"{"name": "H", "asOf": "2026-03-02", "accounts": [{"id": "a", "kind": "checking"}], "transactions": [
              {"id": "1", "account": "a", "date": "2026-03-02", "amount": "10", "type": "other", "description": "x", "balance": "110"},
              {"id": "2", "account": "a", "date": "2026-03-02", "amount": "-10", "type": "other", "description": "x", "balance": "100"},
              {"id": "3", "account": "a", "date": "2026-03-03", "amount": "-7", "type": "other", "description": "x", "balance": "103"}]}"#,
    );
    assert_eq!(told.items[0].amount.to_string(), "110.00");
    assert_eq!(told.items[0].figure_date.map(|day| day.to_string()).as_deref(), Some("2026-03-02"));
}
