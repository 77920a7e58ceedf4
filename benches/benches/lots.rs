//! Tax lots of 150,000 trades in one security, from columns and event by event; and one trade more in a book of a million lots.

#![expect(clippy::expect_used, reason = "a benchmark stops if its result is wrong")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wherewithal::{
    control::Control,
    dates::{Date, date},
    lots::{Book, LotBook, LotEvent, LotMethod, LotRules, LotYear, TermTotals, book_columns},
    num::Decimal,
};
use wherewithal_benches::{expected_gains, gains, lot_rules, traded_security, trades};

const EVENTS: u64 = 150_000;

fn bench(criterion: &mut Criterion) {
    let trades = trades(EVENTS).expect("trades");
    let events = trades.events().expect("events");
    let mut group = criterion.benchmark_group("lots");
    group.sample_size(20).throughput(Throughput::Elements(EVENTS));
    for method in [LotMethod::Fifo, LotMethod::Hifo] {
        let rules = lot_rules(method);
        let from_columns = || {
            let table = black_box(trades.table());
            book_columns(&table, &rules, &[], &[traded_security()], &Control::default()).expect("a book")
        };
        let event_by_event = || {
            let mut book = Book::new(&rules, &[], &[traded_security()]).expect("a book");
            for (index, event) in (0..).zip(&events) {
                book.apply(index, event).expect("an event");
            }
            book
        };
        assert_eq!(gains(&from_columns()), expected_gains(method));
        assert_eq!(gains_of_report(&event_by_event().report().expect("a report")), expected_gains(method));
        group.bench_function(format!("{method:?} from columns"), |bencher| bencher.iter(from_columns));
        group.bench_function(format!("{method:?} event by event"), |bencher| bencher.iter(event_by_event));
    }
    group.finish();
}

/// The gains of a book by term, in its smallest unit, and the number of its disposals.
fn gains_of_report(book: &LotBook) -> (i128, i128, usize) {
    let sum = |of: fn(&LotYear) -> TermTotals| book.years.iter().map(|year| of(year).gain.mantissa()).sum();
    (sum(|year| year.short_term), sum(|year| year.long_term), book.disposals.len())
}

/// The open lots of the book that gets one trade more.
const OPEN: u32 = 1_000_000;

/// A purchase of ten shares, one of many within twenty years.
fn purchase(index: u32) -> LotEvent {
    let days = i32::try_from(u64::from(index) * 7300 / u64::from(OPEN)).expect("a day");
    LotEvent::Buy {
        date: first_day().add_days(days).expect("a date"),
        sequence: 0,
        account: None,
        security: traded_security().id,
        quantity: Decimal::from(10_u32),
        price: Some(Decimal::new(5_000 + i64::from(index % 997), 2).expect("a price")),
        amount: None,
        fees: Decimal::ZERO,
        lot: None,
        exchange_rate: None,
    }
}

/// A sale of one share after all purchases.
fn sale() -> LotEvent {
    LotEvent::Sell {
        date: first_day().add_days(7300).expect("a date"),
        sequence: 0,
        account: None,
        security: traded_security().id,
        quantity: Decimal::ONE,
        price: Some(Decimal::from(60_u32)),
        amount: None,
        fees: Decimal::ZERO,
        lots: Vec::new(),
        target_gain: None,
        exchange_rate: None,
    }
}

fn first_day() -> Date {
    date(2000, 1, 1).expect("a date")
}

fn large_book() -> Book {
    let mut book = Book::new(&LotRules::default(), &[], &[]).expect("a book");
    for index in 0..OPEN {
        book.apply(index, &purchase(index)).expect("a purchase");
    }
    book
}

fn append(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lots");
    group.sample_size(10);
    let mut book = large_book();
    let changes = book.append(OPEN, &sale()).expect("a sale");
    // One row of a disposal, and the rest of its lot: nothing else is looked at.
    assert_eq!((changes.disposals.len(), changes.lots.len(), changes.closed.len()), (1, 1, 0));
    assert_eq!(changes.lots.first().map(|lot| lot.quantity), Some(Decimal::from(9_u32)));
    let (mut index, sale) = (OPEN, sale());
    group.bench_function("one sale more in a million lots", |bencher| {
        bencher.iter(|| {
            index += 1;
            book.append(index, black_box(&sale)).expect("a sale")
        });
    });
    group.bench_function("a million lots anew", |bencher| bencher.iter(large_book));
    let state = book.state().expect("a state");
    assert_eq!(Book::from_state(&state).expect("a book").state().expect("a state"), state);
    group.bench_function("the state of a million lots", |bencher| {
        bencher.iter(|| book.state().expect("a state"))
    });
    group.bench_function("a million lots from their state", |bencher| {
        bencher.iter(|| Book::from_state(black_box(&state)).expect("a book"));
    });
    group.finish();
}

criterion_group!(benches, bench, append);
criterion_main!(benches);
