use std::sync::Mutex;

use proptest::prelude::*;

use super::*;
use crate::{Amortization, amortize, payment::rounded_quotient};
use wherewithal_base::{
    ErrorCode,
    dates::{MonthEnd, date},
    money::Currency,
    num::Decimal,
};

const POLICIES: [Rounding; 4] = [Rounding::HalfEven, Rounding::HalfUp, Rounding::Down, Rounding::Up];

fn units(amount: Decimal, places: u32) -> i64 {
    let amount = amount.round(places, Rounding::Down);
    i64::try_from(amount.mantissa()).unwrap()
}

/// Asserts that a schedule in columns equals one in rows.
fn agree(columns: ScheduleColumns<'_>, rows: &Amortization) {
    let places = columns.places;
    assert_eq!(columns.payment, units(rows.payment, places));
    assert_eq!(columns.total_interest, rows.total_interest.mantissa());
    let of = |field: fn(&crate::AmortizationRow) -> Decimal| -> Vec<i64> {
        rows.schedule.iter().map(|row| units(field(row), places)).collect()
    };
    assert_eq!(columns.interest, of(|row| row.interest));
    assert_eq!(columns.principal, of(|row| row.principal));
    assert_eq!(columns.balance, of(|row| row.balance));
}

fn currency() -> impl Strategy<Value = Currency> {
    // Two, no and three decimal places.
    prop::sample::select(vec!["USD", "JPY", "KWD"]).prop_map(|code| code.parse().unwrap())
}

fn loan() -> impl Strategy<Value = Loan> {
    let principal = prop_oneof![
        6 => 1_000_000_i64..100_000_000,
        2 => 1_i64..1000,
        1 => 1_i64..=1_000_000_000_000_000_000,
    ];
    let rate = prop_oneof![
        6 => (0_i64..120_000).prop_map(|rate| (rate, 6)),
        1 => Just((0, 0)),
        2 => (0_u32..=12).prop_flat_map(|scale| (0..=10 * 10_i64.pow(scale), Just(scale))),
    ];
    let term = prop_oneof![3 => 1_u32..=480, 1 => 1_u32..=5200, 1 => Just(360)];
    let payment = prop_oneof![6 => Just(None), 1 => (1_i64..10_000_000).prop_map(Some), 1 => Just(Some(1_000_000_000_000_000_000))];
    let extra = prop_oneof![4 => Just(0_i64), 1 => 1_i64..1_000_000, 1 => Just(1_000_000_000_000_000_000)];
    let year = prop_oneof![9 => Just(2026), 1 => 9560_i32..=9999];
    (principal, currency(), rate, term, payment, extra, prop::sample::select(&POLICIES[..]), year).prop_map(
        |(principal, currency, (rate, scale), term_months, payment, extra, rounding, year)| {
            let places = currency.decimal_places().unwrap();
            let amount = |units: i64| Decimal::new(units, places).unwrap();
            Loan {
                principal: amount(principal),
                currency,
                annual_rate: Decimal::new(rate, scale).unwrap(),
                term_months,
                first_payment: date(year, 1, 31).unwrap(),
                month_end: MonthEnd::default(),
                payment: payment.map(amount),
                extra_monthly_payment: amount(extra),
                rounding,
            }
        },
    )
}

proptest! {
    #[test]
    fn a_batch_has_the_rows_of_each_loan_alone(loans in prop::collection::vec(loan(), 1..6)) {
        let control = Control::default();
        let alone: Vec<_> = loans.iter().map(amortize).collect();
        if let Some(first) = alone.iter().position(std::result::Result::is_err) {
            let expected = alone[first].as_ref().unwrap_err();
            let error = amortize_batch(&loans, &control).unwrap_err();
            prop_assert_eq!(error.code(), expected.code());
            prop_assert_eq!(error.message(), expected.message());
            prop_assert_eq!(error.path(), format!("loans[{first}].{}", expected.path()));
            let error = for_each_schedule(&loans, &control, |_, _| {}).unwrap_err();
            prop_assert_eq!(error.path(), format!("loans[{first}].{}", expected.path()));
        }
        let (good, alone): (Vec<_>, Vec<_>) =
            loans.into_iter().zip(alone).filter_map(|(loan, rows)| Some((loan, rows.ok()?))).unzip();
        let batch = amortize_batch(&good, &control).unwrap();
        for (index, rows) in alone.iter().enumerate() {
            agree(batch.schedule(index).unwrap(), rows);
        }
        prop_assert_eq!(batch.schedule(good.len()), None);
        let visited = Mutex::new(vec![0; good.len()]);
        for_each_schedule(&good, &control, |index, schedule| {
            agree(schedule, &alone[index]);
            visited.lock().unwrap()[index] += 1;
        })
        .unwrap();
        prop_assert!(visited.into_inner().unwrap().iter().all(|times| *times == 1));
    }
}

