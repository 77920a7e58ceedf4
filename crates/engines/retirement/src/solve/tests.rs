use proptest::prelude::*;
use serde_json::{Value, json};

use crate::*;
use wherewithal_base::{ErrorCode, Result, control::Control};
use wherewithal_market::MarketModel;
use wherewithal_math::powi;
use wherewithal_reference::history::{HistoricalAssetClass, HistoryInput, history};

/// Works until 65 and spends for 30 years; two asset classes.
fn plan() -> Value {
    json!({
        "firstYear": 2026,
        "people": [{"name": "Ana", "birthYear": 1966, "retirementAge": 65, "mortality": {"kind": "fixedAge", "age": 94}}],
        "accounts": [
            {"name": "IRA", "balance": 500_000, "treatment": {"kind": "traditional"}},
            {"name": "Roth", "balance": 150_000, "treatment": {"kind": "roth"}}],
        "allocation": {"kind": "fixed", "weights": [0.6, 0.4]},
        "incomes": [{"name": "salary", "kind": "salary", "owner": "Ana", "annualAmount": 90_000}],
        "socialSecurity": [{"person": "Ana", "annualBenefit": 20_000, "claimAge": 67}],
        "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": 48_000}}},
        "taxes": {"kind": "rates", "ordinary": 0.15},
        "market": {"kind": "lognormal", "assetClasses": [
            {"name": "shares", "expectedReturn": 0.07, "volatility": 0.16},
            {"name": "bonds", "expectedReturn": 0.04, "volatility": 0.06}],
            "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
        "paths": 200, "seed": 7, "percentiles": [50]})
}

/// One Roth account at a certain real return.
fn certain(first_age: u32, retirement_age: u32, balance: f64, real_return: f64) -> Value {
    json!({
        "firstYear": 2026,
        "people": [{"name": "Ana", "birthYear": 2026 - first_age, "retirementAge": retirement_age,
                    "mortality": {"kind": "fixedAge", "age": 94}}],
        "accounts": [{"name": "Roth", "balance": balance, "treatment": {"kind": "roth"}}],
        "allocation": {"kind": "fixed", "weights": [1]},
        "incomes": [{"name": "salary", "kind": "salary", "owner": "Ana", "annualAmount": 200_000}],
        "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": 60_000}}},
        "market": {"kind": "lognormal", "assetClasses": [
            {"name": "portfolio", "expectedReturn": real_return, "volatility": 0}]},
        "paths": 3})
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn success(plan: &Value) -> f64 {
    run(&read(plan), &Control::default()).unwrap().success.probability
}

fn with_spending(amount: f64) -> Value {
    let mut plan = plan();
    plan["spending"]["policy"]["rule"]["annualSpending"] = json!(amount);
    plan
}

fn most(plan: &Value, confidence: f64, precision: f64) -> Result<MaximumSpendingResult> {
    let question =
        json!({"plan": plan, "confidence": confidence, "precision": precision, "highest": 1_000_000});
    maximum_spending(&read(&question), &Control::default())
}

/// What 1 a year at the start of 30 years is worth.
fn annuity(rate: f64) -> f64 {
    (0..30).map(|year| powi(1.0 + rate, year).recip()).sum()
}

#[test]
fn the_most_that_is_spent_holds_and_the_next_step_does_not() {
    let solution = most(&plan(), 0.8, 10.0).unwrap().solution;
    assert_eq!(solution.status, SolutionStatus::Boundary);
    assert_eq!(solution.next_value, Some(solution.value + 10.0));
    assert_eq!(success(&with_spending(solution.value)), solution.success.probability);
    assert!(solution.success.probability >= 0.8);
    let next = success(&with_spending(solution.value + 10.0));
    assert_eq!(Some(next), solution.next_success_probability);
    assert!(next < 0.8);
}

#[test]
fn without_volatility_the_most_is_the_annuity() {
    let solution = most(&certain(65, 65, 1_000_000.0, 0.05), 1.0, 0.01).unwrap().solution;
    let exact = 1_000_000.0 / annuity(0.05);
    assert!((0.0..0.0101).contains(&(exact - solution.value)), "{} {exact}", solution.value);
}

#[test]
fn without_volatility_the_least_saving_is_the_annuity() {
    // Ten years of saving at the start of the year, then thirty of spending.
    let grown: f64 = (1..=10).map(|years| powi(1.05, years)).sum();
    let exact = (60_000.0 * annuity(0.05) - 400_000.0 * powi(1.05, 10)) / grown;
    let question = json!({"plan": certain(55, 65, 400_000.0, 0.05), "account": "Roth", "confidence": 1,
                          "precision": 0.01, "highest": 100_000});
    let solution = required_saving(&read(&question), &Control::default()).unwrap();
    assert!((0.0..0.0101).contains(&(solution.value - exact)), "{} {exact}", solution.value);
    assert_eq!(solution.next_success_probability, Some(0.0));
}

