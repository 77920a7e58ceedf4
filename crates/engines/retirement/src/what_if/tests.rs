use serde_json::{Value, json};

use crate::*;
use wherewithal_base::{ErrorCode, control::Control};
use wherewithal_math::powi;

fn plan() -> Value {
    json!({
        "firstYear": 2026,
        "people": [{"name": "Ana", "birthYear": 1963, "retirementAge": 65, "mortality": {"kind": "fixedAge", "age": 92}}],
        "accounts": [
            {"name": "IRA", "balance": 600_000, "treatment": {"kind": "traditional"}},
            {"name": "Roth", "balance": 150_000, "treatment": {"kind": "roth"}}],
        "allocation": {"kind": "fixed", "weights": [0.6, 0.4]},
        "contributions": [{"account": "IRA", "amount": {"kind": "fixed", "annualAmount": 8000}}],
        "incomes": [{"name": "salary", "kind": "salary", "owner": "Ana", "annualAmount": 90_000}],
        "socialSecurity": [{"person": "Ana", "annualBenefit": 20_000, "claimAge": 67}],
        "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": 52_000}}},
        "taxes": {"kind": "rates", "ordinary": 0.15},
        "market": {"kind": "lognormal", "assetClasses": [
            {"name": "shares", "expectedReturn": 0.07, "volatility": 0.16},
            {"name": "bonds", "expectedReturn": 0.04, "volatility": 0.06}],
            "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
        "paths": 400, "seed": 7, "percentiles": [10, 50, 90]})
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn compare(plan: &Value, changes: &Value) -> WhatIfScenarioResult {
    let question = json!({"plan": plan, "scenarios": [{"name": "changed", "changes": changes}]});
    what_if(&read(&question), &Control::default()).unwrap().scenarios.remove(0)
}

#[test]
fn a_change_that_changes_nothing_flips_no_path() {
    let nothing = json!([
        {"kind": "expectedReturn", "shift": 0}, {"kind": "volatility", "relative": 0},
        {"kind": "inflation", "shift": 0}, {"kind": "spending", "relative": 0},
        {"kind": "retirementAge", "years": 0}, {"kind": "longevity", "years": 0},
        {"kind": "savings", "relative": 0}, {"kind": "taxes", "relative": 0},
        {"kind": "socialSecurity", "relative": 0}, {"kind": "claimAge", "person": "Ana", "claimAge": 67},
        {"kind": "allocation", "allocation": {"kind": "fixed", "weights": [0.6, 0.4]}}]);
    let difference = compare(&plan(), &nothing).difference;
    assert_eq!((difference.gained_paths, difference.lost_paths), (0, 0));
    assert_eq!((difference.success_probability, difference.standard_error), (0.0, 0.0));
    assert_eq!((difference.mean_terminal_real, difference.mean_standard_error), (0.0, 0.0));
}

#[test]
fn a_change_is_the_plan_that_says_so() {
    let run = |plan: &Value| crate::run(&read(plan), &Control::default()).unwrap();
    let with = |pointer: &str, value: Value| {
        let mut plan = plan();
        *plan.pointer_mut(pointer).unwrap() = value;
        plan
    };
    let cases = [
        (
            json!({"kind": "spending", "relative": 0.25}),
            with("/spending/policy/rule/annualSpending", json!(65_000)),
        ),
        (
            json!({"kind": "retirementAge", "person": "Ana", "years": 3}),
            with("/people/0/retirementAge", json!(68)),
        ),
        (json!({"kind": "longevity", "years": -4}), with("/people/0/mortality/age", json!(88))),
        (
            json!({"kind": "savings", "relative": 1}),
            with("/contributions/0/amount/annualAmount", json!(16_000)),
        ),
        (json!({"kind": "taxes", "relative": 1}), with("/taxes/ordinary", json!(0.3))),
        (
            json!({"kind": "socialSecurity", "relative": -0.5}),
            with("/socialSecurity/0/annualBenefit", json!(10_000)),
        ),
        (json!({"kind": "volatility", "relative": 1}), {
            let mut plan = with("/market/assetClasses/0/volatility", json!(0.32));
            plan["market"]["assetClasses"][1]["volatility"] = json!(0.12);
            plan
        }),
        // Born in 1963: full retirement age 67, and 8 % for each of the three years after it.
        (json!({"kind": "claimAge", "person": "Ana", "claimAge": 70}), {
            let mut plan = with("/socialSecurity/0/claimAge", json!(70));
            plan["socialSecurity"][0]["annualBenefit"] = json!(24_800);
            plan
        }),
        (
            json!({"kind": "lumpSum", "lumpSum": {"name": "gift", "amount": 50_000, "at": {"kind": "year", "year": 2030}}}),
            {
                let mut plan = plan();
                plan["lumpSums"] =
                    json!([{"name": "gift", "amount": 50_000, "at": {"kind": "year", "year": 2030}}]);
                plan
            },
        ),
    ];
    for (change, plan_that_says_so) in cases {
        let found = compare(&plan(), &json!([change]));
        let said = run(&plan_that_says_so);
        assert_eq!(found.outcome.success.probability, said.success.probability, "{change}");
        let mean = said.terminal_real.mean;
        assert!((found.outcome.mean_terminal_real - mean).abs() <= 1e-6 * mean.abs(), "{change}");
    }
}

