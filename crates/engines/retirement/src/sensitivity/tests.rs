use serde_json::{Value, json};

use crate::*;
use wherewithal_base::{ErrorCode, control::Control};
use wherewithal_reference::history::{HistoryInput, history};

fn plan() -> Value {
    json!({
        "firstYear": 2026,
        "people": [{"name": "Ana", "birthYear": 1961, "retirementAge": 65, "mortality": {"kind": "fixedAge", "age": 92}}],
        "accounts": [{"name": "Roth", "balance": 750_000, "treatment": {"kind": "roth"}}],
        "allocation": {"kind": "fixed", "weights": [1]},
        "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": 32_000}}},
        "market": {"kind": "lognormal", "assetClasses": [
            {"name": "portfolio", "expectedReturn": 0.06, "volatility": 0.12}],
            "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
        "paths": 300, "seed": 7, "percentiles": [50]})
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn text<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn bars_are_sorted_by_their_swing() {
    for (measure, key) in [("successProbability", "successSwing"), ("medianTerminalReal", "medianSwing")] {
        let question = json!({"plan": plan(), "sortBy": measure});
        let result = tornado(&read(&question), &Control::default()).unwrap();
        let bars = serde_json::to_value(&result.bars).unwrap();
        let swings: Vec<f64> =
            bars.as_array().unwrap().iter().map(|bar| bar[key].as_f64().unwrap()).collect();
        assert!(swings.is_sorted_by(|left, right| left >= right), "{swings:?}");
        assert!(swings[0] > 0.0);
        assert_eq!(result.left_out, [VariedAssumption::Savings, VariedAssumption::SocialSecurity]);
        assert_eq!(result.bars.len(), 7);
    }
}

#[test]
fn a_tornado_without_a_swing_stands_still() {
    let question = json!({"plan": plan(), "assumptions": [
        {"assumption": "expectedReturn", "low": 0, "high": 0}, {"assumption": "longevity", "low": 0, "high": 0}]});
    let result = tornado(&read(&question), &Control::default()).unwrap();
    for bar in &result.bars {
        assert_eq!((bar.success_swing, bar.median_swing), (0.0, 0.0));
        assert_eq!((bar.low.difference.gained_paths, bar.low.difference.lost_paths), (0, 0));
        assert_eq!(text(&bar.high.outcome), text(&result.base));
    }
}

#[test]
fn more_return_is_better_and_more_spending_worse() {
    let question = json!({"plan": plan(), "assumptions": [
        {"assumption": "expectedReturn", "low": -0.01, "high": 0.01}, {"assumption": "spending", "low": -0.1, "high": 0.1},
        {"assumption": "inflation", "low": -0.01, "high": 0.01}]});
    let result = tornado(&read(&question), &Control::default()).unwrap();
    for bar in &result.bars {
        let (low, high) = (&bar.low.difference, &bar.high.difference);
        if bar.assumption == VariedAssumption::ExpectedReturn {
            assert_eq!((low.gained_paths, high.lost_paths), (0, 0));
            assert!(high.median_terminal_real > low.median_terminal_real);
        } else {
            assert_eq!((low.lost_paths, high.gained_paths), (0, 0));
            assert!(high.median_terminal_real < low.median_terminal_real);
        }
    }
}

#[test]
fn the_centre_of_a_grid_is_the_plan() {
    let question = json!({"plan": plan(), "rows": {"assumption": "expectedReturn", "values": [-0.01, 0, 0.01]},
                          "columns": {"assumption": "retirementAge", "values": [-2, 0]}});
    let result = sensitivity_grid(&read(&question), &Control::default()).unwrap();
    let places: Vec<(f64, f64)> = result.cells.iter().map(|cell| (cell.row, cell.column)).collect();
    assert_eq!(places, [(-0.01, -2.0), (-0.01, 0.0), (0.0, -2.0), (0.0, 0.0), (0.01, -2.0), (0.01, 0.0)]);
    assert_eq!(text(&result.cells[3].outcome), text(&result.base));
}

#[test]
fn bad_axes_are_refused() {
    let error = |rows: Value| {
        let question =
            json!({"plan": plan(), "rows": rows, "columns": {"assumption": "spending", "values": [0]}});
        let error = sensitivity_grid(&read(&question), &Control::default()).unwrap_err();
        (error.code(), error.path().to_owned())
    };
    assert_eq!(
        error(json!({"assumption": "spending", "values": [0]})),
        (ErrorCode::FieldConflict, "columns.assumption".into())
    );
    assert_eq!(
        error(json!({"assumption": "inflation", "values": [0, 0]})),
        (ErrorCode::ListOutOfOrder, "rows.values[1]".into())
    );
    assert_eq!(
        error(json!({"assumption": "inflation", "values": []})),
        (ErrorCode::ListEmpty, "rows.values".into())
    );
    assert_eq!(
        error(json!({"assumption": "longevity", "values": [0.5]})),
        (ErrorCode::TermOutOfRange, "rows.values[0]".into())
    );
    assert_eq!(
        error(json!({"assumption": "inflation", "values": [3]})),
        (ErrorCode::RateOutOfRange, "rows.values[0]".into())
    );
}

fn stress(plan: &Value, tests: Value) -> StressTestsResult {
    let question = json!({"plan": plan, "historicalClasses": ["largeStocks"], "tests": tests});
    stress_tests(&read(&question), &Control::default()).unwrap()
}

#[test]
fn a_stress_test_is_the_plan_with_those_years_first() {
    // S&P 500 with dividends and the consumer price index of 1973 and 1974: A. Damodaran, January 2026.
    let mut plan = plan();
    plan["years"] = json!(3);
    plan["market"]["assetClasses"][0]["volatility"] = json!(0);
    plan["market"]["inflation"] = json!({});
    let found = &stress(&plan, json!([{"kind": "oilCrisis"}])).tests[0];
    let all = history(&HistoryInput::default()).unwrap();
    let year =
        |year: usize| (1.0 + all.history.returns[year - 1928][0], 1.0 + all.history.inflation[year - 1928]);
    let ((first, rise), (second, second_rise)) = (year(1973), year(1974));
    let mut balance = (750_000.0 - 32_000.0) * first;
    balance = (balance - 32_000.0 * rise) * second;
    balance = (balance - 32_000.0 * rise * second_rise) * 1.06;
    assert!((found.outcome.median_terminal_nominal - balance).abs() < 1e-6);
    let real = (first * second / rise / second_rise).sqrt() - 1.0;
    assert!((found.real_return - real).abs() < 1e-14);
    assert_eq!((found.first_year, found.last_year, found.plan_year), (1973, 1974, 2026));
}

#[test]
fn bad_years_hurt_and_are_cut_to_the_plan() {
    let result = stress(&plan(), json!([]));
    assert_eq!(result.tests.len(), 6);
    for test in &result.tests {
        assert!(test.outcome.success.probability <= result.base.success.probability, "{test:?}");
        assert!(test.real_return < 0.03, "{test:?}");
    }
    let mut short = plan();
    short["years"] = json!(4);
    let test = &stress(&short, json!([{"kind": "lostDecade"}])).tests[0];
    assert_eq!((test.first_year, test.last_year), (2000, 2003));
    let question = json!({"plan": plan(), "historicalClasses": ["largeStocks"],
                          "tests": [{"kind": "years", "firstYear": 1900, "lastYear": 1905}]});
    let error = stress_tests(&read(&question), &Control::default()).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::YearOutOfRange, "tests[0].firstYear"));
}
