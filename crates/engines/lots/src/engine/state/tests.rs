//! A book that goes on from its state is the book of the whole history.

use proptest::prelude::*;
use wherewithal_base::{
    control::Control,
    dates::{Date, date},
    money::Currency,
    num::Decimal,
};

use super::super::{
    Book,
    conservation::{Draw, book_in, draws, event},
    told::Told,
};
use crate::{
    AppendedBook, IdenticalSecurities, Jurisdiction, LotAppendInput, LotEvent, LotExchangeRate, LotMethod,
    LotRules, LotScope, LotState, WashSaleVerdict, append, input::LotPick, output::report,
};

fn hundredths(value: i128) -> Decimal {
    Decimal::from_i128(value, 2).unwrap()
}

fn methods() -> impl Strategy<Value = LotMethod> {
    prop::sample::select(vec![
        LotMethod::Fifo,
        LotMethod::Lifo,
        LotMethod::Hifo,
        LotMethod::Lofo,
        LotMethod::LongTermFirst,
        LotMethod::AverageCost,
    ])
}

/// Rules of every country; the first two securities are sometimes the same, sometimes the lots of all accounts stand together,
/// and sometimes all are in euros.
pub(in crate::engine) fn rules() -> impl Strategy<Value = (LotRules, Option<Currency>)> {
    let jurisdictions = prop_oneof![
        6 => Just(Jurisdiction::UnitedStates),
        1 => Just(Jurisdiction::None),
        2 => Just(Jurisdiction::UnitedKingdom),
        2 => Just(Jurisdiction::Canada),
    ];
    let flags = [prop::bool::weighted(0.3), prop::bool::weighted(0.3), prop::bool::weighted(0.3)];
    (jurisdictions, methods(), flags).prop_map(|(jurisdiction, method, [same, abroad, together])| {
        // Options and section 1256 contracts have no average, and pools no method.
        let has_choice = match jurisdiction {
            Jurisdiction::UnitedStates => method != LotMethod::AverageCost,
            Jurisdiction::None => true,
            Jurisdiction::UnitedKingdom | Jurisdiction::Canada => false,
        };
        let method = if has_choice { method } else { LotMethod::Fifo };
        let same = IdenticalSecurities {
            securities: vec!["A".to_owned(), "B".to_owned()],
            verdict: if same { WashSaleVerdict::Certain } else { WashSaleVerdict::Probable },
        };
        let first = date(2022, 11, 1).unwrap();
        let rate = |day: i32| LotExchangeRate {
            currency: Currency::EUR,
            date: first.add_days(day).unwrap(),
            rate: hundredths(i128::from(50 + day * 37 % 101)),
        };
        let exchange_rates = if abroad { (0..3_500).map(rate).collect() } else { Vec::new() };
        let rules = LotRules {
            jurisdiction,
            method,
            scope: if together { LotScope::AllAccounts } else { LotScope::Account },
            substantially_identical: vec![same],
            exchange_rates,
            ..LotRules::default()
        };
        (rules, abroad.then_some(Currency::EUR))
    })
}

/// Gives a purchase an id, and lets a sale name a lot that there is.
pub(in crate::engine) fn named(mut made: LotEvent, index: usize, small: u32, book: &Book) -> LotEvent {
    match &mut made {
        LotEvent::Buy { lot, .. }
        | LotEvent::Reinvest { lot, .. }
        | LotEvent::ReceiveGift { lot, .. }
        | LotEvent::Inherit { lot, .. }
        | LotEvent::SellShort { lot, .. }
            if small.is_multiple_of(2) =>
        {
            *lot = Some(format!("L{index}"));
        }
        LotEvent::Sell { account, security, quantity, lots, .. }
        | LotEvent::Transfer { account, security, quantity, lots, .. }
            if small == 5 =>
        {
            let open = report(book).unwrap().lots.into_iter();
            let mut fitting = open.filter(|lot| lot.account == *account && lot.security == *security);
            if let Some(lot) = fitting.find(|lot| lot.quantity_fraction.is_none()) {
                *quantity = lot.quantity;
                *lots = vec![LotPick { lot: lot.id, quantity: None }];
            }
        }
        LotEvent::Sell { target_gain, .. } if small == 7 => *target_gain = Some(Decimal::ZERO),
        _ => {}
    }
    made
}

