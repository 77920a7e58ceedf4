use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{LoanAgreement, LoanSchedule, schedule};
use wherewithal_base::{ErrorCode, dates::Date, num::Decimal};

mod properties;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn agreement(loan: &Value) -> LoanAgreement {
    serde_json::from_value(loan.clone()).unwrap()
}

fn ledger(input: Value) -> LoanLedger {
    post_payments(&serde_json::from_value(input).unwrap()).unwrap()
}

fn refused(input: Value) -> (ErrorCode, String) {
    let error = post_payments(&serde_json::from_value(input).unwrap()).unwrap_err();
    (error.code(), error.path().to_owned())
}

/// The payments of the agreement, each on its due date.
fn contract_payments(schedule: &LoanSchedule) -> Vec<ReceivedPayment> {
    let payment = |row: &ScheduleRow| ReceivedPayment {
        id: None,
        date: row.date,
        amount: row.total_due,
        apply_to: PaymentPurpose::Installment,
    };
    schedule.schedule.iter().filter(|row| !row.total_due.is_zero()).map(payment).collect()
}

fn car_loan() -> Value {
    json!({"principal": "20000", "annualRate": "0.0725", "advanceDate": "2025-01-15", "termMonths": 48,
           "accrual": {"kind": "daily", "dayCount": "actual365Fixed"}})
}

fn mortgage() -> Value {
    json!({"principal": "300000", "annualRate": "0.06", "advanceDate": "2025-01-01", "termMonths": 360})
}

#[test]
fn by_the_day_a_late_payment_pays_more_interest_and_less_principal() {
    // 20,000 × 0.0725 / 365 × 41 days = 162.876…; on the due date it would be 31 days, 123.15.
    let late = ledger(json!({"loan": car_loan(), "asOf": "2025-02-25",
        "payments": [{"date": "2025-02-25", "amount": "480"}]}));
    assert_eq!(late.standing.total_interest_paid, decimal("162.88"));
    assert_eq!(late.standing.principal, decimal("19682.88"));
    let prompt = ledger(json!({"loan": car_loan(), "asOf": "2025-02-15",
        "payments": [{"date": "2025-02-15", "amount": "480"}]}));
    assert_eq!(prompt.standing.total_interest_paid, decimal("123.15"));
}

#[test]
fn by_the_period_being_late_costs_no_interest() {
    let late = ledger(json!({"loan": mortgage(), "asOf": "2025-03-28", "payments": [
        {"date": "2025-02-27", "amount": "1798.65"}, {"date": "2025-03-28", "amount": "1798.65"}]}));
    let prompt = ledger(json!({"loan": mortgage(), "asOf": "2025-03-28", "payments": [
        {"date": "2025-02-01", "amount": "1798.65"}, {"date": "2025-03-01", "amount": "1798.65"}]}));
    assert_eq!(late.standing.principal, prompt.standing.principal);
    assert_eq!(late.standing.total_interest_paid, decimal("2998.51"));
    assert_eq!(late.variance.interest, Decimal::ZERO);
}

#[test]
fn overdue_principal_bears_interest_by_the_period_where_that_is_the_policy() {
    // Nothing paid for two periods: the second costs half a percent of all 300,000.
    let input = |policy: Value| json!({"loan": mortgage(), "asOf": "2025-03-01", "policy": policy});
    let found = ledger(input(json!({"overduePrincipal": "bearsInterest"})));
    assert_eq!(found.installments[1].interest, decimal("1500.00"));
    let found = ledger(input(json!({})));
    assert_eq!(found.installments[1].interest, decimal("1498.51"));
}

#[test]
fn a_partial_payment_is_applied_or_held() {
    let input = |partial: &str, payments: Value| json!({"loan": mortgage(), "asOf": "2025-02-20", "payments": payments, "policy": {"partialPayments": partial}});
    let half = json!([{"date": "2025-02-01", "amount": "1000"}]);
    let applied = ledger(input("apply", half.clone()));
    assert_eq!(applied.standing.past_due.total, decimal("798.65"));
    assert_eq!(applied.standing.past_due.interest, decimal("500.00"));
    assert_eq!(applied.standing.days_past_due, 19);
    assert_eq!(applied.standing.unapplied, Decimal::ZERO);
    let held = ledger(input("hold", half));
    assert_eq!(held.standing.past_due.total, decimal("1798.65"));
    assert_eq!(held.standing.unapplied, decimal("1000.00"));
    let completed = ledger(input(
        "hold",
        json!([{"date": "2025-02-01", "amount": "1000"}, {"date": "2025-02-20", "amount": "800"}]),
    ));
    assert_eq!(completed.standing.past_due.total, Decimal::ZERO);
    assert_eq!(completed.standing.unapplied, decimal("1.35"));
    assert_eq!(completed.standing.paid_to, Some(date("2025-02-01")));
}

