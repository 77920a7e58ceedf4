//! Plans that are settled month by month.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{couple, ledger, run};
use wherewithal_base::control::Control;

/// One person until the end of `years` years with accounts of one kind, living on `spending` a year, on given monthly
/// returns of each class.
fn pensioner(years: usize, accounts: &[(&str, f64)], spending: f64, returns: &[Vec<f64>]) -> Value {
    let accounts: Vec<Value> = accounts
        .iter()
        .map(|(name, balance)| json!({"name": name, "balance": balance, "treatment": {"kind": "roth"}}))
        .collect();
    let classes = returns[0].len();
    let names: Vec<String> = (0..classes).map(|class| format!("class {class}")).collect();
    json!({
        "firstYear": 2026,
        "people": [{"name": "Ana", "birthYear": 1950, "retirementAge": 60,
                    "mortality": {"kind": "fixedAge", "age": 75 + years}}],
        "accounts": accounts,
        "allocation": {"kind": "fixed", "weights": vec![1.0 / classes as f64; classes]},
        "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": spending}}},
        "market": {"kind": "paths", "assetClasses": names, "periodsPerYear": 12, "paths": [{"returns": returns}]},
        "steps": "monthly", "paths": 1})
}

/// A year that falls in its first month and then stands still.
fn fallen(first: &[f64]) -> Vec<Vec<f64>> {
    let mut returns = vec![vec![0.0; first.len()]; 12];
    returns[0] = first.to_vec();
    returns
}

#[test]
fn what_one_account_lacks_in_the_last_year_the_next_one_pays() {
    let accounts = [("P", 12_000.0), ("Q", 1_000_000.0)];
    let result = ledger(&pensioner(1, &accounts, 13_000.0, &fallen(&[-0.1])), 0);
    assert!(result.summary.success && result.summary.shortfall == 0.0);
    // P holds 12,000 - 13,000 / 12 after the first payment and loses a tenth of it; Q pays what P cannot.
    let of_p = 13_000.0 / 12.0 + (12_000.0 - 13_000.0 / 12.0) * 0.9;
    let [p, q] = [&result.rows[0].accounts[0], &result.rows[0].accounts[1]];
    assert!((p.withdrawal - of_p).abs() < 1e-8 && (q.withdrawal - (13_000.0 - of_p)).abs() < 1e-8);
    assert_eq!(p.closing, 0.0);
}

#[test]
fn an_account_pays_while_any_of_its_classes_holds_something() {
    let plan = pensioner(1, &[("P", 12_000.0)], 12_000.0, &fallen(&[-0.1, 0.2]));
    let result = ledger(&plan, 0);
    // Of 11,000 after the first payment, half falls by a tenth and half rises by a fifth.
    assert!(result.summary.success);
    assert!((result.rows[0].closing - (5500.0 * 0.9 + 5500.0 * 1.2 - 11_000.0)).abs() < 1e-8);
    assert_eq!(result.rows[0].shortfall, 0.0);
}

#[test]
fn the_taxes_of_a_path_are_those_of_what_was_really_withdrawn() {
    // One traditional account that a fall empties, so that a Roth account pays the rest without tax.
    let mut plan = pensioner(
        2,
        &[("IRA", 30_000.0), ("Roth", 100_000.0)],
        20_000.0,
        &[fallen(&[-0.5]), fallen(&[0.0])].concat(),
    );
    plan["accounts"][0]["treatment"] = json!({"kind": "traditional"});
    plan["taxes"] = json!({"kind": "rates", "ordinary": 0.2});
    let rows = ledger(&plan, 0).rows;
    // Planned in the first year: 25,000 out of the IRA with 5,000 of tax.
    assert!((rows[0].taxes.total - 5000.0).abs() < 1e-6 && rows[0].tax_settlement == 0.0);
    let settled: f64 = rows.iter().map(|row| row.taxes.total + row.tax_settlement).sum();
    let withdrawn: f64 = rows.iter().map(|row| row.accounts[0].withdrawal).sum();
    assert!((settled - 0.2 * withdrawn).abs() < 1e-6, "{settled} {withdrawn}");
    assert!(rows[1].tax_settlement < 0.0);
}

#[test]
fn a_year_of_equal_returns_is_the_annual_year_with_spending_at_its_value_in_january() {
    // Without taxes, twelve payments at the starts of the months are worth f times their sum at the start of the year, f
    // being the mean of the discount factors: so the monthly plan is the annual one that spends f times as much.
    for growth in [0.8, 0.97, 1.0, 1.03, 1.12] {
        let month = libm::pow(growth, 1.0 / 12.0) - 1.0;
        let mean = (0..12).map(|k| libm::pow(growth, -f64::from(k) / 12.0)).sum::<f64>() / 12.0;
        for spending in [9000.0, 31_000.0, 33_000.0, 38_000.0, 60_000.0, 90_000.0] {
            let accounts = [("P", 150_000.0), ("Q", 350_000.0)];
            let mut plan = pensioner(20, &accounts, spending, &vec![vec![month]; 240]);
            let monthly = ledger(&plan, 0);
            plan["steps"] = json!("annual");
            plan["market"]["periodsPerYear"] = json!(1);
            plan["market"]["paths"] = json!([{"returns": vec![vec![growth - 1.0]; 20]}]);
            plan["spending"]["policy"]["rule"]["annualSpending"] = json!(spending * mean);
            let annual = ledger(&plan, 0);
            assert_eq!(monthly.summary.success, annual.summary.success, "{growth} {spending}");
            assert_eq!(monthly.summary.depletion_year, annual.summary.depletion_year, "{growth} {spending}");
            let (found, expected) = (monthly.summary.terminal_nominal, annual.summary.terminal_nominal);
            assert!(
                (found - expected).abs() <= 1e-9 * (1.0 + expected),
                "{growth} {spending} {found} {expected}"
            );
        }
    }
}

