//! Every operation stops soon after it is cancelled, at its largest inputs.

#![cfg(feature = "documentation")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

mod grown;

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use grown::{Growth, cpu};
use serde_json::{Value, json};
use wherewithal::{control::Control, wire, wire::Spelling};
use wherewithal_contract::{Operation, registry};

/// The longest time of the processor between two questions whether to stop, and from the last one to the end. It is for
/// the profile of the tests; the release profile needs about half.
const BOUND: Duration = Duration::from_millis(500);

/// When a run that answers is stopped anyway.
const ENOUGH: Duration = Duration::from_secs(1);

/// How long a short input runs in which an operation would refuse it.
const MOMENTS: Duration = Duration::from_millis(20);

/// The number of vectors of an operation whose list of a field is grown.
const MOST_TRIALS: usize = 1;

/// The course of a run that was stopped when it had taken long enough.
struct Course {
    total: Duration,
    longest_gap: Duration,
    questions: u64,
    refused: bool,
}

fn course(operation: &Operation, input: &wire::Value<'_>, enough: Duration) -> Course {
    let start = cpu();
    let state = Mutex::new((start, Duration::ZERO, 0));
    let is_enough = || {
        // Threads may ask in another order than they looked at the clock.
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = cpu().max(state.0);
        *state = (now, state.1.max(now - state.0), state.2 + 1);
        now - start >= enough
    };
    let control = Control::default().stopped_when(&is_enough);
    let answer = operation.run_in(Spelling::Camel, input, &control);
    let end = cpu();
    let (last, gap, questions) = *state.lock().unwrap();
    let refused = answer.err().is_some_and(|error| grown::is_refusal(&error));
    Course { total: end - start, longest_gap: gap.max(end.saturating_sub(last)), questions, refused }
}

/// Inputs that take an operation's time without long lists.
fn hard_inputs() -> Vec<(&'static str, Value)> {
    let minimum = json!({"kind": "percentPlusInterest", "fraction": "0.01", "floor": "25"});
    let debt = |number: u32| {
        json!({
            "id": format!("card {number}"), "balance": (1000 + 737 * number).to_string(),
            "annualRate": format!("0.{}", 10 + number), "minimumPayment": minimum,
            "promotions": [{"until": format!("2026-{:02}-28", number % 12 + 1), "annualRate": format!("0.0{}", number % 7)}],
        })
    };
    let payoff = |debts: u32, budget: u32| {
        json!({
            "firstPayment": "2026-01-31", "budget": {"monthly": budget.to_string()},
            "debts": (0..debts).map(debt).collect::<Vec<_>>(), "strategy": {"kind": "optimum"},
        })
    };
    let compared = |debts, budget| {
        let mut input = payoff(debts, budget);
        input.as_object_mut().unwrap().shift_remove("strategy");
        input
    };
    // Flows whose signs alternate may balance at many rates.
    let alternating: Vec<f64> = (0..200_000)
        .map(|index| if index % 2 == 0 { -100.0 - f64::from(index % 97) } else { 149.0 })
        .collect();
    // All are one, but for two that contradict it: the search for the nearest matrix takes many small steps.
    let contradicting = |order: usize| -> Vec<Vec<f64>> {
        let value = |row: usize, column: usize| if row + column == 1 { -1.0 } else { 1.0 };
        (0..order).map(|row| (0..order).map(|column| value(row, column)).collect()).collect()
    };
    let contradicting_market = {
        let states = 10;
        let named: Vec<Value> = (0..states)
            .map(|state| json!({"name": format!("state {state}"), "mean": 0.02, "volatility": 0.01}))
            .collect();
        let classes: Vec<Value> = (0..20)
            .map(|class| json!({"kind": "premium", "name": format!("class {class}"), "rateState": "state 0", "premium": 0.03, "volatility": 0.1}))
            .collect();
        json!({
            "kind": "vectorAutoregression", "periodsPerYear": 1, "states": named,
            "coefficients": vec![vec![0.0; states]; states], "assetClasses": classes,
            "correlations": contradicting(states + 20),
        })
    };
    let portfolio = json!({
        "initialBalance": 1000, "years": 2, "market": contradicting_market, "paths": 10,
        "allocation": {"kind": "fixed", "weights": vec![0.05; 20]},
    });
    let advance = "2026-01-01".parse::<wherewithal::dates::Date>().unwrap();
    let day = |days: usize| advance.add_days(days as i32).unwrap().to_string();
    let offsets: Vec<Value> =
        (0..40_000).map(|days| json!({"date": day(days), "amount": (days % 5000).to_string()})).collect();
    let extras: Vec<Value> =
        (0..10_000).map(|index| json!({"date": day(3 * index + 1), "amount": "0.01"})).collect();
    let draws: Vec<Value> =
        (0..10_000).map(|index| json!({"date": day(3 * index + 2), "amount": "0.01"})).collect();
    let received: Vec<Value> =
        (0..10_000).map(|index| json!({"date": day(3 * index + 1), "amount": "0.01"})).collect();
    let loan = |frequency: &str, payments: u32| {
        json!({
            "principal": "1000000", "annualRate": "0.06", "advanceDate": "2026-01-01", "frequency": frequency,
            "numberOfPayments": payments, "accrual": {"kind": "daily", "dayCount": "actual365Fixed"},
            "offsets": offsets, "extraPayments": extras, "draws": draws,
        })
    };
    let weekly = loan("weekly", 5200);
    let annual = loan("annual", 100);
    let posted = |loan: &Value| json!({"loan": loan, "payments": received, "asOf": "2126-01-01"});
    // Equal amounts in many accounts, each of which could belong to many others, and a correction of each.
    let account =
        |number: usize| json!({"id": format!("account {number}"), "name": format!("Account {number}")});
    let flow = |number: usize| {
        let (sign, account) = (if number.is_multiple_of(2) { "-" } else { "" }, number * 7919 % 500);
        json!({
            "id": format!("{number}"), "account": format!("account {account}"), "date": day(number % 50),
            "amount": format!("{sign}100"), "type": "other", "description": "ONLINE",
        })
    };
    let correction = |number: usize| json!({"transaction": format!("{number}"), "category": "Known"});
    let classified = json!({
        "accounts": (0..500).map(account).collect::<Vec<_>>(), "transactions": (0..60_000).map(flow).collect::<Vec<_>>(),
        "corrections": (0..60_000).map(correction).collect::<Vec<_>>(),
    });
    vec![
        ("classification.classify", classified),
        ("dates.add", json!({"date": "0001-01-01", "businessDays": 2_600_000})),
        ("dates.business_days", json!({"start": "0001-01-01", "end": "9999-12-31"})),
        ("debt.payoff_plan", payoff(12, 2500)),
        ("debt.payoff_plan", payoff(50, 60_000)),
        ("debt.payoff_compare", compared(12, 2500)),
        ("time_value.irr", json!({"amounts": alternating, "allRoots": {"lower": -0.99, "upper": 10.0}})),
        ("market.nearest_correlation", json!({"correlations": contradicting(60)})),
        ("market.sample", json!({"market": contradicting_market, "years": 2, "paths": 10})),
        ("simulation.portfolio", portfolio.clone()),
        ("simulation.portfolio_path", json!({"simulation": portfolio, "path": 3})),
        ("debt.schedule", weekly.clone()),
        ("debt.schedule", annual.clone()),
        ("debt.explain_payment", json!({"loan": annual.clone(), "number": 60})),
        ("debt.post_payments", posted(&weekly)),
        ("debt.post_payments", posted(&annual)),
        (
            "debt.payoff_quote",
            json!({"loan": weekly, "payments": received, "date": "2109-01-01", "goodThrough": "2109-03-01"}),
        ),
        ("lots.append", grown::large_state(100_000)),
        ("debt.remaining_schedule", json!({"loan": weekly, "payments": received, "asOf": "2109-01-01"})),
    ]
}

