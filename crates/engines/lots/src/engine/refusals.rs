//! A book that refused an event is the book that never saw it.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use wherewithal_base::{
    control::Control,
    dates::{Date, date},
};

use super::{
    Book, Id, Position,
    build::apply_day,
    conservation::{Draw, book_in, draws, event, fingerprint},
    state::tests::{named, rules, symbol_change},
    told::Told,
};
use crate::{Jurisdiction, LotEvent, LotRules};

/// Everything in a book that an event can find, apart from what is only kept to be quick.
fn whole(book: &Book) -> String {
    let position = |(_, position): (Id<Position>, &Position)| {
        let Position { security, account, held, owed, method, changes, pool, pool_lot, .. } = position;
        let lots = position.all_lots(&book.lots);
        let waiting = (&position.today, &position.pending_sales);
        format!("{:?}", (security, account, held, owed, method, changes, pool, pool_lot, lots, waiting))
    };
    let positions: Vec<String> = book.positions.iter().map(position).collect();
    let known = (&book.directory, &book.securities, &book.families, &book.symbol_changes);
    let lots = (&book.lots, &book.blocks, &book.gifts, &book.named, &book.names);
    let rows = (&book.disposals, &book.washes, &book.distribution_gains, &book.departures, &book.deliveries);
    let waiting = (&book.open_days, &book.waiting, book.early, book.last_day, book.events);
    let sums = (book.unused_basis, &book.dividends, book.visits.get(), book.searched.get());
    let state = serde_json::to_string(&book.state().unwrap()).unwrap();
    format!("{positions:?} {known:?} {lots:?} {rows:?} {waiting:?} {sums:?} {state} {}", fingerprint(book))
}

/// Applies an event to a copy of a book if it is refused, and says whether it was. The book goes on as the copy.
fn is_refused(book: &mut Book, index: u32, event: &LotEvent) -> bool {
    let mut tried = book.clone();
    if tried.append(index, event).is_ok() {
        return false;
    }
    assert_eq!(whole(&tried), whole(book), "{event:?} left something");
    *book = tried;
    true
}

/// The fields that make an event one that a book refuses, for most events.
fn faults() -> Vec<Map<String, Value>> {
    let faults = [
        json!({"account": "nobody"}),
        json!({"toAccount": "nobody"}),
        json!({"toAccount": "roth", "quantity": "0.01"}),
        json!({"security": " "}),
        json!({"security": "NEW", "quantity": "0.123456789"}),
        json!({"security": "NEW", "lots": [{"lot": "nothing"}]}),
        json!({"security": "NEW", "amount": "0.001"}),
        json!({"security": "NEW", "into": "NEW"}),
        json!({"security": "CALL", "quantity": "0.001"}),
        json!({"quantity": "0"}),
        json!({"quantity": "99999999.7"}),
        json!({"quantity": "999999999999999.123456789012"}),
        json!({"quantity": "0.0000000000000000001"}),
        json!({"amount": "0.001"}),
        json!({"amount": "2000000000000000"}),
        json!({"amount": null}),
        json!({"price": "1", "amount": "1"}),
        json!({"fees": "-1"}),
        json!({"lot": "a#b"}),
        json!({"lots": [{"lot": "nothing"}]}),
        json!({"lots": [{"lot": "#0", "quantity": "0.7"}]}),
        json!({"shortSales": [{"lot": "nothing"}]}),
        json!({"targetGain": "0.001"}),
        json!({"exchangeRate": "0"}),
        json!({"sequence": 2_000_000}),
        json!({"into": " "}),
        json!({"into": "NEW", "from": 0}),
        json!({"into": "NEW", "from": 7, "to": 3, "price": null, "cashPerShare": "1"}),
        json!({"into": "NEW", "from": 7, "to": 3, "cashInLieu": [{"account": "nobody", "amount": "1"}]}),
        json!({"from": 7, "to": 3, "cashInLieu": [{"account": "taxable", "amount": "1"}, {"account": "taxable", "amount": "1"}]}),
        json!({"from": 7, "bonus": 2, "cashInLieu": [{"account": "spouse", "amount": "0.001"}]}),
        json!({"basisFraction": "2", "marketValues": null}),
        json!({"donorAcquired": "2099-01-01"}),
        json!({"donorBasis": "0.001", "quantity": "0.123456"}),
        json!({"fairMarketValue": "0.001", "quantity": "0.123456"}),
        json!({"price": "-1"}),
    ];
    faults.into_iter().filter_map(|fault| fault.as_object().cloned()).collect()
}

