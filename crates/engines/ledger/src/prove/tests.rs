//! What holds for every proof, and what is named where a fault is planted.

use proptest::prelude::*;
use wherewithal_base::{control::Control, dates::Date, num::Decimal};

use super::*;
use crate::{
    LedgerAccount, LedgerSecurity, LedgerTransaction, LedgerTransactionType, StatedBalance, StatedPosition,
};

fn day(day: i32) -> Date {
    "2026-01-01".parse::<Date>().unwrap().add_days(day).unwrap()
}

fn transaction(id: usize, on: i32, cents: i64) -> LedgerTransaction {
    let text = format!(
        r#"{{"id": "t{id}", "account": "a", "date": "{}", "amount": "0", "type": "other", "description": "text {id}"}}"#,
        day(on)
    );
    let mut transaction: LedgerTransaction = serde_json::from_str(&text).unwrap();
    transaction.amount = Decimal::new(cents, 2).unwrap();
    transaction
}

fn trade(id: usize, on: i32, quantity: &str) -> LedgerTransaction {
    let mut transaction = transaction(id, on, 0);
    transaction.security = Some("X".to_owned());
    transaction.quantity = Some(quantity.parse().unwrap());
    transaction.r#type = LedgerTransactionType::Buy;
    transaction
}

fn split(id: usize, on: i32, from: u32, to: u32) -> LedgerTransaction {
    let mut transaction = trade(id, on, "0");
    transaction.quantity = None;
    transaction.r#type = LedgerTransactionType::Split;
    (transaction.split_from, transaction.split_to) = (Some(from.into()), Some(to.into()));
    transaction
}

fn balance(on: i32, cents: i64) -> StatedBalance {
    let (account, amount) = ("a".to_owned(), Decimal::new(cents, 2).unwrap());
    StatedBalance {
        account,
        date: day(on),
        kind: StatedBalanceKind::Ledger,
        security: None,
        amount,
        currency: None,
    }
}

fn held(on: i32, security: &str, quantity: &str) -> StatedPosition {
    StatedPosition {
        account: "a".to_owned(),
        date: Some(day(on)),
        security: security.to_owned(),
        quantity: quantity.parse().unwrap(),
        price: None,
        value: None,
        cost_basis: None,
    }
}

fn input(transactions: Vec<LedgerTransaction>, balances: Vec<StatedBalance>) -> LedgerProofInput {
    LedgerProofInput {
        accounts: vec![LedgerAccount::named("a")],
        securities: vec![LedgerSecurity::named("X"), LedgerSecurity::named("Y")],
        transactions,
        balances,
        ..LedgerProofInput::default()
    }
}

fn proof(input: &LedgerProofInput) -> LedgerProof {
    prove(input, &Control::default()).unwrap()
}

/// The kinds, likelihoods and transactions of the explanations of the only fault.
fn explained(input: &LedgerProofInput) -> Vec<(FaultExplanationKind, FaultLikelihood, String)> {
    let proof = proof(input);
    assert_eq!(proof.holdings.len(), 1, "{proof:?}");
    let [fault] = proof.holdings[0].faults.as_slice() else { panic!("{:?}", proof.holdings[0].faults) };
    assert_eq!(proof.holdings[0].status, ProofStatus::OneChange);
    let told = fault.explanations.iter();
    told.map(|one| (one.kind, one.likelihood, one.transaction.clone().unwrap_or_default())).collect()
}

use FaultExplanationKind as Kind;
use FaultLikelihood as Likelihood;

/// E16: a balance as of a day includes the day.
#[test]
fn a_balance_includes_its_day() {
    let proof =
        proof(&input(vec![transaction(1, 30, -25_000)], vec![balance(0, 100_000), balance(30, 75_000)]));
    assert!(proof.proved);
    assert_eq!(proof.holdings[0].figures[1].replayed.to_string(), "750.00");
    assert_eq!(proof.counts.proved_transactions, 1);
}

#[test]
fn nothing_is_proved_by_one_figure_alone() {
    let mut lone = input(vec![transaction(1, 3, -100)], vec![balance(10, 900)]);
    let holding = &proof(&lone).holdings[0];
    assert_eq!(holding.status, ProofStatus::NotProvable);
    assert_eq!(holding.opening.as_ref().map(|opening| opening.earlier_transactions), Some(1));
    lone.complete_accounts = vec!["a".to_owned()];
    let holding = &proof(&lone).holdings[0];
    assert_eq!(holding.faults[0].difference, Decimal::new(1000, 2).unwrap());
    let mut first = transaction(0, 0, 1_000);
    first.description = "Opening Balance".to_owned();
    lone.complete_accounts.clear();
    lone.transactions.insert(0, first);
    let proved = proof(&lone);
    assert!(proved.proved);
    let opening = proved.holdings[0].opening.as_ref().unwrap();
    assert_eq!(opening.kind, ProofOpeningKind::OpeningBalance);
}