#[test]
fn differences_are_those_of_the_outcomes() {
    let question = json!({"plan": plan(), "scenarios": [
        {"name": "less", "changes": [{"kind": "spending", "relative": -0.15}]},
        {"name": "worse", "changes": [{"kind": "expectedReturn", "shift": -0.01}]}]});
    let result = what_if(&read(&question), &Control::default()).unwrap();
    for scenario in &result.scenarios {
        let (outcome, difference) = (&scenario.outcome, &scenario.difference);
        let change = outcome.success.probability - result.base.success.probability;
        assert!((difference.success_probability - change).abs() < 1e-12);
        let change = outcome.mean_terminal_real - result.base.mean_terminal_real;
        assert!((difference.mean_terminal_real - change).abs() < 1e-6 * outcome.mean_terminal_real);
        let unpaired =
            (powi(outcome.success.standard_error, 2) + powi(result.base.success.standard_error, 2)).sqrt();
        assert!(difference.standard_error < unpaired);
    }
    assert_eq!(result.scenarios[0].difference.lost_paths, 0);
    assert_eq!(result.scenarios[1].difference.gained_paths, 0);
}

#[test]
fn what_a_plan_does_not_have_cannot_change() {
    let error = |changes: Value| {
        let question = json!({"plan": plan(), "scenarios": [{"name": "changed", "changes": changes}]});
        let error = what_if(&read(&question), &Control::default()).unwrap_err();
        (error.code(), error.path().to_owned())
    };
    let at = |field: &str| format!("scenarios[0].changes[0].{field}");
    let invalid = ErrorCode::ChangeNotApplicable;
    assert_eq!(
        error(json!([{"kind": "claimAge", "person": "Ben", "claimAge": 70}])),
        (ErrorCode::NameUnknown, at("person"))
    );
    assert_eq!(
        error(json!([{"kind": "retirementAge", "years": 90}])),
        (ErrorCode::AgeOutOfRange, at("years"))
    );
    assert_eq!(
        error(json!([{"kind": "spending", "relative": -2}])),
        (ErrorCode::RateOutOfRange, at("relative"))
    );
    let policy = json!({"rule": {"kind": "amortization", "expectedRealReturn": 0.03}});
    let changes =
        json!([{"kind": "spendingPolicy", "policy": policy}, {"kind": "spending", "relative": 0.1}]);
    assert_eq!(error(changes), (invalid, "scenarios[0].changes[1]".to_owned()));
}

/// The plan has one contribution and no lump sum.
#[test]
fn a_fault_of_a_changed_plan_is_reported_at_its_change() {
    let path = |changes: Value| {
        let question = json!({"plan": plan(), "scenarios": [
            {"name": "unchanged", "changes": []}, {"name": "changed", "changes": changes}]});
        let error = what_if(&read(&question), &Control::default()).unwrap_err();
        assert!(!error.message().is_empty());
        error.path().to_owned()
    };
    let sum = |amount: f64| json!({"kind": "lumpSum", "lumpSum": {"name": "gift", "amount": amount, "at": {"kind": "year", "year": 2030}}});
    let good = |index: usize| {
        let mut change = sum(1000.0);
        change["lumpSum"]["name"] = json!(format!("gift {index}"));
        change
    };
    let at = |index: usize, inside: &str| format!("scenarios[1].changes[{index}].{inside}");
    assert_eq!(path(json!([sum(1e300)])), at(0, "lumpSum.amount"));
    assert_eq!(
        path(json!([good(1), {"kind": "taxes", "relative": 0.1}, good(2), sum(1e300)])),
        at(3, "lumpSum.amount")
    );
    let contribution = |account: &str| json!({"kind": "contribution", "contribution": {"account": account, "amount": {"kind": "fixed", "annualAmount": 1}}});
    assert_eq!(path(json!([contribution("none")])), at(0, "contribution.account"));
    let weights =
        |weights: Value| json!({"kind": "allocation", "allocation": {"kind": "fixed", "weights": weights}});
    let changes = json!([weights(json!([0.5, 0.5])), weights(json!([0.5, 0.4]))]);
    assert!(path(changes).starts_with(&at(1, "allocation.weights")));
}

#[test]
fn a_projection_is_the_plan_in_short() {
    let result = projection(&read(&json!({"plan": plan(), "scenarios": 5})), &Control::default()).unwrap();
    let whole = crate::run(&read(&plan()), &Control::default()).unwrap();
    assert_eq!(result.success.probability, whole.success.probability);
    let percentiles = whole.terminal_real.percentiles.iter().map(|row| row.value);
    let found = [result.worst_case.real, result.median_outcome.real, result.best_case.real];
    assert!(percentiles.eq(found));
    assert_eq!(result.scenarios.len(), 5);
    assert!(result.scenarios.is_sorted_by(|left, right| left.terminal_real <= right.terminal_real));
    for scenario in &result.scenarios {
        let path = json!({"plan": plan(), "path": scenario.path});
        let path = crate::path(&read(&path)).unwrap().summary;
        assert_eq!((path.success, path.terminal_nominal), (scenario.success, scenario.terminal_nominal));
    }
}
