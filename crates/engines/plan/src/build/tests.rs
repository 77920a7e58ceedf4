use std::sync::Mutex;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{PlanAssumption, PlanEventKind, retirement_plan};
use wherewithal_base::{
    ErrorCode,
    control::Progress,
    num::{Decimal, gate},
};
use wherewithal_household::Household;
use wherewithal_retirement::{
    RetirementDebtTerms, RetirementIncomeKind, RetirementMoment, RetirementPlan, RetirementTaxTreatment,
    RetirementTaxes, SpendingRule,
};

/// A household with an item in most lists.
fn lively() -> Value {
    json!({
        "version": 1, "name": "Any", "asOf": "2026-01-01",
        "people": [
            {"id": "ana", "name": "Ana", "birthDate": "1970-01-01", "retirementAge": 60},
            {"id": "leo", "name": "Leo", "birthDate": "2014-07-07", "dependent": true}],
        "accounts": [
            {"id": "savings", "name": "Savings", "kind": "savings", "owner": "ana", "balance": "300000.00"},
            {"id": "depot", "name": "Depot", "kind": "brokerage", "balance": "50000.00", "costBasis": "20000.00"},
            {"id": "ira", "name": "IRA", "kind": "traditionalIra", "owner": "ana", "balance": "90000.00"}],
        "liabilities": [{"id": "loan", "name": "Loan", "kind": "mortgage", "balance": "100000.00",
                         "annualRate": "0.05", "remainingMonths": 120}],
        "income": [{"id": "salary", "name": "Salary", "kind": "salary", "person": "ana", "amount": "3000.00",
                    "frequency": "biweekly", "annualGrowth": 0.03}],
        "expenses": [
            {"id": "living", "name": "Living", "kind": "living", "amount": "3000.00", "frequency": "monthly"},
            {"id": "travel", "name": "Travel", "kind": "travel", "amount": "4000.00", "frequency": "annual"}],
        "assumptions": {"expectedReturn": 0.05, "volatility": 0.1, "inflation": 0.02, "effectiveTaxRate": 0.2}
    })
}

fn with(change: impl FnOnce(&mut Value)) -> Value {
    let mut document = lively();
    change(&mut document);
    document
}

fn input(document: Value) -> PlanInput {
    let household: Household = serde_json::from_value(document).unwrap();
    PlanInput { paths: 50, questions: false, ..PlanInput::new(household) }
}

fn mapped(document: Value) -> (RetirementPlan, Vec<PlanAssumption>) {
    let answer = retirement_plan(&input(document)).unwrap();
    (answer.plan, answer.assumptions)
}

fn plan(document: Value) -> Plan {
    build(&input(document), &Control::default()).unwrap()
}

fn refused(document: Value) -> (ErrorCode, String) {
    let error = build(&input(document), &Control::default()).unwrap_err();
    (error.code(), error.path().to_owned())
}

fn has(assumptions: &[PlanAssumption], field: &str) -> bool {
    assumptions.iter().any(|assumption| assumption.field == field)
}

#[test]
fn the_plan_is_run_as_it_is_answered() {
    let request = input(lively());
    let built = build(&request, &Control::default()).unwrap();
    let answer = retirement_plan(&request).unwrap();
    let result = retirement::run(&answer.plan, &Control::default()).unwrap();
    assert_eq!(
        serde_json::to_string(&built.retirement_plan).unwrap(),
        serde_json::to_string(&answer.plan).unwrap()
    );
    assert_eq!(serde_json::to_string(&built.result).unwrap(), serde_json::to_string(&result).unwrap());
    assert_eq!(built.assumptions, answer.assumptions);
    assert_eq!(built.years.len(), result.years_real.len());
}

#[test]
fn wages_are_planned_until_retirement_at_their_amount_of_a_year() {
    let (plan, assumptions) = mapped(lively());
    let salary = &plan.incomes[0];
    assert_eq!((salary.kind, salary.annual_amount), (RetirementIncomeKind::Salary, 78_000.0));
    assert_eq!((&salary.until, salary.inflation_linked, salary.annual_growth), (&None, false, 0.03));
    // Ana was born on a 1 January, so nothing is assumed about the day.
    assert!(!has(&assumptions, "people[0].retirementAge"));
    let later = with(|document| document["people"][0]["birthDate"] = json!("1970-05-02"));
    assert!(has(&mapped(later).1, "people[0].retirementAge"));
}

#[test]
fn expenses_for_life_are_the_spending_rule() {
    let (plan, _) = mapped(lively());
    let policy = &plan.spending.policy;
    assert_eq!(policy.essential_spending, 36_000.0);
    assert!(matches!(policy.rule, SpendingRule::ConstantReal { annual_spending: 4000.0 }));
    assert!(plan.expenses.is_empty());
    let (plan, _) = mapped(with(|document| {
        document["expenses"][1]["end"] = json!("2040-12-31");
        document["expenses"][0]["essential"] = json!(false);
    }));
    assert_eq!(plan.spending.policy.essential_spending, 0.0);
    assert_eq!(plan.expenses[0].until, Some(RetirementMoment::Year { year: 2041 }));
    assert!(!plan.expenses[0].essential);
}

#[test]
fn accounts_keep_their_treatment_cost_and_owner() {
    let (plan, assumptions) = mapped(lively());
    let treatments: Vec<_> = plan.accounts.iter().map(|account| account.treatment).collect();
    assert!(matches!(treatments[0], RetirementTaxTreatment::Cash { interest_rate: 0.0 }));
    assert!(matches!(treatments[1], RetirementTaxTreatment::Taxable { basis: Some(20_000.0), .. }));
    assert_eq!(treatments[2], RetirementTaxTreatment::Traditional);
    assert_eq!(plan.accounts[2].owner.as_deref(), Some("Ana"));
    assert!(has(&assumptions, "accounts[0].interestRate") && has(&assumptions, "accounts[1].dividendYield"));
    assert!(plan.required_distributions.is_some() && plan.early_withdrawal_penalty.is_some());
    assert!(has(&assumptions, "residence"));
}

