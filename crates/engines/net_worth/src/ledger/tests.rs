use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use wherewithal_base::{ErrorCode, control::Control, dates::Date, num::Decimal};

pub(super) fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(super) fn day(number: i32) -> Date {
    wherewithal_base::dates::date(2026, 1, 1).unwrap().add_days(number).unwrap()
}

pub(super) fn books(value: &Value) -> NetWorthBooks {
    serde_json::from_value(value.clone()).unwrap()
}

fn statement(value: &Value, on: i32) -> NetWorthAsOf {
    as_of(&NetWorthAsOfInput { books: books(value), as_of: day(on), liquidation: None }, &Control::default())
        .unwrap()
}

fn change(value: &Value, from: i32, to: i32) -> NetWorthAttribution {
    let input = NetWorthAttributionInput { books: books(value), from: day(from), to: day(to), lots: None };
    attribution(&input, &Control::default()).unwrap()
}

fn refused(value: &Value) -> (ErrorCode, String) {
    let input = NetWorthAsOfInput { books: books(value), as_of: day(60), liquidation: None };
    let error = as_of(&input, &Control::default()).unwrap_err();
    (error.code(), error.path().to_owned())
}

/// One thing that happens in a random ledger.
#[derive(Debug, Clone)]
pub(super) struct Event {
    kind: usize,
    account: usize,
    other: usize,
    day: i32,
    later: i32,
    cents: i64,
    quantity: i64,
    security: usize,
}

const ACCOUNTS: [&str; 4] = ["checking", "broker", "depot", "loan"];
const SECURITIES: [&str; 2] = ["A", "B"];
pub(super) const DAYS: i32 = 60;

fn event() -> impl Strategy<Value = Event> {
    let place = (0_usize..9, 0_usize..4, 1_usize..4, 0..DAYS, 0..4_i32);
    (place, 1_i64..500_000, 1_i64..500, 0_usize..2).prop_map(
        |((kind, account, other, day, later), cents, quantity, security)| {
            let other = (account + other) % 4;
            Event { kind, account, other, day, later, cents, quantity, security }
        },
    )
}

fn money(cents: i64) -> String {
    Decimal::new(cents, 2).unwrap().to_string()
}

