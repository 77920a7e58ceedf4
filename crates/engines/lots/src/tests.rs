//! Properties of books of random histories.

use proptest::prelude::*;
use wherewithal_base::{
    control::Control,
    dates::{Date, date},
    num::Decimal,
};
use wherewithal_household::TaxTreatment;

use crate::{
    Book, GainTaxRates, Jurisdiction, LotAccount, LotBook, LotBookInput, LotElection, LotEvent, LotMethod,
    LotRules, LotScope, LotSecurity, SecurityKind, book, engine::Told,
};

/// An event before it is known whether there are shares to sell.
#[derive(Debug, Clone)]
struct Draft {
    days: i32,
    account: usize,
    kind: u8,
    quantity: i64,
    price: i64,
}

const ACCOUNTS: [(&str, TaxTreatment); 3] =
    [("broker", TaxTreatment::Taxable), ("second", TaxTreatment::Taxable), ("roth", TaxTreatment::TaxFree)];

fn draft() -> impl Strategy<Value = Draft> {
    (0..25i32, 0..3usize, 0..12u8, 1..2000i64, 1..20_000i64)
        .prop_map(|(days, account, kind, quantity, price)| Draft { days, account, kind, quantity, price })
}

fn hundredths(value: i64) -> Decimal {
    Decimal::new(value, 2).unwrap()
}

/// Turns drafts into a history in which every sale finds its shares. Quantities are in sixtieths of hundredths of a share, so
/// that the splits below keep them whole.
fn history(drafts: &[Draft], with_splits: bool) -> Vec<LotEvent> {
    let mut held = [0i64; 3];
    let mut day = date(2023, 1, 2).unwrap();
    let mut events = Vec::new();
    let mut split = false;
    for draft in drafts {
        day = day.add_days(draft.days).unwrap();
        let (account, security) = (Some(ACCOUNTS[draft.account].0.to_owned()), "X".to_owned());
        let amount = Some(hundredths(draft.price));
        match draft.kind {
            0..=5 => {
                held[draft.account] += draft.quantity;
                events.push(LotEvent::Buy {
                    date: day,
                    sequence: 0,
                    account,
                    security,
                    quantity: hundredths(draft.quantity),
                    price: None,
                    amount,
                    fees: hundredths(draft.price % 7),
                    lot: None,
                    exchange_rate: None,
                });
            }
            6..=9 if held[draft.account] > 0 => {
                let quantity = draft.quantity.min(held[draft.account]);
                held[draft.account] -= quantity;
                events.push(sale(day, draft.account, quantity, draft.price));
            }
            10 if held[draft.account] > 0 => {
                events.push(LotEvent::ReturnOfCapital {
                    date: day,
                    sequence: 0,
                    account,
                    security,
                    amount: hundredths(draft.price / 10),
                    exchange_rate: None,
                });
            }
            11 if with_splits => {
                let (from, to) = if split { (2, 3) } else { (3, 2) };
                split = !split;
                events.push(LotEvent::Split {
                    date: day,
                    sequence: 0,
                    security,
                    from,
                    to,
                    cash_in_lieu: Vec::new(),
                });
            }
            _ => {}
        }
    }
    events
}

fn sale(day: Date, account: usize, quantity: i64, price: i64) -> LotEvent {
    LotEvent::Sell {
        date: day,
        sequence: 1,
        account: Some(ACCOUNTS[account].0.to_owned()),
        security: "X".to_owned(),
        quantity: hundredths(quantity),
        price: None,
        amount: Some(hundredths(price)),
        fees: Decimal::ZERO,
        lots: Vec::new(),
        target_gain: None,
        exchange_rate: None,
    }
}

fn input(events: Vec<LotEvent>, rules: LotRules) -> LotBookInput {
    let account = |(id, treatment): (&str, TaxTreatment)| LotAccount { id: id.to_owned(), treatment };
    LotBookInput {
        events,
        rules,
        accounts: ACCOUNTS.into_iter().map(account).collect(),
        securities: vec![LotSecurity {
            id: "X".to_owned(),
            kind: SecurityKind::MutualFund,
            option: None,
            currency: None,
        }],
    }
}

