//! Repayment schedules.

use std::{
    hint::black_box,
    sync::atomic::{AtomicI64, Ordering},
};

use rust_decimal::{Decimal, RoundingStrategy};
use wherewithal::{control::Control, debt};
use wherewithal_benches::loans;

use crate::measure::{Measured, best};

const MONTHS: u32 = 360;
/// The exact interest of the ten thousand schedules in cents, by Python's decimal module.
const INTEREST: i64 = 616_532_717_910;

pub(crate) fn schedules(peer: &str, repetitions: u32) -> Measured {
    let loans = loans(10_000).expect("loans");
    let error = |cents: &i64| (cents - INTEREST).abs() as f64;
    match peer {
        "wherewithal, schedule by schedule" => {
            let run = || {
                let total = AtomicI64::new(0);
                debt::for_each_schedule(&loans, &Control::default(), |_, schedule| {
                    black_box(schedule);
                    total
                        .fetch_add(i64::try_from(schedule.total_interest).expect("cents"), Ordering::Relaxed);
                })
                .expect("schedules");
                total.into_inner()
            };
            best(repetitions, run, error)
        }
        "wherewithal, columns" => {
            let run = || {
                let batch = debt::amortize_batch(&loans, &Control::default()).expect("schedules");
                assert_eq!(batch.balance.len(), 3_600_000);
                i64::try_from(batch.loans.iter().map(|loan| loan.total_interest).sum::<i128>())
                    .expect("cents")
            };
            best(repetitions, run, error)
        }
        "rust_decimal" => best(repetitions, || loans.iter().map(in_decimals).sum(), error),
        "64-bit integers" => best(repetitions, || loans.iter().map(in_integers).sum(), error),
        _ => best(repetitions, || loans.iter().map(in_floats).sum::<f64>() as i64, error),
    }
}

/// Principal and annual rate with their decimal places, as rust_decimal has them.
fn terms(loan: &debt::Loan) -> (Decimal, Decimal) {
    let of =
        |value: wherewithal::num::Decimal| Decimal::from_i128_with_scale(value.mantissa(), value.scale());
    (of(loan.principal), of(loan.annual_rate))
}

fn level_payment(principal: Decimal, annual_rate: Decimal) -> Decimal {
    let rate = annual_rate / Decimal::from(12);
    let growth = (0..MONTHS).fold(Decimal::ONE, |growth, _| growth * (Decimal::ONE + rate));
    cents(principal * rate * growth / (growth - Decimal::ONE))
}

fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven)
}

fn in_decimals(loan: &debt::Loan) -> i64 {
    let (mut balance, annual_rate) = terms(loan);
    let payment = level_payment(balance, annual_rate);
    let twelve = Decimal::from(12);
    let mut rows = Vec::with_capacity(MONTHS as usize);
    let mut total = Decimal::ZERO;
    for month in 1..=MONTHS {
        let interest = cents(balance * annual_rate / twelve);
        let principal = if month == MONTHS { balance } else { payment - interest };
        balance -= principal;
        total += interest;
        rows.push((interest, principal, balance));
    }
    black_box(&rows);
    i64::try_from((total * Decimal::ONE_HUNDRED).mantissa() / 10_i128.pow(total.scale())).expect("cents")
}

fn in_integers(loan: &debt::Loan) -> i64 {
    let (principal, annual_rate) = terms(loan);
    let whole = |value: Decimal, places: u32| {
        i64::try_from(value.mantissa() * 10_i128.pow(places - value.scale())).expect("a small number")
    };
    let (mut balance, millionths) = (whole(principal, 2), whole(annual_rate, 6));
    let rate = millionths as f64 / 12e6;
    let payment =
        (balance as f64 * rate / (1.0 - (1.0 + rate).powi(-MONTHS.cast_signed()))).round_ties_even() as i64;
    let mut rows = Vec::with_capacity(MONTHS as usize);
    let mut total = 0;
    for month in 1..=MONTHS {
        let product = balance * millionths;
        let (mut interest, rest) = (product / 12_000_000, product % 12_000_000);
        if rest > 6_000_000 || (rest == 6_000_000 && interest % 2 == 1) {
            interest += 1;
        }
        let principal = if month == MONTHS { balance } else { payment - interest };
        balance -= principal;
        total += interest;
        rows.push((interest, principal, balance));
    }
    black_box(&rows);
    total
}

/// A schedule in doubles without rounding.
fn in_floats(loan: &debt::Loan) -> f64 {
    let (principal, annual_rate) = terms(loan);
    let float = |value: Decimal| value.mantissa() as f64 / 10_f64.powi(value.scale().cast_signed());
    let (mut balance, rate) = (100.0 * float(principal), float(annual_rate) / 12.0);
    let payment = balance * rate / (1.0 - (1.0 + rate).powi(-MONTHS.cast_signed()));
    let mut rows = Vec::with_capacity(MONTHS as usize);
    let mut total = 0.0;
    for _ in 0..MONTHS {
        let interest = balance * rate;
        let principal = payment - interest;
        balance -= principal;
        total += interest;
        rows.push((interest, principal, balance));
    }
    black_box(&rows);
    total
}