/// A ledger of the events; the depot is in euros and so is security B, unless `one_currency`. All money is multiplied by `scale`.
pub(super) fn ledger(
    events: &[Event],
    rates: &[i64],
    prices: &[i64],
    one_currency: bool,
    scale: i64,
) -> Value {
    let (mut transactions, mut corrections) = (Vec::new(), Vec::new());
    for (index, event) in events.iter().enumerate() {
        let id = format!("t{index:03}");
        let record = |id: &str, account: usize, on: i32, cents: i64, kind: &str| {
            json!({"id": id, "account": ACCOUNTS[account], "date": day(on).to_string(), "amount": money(cents * scale),
                "type": kind, "description": format!("record {id}")})
        };
        let said = |class: &str| json!({"transaction": &id, "class": class, "once": true});
        let plain = |sign: i64| record(&id, event.account, event.day, sign * event.cents, "other");
        match event.kind {
            0 => {
                transactions.push(plain(1));
                corrections.push(said("income"));
            }
            1 => {
                transactions.push(plain(-1));
                corrections.push(said("expense"));
            }
            2 | 3 => {
                let sign = if event.kind == 2 { 1 } else { -1 };
                let mut one = plain(sign);
                one["security"] = json!(SECURITIES[event.security]);
                transactions.push(one);
                corrections.push(said(if event.kind == 2 { "dividend" } else { "fee" }));
            }
            4 | 5 => {
                let (sign, kind) = if event.kind == 4 { (-1, "buy") } else { (1, "sell") };
                let mut one = record(&id, event.account, event.day, sign * event.cents, kind);
                one["security"] = json!(SECURITIES[event.security]);
                one["quantity"] = json!((-sign * event.quantity).to_string());
                one["fees"] = json!(money(7 * scale));
                transactions.push(one);
            }
            6 | 7 => {
                let arrival = format!("{id}b");
                let arrives = event.day + event.later;
                transactions.push(record(&id, event.account, event.day, -event.cents, "transfer"));
                transactions.push(record(&arrival, event.other, arrives, event.cents, "transfer"));
                corrections.push(json!({"transaction": &id, "transferOf": arrival, "once": true}));
            }
            _ => {
                transactions.push(plain(1));
                corrections.push(said("externalFlow"));
            }
        }
    }
    let euro = if one_currency { "USD" } else { "EUR" };
    let every = |step: usize| i32::try_from(step).unwrap() * 10 - 10;
    json!({
        "ledger": {
            "accounts": [{"id": "checking", "kind": "checking"}, {"id": "broker", "kind": "brokerage"},
                {"id": "depot", "kind": "brokerage", "currency": euro}, {"id": "loan", "liabilityKind": "personalLoan"}],
            "securities": [{"id": "A", "currency": "USD"}, {"id": "B", "currency": euro}],
            "transactions": transactions, "corrections": corrections},
        "prices": prices.iter().enumerate().map(|(step, price)| json!({"security": SECURITIES[step % 2],
            "date": day(every(step / 2)).to_string(), "price": money(*price * scale)})).collect::<Vec<_>>(),
        "exchangeRates": rates.iter().enumerate().map(|(step, rate)| json!({"from": "EUR", "to": "USD",
            "date": day(every(step)).to_string(), "rate": Decimal::new(*rate, 4).unwrap().to_string()})).collect::<Vec<_>>(),
        "owners": [{"id": "broker", "owners": [{"person": "Elena", "share": "0.35"}, {"person": "Marcus", "share": "0.65"}]},
            {"id": "loan", "owners": [{"person": "Marcus", "share": "0.5"}, {"person": "Elena", "share": "0.5"}]}],
        "staleAfterDays": 3660
    })
}

fn terms_of(terms: &NetWorthTerms) -> Vec<Decimal> {
    NetWorthTerm::ALL.into_iter().map(|term| terms.of(term)).collect()
}

pub(super) fn sums(lines: &[&NetWorthTerms]) -> NetWorthTerms {
    let mut sum = NetWorthTerms::default();
    for line in lines {
        sum.add_all(line).unwrap();
    }
    sum
}