#[test]
fn a_household_abroad_has_no_rules_of_the_united_states() {
    let (plan, assumptions) = mapped(with(|document| {
        document["residence"] = json!("FR");
        document["assumptions"].as_object_mut().unwrap().remove("effectiveTaxRate");
    }));
    assert!(plan.required_distributions.is_none() && plan.early_withdrawal_penalty.is_none());
    assert!(has(&assumptions, "assumptions.taxes") && !has(&assumptions, "residence"));
}

#[test]
fn an_american_household_without_taxes_takes_the_federal_ones() {
    let (plan, assumptions) = mapped(with(|document| {
        document["assumptions"].as_object_mut().unwrap().remove("effectiveTaxRate");
    }));
    let RetirementTaxes::Brackets { single, joint, .. } = &plan.taxes else { panic!("{:?}", plan.taxes) };
    // Rev. Proc. 2025-32.
    assert_eq!((single.deduction, single.ordinary[1].above, joint.is_none()), (16_100.0, 12_400.0, true));
    assert!(has(&assumptions, "assumptions.taxes.filingStatus"));
}

#[test]
fn a_benefit_that_is_not_stated_is_estimated_and_says_so() {
    let (plan, assumptions) = mapped(lively());
    let benefit = &plan.social_security[0];
    assert_eq!((benefit.claim_age, benefit.annual_benefit), (67, None));
    assert!(benefit.primary_insurance_amount.unwrap() > 1000.0);
    assert!(has(&assumptions, "people[0].socialSecurity.basis"));
    let (plan, assumptions) = mapped(with(|document| {
        let record = json!([{"year": 2020, "amount": "50000"}]);
        document["people"][0]["socialSecurity"] =
            json!({"basis": {"kind": "earnings", "years": record}, "claimAge": 70});
    }));
    let benefit = &plan.social_security[0];
    assert_eq!(benefit.claim_age, 70);
    assert!(benefit.primary_insurance_amount.unwrap() > 0.0);
    assert!(!has(&assumptions, "people[0].socialSecurity.basis"));
    let shared = with(|document| {
        let income = document["income"].as_array_mut().unwrap();
        income.push(json!({"id": "b", "name": "Benefits", "kind": "socialSecurity", "amount": "3000.00",
                           "frequency": "monthly", "start": "2037-01-01"}));
    });
    assert_eq!(mapped(shared).0.social_security[0].annual_benefit, Some(36_000.0));
}

#[test]
fn many_accounts_are_put_together() {
    let (plan, assumptions) = mapped(with(|document| {
        let accounts = document["accounts"].as_array_mut().unwrap();
        for index in 0..40 {
            let rate = format!("0.0{}", index % 10);
            accounts.push(
                json!({"id": format!("a{index}"), "name": "More", "kind": "savings", "balance": "10.00",
                                 "interestRate": rate}),
            );
        }
    }));
    assert!(plan.accounts.len() <= 20);
    let total: f64 = plan.accounts.iter().map(|account| account.balance).sum();
    assert!((total - 440_400.0).abs() < 1e-6);
    assert!(has(&assumptions, "accounts[42]"));
}

#[test]
fn what_would_decide_the_plan_is_refused_at_its_field() {
    let missing = |path: &str| (ErrorCode::FieldMissing, path.to_owned());
    let without = |list: &'static str, field: &'static str| {
        with(move |document| drop(document[list][0].as_object_mut().unwrap().remove(field)))
    };
    assert_eq!(
        refused(without("liabilities", "remainingMonths")),
        missing("household.liabilities[0].payment")
    );
    assert_eq!(refused(without("people", "retirementAge")), missing("household.income[0].end"));
    assert_eq!(refused(without("income", "person")), missing("household.income[0].end"));
    let overdrawn = with(|document| {
        document["accounts"] = json!([{"id": "a", "name": "A", "kind": "checking", "balance": "-1.00"}]);
    });
    assert_eq!(refused(overdrawn), (ErrorCode::AmountOutOfRange, "household.accounts[0].balance".to_owned()));
}

#[test]
fn loans_follow_their_schedules_and_are_repaid_from_a_sale() {
    let document = with(|document| {
        document["properties"] = json!([{"id": "home", "name": "Home", "kind": "primaryResidence", "value": "400000.00",
                                         "costBasis": "100000.00", "sale": {"date": "2030-06-01"}}]);
        document["liabilities"][0]["securedBy"] = json!("home");
    });
    let (mapped, assumptions) = mapped(document.clone());
    assert!(matches!(mapped.debts[0].terms, RetirementDebtTerms::Loan { .. }));
    assert_eq!(mapped.properties[0].mortgage.as_deref(), Some("Loan"));
    assert_eq!(mapped.properties[0].sale, Some(RetirementMoment::Year { year: 2030 }));
    // 26 U.S.C. 121 for one owner.
    assert_eq!(mapped.properties[0].gain_exclusion, 250_000.0);
    assert!(has(&assumptions, "properties[0].gainExclusion"));
    let built = plan(document);
    let of = |year: u32| &built.years.iter().find(|row| row.year == year).unwrap().means;
    assert!(of(2029).debts_owed > 0.0 && of(2029).property_value > 0.0);
    assert_eq!((of(2030).debts_owed, of(2030).property_value), (0.0, 0.0));
}

#[test]
fn the_moments_that_matter_are_in_order() {
    let built = plan(with(|document| {
        document["goals"] = json!([{"id": "g", "name": "Boat", "kind": "majorPurchase", "targetAmount": "9000.00",
                                    "targetDate": "2029-05-01"}]);
    }));
    let events: Vec<_> = built.events.iter().map(|event| (event.year, event.kind, event.age)).collect();
    let expected = [
        (2029, PlanEventKind::Goal, None),
        (2030, PlanEventKind::Retirement, Some(60)),
        (2036, PlanEventKind::DebtRepaid, None),
        // Estimated from the salary, and claimed at 67.
        (2037, PlanEventKind::SocialSecurity, Some(67)),
        // Those born in 1960 or later: 75.
        (2045, PlanEventKind::RequiredDistributions, Some(75)),
        (2065, PlanEventKind::LastYear, Some(95)),
    ];
    assert_eq!(events, expected);
}

