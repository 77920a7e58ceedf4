//! Schedules of thirty-year mortgages, every row in exact cents.

#![expect(clippy::expect_used, reason = "a benchmark stops if its result is wrong")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wherewithal::{
    debt::{Loan, amortize},
    num::Decimal,
};
use wherewithal_benches::loans;

fn total_interest(loans: &[Loan]) -> Decimal {
    let interest = loans.iter().map(|loan| amortize(loan).expect("a schedule").total_interest);
    Decimal::sum(interest).expect("a sum")
}

fn bench(criterion: &mut Criterion) {
    let loans = loans(10_000).expect("loans");
    // The correct result, by Python's decimal module.
    assert_eq!(total_interest(&loans).to_string(), "6165327179.10");

    let mut group = criterion.benchmark_group("amortize");
    group.sample_size(10).throughput(Throughput::Elements(10_000 * 360));
    group.bench_function("10,000 schedules of 360 rows", |bencher| {
        bencher.iter(|| total_interest(black_box(&loans)));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