prop_compose! {
    pub(super) fn any_books()(
        events in prop::collection::vec(event(), 0..14),
        rates in prop::collection::vec(5_000_i64..20_000, 9..10),
        prices in prop::collection::vec(0_i64..50_000, 18..19),
    ) -> (Vec<Event>, Vec<i64>, Vec<i64>) {
        (events, rates, prices)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_total_is_the_sum_of_everything((events, rates, prices) in any_books(), on in 0..DAYS) {
        let told = statement(&ledger(&events, &rates, &prices, false, 1), on);
        let total = told.net_worth;
        prop_assert_eq!(total, told.total_assets.minus(told.total_liabilities).unwrap());
        let sum = |values: Vec<Decimal>| Decimal::sum(values).unwrap();
        prop_assert_eq!(total, sum(told.accounts.iter().map(|line| line.value).collect()));
        prop_assert_eq!(total, sum(told.positions.iter().map(|line| line.value).collect()));
        prop_assert_eq!(total, sum(told.persons.iter().map(|line| line.value).collect()));
        prop_assert_eq!(total, sum(told.tax_treatments.iter().map(|line| line.value).collect()));
        prop_assert_eq!(total, sum(told.currencies.iter().map(|line| line.value).collect()));
        prop_assert_eq!(told.total_assets, sum(told.categories.iter().map(|line| line.total).collect()));
        for line in &told.currencies {
            let inside = told.positions.iter().filter(|position| position.currency == line.currency);
            prop_assert_eq!(line.amount, sum(inside.map(|position| position.amount).collect()));
        }
    }

    #[test]
    fn the_terms_add_up_at_every_level((events, rates, prices) in any_books(), from in 0..DAYS, length in 0..DAYS) {
        let value = ledger(&events, &rates, &prices, false, 1);
        let told = change(&value, from, from + length);
        prop_assert_eq!(told.opening, statement(&value, from).net_worth);
        prop_assert_eq!(told.closing, statement(&value, from + length).net_worth);
        prop_assert_eq!(told.terms.sum().unwrap(), told.change);
        prop_assert!(told.terms.transfers.is_zero());
        for account in &told.accounts {
            prop_assert_eq!(account.terms.sum().unwrap(), account.change);
            let inside: Vec<_> = told.positions.iter().filter(|one| one.account == account.id).collect();
            let terms = sums(&inside.iter().map(|one| &one.terms).collect::<Vec<_>>());
            prop_assert_eq!(terms, account.terms);
        }
        for position in &told.positions {
            prop_assert_eq!(position.terms.sum().unwrap(), position.change);
            if position.currency == told.currency && position.kind != NetWorthPositionKind::Cash {
                prop_assert!(position.terms.currency.is_zero());
            }
        }
        for person in &told.persons {
            prop_assert_eq!(person.terms.sum().unwrap(), person.change);
        }
        for lines in [
            told.accounts.iter().map(|line| &line.terms).collect::<Vec<_>>(),
            told.persons.iter().map(|line| &line.terms).collect(),
        ] {
            prop_assert_eq!(sums(&lines), told.terms);
        }
    }

    #[test]
    fn the_persons_of_an_attribution_are_those_of_the_statements((events, rates, prices) in any_books(), from in 0..DAYS) {
        let value = ledger(&events, &rates, &prices, false, 1);
        let told = change(&value, from, DAYS);
        let ends = [statement(&value, from), statement(&value, DAYS)];
        for person in &told.persons {
            let value = |end: &NetWorthAsOf| end.persons.iter().find(|one| one.person == person.person).unwrap().value;
            prop_assert_eq!((person.opening, person.closing), (value(&ends[0]), value(&ends[1])));
        }
    }

    #[test]
    fn a_period_is_the_sum_of_its_parts((events, rates, prices) in any_books(), middle in 0..DAYS, one_currency in any::<bool>()) {
        let value = ledger(&events, &rates, &prices, one_currency, 1);
        let whole = change(&value, -1, DAYS);
        let parts = sums(&[&change(&value, -1, middle).terms, &change(&value, middle, DAYS).terms]);
        let together = |terms: &NetWorthTerms| terms.market.plus(terms.currency).unwrap();
        prop_assert_eq!(together(&parts), together(&whole.terms));
        for term in NetWorthTerm::ALL {
            if one_currency || !matches!(term, NetWorthTerm::Market | NetWorthTerm::Currency) {
                prop_assert_eq!(parts.of(term), whole.terms.of(term), "{:?}", term);
            }
        }
        if one_currency {
            prop_assert!(whole.terms.currency.is_zero());
        }
    }

    #[test]
    fn the_order_of_the_transactions_does_not_matter((events, rates, prices) in any_books()) {
        let value = ledger(&events, &rates, &prices, false, 1);
        let mut reversed = value.clone();
        reversed["ledger"]["transactions"].as_array_mut().unwrap().reverse();
        reversed["ledger"]["corrections"].as_array_mut().unwrap().reverse();
        prop_assert_eq!(change(&value, 5, DAYS), change(&reversed, 5, DAYS));
        prop_assert_eq!(statement(&value, 30), statement(&reversed, 30));
    }

    #[test]
    fn the_days_on_which_cash_moves_change_no_net_worth(
        (events, rates, prices) in any_books(), lags in prop::collection::vec(-3_i32..6, 5), on in 0..DAYS
    ) {
        // In one currency, so that nothing is rounded twice.
        let value = ledger(&events, &rates, &prices, true, 1);
        let mut settled = value.clone();
        let transactions = settled["ledger"]["transactions"].as_array_mut().unwrap();
        for (one, lag) in transactions.iter_mut().zip(lags.iter().cycle()) {
            let date: Date = one["date"].as_str().unwrap().parse().unwrap();
            one["settlementDate"] = json!(date.add_days(*lag).unwrap().to_string());
        }
        prop_assert_eq!(statement(&settled, on).net_worth, statement(&value, on).net_worth);
        settled["cashDate"] = json!("transaction");
        prop_assert_eq!(change(&settled, 5, DAYS), change(&value, 5, DAYS));
    }

    #[test]
    fn balances_that_the_transactions_give_change_nothing((events, rates, prices) in any_books(), on in 0..DAYS) {
        let value = ledger(&events, &rates, &prices, false, 1);
        let mut stated = value.clone();
        let transactions = stated["ledger"]["transactions"].as_array_mut().unwrap();
        transactions.sort_by_key(|one| one["date"].as_str().unwrap().to_owned());
        let mut balances = std::collections::BTreeMap::new();
        for one in transactions {
            let account = one["account"].as_str().unwrap().to_owned();
            let balance = balances.entry(account).or_insert(Decimal::ZERO);
            *balance = balance.plus(one["amount"].as_str().unwrap().parse().unwrap()).unwrap();
            one["balance"] = json!(balance.to_string());
        }
        prop_assert_eq!(statement(&stated, on), statement(&value, on));
        prop_assert_eq!(change(&stated, 5, DAYS), change(&value, 5, DAYS));
    }

    #[test]
    fn a_hundred_times_the_money_is_a_hundred_times_each_term((events, rates, prices) in any_books()) {
        // In whole units of money, so that nothing is rounded differently.
        let small = change(&ledger(&events, &rates, &prices, true, 1), 5, DAYS);
        let large = change(&ledger(&events, &rates, &prices, true, 100), 5, DAYS);
        let hundred = Decimal::from(100_u32);
        for (one, other) in terms_of(&small.terms).into_iter().zip(terms_of(&large.terms)) {
            prop_assert_eq!(one.times(hundred).unwrap(), other);
        }
    }

    #[test]
    fn each_day_of_a_series_is_the_statement_of_that_day((events, rates, prices) in any_books(), first in 0..DAYS) {
        let value = ledger(&events, &rates, &prices, false, 1);
        let input = NetWorthSeriesInput { books: books(&value), from: day(first), to: day(first + 5), days: SeriesDays::Every };
        let told = series(&input, &Control::default()).unwrap();
        for (place, on) in (first..first + 6).enumerate() {
            let end = statement(&value, on);
            prop_assert_eq!(told.net_worth[place], end.net_worth);
            for (account, line) in told.accounts.iter().zip(&end.accounts) {
                prop_assert_eq!(account.values[place], line.value);
            }
        }
    }
}

/// A checking account and a broker with one security.
pub(super) fn simple() -> Value {
    json!({
        "ledger": {"accounts": [{"id": "checking", "kind": "checking"}, {"id": "broker", "kind": "brokerage"}],
            "securities": [{"id": "A"}], "transactions": []},
    })
}

#[test]
fn a_transfer_is_in_net_worth_while_it_is_under_way() {
    let mut value = simple();
    value["ledger"]["transactions"] = json!([
        {"id": "1", "account": "checking", "date": "2026-01-10", "amount": "-100", "type": "transfer", "description": "to broker"},
        {"id": "2", "account": "broker", "date": "2026-01-13", "amount": "100", "type": "transfer", "description": "from checking"}]);
    value["ledger"]["corrections"] = json!([{"transaction": "1", "transferOf": "2"}]);
    value["balances"] =
        json!([{"account": "checking", "date": "2026-01-01", "kind": "ledger", "amount": "500"}]);
    for on in [8, 9, 10, 11, 12, 40] {
        assert_eq!(statement(&value, on).net_worth, decimal("500"), "day {on}");
    }
    let way = statement(&value, 10);
    let kinds: Vec<_> = way.positions.iter().map(|line| (line.kind, line.value.to_string())).collect();
    assert_eq!(
        kinds,
        [
            (NetWorthPositionKind::Cash, "400.00".to_owned()),
            (NetWorthPositionKind::UnderWay, "100.00".to_owned())
        ]
    );
    assert!(change(&value, 0, 11).change.is_zero());
}

#[test]
fn a_card_is_paid_from_what_is_earned() {
    let mut value = simple();
    value["ledger"]["accounts"] =
        json!([{"id": "checking", "kind": "checking"}, {"id": "card", "liabilityKind": "creditCard"}]);
    value["ledger"]["transactions"] = json!([
        {"id": "1", "account": "checking", "date": "2026-01-05", "amount": "1000", "type": "deposit", "description": "pay"},
        {"id": "2", "account": "card", "date": "2026-01-06", "amount": "-80", "type": "purchase", "description": "shoes"},
        {"id": "3", "account": "checking", "date": "2026-01-20", "amount": "-60", "type": "payment", "description": "card payment"},
        {"id": "4", "account": "card", "date": "2026-01-20", "amount": "60", "type": "payment", "description": "thank you"}]);
    value["ledger"]["corrections"] = json!([{"transaction": "1", "class": "income"}, {"transaction": "2", "class": "expense"},
        {"transaction": "3", "transferOf": "4"}]);
    let told = change(&value, 0, 40);
    assert_eq!((told.terms.saving, told.terms.debt_repaid), (decimal("940"), decimal("-20")));
    assert_eq!(told.change, decimal("920"));
}

#[test]
fn shares_without_a_price_are_left_out_and_named() {
    let mut value = simple();
    value["positions"] =
        json!([{"account": "broker", "security": "A", "date": "2026-01-05", "quantity": "3"}]);
    let told = statement(&value, 40);
    assert!(told.net_worth.is_zero());
    assert_eq!((told.unpriced[0].security.as_str(), told.unpriced[0].quantity), ("A", decimal("3")));
    value["prices"] = json!([{"security": "A", "date": "2026-01-20", "price": "10"}]);
    let told = change(&value, 10, 40);
    assert_eq!((told.change, told.terms.revaluation), (decimal("30"), decimal("30")));
    assert_eq!(told.unpriced.len(), 1);
    assert_eq!((told.stale[0].security.as_deref(), told.stale[0].days), (Some("A"), 21));
}

#[test]
fn a_statement_that_differs_is_a_revaluation_that_is_named() {
    let mut value = simple();
    value["balances"] = json!([{"account": "checking", "date": "2026-01-05", "kind": "ledger", "amount": "100"},
        {"account": "checking", "date": "2026-01-15", "kind": "ledger", "amount": "130"}]);
    let told = change(&value, 10, 40);
    assert_eq!((told.change, told.terms.revaluation), (decimal("30"), decimal("30")));
    let named = &told.adjustments[0];
    assert_eq!((named.account.as_str(), named.date, named.difference), ("checking", day(14), decimal("30")));
    assert_eq!(told.entries[0].transaction, None);
}

#[test]
fn what_was_lent_is_an_asset_and_comes_back() {
    let mut value = simple();
    value["ledger"]["transactions"] = json!([
        {"id": "lent", "account": "checking", "date": "2026-01-05", "amount": "-25", "type": "withdrawal", "description": "to a friend"},
        {"id": "back", "account": "checking", "date": "2026-02-05", "amount": "10", "type": "deposit", "description": "from a friend"}]);
    value["balances"] =
        json!([{"account": "checking", "date": "2026-01-01", "kind": "ledger", "amount": "100"}]);
    value["assets"] = json!([{"id": "friend", "category": "otherAssets", "transactions": ["lent", "back"]}]);
    for on in [0, 10, 50] {
        assert_eq!(statement(&value, on).net_worth, decimal("100"));
    }
    assert_eq!(statement(&value, 50).accounts[2].value, decimal("15"));
    assert!(change(&value, 0, 50).terms.saving.is_zero());
}

#[test]
fn inputs_that_contradict_themselves_are_refused_where_they_do() {
    let cases = [
        (
            "balances",
            json!([{"account": "x", "date": "2026-01-05", "kind": "ledger", "amount": "1"}]),
            ErrorCode::NameUnknown,
            "books.balances[0].account",
        ),
        (
            "balances",
            json!([{"account": "checking", "date": "2026-01-05", "kind": "ledger", "amount": "1"},
            {"account": "checking", "date": "2026-01-05", "kind": "cash", "amount": "2"}]),
            ErrorCode::FieldConflict,
            "books.balances[1].amount",
        ),
        (
            "balances",
            json!([{"account": "broker", "date": "2026-01-05", "kind": "shares", "amount": "1"}]),
            ErrorCode::FieldMissing,
            "books.balances[0].security",
        ),
        (
            "positions",
            json!([{"account": "broker", "security": "A", "quantity": "1"}]),
            ErrorCode::FieldMissing,
            "books.positions[0].date",
        ),
        (
            "prices",
            json!([{"security": "Z", "date": "2026-01-05", "price": "1"}]),
            ErrorCode::NameUnknown,
            "books.prices[0].security",
        ),
        (
            "prices",
            json!([{"security": "A", "date": "2026-01-05", "price": "1"},
            {"security": "A", "date": "2026-01-05", "price": "2"}]),
            ErrorCode::ListDuplicate,
            "books.prices[1].date",
        ),
        (
            "prices",
            json!([{"security": "A", "date": "2026-01-05", "price": "1", "currency": "USD"},
            {"security": "A", "date": "2026-01-06", "price": "2", "currency": "EUR"}]),
            ErrorCode::FieldConflict,
            "books.prices[1].currency",
        ),
        (
            "assets",
            json!([{"id": "checking", "category": "otherAssets"}]),
            ErrorCode::ListDuplicate,
            "books.assets[0].id",
        ),
        (
            "assets",
            json!([{"id": "home", "category": "realEstate", "transactions": ["9"]}]),
            ErrorCode::NameUnknown,
            "books.assets[0].transactions[0]",
        ),
        (
            "valuations",
            json!([{"asset": "home", "date": "2026-01-05", "value": "1"}]),
            ErrorCode::NameUnknown,
            "books.valuations[0].asset",
        ),
        (
            "owners",
            json!([{"id": "checking", "owners": [{"person": "a", "share": "0.5"}, {"person": "b", "share": "0.4"}]}]),
            ErrorCode::WeightsSumNotOne,
            "books.owners[0].owners",
        ),
        (
            "owners",
            json!([{"id": "nobody", "owners": [{"person": "a", "share": "1"}]}]),
            ErrorCode::NameUnknown,
            "books.owners[0].id",
        ),
        (
            "exchangeRates",
            json!([{"from": "EUR", "to": "USD", "date": "2026-01-05", "rate": "1"},
            {"from": "EUR", "to": "USD", "date": "2026-01-05", "rate": "2"}]),
            ErrorCode::ListDuplicate,
            "books.exchangeRates[1]",
        ),
    ];
    for (field, entry, code, path) in cases {
        let mut value = simple();
        value[field] = entry;
        assert_eq!(refused(&value), (code, path.to_owned()), "{field}");
    }
    let mut value = simple();
    value["staleAfterDays"] = json!(3_661);
    assert_eq!(refused(&value), (ErrorCode::TermOutOfRange, "books.staleAfterDays".to_owned()));
    let mut value = simple();
    value["ledger"]["accounts"][0]["currency"] = json!("EUR");
    value["balances"] =
        json!([{"account": "checking", "date": "2026-01-05", "kind": "ledger", "amount": "1"}]);
    assert_eq!(refused(&value), (ErrorCode::CurrencyMismatch, "books.exchangeRates".to_owned()));
    value["currency"] = json!("XAU");
    assert_eq!(refused(&value), (ErrorCode::CurrencyMinorUnitMissing, "books.currency".to_owned()));
}
