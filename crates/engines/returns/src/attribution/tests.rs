//! Cases and properties of the attribution of a return.

use proptest::prelude::*;
use wherewithal_base::{ErrorCode, control::Control};

use super::*;

fn segment(name: &str, [own_weight, own_return, weight, r#return]: [f64; 4]) -> AttributionSegment {
    AttributionSegment {
        name: name.to_owned(),
        portfolio_weight: own_weight,
        portfolio_return: Some(own_return),
        benchmark_weight: weight,
        benchmark_return: Some(r#return),
    }
}

fn input(periods: Vec<Vec<AttributionSegment>>) -> ReturnAttributionInput {
    ReturnAttributionInput {
        periods: periods.into_iter().map(|segments| AttributionPeriod { segments }).collect(),
        model: AttributionModel::default(),
        interaction: InteractionTreatment::default(),
        linking: EffectLinking::default(),
    }
}

fn of(input: &ReturnAttributionInput) -> ReturnAttribution {
    attribution(input, &Control::default()).unwrap()
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * (1.0 + expected.abs())
}

const LINKINGS: [EffectLinking; 3] =
    [EffectLinking::Carino, EffectLinking::Menchero, EffectLinking::Frongello];

#[test]
fn both_models_share_the_whole_and_differ_by_segment() {
    let mut input =
        input(vec![vec![segment("shares", [0.7, 0.1, 0.6, 0.08]), segment("bonds", [0.3, 0.02, 0.4, 0.03])]]);
    let fachler = of(&input);
    input.model = AttributionModel::BrinsonHoodBeebower;
    let beebower = of(&input);
    // By hand: the benchmark returns 0.06; 0.1 × (0.08 - 0.06), and 0.1 × 0.08.
    assert!(near(fachler.segments[0].effects.allocation, 0.002));
    assert!(near(beebower.segments[0].effects.allocation, 0.008));
    for found in [fachler, beebower] {
        assert!(near(found.total.allocation, 0.005));
        assert!(near(found.total.selection, 0.6 * 0.02 - 0.4 * 0.01));
        assert!(near(found.total.interaction, 0.1 * 0.02 + 0.1 * 0.01));
        assert!(near(found.total.total, found.excess_return));
    }
}

#[test]
fn what_one_side_does_not_hold_is_allocation_alone() {
    let mut only_own = segment("gold", [0.2, 0.3, 0.0, 0.0]);
    only_own.benchmark_return = None;
    let mut only_others = segment("land", [0.0, 0.0, 0.1, 0.05]);
    only_others.portfolio_return = None;
    let found = of(&input(vec![vec![only_own, only_others, segment("rest", [0.8, 0.04, 0.9, 0.04])]]));
    for place in [0, 1] {
        let effects = found.segments[place].effects;
        assert_eq!((effects.selection, effects.interaction), (0.0, 0.0));
    }
    assert!(near(found.total.total, found.excess_return));
}

#[test]
fn bad_input_is_refused_at_its_place() {
    let good = || vec![segment("a", [0.5, 0.1, 0.4, 0.1]), segment("b", [0.5, 0.1, 0.6, 0.1])];
    let mut weights = good();
    weights[0].portfolio_weight = 0.6;
    let mut twice = good();
    twice[1].name = "a".to_owned();
    let mut missing = good();
    missing[1].benchmark_return = None;
    let lost = vec![segment("a", [1.0, -1.0, 1.0, 0.1])];
    for (segments, code, path) in [
        (vec![], ErrorCode::ListEmpty, "periods[1].segments"),
        (weights, ErrorCode::WeightsSumNotOne, "periods[1].segments"),
        (twice, ErrorCode::ListDuplicate, "periods[1].segments[1].name"),
        (missing, ErrorCode::FieldMissing, "periods[1].segments[1].benchmarkReturn"),
        (lost, ErrorCode::RateOutOfRange, "periods[1]"),
    ] {
        let error = attribution(&input(vec![good(), segments]), &Control::default()).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path), "{error}");
    }
}

#[test]
fn a_total_loss_can_be_linked_in_the_order_of_time() {
    let mut input =
        input(vec![vec![segment("a", [1.0, -1.0, 1.0, 0.1])], vec![segment("a", [1.0, 0.5, 1.0, 0.2])]]);
    input.linking = EffectLinking::Frongello;
    let found = of(&input);
    assert_eq!(found.portfolio_return, -1.0);
    assert!(found.residual.abs() < 1e-15, "{}", found.residual);
}

/// Periods with the weights and returns of up to five segments.
fn periods() -> impl Strategy<Value = Vec<Vec<AttributionSegment>>> {
    let numbers = (0.05..1.0_f64, -0.3..0.4_f64, 0.05..1.0_f64, -0.3..0.4_f64);
    let period = prop::collection::vec(numbers, 1..6).prop_map(|numbers| {
        let (own, others): (f64, f64) = numbers.iter().fold((0.0, 0.0), |(a, b), one| (a + one.0, b + one.2));
        let segments = numbers.iter().enumerate();
        segments
            .map(|(place, one)| segment(&format!("s{place}"), [one.0 / own, one.1, one.2 / others, one.3]))
            .collect()
    });
    prop::collection::vec(period, 1..8)
}

proptest! {
    #[test]
    fn effects_add_up_to_the_excess_return(periods in periods(), folded in any::<bool>(), hood in any::<bool>()) {
        let mut input = input(periods);
        if folded {
            input.interaction = InteractionTreatment::InSelection;
        }
        if hood {
            input.model = AttributionModel::BrinsonHoodBeebower;
        }
        for linking in LINKINGS {
            input.linking = linking;
            let found = of(&input);
            prop_assert!(found.residual.abs() <= 1e-12, "{:?}", found);
            let segments: f64 = found.segments.iter().map(|segment| segment.effects.total).sum();
            prop_assert!(near(segments, found.excess_return));
            for period in &found.periods {
                prop_assert!(near(period.total.total, period.excess_return));
            }
        }
    }

    #[test]
    fn the_order_of_segments_permutes_the_answer(periods in periods()) {
        let plain = of(&input(periods.clone()));
        let turned = of(&input(periods.into_iter().map(|mut segments| { segments.reverse(); segments }).collect()));
        for segment in &plain.segments {
            let other = turned.segments.iter().find(|other| other.name == segment.name).unwrap();
            prop_assert!(near(segment.effects.total, other.effects.total));
        }
    }

    #[test]
    fn of_one_period_all_ways_to_link_are_its_effects(periods in periods()) {
        let mut input = input(periods.into_iter().take(1).collect());
        for linking in LINKINGS.into_iter().chain([EffectLinking::Sum]) {
            input.linking = linking;
            let found = of(&input);
            prop_assert!(near(found.total.allocation, found.periods[0].total.allocation));
            prop_assert!(near(found.total.selection, found.periods[0].total.selection));
        }
    }
}
