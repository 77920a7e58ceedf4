use proptest::prelude::*;

use super::*;
use crate::ledgers::{Row, ledger, reversed, row, rows};

fn read(rows: &[Row], more: &str) -> SpendingInput {
    serde_json::from_str(&format!(r#"{{"ledger": {}{more}}}"#, ledger(rows))).unwrap()
}

fn answer(input: &SpendingInput) -> Result<SpendingTrends> {
    spending(input, &Control::default())
}

fn months(amounts: &[i64]) -> Vec<Row> {
    let row = |(month, cents): (u32, &i64)| Row {
        date: date(2026, month, 10).unwrap(),
        ..row("checking", "2026-01-01", -cents * 100, "expense")
    };
    (1..).zip(amounts).map(row).collect()
}

#[test]
fn months_of_one_amount_have_no_score() {
    let found = answer(&read(&months(&[50, 50, 50, 900, 50]), "")).unwrap();
    assert_eq!(found.categories[0].median_deviation.to_string(), "0.00");
    assert!(found.categories[0].outliers.is_empty());
}

#[test]
fn spending_that_rises_has_its_slope() {
    // One month far above the others does not move the slope of ten.
    let found = answer(&read(&months(&[100, 110, 120, 999, 140, 150]), "")).unwrap();
    assert_eq!(found.categories[0].monthly_trend.map(|trend| trend.to_string()), Some("10.00".to_owned()));
    assert_eq!(found.categories[0].outliers.len(), 1);
}

proptest! {
    #[test]
    fn categories_have_all_that_was_spent_whatever_the_order(rows in rows()) {
        let input = read(&rows, r#", "from": "2026-01-01", "to": "2026-08-31""#);
        let found = answer(&input).unwrap();
        let spent = rows
            .iter()
            .filter(|row| ["expense", "refund", "tax", "fee", "interestPaid"].contains(&row.class))
            .map(|row| row.cents)
            .sum::<i64>();
        let total = Decimal::sum(found.categories.iter().map(|category| category.total)).unwrap();
        prop_assert_eq!(total, Decimal::new(-spent, 2).unwrap());
        for category in &found.categories {
            let sum = Decimal::sum(category.months.iter().map(|month| month.amount)).unwrap();
            prop_assert_eq!((sum, category.months.len()), (category.total, 8));
        }
        let other = SpendingInput { ledger: reversed(&input.ledger), ..input.clone() };
        prop_assert_eq!(found, answer(&other).unwrap());
    }
}
