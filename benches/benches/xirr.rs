//! The internal rate of dated flows: many short series, and one long one.

#![expect(clippy::expect_used, reason = "a benchmark stops if its result is wrong")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wherewithal::{
    dates::DayCount,
    time_value::{IrrOptions, xirr},
};
use wherewithal_benches::{Series, series};

fn solve(series: &Series) -> f64 {
    let found = xirr(&series.dates, &series.amounts, DayCount::Actual365Fixed, &IrrOptions::default());
    found.expect("every series has a rate").rate
}

fn bench(criterion: &mut Criterion) {
    let many: Vec<Series> = (0..10_000).map(|k| series(12_345 + k, 50).expect("a series")).collect();
    let long = series(12_345, 1_000).expect("a series");
    for series in many.iter().chain([&long]) {
        assert!((solve(series) - series.rate).abs() < 1e-9, "{} is not {}", solve(series), series.rate);
    }

    let mut group = criterion.benchmark_group("xirr");
    group.sample_size(20).throughput(Throughput::Elements(10_000));
    group.bench_function("10,000 series of 50", |bencher| {
        bencher.iter(|| black_box(&many).iter().map(solve).sum::<f64>());
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("one series of 1,000", |bencher| bencher.iter(|| solve(black_box(&long))));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