#[test]
fn questions_are_answered_or_say_why_not() {
    let request = PlanInput { paths: 60, questions: true, ..input(lively()) };
    let built = build(&request, &Control::default()).unwrap();
    assert!(!built.sensitivity.is_empty() && built.sensitivity.len() <= 6);
    let answers = built.answers.unwrap();
    assert_eq!((answers.paths, answers.spending, answers.confidence), (60, 40_000.0, 0.9));
    let found = [
        answers.maximum_spending.is_some(),
        answers.earliest_retirement_age.is_some(),
        answers.required_saving.is_some(),
    ];
    assert_eq!(found.iter().filter(|found| !**found).count(), answers.unanswered.len());
    let retired = with(|document| document["income"] = json!([]));
    let request = PlanInput { paths: 60, questions: true, ..input(retired) };
    let answers = build(&request, &Control::default()).unwrap().answers.unwrap();
    assert!(answers.earliest_retirement_age.is_none() && answers.required_saving.is_none());
    assert!(answers.unanswered.len() >= 2);
}

#[test]
fn progress_goes_from_nothing_to_everything_over_all_parts() {
    let seen = Mutex::new(Vec::new());
    let observer = |progress: Progress| seen.lock().unwrap().push(progress);
    let request = PlanInput { paths: 60, questions: true, ..input(lively()) };
    build(&request, &Control::with_observer(&observer)).unwrap();
    let seen = seen.into_inner().unwrap();
    let last = seen.last().unwrap();
    assert_eq!(last.done, last.total);
    assert!(seen.iter().all(|progress| progress.total == last.total && progress.done <= progress.total));
}

#[test]
fn a_cancelled_plan_stops() {
    let control = Control::default();
    control.cancel();
    let error = build(&input(lively()), &control).unwrap_err();
    assert_eq!(error.code(), ErrorCode::OperationCancelled);
    // In the middle as well: the observer cancels at the first report.
    let request = PlanInput { paths: 5000, questions: true, ..input(lively()) };
    let token = wherewithal_base::control::CancellationToken::default();
    let observer = |progress: Progress| {
        if progress.done * 3 > progress.total {
            token.cancel();
        }
    };
    let error = build(&request, &Control::with_observer(&observer).stopped_by(&token)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::OperationCancelled);
}

/// The numbers of a plan that are money, in the order of its fields.
fn money(value: &Value, amounts: &mut Vec<f64>) {
    const AMOUNTS: [&str; 10] = [
        "balance",
        "basis",
        "annualAmount",
        "annualBenefit",
        "annualSpending",
        "essentialSpending",
        "value",
        "annualCost",
        "amount",
        "principal",
    ];
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let number = field.as_f64().or_else(|| field.as_str().and_then(|text| text.parse().ok()));
                match number.filter(|_| AMOUNTS.contains(&name.as_str())) {
                    Some(number) => amounts.push(number),
                    None => money(field, amounts),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| money(item, amounts)),
        _ => {}
    }
}

fn cents(cents: i64) -> String {
    Decimal::new(cents, 2).unwrap().to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_accounts_of_the_plan_are_those_of_the_statement(
        savings in -50_000_i64..10_000_000,
        depot in 6_000_000_i64..20_000_000,
        ira in 0_i64..10_000_000,
        share in 1_u32..=100,
    ) {
        let document = with(|document| {
            document["accounts"][0]["balance"] = json!(cents(savings));
            document["accounts"][1]["balance"] = json!(cents(depot));
            document["accounts"][2]["balance"] = json!(cents(ira));
            document["accounts"][1]["ownershipShare"] = json!(Decimal::new(i64::from(share.max(2)), 2).unwrap().to_string());
        });
        let request = input(document);
        let statement = net_worth::statement(&request.household).unwrap();
        let debts = Decimal::sum(
            statement.liabilities.iter().filter(|debt| debt.id == "savings").map(|debt| debt.balance),
        ).unwrap();
        let total = statement.total_assets.minus(debts).unwrap();
        // An overdraft that investments cannot settle is refused.
        match retirement_plan(&request) {
            Ok(answer) => {
                let planned: f64 = answer.plan.accounts.iter().map(|account| account.balance).sum();
                prop_assert!((planned - gate::to_f64(total)).abs() < 1e-6, "{planned} {total}");
                prop_assert!(answer.plan.accounts.iter().all(|account| account.balance >= 0.0));
            }
            Err(error) => prop_assert_eq!(error.code(), ErrorCode::AmountOutOfRange),
        }
    }

    #[test]
    fn a_thousand_times_the_money_is_a_thousand_times_the_plan(
        pay in 100_i64..1_000_000,
        spending in 100_i64..1_000_000,
        debt in 100_000_i64..10_000_000,
        goal in 100_i64..1_000_000,
    ) {
        let document = |factor: i64| with(|document| {
            for (list, field, amount) in [
                ("income", "amount", pay),
                ("expenses", "amount", spending),
                ("liabilities", "balance", debt),
            ] {
                document[list][0][field] = json!(cents(amount * factor));
            }
            for index in 0..3 {
                document["accounts"][index]["balance"] = json!(cents(5_000_000 * factor));
            }
            // An estimated benefit does not grow with the money of a household.
            document["residence"] = json!("FR");
            document["accounts"][1]["costBasis"] = json!(cents(2_000_000 * factor));
            document["expenses"][1]["amount"] = json!(cents(400_000 * factor));
            document["goals"] = json!([{"id": "g", "name": "Goal", "kind": "travel", "targetAmount": cents(goal * factor),
                                        "targetDate": "2030-06-30"}]);
        });
        let amounts = |factor| {
            let mut found = Vec::new();
            money(&serde_json::to_value(mapped(document(factor)).0).unwrap(), &mut found);
            found
        };
        let (one, thousand) = (amounts(1), amounts(1000));
        prop_assert_eq!(one.len(), thousand.len());
        prop_assert!(one.len() > 8);
        for (one, thousand) in one.iter().zip(&thousand) {
            prop_assert!((one * 1000.0 - thousand).abs() <= 1e-9 * thousand.abs(), "{one} {thousand}");
        }
    }

    #[test]
    fn more_money_at_the_start_never_lowers_the_chance_of_success(
        balance in 0_i64..20_000_000,
        more in 1_i64..20_000_000,
    ) {
        let chance = |balance: i64| {
            let document = with(|document| document["accounts"][0]["balance"] = json!(cents(balance)));
            plan(document).result.success.probability
        };
        prop_assert!(chance(balance + more) >= chance(balance));
    }
}

