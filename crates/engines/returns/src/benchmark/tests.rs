//! Cases and properties of a benchmark of several indexes.

use proptest::prelude::*;

use super::*;

fn component(name: &str, weight: f64, returns: &[f64]) -> BenchmarkComponent {
    BenchmarkComponent { name: name.to_owned(), weight, returns: returns.to_vec() }
}

fn blended(
    rebalancing: BenchmarkRebalancing,
    dates: &[&str],
    components: Vec<BenchmarkComponent>,
) -> BlendedBenchmarkInput {
    BlendedBenchmarkInput {
        dates: dates.iter().map(|date| date.parse().unwrap()).collect(),
        components,
        rebalancing,
        portfolio: Vec::new(),
        portfolio_dates: Vec::new(),
    }
}

fn of(input: &BlendedBenchmarkInput) -> BlendedBenchmark {
    blended_benchmark(input, &Control::default()).unwrap()
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-12 * (1.0 + other.abs())
}

const DAYS: [&str; 4] = ["2025-11-28", "2025-12-31", "2026-01-30", "2026-02-27"];

#[test]
fn weights_are_restored_where_the_rule_says() {
    let components =
        || vec![component("a", 0.5, &[1.0, 0.0, 0.0, 0.1]), component("b", 0.5, &[0.0, 0.0, 0.0, 0.0])];
    // After the first period 2/3 are in a. The last return is 0.1 times what is in it.
    for (rebalancing, last, times) in [
        (BenchmarkRebalancing::EveryPeriod, 0.05, 3),
        (BenchmarkRebalancing::Monthly, 0.05, 3),
        (BenchmarkRebalancing::Quarterly, 0.05, 1),
        (BenchmarkRebalancing::Annually, 0.05, 1),
        (BenchmarkRebalancing::Never, 0.2 / 3.0, 0),
    ] {
        let found = of(&blended(rebalancing, &DAYS, components()));
        assert!(near(found.returns[3], last), "{rebalancing:?}: {:?}", found.returns);
        assert_eq!(found.rebalancings, times);
    }
}

#[test]
fn a_portfolio_is_compared_by_difference_and_by_quotient() {
    let mut input = blended(BenchmarkRebalancing::Never, &DAYS[..2], vec![component("a", 1.0, &[0.1, 0.0])]);
    input.portfolio = vec![0.2, 0.1];
    let excess = of(&input).excess.unwrap();
    assert!(near(excess.arithmetic_cumulative, 0.22));
    assert!(near(excess.geometric_cumulative.unwrap(), 1.32 / 1.1 - 1.0));
    assert!(near(excess.arithmetic[1], 0.1));
}

#[test]
fn what_is_left_of_nothing_stays_nothing() {
    let mut input =
        blended(BenchmarkRebalancing::EveryPeriod, &DAYS[..2], vec![component("a", 1.0, &[-1.0, 0.5])]);
    input.portfolio = vec![0.0, 0.0];
    let found = of(&input);
    assert_eq!((found.cumulative_return, found.end_weights.as_slice()), (-1.0, [1.0].as_slice()));
    assert_eq!(found.excess.unwrap().geometric_cumulative, None);
}

#[test]
fn bad_input_is_refused_at_its_place() {
    let good = || blended(BenchmarkRebalancing::Never, &DAYS[..2], vec![component("a", 1.0, &[0.1, 0.0])]);
    let mut short = good();
    short.components[0].returns.pop();
    let mut light = good();
    light.components[0].weight = 0.9;
    let mut lost = good();
    lost.components[0].returns[1] = -1.5;
    let mut back = good();
    back.dates.reverse();
    let mut other = good();
    other.portfolio = vec![0.0, 0.0];
    other.portfolio_dates = vec![other.dates[0], "2026-01-02".parse().unwrap()];
    let mut alone = good();
    alone.portfolio_dates = alone.dates.clone();
    for (input, code, path) in [
        (short, ErrorCode::ListLengthMismatch, "components[0].returns"),
        (light, ErrorCode::WeightsSumNotOne, "components"),
        (lost, ErrorCode::RateOutOfRange, "components[0].returns[1]"),
        (back, ErrorCode::DatesOutOfOrder, "dates[1]"),
        (other, ErrorCode::DatesMismatch, "portfolioDates[1]"),
        (alone, ErrorCode::FieldMissing, "portfolio"),
    ] {
        let error = blended_benchmark(&input, &Control::default()).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path), "{error}");
    }
}

proptest! {
    #[test]
    fn the_returns_link_to_the_whole_and_the_order_of_components_changes_nothing(
        columns in prop::collection::vec((1_u32..100, prop::collection::vec(-0.3..0.4_f64, 4)), 1..6),
        rebalancing in prop::sample::select(vec![
            BenchmarkRebalancing::EveryPeriod, BenchmarkRebalancing::Annually, BenchmarkRebalancing::Never,
        ]),
    ) {
        let total: u32 = columns.iter().map(|(weight, _)| weight).sum();
        let components: Vec<BenchmarkComponent> = columns
            .iter()
            .enumerate()
            .map(|(place, (weight, returns))| {
                component(&place.to_string(), f64::from(*weight) / f64::from(total), returns)
            })
            .collect();
        let plain = of(&blended(rebalancing, &DAYS, components.clone()));
        let linked: f64 = plain.returns.iter().map(|one| 1.0 + one).product();
        prop_assert!(near(linked - 1.0, plain.cumulative_return));
        prop_assert!(near(plain.end_weights.iter().sum(), 1.0));
        let turned = of(&blended(rebalancing, &DAYS, components.into_iter().rev().collect()));
        prop_assert!(near(plain.cumulative_return, turned.cumulative_return));
    }
}