/// An event with other fields, if its kind has them.
fn with(event: &LotEvent, fields: &Map<String, Value>) -> Option<LotEvent> {
    let mut value = serde_json::to_value(event).unwrap();
    for (field, other) in fields {
        value[field] = other.clone();
    }
    serde_json::from_value(value).ok()
}

/// The same on a later day: what its date alone would bring about has to stay away, too.
fn later(event: &LotEvent, days: i32) -> LotEvent {
    let day = event.date().add_days(days).unwrap();
    with(event, json!({"date": day.to_string()}).as_object().unwrap()).unwrap()
}

fn drawn(draw: Draw, day: Date, index: usize, book: &Book) -> LotEvent {
    symbol_change(named(event(draw, day).0, index, draw.4, book), draw, day)
}

proptest! {
    // Each looks at a whole book for every event.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]
    #[test]
    fn a_book_that_refused_events_is_the_book_of_the_others(
        draws in draws(),
        (rules, currency) in rules(),
        chosen in prop::collection::vec((0usize..40, 0i32..70), 60),
    ) {
        let faults = faults();
        let mut others = book_in(currency, rules);
        others.journal = None;
        let (mut book, mut told) = (others.clone(), Told::default());
        let mut day = date(2024, 1, 2).unwrap();
        let mut index = 0;
        for (draw, (place, days)) in draws.into_iter().zip(chosen) {
            day = day.add_days(i32::try_from(draw.5).unwrap()).unwrap();
            let made = drawn(draw, day, index as usize, &book);
            if let Some(bad) = faults.get(place).and_then(|fault| with(&made, fault)) {
                is_refused(&mut book, index, &bad);
                is_refused(&mut book, index, &later(&bad, days));
            }
            if is_refused(&mut book, index, &made) {
                continue;
            }
            let changes = book.append(index, &made).unwrap();
            assert_eq!(changes, others.append(index, &made).unwrap());
            told.add(changes);
            index += 1;
        }
        told.assert_is(&book);
        prop_assert_eq!(whole(&book), whole(&others));
    }
}

