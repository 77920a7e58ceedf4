//! Runs one Rust peer: `peers WORKLOAD PEER REPETITIONS`. Prints its time and the error of its answers as JSON.
//!
//! `RAYON_NUM_THREADS` sets the number of threads.

#![expect(
    clippy::disallowed_methods,
    reason = "a peer is measured with a clock, and computes as a plain program would"
)]
#![expect(clippy::expect_used, reason = "a bench stops where its work is wrong")]

use std::{
    hint::black_box,
    sync::atomic::{AtomicI64, Ordering},
    time::Instant,
};

use rust_decimal::{Decimal, RoundingStrategy};
use wherewithal::{
    control::Control,
    dates::{DayCount, date},
    debt,
    time_value::{
        self, FlowDates, IrrOptions, PaymentTiming,
        columns::{self, Column},
    },
};
use wherewithal_benches::{Generator, Series, loans, series};

const MONTHS: u32 = 360;
/// The exact interest of the ten thousand schedules in cents, by Python's decimal module.
const INTEREST: i64 = 616_532_717_910;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [workload, peer, repetitions] = arguments.as_slice() else {
        eprintln!("peers WORKLOAD PEER REPETITIONS");
        std::process::exit(2);
    };
    let (workload, peer) = (workload.as_str(), peer.as_str());
    let repetitions = repetitions.parse().expect("a number of repetitions");
    let (seconds, error) = match workload {
        "w4-many" | "w4-long" => internal_rates(workload, peer, repetitions),
        "w5-pmt" | "w5-pv" | "w5-rate" => level_payments(workload, peer, repetitions),
        _ => schedules(peer, repetitions),
    };
    println!("{{\"seconds\": {seconds:e}, \"error\": {error:e}}}");
}

/// The shortest time of a run, after one that does not count, and the error of its answers.
fn best<T>(repetitions: u32, mut run: impl FnMut() -> T, error: impl Fn(&T) -> f64) -> (f64, f64) {
    let mut found = run();
    let mut seconds = f64::INFINITY;
    for _ in 0..repetitions {
        let start = Instant::now();
        found = black_box(run());
        seconds = seconds.min(start.elapsed().as_secs_f64());
    }
    (seconds, error(&found))
}

fn internal_rates(workload: &str, peer: &str, repetitions: u32) -> (f64, f64) {
    let (count, flows) = if workload == "w4-many" { (10_000, 50) } else { (1, 1_000) };
    let all: Vec<Series> = (0..count).map(|k| series(12_345 + k, flows).expect("a series")).collect();
    let error = |rates: &Vec<f64>| {
        let errors = rates.iter().zip(&all).map(|(rate, series)| (rate - series.rate).abs());
        errors.fold(0.0, |worst: f64, error| if error.is_nan() { f64::INFINITY } else { worst.max(error) })
    };
    let options = IrrOptions::default();
    let one = |series: &Series| {
        time_value::xirr(&series.dates, &series.amounts, DayCount::Actual365Fixed, &options)
            .expect("a rate")
            .rate
    };
    match peer {
        "wherewithal, batch" => {
            let epoch = date(1970, 1, 1).expect("a date");
            let days: Vec<i32> =
                all.iter().flat_map(|series| &series.dates).map(|day| epoch.days_until(*day)).collect();
            let amounts: Vec<f64> = all.iter().flat_map(|series| series.amounts.clone()).collect();
            let ends: Vec<usize> = (1..=all.len()).map(|k| k * flows as usize).collect();
            let run = || {
                let dates = FlowDates::DaysSince1970(&days);
                let control = Control::default();
                time_value::xirr_batch(dates, &amounts, &ends, DayCount::Actual365Fixed, 0.1, &control)
                    .expect("rates")
                    .rates
            };
            best(repetitions, run, error)
        }
        "wherewithal" => best(repetitions, || all.iter().map(one).collect(), error),
        _ => {
            let times = |series: &Series| -> Vec<f64> {
                let first = series.dates.first().copied().expect("a first date");
                series.dates.iter().map(|day| f64::from(first.days_until(*day)) / 365.0).collect()
            };
            let inputs: Vec<(Vec<f64>, &[f64])> =
                all.iter().map(|series| (times(series), series.amounts.as_slice())).collect();
            let run = || inputs.iter().map(|(times, amounts)| newton(times, amounts)).collect();
            best(repetitions, run, error)
        }
    }
}