/// A couple that lives in the United States, with accounts of every limited kind.
fn savers(contributions: &Value) -> Value {
    json!({
        "version": 1, "name": "Savers", "asOf": "2026-01-01", "residence": "US",
        "people": [
            {"id": "ana", "name": "Ana", "birthDate": "1978-05-01", "retirementAge": 60},
            {"id": "bo", "name": "Bo", "birthDate": "1980-05-01", "retirementAge": 60}],
        "accounts": [
            {"id": "cash", "name": "Cash", "kind": "savings", "balance": "90000"},
            {"id": "k", "name": "401(k)", "kind": "traditional401k", "balance": "0", "owner": "ana"},
            {"id": "rk", "name": "Roth 401(k)", "kind": "roth401k", "balance": "0", "owner": "ana"},
            {"id": "d", "name": "457(b)", "kind": "plan457b", "balance": "0", "owner": "ana"},
            {"id": "i", "name": "IRA", "kind": "traditionalIra", "balance": "0", "owner": "bo"}],
        "income": [{"id": "wage", "name": "Wage", "kind": "salary", "person": "ana", "amount": "240000",
                    "frequency": "annual"}],
        "contributions": contributions,
        "assumptions": {"expectedReturn": 0.05, "volatility": 0.1, "inflation": 0.025}
    })
}

/// The limits that the plan says are exceeded: the field, the limit and whether the year is named.
fn exceeded(contributions: &Value, year: u32) -> Vec<(String, f64, bool)> {
    let (_, assumptions) = mapped(savers(contributions));
    let of_limit = |one: &&PlanAssumption| one.assumed.contains("more than the limit of the law");
    let names = |one: &PlanAssumption| one.assumed.contains(&format!(" in {year}, "));
    let limit = |one: &PlanAssumption| (one.field.clone(), one.value.unwrap(), names(one));
    assumptions.iter().filter(of_limit).map(limit).collect()
}

fn deferral(account: &str, amount: &str) -> Value {
    json!({"id": format!("to-{account}"), "name": account, "account": account, "amount": amount, "frequency": "annual"})
}

/// 24,500 for deferrals, 7,500 for an IRA and 72,000 for annual additions: IRS Notice 2025-67.
#[test]
fn contributions_above_a_limit_of_the_law_are_named() {
    // Each is within the limit; together two are not. A 457(b) plan has a limit of its own.
    let within = json!([
        deferral("k", "14500"),
        deferral("rk", "10000"),
        deferral("d", "24500"),
        deferral("i", "7500")
    ]);
    assert_eq!(exceeded(&within, 2026), []);
    let above = json!([
        deferral("k", "14500"),
        deferral("rk", "10001"),
        deferral("d", "24501"),
        deferral("i", "7501")
    ]);
    let field = |index: usize| format!("contributions[{index}].amount");
    let expected = [(field(1), 24_500.0, true), (field(2), 24_500.0, true), (field(3), 7_500.0, true)];
    assert_eq!(exceeded(&above, 2026), expected);
}

#[test]
fn a_contribution_that_outgrows_its_limit_is_named_in_its_year() {
    // 23,000 × (1.08 / 1.025)² is 25,534 in 2028, when Ana is 50 and the limit is 32,500; seven years on it is 33,157.
    let mut contribution = deferral("k", "23000");
    contribution["annualGrowth"] = json!(0.08);
    assert_eq!(
        exceeded(&json!([contribution]), 2033),
        [("contributions[0].amount".to_owned(), 32_500.0, true)]
    );
    // 7,000 × 1.06² / 1.025² is 7,486, and a year later 7,742; at 50, in 2030, it may be 8,600.
    let mut contribution = deferral("i", "7000");
    contribution["annualGrowth"] = json!(0.06);
    assert_eq!(
        exceeded(&json!([contribution]), 2029),
        [("contributions[0].amount".to_owned(), 7500.0, true)]
    );
}

#[test]
fn annual_additions_count_what_employers_pay() {
    let mut matched = deferral("k", "24500");
    matched["employerMatch"] = json!({"income": "wage", "rate": "2", "upToShare": "0.0989"});
    // 24,500 + 2 × 23,736 is 71,972.
    assert_eq!(exceeded(&json!([matched.clone()]), 2026), []);
    matched["employerMatch"]["upToShare"] = json!("0.1");
    let expected = [("contributions[0].amount".to_owned(), 72_000.0, true)];
    assert_eq!(exceeded(&json!([matched.clone()]), 2026), expected);
    let (_, assumptions) = mapped(savers(&json!([matched])));
    let said = assumptions.iter().find(|one| one.value == Some(72_000.0)).unwrap();
    assert!(
        said.assumed.contains("72500.00 in 2026") && said.assumed.contains("all the same"),
        "{}",
        said.assumed
    );
}

