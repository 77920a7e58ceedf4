mod first_year;
mod from_income;
mod months;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use wherewithal_base::control::Control;

/// A plan of two people with a bit of everything.
fn couple() -> Value {
    json!({
        "firstYear": 2026,
        "people": [
            {"name": "Ana", "birthYear": 1970, "retirementAge": 62, "mortality": {"kind": "fixedAge", "age": 92}},
            {"name": "Ben", "birthYear": 1966, "retirementAge": 64, "mortality": {"kind": "fixedAge", "age": 84}}],
        "accounts": [
            {"name": "401k", "owner": "Ana", "balance": 520_000, "treatment": {"kind": "traditional"}},
            {"name": "IRA", "owner": "Ben", "balance": 210_000, "treatment": {"kind": "traditional"}},
            {"name": "Roth", "owner": "Ana", "balance": 90_000, "treatment": {"kind": "roth"}},
            {"name": "HSA", "owner": "Ben", "balance": 25_000, "treatment": {"kind": "healthSavings"}},
            {"name": "Brokerage", "balance": 180_000,
             "treatment": {"kind": "taxable", "basis": 120_000, "dividendYield": 0.015, "interestYield": 0.005}},
            {"name": "Savings", "balance": 40_000, "treatment": {"kind": "cash", "interestRate": 0.02}}],
        "allocation": {"kind": "glidePath", "points": [
            {"at": {"kind": "year", "year": 2026}, "weights": [0.8, 0.2]},
            {"at": {"kind": "age", "person": "Ana", "age": 75}, "weights": [0.4, 0.6]}]},
        "contributions": [
            {"account": "401k", "amount": {"kind": "shareOfIncome", "income": "Ana's salary", "share": 0.1},
             "limit": {"kind": "amount", "annualAmount": 9000}, "employerMatch": {"income": "Ana's salary", "rate": 0.5, "upToShare": 0.06}},
            {"account": "HSA", "amount": {"kind": "fixed", "annualAmount": 3000}}],
        "incomes": [
            {"name": "Ana's salary", "kind": "salary", "owner": "Ana", "annualAmount": 95_000, "annualGrowth": 0.01},
            {"name": "Ben's salary", "kind": "salary", "owner": "Ben", "annualAmount": 60_000},
            {"name": "Ben's pension", "kind": "pension", "owner": "Ben", "annualAmount": 12_000, "survivorShare": 0.5,
             "inflationLinked": false, "start": {"kind": "retirement", "person": "Ben"}}],
        "socialSecurity": [
            {"person": "Ana", "annualBenefit": 28_000, "claimAge": 67},
            {"person": "Ben", "annualBenefit": 24_000, "claimAge": 66}],
        "expenses": [{"name": "Premiums", "kind": "health", "annualAmount": 6000, "annualGrowth": 0.02,
                      "start": {"kind": "retirement", "person": "Ana"}}],
        "education": [{"name": "Cleo", "startYear": 2028, "years": 4, "annualCost": 22_000, "annualGrowth": 0.02}],
        "longTermCare": [{"person": "Ana", "annualCost": 60_000, "years": 3, "probability": 0.5},
                         {"person": "Ben", "annualCost": 50_000, "years": 2, "probability": 0.3}],
        "debts": [{"name": "Mortgage", "terms": {"kind": "loan", "loan": {
            "principal": "180000", "annualRate": "0.045", "termMonths": 240, "firstPayment": "2025-07-01"}}}],
        "properties": [{"name": "House", "value": 450_000, "sale": {"kind": "age", "person": "Ana", "age": 70},
            "sellingCost": 0.06, "basis": 150_000, "gainExclusion": 250_000, "annualCost": 9000,
            "mortgage": "Mortgage"}],
        "lumpSums": [
            {"name": "Inheritance", "amount": 80_000, "at": {"kind": "year", "year": 2035}, "taxableShare": 0.2},
            {"name": "Wedding", "amount": -30_000, "at": {"kind": "age", "person": "Ana", "age": 60}}],
        "conversions": [{"sourceAccount": "IRA", "targetAccount": "Roth", "annualAmount": 15_000,
            "start": {"kind": "retirement", "person": "Ben"}, "until": {"kind": "age", "person": "Ben", "age": 73}}],
        "spending": {"beforeRetirement": 75_000, "survivorShare": 0.75,
            "policy": {"rule": {"kind": "constantReal", "annualSpending": 40_000}, "essentialSpending": 45_000}},
        "withdrawalOrder": {"kind": "bracketFilling", "ordinaryIncome": 60_000},
        "requiredDistributions": {"kind": "divisors", "startAge": 73, "divisors": [
            {"age": 73, "divisor": 26.5}, {"age": 74, "divisor": 25.5}, {"age": 75, "divisor": 24.6},
            {"age": 76, "divisor": 23.7}, {"age": 77, "divisor": 22.9}]},
        "taxes": {"kind": "brackets", "state": 0.04,
            "single": {"deduction": 15_000, "ordinary": [{"above": 0, "rate": 0.12}, {"above": 48_000, "rate": 0.22}],
                "longTermGains": [{"above": 48_000, "rate": 0.15}],
                "socialSecurity": {"kind": "provisionalIncome", "lower": 25_000, "upper": 34_000}},
            "joint": {"deduction": 30_000, "ordinary": [{"above": 0, "rate": 0.12}, {"above": 96_000, "rate": 0.22}],
                "longTermGains": [{"above": 96_000, "rate": 0.15}],
                "socialSecurity": {"kind": "provisionalIncome", "lower": 32_000, "upper": 44_000}}},
        "earlyWithdrawalPenalty": {"rate": 0.1, "untilAge": 60},
        "bequest": {"amount": 50_000},
        "market": {"kind": "lognormal", "assetClasses": [
            {"name": "shares", "expectedReturn": 0.06, "volatility": 0.18},
            {"name": "bonds", "expectedReturn": 0.035, "volatility": 0.06}],
            "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
        "paths": 60, "seed": 7, "percentiles": [10, 50, 90]})
}

fn plan(value: &Value) -> RetirementPlan {
    serde_json::from_value(value.clone()).unwrap()
}

fn run(value: &Value) -> RetirementResult {
    crate::run(&plan(value), &Control::default()).unwrap()
}

fn ledger(value: &Value, path: u64) -> RetirementPathResult {
    crate::path(&RetirementPathInput { plan: plan(value), path }).unwrap()
}

fn text(result: &impl serde::Serialize) -> String {
    serde_json::to_string(result).unwrap()
}

/// Each account and each year: what is there at the end is what was there, and what came less what went.
fn assert_foots(result: &RetirementPathResult) {
    let mut openings: Vec<f64> = Vec::new();
    for row in &result.rows {
        for (place, account) in row.accounts.iter().enumerate() {
            if let Some(before) = openings.get(place) {
                assert!((account.opening - before).abs() <= 1e-9 * (1.0 + before), "{row:#?}");
            }
            let inflow = account.contribution
                + account.employer_contribution
                + account.conversion_in
                + account.deposit;
            let outflow =
                account.required_distribution + account.conversion_out + account.health + account.withdrawal;
            let closing = account.opening + inflow - outflow + account.growth;
            let size = 1.0 + account.opening + inflow + outflow + account.closing;
            assert!((closing - account.closing).abs() <= 1e-9 * size, "{row:#?}");
            assert!(account.closing >= 0.0 && account.withdrawal >= 0.0, "{row:#?}");
        }
        openings = row.accounts.iter().map(|account| account.closing).collect();
        let sum = |of: fn(&RetirementAccountYear) -> f64| row.accounts.iter().map(of).sum::<f64>();
        let paid_out = sum(|account| account.required_distribution + account.health + account.withdrawal);
        let comes = row.total_income + paid_out;
        let goes = row.spending
            + row.total_due
            + row.contributions
            + row.taxes.total
            + row.surplus
            + row.tax_settlement
            - row.shortfall;
        assert!((comes - goes).abs() <= 1e-9 * (1.0 + comes + goes), "{comes} {goes} {row:#?}");
        let items = [
            &row.incomes,
            &row.social_security,
            &row.lump_sums,
            &row.expenses,
            &row.education,
            &row.long_term_care,
        ];
        let listed: f64 = items.iter().flat_map(|items| items.iter()).map(|item| item.amount).sum();
        assert!(listed.is_finite() && row.taxes.total >= 0.0 && row.shortfall >= 0.0 && row.surplus >= 0.0);
    }
}

/// With annual steps, an account pays no more than it held, and no year has both a shortfall and a surplus.
fn assert_pays_what_it_held(result: &RetirementPathResult) {
    for row in &result.rows {
        assert!(row.tax_settlement == 0.0 && (row.shortfall == 0.0 || row.surplus == 0.0), "{row:#?}");
        for account in &row.accounts {
            let outflow =
                account.required_distribution + account.conversion_out + account.health + account.withdrawal;
            assert!(outflow <= account.opening * (1.0 + 1e-12) + 1e-9, "{row:#?}");
        }
    }
}

#[test]
fn a_ledger_foots() {
    for steps in ["annual", "monthly"] {
        for order in ["taxableFirst", "proportional"] {
            let mut value = couple();
            value["steps"] = json!(steps);
            value["withdrawalOrder"] = json!({"kind": order});
            for path in 0..20 {
                assert_foots(&ledger(&value, path));
            }
        }
    }
}

#[test]
fn a_path_alone_is_the_path_of_the_run() {
    for steps in ["annual", "monthly"] {
        let mut value = couple();
        value["steps"] = json!(steps);
        let result = run(&value);
        for summary in [&result.worst_path, &result.median_path, &result.best_path] {
            let path = ledger(&value, summary.path);
            assert_eq!(text(&path.summary), text(summary));
            assert_eq!(path.rows.last().unwrap().closing.to_bits(), summary.terminal_nominal.to_bits());
        }
    }
}

/// Asserts that the means of a run are the means over the ledgers of its paths, in both kinds of money.
fn assert_means_of_ledgers(value: &Value) {
    let result = run(value);
    let ledgers: Vec<RetirementPathResult> = (0..result.paths).map(|path| ledger(value, path)).collect();
    assert_eq!(result.years.len(), ledgers.iter().map(|ledger| ledger.rows.len()).max().unwrap());
    assert_eq!(result.years_real.len(), result.years.len());
    for (year, (nominal, real)) in result.years.iter().zip(&result.years_real).enumerate() {
        // The price level at the end of a path's last year is that of its final balance.
        let rows: Vec<(&RetirementYearRow, f64)> = ledgers
            .iter()
            .filter_map(|ledger| {
                let next = ledger.rows.get(year + 1).map(|row| row.price_level);
                let at_end = ledger.summary.terminal_nominal / ledger.summary.terminal_real;
                Some((ledger.rows.get(year)?, next.unwrap_or(at_end)))
            })
            .collect();
        assert_eq!(nominal.running, rows.len() as f64 / ledgers.len() as f64);
        let same = |mean: f64, of: &dyn Fn(&RetirementYearRow, f64) -> f64| {
            let values = rows.iter().map(|(row, at_end)| of(row, *at_end));
            let expected = values.sum::<f64>() / rows.len() as f64;
            assert!((mean - expected).abs() <= 1e-9 * (1.0 + expected.abs()), "{year}: {mean} {expected}");
        };
        type OfMeans = fn(&RetirementYearMeans) -> f64;
        type OfRow = fn(&RetirementYearRow) -> f64;
        let flows: [(OfMeans, OfRow); 15] = [
            (|means| means.income + means.social_security, |row| row.total_income),
            (|means| means.social_security, |row| row.social_security.iter().map(|item| item.amount).sum()),
            (|means| means.due, |row| row.total_due),
            (|means| means.debt_payments, |row| row.debts.iter().map(|debt| debt.payment).sum()),
            (|means| means.contributions, |row| row.contributions),
            (
                |means| means.employer_contributions,
                |row| row.accounts.iter().map(|account| account.employer_contribution).sum(),
            ),
            (|means| means.taxes, |row| row.taxes.total + row.tax_settlement),
            (|means| means.ordinary_tax, |row| row.taxes.ordinary),
            (|means| means.gains_tax, |row| row.taxes.gains),
            (|means| means.state_tax, |row| row.taxes.state),
            (|means| means.penalty, |row| row.taxes.penalty),
            (|means| means.tax_settlement, |row| row.tax_settlement),
            (|means| means.spending, |row| (row.spending - row.shortfall).max(0.0)),
            (|means| means.shortfall, |row| row.shortfall),
            (|means| means.surplus, |row| row.surplus),
        ];
        for (mean, flow) in flows {
            same(mean(nominal), &|row, _| flow(row));
            same(mean(real), &|row, _| flow(row) / row.price_level);
        }
        for (account, (nominal, real)) in nominal.withdrawals.iter().zip(&real.withdrawals).enumerate() {
            let paid_out = |row: &RetirementYearRow| {
                let account = &row.accounts[account];
                account.required_distribution + account.health + account.withdrawal
            };
            same(nominal.amount, &|row, _| paid_out(row));
            same(real.amount, &|row, _| paid_out(row) / row.price_level);
        }
        let debts = |row: &RetirementYearRow| row.debts.iter().map(|debt| debt.balance).sum::<f64>();
        let homes = |row: &RetirementYearRow| row.properties.iter().map(|home| home.closing).sum::<f64>();
        let worth = |row: &RetirementYearRow| row.closing + homes(row) - debts(row);
        same(nominal.balance, &|row, _| row.closing);
        same(real.balance, &|row, _| row.real_closing);
        same(nominal.debts_owed, &|row, _| debts(row));
        same(real.debts_owed, &|row, at_end| debts(row) / at_end);
        same(nominal.property_value, &|row, _| homes(row));
        same(real.property_value, &|row, at_end| homes(row) / at_end);
        same(nominal.net_worth, &|row, _| worth(row));
        same(real.net_worth, &|row, at_end| worth(row) / at_end);
    }
}

#[test]
fn means_are_those_of_the_ledgers_of_all_paths() {
    for steps in ["annual", "monthly"] {
        let mut value = couple();
        value["steps"] = json!(steps);
        // So much that a bequest is left, and the price level at the end can be read from the final balance.
        value["accounts"][2]["balance"] = json!(20_000_000);
        value["people"][0]["mortality"] = json!({"kind": "table", "sex": "female"});
        value["people"][1]["mortality"] = json!({"kind": "table", "sex": "male"});
        assert_means_of_ledgers(&value);
    }
}

#[test]
fn a_home_is_worth_at_the_end_of_a_year_what_it_is_worth_at_the_start_of_the_next() {
    let mut value = couple();
    value["properties"][0]["annualGrowth"] = json!(0.01);
    let rows = ledger(&value, 3).rows;
    for pair in rows.windows(2) {
        let (home, next) = (&pair[0].properties[0], &pair[1].properties[0]);
        if next.sale == 0.0 {
            assert_eq!(home.closing.to_bits(), next.value.to_bits());
        } else {
            // 6 % of the value are the cost of the sale, and the mortgage is repaid.
            let owed = pair[0].debts[0].balance;
            assert!((home.closing * 0.94 - owed - next.sale).abs() < 1e-6, "{home:?} {owed} {next:?}");
            assert_eq!(next.closing, 0.0);
        }
    }
    assert!(rows[0].properties[0].closing > 450_000.0 && rows.iter().any(|row| row.properties[0].sale > 0.0));
}

#[test]
fn the_number_of_threads_does_not_show() {
    let mut value = couple();
    value["paths"] = json!(1000);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        text(&pool.install(|| run(&value)))
    };
    let one = with(1);
    assert_eq!(one, with(2));
    assert_eq!(one, with(7));
}