fn rules() -> impl Strategy<Value = LotRules> {
    let methods = prop_oneof![
        Just(LotMethod::Fifo),
        Just(LotMethod::Lifo),
        Just(LotMethod::Hifo),
        Just(LotMethod::Lofo),
        Just(LotMethod::MinimumTax),
        Just(LotMethod::LongTermFirst),
        Just(LotMethod::AverageCost)
    ];
    let scope = prop_oneof![Just(LotScope::Account), Just(LotScope::AllAccounts)];
    let of_a_country = (methods, scope, any::<bool>()).prop_map(|(method, scope, none)| LotRules {
        method,
        scope,
        jurisdiction: if none { Jurisdiction::None } else { Jurisdiction::UnitedStates },
        tax_rates: Some(GainTaxRates { short_term: hundredths(37), long_term: hundredths(15) }),
        ..LotRules::default()
    });
    let pools = prop_oneof![Just(Jurisdiction::UnitedKingdom), Just(Jurisdiction::Canada)]
        .prop_map(|jurisdiction| LotRules { jurisdiction, ..LotRules::default() });
    prop_oneof![4 => of_a_country, 1 => pools]
}

fn built(events: Vec<LotEvent>, rules: &LotRules) -> Option<LotBook> {
    // Splits make some sales larger than what is held; such a history is no history.
    book(&input(events, rules.clone()), &Control::default()).ok()
}

fn sum(values: impl IntoIterator<Item = Decimal>) -> Decimal {
    Decimal::sum(values).unwrap()
}

/// What was paid for shares, less distributions as far as they reduced a basis.
fn money_in(events: &[LotEvent], book: &LotBook) -> Decimal {
    let paid = events.iter().map(|event| match event {
        LotEvent::Buy { amount: Some(amount), fees, .. } => amount.plus(*fees).unwrap(),
        LotEvent::ReturnOfCapital { amount, .. } => amount.negated(),
        _ => Decimal::ZERO,
    });
    let gains = book.distribution_gains.iter().map(|gain| gain.gain);
    sum(paid).plus(sum(gains)).unwrap()
}

