//! Monthly accumulation over thirty years, and forty years of a portfolio, percentiles included.

#![expect(clippy::expect_used, reason = "a benchmark stops if its result is wrong")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wherewithal::{control::Control, simulation};
use wherewithal_benches::{accumulation, historical_retirement, retirement};

fn bench(criterion: &mut Criterion) {
    let question = accumulation(10_000);
    let run = || simulation::run(black_box(&question), &Control::default()).expect("a result");
    let median = run().terminal_nominal.percentiles.get(1).map_or(0.0, |percentile| percentile.value);
    assert!((1.55e6..1.67e6).contains(&median), "{median}");

    let mut group = criterion.benchmark_group("simulation");
    group.sample_size(20).throughput(Throughput::Elements(10_000 * 360));
    group.bench_function("10,000 paths of 360 months", |bencher| bencher.iter(run));
    group.throughput(Throughput::Elements(100_000 * 40));
    for (name, question) in [
        ("100,000 paths of 40 years, five asset classes", retirement(100_000)),
        ("100,000 paths of 40 years from a history", historical_retirement(100_000)),
    ] {
        let run = || simulation::portfolio(black_box(&question), &Control::default()).expect("a result");
        let success = run().success.probability;
        assert!((0.6..0.9).contains(&success), "{success}");
        group.bench_function(name, |bencher| bencher.iter(run));
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