/// The events of draws that a book takes, in order, and the book after them.
fn history(mut book: Book, draws: Vec<Draw>) -> (Vec<LotEvent>, Book) {
    book.journal = None;
    let mut day = date(2024, 1, 2).unwrap();
    let mut events: Vec<LotEvent> = Vec::new();
    for draw in draws {
        day = day.add_days(i32::try_from(draw.5).unwrap()).unwrap();
        if events.last().is_some_and(|last| event(draw, day).0.order() < last.order()) {
            day = day.add_days(1).unwrap();
        }
        let made = named(event(draw, day).0, events.len(), draw.4, &book);
        let made = symbol_change(made, draw, day);
        let mut tried = book.clone();
        if tried.apply(u32::try_from(events.len()).unwrap(), &made).is_ok() {
            book = tried;
            events.push(made);
        }
    }
    (events, book)
}

/// Sometimes a security gets another id in place of an event.
pub(in crate::engine) fn symbol_change(made: LotEvent, draw: Draw, day: Date) -> LotEvent {
    let (kind, _, security, number, _, _) = draw;
    if kind != 10 || number % 3 != 0 {
        return made;
    }
    let from = ["A", "B", "C"][usize::from(security)].to_owned();
    LotEvent::SymbolChange { date: day, sequence: 0, into: format!("{from}{}", number % 2), security: from }
}

/// Applies events in parts, and reads the state between them as text. `cuts` are the sizes of the parts in turn.
fn in_parts(book: &Book, events: &[LotEvent], cuts: &[usize]) -> (Told, LotState) {
    let mut told = Told::default();
    let mut state: Option<String> = None;
    let mut rest = events;
    let mut sizes = cuts.iter().cycle();
    while !rest.is_empty() {
        let (part, later) = rest.split_at(rest.len().min(*sizes.next().unwrap()));
        rest = later;
        let before = state.as_ref().map(|text| serde_json::from_str(text).unwrap());
        let is_new = before.is_none();
        let input = LotAppendInput {
            state: before,
            rules: is_new.then(|| book.rules.clone()),
            accounts: if is_new { book.accounts.clone() } else { Vec::new() },
            securities: if is_new { book.given_securities.clone() } else { Vec::new() },
            events: part.to_vec(),
        };
        let AppendedBook { changes, state: after } = append(&input, &Control::default()).unwrap();
        told.add(changes);
        state = Some(serde_json::to_string(&after).unwrap());
    }
    (told, serde_json::from_str(&state.unwrap()).unwrap())
}

/// That a history in parts is the history.
fn assert_same(empty: &Book, events: &[LotEvent], whole: &Book, cuts: &[usize]) {
    if events.is_empty() {
        return;
    }
    let (told, state) = in_parts(empty, events, cuts);
    told.assert_is(whole);
    assert_eq!(state, whole.state().unwrap(), "the state of the whole");
    let again = Book::from_state(&state).unwrap();
    assert_eq!(again.state().unwrap(), state, "the state of a state");
    let (one, other) = (again.report().unwrap(), whole.report().unwrap());
    assert_eq!((one.lots, one.short_positions), (other.lots, other.short_positions), "what is left");
}

proptest! {
    #[test]
    fn a_history_in_parts_is_the_history(
        draws in draws(),
        (rules, currency) in rules(),
        cuts in prop::collection::vec(1usize..12, 1..6),
    ) {
        let empty = book_in(currency, rules);
        let (events, whole) = history(empty.clone(), draws);
        assert_same(&empty, &events, &whole, &cuts);
    }
}

proptest! {
    // Each takes as many calls as events.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]
    #[test]
    fn a_history_event_by_event_is_the_history(draws in draws(), (rules, currency) in rules()) {
        let empty = book_in(currency, rules);
        let (events, whole) = history(empty.clone(), draws);
        assert_same(&empty, &events, &whole, &[1]);
    }
}

/// A book of two purchases and a sale at a loss within 30 days, and its state.
fn sample() -> (Book, LotState) {
    let event = |text: &str| serde_json::from_str::<LotEvent>(text).unwrap();
    let mut book = Book::new(&LotRules::default(), &[], &[]).unwrap();
    for (index, text) in (0..).zip([
        r#"{"kind": "buy", "date": "2025-01-10", "security": "A", "quantity": "10", "price": "50", "lot": "first"}"#,
        r#"{"kind": "buy", "date": "2025-03-10", "security": "A", "quantity": "2.5", "price": "40"}"#,
        r#"{"kind": "sell", "date": "2025-03-20", "security": "A", "quantity": "4", "price": "30"}"#,
    ]) {
        book.apply(index, &event(text)).unwrap();
    }
    let state = book.state().unwrap();
    (book, state)
}

fn refusal(change: impl FnOnce(&mut LotState)) -> (String, String) {
    let (_, mut state) = sample();
    change(&mut state);
    let error = Book::from_state(&state).unwrap_err();
    (error.code().as_str().to_owned(), error.path().to_owned())
}

