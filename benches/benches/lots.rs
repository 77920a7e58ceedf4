//! Tax lots of 150,000 trades in one security, from columns and event by event.

#![expect(clippy::expect_used, reason = "a benchmark stops if its result is wrong")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wherewithal::{
    control::Control,
    lots::{Book, LotMethod, book_columns},
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
        assert_eq!(gains(&from_columns()), expected_gains(method));
        group.bench_function(format!("{method:?} from columns"), |bencher| bencher.iter(from_columns));
        group.bench_function(format!("{method:?} event by event"), |bencher| {
            bencher.iter(|| {
                let mut book = Book::new(&rules, &[], &[traded_security()]).expect("a book");
                for (index, event) in (0..).zip(&events) {
                    book.apply(index, event).expect("an event");
                }
                book
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