/// An event of each kind that a book of this history takes, and the history.
fn samples(rules: LotRules) -> (Book, Vec<LotEvent>) {
    let universal = rules.jurisdiction.pools();
    let mut book = book_in(None, rules);
    let event = |text: &str| serde_json::from_str::<LotEvent>(text).unwrap();
    let history = [
        r#"{"kind": "buy", "date": "2024-01-10", "account": "taxable", "security": "A", "quantity": "7", "amount": "700"}"#,
        r#"{"kind": "buy", "date": "2024-01-10", "account": "spouse", "security": "A", "quantity": "9.3", "amount": "800"}"#,
        r#"{"kind": "receiveGift", "date": "2024-01-12", "account": "spouse", "security": "B", "quantity": "4", "donorBasis": "90",
            "donorAcquired": "2023-05-01", "fairMarketValue": "50"}"#,
        r#"{"kind": "sellShort", "date": "2024-02-01", "account": "taxable", "security": "C", "quantity": "5", "amount": "50"}"#,
        r#"{"kind": "buy", "date": "2024-02-02", "account": "taxable", "security": "C", "quantity": "8", "amount": "90"}"#,
        r#"{"kind": "buy", "date": "2024-05-10", "account": "taxable", "security": "CALL", "quantity": "2", "amount": "30"}"#,
        r#"{"kind": "sellShort", "date": "2024-05-10", "account": "taxable", "security": "PUT", "quantity": "2", "amount": "30"}"#,
        r#"{"kind": "buy", "date": "2024-05-10", "account": "taxable", "security": "INDEX", "quantity": "2", "amount": "30"}"#,
        r#"{"kind": "sell", "date": "2024-05-20", "account": "taxable", "security": "A", "quantity": "2", "amount": "30"}"#,
        r#"{"kind": "buy", "date": "2024-05-21", "account": "taxable", "security": "A", "quantity": "1", "amount": "15"}"#,
    ];
    for (index, text) in (0..).zip(history) {
        let made = event(text);
        if !universal || made.is_universal() {
            // A pool knows no contracts that are owed; what needs them is refused.
            drop(book.apply(index, &made));
        }
    }
    let samples = [
        r#"{"kind": "buy", "date": "2024-05-21", "account": "taxable", "security": "A", "quantity": "3", "amount": "31"}"#,
        r#"{"kind": "reinvest", "date": "2024-05-21", "account": "taxable", "security": "A", "quantity": "3", "amount": "31"}"#,
        r#"{"kind": "dividend", "date": "2024-05-21", "account": "taxable", "security": "A", "amount": "31"}"#,
        r#"{"kind": "sell", "date": "2024-05-21", "account": "taxable", "security": "A", "quantity": "3", "amount": "31"}"#,
        r#"{"kind": "split", "date": "2024-05-21", "security": "A", "from": 3, "to": 2}"#,
        r#"{"kind": "bonusShares", "date": "2024-05-21", "security": "A", "from": 3, "bonus": 2}"#,
        r#"{"kind": "returnOfCapital", "date": "2024-05-21", "account": "taxable", "security": "A", "amount": "31"}"#,
        r#"{"kind": "symbolChange", "date": "2024-05-21", "security": "A", "into": "A2"}"#,
        r#"{"kind": "transfer", "date": "2024-05-21", "account": "taxable", "toAccount": "spouse", "security": "A", "quantity": "3"}"#,
        r#"{"kind": "receiveGift", "date": "2024-05-21", "account": "taxable", "security": "A", "quantity": "3", "donorBasis": "9",
            "donorAcquired": "2023-05-01", "fairMarketValue": "50"}"#,
        r#"{"kind": "inherit", "date": "2024-05-21", "account": "taxable", "security": "A", "quantity": "3", "fairMarketValue": "5"}"#,
        r#"{"kind": "give", "date": "2024-05-21", "account": "taxable", "security": "A", "quantity": "3"}"#,
        r#"{"kind": "merger", "date": "2024-05-21", "security": "INDEX", "into": "INDEX2", "from": 3, "to": 2, "cashPerShare": "1", "price": "9"}"#,
        r#"{"kind": "spinOff", "date": "2024-05-21", "security": "INDEX", "into": "INDEX2", "from": 3, "to": 2, "basisFraction": "0.2"}"#,
        r#"{"kind": "sellShort", "date": "2024-05-21", "account": "taxable", "security": "A", "quantity": "3", "amount": "31"}"#,
        r#"{"kind": "buyToCover", "date": "2024-05-21", "account": "taxable", "security": "C", "quantity": "3", "amount": "31"}"#,
        r#"{"kind": "deliverToCover", "date": "2024-05-21", "account": "taxable", "security": "C", "quantity": "3"}"#,
        r#"{"kind": "exercise", "date": "2024-05-21", "account": "taxable", "security": "CALL", "quantity": "1", "amount": "31"}"#,
        r#"{"kind": "assign", "date": "2024-05-21", "account": "taxable", "security": "PUT", "quantity": "1", "amount": "31"}"#,
        r#"{"kind": "expire", "date": "2024-05-21", "account": "taxable", "security": "CALL"}"#,
        r#"{"kind": "markToMarket", "date": "2024-05-21", "security": "INDEX", "price": "31"}"#,
    ];
    (book, samples.map(event).to_vec())
}

#[test]
fn what_is_refused_leaves_nothing() {
    for jurisdiction in
        [Jurisdiction::UnitedStates, Jurisdiction::None, Jurisdiction::UnitedKingdom, Jurisdiction::Canada]
    {
        let (mut book, samples) = samples(LotRules { jurisdiction, ..LotRules::default() });
        let mut refused = 0;
        for sample in &samples {
            for fault in faults() {
                let Some(bad) = with(sample, &fault) else { continue };
                // After the day of the election and after all windows, too.
                for days in [0, 20, 200] {
                    refused += usize::from(is_refused(&mut book, 20, &later(&bad, days)));
                }
            }
        }
        assert!(refused > 500, "{jurisdiction:?}: {refused}");
        for sample in
            samples.iter().filter(|sample| jurisdiction == Jurisdiction::UnitedStates || sample.is_trade())
        {
            book.clone().append(20, sample).unwrap();
        }
    }
}

