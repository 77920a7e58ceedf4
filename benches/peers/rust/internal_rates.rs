//! Internal rates of return of dated flows.

use wherewithal::{
    control::Control,
    dates::{DayCount, date},
    time_value::{self, FlowDates, IrrOptions},
};
use wherewithal_benches::{Series, series};

use crate::measure::{Measured, best};

pub(crate) fn internal_rates(workload: &str, peer: &str, repetitions: u32) -> Measured {
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

/// Newton's method in the rate, as in a simple program, starting from the logarithm of receipts over payments, divided
/// by the distance of their mean dates.
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