#[test]
fn without_volatility_the_least_return_is_that_of_the_annuity() {
    let question = json!({"plan": certain(65, 65, 1_000_000.0, 0.03), "confidence": 1, "precision": 0.00001});
    let solution = required_return(&read(&question), &Control::default()).unwrap();
    assert!(1_000_000.0 / annuity(0.03 + solution.value) >= 60_000.0 - 1e-6);
    assert!(1_000_000.0 / annuity(0.03 + solution.value - 0.00001) < 60_000.0);
}

#[test]
fn a_share_of_the_portfolio_is_looked_for_where_the_rule_has_one() {
    let mut plan = certain(65, 65, 1_000_000.0, 0.05);
    plan["spending"]["policy"]["rule"] = json!({"kind": "constantRealWithdrawal", "initialRate": 0.9});
    let question = json!({"plan": plan, "confidence": 1});
    let result = maximum_spending(&read(&question), &Control::default()).unwrap();
    assert_eq!(result.level, SpendingLevelKind::Share);
    assert_eq!(result.solution.value, 0.0619); // 1 / annuity(0.05) is 0.06195…
    plan["spending"]["policy"]["rule"] = json!({"kind": "amortization", "expectedRealReturn": 0.03});
    let error = maximum_spending(&read(&json!({"plan": plan})), &Control::default()).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::ChangeNotApplicable, "plan.spending.policy.rule"));
}

fn rate_question(confidence: f64, steps: &str) -> Value {
    json!({"market": plan()["market"], "weights": [0.6, 0.4], "years": 30, "steps": steps, "confidence": confidence,
           "paths": 300, "seed": 7, "percentiles": [0, 50, 100]})
}

/// Withdraws a rate from a million.
fn withdraw(rate: f64, steps: &str) -> f64 {
    let mut plan = plan();
    plan["people"][0]["birthYear"] = json!(1961);
    plan["accounts"] = json!([{"name": "Roth", "balance": 1_000_000, "treatment": {"kind": "roth"}}]);
    plan["socialSecurity"] = json!([]);
    plan["paths"] = json!(300);
    plan["steps"] = json!(steps);
    plan["spending"]["policy"]["rule"]["annualSpending"] = json!(rate * 1_000_000.0);
    success(&plan)
}

#[test]
fn a_safe_rate_is_the_boundary_of_the_full_plan() {
    for confidence in [0.5, 0.9, 1.0] {
        let question: SafeWithdrawalRateInput = read(&rate_question(confidence, "annual"));
        let result = safe_withdrawal_rate(&question, &Control::default()).unwrap();
        assert!(result.success.probability >= confidence && result.next_success_probability < confidence);
        assert_eq!(withdraw(result.withdrawal_rate * (1.0 - 1e-9), "annual"), result.success.probability);
        assert_eq!(
            withdraw(result.withdrawal_rate * (1.0 + 1e-9), "annual"),
            result.next_success_probability
        );
        assert_eq!(result.percentiles[0].value, result.worst_rate);
        assert_eq!(result.percentiles[2].value, result.best_rate);
    }
}

#[test]
fn a_history_has_a_worst_year_to_start_in() {
    let returns = json!([[0.1], [-0.2], [0.05], [0.3], [-0.1], [0.08]]);
    let history = json!({"assetClasses": ["shares"], "periodsPerYear": 1, "returns": returns});
    let question = json!({"market": {"kind": "historicalCohorts", "history": history}, "weights": [1], "years": 3,
                          "confidence": 1, "percentiles": []});
    let result = safe_withdrawal_rate(&read(&question), &Control::default()).unwrap();
    // The money of a path: 1 / (1 + 1/g1 + 1/(g1 g2)).
    let bears = |first: f64, second: f64| 1.0 / (1.0 + 1.0 / first + 1.0 / (first * second));
    assert_eq!((result.paths, result.worst_path, result.best_path), (4, 1, 3));
    assert!((result.withdrawal_rate - bears(0.8, 1.05)).abs() < 1e-15);
    assert!((result.best_rate - bears(1.3, 0.9)).abs() < 1e-15);
}

