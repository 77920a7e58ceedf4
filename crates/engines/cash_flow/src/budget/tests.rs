use proptest::prelude::*;

use super::*;
use crate::ledgers::{Row, ledger, reversed, row, rows};

fn read(rows: &[Row], more: &str) -> BudgetInput {
    serde_json::from_str(&format!(r#"{{"ledger": {}, {more}}}"#, ledger(rows))).unwrap()
}

fn answer(input: &BudgetInput) -> Result<Budget> {
    budget(input, &Control::default())
}

#[test]
fn what_is_left_or_overspent_rolls_over_as_it_is_asked() {
    let rows =
        [row("checking", "2026-01-15", -12_000, "expense"), row("checking", "2026-02-15", -4_000, "expense")];
    for (roll_over, carried, unassigned) in [
        ("nothing", ["0.00", "0.00"], ["-120.00", "-160.00"]),
        ("left", ["0.00", "60.00"], ["-120.00", "-220.00"]),
        ("overspent", ["-20.00", "0.00"], ["-100.00", "-160.00"]),
        ("both", ["-20.00", "40.00"], ["-100.00", "-200.00"]),
    ] {
        let more = format!(
            r#""from": "2026-01-01", "periods": 2,
                "categories": [{{"category": "food", "amount": "100", "rollOver": "{roll_over}"}}]"#
        );
        let found = answer(&read(&rows, &more)).unwrap();
        let of = |period: &BudgetPeriod| {
            (period.categories[0].carried_out.to_string(), period.unassigned.to_string())
        };
        let wanted: Vec<(String, String)> = carried
            .iter()
            .zip(unassigned)
            .map(|(one, other)| ((*one).to_owned(), other.to_owned()))
            .collect();
        assert_eq!(found.periods.iter().map(of).collect::<Vec<_>>(), wanted, "{roll_over}");
    }
}

#[test]
fn an_envelope_pays_the_bills_of_its_category() {
    let more = r#""from": "2026-01-01", "asOf": "2026-01-10", "categories": [
            {"category": "Food", "amount": "100"}, {"category": "Car", "amount": "50"}],
        "spending": {"balances": [{"account": "checking", "balance": "500"}, {"account": "card", "balance": "-40"}],
            "nextIncome": "2026-01-31", "bills": [
                {"date": "2026-01-20", "amount": "30", "category": "food:market"},
                {"date": "2026-01-21", "amount": "80", "category": "Car"},
                {"date": "2026-01-22", "amount": "70", "category": "Rent"},
                {"date": "2026-01-10", "amount": "999"}, {"date": "2026-01-31", "amount": "999"}]}"#;
    let safe = answer(&read(&[], more)).unwrap().safe_to_spend.unwrap();
    let figures =
        [safe.cash, safe.envelopes, safe.bills, safe.set_aside, safe.amount].map(|one| one.to_string());
    assert_eq!(figures, ["460.00", "150.00", "180.00", "250.00", "210.00"]);
    assert_eq!((safe.days, safe.per_day.map(|one| one.to_string())), (20, Some("10.50".to_owned())));
}

#[test]
fn what_makes_no_budget_is_refused_where_it_stands() {
    for (more, code, path) in [
        (r#""method": "zeroBased", "categories": []"#, ErrorCode::FieldMissing, "plannedIncome"),
        (
            r#""categories": [{"category": "A", "amount": "1"}, {"category": " a", "amount": "1"}]"#,
            ErrorCode::ListDuplicate,
            "categories[1].category",
        ),
        (
            r#""categories": [{"category": "A", "amount": "-1"}]"#,
            ErrorCode::AmountOutOfRange,
            "categories[0].amount",
        ),
        (
            r#""categories": [{"category": "A", "amount": "1", "changes": [{"from": "2026-03-01", "amount": "1"},
                {"from": "2026-03-01", "amount": "2"}]}]"#,
            ErrorCode::DatesOutOfOrder,
            "categories[0].changes[1].from",
        ),
        (
            r#""categories": [], "spending": {"balances": [], "nextIncome": "2026-01-31"}"#,
            ErrorCode::DatesOutOfOrder,
            "spending.nextIncome",
        ),
        (
            r#""categories": [], "spending": {"balances": [{"account": "none", "balance": "1"}],
                "nextIncome": "2026-02-03"}"#,
            ErrorCode::NameUnknown,
            "spending.balances[0].account",
        ),
    ] {
        let error = answer(&read(&[], &format!(r#""from": "2026-01-01", {more}"#))).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path), "{more}: {error}");
    }
}

proptest! {
    #[test]
    fn budget_and_variance_are_actual_and_nothing_is_lost(
        rows in rows(),
        amounts in prop::collection::vec(0_u32..500, 3),
        roll_overs in prop::collection::vec(prop::sample::select(vec!["nothing", "left", "overspent", "both"]), 3),
    ) {
        let categories: Vec<String> = ["Food", "Travel", "Housing"]
            .iter()
            .zip(amounts.iter().zip(roll_overs))
            .map(|(name, (amount, roll_over))| {
                format!(r#"{{"category": "{name}", "amount": "{amount}", "rollOver": "{roll_over}"}}"#)
            })
            .collect();
        let more = format!(r#""from": "2026-01-15", "periods": 6, "categories": [{}]"#, categories.join(","));
        let input = read(&rows, &more);
        let found = answer(&input).unwrap();
        let mut there_is = Decimal::ZERO;
        for period in &found.periods {
            for line in &period.categories {
                prop_assert_eq!(line.assigned.plus(line.variance).unwrap(), line.spent);
            }
            prop_assert_eq!(period.assigned.plus(period.variance).unwrap(), period.spent);
            let carried = Decimal::sum(period.categories.iter().map(|line| line.carried_out)).unwrap();
            let after = period.unassigned.plus(carried).unwrap();
            there_is = there_is.plus(period.income).unwrap().minus(period.spent).unwrap();
            prop_assert_eq!(after, there_is);
        }
        let other = BudgetInput { ledger: reversed(&input.ledger), ..input.clone() };
        prop_assert_eq!(found, answer(&other).unwrap());
    }
}