#[test]
fn what_stands_twice_is_named_with_its_twin() {
    let mut copy = transaction(2, 5, -450);
    copy.description = "text 1".to_owned();
    let rows = vec![transaction(1, 5, -450), copy, transaction(3, 8, -70)];
    let told = explained(&input(rows, vec![balance(0, 10_000), balance(9, 9_480), balance(12, 9_480)]));
    assert_eq!(told[0], (Kind::Doubled, Likelihood::Strong, "t2".to_owned()));
    assert_eq!(told[1].0, Kind::Missing);
    // Either may belong to days after the last balance.
    let later = |id: &str| (Kind::Shifted, Likelihood::Weak, id.to_owned());
    assert_eq!(told[2..], [later("t1"), later("t2")]);
}

#[test]
fn a_wrong_sign_changes_by_twice_the_amount() {
    let rows = vec![transaction(1, 5, 450), transaction(2, 8, -70)];
    let told = explained(&input(rows, vec![balance(0, 10_000), balance(9, 9_480), balance(12, 9_480)]));
    assert_eq!(told[0], (Kind::WrongSign, Likelihood::Plausible, "t1".to_owned()));
}

#[test]
fn what_heals_lies_on_the_other_side() {
    let mut rows = vec![transaction(1, 5, -450), transaction(2, 10, -70), transaction(3, 14, -5)];
    let balances = vec![balance(0, 10_000), balance(9, 9_480), balance(12, 9_480), balance(20, 9_475)];
    let told = explained(&input(rows.clone(), balances.clone()));
    assert_eq!(told[0], (Kind::Shifted, Likelihood::Plausible, "t2".to_owned()));
    assert_eq!(told[1].0, Kind::Misstated);
    // The day of posting lies where it should.
    rows[1].settlement_date = Some(day(9));
    let mut by_date = input(rows, balances);
    assert!(proof(&by_date).proved);
    by_date.cash_date = CashDate::Transaction;
    assert_eq!(explained(&by_date)[0], (Kind::Shifted, Likelihood::Strong, "t2".to_owned()));
}

#[test]
fn two_faults_have_no_single_explanation_and_two_intervals() {
    let rows = vec![transaction(1, 5, -450), transaction(2, 15, -70)];
    let balances = vec![balance(0, 10_000), balance(9, 9_000), balance(12, 9_000), balance(20, 8_000)];
    let proof = proof(&input(rows, balances));
    let holding = &proof.holdings[0];
    assert_eq!(holding.status, ProofStatus::NoSingleChange);
    let spans: Vec<_> = holding.faults.iter().map(|fault| (fault.after.unwrap(), fault.by)).collect();
    assert_eq!(spans, [(day(0), day(9)), (day(12), day(20))]);
    assert_eq!((holding.proved_spans[0].from, holding.proved_spans[0].to), (Some(day(9)), day(12)));
}

#[test]
fn two_figures_of_a_day_that_differ_are_no_missing_transaction() {
    let balances = vec![balance(0, 10_000), balance(9, 9_000), balance(9, 9_900), balance(12, 9_900)];
    let told = explained(&input(vec![transaction(1, 5, -100)], balances));
    assert_eq!(told, [(Kind::Misstated, Likelihood::Plausible, String::new())]);
}

#[test]
fn digits_that_are_exchanged_are_a_weak_explanation() {
    let told = explained(&input(
        vec![transaction(1, 5, -5_410)],
        vec![balance(0, 10_000), balance(9, 5_490), balance(12, 5_490)],
    ));
    assert_eq!(told[0].0, Kind::Missing);
    assert_eq!(told[1], (Kind::Transposed, Likelihood::Weak, "t1".to_owned()));
}