proptest! {
    #[test]
    fn lanes_round_the_exact_quotient(
        product in 0_u64..(1 << 52),
        denominator in prop_oneof![1_u64..100, 1_u64..20_000_000_000_000],
        near in prop::option::of(-1_i64..=1),
        odd in any::<bool>(),
    ) {
        // Ties and their neighbours on purpose.
        let product = match near {
            Some(near) => {
                let whole = product / denominator / 2 * 2 + u64::from(odd);
                (whole * denominator + denominator / 2).saturating_add_signed(near).min((1 << 52) - 1)
            }
            None => product,
        };
        let number = product as f64 / denominator as f64;
        prop_assume!(number < (1_u64 << 51) as f64);
        for rounding in POLICIES {
            let rounded = lanes::rounded(number, rounding);
            prop_assert_eq!(rounded as u128, rounded_quotient(product.into(), denominator, rounding));
        }
    }
}

/// Loans, some of which are repaid before the end of their term.
fn ordinary(count: u32) -> Vec<Loan> {
    (0..count)
        .map(|k| {
            let mut loan = Loan::level(
                wherewithal_base::money::usd("250000").unwrap(),
                Decimal::new(i64::from(20_000 + 7 * k), 6).unwrap(),
                120 + k % 240,
                date(2026, 1, 1).unwrap(),
            );
            loan.rounding = POLICIES[k as usize % 4];
            if k % 5 == 0 {
                loan.extra_monthly_payment = Decimal::new(i64::from(10_000 + k), 2).unwrap();
            }
            loan
        })
        .collect()
}

#[test]
fn the_number_of_threads_does_not_show() {
    let loans = ordinary(700);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| amortize_batch(&loans, &Control::default()).unwrap())
    };
    let one = with(1);
    for (index, loan) in loans.iter().enumerate() {
        agree(one.schedule(index).unwrap(), &amortize(loan).unwrap());
    }
    assert_eq!(with(2), one);
    assert_eq!(with(7), one);
}

#[test]
fn a_batch_can_be_cancelled() {
    let control = Control::default();
    control.cancel();
    let loans = ordinary(3);
    let code = |result: Result<()>| result.unwrap_err().code();
    assert_eq!(code(amortize_batch(&loans, &control).map(drop)), ErrorCode::OperationCancelled);
    assert_eq!(code(for_each_schedule(&loans, &control, |_, _| {})), ErrorCode::OperationCancelled);
}

#[test]
fn columns_without_room_are_refused() {
    let loans = ordinary(1);
    let (mut interest, mut principal, mut balance) = ([0; 120], [0; 120], [0; 119]);
    let columns = ColumnsMut { interest: &mut interest, principal: &mut principal, balance: &mut balance };
    let error = amortize_into(&loans, columns, &Control::default()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InputInvalid);
}

#[test]
fn no_loans_have_no_rows() {
    let batch = amortize_batch(&[], &Control::default()).unwrap();
    assert_eq!((batch.loans.len(), batch.interest.len()), (0, 0));
}

#[test]
fn the_first_loan_that_is_wrong_is_named() {
    let mut loans = ordinary(300);
    loans[70].term_months = 4_000_000_000;
    loans[250].principal = Decimal::ZERO;
    let error = amortize_batch(&loans, &Control::default()).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::TermOutOfRange, "loans[70].termMonths"));
}
