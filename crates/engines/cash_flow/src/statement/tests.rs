use proptest::prelude::*;

use super::*;
use crate::ledgers::{Row, ledger, reversed, row, rows};
use wherewithal_base::{ErrorCode, num::Decimal};

fn read(rows: &[Row], more: &str) -> CashFlowStatementInput {
    serde_json::from_str(&format!(r#"{{"ledger": {}{more}}}"#, ledger(rows))).unwrap()
}

fn answer(input: &CashFlowStatementInput) -> Result<CashFlowStatement> {
    statement(input, &Control::default())
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_period_includes_its_last_day() {
    let rows = [
        row("checking", "2026-11-01", 100_000, "externalFlow"),
        row("checking", "2026-11-30", -25_000, "expense"),
        row("checking", "2026-12-01", -100, "expense"),
    ];
    let found = answer(&read(&rows, "")).unwrap();
    let periods = &found.currencies[0].periods;
    assert_eq!(periods[0].figures.change.to_string(), "750.00");
    assert_eq!(periods[1].figures.expenses.to_string(), "1.00");
}

#[test]
fn a_card_is_paid_from_its_oldest_charge_on() {
    let rows = [
        row("card", "2026-01-05", -10_000, "expense"),
        Row { category: "Travel", ..row("card", "2026-01-20", -5_000, "expense") },
        row("checking", "2026-02-10", -12_000, "transfer"),
        row("card", "2026-02-10", 12_000, "transfer"),
    ];
    let found = answer(&read(&rows, r#", "basis": "cash", "periods": "whole""#)).unwrap();
    let figures = &found.currencies[0].total;
    assert_eq!((figures.essential, figures.discretionary), (decimal("100"), decimal("20")));
    assert_eq!((figures.transfers, figures.change), (decimal("0"), decimal("-120")));
    assert_eq!(found.unpaid[0].amount.to_string(), "30.00");
    let before =
        r#", "basis": "cash", "periods": "whole", "owedBefore": [{"account": "card", "amount": "90"}]"#;
    let found = answer(&read(&rows, before)).unwrap();
    let figures = &found.currencies[0].total;
    assert_eq!((figures.uncategorized, figures.essential), (decimal("90"), decimal("30")));
    assert_eq!(found.unpaid[0].amount.to_string(), "120.00");
}

#[test]
fn interest_counts_when_it_is_charged_or_when_it_is_paid() {
    let rows = [
        row("loan", "2026-01-31", -1_000, "interestPaid"),
        row("checking", "2026-02-15", -800, "interestPaid"),
        row("loan", "2026-02-15", 800, "interestPaid"),
    ];
    for (basis, january, february) in [("accrual", "10", "0"), ("cash", "0", "8")] {
        let more = format!(r#", "basis": "{basis}", "from": "2026-01-01""#);
        let found = answer(&read(&rows, &more)).unwrap();
        let paid: Vec<Decimal> =
            found.currencies[0].periods.iter().map(|period| period.figures.interest_paid).collect();
        assert_eq!(paid, [decimal(january), decimal(february)], "{basis}");
    }
}

#[test]
fn a_period_is_compared_with_an_earlier_one() {
    let rows = [
        row("checking", "2025-03-05", -8_000, "expense"),
        row("checking", "2026-02-05", -10_000, "expense"),
        row("checking", "2026-03-05", -12_000, "expense"),
        Row { category: "Travel", ..row("checking", "2026-03-20", -5_000, "expense") },
    ];
    let found = answer(&read(&rows, r#", "comparison": "yearBefore""#)).unwrap();
    let compared = &found.currencies[0].comparisons;
    // March 2026 alone has a month a year before it.
    assert_eq!((compared.len(), compared[0].earlier_first), (1, "2025-03-05".parse().unwrap()));
    assert_eq!((compared[0].total_spending, compared[0].saved), (decimal("90"), decimal("-90")));
    let shown: Vec<_> = (compared[0].categories.iter())
        .map(|one| (one.category.as_deref().unwrap(), one.before, one.change, one.relative_change))
        .collect();
    assert_eq!(
        shown,
        [
            ("Food", decimal("80"), decimal("40"), Some(decimal("0.5"))),
            ("Travel", decimal("0"), decimal("50"), None),
        ]
    );
    let found = answer(&read(&rows, r#", "from": "2026-02-01", "comparison": "previous""#)).unwrap();
    let [march] = found.currencies[0].comparisons.as_slice() else { panic!("{found:?}") };
    assert_eq!(march.categories[0].relative_change, Some(decimal("0.2")));
}

#[test]
fn what_makes_no_statement_is_refused_where_it_stands() {
    let rows = [row("checking", "2026-01-05", -10_000, "expense")];
    for (more, code, path) in [
        (r#", "from": "2026-02-01""#, ErrorCode::RangeOutOfOrder, "to"),
        (r#", "periods": "dates""#, ErrorCode::FieldMissing, "starts"),
        (r#", "starts": ["2026-01-01"]"#, ErrorCode::FieldConflict, "starts"),
        (
            r#", "periods": "dates", "starts": ["2026-01-01", "2026-01-01"]"#,
            ErrorCode::DatesOutOfOrder,
            "starts[1]",
        ),
        (r#", "from": "1800-01-01""#, ErrorCode::CountOutOfRange, "to"),
        (r#", "owedBefore": [{"account": "card", "amount": "1"}]"#, ErrorCode::FieldConflict, "owedBefore"),
        (
            r#", "basis": "cash", "owedBefore": [{"account": "loan", "amount": "1"}]"#,
            ErrorCode::AccountUnsuitable,
            "owedBefore[0].account",
        ),
        (r#", "reportCurrency": "EUR""#, ErrorCode::CurrencyMismatch, "exchangeRates"),
        (r#", "reportCurrency": "XAU""#, ErrorCode::CurrencyMinorUnitMissing, "reportCurrency"),
        (
            r#", "exchangeRates": [{"from": "EUR", "to": "USD", "rate": "1", "date": "2026-01-01"}]"#,
            ErrorCode::FieldMissing,
            "reportCurrency",
        ),
        (r#", "essentialCategories": [" "]"#, ErrorCode::TextInvalid, "essentialCategories[0]"),
    ] {
        let error = answer(&read(&rows, more)).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path), "{more}: {error}");
    }
    assert_eq!(answer(&read(&[], "")).unwrap_err().path(), "from");
}

fn amounts(figures: &CashFlowFigures) -> [Decimal; 22] {
    [
        figures.income,
        figures.interest,
        figures.dividends,
        figures.total_income,
        figures.expenses,
        figures.refunds,
        figures.essential,
        figures.discretionary,
        figures.uncategorized,
        figures.fees,
        figures.taxes,
        figures.interest_paid,
        figures.total_spending,
        figures.saved,
        figures.debt_service.total,
        figures.transfers,
        figures.principal,
        figures.loans_taken,
        figures.loans_repaid,
        figures.external,
        figures.securities,
        figures.change,
    ]
}

proptest! {
    #[test]
    fn the_periods_add_up_to_the_whole(rows in rows(), cash in any::<bool>()) {
        let more = if cash { r#", "basis": "cash""# } else { "" };
        let found = answer(&read(&rows, more)).unwrap();
        for table in &found.currencies {
            let mut sums = [Decimal::ZERO; 22];
            for period in &table.periods {
                for (sum, amount) in sums.iter_mut().zip(amounts(&period.figures)) {
                    *sum = sum.plus(amount).unwrap();
                }
            }
            prop_assert_eq!(sums, amounts(&table.total));
            let entries = Decimal::sum(found.entries.iter().map(|entry| entry.amount)).unwrap();
            prop_assert_eq!(entries, table.total.change);
        }
        prop_assert_eq!(found.outside, 0);
    }

    #[test]
    fn what_is_paid_and_what_is_not_are_what_was_charged(rows in rows()) {
        let accrual = answer(&read(&rows, "")).unwrap();
        let cash = answer(&read(&rows, r#", "basis": "cash""#)).unwrap();
        let change = |found: &CashFlowStatement| {
            found.currencies.first().map_or(Decimal::ZERO, |table| table.total.change)
        };
        let unpaid = Decimal::sum(cash.unpaid.iter().map(|one| one.amount)).unwrap();
        prop_assert_eq!(change(&cash).minus(unpaid).unwrap(), change(&accrual));
    }

    #[test]
    fn the_order_of_the_ledger_changes_nothing(rows in rows(), cash in any::<bool>()) {
        let input = read(&rows, if cash { r#", "basis": "cash""# } else { "" });
        let other = CashFlowStatementInput { ledger: reversed(&input.ledger), ..input.clone() };
        prop_assert_eq!(answer(&input).unwrap(), answer(&other).unwrap());
    }
}