#[test]
fn running_balances_are_followed_whichever_way_the_file_goes() {
    let with = |mut one: LedgerTransaction, cents| {
        one.balance = Some(Decimal::new(cents, 2).unwrap());
        one
    };
    let mut rows = vec![
        with(transaction(1, 5, -450), 9_550),
        with(transaction(2, 5, 1_000), 10_550),
        with(transaction(3, 6, -50), 10_500),
    ];
    let oldest_first = proof(&input(rows.clone(), vec![]));
    assert!(oldest_first.proved);
    rows.reverse();
    let newest_first = proof(&input(rows.clone(), vec![]));
    assert_eq!(oldest_first, newest_first);
    rows.remove(1);
    let told = proof(&input(rows, vec![]));
    let fault = &told.holdings[0].faults[0];
    assert_eq!((fault.after, fault.by), (Some(day(5)), day(6)));
    assert_eq!(fault.explanations[0].kind, Kind::Missing);
    assert_eq!(fault.explanations[0].amount, Some(Decimal::new(1_000, 2).unwrap()));
}

#[test]
fn shares_of_a_split_are_exact() {
    let rows = vec![trade(1, 1, "10"), split(2, 3, 3, 1), split(3, 6, 1, 3)];
    let mut book = input(rows, vec![]);
    book.positions = vec![held(0, "Y", "1"), held(9, "X", "10"), held(9, "Y", "1")];
    let proof = proof(&book);
    assert!(proof.proved, "{proof:?}");
    // X is not in the list of the first day, so there was none.
    assert_eq!(proof.holdings[0].figures[0].source, ProofFigureSource::Absent);
}

#[test]
fn a_ratio_that_is_turned_round_and_a_split_that_is_missing_are_told() {
    let mut book = input(vec![trade(1, 3, "1"), split(2, 5, 2, 1)], vec![]);
    book.positions = vec![held(0, "X", "9"), held(9, "X", "20"), held(12, "X", "20")];
    let told = explained(&book);
    assert_eq!(told[0], (Kind::SplitRatio, Likelihood::Strong, "t2".to_owned()));
    book.transactions.pop();
    let proof = proof(&book);
    let explanations = &proof.holdings[0].faults[0].explanations;
    let missing = explanations.iter().find(|one| one.kind == Kind::MissingSplit).unwrap();
    assert_eq!((missing.split_from, missing.split_to), (Some(1), Some(2)));
    assert_eq!((missing.from, missing.to), (Some(day(4)), Some(day(9))));
}

#[test]
fn a_ratio_speaks_against_the_quantity_beside_it() {
    let mut both = split(1, 5, 1, 2);
    both.quantity = Some("8".parse().unwrap());
    let mut book = input(vec![both], vec![]);
    book.positions = vec![held(0, "X", "9"), held(9, "X", "18"), held(12, "X", "18")];
    assert_eq!(explained(&book)[0], (Kind::SplitRatio, Likelihood::Strong, "t1".to_owned()));
}

#[test]
fn currencies_and_figures_that_prove_nothing_stay_apart() {
    let mut euro = transaction(1, 5, -450);
    euro.currency = Some("EUR".parse().unwrap());
    let mut available = balance(9, 1);
    available.kind = StatedBalanceKind::Available;
    let mut book =
        input(vec![euro, transaction(2, 6, -50)], vec![balance(0, 100), balance(9, 50), available]);
    book.accounts[0].currency = Some("USD".parse().unwrap());
    book.positions = vec![StatedPosition { date: None, ..held(0, "X", "1") }];
    let proof = proof(&book);
    let told: Vec<_> =
        proof.holdings.iter().map(|one| (one.currency.map(|c| c.code()), one.status)).collect();
    let mut expected = vec![(Some("EUR"), ProofStatus::NotProvable), (Some("USD"), ProofStatus::Proved)];
    expected.sort_by_key(|(code, _)| *code);
    assert_eq!(told, expected);
    assert_eq!(proof.unused_figures.len(), 2);
    assert!(!proof.proved);
}

#[test]
fn what_is_wrong_with_the_input_is_refused_where_it_is() {
    let ground = || input(vec![transaction(1, 1, 1)], vec![balance(0, 1)]);
    type Break = fn(&mut LedgerProofInput);
    let faults: [(Break, &str, &str); 5] = [
        (|book| book.complete_accounts = vec!["b".to_owned()], "name.unknown", "completeAccounts[0]"),
        (|book| book.balances[0].account = "b".to_owned(), "name.unknown", "balances[0].account"),
        (|book| book.balances[0].security = Some("X".to_owned()), "field.conflict", "balances[0].security"),
        (|book| book.tolerance = Decimal::new(-1, 2).unwrap(), "amount.out_of_range", "tolerance"),
        (|book| book.positions = vec![held(0, "Z", "1")], "name.unknown", "positions[0].security"),
    ];
    for (fault, code, path) in faults {
        let mut book = ground();
        fault(&mut book);
        let error = prove(&book, &Control::default()).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), (code, path));
    }
}

