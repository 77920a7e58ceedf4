//! Plans that start within a year.

use super::*;

/// A plan whose amounts are in proportion to its length.
fn even() -> Value {
    json!({
        "firstYear": 2026,
        "people": [{"name": "Ana", "birthYear": 1960, "retirementAge": 80, "mortality": {"kind": "fixedAge", "age": 70}}],
        "accounts": [
            {"name": "Brokerage", "balance": 500_000, "treatment": {"kind": "taxable", "basis": 500_000, "interestYield": 0.01}},
            {"name": "Savings", "balance": 40_000, "treatment": {"kind": "cash", "interestRate": 0.02}}],
        "allocation": {"kind": "fixed", "weights": [1]},
        "contributions": [{"account": "Brokerage", "amount": {"kind": "fixed", "annualAmount": 3000}}],
        "incomes": [{"name": "Salary", "kind": "salary", "owner": "Ana", "annualAmount": 60_000}],
        "socialSecurity": [{"person": "Ana", "annualBenefit": 12_000, "claimAge": 62}],
        "expenses": [{"name": "Rent", "kind": "housing", "annualAmount": 18_000}],
        "debts": [{"name": "Note", "terms": {"kind": "payments", "annualAmount": 6000}}],
        "properties": [{"name": "Hut", "value": 100_000, "annualGrowth": 0.01, "annualCost": 1200}],
        "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": 24_000}},
                     "start": {"kind": "year", "year": 2026}},
        "taxes": {"kind": "brackets", "state": 0.03,
            "single": {"deduction": 15_000, "ordinary": [{"above": 0, "rate": 0.12}, {"above": 30_000, "rate": 0.3}],
                "longTermGains": [], "socialSecurity": {"kind": "share", "share": 0.85}}},
        "market": {"kind": "lognormal", "assetClasses": [{"name": "all", "expectedReturn": 0.06, "volatility": 0}],
                   "inflation": {"expected": 0.03}},
        "paths": 1
    })
}

fn with_months(mut value: Value, months: u32) -> Value {
    value["firstYearMonths"] = json!(months);
    value
}

#[test]
fn a_first_year_of_some_months_has_their_part_of_everything() {
    let (whole, half) = (ledger(&even(), 0), ledger(&with_months(even(), 6), 0));
    let (of_whole, of_half) = (&whole.rows[0], &half.rows[0]);
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-6, "{found} {expected}");
    near(of_half.total_income, of_whole.total_income / 2.0);
    near(of_half.total_due, of_whole.total_due / 2.0);
    near(of_half.spending, of_whole.spending / 2.0);
    near(of_half.contributions, of_whole.contributions / 2.0);
    near(of_half.taxes.total, of_whole.taxes.total / 2.0);
    // Prices and values rise by the root of a year's rise; the second year is whole.
    near(half.rows[1].price_level, 1.03_f64.sqrt());
    near(of_half.properties[0].closing, 100_000.0 * (1.01_f64 * 1.03).sqrt());
    near(half.rows[1].properties[0].closing, 100_000.0 * (1.01_f64 * 1.03).sqrt() * 1.01 * 1.03);
    near(half.rows[1].total_income, 72_000.0 * 1.03_f64.sqrt());
    // 40,000 in cash at 2 % for half a year, less or plus what moved at the start.
    let savings = &of_half.accounts[1];
    near(savings.closing, (savings.opening - savings.withdrawal + savings.deposit) * 1.02_f64.sqrt());
    assert_foots(&half);
}

/// What comes once is taxed on top of a whole year of income, not of the months that count.
#[test]
fn what_comes_once_is_taxed_on_top_of_the_whole_year() {
    let with_sum = |months: u32| {
        let mut value = with_months(even(), months);
        value["lumpSums"] = json!([{"name": "Bonus", "amount": 10_000, "at": {"kind": "year", "year": 2026}, "taxableShare": 1}]);
        ledger(&value, 0).rows[0].taxes.total - ledger(&with_months(even(), months), 0).rows[0].taxes.total
    };
    // 30 % of the upper bracket and 3 % of the state.
    for months in [12, 6, 1] {
        assert!((with_sum(months) - 3300.0).abs() < 1e-6, "{months} {}", with_sum(months));
    }
}

#[test]
fn twelve_months_are_the_year_to_the_bit() {
    assert_eq!(text(&run(&with_months(couple(), 12))), text(&run(&couple())));
}

#[test]
fn months_outside_a_year_are_refused() {
    for months in [0, 13] {
        let error = crate::run(&plan(&with_months(couple(), months)), &Control::default()).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), ("count.out_of_range", "firstYearMonths"));
    }
}

/// With monthly steps, the months that count are the last ones of the year: here the only ones with a return.
#[test]
fn monthly_steps_take_the_last_months_of_the_first_year() {
    let mut value = even();
    let months: Vec<Vec<f64>> = (0..24).map(|month| vec![if month < 9 { 0.5 } else { 0.01 }]).collect();
    value["market"] = json!({"kind": "paths", "assetClasses": ["all"], "periodsPerYear": 12, "paths": [{"returns": months}]});
    value["steps"] = json!("monthly");
    value["years"] = json!(2);
    value["contributions"] = json!([]);
    value["accounts"][0]["treatment"] = json!({"kind": "roth"});
    value["withdrawalOrder"] = json!({"kind": "custom", "accounts": ["Savings"]});
    let path = ledger(&with_months(value, 3), 0);
    let account = &path.rows[0].accounts[0];
    assert_eq!(account.withdrawal, 0.0);
    assert!((account.closing - 500_000.0 * 1.01 * 1.01 * 1.01).abs() < 1e-6, "{}", account.closing);
    assert_foots(&path);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever the months, what comes in goes out, account by account.
    #[test]
    fn ledgers_of_a_part_of_a_year_foot(months in 1..=12u32, path in 0..60u64, monthly in any::<bool>()) {
        let mut value = with_months(couple(), months);
        if monthly {
            value["steps"] = json!("monthly");
        }
        assert_foots(&ledger(&value, path));
    }

    /// More months of the first year never have less of income.
    #[test]
    fn more_months_have_more_income(months in 1..=11u32) {
        let income = |months| ledger(&with_months(couple(), months), 0).rows[0].total_income;
        prop_assert!(income(months) < income(months + 1));
    }
}
