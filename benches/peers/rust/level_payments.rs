//! Level payments: `pmt`, `pv` and `rate` over a million rows.

use wherewithal::time_value::{
    PaymentTiming,
    columns::{self, Column},
};
use wherewithal_benches::Generator;

use crate::measure::{Measured, best};

pub(crate) fn level_payments(workload: &str, peer: &str, repetitions: u32) -> Measured {
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
