use proptest::prelude::*;

use super::*;
use crate::{
    OccurrencesInput,
    ledgers::{Row, ledger, reversed, row, rows},
    occurrences,
};
use wherewithal_base::{
    dates::{Date, Frequency},
    num::Decimal,
};

fn read(rows: &[Row], more: &str) -> RecurringInput {
    serde_json::from_str(&format!(r#"{{"ledger": {}{more}}}"#, ledger(rows))).unwrap()
}

fn answer(input: &RecurringInput) -> Result<RecurringTransactions> {
    recurring(input, &Control::default())
}

/// Payments of ten in the given days.
fn payments(days: &[&str]) -> Vec<Row> {
    days.iter().map(|day| row("card", day, -1_000, "expense")).collect()
}

#[test]
fn each_cadence_is_known_by_its_dates() {
    let cases: [(&[&str], Frequency, &str); 9] = [
        (&["2026-01-05", "2026-01-12", "2026-01-20", "2026-01-26"], Frequency::Weekly, "2026-02-02"),
        (&["2026-01-02", "2026-01-16", "2026-01-30", "2026-02-13"], Frequency::Biweekly, "2026-02-27"),
        (
            &["2026-01-15", "2026-01-30", "2026-02-13", "2026-02-28", "2026-03-15", "2026-03-31"],
            Frequency::Semimonthly,
            "2026-04-15",
        ),
        (
            &["2026-01-05", "2026-02-02", "2026-03-02", "2026-03-30", "2026-04-27", "2026-05-25"],
            Frequency::EveryFourWeeks,
            "2026-06-22",
        ),
        (&["2026-01-31", "2026-02-28", "2026-03-31"], Frequency::Monthly, "2026-04-30"),
        (&["2026-01-03", "2026-03-01", "2026-05-01"], Frequency::EveryTwoMonths, "2026-07-01"),
        (&["2025-11-30", "2026-02-28", "2026-05-30"], Frequency::Quarterly, "2026-08-30"),
        (&["2025-01-10", "2025-07-10", "2026-01-10"], Frequency::Semiannual, "2026-07-10"),
        (&["2024-02-29", "2025-02-28", "2026-02-28"], Frequency::Annual, "2027-02-28"),
    ];
    for (days, frequency, next) in cases {
        let found = answer(&read(&payments(days), "")).unwrap();
        assert_eq!(found.series.len(), 1, "{days:?}");
        let series = &found.series[0];
        assert_eq!((series.frequency, series.next), (frequency, Some(next.parse().unwrap())), "{days:?}");
        assert_eq!(series.missed + series.unexpected, 0, "{days:?}");
    }
}

#[test]
fn a_series_that_stops_is_late_and_then_has_ended() {
    let rows = payments(&["2026-01-10", "2026-02-10", "2026-03-10"]);
    for (as_of, status, next) in [
        ("2026-04-15", RecurringStatus::Active, Some("2026-04-10")),
        ("2026-04-16", RecurringStatus::Late, Some("2026-04-10")),
        ("2026-05-15", RecurringStatus::Late, Some("2026-04-10")),
        ("2026-05-16", RecurringStatus::Ended, None),
    ] {
        let found = answer(&read(&rows, &format!(r#", "asOf": "{as_of}""#))).unwrap();
        let series = &found.series[0];
        let next: Option<Date> = next.map(|day| day.parse().unwrap());
        assert_eq!((series.status, series.next), (status, next), "{as_of}");
    }
}

#[test]
fn two_subscriptions_of_one_merchant_are_told_apart() {
    let mut rows = payments(&["2026-01-03", "2026-02-03", "2026-03-03"]);
    rows.extend(["2026-01-17", "2026-02-17", "2026-03-17"].map(|day| row("card", day, -199, "expense")));
    let found = answer(&read(&rows, "")).unwrap();
    let amounts: Vec<String> = found.series.iter().map(|series| series.amount.to_string()).collect();
    assert_eq!(amounts, ["-1.99", "-10.00"]);
    assert!(found.series.iter().all(|series| series.frequency == Frequency::Monthly));
}

#[test]
fn a_double_charge_is_told_and_is_no_payment() {
    let rows = payments(&["2026-01-10", "2026-02-10", "2026-02-12", "2026-03-10"]);
    let found = answer(&read(&rows, "")).unwrap();
    let series = &found.series[0];
    assert_eq!((series.payments.len(), series.unexpected), (3, 0));
    assert_eq!(series.double_charges[0].date, "2026-02-12".parse().unwrap());
    let found =
        answer(&read(&rows, r#", "detection": {"findDoubles": false, "minConfidence": "0.5"}"#)).unwrap();
    assert_eq!((found.series[0].unexpected, found.series[0].double_charges.len()), (1, 0));
}

proptest! {
    #[test]
    fn a_series_expects_the_days_of_its_rule(rows in rows()) {
        let input = read(&rows, r#", "detection": {"minConfidence": "0.3"}"#);
        let found = answer(&input).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for series in &found.series {
            for payment in &series.payments {
                prop_assert!(seen.insert(payment.transaction.clone()));
            }
            let met = series.payments.len() as u32;
            let of = Decimal::from(met + series.missed + series.unexpected + 1);
            let odds = Decimal::from(met).divided_by(of).unwrap();
            let off = series.confidence.minus(odds).unwrap().abs();
            prop_assert!(off <= "0.00005".parse().unwrap());
            let question = OccurrencesInput {
                month_end: series.month_end,
                limit: 2,
                ..OccurrencesInput::new(series.start, series.rule.clone())
            };
            let dates = occurrences(&question, &Control::default()).unwrap().occurrences;
            prop_assert_eq!(dates[0].date, series.start);
            prop_assert!(series.next.is_none_or(|next| next == dates[1].date));
        }
    }

    #[test]
    fn the_order_of_the_ledger_changes_nothing(rows in rows()) {
        let input = read(&rows, r#", "detection": {"minConfidence": "0.3"}"#);
        let other = RecurringInput { ledger: reversed(&input.ledger), ..input.clone() };
        prop_assert_eq!(answer(&input).unwrap(), answer(&other).unwrap());
    }
}