/// The study of W. Bengen (1994) on the bundled history, with withdrawals at the end of the year: half in shares, half in
/// ten-year Treasury bonds. The worst year to retire in was 1966, and 3.76 % lasted (`docs/studies/withdrawal-rates.md`).
#[test]
fn the_rate_that_never_failed_is_that_of_the_studies() {
    let history = history(&HistoryInput {
        asset_classes: vec![HistoricalAssetClass::LargeStocks, HistoricalAssetClass::TreasuryBonds],
        ..HistoryInput::default()
    })
    .unwrap()
    .history;
    let market = MarketModel::HistoricalCohorts { history, circular: false, annual_fees: Vec::new() };
    let question = SafeWithdrawalRateInput {
        timing: WithdrawalTiming::End,
        ..SafeWithdrawalRateInput::new(market, vec![0.5, 0.5], 30)
    };
    let result = safe_withdrawal_rate(&question, &Control::default()).unwrap();
    assert_eq!((result.confidence, result.worst_path), (1.0, 1966 - 1928));
    assert_eq!(result.withdrawal_rate.to_bits(), result.worst_rate.to_bits());
    assert!((result.withdrawal_rate - 0.0376).abs() < 0.000_05, "{}", result.withdrawal_rate);
}

#[test]
fn the_number_of_threads_does_not_show() {
    let question: SafeWithdrawalRateInput = read(&rate_question(0.9, "monthly"));
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| safe_withdrawal_rate(&question, &Control::default()))
            .unwrap()
            .withdrawal_rate
            .to_bits()
    };
    assert_eq!(with(1), with(2));
    assert_eq!(with(1), with(7));
}

#[test]
fn the_earliest_age_is_the_first_that_suffices() {
    let question = json!({"plan": plan(), "confidence": 0.5, "lowestAge": 60, "highestAge": 70});
    let result = earliest_retirement_age(&read(&question), &Control::default()).unwrap();
    assert!(60 < result.age && result.age <= 70, "{}", result.age);
    for row in &result.ages {
        assert_eq!(row.suffices, row.outcome.success.probability >= 0.5);
        assert!(row.age >= result.age || !row.suffices);
        let mut plan = plan();
        plan["people"][0]["retirementAge"] = json!(row.age);
        assert_eq!(success(&plan), row.outcome.success.probability);
    }
    assert_eq!(result.year, 1966 + result.age);
}

#[test]
fn where_no_age_ever_succeeds_the_best_is_one_that_was_tried() {
    // No salary could pay for this.
    let mut plan = certain(60, 65, 0.0, 0.0);
    plan["spending"]["policy"]["rule"]["annualSpending"] = json!(1_000_000_000);
    let question = json!({"plan": plan, "lowestAge": 60, "highestAge": 62});
    let error = earliest_retirement_age(&read(&question), &Control::default()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::SolveNoSolution);
    assert!(error.message().contains("the best, 60, succeeds in 0 % of them"), "{}", error.message());
}

#[test]
fn a_plan_without_people_has_no_age_to_retire_at() {
    let mut plan = plan();
    plan["people"] = json!([]);
    let error = earliest_retirement_age(&read(&json!({"plan": plan})), &Control::default()).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::ListEmpty, "plan.people"));
}

#[test]
fn what_is_out_of_reach_names_the_best() {
    let error = most(&certain(65, 65, 0.0, 0.05), 0.0, 1.0).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ProbabilityOutOfRange);
    let mut plan = certain(65, 65, 1000.0, 0.05);
    plan["bequest"] = json!({"amount": 1_000_000});
    let error = most(&plan, 0.9, 1.0).unwrap_err();
    assert_eq!(error.code(), ErrorCode::SolveNoSolution);
    assert!(
        error.message().contains("succeeds in 0 % of the paths; 90 % are required"),
        "{}",
        error.message()
    );
    let error = most(&plan, 0.9, 0.0).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::NumberOutOfRange, "precision"));
}