/// Multiplies every amount of money in a plan, found by the names of its fields.
fn scale(value: &mut Value, factor: f64) {
    const AMOUNTS: [&str; 16] = [
        "balance",
        "basis",
        "annualAmount",
        "annualSpending",
        "annualBenefit",
        "annualCost",
        "value",
        "gainExclusion",
        "amount",
        "beforeRetirement",
        "essentialSpending",
        "above",
        "deduction",
        "lower",
        "upper",
        "ordinaryIncome",
    ];
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field.as_f64() {
                    Some(amount) if AMOUNTS.contains(&name.as_str()) => *field = json!(amount * factor),
                    _ => scale(field, factor),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| scale(item, factor)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_year_is_short_only_if_no_account_that_may_pay_has_anything_left(
        balances in prop::array::uniform6(prop_oneof![Just(0.0), 0.0..6e5f64]),
        spending in 20_000.0..150_000.0f64, order in 0..4usize, path in 0..60u64,
    ) {
        let mut value = couple();
        // Of what is deposited after the withdrawals of December, nothing could have been paid.
        value["contributions"] = json!([]);
        for (place, balance) in balances.iter().enumerate() {
            value["accounts"][place]["balance"] = json!(balance);
        }
        value["spending"]["policy"]["rule"]["annualSpending"] = json!(spending);
        value["steps"] = json!("monthly");
        value["withdrawalOrder"] = [
            json!({"kind": "taxableFirst"}), json!({"kind": "proportional"}),
            json!({"kind": "bracketFilling", "ordinaryIncome": 50_000}),
            json!({"kind": "custom", "accounts": ["Roth", "HSA", "401k"]}),
        ][order].clone();
        for row in ledger(&value, path).rows {
            let size = row.spending + row.total_due + row.taxes.total;
            prop_assert!(row.shortfall == 0.0 || row.closing <= 1e-8 * size, "{row:#?}");
        }
    }

    #[test]
    fn the_unit_of_money_changes_no_decision_and_no_ratio(
        exponent in -4..7i32, monthly: bool, spending in 20_000.0..90_000.0f64, rule in 0..3usize,
    ) {
        let mut value = couple();
        // A loan's schedule is rounded to cents, so it depends on the unit.
        value["debts"] = json!([]);
        value["properties"][0].as_object_mut().unwrap().remove("mortgage");
        value["steps"] = json!(if monthly { "monthly" } else { "annual" });
        value["spending"]["policy"]["rule"] = [
            json!({"kind": "constantReal", "annualSpending": spending}),
            json!({"kind": "guytonKlinger", "initialRate": spending / 1e6}),
            json!({"kind": "ratchet", "initialRate": spending / 2e6}),
        ][rule].clone();
        let before = run(&value);
        let factor = libm::pow(10.0, f64::from(exponent));
        scale(&mut value, factor);
        let after = run(&value);
        prop_assert_eq!(before.success.probability, after.success.probability);
        prop_assert_eq!(before.shortfall.share, after.shortfall.share);
        for (before, after) in [
            (&before.terminal_real, &after.terminal_real), (&before.lifetime_spending, &after.lifetime_spending),
        ] {
            // Accounts that are used up may hold dust, which is nothing in another unit.
            let (mean, size) = (after.mean / factor, (before.mean + before.standard_deviation).max(1.0));
            prop_assert!((mean - before.mean).abs() <= 1e-7 * size, "{} {}", mean, before.mean);
        }
    }
}

#[test]
fn a_random_path_is_the_path_of_its_months() {
    let mut value = couple();
    value["steps"] = json!("monthly");
    value["paths"] = json!(8);
    let random = ledger(&value, 5);
    // The same market for as long as anyone lives, step by step.
    let question = json!({"market": value["market"], "years": 37, "stepsPerYear": 12, "paths": 8, "seed": 7, "shownPaths": 8});
    let question: wherewithal_market::MarketSampleInput = serde_json::from_value(question).unwrap();
    let sample = wherewithal_market::sample(&question, &Control::default()).unwrap();
    let steps = &sample.shown_paths[5].steps;
    let returns: Vec<&Vec<f64>> = steps.iter().map(|step| &step.returns).collect();
    let inflation: Vec<f64> = steps.iter().map(|step| step.inflation).collect();
    // Lives and care are drawn by the number of the path, so that the given path is the sixth, too.
    let path = json!({"returns": returns, "inflation": inflation});
    value["market"] = json!({"kind": "paths", "assetClasses": ["shares", "bonds"], "periodsPerYear": 12,
                             "paths": vec![path; 6]});
    let given = ledger(&value, 5);
    assert_eq!(random.rows.len(), given.rows.len());
    for (random, given) in random.rows.iter().zip(&given.rows) {
        assert!((random.closing / given.closing - 1.0).abs() < 1e-9, "{random:#?} {given:#?}");
        assert!(
            (random.taxes.total - given.taxes.total).abs() <= 1e-9 * given.taxes.total,
            "{random:#?} {given:#?}"
        );
    }
}