/// A ledger without a fault: its transactions by day and cents, and the days of its balances.
fn ledgers() -> impl Strategy<Value = (Vec<(i32, i64)>, Vec<i32>)> {
    let row = (1_i32..60, -9_999_i64..9_999).prop_filter("an amount", |(_, cents)| *cents != 0);
    let days = prop::collection::btree_set(1_i32..60, 1..6);
    (prop::collection::vec(row, 1..40), days).prop_map(|(rows, days)| (rows, days.into_iter().collect()))
}

fn book(rows: &[(i32, i64)], days: &[i32]) -> LedgerProofInput {
    let transactions =
        rows.iter().enumerate().map(|(id, (on, cents))| transaction(id, *on, *cents)).collect();
    let until = |day: i32| rows.iter().filter(|(on, _)| *on <= day).map(|(_, cents)| cents).sum::<i64>();
    let stated = days.iter().map(|day| balance(*day, 5_000 + until(*day)));
    input(transactions, [balance(0, 5_000)].into_iter().chain(stated).collect())
}

/// Days and amounts of transactions, and the places that they get in a list. Amounts are so few that many days are circles.
fn shuffled() -> impl Strategy<Value = (Vec<(i32, i64)>, Vec<usize>)> {
    prop::collection::vec((0_i32..4, -2_i64..3), 1..14).prop_flat_map(|mut rows| {
        rows.sort_by_key(|(on, _)| *on);
        let places: Vec<usize> = (0..rows.len()).collect();
        (Just(rows), Just(places).prop_shuffle())
    })
}

proptest! {
    #[test]
    fn balances_beside_transactions_are_followed_in_any_order((rows, places) in shuffled(), is_stated in any::<bool>()) {
        let mut cents = 5_000;
        let mut transactions = Vec::new();
        for (id, (on, change)) in rows.iter().enumerate() {
            cents += change;
            let mut one = transaction(id, *on, *change);
            one.balance = Some(Decimal::new(cents, 2).unwrap());
            transactions.push(one);
        }
        let list = places.iter().map(|place| transactions[*place].clone()).collect();
        let stated = if is_stated { vec![balance(9, cents)] } else { Vec::new() };
        let told = proof(&input(list, stated));
        prop_assert_eq!((told.counts.differing, told.counts.faults), (0, 0));
        prop_assert_eq!(told.counts.proved_transactions as usize, rows.len() - 1);
    }

    #[test]
    fn a_ledger_without_a_fault_is_proved((rows, days) in ledgers(), turned in any::<prop::sample::Index>()) {
        let mut book = book(&rows, &days);
        let told = proof(&book);
        prop_assert!(told.proved);
        let counts = told.counts;
        prop_assert_eq!(counts.figures, counts.agreeing + counts.openings + counts.differing);
        let last = days.last().copied().unwrap_or_default();
        let proved = rows.iter().filter(|(on, _)| *on <= last).count();
        prop_assert_eq!(counts.proved_transactions as usize, proved);
        // The order of the list is no matter.
        let turned = turned.index(rows.len());
        book.transactions.rotate_left(turned);
        prop_assert_eq!(&proof(&book), &told);
    }

    #[test]
    fn a_transaction_that_is_missing_is_told_with_its_amount((rows, days) in ledgers(), which in any::<prop::sample::Index>()) {
        let mut book = book(&rows, &days);
        let place = which.index(rows.len());
        let (on, cents) = rows[place];
        book.transactions.remove(place);
        let told = proof(&book);
        let faults = &told.holdings[0].faults;
        if on > days.last().copied().unwrap_or_default() {
            prop_assert!(faults.is_empty());
            return Ok(());
        }
        prop_assert_eq!(faults.len(), 1);
        let amount = Decimal::new(cents, 2).unwrap();
        prop_assert_eq!(faults[0].difference, amount);
        let missing = faults[0].explanations.iter().find(|one| one.kind == Kind::Missing).unwrap();
        prop_assert_eq!(missing.amount, Some(amount));
        prop_assert!(missing.from.unwrap() <= day(on) && day(on) <= missing.to.unwrap());
    }
}