/// Deferrals of 39,000 are held to 24,500 before they count as annual additions: with a match of 200 % they come to 73,500,
/// with one of 100 % to 49,000.
#[test]
fn annual_additions_count_deferrals_within_their_limit() {
    let with_match = |rate: &str| {
        let mut own = deferral("k", "39000");
        own["employerMatch"] = json!({"income": "wage", "rate": rate, "upToShare": "1"});
        mapped(savers(&json!([own]))).1
    };
    let said = |assumptions: &[PlanAssumption], limit: f64| {
        assumptions.iter().find(|one| one.value == Some(limit)).map(|one| one.assumed.clone())
    };
    let above = with_match("2");
    let additions = said(&above, 72_000.0).unwrap();
    assert!(
        additions.contains("73500.00 in 2026") && additions.contains("73500.00 all the same"),
        "{additions}"
    );
    let deferrals = said(&above, 24_500.0).unwrap();
    assert!(
        deferrals.contains("39000.00 in 2026") && deferrals.contains("employers match what is contributed"),
        "{deferrals}"
    );
    assert_eq!(said(&with_match("1"), 72_000.0), None);
}

/// The employer pays 6,000, also where the law lets the household contribute 24,500 of its 39,000.
#[test]
fn a_limit_does_not_reduce_what_an_employer_pays_in_step() {
    let mut employer = deferral("k", "6000");
    employer["id"] = json!("match");
    employer["source"] = json!("employer");
    let (plan, _) = mapped(savers(&json!([deferral("k", "39000"), employer])));
    let matched = plan.contributions[0].employer_match.as_ref().unwrap();
    assert!((matched.rate * 24_500.0 - 6_000.0).abs() < 1e-6, "{}", matched.rate);
}

#[test]
fn a_limit_of_the_document_is_kept_and_said_to_exceed_that_of_the_law() {
    let mut own = deferral("i", "9000");
    own["annualLimit"] = json!("8000");
    let (plan, assumptions) = mapped(savers(&json!([own])));
    let limit = plan.contributions[0].limit;
    assert_eq!(
        limit,
        Some(wherewithal_retirement::RetirementContributionLimit::Amount { annual_amount: 8000.0 })
    );
    let said = assumptions.iter().find(|one| one.value == Some(7_500.0)).unwrap();
    assert!(
        said.assumed.contains("8000.00 in 2026") && said.assumed.contains("all the same"),
        "{}",
        said.assumed
    );
}

#[test]
fn outside_the_united_states_there_is_no_limit() {
    let mut document = savers(&json!([deferral("k", "90000")]));
    document["residence"] = json!("DE");
    let (plan, assumptions) = mapped(document);
    assert_eq!(plan.contributions[0].limit, None);
    assert!(!assumptions.iter().any(|one| one.assumed.contains("limit of the law")));
}

#[test]
fn a_replacement_is_a_property_from_its_purchase_on() {
    let (plan, assumptions) = mapped(with(|document| {
        document["properties"] = json!([{"id": "home", "name": "Home", "kind": "primaryResidence", "value": "400000",
            "sale": {"date": "2030-05-01"}, "replacement": {"price": "200000", "annualCost": "4000"}}]);
    }));
    let bought = &plan.properties[1];
    assert_eq!(
        (bought.name.as_str(), bought.value, bought.annual_cost),
        ("Home: replacement", 200_000.0, 4000.0)
    );
    assert_eq!(bought.owned_from, Some(RetirementMoment::Year { year: 2030 }));
    assert!(plan.lump_sums.iter().any(|sum| sum.name == "Home: replacement" && sum.amount == -200_000.0));
    assert!(has(&assumptions, "properties[0].replacement.realGrowth"));
}

fn assumed<'a>(assumptions: &'a [PlanAssumption], field: &str) -> &'a str {
    let found = assumptions.iter().find(|assumption| assumption.field == field);
    found.map_or_else(|| panic!("nothing is assumed about {field}"), |assumption| assumption.assumed.as_str())
}

/// An annual rate that is stated, 0 as well, is not assumed.
#[test]
fn a_missing_rate_or_fee_is_said_to_be_nothing() {
    let without = with(|document| {
        document["liabilities"][0].as_object_mut().unwrap().remove("annualRate");
    });
    let (_, assumptions) = mapped(without.clone());
    assert_eq!(assumed(&assumptions, "liabilities[0].annualRate"), "Loan bears no interest");
    assert_eq!(assumed(&assumptions, "assumptions.annualFee"), "the funds and their management cost nothing");
    // 100,000 in 120 payments.
    let debt = &plan(without).debts[0];
    assert_eq!(debt.monthly_payment.unwrap().to_string(), "833.33");
    assert_eq!(debt.annual_rate, Decimal::ZERO);
    let stated = with(|document| {
        document["liabilities"][0]["annualRate"] = json!("0");
        document["assumptions"]["annualFee"] = json!(0);
    });
    let (_, assumptions) = mapped(stated);
    assert!(!has(&assumptions, "liabilities[0].annualRate") && !has(&assumptions, "assumptions.annualFee"));
    let in_full = with(|document| {
        document["liabilities"] = json!([{"id": "card", "name": "Card", "kind": "creditCard", "balance": "900.00",
                                          "paidInFull": true}]);
    });
    assert!(!has(&mapped(in_full).1, "liabilities[0].annualRate"));
}

#[test]
fn a_loan_that_a_sale_repays_ends_in_the_year_of_the_sale() {
    let sold_on = |date: &str| {
        let built = plan(with(|document| {
            document["properties"] = json!([{"id": "home", "name": "Home", "kind": "primaryResidence",
                                             "value": "400000.00", "sale": {"date": date}}]);
            document["liabilities"][0]["securedBy"] = json!("home");
        }));
        let repaid = |event: &&crate::PlanEvent| event.kind == PlanEventKind::DebtRepaid;
        built.events.iter().filter(repaid).map(|event| event.year).collect::<Vec<_>>()
    };
    assert_eq!(sold_on("2030-06-01"), [2030]);
    // The loan is repaid before that.
    assert_eq!(sold_on("2050-06-01"), [2036]);
}