/// Newton's method in the rate, as a plain program has it; from the logarithm of what was received over what was paid,
/// over the distance of their mean dates.
fn newton(times: &[f64], amounts: &[f64]) -> f64 {
    let (mut received, mut paid, mut received_time, mut paid_time) = (0.0, 0.0, 0.0, 0.0);
    for (time, amount) in times.iter().zip(amounts) {
        if *amount > 0.0 {
            received += amount;
            received_time += amount * time;
        } else {
            paid -= amount;
            paid_time -= amount * time;
        }
    }
    let mut rate = ((received / paid).ln() / (received_time / received - paid_time / paid)).exp() - 1.0;
    for _ in 0..100 {
        let (mut value, mut slope) = (0.0, 0.0);
        for (time, amount) in times.iter().zip(amounts) {
            let discounted = amount * (1.0 + rate).powf(-time);
            value += discounted;
            slope -= time * discounted / (1.0 + rate);
        }
        let next = rate - value / slope;
        if (next - rate).abs() < 1e-12 {
            return next;
        }
        rate = if next <= -1.0 { (rate - 1.0) / 2.0 } else { next };
    }
    f64::NAN
}

fn level_payments(workload: &str, peer: &str, repetitions: u32) -> (f64, f64) {
    const ROWS: usize = 1_000_000;
    let mut generator = Generator::new(5);
    let (mut rates, mut terms, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROWS {
        rates.push((0.02 + 0.08 * generator.unit()) / 12.0);
        terms.push(f64::from((60.0 + 421.0 * generator.unit()) as u32));
        values.push(1e4 + 99e4 * generator.unit());
    }
    let payment =
        |((rate, term), value): ((&f64, &f64), &f64)| value * rate / (-term * rate.ln_1p()).exp_m1();
    let payments: Vec<f64> = rates.iter().zip(&terms).zip(&values).map(payment).collect();
    let expected = match workload {
        "w5-pmt" => &payments,
        "w5-pv" => &values,
        _ => &rates,
    };
    let error = |found: &Vec<f64>| {
        found.iter().zip(expected).map(|(found, expected)| (found / expected - 1.0).abs()).fold(0.0, f64::max)
    };
    let (rate, term, value, pmt) =
        (Column::Many(&rates), Column::Many(&terms), Column::Many(&values), Column::Many(&payments));
    let (zero, end) = (Column::One(0.0), PaymentTiming::End);
    match (workload, peer) {
        (_, "wherewithal") => {
            let run = || {
                let mut found = vec![0.0; ROWS];
                let done = match workload {
                    "w5-pmt" => columns::pmt([rate, term, value, zero], end, &mut found),
                    "w5-pv" => columns::pv([rate, term, pmt, zero], end, &mut found),
                    _ => columns::rate([term, pmt, value, zero, Column::One(0.1)], end, &mut found),
                };
                done.map_err(|failure| failure.error).expect("results");
                found
            };
            best(repetitions, run, error)
        }
        ("w5-pmt", _) => {
            let one = |((rate, term), value): ((&f64, &f64), &f64)| {
                let growth = (1.0 + rate).powf(*term);
                -value * rate * growth / (growth - 1.0)
            };
            best(repetitions, || rates.iter().zip(&terms).zip(&values).map(one).collect(), error)
        }
        ("w5-pv", _) => {
            let one =
                |((rate, term), pmt): ((&f64, &f64), &f64)| -pmt * (1.0 - (1.0 + rate).powf(-term)) / rate;
            best(repetitions, || rates.iter().zip(&terms).zip(&payments).map(one).collect(), error)
        }
        _ => {
            let one = |((term, pmt), value): ((&f64, &f64), &f64)| newton_of_loan(*term, *pmt, *value);
            best(repetitions, || terms.iter().zip(&payments).zip(&values).map(one).collect(), error)
        }
    }
}

/// Newton's method on the present value of a loan.
fn newton_of_loan(term: f64, pmt: f64, value: f64) -> f64 {
    let mut rate = 0.01_f64;
    for _ in 0..100 {
        let discount = (1.0 + rate).powf(-term);
        let annuity = (1.0 - discount) / rate;
        let slope = (term * discount / (1.0 + rate) - annuity) / rate;
        let next = rate - (value + pmt * annuity) / (pmt * slope);
        if (next - rate).abs() < 1e-14 {
            return next;
        }
        rate = next;
    }
    f64::NAN
}

fn schedules(peer: &str, repetitions: u32) -> (f64, f64) {
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

/// Doubles that are never rounded.
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
