//! Cases and properties of the returns of a portfolio.

use proptest::prelude::*;
use wherewithal_base::{ErrorCode, control::Control, dates::Date, num::Decimal};
use wherewithal_risk::UndefinedReason;

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn money(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn value(date: &str, amount: &str) -> PerformanceValue {
    PerformanceValue { date: day(date), value: money(amount), before_flows: false }
}

fn before(date: &str, amount: &str) -> PerformanceValue {
    PerformanceValue { before_flows: true, ..value(date, amount) }
}

fn flow(date: &str, amount: &str) -> PerformanceFlow {
    PerformanceFlow { date: day(date), amount: money(amount) }
}

fn of(input: &PerformanceInput) -> Performance {
    performance(input, &Control::default()).unwrap()
}

fn near(found: Measure, expected: f64) {
    let value = found.value.unwrap();
    assert!((value - expected).abs() <= 1e-12 * (1.0 + expected.abs()), "{value} for {expected}");
}

#[test]
fn the_day_policy_decides_a_large_flow_on_a_small_base() {
    let mut input = PerformanceInput::new(
        vec![value("2026-03-02", "50"), value("2026-03-03", "9990")],
        vec![flow("2026-03-03", "9950")],
    );
    for (policy, expected) in [
        (FlowDayPolicy::InflowsAtStart, -0.001),
        (FlowDayPolicy::StartOfDay, -0.001),
        (FlowDayPolicy::MiddleOfDay, -10.0 / 5025.0),
        (FlowDayPolicy::EndOfDay, -0.2),
    ] {
        input.day_policy = policy;
        let found = of(&input);
        near(found.time_weighted_return, expected);
        let period = found.periods[0];
        near(period.return_at_start_of_day.unwrap(), -0.001);
        near(period.return_at_end_of_day.unwrap(), -0.2);
        assert!(matches!(found.warnings[..], [PerformanceWarning::LargeFlow { .. }]));
    }
}

#[test]
fn an_account_that_opens_later_is_a_contribution() {
    let values = vec![value("2025-12-31", "100"), before("2026-07-01", "110"), value("2026-12-31", "1021")];
    let found = of(&PerformanceInput::new(values, vec![flow("2026-07-01", "900")]));
    near(found.time_weighted_return, 1.1 * (1021.0 / 1010.0) - 1.0);
}

#[test]
fn a_day_without_capital_is_left_out_and_named() {
    let values = vec![value("2026-03-02", "0"), value("2026-03-03", "0"), value("2026-03-04", "10100")];
    let found = of(&PerformanceInput::new(values, vec![flow("2026-03-04", "10000")]));
    near(found.time_weighted_return, 0.01);
    let [PerformanceWarning::NoCapital { end, .. }, ..] = found.warnings[..] else { panic!() };
    assert_eq!(end, day("2026-03-03"));
    assert_eq!(found.periods[0].r#return.reason, Some(UndefinedReason::NoCapital));
}

#[test]
fn money_that_is_lost_entirely_has_no_rate() {
    let found =
        of(&PerformanceInput::new(vec![value("2025-01-01", "1000"), value("2026-01-01", "0")], vec![]));
    near(found.time_weighted_return, -1.0);
    near(found.time_weighted_annual_return.unwrap(), -1.0);
    assert_eq!(found.money_weighted.period_return.reason, Some(UndefinedReason::TotalLoss));
    assert_eq!(found.money_weighted.annual_return.unwrap().reason, Some(UndefinedReason::TotalLoss));
    assert!(found.money_weighted.roots.is_empty());
}

#[test]
fn several_rates_are_all_told_and_none_is_chosen() {
    let values = vec![value("2025-01-01", "100"), value("2027-01-01", "0")];
    let flows = vec![flow("2026-01-01", "-230"), flow("2027-01-01", "132")];
    let found = of(&PerformanceInput::new(values, flows)).money_weighted;
    assert_eq!(found.annual_return.unwrap().reason, Some(UndefinedReason::SeveralRates));
    let rates: Vec<f64> = found.roots.iter().filter_map(|root| root.annual_return.value).collect();
    assert_eq!(rates.len(), 2);
    assert!((rates[0] - 0.1).abs() < 1e-12 && (rates[1] - 0.2).abs() < 1e-12, "{rates:?}");
}

#[test]
fn without_capital_at_risk_there_is_no_return() {
    let values = vec![value("2026-01-01", "0"), value("2026-01-31", "1000")];
    let mut input = PerformanceInput::new(values, vec![flow("2026-01-31", "1000")]);
    input.day_policy = FlowDayPolicy::EndOfDay;
    let found = of(&input);
    for undefined in [found.modified_dietz_return, found.time_weighted_return] {
        assert_eq!((undefined.value, undefined.reason), (None, Some(UndefinedReason::NoCapital)));
    }
    assert_eq!(found.gain, Decimal::ZERO);
}

#[test]
fn percent_up_and_money_down_are_told_together() {
    let values =
        vec![value("2025-01-01", "1000"), before("2025-07-02", "1100"), value("2026-01-01", "10450")];
    let found = of(&PerformanceInput::new(values, vec![flow("2025-07-02", "9900")]));
    assert_eq!(found.gain, money("-450"));
    near(found.time_weighted_return, 0.045);
    near(found.simple_return, -450.0 / 10_900.0);
    let rate = found.money_weighted.annual_return.unwrap().value.unwrap();
    assert_eq!((rate * 1e4).round() / 1e4, -0.0743);
    assert!(found.signs_differ);
    let gains: Vec<Decimal> = found.periods.iter().map(|period| period.gain).collect();
    assert_eq!(gains, [money("100"), money("-550")]);
}

#[test]
fn a_return_of_less_than_a_year_is_stated_for_one_only_on_demand() {
    let values = vec![value("2026-01-01", "100"), value("2026-07-01", "110")];
    let mut input = PerformanceInput::new(values, vec![]);
    let under = Some(UndefinedReason::UnderOneYear);
    assert_eq!(of(&input).time_weighted_annual_return.unwrap().reason, under);
    assert_eq!(of(&input).money_weighted.annual_return.unwrap().reason, under);
    input.annualization = Annualization::Always;
    let expected = wherewithal_math::pow(1.1, 365.0 / 181.0) - 1.0;
    near(of(&input).time_weighted_annual_return.unwrap(), expected);
    near(of(&input).money_weighted.annual_return.unwrap(), expected);
    near(of(&input).money_weighted.period_return, 0.1);
    input.annualization = Annualization::Never;
    assert_eq!(of(&input).time_weighted_annual_return, None);
    assert_eq!(of(&input).money_weighted.annual_return, None);
}

#[test]
fn a_loss_of_all_is_exactly_all() {
    let values = vec![value("2023-02-20", "5"), before("2023-05-15", "1.85"), value("2025-08-07", "0")];
    assert_eq!(of(&PerformanceInput::new(values, vec![])).time_weighted_return.value, Some(-1.0));
}

#[test]
fn a_jump_without_a_flow_is_named_with_its_day_and_size() {
    let values = vec![value("2026-01-01", "100"), value("2026-01-02", "1000"), value("2026-01-03", "1001")];
    let found = of(&PerformanceInput::new(values, vec![]));
    let [PerformanceWarning::Jump { end, gain, r#return, .. }] = found.warnings[..] else { panic!() };
    assert_eq!((end, gain, r#return), (day("2026-01-02"), money("900"), 9.0));
}

#[test]
fn the_return_of_a_few_days_needs_no_rate_a_year() {
    for (end, expected) in [("90", -0.1), ("300", 2.0), ("0.01", -0.9999)] {
        let found =
            of(&PerformanceInput::new(vec![value("2026-01-01", "100"), value("2026-01-02", end)], vec![]));
        near(found.money_weighted.period_return, expected);
        near(found.time_weighted_return, expected);
    }
}

#[test]
fn more_lost_than_there_was_has_no_linked_return() {
    let values = vec![value("2026-01-01", "100"), value("2026-01-02", "-50"), value("2026-01-03", "10")];
    let found = of(&PerformanceInput::new(values, vec![]));
    assert_eq!(found.time_weighted_return.reason, Some(UndefinedReason::TotalLoss));
    assert_eq!(found.gain, money("-90"));
}

#[test]
fn bad_input_is_refused_at_its_place() {
    let values = || vec![value("2026-01-01", "100"), value("2026-01-02", "101")];
    let mut jump = PerformanceInput::new(values(), vec![]);
    jump.jump = 0.0;
    let mut price = PerformanceInput::new(values(), vec![]);
    price.gain_sources =
        vec![GainSource { date: day("2026-01-02"), kind: GainPartKind::Price, amount: money("1") }];
    let mut early = price.clone();
    early.gain_sources[0] =
        GainSource { date: day("2026-01-01"), kind: GainPartKind::Fees, amount: money("1") };
    let one = PerformanceInput::new(vec![value("2026-01-01", "1")], vec![]);
    let with =
        |values: Vec<PerformanceValue>, flows: Vec<PerformanceFlow>| PerformanceInput::new(values, flows);
    let twice = with(vec![value("2026-01-01", "1"), before("2026-01-01", "1")], vec![]);
    let back = with(vec![value("2026-01-02", "1"), value("2026-01-01", "1")], vec![]);
    let first = with(values(), vec![flow("2026-01-01", "1")]);
    let late = with(values(), vec![flow("2026-01-03", "1")]);
    let at_last = vec![value("2026-01-01", "1"), before("2026-01-02", "1")];
    let after_last = with(at_last, vec![flow("2026-01-02", "1")]);
    for (input, code, path) in [
        (one, ErrorCode::ListTooShort, "values"),
        (twice, ErrorCode::ListDuplicate, "values[1].date"),
        (back, ErrorCode::DatesOutOfOrder, "values[1].date"),
        (first, ErrorCode::DateOutOfRange, "flows[0].date"),
        (late, ErrorCode::DateOutOfRange, "flows[0].date"),
        (after_last, ErrorCode::DateOutOfRange, "flows[0].date"),
        (jump, ErrorCode::RateOutOfRange, "jump"),
        (price, ErrorCode::FieldConflict, "gainSources[0].kind"),
        (early, ErrorCode::DateOutOfRange, "gainSources[0].date"),
    ] {
        let error = performance(&input, &Control::default()).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path), "{error}");
    }
}

/// Cents that are put in or taken out, with the days after the first value.
type Moves = Vec<(u32, i64)>;

/// Values of a portfolio that never falls to nothing, by days and cents, and flows that are small beside them.
fn histories() -> impl Strategy<Value = (Vec<(u32, i64, bool)>, Moves)> {
    let values = prop::collection::btree_map(1..900_u32, (500_000..2_000_000_i64, any::<bool>()), 1..12);
    let flows = prop::collection::vec((1..900_u32, -20_000..20_000_i64), 0..12);
    (values, flows).prop_map(|(values, flows)| {
        let values: Vec<(u32, i64, bool)> =
            values.into_iter().map(|(day, (cents, before))| (day, cents, before)).collect();
        let last = values.last().map_or(0, |(day, ..)| *day);
        let flows = flows.into_iter().filter(|(day, _)| *day < last).collect();
        (values, flows)
    })
}

fn input((values, flows): &(Vec<(u32, i64, bool)>, Moves)) -> PerformanceInput {
    let at = |days: u32| day("2024-01-15").add_days(i32::try_from(days).unwrap()).unwrap();
    let cents = |amount: i64| Decimal::new(amount, 2).unwrap();
    let first = PerformanceValue { date: at(0), value: cents(1_000_000), before_flows: false };
    let later = values.iter().map(|(days, value, before_flows)| PerformanceValue {
        date: at(*days),
        value: cents(*value),
        before_flows: *before_flows,
    });
    let flows =
        flows.iter().map(|(days, amount)| PerformanceFlow { date: at(*days), amount: cents(*amount) });
    PerformanceInput::new([first].into_iter().chain(later).collect(), flows.collect())
}

fn alike(one: Measure, other: Measure) -> bool {
    match (one.value, other.value) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-11 * (1.0 + one.abs()),
        _ => one.reason == other.reason,
    }
}

proptest! {
    #[test]
    fn the_returns_of_the_periods_link_to_the_whole(history in histories()) {
        let found = of(&input(&history));
        let growth: f64 = found.periods.iter().map(|period| 1.0 + period.r#return.value.unwrap()).product();
        prop_assert!(alike(found.time_weighted_return, Measure::of(growth - 1.0)));
        let gains = Decimal::sum(found.periods.iter().map(|period| period.gain)).unwrap();
        prop_assert_eq!(gains, found.gain);
    }

    #[test]
    fn what_was_moved_balances_at_the_money_weighted_rate(history in histories()) {
        let found = of(&input(&history));
        for root in &found.money_weighted.roots {
            prop_assert!(root.residual.abs() <= 1e-6, "{:?}", root);
        }
        prop_assert!(!found.money_weighted.roots.is_empty());
    }

    #[test]
    fn the_unit_of_money_changes_no_return(history in histories(), power in 1..4_u32) {
        let plain = input(&history);
        let mut scaled = plain.clone();
        let factor = Decimal::from(10_u32.pow(power));
        for value in &mut scaled.values {
            value.value = value.value.times(factor).unwrap();
        }
        for flow in &mut scaled.flows {
            flow.amount = flow.amount.times(factor).unwrap();
        }
        let (plain, scaled) = (of(&plain), of(&scaled));
        prop_assert!(alike(plain.time_weighted_return, scaled.time_weighted_return));
        prop_assert!(alike(plain.modified_dietz_return, scaled.modified_dietz_return));
        prop_assert!(alike(plain.simple_return, scaled.simple_return));
        prop_assert!(alike(plain.money_weighted.period_return, scaled.money_weighted.period_return));
    }

    #[test]
    fn the_order_and_the_division_of_flows_change_nothing(history in histories()) {
        let plain = input(&history);
        let mut other = plain.clone();
        other.flows.reverse();
        let cent = Decimal::new(1, 2).unwrap();
        let divided: Vec<PerformanceFlow> = other
            .flows
            .iter()
            .flat_map(|flow| {
                // In parts of the same sign, because what is put in and what is taken out may count at different times.
                let part = if flow.amount.is_negative() { cent.negated() } else { cent };
                let rest = flow.amount.minus(part).unwrap();
                [PerformanceFlow { amount: part, ..*flow }, PerformanceFlow { amount: rest, ..*flow }]
            })
            .filter(|flow| !flow.amount.is_zero())
            .collect();
        other.flows = divided;
        let (plain, other) = (of(&plain), of(&other));
        prop_assert_eq!(plain.gain, other.gain);
        prop_assert!(alike(plain.time_weighted_return, other.time_weighted_return));
        prop_assert!(alike(plain.money_weighted.period_return, other.money_weighted.period_return));
    }

    #[test]
    fn the_parts_of_a_gain_add_up_to_it(
        history in histories(),
        sources in prop::collection::vec((1_usize..6, -50_000..50_000_i64), 0..8),
    ) {
        let mut input = input(&history);
        let date = input.values.last().unwrap().date.add_days(-1).unwrap().max(input.values[0].date.add_days(1).unwrap());
        prop_assume!(!input.values.last().unwrap().before_flows || date < input.values.last().unwrap().date);
        input.gain_sources = sources
            .iter()
            .map(|(kind, cents)| GainSource {
                date,
                kind: GainPartKind::ALL[*kind],
                amount: Decimal::new(*cents, 2).unwrap(),
            })
            .collect();
        let found = of(&input);
        let sum = Decimal::sum(found.gain_parts.iter().map(|part| part.amount)).unwrap();
        prop_assert_eq!(sum, found.gain);
        let shares: f64 = found.gain_parts.iter().map(|part| part.contribution.value.unwrap()).sum();
        prop_assert!(alike(found.modified_dietz_return, Measure::of(shares)));
    }
}