/// Ana is 95 in 2065.
#[test]
fn what_lies_after_the_last_year_is_said_not_to_be_reached() {
    let (_, assumptions) = mapped(with(|document| {
        document["goals"] = json!([{"id": "g", "name": "Boat", "kind": "majorPurchase", "targetAmount": "9000.00",
                                    "targetDate": "2066-05-01"}]);
        document["properties"] = json!([{"id": "home", "name": "Home", "kind": "primaryResidence",
                                         "value": "400000.00", "sale": {"date": "2066-06-01"}}]);
        document["income"]
            .as_array_mut()
            .unwrap()
            .push(json!({"id": "gift", "name": "Gift", "kind": "other",
            "amount": "1000.00", "frequency": "once", "start": "2500-01-01"}));
        document["expenses"]
            .as_array_mut()
            .unwrap()
            .push(json!({"id": "care", "name": "Care", "kind": "other",
            "amount": "1000.00", "frequency": "monthly", "start": "2070-01-01"}));
    }));
    let of_2065 = |what: &str| format!("{what} is not reached: the last year of the plan is 2065");
    assert_eq!(assumed(&assumptions, "goals[0]"), of_2065("Boat in 2066"));
    assert_eq!(assumed(&assumptions, "properties[0].sale.date"), of_2065("the sale of Home in 2066"));
    assert_eq!(assumed(&assumptions, "income[1]"), of_2065("Gift in 2500"));
    assert_eq!(assumed(&assumptions, "expenses[2]"), of_2065("Care in 2070"));
}

#[test]
fn what_was_paid_once_before_the_balances_does_not_count_again() {
    let paid_on = |date: &str, as_of: &str| {
        mapped(with(|document| {
            document["asOf"] = json!(as_of);
            document["income"]
                .as_array_mut()
                .unwrap()
                .push(json!({"id": "gift", "name": "Gift", "kind": "other",
                "amount": "1000.00", "frequency": "once", "start": date}));
            document["expenses"]
                .as_array_mut()
                .unwrap()
                .push(json!({"id": "car", "name": "Car", "kind": "other",
                "amount": "500.00", "frequency": "once", "start": date}));
        }))
    };
    let (plan, assumptions) = paid_on("2026-02-01", "2026-03-10");
    assert!(plan.lump_sums.is_empty());
    let said = "Gift was before 2026-03-10: it is in the balances already, so it is left out";
    assert_eq!(assumed(&assumptions, "income[1]"), said);
    assert!(has(&assumptions, "expenses[2]"));
    let (plan, assumptions) = paid_on("2026-03-10", "2026-03-10");
    assert_eq!(plan.lump_sums.len(), 2);
    assert!(!has(&assumptions, "income[1]"));
    // Between the balances and the start of the plan: at the start.
    let (plan, assumptions) = paid_on("2026-12-28", "2026-12-20");
    assert_eq!((plan.first_year, plan.first_year_months), (2027, 12));
    let years: Vec<_> = plan.lump_sums.iter().map(|sum| sum.at.clone()).collect();
    assert_eq!(years, [RetirementMoment::Year { year: 2027 }, RetirementMoment::Year { year: 2027 }]);
    assert!(!has(&assumptions, "expenses[2]"));
}

#[test]
fn the_start_says_what_it_means_for_payments() {
    let of = |as_of: &str| {
        let (_, assumptions) = mapped(with(|document| document["asOf"] = json!(as_of)));
        assumed(&assumptions, "asOf").to_owned()
    };
    assert!(
        of("2026-03-10").contains("starts on 2026-03-01") && of("2026-03-10").contains("10 months count")
    );
    assert!(of("2026-09-01").contains("starts on 2026-09-01") && of("2026-09-01").contains("4 months count"));
    assert!(of("2026-12-16").contains("of 2026, one month counts"));
    assert!(of("2026-12-31").contains("the whole of 2027 counts"));
    let (_, assumptions) = mapped(lively());
    assert!(!has(&assumptions, "asOf"));
}

/// What is received and paid regularly in half a year is half of what it is in the year.
#[test]
fn half_a_year_has_half_of_what_is_regular() {
    let document = |as_of: &str| {
        with(|document| {
            document["asOf"] = json!(as_of);
            // Payments that do not end, so that both years have the same ones.
            document["liabilities"][0]["nextPayment"] =
                json!(if as_of == "2026-01-01" { "2026-01-15" } else { "2026-07-15" });
            document["contributions"] = json!([{"id": "more", "name": "More", "account": "ira", "amount": "300.00",
                                               "frequency": "monthly"}]);
            document["assumptions"]["volatility"] = json!(0);
        })
    };
    let of = |as_of: &str| plan(document(as_of)).years.swap_remove(0).means;
    let (whole, half) = (of("2026-01-01"), of("2026-07-01"));
    for (whole, half) in [
        (whole.income, half.income),
        (whole.contributions, half.contributions),
        (whole.debt_payments, half.debt_payments),
        (whole.spending, half.spending),
        (whole.ordinary_tax, half.ordinary_tax),
    ] {
        assert!(whole > 0.0 && (half - whole / 2.0).abs() < 1e-6 * whole, "{whole} {half}");
    }
    assert_eq!(plan(document("2026-07-01")).retirement_plan.first_year_months, 6);
}