#[test]
fn a_state_has_what_can_still_change() {
    let (_, state) = sample();
    let text = serde_json::to_value(&state).unwrap();
    assert_eq!(text["lots"].as_array().unwrap().len(), 2);
    assert_eq!(text["families"][0]["losses"][0]["waiting"], "3");
    assert_eq!(text["families"][0]["losses"][0]["of"], "8");
    assert_eq!(text["events"], 3);
}

#[test]
fn a_state_that_was_changed_is_refused() {
    let refused = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    let inconsistent = |path| refused("state.inconsistent", path);
    assert_eq!(refusal(|state| state.version = 2), refused("version.unsupported", "version"));
    assert_eq!(refusal(|state| drop(state.lots.pop())), inconsistent("positions[0]"));
    assert_eq!(refusal(|state| state.lots[1].cost = Decimal::ONE), inconsistent("positions[0]"));
    assert_eq!(refusal(|state| state.lots[0].cost = Decimal::ONE), inconsistent("lots[0]"));
    assert_eq!(refusal(|state| state.lots[0].position = 1), inconsistent("lots[0].position"));
    assert_eq!(refusal(|state| state.lots.swap(0, 1)), refused("list.out_of_order", "lots[1].date"));
    assert_eq!(refusal(|state| state.events = 2), inconsistent("families[0].losses[0]"));
    assert_eq!(
        refusal(|state| state.families[0].losses[0].lot = 7),
        inconsistent("families[0].losses[0].lot")
    );
    assert_eq!(
        refusal(|state| state.families[0].losses[0].cost = Decimal::ONE),
        inconsistent("families[0].losses[0]")
    );
    assert_eq!(refusal(|state| state.last = None), inconsistent(""));
    assert_eq!(
        refusal(|state| state.lots[1].units = "1.5".parse().unwrap()),
        refused("quantity.out_of_range", "lots[1].units")
    );
    let doubled = |state: &mut LotState| state.positions.push(state.positions[0].clone());
    assert_eq!(refusal(doubled), inconsistent("positions[1]"));
}

#[test]
fn an_event_of_the_last_day_comes_after_those_before_it() {
    let (_, state) = sample();
    let input = |event: &str| LotAppendInput {
        state: Some(state.clone()),
        rules: None,
        accounts: Vec::new(),
        securities: Vec::new(),
        events: vec![serde_json::from_str(event).unwrap()],
    };
    let run = |event: &str| {
        let run = append(&input(event), &Control::default());
        run.map(drop).map_err(|error| (error.code().as_str(), error.path().to_owned()))
    };
    let buy = |date: &str, more: &str| {
        format!(
            r#"{{"kind": "buy", "date": "{date}", "security": "A", "quantity": "1", "price": "30"{more}}}"#
        )
    };
    assert_eq!(run(&buy("2025-03-19", "")), Err(("dates.out_of_order", "events[0].date".to_owned())));
    assert_eq!(run(&buy("2025-03-20", "")), Err(("dates.out_of_order", "events[0].sequence".to_owned())));
    assert_eq!(run(&buy("2025-03-20", r#", "sequence": 1"#)), Ok(()));
    assert_eq!(run(&buy("2025-03-21", "")), Ok(()));
    assert_eq!(run(r#"{"kind": "dividend", "date": "2025-03-20", "security": "A", "amount": "1"}"#), Ok(()));
}

#[test]
fn what_was_bought_around_an_open_short_sale_replaces_after_more_than_30_days() {
    let event = |text: &str| serde_json::from_str::<LotEvent>(text).unwrap();
    let mut book = Book::new(&LotRules::default(), &[], &[]).unwrap();
    for (index, text) in (0..).zip([
        r#"{"kind": "buy", "date": "2024-06-04", "security": "X", "quantity": "100", "amount": "1000"}"#,
        r#"{"kind": "sellShort", "date": "2024-10-15", "security": "X", "quantity": "100", "amount": "750"}"#,
        r#"{"kind": "buy", "date": "2024-10-16", "security": "X", "quantity": "100", "amount": "750"}"#,
        r#"{"kind": "buy", "date": "2024-12-02", "security": "Y", "quantity": "1", "amount": "1"}"#,
    ]) {
        book.apply(index, &event(text)).unwrap();
    }
    let mut later = Book::from_state(&book.state().unwrap()).unwrap();
    let delivery = event(
        r##"{"kind": "deliverToCover", "date": "2024-12-03", "security": "X", "quantity": "100", "lots": [{"lot": "#0"}]}"##,
    );
    for book in [&mut book, &mut later] {
        let changes = book.append(4, &delivery).unwrap();
        // The example of Publication 550, Wash Sales, Short sales.
        assert_eq!(changes.disposals[0].disposal.disallowed_loss.to_string(), "250.00");
    }
}