#[test]
fn a_late_fee_is_charged_once_after_the_days_of_grace() {
    let policy = json!({"lateFee": {"fraction": "0.05", "graceDays": 15}});
    let input = |paid: &str, as_of: &str| {
        json!({"loan": mortgage(), "asOf": as_of, "policy": policy,
               "payments": [{"date": paid, "amount": "1798.65"}]})
    };
    let in_time = ledger(input("2025-02-16", "2025-02-28"));
    assert_eq!(in_time.standing.total_late_fees, Decimal::ZERO);
    // 5 % of 1,798.65 is 89.9325.
    let late = ledger(input("2025-02-17", "2025-02-28"));
    assert_eq!(late.standing.total_late_fees, decimal("89.93"));
    // Fees come first, so that much of the installment is unpaid.
    assert_eq!(late.standing.past_due.principal, decimal("89.93"));
    assert_eq!(late.standing.unpaid_fees, Decimal::ZERO);
}

#[test]
fn what_is_short_only_because_of_a_late_fee_bears_none() {
    let found = ledger(json!({"loan": mortgage(), "asOf": "2025-06-30",
        "policy": {"lateFee": {"fraction": "0.05", "graceDays": 15}},
        "payments": [
            {"date": "2025-02-20", "amount": "1798.65"}, {"date": "2025-03-01", "amount": "1798.65"},
            {"date": "2025-04-01", "amount": "1798.65"}, {"date": "2025-05-01", "amount": "1798.65"},
            {"date": "2025-06-01", "amount": "1798.65"}]}));
    assert_eq!(found.standing.total_late_fees, decimal("89.93"));
    assert_eq!(found.standing.past_due.total, decimal("89.93"));
}

#[test]
fn the_order_of_the_policy_decides_what_a_partial_payment_pays() {
    let loan = json!({"principal": "300000", "annualRate": "0.06", "advanceDate": "2025-01-01", "termMonths": 360,
        "fees": [{"name": "service", "amount": "10", "timing": "everyPayment"}],
        "escrow": {"items": [{"name": "tax", "amount": "3600", "firstDue": "2025-12-01"}]}});
    let allocation = |order: Value| {
        let found = ledger(json!({"loan": loan, "asOf": "2025-02-01", "policy": {"order": order},
            "payments": [{"date": "2025-02-01", "amount": "250"}]}));
        let payment = found.entries.last().unwrap().allocation;
        [payment.fees, payment.interest, payment.principal, payment.escrow].map(|part| part.to_string())
    };
    assert_eq!(
        allocation(json!(["fees", "interest", "principal", "escrow"])),
        ["10.00", "240.00", "0.00", "0.00"]
    );
    assert_eq!(
        allocation(json!(["principal", "fees", "interest", "escrow"])),
        ["0.00", "0.00", "250.00", "0.00"]
    );
    // Bills of 3,600 a year are 300 a month.
    assert_eq!(
        allocation(json!(["escrow", "interest", "principal", "fees"])),
        ["0.00", "0.00", "0.00", "250.00"]
    );
}

#[test]
fn an_overpayment_is_never_lost() {
    let found = ledger(json!({"loan": mortgage(), "asOf": "2025-04-01", "payments": [
        {"date": "2025-02-01", "amount": "400000"}, {"date": "2025-03-10", "amount": "5"}]}));
    assert_eq!(found.standing.closed_on, Some(date("2025-02-01")));
    // 300,000 and 1,500 of interest.
    assert_eq!(found.standing.unapplied, decimal("98505.00"));
    assert_eq!(found.standing.principal, Decimal::ZERO);
    assert_eq!(found.standing.next_due_date, None);
}

#[test]
fn principal_that_is_paid_within_a_period_counts_from_its_due_date() {
    let found = ledger(json!({"loan": mortgage(), "asOf": "2025-03-01", "payments": [
        {"date": "2025-01-20", "amount": "50000", "applyTo": "principal"},
        {"date": "2025-02-01", "amount": "1798.65"}]}));
    // February costs half a percent of 250,000 less the first payment's principal of 298.65.
    assert_eq!(found.installments[0].interest, decimal("1500.00"));
    assert_eq!(found.installments[1].interest, decimal("1248.51"));
}