#[test]
fn a_date_that_is_refused_decides_nothing() {
    let event = |text: &str| serde_json::from_str::<LotEvent>(text).unwrap();
    let mut book =
        Book::new(&LotRules { jurisdiction: Jurisdiction::Canada, ..LotRules::default() }, &[], &[]).unwrap();
    let buy =
        event(r#"{"kind": "buy", "date": "2024-01-10", "security": "A", "quantity": "10", "amount": "100"}"#);
    let sell =
        event(r#"{"kind": "sell", "date": "2024-03-01", "security": "A", "quantity": "10", "amount": "60"}"#);
    book.apply(0, &buy).unwrap();
    book.apply(1, &sell).unwrap();
    // A misspelled year: the loss would have waited for its 30 days.
    let too_much =
        event(r#"{"kind": "sell", "date": "2042-03-02", "security": "A", "quantity": "99", "amount": "1"}"#);
    assert_eq!(book.append(2, &too_much).unwrap_err().code().as_str(), "quantity.exceeds_held");
    let again =
        event(r#"{"kind": "buy", "date": "2024-03-20", "security": "A", "quantity": "10", "amount": "70"}"#);
    book.apply(2, &again).unwrap();
    let told = book.report().unwrap();
    // IT-456R, section 12: the least of the 10 sold, the 10 bought and the 10 held, so all of the loss is denied.
    assert_eq!(told.disposals[0].disallowed_loss.to_string(), "40.00");
    assert_eq!(told.lots[0].total_cost.to_string(), "110.00");
}

#[test]
fn a_security_that_only_a_refused_event_names_is_unknown() {
    let event = |text: &str| serde_json::from_str::<LotEvent>(text).unwrap();
    let mut book = Book::new(&LotRules::default(), &[], &[]).unwrap();
    book.apply(
        0,
        &event(
            r#"{"kind": "buy", "date": "2024-01-10", "security": "OLD", "quantity": "10", "amount": "100"}"#,
        ),
    )
    .unwrap();
    book.append(
        1,
        &event(
            r#"{"kind": "sell", "date": "2024-01-20", "security": "NEW", "quantity": "1", "amount": "1"}"#,
        ),
    )
    .unwrap_err();
    book.apply(
        1,
        &event(r#"{"kind": "symbolChange", "date": "2024-01-20", "security": "OLD", "into": "NEW"}"#),
    )
    .unwrap();
    assert_eq!(book.report().unwrap().lots[0].security, "NEW");
}

#[test]
fn a_sale_that_is_refused_after_purchases_were_made_for_it_ends_that() {
    let event = |text: &str| serde_json::from_str::<LotEvent>(text).unwrap();
    let day = [
        event(
            r#"{"kind": "sell", "date": "2024-01-10", "security": "A", "quantity": "10", "amount": "100"}"#,
        ),
        event(
            r#"{"kind": "buy", "date": "2024-01-10", "sequence": 1, "security": "A", "quantity": "9", "amount": "90"}"#,
        ),
        event(
            r#"{"kind": "buy", "date": "2024-01-10", "sequence": 2, "security": "A", "quantity": "0", "amount": "90"}"#,
        ),
    ];
    // The purchases give too little, and one of them is refused itself.
    for (events, code) in [(2, "quantity.exceeds_held"), (3, "quantity.out_of_range")] {
        let mut book = Book::new(&LotRules::default(), &[], &[]).unwrap();
        let events: Vec<(usize, &LotEvent)> = day.iter().take(events).enumerate().collect();
        let error = apply_day(&mut book, &events, &Control::default(), &mut 0).unwrap_err();
        assert_eq!(error.code().as_str(), code);
        assert!(book.early.is_none(), "what is bought next is bought early");
    }
}