proptest! {
    #[test]
    fn a_book_that_takes_event_by_event_is_the_book_of_all(
        drafts in prop::collection::vec(draft(), 1..60),
        rules in rules(),
    ) {
        let input = input(history(&drafts, true), rules);
        let Ok(whole) = book(&input, &Control::default()) else { return Ok(()) };
        let mut events: Vec<(u32, &LotEvent)> = (0..).zip(&input.events).collect();
        events.sort_by_key(|(_, event)| event.order());
        let mut book = Book::new(&input.rules, &input.accounts, &input.securities).unwrap();
        let mut told = Told::default();
        for (index, event) in events {
            told.add(book.append(index, event).unwrap());
            told.assert_is(&book);
        }
        prop_assert_eq!(book.report().unwrap(), whole);
    }

    #[test]
    fn no_cent_appears_or_gets_lost(drafts in prop::collection::vec(draft(), 1..60), rules in rules()) {
        // A distribution above the basis is no row in an account that is not taxed, so there are none of them there.
        let mut events = history(&drafts, true);
        events.retain(|event| !matches!(event, LotEvent::ReturnOfCapital { account: Some(account), .. } if account == "roth"));
        let Some(book) = built(events.clone(), &rules) else { return Ok(()) };
        let deferred = sum(book.wash_sales.iter().filter(|wash| !wash.permanent).map(|wash| wash.disallowed_loss));
        let costs = sum(book.lots.iter().map(|lot| lot.total_cost).chain(book.disposals.iter().map(|row| row.cost)));
        prop_assert_eq!(costs, money_in(&events, &book).plus(deferred).unwrap());
        let washed = sum(book.wash_sales.iter().map(|wash| wash.disallowed_loss));
        prop_assert_eq!(washed, sum(book.disposals.iter().map(|row| row.disallowed_loss)));
        for row in &book.disposals {
            prop_assert_eq!(row.gain, row.proceeds.minus(row.cost).unwrap().plus(row.disallowed_loss).unwrap());
            prop_assert!(row.disallowed_loss.is_zero() || row.gain <= Decimal::ZERO, "a disallowed loss is no gain");
        }
    }

    #[test]
    fn the_order_of_the_list_does_not_matter(drafts in prop::collection::vec(draft(), 1..40), rules in rules()) {
        // One event a day: within a day, the order of the list decides between equal events.
        let mut drafts = drafts;
        for draft in &mut drafts {
            draft.days += 1;
        }
        let events = history(&drafts, true);
        let Some(book) = built(events.clone(), &rules) else { return Ok(()) };
        let mut reversed = events;
        reversed.reverse();
        let again = built(reversed, &rules).expect("the same history");
        prop_assert_eq!(book.years, again.years);
        prop_assert_eq!(
            book.lots.iter().map(|lot| (lot.acquisition_date, lot.quantity, lot.total_cost)).collect::<Vec<_>>(),
            again.lots.iter().map(|lot| (lot.acquisition_date, lot.quantity, lot.total_cost)).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_split_and_its_reverse_change_nothing(
        drafts in prop::collection::vec(draft(), 1..40),
        rules in rules(),
        from in 1..50u32,
        to in 1..50u32,
        place in 0..40usize,
    ) {
        let events = history(&drafts, false);
        let Some(book) = built(events.clone(), &rules) else { return Ok(()) };
        let mut with_splits = events.clone();
        let place = place.min(events.len());
        let day = events.get(place).or(events.last()).map_or(date(2023, 1, 2).unwrap(), LotEvent::date);
        let split = |sequence, from, to| LotEvent::Split {
            date: day, sequence, security: "X".to_owned(), from, to, cash_in_lieu: Vec::new(),
        };
        with_splits.extend([split(2, from, to), split(3, to, from)]);
        let again = built(with_splits, &rules).expect("the same history");
        prop_assert_eq!(&book.lots, &again.lots);
        prop_assert_eq!(&book.disposals, &again.disposals);
        prop_assert_eq!(&book.wash_sales, &again.wash_sales);
    }

    #[test]
    fn a_sale_in_two_parts_costs_what_it_costs_in_one(
        drafts in prop::collection::vec(draft(), 1..40),
        method in prop_oneof![Just(LotMethod::Fifo), Just(LotMethod::Lifo), Just(LotMethod::Hifo), Just(LotMethod::AverageCost)],
        part in 1..100i64,
    ) {
        let rules = LotRules { method, jurisdiction: Jurisdiction::None, ..LotRules::default() };
        let events = history(&drafts, false);
        let Some(before) = built(events.clone(), &rules) else { return Ok(()) };
        let held = sum(before.lots.iter().filter(|lot| lot.account.as_deref() == Some("broker")).map(|lot| lot.quantity));
        let held = i64::try_from(held.round(2, wherewithal_base::num::Rounding::Down).mantissa()).unwrap();
        if held < 2 {
            return Ok(());
        }
        let first = (held * part / 100).clamp(1, held - 1);
        let day = events.last().map_or(date(2023, 1, 2).unwrap(), LotEvent::date).add_days(1).unwrap();
        let of = |sales: &[LotEvent]| {
            let book = built([events.as_slice(), sales].concat(), &rules).expect("the shares are there");
            sum(book.disposals.iter().filter(|row| row.sale_date == day).map(|row| row.cost))
        };
        prop_assert_eq!(of(&[sale(day, 0, held, 100)]), of(&[sale(day, 0, first, 50), sale(day, 0, held - first, 50)]));
    }
}

#[test]
fn the_smallest_quantity_at_the_smallest_price_costs_nothing() {
    let smallest = |places| Decimal::new(1, places).unwrap();
    let purchase = LotEvent::Buy {
        date: date(2025, 1, 2).unwrap(),
        sequence: 0,
        account: None,
        security: "X".into(),
        quantity: smallest(18),
        price: Some(smallest(28)),
        amount: None,
        fees: Decimal::ZERO,
        lot: None,
        exchange_rate: None,
    };
    let input = LotBookInput {
        events: vec![purchase],
        rules: LotRules::default(),
        accounts: Vec::new(),
        securities: Vec::new(),
    };
    assert_eq!(book(&input, &Control::default()).unwrap().lots[0].total_cost.to_string(), "0.00");
}

/// A book of funds with a gift in one of them that has two bases, and an election of an average cost for another.
fn book_with_a_gift() -> Book {
    let fund = |id: &str| LotSecurity {
        id: id.to_owned(),
        kind: SecurityKind::MutualFund,
        option: None,
        currency: None,
    };
    let elections = vec![LotElection {
        account: None,
        security: Some("NEW".to_owned()),
        from: None,
        method: LotMethod::AverageCost,
    }];
    let rules = LotRules { elections, ..LotRules::default() };
    let mut book = Book::new(&rules, &[], &[fund("OLD"), fund("NEW")]).unwrap();
    let gift = r#"{"kind": "receiveGift", "date": "2024-01-10", "security": "OLD", "quantity": "10", "donorBasis": "500",
        "donorAcquired": "2023-01-10", "fairMarketValue": "400"}"#;
    book.apply(0, &serde_json::from_str(gift).unwrap()).unwrap();
    book
}

#[test]
fn a_change_of_a_symbol_that_is_refused_makes_nothing_of_the_new_one() {
    let event = |text: &str| serde_json::from_str::<LotEvent>(text).unwrap();
    let mut book = book_with_a_gift();
    let change = event(r#"{"kind": "symbolChange", "date": "2024-01-20", "security": "OLD", "into": "NEW"}"#);
    let error = book.apply(1, &change).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("method.unsuitable", "security"));
    let sale =
        r#"{"kind": "sell", "date": "2024-02-01", "security": "OLD", "quantity": "10", "amount": "300"}"#;
    book.apply(1, &event(sale)).unwrap();
    let purchase =
        r#"{"kind": "buy", "date": "2024-02-10", "security": "NEW", "quantity": "10", "amount": "300"}"#;
    book.apply(2, &event(purchase)).unwrap();
    let told = book.report().unwrap();
    assert_eq!(told.disposals[0].gain.to_string(), "-100.00");
    assert!(told.wash_sales.is_empty(), "the purchase is of another security: {:?}", told.wash_sales);
}

#[test]
fn a_lot_that_was_put_back_is_sold_once_when_it_is_long_term() {
    let buy = |date: &str, sequence: u32, quantity: u32| {
        format!(
            r#"{{"kind": "buy", "date": "{date}", "sequence": {sequence}, "security": "X", "quantity": "{quantity}", "price": "10"}}"#
        )
    };
    let sell = |date: &str, sequence: u32, quantity: u32| {
        format!(
            r#"{{"kind": "sell", "date": "{date}", "sequence": {sequence}, "security": "X", "quantity": "{quantity}", "price": "12"}}"#
        )
    };
    // The first sale lacks shares and takes one of the purchase that follows: all lots are looked through and put back.
    let events = [
        buy("2024-01-02", 0, 5),
        sell("2024-01-10", 1, 6),
        buy("2024-01-10", 2, 9),
        buy("2025-06-02", 0, 9),
        sell("2025-06-03", 0, 12),
    ];
    let rules = LotRules { method: LotMethod::LongTermFirst, ..LotRules::default() };
    let events = events.iter().map(|event| serde_json::from_str(event).unwrap()).collect();
    let input = LotBookInput { rules, events, accounts: Vec::new(), securities: Vec::new() };
    let told = book(&input, &Control::default()).unwrap();
    let sold: Vec<(u32, String)> =
        told.disposals.iter().map(|row| (row.event, row.quantity.to_string())).collect();
    assert_eq!(sold, [(1, "5".to_owned()), (1, "1".to_owned()), (4, "8".to_owned()), (4, "4".to_owned())]);
}