#[test]
fn a_payoff_within_a_period_costs_its_days() {
    let quote = |loan: Value, extra: Value| {
        let mut input = json!({"loan": loan, "date": "2025-01-21"});
        input.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        payoff_quote(&serde_json::from_value(input).unwrap()).unwrap()
    };
    let found = quote(
        json!({"principal": "300000", "annualRate": "0.06", "advanceDate": "2025-01-01", "termMonths": 360,
               "accrual": {"kind": "periodic", "oddDays": "actual365Fixed"}}),
        json!({"goodThrough": "2025-01-23", "prepaymentPenalty":
            {"amount": {"kind": "balance", "fraction": "0.02"}, "until": "2025-01-22"}}),
    );
    // 300,000 × 0.06 / 365 = 49.315068…; 20 days cost 986.30.
    assert_eq!(found.per_diem, decimal("49.315068493151"));
    assert_eq!((found.accrued_days, found.accrued_interest), (20, decimal("986.30")));
    assert_eq!(found.total, decimal("306986.30"));
    let totals: Vec<String> = found.daily_totals.iter().map(|day| day.total.to_string()).collect();
    assert_eq!(totals, ["306986.30", "307035.62", "301084.93"]);
}

#[test]
fn what_is_past_due_is_caught_up_at_once_or_spread() {
    let remaining = |catch_up: Value| {
        let input = json!({"loan": mortgage(), "asOf": "2025-04-15", "catchUp": catch_up});
        remaining_schedule(&serde_json::from_value(input).unwrap()).unwrap()
    };
    let at_once = remaining(json!({"kind": "nextPayment"}));
    assert_eq!(at_once.schedule[0].payment, decimal("7194.60"));
    assert_eq!(at_once.schedule[1].payment, decimal("1798.65"));
    assert_eq!(at_once.comparison.interest_saved, Decimal::ZERO);
    assert_eq!(at_once.comparison.months_saved, 0);
    // 3 × 1,798.65 in twelve parts.
    let spread = remaining(json!({"kind": "spread", "payments": 12}));
    assert_eq!(spread.schedule[0].payment, decimal("2248.32"));
    assert_eq!(spread.schedule[12].payment, decimal("1798.65"));
    assert_eq!(spread.schedule.last().unwrap().balance, Decimal::ZERO);
}

#[test]
fn bad_input_is_refused_with_its_path() {
    let early = json!({"loan": mortgage(), "asOf": "2025-03-01", "payments": [
        {"date": "2025-02-01", "amount": "1"}, {"date": "2024-12-31", "amount": "1"}]});
    assert_eq!(refused(early), (ErrorCode::DatesOutOfOrder, "payments[1].date".to_owned()));
    let later = json!({"loan": mortgage(), "asOf": "2025-03-01", "payments": [{"date": "2025-03-02", "amount": "1"}]});
    assert_eq!(refused(later), (ErrorCode::DatesOutOfOrder, "payments[0].date".to_owned()));
    let nothing = json!({"loan": mortgage(), "asOf": "2025-03-01", "payments": [{"date": "2025-03-01", "amount": "0"}]});
    assert_eq!(refused(nothing), (ErrorCode::AmountOutOfRange, "payments[0].amount".to_owned()));
    let order = json!({"loan": mortgage(), "asOf": "2025-03-01",
        "policy": {"order": ["fees", "interest", "interest", "escrow"]}});
    assert_eq!(refused(order), (ErrorCode::ListIncomplete, "policy.order".to_owned()));
    let fee = json!({"loan": mortgage(), "asOf": "2025-03-01", "policy": {"lateFee": {"fraction": "5"}}});
    assert_eq!(refused(fee), (ErrorCode::RateOutOfRange, "policy.lateFee.fraction".to_owned()));
    let before = json!({"loan": mortgage(), "asOf": "2024-03-01"});
    assert_eq!(refused(before), (ErrorCode::DatesOutOfOrder, "asOf".to_owned()));
    let far = json!({"loan": mortgage(), "asOf": "9999-03-01"});
    assert_eq!(refused(far), (ErrorCode::DatesOutOfOrder, "asOf".to_owned()));
}