#[test]
fn more_paths_keep_the_first_ones() {
    let value = couple();
    let mut more = couple();
    more["paths"] = json!(600);
    assert_eq!(text(&ledger(&value, 41)), text(&ledger(&more, 41)));
}

#[test]
fn the_order_of_lists_does_not_matter() {
    let reversed = |value: &mut Value, list: &str| value[list].as_array_mut().unwrap().reverse();
    let mut other = couple();
    for list in ["incomes", "socialSecurity", "lumpSums", "contributions", "longTermCare"] {
        reversed(&mut other, list);
    }
    // The need for care is drawn by person, whatever the order of the list.
    let (result, other) = (run(&couple()), run(&other));
    assert!((result.terminal_nominal.mean / other.terminal_nominal.mean - 1.0).abs() < 1e-9);
    assert_eq!(result.success.probability, other.success.probability);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn more_spending_never_raises_success(spending in 20_000.0..150_000.0f64, more in 0.0..50_000.0f64, order in 0..3usize) {
        let mut value = couple();
        value["withdrawalOrder"] = [
            json!({"kind": "taxableFirst"}), json!({"kind": "proportional"}),
            json!({"kind": "bracketFilling", "ordinaryIncome": 50_000}),
        ][order].clone();
        value["spending"]["policy"] = json!({"rule": {"kind": "constantReal", "annualSpending": spending}});
        let less = run(&value);
        value["spending"]["policy"] = json!({"rule": {"kind": "constantReal", "annualSpending": spending + more}});
        let result = run(&value);
        prop_assert!(result.success.probability <= less.success.probability);
        prop_assert!(result.terminal_nominal.mean <= less.terminal_nominal.mean * (1.0 + 1e-9));
    }

    #[test]
    fn ledgers_foot(
        balances in prop::array::uniform6(prop_oneof![Just(0.0), 0.0..2e6f64]),
        spending in 0.0..300_000.0f64,
        rates in prop::array::uniform3(0.0..0.45f64),
        monthly: bool, order in 0..4usize, rebalancing in 0..3usize, path in 0..60u64,
    ) {
        let mut value = couple();
        for (place, balance) in balances.iter().enumerate() {
            value["accounts"][place]["balance"] = json!(balance);
        }
        value["spending"]["policy"]["rule"]["annualSpending"] = json!(spending);
        value["taxes"] = json!({"kind": "rates", "ordinary": rates[0], "longTermGains": rates[1], "state": rates[2]});
        value["steps"] = json!(if monthly { "monthly" } else { "annual" });
        value["withdrawalOrder"] = [
            json!({"kind": "taxableFirst"}), json!({"kind": "proportional"}),
            json!({"kind": "bracketFilling", "ordinaryIncome": 50_000}),
            json!({"kind": "custom", "accounts": ["Roth", "HSA", "401k"]}),
        ][order].clone();
        value["rebalancing"] = [
            json!({"kind": "annually"}), json!({"kind": "never"}),
            json!({"kind": "bands", "absolute": 0.05, "relative": 0.25}),
        ][rebalancing].clone();
        let result = ledger(&value, path);
        assert_foots(&result);
        if !monthly {
            assert_pays_what_it_held(&result);
        }
    }
}

