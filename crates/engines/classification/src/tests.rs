//! Properties of classifications, and what the vectors do not show.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use wherewithal_base::{ErrorCode, control::Control, num::Decimal};

use crate::{
    AmbiguityCause, Classification, ClassifiedFlow, ClassifyInput, FlowClass, FlowReasonKind, TrainInput,
    TransferEvidence, classify, train,
};

fn read(json: &Value) -> ClassifyInput {
    serde_json::from_str(&json.to_string()).unwrap()
}

fn answered(input: &ClassifyInput) -> Classification {
    classify(input, &Control::default()).unwrap()
}

fn of_json(json: &Value) -> Classification {
    answered(&read(json))
}

fn refused(json: &Value) -> (ErrorCode, String) {
    let error = classify(&read(json), &Control::default()).unwrap_err();
    (error.code(), error.path().to_owned())
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// The flows of a transaction.
fn flows<'c>(answer: &'c Classification, id: &str) -> Vec<&'c ClassifiedFlow> {
    answer.flows.iter().filter(|flow| flow.transaction == id).collect()
}

fn accounts() -> Value {
    json!([
        {"id": "checking", "kind": "checking", "name": "Everyday", "number": "1234"},
        {"id": "savings", "kind": "savings", "number": "5678"},
        {"id": "card", "liabilityKind": "creditCard", "institution": "Blue Card"},
        {"id": "loan", "liabilityKind": "autoLoan"},
        {"id": "broker", "kind": "brokerage"},
    ])
}

const ACCOUNTS: [&str; 5] = ["checking", "savings", "card", "loan", "broker"];
const TYPES: [&str; 9] = [
    "deposit",
    "withdrawal",
    "payment",
    "transfer",
    "purchase",
    "refund",
    "interest",
    "other",
    "contribution",
];
const TEXTS: [&str; 6] = [
    "CORNER CAFE 12",
    "TRANSFER TO XXXX5678",
    "BLUE CARD PAYMENT",
    "ACME PAYROLL",
    "ONLINE",
    "GARDEN CENTER #3",
];
const AMOUNTS: [&str; 4] = ["10", "25.50", "100", "100.00"];

