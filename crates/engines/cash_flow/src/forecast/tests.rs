use proptest::prelude::*;

use super::*;
use crate::ledgers::{Row, ledger, reversed, row, rows};

fn read(rows: &[Row], more: &str) -> ForecastInput {
    serde_json::from_str(&format!(r#"{{"ledger": {}, {more}}}"#, ledger(rows))).unwrap()
}

fn answer(input: &ForecastInput) -> Result<Forecast> {
    forecast(input, &Control::default())
}

#[test]
fn what_recurs_goes_on_and_what_is_overdue_comes_tomorrow() {
    let rows: Vec<Row> = ["2026-01-10", "2026-02-10", "2026-03-10"]
        .iter()
        .map(|day| row("checking", day, -50_000, "expense"))
        .collect();
    let more = r#""asOf": "2026-04-12", "days": 40, "balances": [{"account": "checking", "balance": "900"}]"#;
    let found = answer(&read(&rows, more)).unwrap();
    let days: Vec<String> = found.payments.iter().map(|payment| payment.date.to_string()).collect();
    assert_eq!(days, ["2026-04-13", "2026-05-10"]);
    assert_eq!(found.payments[0].overdue_since, Some("2026-04-10".parse().unwrap()));
    assert_eq!(found.accounts[0].below_zero, Some("2026-05-10".parse().unwrap()));
    // Nothing but the series happened, so nothing is uncertain.
    assert_eq!(found.accounts[0].weekly_deviation, Some(0.0));
}

#[test]
fn the_payments_of_a_planned_merchant_are_not_looked_for() {
    let rows: Vec<Row> = ["2026-01-10", "2026-02-10", "2026-03-10"]
        .iter()
        .map(|day| row("checking", day, -50_000, "expense"))
        .collect();
    let more = r#""days": 31, "balances": [{"account": "checking", "balance": "900"}], "planned": [{"name": "shop",
        "account": "checking", "amount": "-600", "start": "2026-04-10", "merchant": "Shop"}]"#;
    let found = answer(&read(&rows, more)).unwrap();
    assert_eq!(found.payments.len(), 1);
    assert_eq!(found.accounts[0].horizons[0].expected.to_string(), "900.00");
    assert_eq!(found.accounts[0].days[30].expected.to_string(), "300.00");
}

#[test]
fn what_makes_no_forecast_is_refused_where_it_stands() {
    let rows = [row("checking", "2026-01-05", -10_000, "expense")];
    for (more, code, path) in [
        (r#""balances": []"#, ErrorCode::ListEmpty, "balances"),
        (
            r#""balances": [{"account": "none", "balance": "1"}]"#,
            ErrorCode::NameUnknown,
            "balances[0].account",
        ),
        (
            r#""balances": [{"account": "checking", "balance": "1"}], "planned": [{"name": "x", "account": "card",
                "amount": "1", "start": "2026-01-01"}]"#,
            ErrorCode::NameUnknown,
            "planned[0].account",
        ),
        (
            r#""balances": [{"account": "checking", "balance": "1"}], "planned": [{"name": "x", "account": "checking",
                "amount": "1", "start": "2026-01-01", "rrule": "FREQ=SOMETIMES"}]"#,
            ErrorCode::RecurrenceMalformed,
            "planned[0].rrule",
        ),
        (
            r#""balances": [{"account": "checking", "balance": "0.001"}]"#,
            ErrorCode::DecimalTooPrecise,
            "balances[0].balance",
        ),
    ] {
        let error = answer(&read(&rows, more)).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path), "{more}: {error}");
    }
}

proptest! {
    #[test]
    fn a_forecast_foots_and_its_band_widens(rows in rows(), balance in -1000_i64..1000) {
        let more = format!(
            r#""asOf": "2026-08-01", "days": 100, "detection": {{"minConfidence": "0.4"}},
                "balances": [{{"account": "checking", "balance": "{balance}"}}, {{"account": "card", "balance": "-5"}}]"#
        );
        let input = read(&rows, &more);
        let found = answer(&input).unwrap();
        for account in &found.accounts {
            prop_assert_eq!(account.days.len(), 100);
            for horizon in &account.horizons {
                let of_account = || found.payments.iter().filter(|payment| {
                    payment.account == account.account && payment.date <= horizon.date
                });
                let net = horizon.comes_in.minus(horizon.goes_out).unwrap();
                prop_assert_eq!(net, Decimal::sum(of_account().map(|payment| payment.amount)).unwrap());
                let ends = account.balance.plus(net).unwrap().plus(horizon.other_flows).unwrap();
                prop_assert_eq!(horizon.expected, ends);
            }
            let mut width = Decimal::ZERO;
            for day in &account.days {
                let (Some(low), Some(high)) = (day.low, day.high) else { continue };
                let wide = high.minus(low).unwrap();
                prop_assert!(wide >= width);
                prop_assert_eq!(day.expected.minus(low).unwrap(), high.minus(day.expected).unwrap());
                width = wide;
            }
        }
        let other = ForecastInput { ledger: reversed(&input.ledger), ..input.clone() };
        prop_assert_eq!(found, answer(&other).unwrap());
    }
}
