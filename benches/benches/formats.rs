//! The activity of a card as CSV, with a million rows.

#![expect(clippy::expect_used, reason = "a benchmark stops if its result is wrong")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wherewithal::{
    control::Control,
    formats::{FileReadInput, read_up_to},
    num::Decimal,
};
use wherewithal_benches::{CARD_ROWS, card_activity};

fn bench(criterion: &mut Criterion) {
    let (text, cents) = card_activity(CARD_ROWS).expect("a text");
    let input = FileReadInput { text: Some(text), ..FileReadInput::default() };
    let most = CARD_ROWS as usize + 1;
    let read = || read_up_to(most, black_box(&input), &Control::default()).expect("a reading");
    let sum = Decimal::sum(read().transactions.iter().map(|one| one.amount)).expect("a sum");
    assert_eq!(sum, Decimal::new(cents, 2).expect("a sum"));
    let mut group = criterion.benchmark_group("formats");
    group.sample_size(10).throughput(Throughput::Elements(u64::from(CARD_ROWS)));
    group.bench_function("a million rows of CSV", |bencher| bencher.iter(read));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