fn transaction() -> impl Strategy<Value = Value> {
    let parts =
        (0..ACCOUNTS.len(), 1..20_u32, 0..AMOUNTS.len(), any::<bool>(), 0..TYPES.len(), 0..TEXTS.len());
    let more = (
        proptest::option::weighted(0.15, 0..ACCOUNTS.len()),
        proptest::option::weighted(0.1, 1..900_i64),
        0..8_u32,
    );
    (parts, more).prop_map(|((account, day, amount, is_out, r#type, text), (other, split, fees))| {
        let sign = if is_out { "-" } else { "" };
        let amount = format!("{sign}{}", AMOUNTS[amount]);
        let mut made = json!({
            "account": ACCOUNTS[account], "date": format!("2026-03-{day:02}"), "amount": amount, "type": TYPES[r#type],
            "description": TEXTS[text],
        });
        if let Some(other) = other {
            made["transferAccount"] = json!(ACCOUNTS[other]);
        }
        if let Some(split) = split {
            let part = Decimal::new(split, 2).unwrap();
            let rest = decimal(&amount).minus(part).unwrap();
            made["splits"] = json!([{"amount": part.to_string(), "category": "Interest"}, {"amount": rest.to_string()}]);
        }
        if fees == 0 {
            made["fees"] = json!("1.25");
        }
        made
    })
}

/// A ledger whose transactions have the ids of their places.
fn ledger() -> impl Strategy<Value = Value> {
    (proptest::collection::vec(transaction(), 0..40), 0..12_u32).prop_map(|(mut transactions, days)| {
        for (place, transaction) in transactions.iter_mut().enumerate() {
            transaction["id"] = json!(format!("t{place:02}"));
        }
        json!({"accounts": accounts(), "transactions": transactions, "transferDays": days})
    })
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_comes_twice(input in ledger()) {
        let (input, answer) = (read(&input), of_json(&input));
        let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
        let mut parts = BTreeSet::new();
        for flow in &answer.flows {
            prop_assert!(parts.insert((&flow.transaction, flow.part)));
            let sum = sums.entry(&flow.transaction).or_default();
            *sum = sum.plus(flow.amount).unwrap();
        }
        prop_assert_eq!(sums.len(), input.transactions.len());
        for transaction in &input.transactions {
            prop_assert_eq!(sums[transaction.id.as_str()], transaction.amount);
        }
        let all = Decimal::sum(input.transactions.iter().map(|transaction| transaction.amount)).unwrap();
        prop_assert_eq!(Decimal::sum(answer.totals.iter().map(|total| total.amount)).unwrap(), all);
        let counted: u32 = answer.reasons.iter().map(|reason| reason.flows).sum();
        prop_assert_eq!(counted as usize, answer.flows.len());
    }

    #[test]
    fn a_pair_nets_to_zero_and_arrives_after_it_leaves(input in ledger()) {
        let days = input["transferDays"].as_i64().unwrap();
        let answer = of_json(&input);
        let mut ends = BTreeSet::new();
        for pair in &answer.transfers {
            prop_assert!(ends.insert((&pair.from, pair.from_part)) && ends.insert((&pair.to, pair.to_part)));
            prop_assert_ne!(&pair.from_account, &pair.to_account);
            prop_assert_eq!(pair.amount, pair.arrived_amount);
            let taken = i64::from(pair.left.days_until(pair.arrived));
            prop_assert!((0..=days).contains(&taken));
            let of = |id: &str| flows(&answer, id).iter().filter(|flow| flow.counterpart.is_some()).map(|flow| flow.amount).collect::<Vec<_>>();
            let both = of(&pair.from).into_iter().chain(of(&pair.to));
            if flows(&answer, &pair.from).len() == 1 && flows(&answer, &pair.to).len() == 1 {
                prop_assert_eq!(Decimal::sum(both).unwrap(), Decimal::ZERO);
            }
        }
        let paired = answer.flows.iter().filter(|flow| flow.counterpart.is_some());
        for flow in paired {
            prop_assert!(matches!(flow.class, FlowClass::Transfer | FlowClass::PrincipalPaid | FlowClass::LoanTaken | FlowClass::InterestPaid));
        }
    }

    #[test]
    fn what_is_ambiguous_is_neither_income_nor_expense(input in ledger()) {
        let answer = of_json(&input);
        for open in &answer.ambiguous {
            let flow = answer.flows.iter().find(|flow| flow.transaction == open.transaction && flow.part == open.part).unwrap();
            prop_assert_eq!(flow.class, FlowClass::Transfer);
            prop_assert_eq!(&flow.counterpart, &None);
            prop_assert!(!open.candidates.is_empty());
        }
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(input in ledger(), seed in any::<u64>()) {
        let mut shuffled = input.clone();
        let transactions = shuffled["transactions"].as_array_mut().unwrap();
        let key = |value: &Value| {
            let id = value["id"].as_str().unwrap_or_default().bytes();
            id.fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
        };
        transactions.sort_by_key(key);
        prop_assert_eq!(of_json(&input), of_json(&shuffled));
    }

    #[test]
    fn a_correction_outranks_everything(input in ledger(), place in 0..40_usize, category in "[a-z]{3}") {
        let transactions = input["transactions"].as_array().unwrap().len();
        prop_assume!(transactions > 0);
        let id = format!("t{:02}", place % transactions);
        let mut corrected = input;
        corrected["corrections"] = json!([{"transaction": id, "class": "loanGiven", "category": category}]);
        corrected["rules"] = json!([{"minAmount": "-1000000", "class": "income", "category": "rule"}]);
        let answer = of_json(&corrected);
        let (taken, own): (Vec<&ClassifiedFlow>, _) =
            flows(&answer, &id).into_iter().partition(|flow| flow.class == FlowClass::Fee && flow.part > 0);
        prop_assert!(taken.len() <= 1 && !own.is_empty());
        for flow in own {
            prop_assert_eq!(flow.class, FlowClass::LoanGiven);
            prop_assert_eq!(flow.reason.kind, FlowReasonKind::Correction);
            prop_assert_eq!(flow.category.as_deref(), Some(category.as_str()));
        }
    }

    #[test]
    fn a_correction_holds_for_the_merchant_from_then_on(input in ledger(), place in 0..40_usize) {
        let transactions = input["transactions"].as_array().unwrap().len();
        prop_assume!(transactions > 0);
        let mut corrected = input;
        let id = format!("t{:02}", place % transactions);
        corrected["corrections"] = json!([{"transaction": id, "category": "Known"}]);
        let answer = of_json(&corrected);
        let own = flows(&answer, &id)[0].clone();
        for flow in answer.flows.iter().filter(|flow| flow.part == 0 && flow.transaction != id) {
            let is_split = corrected["transactions"].as_array().unwrap().iter()
                .any(|transaction| transaction["id"] == json!(flow.transaction) && transaction.get("splits").is_some());
            let holds = flow.merchant == own.merchant && flow.date >= own.date && !is_split;
            prop_assert_eq!(flow.category.as_deref() == Some("Known"), holds);
            if holds {
                let reason = flow.category_reason.as_ref().unwrap();
                prop_assert_eq!(reason.kind, FlowReasonKind::MerchantCorrection);
                prop_assert!(reason.detail.contains(&id));
            }
        }
    }

    #[test]
    fn what_is_paid_as_interest_was_charged(input in ledger()) {
        let answer = of_json(&input);
        let sum = |is_charge: bool| {
            let of_loan = answer.flows.iter().filter(|flow| flow.account == "loan" && flow.class == FlowClass::InterestPaid);
            Decimal::sum(of_loan.filter(|flow| (flow.reason.kind == FlowReasonKind::Source) == is_charge).map(|flow| flow.amount)).unwrap()
        };
        let charged: Vec<Decimal> = answer.flows.iter()
            .filter(|flow| flow.account == "loan" && flow.class == FlowClass::InterestPaid && flow.reason.kind == FlowReasonKind::Source)
            .filter(|flow| flow.amount.is_negative())
            .map(|flow| flow.amount.negated())
            .collect();
        prop_assert!(sum(false) <= Decimal::sum(charged).unwrap());
        let paid = answer.flows.iter().filter(|flow| flow.class == FlowClass::InterestPaid && flow.reason.kind == FlowReasonKind::Pairing);
        prop_assert_eq!(Decimal::sum(paid.map(|flow| flow.amount)).unwrap(), Decimal::ZERO);
    }
}

/// Movements within one account, in up to three currencies and on two days.
fn legs() -> impl Strategy<Value = Value> {
    let leg = (0..3_usize, 1..3_u32, 1..500_i64, any::<bool>(), any::<bool>(), 0..3_usize);
    proptest::collection::vec(leg, 0..14).prop_map(|legs| {
        let transactions: Vec<Value> = legs
            .into_iter()
            .enumerate()
            .map(|(place, (currency, day, cents, is_out, names, text))| {
                let amount = Decimal::new(if is_out { -cents } else { cents }, 2).unwrap();
                let currency = ["EUR", "USD", "GBP"][currency];
                let description = ["EUR.USD", "FX", "INTEREST"][text];
                let mut made = json!({
                    "id": format!("t{place:02}"), "account": "savings", "date": format!("2026-03-{day:02}"),
                    "amount": amount.to_string(), "currency": currency, "type": "transfer", "description": description,
                });
                if names {
                    made["transferAccount"] = json!("savings");
                }
                made
            })
            .collect();
        json!({"accounts": accounts(), "transactions": transactions})
    })
}

proptest! {
    #[test]
    fn a_conversion_is_of_one_account_one_day_and_two_currencies(input in legs()) {
        let answer = of_json(&input);
        let mut ends = BTreeSet::new();
        for pair in &answer.transfers {
            prop_assert!(ends.insert(&pair.from) && ends.insert(&pair.to));
            prop_assert_eq!(&pair.from_account, &pair.to_account);
            prop_assert_eq!(pair.left, pair.arrived);
            prop_assert_ne!(pair.currency, pair.arrived_currency);
        }
        for open in &answer.ambiguous {
            prop_assert!(ends.insert(&open.transaction));
            let flow = flows(&answer, &open.transaction)[0];
            prop_assert_eq!((flow.class, flow.reason.kind), (FlowClass::Transfer, FlowReasonKind::Pairing));
            for other in &open.candidates {
                let other = flows(&answer, other)[0];
                prop_assert!(other.currency != flow.currency && other.date == flow.date);
                prop_assert!(other.amount.signum() * flow.amount.signum() < 0);
            }
        }
        let mut turned = input;
        turned["transactions"].as_array_mut().unwrap().reverse();
        prop_assert_eq!(of_json(&turned), answer);
    }
}

#[test]
fn what_contradicts_itself_is_refused_where_it_does() {
    let base = |more: Value| {
        let mut input = json!({"accounts": accounts(), "transactions": [
            {"id": "1", "account": "checking", "date": "2026-03-02", "amount": "-10", "type": "withdrawal", "description": "A"},
            {"id": "2", "account": "savings", "date": "2026-03-02", "amount": "10", "type": "deposit", "description": "B"},
            {"id": "3", "account": "savings", "date": "2026-03-02", "amount": "11", "type": "deposit", "description": "C"},
            {"id": "4", "account": "checking", "date": "2026-03-02", "amount": "10", "type": "deposit", "description": "D"}]});
        for (field, value) in more.as_object().unwrap() {
            input[field] = value.clone();
        }
        refused(&input)
    };
    let corrected = |corrections: Value| base(json!({"corrections": corrections}));
    let ruled = |rule: Value| base(json!({"rules": [rule]}));
    let learned = |model: Value| base(json!({"model": model}));
    for (found, code, path) in [
        (
            corrected(json!([{"transaction": "9", "class": "income"}])),
            ErrorCode::NameUnknown,
            "corrections[0].transaction",
        ),
        (corrected(json!([{"transaction": "1"}])), ErrorCode::FieldMissing, "corrections[0].class"),
        (
            corrected(json!([{"transaction": "1", "part": 1, "class": "fee"}])),
            ErrorCode::IndexOutOfRange,
            "corrections[0].part",
        ),
        (
            corrected(json!([{"transaction": "1", "class": "fee"}, {"transaction": "1", "class": "tax"}])),
            ErrorCode::ListDuplicate,
            "corrections[1].transaction",
        ),
        (
            corrected(json!([{"transaction": "1", "transferOf": "9"}])),
            ErrorCode::NameUnknown,
            "corrections[0].transferOf",
        ),
        (
            corrected(json!([{"transaction": "1", "transferOf": "3"}])),
            ErrorCode::FieldConflict,
            "corrections[0].transferOf",
        ),
        (
            corrected(json!([{"transaction": "1", "transferOf": "4"}])),
            ErrorCode::FieldConflict,
            "corrections[0].transferOf",
        ),
        (
            corrected(json!([{"transaction": "1", "transferOf": "2", "class": "income"}])),
            ErrorCode::FieldConflict,
            "corrections[0].class",
        ),
        (
            corrected(json!([{"transaction": "1", "transferOf": "2", "notTransfer": true}])),
            ErrorCode::FieldConflict,
            "corrections[0].notTransfer",
        ),
        (ruled(json!({"class": "income"})), ErrorCode::FieldMissing, "rules[0].text"),
        (ruled(json!({"text": "a"})), ErrorCode::FieldMissing, "rules[0].class"),
        (
            ruled(json!({"text": "a", "account": "x", "class": "fee"})),
            ErrorCode::NameUnknown,
            "rules[0].account",
        ),
        (
            ruled(json!({"minAmount": "2", "maxAmount": "1", "class": "fee"})),
            ErrorCode::RangeOutOfOrder,
            "rules[0].maxAmount",
        ),
        (base(json!({"scope": ["savings", "vault"]})), ErrorCode::NameUnknown, "scope[1]"),
        (base(json!({"transferDays": 32})), ErrorCode::TermOutOfRange, "transferDays"),
        (base(json!({"minConfidence": 1.5})), ErrorCode::ProbabilityOutOfRange, "minConfidence"),
        (
            learned(json!({"smoothing": 0, "labels": [], "words": []})),
            ErrorCode::NumberOutOfRange,
            "model.smoothing",
        ),
        (
            learned(
                json!({"smoothing": 1, "labels": [], "words": [{"word": "A", "counts": [{"label": 0, "count": 1}]}]}),
            ),
            ErrorCode::IndexOutOfRange,
            "model.words[0].counts[0].label",
        ),
        (
            learned(
                json!({"smoothing": 1, "labels": [], "words": [{"word": "A", "counts": []}, {"word": "A", "counts": []}]}),
            ),
            ErrorCode::ListDuplicate,
            "model.words[1].word",
        ),
    ] {
        assert_eq!(found, (code, path.to_owned()));
    }
}

#[test]
fn a_correction_that_pairs_is_said_from_either_end() {
    let mut input = json!({"accounts": accounts(), "transactions": [
        {"id": "1", "account": "checking", "date": "2026-03-05", "amount": "-10", "type": "withdrawal", "description": "A"},
        {"id": "2", "account": "card", "date": "2026-03-02", "amount": "10", "type": "refund", "description": "B"}]});
    assert_eq!(of_json(&input).transfers, []);
    input["corrections"] =
        json!([{"transaction": "2", "transferOf": "1"}, {"transaction": "1", "transferOf": "2"}]);
    let answer = of_json(&input);
    let [pair] = answer.transfers.as_slice() else { panic!("{:?}", answer.transfers) };
    assert_eq!(
        (pair.from.as_str(), pair.to.as_str(), pair.evidence),
        ("1", "2", TransferEvidence::Correction)
    );
    // It never arrives before it leaves.
    assert_eq!(
        (pair.left.to_string(), pair.arrived.to_string()),
        ("2026-03-05".to_owned(), "2026-03-05".to_owned())
    );
}

#[test]
fn what_would_arrive_first_is_not_paired_and_not_counted() {
    let answer = of_json(&json!({"accounts": accounts(), "transactions": [
        {"id": "1", "account": "checking", "date": "2026-03-05", "amount": "-250", "type": "payment", "description": "BLUE CARD PAYMENT"},
        {"id": "2", "account": "card", "date": "2026-03-04", "amount": "250", "type": "payment", "description": "THANK YOU"}]}));
    assert_eq!(answer.transfers, []);
    assert_eq!(answer.under_way, []);
    assert!(answer.flows.iter().all(|flow| flow.class == FlowClass::Transfer));
    let causes: Vec<_> = answer.ambiguous.iter().map(|open| (open.cause, open.candidates.clone())).collect();
    let first = AmbiguityCause::ArrivesFirst;
    assert_eq!(causes, [(first, vec!["1".to_owned()]), (first, vec!["2".to_owned()])]);
}

#[test]
fn many_equal_amounts_of_two_accounts_are_paired_by_day() {
    let transactions: Vec<Value> = (0..4_000)
        .map(|place| {
            let leaves = place % 2 == 0;
            let (account, amount) = if leaves { ("checking", "-5") } else { ("savings", "5") };
            json!({"id": format!("{place:04}"), "account": account, "date": format!("2026-03-{:02}", 1 + place / 200),
                   "amount": amount, "type": "transfer", "description": "ROUND UP"})
        })
        .collect();
    let answer = of_json(&json!({"accounts": accounts(), "transactions": transactions}));
    assert_eq!((answer.transfers.len(), answer.ambiguous.len()), (2_000, 0));
    assert!(answer.transfers.iter().all(|pair| pair.left == pair.arrived));
}

#[test]
fn a_model_of_nothing_says_nothing() {
    let nothing: TrainInput = serde_json::from_str(r#"{"transactions": [], "corrections": []}"#).unwrap();
    let model = train(&nothing, &Control::default()).unwrap();
    assert_eq!((model.labels.len(), model.words.len()), (0, 0));
    let mut input = json!({"accounts": accounts(), "transactions": [
        {"id": "1", "account": "checking", "date": "2026-03-05", "amount": "-10", "type": "withdrawal", "description": "CAFE"}]});
    input["model"] = serde_json::to_value(&model).unwrap();
    assert_eq!(of_json(&input).flows[0].reason.kind, FlowReasonKind::Sign);
}

fn classes(answer: &Classification) -> Vec<(&str, u32, FlowClass)> {
    answer.flows.iter().map(|flow| (flow.transaction.as_str(), flow.part, flow.class)).collect()
}

#[test]
fn what_an_account_had_before_is_neither_income_nor_a_loan() {
    let answer = of_json(&json!({"accounts": accounts(), "transactions": [
        {"id": "1", "account": "checking", "date": "2026-03-01", "amount": "1500", "type": "other", "description": "Opening Balance"},
        {"id": "2", "account": "loan", "date": "2026-03-01", "amount": "-12000", "type": "other", "description": "Opening Balance"},
        {"id": "3", "account": "savings", "date": "2026-03-01", "amount": "700", "type": "other", "description": "Padding",
         "category": "Equity:Opening-Balances"},
        {"id": "4", "account": "card", "date": "2026-03-01", "amount": "-80", "type": "purchase", "description": "x",
         "payee": "Starting Balance"},
        {"id": "5", "account": "checking", "date": "2026-03-02", "amount": "-80", "type": "other", "description": "x",
         "category": "equity:draws"},
        {"id": "6", "account": "checking", "date": "2026-03-03", "amount": "-25", "type": "transfer", "description": "Opening balance",
         "transferAccount": "savings"},
        {"id": "7", "account": "savings", "date": "2026-03-03", "amount": "25", "type": "deposit", "description": "Opening balance"},
        {"id": "8", "account": "checking", "date": "2026-03-04", "amount": "9", "type": "deposit", "description": "Balance closing"}]}));
    let external = FlowClass::ExternalFlow;
    let found: Vec<FlowClass> = answer.flows.iter().map(|flow| flow.class).collect();
    assert_eq!(flows(&answer, "1")[0].reason.detail, "what the account had before its records begin");
    for id in ["1", "2", "3", "4", "5", "7"] {
        assert_eq!(flows(&answer, id)[0].class, external, "{id}: {found:?}");
    }
    assert_eq!(flows(&answer, "6")[0].class, FlowClass::Transfer);
    assert_eq!(flows(&answer, "8")[0].class, FlowClass::Income);
}

#[test]
fn the_parts_beside_a_payment_of_a_debt_are_what_their_categories_say() {
    let answer = of_json(&json!({"accounts": [
        {"id": "chk", "kind": "checking"}, {"id": "loan", "liabilityKind": "mortgage", "institution": "Rocket Mortgage"}],
        "transactions": [
        {"id": "0", "account": "chk", "date": "2026-11-01", "amount": "-2010", "type": "payment", "description": "ROCKET MORTGAGE PMT",
         "splits": [{"amount": "-500", "category": "Principal", "transferAccount": "loan"}, {"amount": "-1200", "category": "Interest"},
                    {"amount": "-300", "category": "Insurance:Home"}, {"amount": "-10", "category": "BankFees"}]},
        {"id": "1", "account": "loan", "date": "2026-11-01", "amount": "500", "type": "payment", "description": "PRINCIPAL"},
        {"id": "2", "account": "chk", "date": "2026-11-02", "amount": "-90", "type": "transfer", "description": "TOYOTA",
         "transferAccount": "loan", "splits": [{"amount": "-50", "transferAccount": "loan"}, {"amount": "-40", "category": "Food"}]}]}));
    assert_eq!(
        classes(&answer),
        [
            ("0", 0, FlowClass::PrincipalPaid),
            ("0", 1, FlowClass::InterestPaid),
            ("0", 2, FlowClass::Expense),
            ("0", 3, FlowClass::Fee),
            ("1", 0, FlowClass::PrincipalPaid),
            ("2", 0, FlowClass::PrincipalPaid),
            ("2", 1, FlowClass::Expense),
        ]
    );
    assert_eq!(answer.under_way.len(), 1);
}

#[test]
fn a_dividend_and_interest_in_parts_are_no_earnings() {
    let answer = of_json(&json!({"accounts": accounts(), "transactions": [
        {"id": "1", "account": "broker", "date": "2026-11-12", "amount": "87", "type": "deposit", "description": "x",
         "splits": [{"amount": "-15", "category": "Expenses:Tax:Withheld"}, {"amount": "100", "category": "Income:Dividends"},
                    {"amount": "2", "category": "Income:Interest"}]},
        {"id": "2", "account": "card", "date": "2026-11-13", "amount": "-12.34", "type": "fee", "description": "PURCHASE INTEREST CHARGE"},
        {"id": "3", "account": "card", "date": "2026-11-13", "amount": "-5", "type": "fee", "description": "INTEREST CHECKING FEE"}]}));
    assert_eq!(
        classes(&answer),
        [
            ("1", 0, FlowClass::Withholding),
            ("1", 1, FlowClass::Dividend),
            ("1", 2, FlowClass::Interest),
            ("2", 0, FlowClass::InterestPaid),
            ("3", 0, FlowClass::Fee),
        ]
    );
}

#[test]
fn what_both_ends_say_and_then_the_day_decide_between_several() {
    let ends = |second: &str, text: &str| {
        of_json(&json!({"accounts": [{"id": "chk", "kind": "checking", "number": "2233"},
            {"id": "joint", "kind": "checking", "number": "5566"}], "transactions": [
            {"id": "1", "account": "chk", "date": "2026-11-05", "amount": "-600", "type": "transfer", "description": "Transfer to CHK ...5566"},
            {"id": "2", "account": "joint", "date": "2026-11-05", "amount": "600", "type": "transfer", "description": "Transfer from CHK ...2233"},
            {"id": "3", "account": "joint", "date": second, "amount": "600", "type": "deposit", "description": text}]}))
    };
    let pairs = |answer: &Classification| -> Vec<(String, String)> {
        answer.transfers.iter().map(|pair| (pair.from.clone(), pair.to.clone())).collect()
    };
    let pair = [("1".to_owned(), "2".to_owned())];
    let partner = ends("2026-11-06", "DEPOSIT FROM ALEX DOE");
    assert_eq!(pairs(&partner), pair);
    assert_eq!(flows(&partner, "3")[0].class, FlowClass::Income);
    assert_eq!(pairs(&ends("2026-11-05", "DEPOSIT FROM ALEX DOE")), pair);
    assert_eq!(pairs(&ends("2026-11-06", "Transfer from CHK ...2233")), pair);
    let alike = ends("2026-11-05", "Transfer from CHK ...2233");
    assert_eq!((pairs(&alike).len(), alike.ambiguous.len()), (0, 3));
}
