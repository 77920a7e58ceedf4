//! Cases and properties of a private fund beside an index.

use proptest::prelude::*;
use wherewithal_base::{ErrorCode, control::Control, dates::Date, num::Decimal};

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn flow(date: &str, amount: &str) -> PerformanceFlow {
    PerformanceFlow { date: day(date), amount: amount.parse().unwrap() }
}

fn level(date: &str, level: f64) -> IndexLevel {
    IndexLevel { date: day(date), level }
}

fn fund(flows: Vec<PerformanceFlow>, left: &str, index: Vec<IndexLevel>) -> PublicMarketEquivalentInput {
    PublicMarketEquivalentInput {
        flows,
        as_of: index.last().map_or(day("2026-01-01"), |level| level.date),
        net_asset_value: left.parse().unwrap(),
        commitment: None,
        index,
        missing_level: MissingLevel::default(),
    }
}

fn of(input: &PublicMarketEquivalentInput) -> PublicMarketEquivalent {
    public_market_equivalent(input, &Control::default()).unwrap()
}

fn near(found: Measure, expected: f64) {
    let value = found.value.unwrap();
    assert!((value - expected).abs() <= 1e-12 * (1.0 + expected.abs()), "{value} for {expected}");
}

#[test]
fn a_fund_in_step_with_its_index_has_no_alpha() {
    let index = vec![level("2022-01-01", 100.0), level("2023-01-01", 80.0), level("2024-01-01", 120.0)];
    let flows = vec![flow("2022-01-01", "100"), flow("2023-01-01", "-40")];
    // 100 × 0.8 - 40 = 40, and 40 × 1.5 = 60.
    let found = of(&fund(flows, "60", index));
    near(found.kaplan_schoar, 1.0);
    near(found.direct_alpha, 0.0);
    near(found.long_nickels.index_value, 60.0);
    near(found.long_nickels.excess_rate, 0.0);
    near(found.pme_plus.factor, 1.0);
    near(found.pme_plus.excess_rate, 0.0);
}

#[test]
fn multiples_are_those_of_what_was_paid_in() {
    let index = vec![level("2022-01-01", 100.0), level("2024-01-01", 100.0)];
    let mut input = fund(vec![flow("2022-01-01", "80"), flow("2024-01-01", "-60")], "40", index);
    input.commitment = Some("100".parse().unwrap());
    let found = of(&input);
    near(found.dpi, 0.75);
    near(found.rvpi, 0.5);
    near(found.tvpi, 1.25);
    near(found.pic.unwrap(), 0.8);
    near(found.internal_rate, 1.25_f64.sqrt() - 1.0);
    near(found.direct_alpha, 1.25_f64.sqrt() - 1.0);
}

#[test]
fn an_index_that_could_not_have_paid_has_no_rate() {
    let index = vec![level("2022-01-01", 100.0), level("2023-01-01", 50.0), level("2024-01-01", 100.0)];
    let found = of(&fund(vec![flow("2022-01-01", "100"), flow("2023-01-01", "-90")], "10", index));
    near(found.long_nickels.index_value, -80.0);
    assert_eq!(found.long_nickels.internal_rate.reason, Some(UndefinedReason::NoRate));
    assert!(found.pme_plus.internal_rate.value.is_some());
}

#[test]
fn bad_input_is_refused_at_its_place() {
    let index = || vec![level("2022-01-01", 100.0), level("2024-01-01", 100.0)];
    let good = || vec![flow("2022-01-01", "80")];
    let gap = fund(vec![flow("2023-01-01", "80")], "1", index());
    let late = fund(vec![flow("2024-01-02", "80")], "1", index());
    let below = fund(good(), "-1", index());
    let zero = fund(good(), "1", vec![level("2022-01-01", 0.0), level("2024-01-01", 1.0)]);
    let back = fund(good(), "1", vec![level("2024-01-01", 1.0), level("2022-01-01", 1.0)]);
    for (input, code, path) in [
        (fund(vec![], "1", index()), ErrorCode::ListEmpty, "flows"),
        (gap, ErrorCode::ListIncomplete, "flows[0].date"),
        (late, ErrorCode::DateOutOfRange, "flows[0].date"),
        (below, ErrorCode::AmountOutOfRange, "netAssetValue"),
        (zero, ErrorCode::NumberOutOfRange, "index[0].level"),
        (back, ErrorCode::DatesOutOfOrder, "index[1].date"),
    ] {
        let error = public_market_equivalent(&input, &Control::default()).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path), "{error}");
    }
    let mut filled = fund(vec![flow("2023-01-01", "80")], "100", index());
    filled.missing_level = MissingLevel::LastBefore;
    near(of(&filled).kaplan_schoar, 1.25);
}

/// Yearly levels, and cents that are paid in and distributed after the first year.
fn funds() -> impl Strategy<Value = PublicMarketEquivalentInput> {
    let years = prop::collection::vec((50.0..200.0_f64, 0_i64..50_000, 0_i64..30_000), 2..10);
    (years, 1_i64..100_000, 0_i64..200_000).prop_map(|(years, first, left)| {
        let at = |year: usize| day(&format!("{}-06-30", 2000 + year));
        let cents = |amount| Decimal::new(amount, 2).unwrap();
        let mut flows = vec![PerformanceFlow { date: at(0), amount: cents(first) }];
        let mut index = Vec::new();
        for (year, (level, paid, given)) in years.iter().enumerate() {
            index.push(IndexLevel { date: at(year), level: *level });
            if year > 0 && year + 1 < years.len() {
                flows.push(PerformanceFlow { date: at(year), amount: cents(*paid) });
                flows.push(PerformanceFlow { date: at(year), amount: cents(-given) });
            }
        }
        PublicMarketEquivalentInput {
            flows,
            as_of: at(years.len() - 1),
            net_asset_value: cents(left),
            commitment: None,
            index,
            missing_level: MissingLevel::default(),
        }
    })
}

proptest! {
    #[test]
    fn the_unit_of_money_and_of_the_index_change_nothing(input in funds(), factor in 0.01..100.0_f64) {
        let mut other = input.clone();
        for flow in &mut other.flows {
            flow.amount = flow.amount.times(Decimal::from(1000_u32)).unwrap();
        }
        other.net_asset_value = other.net_asset_value.times(Decimal::from(1000_u32)).unwrap();
        for level in &mut other.index {
            level.level *= factor;
        }
        let (plain, other) = (of(&input), of(&other));
        for (one, two) in [
            (plain.kaplan_schoar, other.kaplan_schoar),
            (plain.direct_alpha, other.direct_alpha),
            (plain.tvpi, other.tvpi),
            (plain.pme_plus.factor, other.pme_plus.factor),
        ] {
            match (one.value, two.value) {
                (Some(one), Some(two)) => prop_assert!((one - two).abs() <= 1e-9 * (1.0 + one.abs()), "{one} {two}"),
                _ => prop_assert_eq!(one.reason, two.reason),
            }
        }
    }

    #[test]
    fn the_ratio_is_above_one_where_the_alpha_is_above_zero(input in funds()) {
        let found = of(&input);
        if let (Some(ratio), Some(alpha)) = (found.kaplan_schoar.value, found.direct_alpha.value) {
            prop_assert!((ratio - 1.0) * alpha >= -1e-9, "{ratio} {alpha}");
        }
    }
}