#[test]
fn a_cancelled_search_stops() {
    let control = Control::default();
    control.cancel();
    let question = json!({"plan": plan()});
    let error = maximum_spending(&read(&question), &control).unwrap_err();
    assert_eq!(error.code(), ErrorCode::OperationCancelled);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Money that stays longer has earned more, wherever returns exceed inflation.
    #[test]
    fn withdrawing_later_never_lowers_the_rate(
        returns in proptest::collection::vec(0.03f64..0.2, 12),
        inflation in 0.0f64..0.03,
        monthly in proptest::bool::ANY,
    ) {
        let rows: Vec<Value> = returns.iter().map(|rate| json!([rate])).collect();
        let history = json!({"assetClasses": ["shares"], "periodsPerYear": 1, "returns": rows,
                             "inflation": vec![inflation; 12]});
        let rate = |timing: &str| {
            let question = json!({"market": {"kind": "historicalCohorts", "history": history}, "weights": [1],
                                  "years": 8, "timing": timing, "steps": if monthly { "monthly" } else { "annual" }});
            safe_withdrawal_rate(&read(&question), &Control::default()).unwrap().withdrawal_rate
        };
        let [start, middle, end] = ["start", "middle", "end"].map(rate);
        prop_assert!(start <= middle * (1.0 + 1e-12) && middle <= end * (1.0 + 1e-12), "{start} {middle} {end}");
    }

    #[test]
    fn more_confidence_never_allows_more(low in 0.1f64..0.9, more in 0.0f64..0.1) {
        let rate = |confidence: f64| {
            let question = read(&rate_question(confidence, "annual"));
            safe_withdrawal_rate(&question, &Control::default()).unwrap().withdrawal_rate
        };
        prop_assert!(rate(low + more) <= rate(low));
    }

    #[test]
    fn saving_more_never_lowers_success(amount in 0.0f64..20_000.0, more in 0.0f64..20_000.0, account in 0..2usize) {
        let with_saving = |amount: f64| {
            let mut plan = plan();
            let name = ["IRA", "Roth"][account];
            plan["contributions"] = json!([{
                "account": name, "amount": {"kind": "fixed", "annualAmount": amount}}]);
            success(&plan)
        };
        prop_assert!(with_saving(amount + more) >= with_saving(amount));
    }

    #[test]
    fn spending_less_never_lowers_success(amount in 1000.0f64..120_000.0, less in 0.0f64..1.0) {
        prop_assert!(success(&with_spending(amount * less)) >= success(&with_spending(amount)));
    }
}

/// Two years without spending and without returns, 100,000 in a traditional account; tax of 50 % above 20,000.
fn ladder(terminal_tax_rate: f64, objective: &Value) -> RothConversionLadderResult {
    let plan = json!({
        "firstYear": 2026,
        "people": [{"name": "Ana", "birthYear": 1961, "retirementAge": 65, "mortality": {"kind": "fixedAge", "age": 66}}],
        "accounts": [
            {"name": "IRA", "balance": 100_000, "treatment": {"kind": "traditional"}},
            {"name": "Roth", "balance": 100_000, "treatment": {"kind": "roth"}}],
        "allocation": {"kind": "fixed", "weights": [1]},
        "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": 0}}},
        "withdrawalOrder": {"kind": "custom", "accounts": ["Roth"]},
        "taxes": {"kind": "brackets", "single": {"ordinary": [{"above": 20_000, "rate": 0.5}]}},
        "market": {"kind": "lognormal", "assetClasses": [{"name": "cash", "expectedReturn": 0, "volatility": 0}]},
        "paths": 3});
    let question = json!({"plan": plan, "sourceAccount": "IRA", "targetAccount": "Roth", "firstYear": 2026,
                          "lastYear": 2027, "highest": 80_000, "stages": 2, "objective": objective,
                          "terminalTaxRate": terminal_tax_rate});
    roth_conversion_ladder(&read(&question), &Control::default()).unwrap()
}

#[test]
fn a_ladder_fills_the_bracket_that_is_cheaper_than_the_heirs() {
    for objective in [json!({"kind": "mean"}), json!({"kind": "percentile", "percentile": 10})] {
        let result = ladder(0.3, &objective);
        let amounts: Vec<f64> = result.stages.iter().map(|stage| stage.annual_amount).collect();
        assert_eq!(amounts, [20_000.0, 20_000.0]);
        assert_eq!((result.stages[0].last_year, result.stages[1].first_year), (2026, 2027));
        assert!((result.value - (140_000.0 + 60_000.0 * 0.7)).abs() < 1e-6);
        assert!((result.value_without - (100_000.0 + 100_000.0 * 0.7)).abs() < 1e-6);
        assert!((result.mean_gain - 12_000.0).abs() < 1e-6);
        assert!(result.tried.iter().all(|tried| tried.value <= result.value));
    }
    // Where the heirs pay nothing, nothing is converted.
    assert!(ladder(0.0, &json!({"kind": "mean"})).stages.iter().all(|stage| stage.annual_amount == 0.0));
}

#[test]
fn shares_in_messages_are_percentages_and_never_rounded_up() {
    use super::search::percentage;
    for (share, text) in [
        (0.9, "90 %"),
        (0.001_333_333, "0.1 %"),
        (0.899_9, "89.9 %"),
        (0.29, "29 %"),
        (0.000_2, "less than 0.1 %"),
        (0.0, "0 %"),
        (1.0, "100 %"),
    ] {
        assert_eq!(percentage(share), text);
    }
}