/// The largest inputs of every operation: each list of a vector grown to its limit.
fn each_largest(mut see: impl FnMut(&'static Operation, &str, &wire::Value<'_>)) {
    for (operation, inputs) in grown::answered() {
        let mut trials: BTreeMap<String, usize> = BTreeMap::new();
        for input in &inputs {
            for list in grown::lists(input, operation.input_shape()) {
                let trials = trials.entry(list.field.clone()).or_default();
                if *trials >= MOST_TRIALS {
                    continue;
                }
                // Enough that the entries of the vector come more than once.
                let some = list.most(input).min(2 * list.length(input) + 40);
                let way = Growth::all().find(|growth| {
                    let some = grown::grown(input, &list, *growth, some);
                    !course(operation, &some, MOMENTS).refused
                });
                if let Some(way) = way {
                    *trials += 1;
                    see(operation, &list.field, &grown::grown(input, &list, way, list.most(input)));
                }
            }
        }
        // An operation without lists has no larger inputs than these.
        let given = if trials.is_empty() { inputs.len() } else { 1 };
        for input in inputs.iter().take(given) {
            see(operation, "lists as given", &grown::wire(input));
        }
    }
    for (name, input) in hard_inputs() {
        see(registry().get(name).unwrap(), "hard", &grown::wire(&input));
    }
}

#[test]
fn every_operation_stops_soon_after_it_is_cancelled() {
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    let mut slow = Vec::new();
    each_largest(|operation, what, input| {
        let run = course(operation, input, ENOUGH);
        assert!(!(what == "hard" && run.refused), "{} refuses its hard input", operation.name());
        *seen.entry(operation.name()).or_default() += run.questions;
        if run.longest_gap > BOUND {
            // Once more, because a page fault or a cold cache can take long.
            let again = course(operation, input, ENOUGH);
            if again.longest_gap > BOUND {
                slow.push(format!(
                    "{} with {what}: {:?} without a question, of {:?} and {} questions",
                    operation.name(),
                    again.longest_gap,
                    again.total,
                    again.questions
                ));
            }
        }
    });
    assert!(slow.is_empty(), "{}", slow.join("\n"));
    let unasked: Vec<_> = registry()
        .operations()
        .iter()
        .filter(|operation| seen.get(operation.name()).is_none_or(|questions| *questions == 0))
        .map(Operation::name)
        .collect();
    assert!(unasked.is_empty(), "these never ask: {unasked:?}");
}