#[test]
fn bad_input_is_refused_with_its_path() {
    let cases = [
        ("/allocation/points/0/weights/0", json!(0.9), "weights.sum_not_one", "allocation.points[0].weights"),
        ("/allocation/points/1/weights", json!([1]), "list.length_mismatch", "allocation.points[1].weights"),
        ("/allocation/points/1/at/age", json!(50), "list.out_of_order", "allocation.points[1].at"),
        ("/people/0/mortality/age", json!(55), "age.out_of_range", "people[0].mortality.age"),
        ("/people/0/mortality/age", json!(200), "age.out_of_range", "people[0].mortality.age"),
        ("/people/0/retirementAge", json!(200), "age.out_of_range", "people[0].retirementAge"),
        ("/people/0/birthYear", json!(2027), "year.out_of_range", "people[0].birthYear"),
        ("/people/1/name", json!("Ana"), "list.duplicate", "people[1].name"),
        ("/people", json!([]), "list.empty", "people"),
        ("/years", json!(0), "term.out_of_range", "years"),
        ("/paths", json!(1_000_000_000_000_u64), "paths.out_of_range", "paths"),
        ("/paths", json!(0), "paths.out_of_range", "paths"),
        ("/seed", json!(1_u64 << 53), "seed.out_of_range", "seed"),
        ("/accounts/0/balance", json!(-1), "amount.out_of_range", "accounts[0].balance"),
        ("/accounts/0/owner", json!("Cy"), "name.unknown", "accounts[0].owner"),
        ("/accounts", json!([]), "list.empty", "accounts"),
        ("/contributions/0/account", json!("403b"), "name.unknown", "contributions[0].account"),
        ("/contributions/0/amount/income", json!("x"), "name.unknown", "contributions[0].amount.income"),
        (
            "/contributions/0/employerMatch/rate",
            json!(-1),
            "rate.out_of_range",
            "contributions[0].employerMatch.rate",
        ),
        ("/incomes/0/owner", json!(null), "field.missing", "incomes[0].owner"),
        ("/incomes/2/annualGrowth", json!(-1), "rate.out_of_range", "incomes[2].annualGrowth"),
        ("/socialSecurity/0/claimAge", json!(61), "age.out_of_range", "socialSecurity[0].claimAge"),
        ("/socialSecurity/1/person", json!("Ana"), "list.duplicate", "socialSecurity[1].person"),
        ("/longTermCare/0/probability", json!(1.5), "rate.out_of_range", "longTermCare[0].probability"),
        ("/debts/0/terms/loan/termMonths", json!(0), "term.out_of_range", "debts[0].terms.loan.termMonths"),
        ("/properties/0/mortgage", json!("x"), "name.unknown", "properties[0].mortgage"),
        (
            "/properties/0/sale",
            json!({"kind": "year", "year": 2020}),
            "year.out_of_range",
            "properties[0].sale",
        ),
        ("/conversions/0/targetAccount", json!("401k"), "account.unsuitable", "conversions[0].targetAccount"),
        ("/surplusAccount", json!("Roth"), "account.unsuitable", "surplusAccount"),
        (
            "/withdrawalOrder",
            json!({"kind": "custom", "accounts": ["Roth", "Roth"]}),
            "list.duplicate",
            "withdrawalOrder.accounts[1]",
        ),
        ("/taxes/single/ordinary/1/above", json!(0), "list.out_of_order", "taxes.single.ordinary[1].above"),
        ("/taxes/state", json!(0.9), "rate.out_of_range", "taxes"),
        (
            "/requiredDistributions/divisors/1/age",
            json!(75),
            "age.out_of_range",
            "requiredDistributions.divisors[1].age",
        ),
        (
            "/spending/policy/rule/annualSpending",
            json!(-1),
            "amount.out_of_range",
            "spending.policy.rule.annualSpending",
        ),
        (
            "/market/assetClasses/0/volatility",
            json!(-1),
            "rate.out_of_range",
            "market.assetClasses[0].volatility",
        ),
        ("/percentiles", json!([50, 10]), "list.out_of_order", "percentiles[1]"),
        ("/rebalancing", json!({"kind": "bands"}), "field.missing", "rebalancing"),
        (
            "/rebalancing",
            json!({"kind": "bands", "relative": 11}),
            "rate.out_of_range",
            "rebalancing.relative",
        ),
    ];
    let mut wrong = Vec::new();
    for (pointer, bad, code, path) in cases {
        let mut value = couple();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match value.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = bad,
            fields => fields[key] = bad,
        }
        let error = crate::run(&plan(&value), &Control::default()).unwrap_err();
        if (error.code().as_str(), error.path()) != (code, path) {
            wrong.push(format!("{pointer}: {error}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// One account of one asset class without inflation, and nothing else.
fn saver(volatility: f64) -> Value {
    json!({
        "firstYear": 2026,
        "people": [{"name": "Ana", "birthYear": 1986, "retirementAge": 60, "mortality": {"kind": "fixedAge", "age": 59}}],
        "accounts": [{"name": "Roth", "balance": 100_000, "treatment": {"kind": "roth"}}],
        "allocation": {"kind": "fixed", "weights": [1]},
        "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": 1}}},
        "market": {"kind": "lognormal", "assetClasses": [
            {"name": "shares", "expectedReturn": 0.06, "volatility": volatility}]},
        "paths": 10_000, "seed": 11, "percentiles": [10, 50, 90]})
}

#[test]
fn a_saver_has_the_expected_value_of_the_closed_form() {
    // Twenty years: 100,000 at 6 %, and 5,000 at the start of each year, or of which a twelfth comes each month.
    let mut value = saver(0.15);
    value["incomes"] = json!([{"name": "Salary", "kind": "salary", "owner": "Ana", "annualAmount": 5000}]);
    value["contributions"] =
        json!([{"account": "Roth", "amount": {"kind": "shareOfIncome", "income": "Salary", "share": 1}}]);
    let stream =
        |factor: f64| (1..=20).map(|years| 5000.0 * factor * libm::pow(1.06, f64::from(years))).sum::<f64>();
    let start = 100_000.0 * libm::pow(1.06, 20.0);
    let of_months =
        (1..=12).map(|months| libm::pow(1.06, f64::from(months) / 12.0)).sum::<f64>() / 12.0 / 1.06;
    for (steps, expected) in [("annual", start + stream(1.0)), ("monthly", start + stream(of_months))] {
        value["steps"] = json!(steps);
        let terminal = run(&value).terminal_nominal;
        let error = terminal.standard_deviation / 100.0;
        assert!(
            (terminal.mean - expected).abs() < 4.5 * error,
            "{steps} {} {expected} {error}",
            terminal.mean
        );
    }
}

#[test]
fn what_is_left_has_the_quantiles_of_the_closed_form() {
    let result = run(&saver(0.15));
    // ln W is normal with mean ln 100,000 + 20 (ln 1.06 - 0.15²/2) and variance 20 × 0.15². The density of a sample
    // quantile gives its standard error, sqrt(p (1 - p) / n) / density.
    let (mean, deviation) = (20.0 * (libm::log(1.06) - 0.01125), 0.15 * 20f64.sqrt());
    let normal = [-1.281_551_565_544_600_5, 0.0, 1.281_551_565_544_600_5];
    for (found, z) in result.terminal_nominal.percentiles.iter().zip(normal) {
        let expected = 100_000.0 * libm::exp(mean + deviation * z);
        let p = found.percentile / 100.0;
        let density = libm::exp(-z * z / 2.0) / 2.506_628_274_631_000_5 / deviation;
        let error = (p * (1.0 - p) / 10_000.0).sqrt() / density;
        assert!((found.value / expected - 1.0).abs() < 4.5 * error, "{found:?} {expected}");
    }
    let quintiles = &result.sequence_of_returns.quintiles;
    assert_eq!(quintiles.iter().map(|quintile| quintile.paths).sum::<u64>(), 10_000);
    assert!(quintiles.windows(2).all(|pair| pair[0].highest_return <= pair[1].lowest_return));
}

#[test]
fn lives_are_those_of_the_table() {
    let mut value = saver(0.0);
    value["people"] = json!([
        {"name": "Ana", "birthYear": 1961, "retirementAge": 60, "mortality": {"kind": "table", "sex": "female"}},
        {"name": "Ben", "birthYear": 1956, "retirementAge": 60, "mortality": {"kind": "table", "sex": "male", "multiplier": 0.8}}]);
    let result = run(&value);
    let survival = wherewithal_reference::mortality::survival(
        &serde_json::from_value(json!({"lives": [
            {"age": 65, "sex": "female"}, {"age": 70, "sex": "male", "mortalityMultiplier": 0.8}]}))
        .unwrap(),
    )
    .unwrap();
    let rows = serde_json::to_value(&survival).unwrap();
    // There is no row for a year in which no path runs, although the plan goes on to the last age of the table.
    assert!(result.years.len() > 40 && result.years.iter().all(|year| year.running > 0.0));
    assert!(result.years.len() < 55);
    for (row, years) in rows["rows"].as_array().unwrap().iter().zip(&result.years) {
        let expected = row["anybody"].as_f64().unwrap();
        let error = (expected * (1.0 - expected) / 10_000.0).sqrt();
        assert!((years.running - expected).abs() <= 4.5 * error, "{} {expected}", years.running);
    }
}

#[test]
fn minimum_distributions_are_those_of_the_united_states() {
    let mut value = couple();
    value["requiredDistributions"] = json!({"kind": "unitedStates"});
    for row in ledger(&value, 5).rows {
        for (account, birth_year, spouse) in [(0, 1970, 1), (1, 1966, 0)] {
            // After a death the survivor holds the account.
            let (owner, birth_year) = match row.people[1 - spouse].alive {
                true => (1 - spouse, birth_year),
                false => (spouse, if birth_year == 1970 { 1966 } else { 1970 }),
            };
            assert!(row.people[owner].alive);
            let opening = row.accounts[account].opening;
            let question =
                json!({"balance": format!("{opening:.2}"), "birthYear": birth_year, "year": row.year});
            let answer = wherewithal_reference::required_distribution::required_minimum_distribution(
                &serde_json::from_value(question).unwrap(),
            );
            let expected: f64 = answer.unwrap().required_minimum_distribution.to_string().parse().unwrap();
            let found = row.accounts[account].required_distribution;
            assert!((found - expected).abs() < 0.011, "{found} {expected}");
        }
    }
}

#[test]
fn rules_that_look_at_the_portfolio_or_at_future_income_run() {
    let rules = [
        json!({"kind": "percentOfPortfolio", "rate": 0.04}),
        json!({"kind": "guytonKlinger", "initialRate": 0.05}),
        json!({"kind": "variablePercentage", "stockShare": 0.5}),
        json!({"kind": "amortization", "expectedRealReturn": 0.03}),
        json!({"kind": "riskGuardrails", "expectedRealReturn": 0.03, "volatility": 0.1, "targetSuccess": 0.8,
               "lowerSuccess": 0.6, "upperSuccess": 0.95}),
    ];
    for rule in rules {
        let mut value = couple();
        value["spending"]["policy"] = json!({"rule": rule});
        assert_foots(&ledger(&value, 3));
        assert!(run(&value).lifetime_spending.mean > 500_000.0, "{rule}");
    }
}

#[test]
fn a_run_can_be_cancelled() {
    let control = Control::default();
    control.cancel();
    let error = crate::run(&plan(&couple()), &control).unwrap_err();
    assert_eq!(error.code().as_str(), "operation.cancelled");
}

#[test]
fn a_rule_that_looks_at_prices_and_earnings_follows_those_of_the_history() {
    let capes = [30.0, 15.0, 20.0, 10.0, 25.0];
    let returns = [0.1, -0.2, 0.05, 0.3, -0.1];
    let mut value = json!({
        "firstYear": 2026,
        "people": [{"name": "Ana", "birthYear": 1961, "retirementAge": 65, "mortality": {"kind": "fixedAge", "age": 67}}],
        "accounts": [{"name": "Roth", "balance": 1_000_000, "treatment": {"kind": "roth"}}],
        "allocation": {"kind": "fixed", "weights": [1]},
        "spending": {"policy": {"rule": {"kind": "capeBased", "base": 0.01, "weight": 0.5}}},
        "market": {"kind": "historicalCohorts", "history": {
            "assetClasses": ["shares"], "periodsPerYear": 1, "cape": capes, "returns": returns.map(|rate| [rate])}},
        "paths": 3});
    for path in 0..3usize {
        let question = json!({"plan": value, "path": path});
        let ledger = crate::path(&serde_json::from_value(question).unwrap()).unwrap();
        let mut portfolio = 1_000_000.0;
        for (year, row) in ledger.rows.iter().enumerate() {
            let spending = (0.01 + 0.5 / capes[path + year]) * portfolio;
            assert!(
                (row.spending / spending - 1.0).abs() < 1e-12,
                "{path} {year} {} {spending}",
                row.spending
            );
            portfolio = (portfolio - spending) * (1.0 + returns[path + year]);
        }
        assert_eq!(ledger.rows.len(), 3);
    }
    value["market"]["history"]["cape"] = json!([]);
    let error = crate::run(&plan(&value), &Control::default()).unwrap_err();
    assert_eq!(
        (error.code(), error.path()),
        (wherewithal_base::ErrorCode::FieldMissing, "spending.policy.rule.cape")
    );
}

#[test]
fn every_step_of_an_annual_plan_is_every_year() {
    let mut value = couple();
    value["rebalancing"] = json!({"kind": "annually"});
    let annually = run(&value);
    value["rebalancing"] = json!({"kind": "everyStep"});
    let every_step = run(&value);
    assert_eq!(every_step.terminal_real, annually.terminal_real);

    value["steps"] = json!("monthly");
    let error = crate::run(&plan(&value), &Control::default()).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("frequency.unsupported", "rebalancing"));
}
