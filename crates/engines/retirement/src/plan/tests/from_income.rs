//! Contributions that are paid out of income.

use super::*;

/// The plan with contributions out of income only.
fn from_income(mut value: Value) -> Value {
    for contribution in value["contributions"].as_array_mut().unwrap() {
        contribution["paidFrom"] = json!("income");
    }
    value
}

/// A person with a salary and expenses, a deductible account that cannot be touched, and savings.
fn worker(salary: f64, wanted: f64) -> Value {
    from_income(json!({
        "firstYear": 2026,
        "people": [{"name": "Ana", "birthYear": 1980, "retirementAge": 70, "mortality": {"kind": "fixedAge", "age": 50}}],
        "accounts": [
            {"name": "401k", "balance": 0, "treatment": {"kind": "traditional"}, "accessibleFrom": {"kind": "year", "year": 2100}},
            {"name": "Savings", "balance": 100_000, "treatment": {"kind": "cash"}}],
        "allocation": {"kind": "fixed", "weights": [1]},
        "contributions": [{"account": "401k", "amount": {"kind": "fixed", "annualAmount": wanted},
            "employerMatch": {"income": "Salary", "rate": 0.5, "upToShare": 1}}],
        "incomes": [{"name": "Salary", "kind": "salary", "owner": "Ana", "annualAmount": salary}],
        "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": 30_000}},
                     "start": {"kind": "year", "year": 2026}},
        "taxes": {"kind": "rates", "ordinary": 0.25},
        "market": {"kind": "lognormal", "assetClasses": [{"name": "all", "expectedReturn": 0, "volatility": 0}]},
        "paths": 1
    }))
}

#[test]
fn a_contribution_is_what_income_leaves_with_the_tax_that_it_saves() {
    let of = |salary: f64, wanted: f64| {
        let row = ledger(&worker(salary, wanted), 0).rows.swap_remove(0);
        (row.contributions, row.accounts[0].employer_contribution, row.accounts[1].withdrawal)
    };
    let near = |(found, employer, withdrawn): (f64, f64, f64), expected: f64| {
        assert!((found - expected).abs() < 1e-6, "{found} {expected}");
        assert!((employer - 0.5 * expected).abs() < 1e-6 && withdrawn.abs() < 1e-6, "{employer} {withdrawn}");
    };
    // 44,000 - 30,000 = 0.25 x (44,000 - c) + c: 3,000 / 0.75.
    near(of(44_000.0, 20_000.0), 4000.0);
    near(of(44_000.0, 3000.0), 3000.0);
    near(of(44_000.0, 4000.0), 4000.0);
    // Nothing is left: the contribution is 0, and savings pay for the rest of the expenses.
    let (contributed, employer, withdrawn) = of(36_000.0, 5000.0);
    assert_eq!((contributed, employer), (0.0, 0.0));
    assert!((withdrawn - 3000.0).abs() < 1e-6, "{withdrawn}");
}

#[test]
fn contributions_that_are_paid_in_any_event_come_first() {
    let mut value = worker(44_000.0, 20_000.0);
    let fixed = json!({"account": "Savings", "amount": {"kind": "fixed", "annualAmount": 1500}});
    value["contributions"].as_array_mut().unwrap().push(fixed);
    let row = ledger(&value, 0).rows.swap_remove(0);
    // 1,500 less are left: (3,000 - 1,500) / 0.75.
    assert!((row.accounts[0].contribution - 2000.0).abs() < 1e-6, "{row:?}");
    assert_eq!(row.accounts[1].contribution, 1500.0);
}

#[test]
fn a_plan_whose_income_suffices_is_the_same_to_the_bit() {
    let mut value = couple();
    // The years in which income does not suffice are those of the education, whose cost is a bill.
    value["education"] = json!([]);
    value["conversions"] = json!([]);
    value["spending"]["beforeRetirement"] = json!(40_000);
    value["lumpSums"] = json!([]);
    let before = run(&value);
    assert_eq!(text(&run(&from_income(value))), text(&before));
}

#[test]
fn nothing_is_contributed_while_a_payment_stays_unpaid() {
    let mut value = worker(44_000.0, 20_000.0);
    // More than the savings, and then as much as the savings and the contribution together.
    for (amount, contributed, shortfall) in [(-110_000.0, 0.0, 7000.0), (-101_500.0, 2000.0, 0.0)] {
        value["lumpSums"] = json!([{"name": "Roof", "amount": amount, "at": {"kind": "year", "year": 2026}}]);
        let row = ledger(&value, 0).rows.swap_remove(0);
        assert!((row.contributions - contributed).abs() < 1e-5, "{row:?}");
        assert!((row.shortfall - shortfall).abs() < 1e-5, "{row:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// No year of a path has a shortfall and a contribution out of income, and none contributes more than it asks for.
    #[test]
    fn no_year_contributes_and_leaves_a_payment_unpaid(
        salary in 0.2..2.0f64,
        spending in 0.5..2.5f64,
        path in 0..60u64,
    ) {
        let mut value = couple();
        for income in value["incomes"].as_array_mut().unwrap() {
            income["annualAmount"] = json!(income["annualAmount"].as_f64().unwrap() * salary);
        }
        value["spending"]["beforeRetirement"] = json!(75_000.0 * spending);
        let (full, limited) = (ledger(&value, path), ledger(&from_income(value), path));
        assert_foots(&limited);
        for (full, limited) in full.rows.iter().zip(&limited.rows) {
            prop_assert!(limited.contributions <= full.contributions * (1.0 + 1e-9) + 1e-6);
            prop_assert!(limited.shortfall <= 1e-4 || limited.contributions <= 1e-4, "{:?}", limited);
        }
    }
}