/// A person whose pay ends in 2030, with accounts that only contributions fill.
fn saver(change: impl FnOnce(&mut Value)) -> Value {
    let mut document = json!({
        "version": 1, "name": "Saver", "currency": "EUR", "residence": "DE", "asOf": "2026-01-01",
        "people": [{"id": "a", "name": "A", "birthDate": "1986-01-01", "retirementAge": 65, "planToAge": 66}],
        "accounts": [{"id": "r", "name": "R", "kind": "otherRetirement", "owner": "a", "balance": "0", "accessAge": 60}],
        "income": [
            {"id": "i", "name": "I", "kind": "salary", "person": "a", "amount": "1000.00", "frequency": "monthly",
             "end": "2030-12-31"},
            {"id": "t", "name": "T", "kind": "salary", "person": "a", "amount": "1.00", "frequency": "monthly"}],
        "expenses": [{"id": "l", "name": "L", "kind": "living", "amount": "900.00", "frequency": "monthly"}],
        "contributions": [
            {"id": "c", "name": "C", "account": "r", "amount": "80.00", "frequency": "monthly"},
            {"id": "d", "name": "D", "account": "r", "amount": "500.00", "frequency": "monthly"}],
        "assumptions": {"expectedReturn": 0, "volatility": 0, "inflation": 0, "effectiveTaxRate": 0}
    });
    change(&mut document);
    document
}

#[test]
fn contributions_are_what_income_leaves_and_the_plan_says_where_they_are_less() {
    let built = plan(saver(|_| ()));
    let contributed: Vec<f64> = built.years.iter().map(|year| year.means.contributions).collect();
    // 12,012 of income less 10,800 of expenses; later, 12 of income.
    assert!(contributed[..5].iter().all(|one| (one - 1212.0).abs() < 1e-6), "{contributed:?}");
    assert!(contributed[5..].iter().all(|one| one.abs() < 1e-6), "{contributed:?}");
    assert!(!has(&built.assumptions, "accounts[0].balance"));
    let said: Vec<_> = built
        .assumptions
        .iter()
        .filter(|one| one.field.starts_with("contributions[") && one.field.ends_with(".amount"))
        .map(|one| (one.field.as_str(), one.assumed.split(':').next().unwrap(), one.value.unwrap().round()))
        .collect();
    let words = |name: &str, asked: &str, year: u32, paid: &str| {
        format!(
            "{name} asks for {asked} in {year}, and what income leaves after taxes, debts, expenses and the contributions \
             before it pays {paid}"
        )
    };
    // 960 of the first are paid as long as there is the salary; 252 are left for the second.
    assert_eq!(
        said,
        [
            ("contributions[0].amount", words("C", "960.00", 2031, "0.00").as_str(), 0.0),
            ("contributions[1].amount", words("D", "6000.00", 2026, "252.00").as_str(), 252.0)
        ]
    );
}

#[test]
fn savings_pay_for_no_contribution_and_a_goal_out_of_savings_lowers_none() {
    let with_savings = |change: fn(&mut Value)| {
        plan(saver(|document| {
            document["accounts"]
                .as_array_mut()
                .unwrap()
                .push(json!({"id": "s", "name": "S", "kind": "savings", "balance": "20000.00"}));
            document["contributions"].as_array_mut().unwrap().pop();
            change(document);
        }))
    };
    let contributed =
        |built: &Plan| built.years.iter().map(|year| year.means.contributions).collect::<Vec<_>>();
    let plain = with_savings(|_| ());
    assert!((contributed(&plain)[0] - 960.0).abs() < 1e-6 && contributed(&plain)[5].abs() < 1e-6);
    // The savings of the start pay for a car in 2027.
    let small = with_savings(|document| {
        document["goals"] = json!([{"id": "car", "name": "Car", "kind": "majorPurchase",
        "targetAmount": "15000.00", "targetDate": "2027-03-01"}])
    });
    assert_eq!(contributed(&small)[..5], contributed(&plain)[..5]);
    assert!(small.years[1].means.shortfall.abs() < 1e-6);
    // They do not suffice: 20,000 and 252 of 2026, and 252 and the 960 of 2027, less 21,000, leave 464 for the contribution.
    let large = with_savings(|document| {
        document["goals"] = json!([{"id": "car", "name": "Car", "kind": "majorPurchase",
        "targetAmount": "21000.00", "targetDate": "2027-03-01"}])
    });
    assert!((contributed(&large)[1] - 464.0).abs() < 1e-6, "{:?}", contributed(&large));
    assert!(large.years[1].means.shortfall.abs() < 1e-6);
}

#[test]
fn a_debt_ends_with_the_sale_that_repays_it() {
    let document = with(|document| {
        document["properties"] = json!([{"id": "home", "name": "Home", "kind": "primaryResidence", "value": "300000.00",
                                         "sale": {"date": "2030-05-01"}}]);
        document["liabilities"][0]["securedBy"] = json!("home");
    });
    let built = plan(document.clone());
    let debt = &built.debts[0];
    assert_eq!(debt.repaid_by.as_deref(), Some("Home"));
    assert_eq!(debt.payoff_date.unwrap().to_string(), "2030-01-01");
    // From February 2026 to December 2029.
    assert_eq!(debt.remaining_payments, Some(47));
    let owed = built.result.years[3].debts_owed;
    assert!((gate::to_f64(debt.final_payment.unwrap()) - owed).abs() < 1e-6, "{owed}");
    // What is paid is what is owed less what is left, and the interest.
    let paid: f64 = built.result.years[..4].iter().map(|year| year.debt_payments).sum();
    let interest = gate::to_f64(debt.remaining_interest.unwrap());
    assert!((paid - (100_000.0 - owed) - interest).abs() < 1e-6, "{paid} {interest}");
    // A loan that is repaid before the sale ends by itself, as one does without the sale.
    let later = |date: &str| {
        let mut document = document.clone();
        document["properties"][0]["sale"]["date"] = json!(date);
        plan(document).debts.swap_remove(0)
    };
    let by_payments = later("2040-05-01");
    assert_eq!((by_payments.repaid_by.clone(), by_payments.remaining_payments), (None, Some(120)));
    // A sale that the plan does not reach repays nothing.
    let mut document = document;
    document["liabilities"][0]["remainingMonths"] = json!(900);
    document["properties"][0]["sale"]["date"] = json!("2090-05-01");
    assert_eq!(plan(document).debts[0].repaid_by, None);
}

