//! Payments in advance, changes of the rate, extra payments between payments, payment breaks and business days.

use super::*;

fn dates(found: &LoanSchedule) -> Vec<String> {
    found.schedule.iter().map(|row| row.date.to_string()).collect()
}

/// 12,000 / ((1 - 1.005^-12) / 0.005 × 1.005), an annuity due.
#[test]
fn a_lease_is_paid_in_advance() {
    let lease = agreement(
        r#"{"principal": "12000", "annualRate": "0.06", "advanceDate": "2026-01-01", "firstPayment": "2026-01-01",
            "numberOfPayments": 12}"#,
    );
    let found = schedule(&lease).unwrap();
    assert_eq!((found.payment, found.total_interest), (decimal("1027.66"), decimal("331.91")));
    assert_eq!(
        (found.schedule[0].interest, found.payoff_date.to_string()),
        (Decimal::ZERO, "2026-12-01".to_owned())
    );
    let rate = found.annual_percentage_rate.unwrap();
    assert!((rate - 0.06).abs() < 1e-5, "{rate}");
}

/// 83,849.28 × (0.08 × 15 + 0.06 × 16) / 365 = 496.20.
#[test]
fn a_rate_changes_on_its_day() {
    let loan = agreement(
        r#"{"principal": "100000", "annualRate": "0.08", "advanceDate": "2026-01-01", "numberOfPayments": 12,
            "accrual": {"kind": "daily"}, "rateChanges": [{"date": "2026-03-16", "annualRate": "0.06"}]}"#,
    );
    let found = schedule(&loan).unwrap();
    let march = &found.schedule[2];
    assert_eq!((march.opening, march.interest), (decimal("83849.28"), decimal("496.20")));
    assert_eq!(march.payment, found.payment);
    assert!(found.schedule[3].payment < found.payment);
    let trail = explain_payment(&PaymentTrailInput { loan, number: 3 }).unwrap();
    let rates: Vec<_> = trail.balances.iter().map(|balance| (balance.days, balance.annual_rate)).collect();
    assert_eq!(rates, [(15, decimal("0.08")), (16, decimal("0.06"))]);
}

#[test]
fn an_extra_payment_each_month_on_a_biweekly_loan() {
    let loan = agreement(
        r#"{"principal": "10000", "annualRate": "0.06", "advanceDate": "2026-01-02", "frequency": "biweekly",
            "numberOfPayments": 26, "extraPayments": [{"date": "2026-02-15", "amount": "100", "repeat": "monthly"}]}"#,
    );
    let found = schedule(&loan).unwrap();
    let extras: Vec<_> =
        found.schedule.iter().filter(|row| !row.extra.is_zero()).map(|row| row.date.to_string()).collect();
    assert_eq!(extras[..4], ["2026-02-27", "2026-03-27", "2026-04-24", "2026-05-22"]);
}

#[test]
fn an_extra_payment_within_a_period_saves_the_interest_of_its_days() {
    let with = |timing: &str| {
        schedule(&agreement(&format!(
            r#"{{"principal": "100000", "annualRate": "0.0730", "advanceDate": "2026-01-01", "numberOfPayments": 12,
                "accrual": {{"kind": "daily"}},
                "extraPayments": [{{"date": "2026-01-11", "amount": "20000", "timing": "{timing}"}}]}}"#
        )))
        .unwrap()
    };
    let (on_date, with_payment) = (with("onDate"), with("withPayment"));
    // 100,000 × 0.0002 × 10 + 80,000 × 0.0002 × 21, against 100,000 × 0.0002 × 31.
    assert_eq!(on_date.schedule[0].interest, decimal("536.00"));
    assert_eq!(with_payment.schedule[0].interest, decimal("620.00"));
    assert_eq!(
        (on_date.schedule[0].extra, on_date.schedule[0].opening),
        (decimal("20000"), decimal("100000"))
    );
    // The dates of the flows are right as well: the rate is that of simple interest, whenever the extra payment is made.
    let difference = on_date.annual_percentage_rate.unwrap() - with_payment.annual_percentage_rate.unwrap();
    assert!(difference.abs() < 1e-4, "{difference}");
}

#[test]
fn a_holiday_adds_the_interest_and_months_of_interest_alone_keep_the_balance() {
    let with = |breaks: &str| {
        schedule(&agreement(&format!(
            r#"{{"principal": "10000", "annualRate": "0.12", "advanceDate": "2026-01-01", "numberOfPayments": 12,
                "paymentBreaks": [{{"firstNumber": 4, "payments": 2, {breaks}}}]}}"#
        )))
        .unwrap()
    };
    let holiday = with(r#""pays": "nothing""#);
    let rows = &holiday.schedule;
    assert!(rows[3].payment.is_zero() && rows[4].payment.is_zero());
    assert_eq!(
        rows[4].balance,
        rows[2].balance.plus(rows[3].interest).unwrap().plus(rows[4].interest).unwrap()
    );
    assert!(rows[5].payment > rows[2].payment);
    let interest = with(r#""pays": "interest""#);
    assert_eq!(interest.schedule[4].balance, interest.schedule[2].balance);
    for pays in ["nothing", "interest"] {
        let level = with(&format!(r#""pays": "{pays}", "others": "levelThroughout""#));
        assert_eq!(level.schedule[0].payment, level.schedule[8].payment);
        let difference = level.final_payment.minus(level.payment).unwrap();
        assert!(difference.abs() < decimal("0.10"), "{difference}");
    }
}

#[test]
fn due_dates_fall_on_business_days() {
    let with = |accrual: &str| {
        schedule(&agreement(&format!(
            r#"{{"principal": "1000", "annualRate": "0.06", "advanceDate": "2026-04-15", "numberOfPayments": 4,
                "accrual": {{"kind": "{accrual}"}}, "calendar": {{"closures": ["2026-06-15"]}}, "convention": "following"}}"#
        )))
        .unwrap()
    };
    // 15 August 2026 is a Saturday.
    let expected = ["2026-05-15", "2026-06-16", "2026-07-15", "2026-08-17"];
    assert_eq!(dates(&with("daily")), expected);
    let periodic = with("periodic");
    assert_eq!(dates(&periodic), expected);
    assert_eq!(periodic.payment, decimal("253.13"));
    assert_eq!(with("daily").schedule[1].interest, decimal("3.95"));
}
