use super::*;
use crate::num::Decimal;

fn agreement(json: &str) -> LoanAgreement {
    serde_json::from_str(json).unwrap()
}

fn show(json: &str) {
    let found = schedule(&agreement(json)).unwrap();
    let row = |row: &ScheduleRow| {
        format!(
            "{:>4} {} {:>12} +{} {:>10} = {:>10} + {:>10} (x {}) {:>12} {} | {} {} {}",
            row.number,
            row.date,
            row.opening,
            row.drawn,
            row.payment,
            row.interest,
            row.principal,
            row.extra,
            row.balance,
            row.annual_rate,
            row.fees,
            row.escrow,
            row.mortgage_insurance
        )
    };
    println!(
        "payment {} rate {} n {} balloon {} interest {}",
        found.payment, found.periodic_rate, found.number_of_payments, found.balloon, found.total_interest
    );
    for line in found.schedule.iter().take(4) {
        println!("{}", row(line));
    }
    for line in found.schedule.iter().rev().take(3).collect::<Vec<_>>().into_iter().rev() {
        println!("{}", row(line));
    }
}

#[test]
fn shown() {
    let base =
        r#""principal": "400000", "annualRate": "0.065", "advanceDate": "2025-12-01", "termMonths": 360"#;
    for extra in [
        "",
        r#", "accrual": {"kind": "daily"}"#,
        r#", "frequency": "biweekly""#,
        r#", "frequency": "biweekly", "accelerated": true"#,
        r#", "repayment": {"kind": "straightLine"}"#,
        r#", "interestOnlyPayments": 120"#,
        r#", "repayment": {"kind": "interestOnly"}"#,
        r#", "repayment": {"kind": "bullet"}"#,
        r#", "balloon": "100000""#,
        r#", "repayment": {"kind": "graduated", "increase": "0.075", "every": 12, "steps": 5}, "unpaidInterest": {"kind": "capitalize"}"#,
        r#", "firstPayment": "2026-01-15""#,
        r#", "firstPayment": "2026-01-15", "oddFirstPeriod": "firstPayment""#,
        r#", "firstPayment": "2026-01-15", "oddFirstPeriod": "closing""#,
        r#", "finalPayment": "additional""#,
        r#", "extraPayments": [{"date": "2026-01-01", "amount": "200", "repeat": "everyPayment"}]"#,
        r#", "mortgageInsurance": {"annualRate": "0.005", "originalValue": "440000"}, "escrow": {"cushionMonths": 2, "items": [{"name": "tax", "amount": "2400", "firstDue": "2026-07-01", "everyMonths": 6, "growth": "0.02"}]}"#,
        r#", "draws": [{"date": "2026-02-10", "amount": "1000"}], "offsets": [{"date": "2026-03-01", "amount": "10000"}]"#,
    ] {
        println!("-- {extra}");
        show(&format!("{{{base}{extra}}}"));
    }
}