#[test]
fn the_order_of_withdrawals_is_said_where_there_are_several_accounts() {
    let said = |change: fn(&mut Value)| {
        let (_, assumptions) = mapped(with(change));
        assumptions.into_iter().find(|one| one.field == "accounts").map(|one| one.assumed)
    };
    let three = said(|_| ()).unwrap();
    assert!(three.contains("from cash first") && !three.contains("in the order of the document"), "{three}");
    let two_of_a_kind = said(|document| {
        document["accounts"]
            .as_array_mut()
            .unwrap()
            .push(json!({"id": "more", "name": "More", "kind": "savings", "balance": "1.00"}));
    });
    assert!(two_of_a_kind.unwrap().ends_with("those of one group in the order of the document"));
    assert_eq!(said(|document| document["accounts"].as_array_mut().unwrap().truncate(1)), None);
}

#[test]
fn taxes_that_are_not_computed_are_named() {
    let taxes = |change: fn(&mut Value)| {
        let (_, assumptions) = mapped(with(|document| {
            document["assumptions"].as_object_mut().unwrap().remove("effectiveTaxRate");
            document["properties"] = json!([{"id": "flat", "name": "Flat", "kind": "rental", "value": "200000.00",
                                             "monthlyRent": "900.00"}]);
            change(document);
        }));
        assumptions
    };
    let names =
        |assumptions: &[PlanAssumption], what: &str| assumptions.iter().any(|one| one.assumed.contains(what));
    let of_wages = taxes(|_| ());
    assert!(names(&of_wages, "on wages (26 U.S.C. 3101)") && !names(&of_wages, "1401"));
    assert!(names(&of_wages, "the rent of Flat is taxed as a whole"));
    let of_own = taxes(|document| document["income"][0]["kind"] = json!("selfEmployment"));
    assert!(names(&of_own, "self-employment (26 U.S.C. 1401)") && !names(&of_own, "3101"));
    let retired = taxes(|document| document["income"] = json!([]));
    assert!(!names(&retired, "26 U.S.C. 3101") && !names(&retired, "1401"));
    // One effective rate may include them.
    let effective = taxes(|document| document["assumptions"]["effectiveTaxRate"] = json!(0.3));
    assert!(
        !names(&effective, "26 U.S.C. 3101") && names(&effective, "the rent of Flat is taxed as a whole")
    );
    let untaxed = taxes(|document| document["residence"] = json!("CH"));
    assert!(!names(&untaxed, "26 U.S.C. 3101") && !names(&untaxed, "the rent of Flat"));
}

#[test]
fn a_benefit_is_estimated_from_the_work_that_goes_on() {
    let benefit = |change: fn(&mut Value)| {
        let (plan, assumptions) = mapped(with(change));
        let said = assumed(&assumptions, "people[0].socialSecurity.basis").to_owned();
        (plan.social_security[0].primary_insurance_amount.unwrap(), said)
    };
    let extra = |document: &mut Value| {
        document["income"]
            .as_array_mut()
            .unwrap()
            .push(json!({"id": "extra", "name": "Extra", "kind": "salary",
            "person": "ana", "amount": "2000.00", "frequency": "monthly", "end": "2026-12-31"}));
    };
    let (alone, _) = benefit(|_| ());
    let (with_extra, said) = benefit(extra);
    assert_eq!(alone, with_extra);
    assert!(said.contains("without Extra, which ends earlier") && said.ends_with("from 22 to 60"), "{said}");
    // Another job follows it.
    let (followed, said) = benefit(|document| {
        let income = document["income"].as_array_mut().unwrap();
        income[0]["end"] = json!("2026-06-30");
        income.push(
            json!({"id": "next", "name": "Next", "kind": "salary", "person": "ana", "amount": "9000.00",
                           "frequency": "monthly", "start": "2026-07-01"}),
        );
        income.push(
            json!({"id": "bonus", "name": "Bonus", "kind": "bonus", "person": "ana", "amount": "10.00",
                           "frequency": "annual"}),
        );
    });
    assert!(followed >= alone && !said.contains("without"), "{followed} {alone} {said}");
    // All of it ends early: of the 35 years that count, somebody born in 1980 has 25 by the end of 2026.
    let younger = |document: &mut Value| document["people"][0]["birthDate"] = json!("1980-01-01");
    let (alone, _) = benefit(younger);
    let (less, said) = benefit(|document| {
        document["people"][0]["birthDate"] = json!("1980-01-01");
        document["income"][0]["end"] = json!("2026-12-31");
    });
    assert!(less < alone && said.ends_with("from 22 to 47"), "{less} {alone} {said}");
}

#[test]
fn more_debts_than_a_plan_has_room_for_are_refused_at_their_list() {
    let debts = |count: usize| {
        let debt = |index| {
            json!({"id": format!("l{index}"), "name": "Loan", "kind": "studentLoan", "balance": "900.00",
                                  "annualRate": "0.05", "remainingMonths": 9})
        };
        with(|document| document["liabilities"] = (0..count).map(debt).collect())
    };
    assert_eq!(refused(debts(101)), (ErrorCode::ListTooLong, "household.liabilities".to_owned()));
    let error = retirement_plan(&input(debts(101))).unwrap_err();
    assert_eq!(error.message(), "a plan has at most 100 debts, and this household has 101");
    // The limit is that of the plan itself.
    assert_eq!(plan(debts(100)).debts.len(), 100);
}

#[test]
fn a_date_beyond_the_calendar_of_a_plan_is_refused_at_itself() {
    for as_of in ["9999-12-31", "2500-01-01", "0001-01-01"] {
        let document = with(|document| {
            document["asOf"] = json!(as_of);
            document["people"] = json!([]);
            document["income"] = json!([]);
            document["accounts"] = json!([]);
        });
        assert_eq!(refused(document), (ErrorCode::YearOutOfRange, "household.asOf".to_owned()), "{as_of}");
    }
}
