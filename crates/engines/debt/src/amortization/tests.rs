use proptest::prelude::*;

use super::*;
use wherewithal_base::{
    ErrorCode,
    dates::{MonthEnd, date},
    money::Currency,
    num::Rounding,
};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn loan(principal: &str, annual_rate: &str, term_months: u32) -> Loan {
    Loan {
        principal: decimal(principal),
        currency: Currency::USD,
        annual_rate: decimal(annual_rate),
        term_months,
        first_payment: date(2026, 1, 31).unwrap(),
        month_end: MonthEnd::default(),
        payment: None,
        extra_monthly_payment: Decimal::ZERO,
        rounding: Rounding::HalfEven,
    }
}

#[test]
fn payment_dates_keep_the_day_and_clamp_to_short_months() {
    let schedule = amortize(&loan("1200", "0.05", 26)).unwrap().schedule;
    let dates: Vec<String> = schedule.iter().map(|row| row.date.to_string()).collect();
    assert_eq!(dates[..4], ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
    assert_eq!(dates[25], "2028-02-29");
}

/// Loans from one linear congruential generator, x = 1664525 x + 1013904223 mod 2^32. The totals in cents come
/// from a Python program on `decimal`, run over the same loans.
fn total_interest_in_cents(loans: usize) -> i128 {
    let mut state = 99_u32;
    let mut uniform = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state) / 4_294_967_296.0
    };
    (0..loans)
        .map(|_| {
            let principal = Decimal::new(5_000_000 + (uniform() * 95_000_000.0) as i64, 2).unwrap();
            let annual_rate = Decimal::new(20_000 + (uniform() * 80_000.0) as i64, 6).unwrap();
            amortize(&Loan { principal, annual_rate, ..loan("1", "0", 360) })
                .unwrap()
                .total_interest
                .mantissa()
        })
        .sum()
}

#[test]
fn three_hundred_schedules_agree_with_python_decimals_to_the_cent() {
    assert_eq!(total_interest_in_cents(300), 17_317_401_286);
}

#[test]
fn ten_thousand_schedules_agree_with_python_decimals_to_the_cent() {
    assert_eq!(total_interest_in_cents(10_000), 616_532_717_910);
}

#[test]
fn a_payment_that_only_covers_the_interest_never_repays() {
    let equal = Loan { payment: Some(decimal("2166.67")), ..loan("400000", "0.065", 360) };
    let error = amortize(&equal).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::PaymentNeverRepays, "payment"));
    let one_cent_more = Loan { payment: Some(decimal("2166.68")), ..equal };
    assert_eq!(amortize(&one_cent_more).unwrap().schedule.len(), 360);
}

#[test]
fn a_level_payment_of_the_bare_interest_leaves_the_principal_for_the_last() {
    for (principal, rate, months, payment) in
        [("0.01", "0", 360, "0.00"), ("0.02", "0.05", 12, "0.00"), ("1000", "0.36", 1200, "30.00")]
    {
        let found = amortize(&loan(principal, rate, months)).unwrap();
        assert_eq!(found.payment, decimal(payment));
        assert_eq!(found.schedule.len(), months as usize);
        assert_eq!(found.final_payment, decimal(principal).plus(decimal(payment)).unwrap());
    }
}

#[test]
fn payments_from_a_month_end_on_can_keep_to_month_ends() {
    let first_payment = date(2026, 2, 28).unwrap();
    let dates = |month_end| {
        let loan = Loan { first_payment, month_end, ..loan("1000", "0.05", 3) };
        amortize(&loan).unwrap().schedule.iter().map(|row| row.date.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(dates(MonthEnd::AnchorDay), ["2026-02-28", "2026-03-28", "2026-04-28"]);
    assert_eq!(dates(MonthEnd::EndOfMonth), ["2026-02-28", "2026-03-31", "2026-04-30"]);
}

#[test]
fn the_largest_loan_does_not_overflow() {
    let largest = loan("10000000000000000.00", "10", 24);
    let schedule = amortize(&largest).unwrap();
    assert_eq!(schedule.schedule.len(), 24);
    let rate_of_twelve_places = loan("10000000000000000", "9.999999999999", 1);
    assert!(amortize(&rate_of_twelve_places).is_ok());
    let extra = Loan { extra_monthly_payment: decimal("10000000000000000"), ..largest };
    assert_eq!(amortize(&extra).unwrap().schedule.len(), 1);
}

fn any_rounding() -> impl Strategy<Value = Rounding> {
    prop_oneof![Just(Rounding::HalfEven), Just(Rounding::HalfUp), Just(Rounding::Down), Just(Rounding::Up)]
}

prop_compose! {
    fn any_loan()(
        cents in 100_000_i64..1_000_000_000_000,
        rate in 0_i64..600_000,
        term_months in 1_u32..=480,
        day in 1_u32..=31,
        extra in prop_oneof![Just(0_i64), 1_i64..100_000],
        rounding in any_rounding(),
    ) -> Loan {
        Loan {
            principal: Decimal::new(cents, 2).unwrap(),
            currency: Currency::USD,
            annual_rate: Decimal::new(rate, 6).unwrap(),
            term_months,
            first_payment: date(2026, 1, day).unwrap(),
            month_end: MonthEnd::default(),
            payment: None,
            extra_monthly_payment: Decimal::new(extra, 2).unwrap(),
            rounding,
        }
    }
}

proptest! {
    #[test]
    fn a_schedule_foots(loan in any_loan()) {
        let result = amortize(&loan).unwrap();
        let rows = &result.schedule;
        let sum = |part: fn(&AmortizationRow) -> Decimal| Decimal::sum(rows.iter().map(part)).unwrap();
        prop_assert_eq!(sum(|row| row.principal), loan.principal);
        prop_assert_eq!(sum(|row| row.interest), result.total_interest);
        prop_assert_eq!(sum(|row| row.payment), result.total_paid);
        let mut opening = loan.principal;
        for (row, number) in rows.iter().zip(1..) {
            prop_assert_eq!(row.number, number);
            prop_assert_eq!(row.opening, opening);
            prop_assert_eq!(row.interest.plus(row.principal).unwrap(), row.payment);
            prop_assert_eq!(row.opening.minus(row.principal).unwrap(), row.balance);
            let last = number as usize == rows.len();
            prop_assert!(last || row.payment == result.payment.plus(loan.extra_monthly_payment).unwrap());
            prop_assert_eq!(row.balance.is_zero(), last);
            opening = row.balance;
        }
        let last = rows.last().unwrap();
        prop_assert_eq!((last.payment, last.date), (result.final_payment, result.payoff_date));
    }

    #[test]
    fn interest_is_the_exact_product_rounded_by_the_policy(loan in any_loan()) {
        let Ok(result) = amortize(&loan) else { return Ok(()) };
        let twelve = Decimal::from(12_u32);
        for row in result.schedule {
            // Twelve times the difference is exact in decimals where the twelfth itself is not.
            let exact = row.opening.times(loan.annual_rate).unwrap();
            let error = row.interest.times(twelve).unwrap().minus(exact).unwrap();
            let cent = decimal("0.12");
            match loan.rounding {
                Rounding::HalfEven | Rounding::HalfUp => prop_assert!(error.abs() <= decimal("0.06")),
                Rounding::Down => prop_assert!(error <= Decimal::ZERO && error.abs() < cent),
                Rounding::Up => prop_assert!(error >= Decimal::ZERO && error < cent),
            }
        }
    }

    #[test]
    fn paying_more_never_costs_more_interest(loan in any_loan(), more in 1_i64..1_000_000) {
        let Ok(before) = amortize(&loan) else { return Ok(()) };
        let extra = loan.extra_monthly_payment.plus(Decimal::new(more, 2).unwrap()).unwrap();
        let after = amortize(&Loan { extra_monthly_payment: extra, ..loan }).unwrap();
        prop_assert!(after.total_interest <= before.total_interest);
        prop_assert!(after.payoff_date <= before.payoff_date);
    }

    #[test]
    fn the_last_payment_differs_only_by_the_rounding(loan in any_loan()) {
        // Each month's rounding is off by at most a cent and grows with interest until the end.
        let loan = Loan { extra_monthly_payment: Decimal::ZERO, ..loan };
        let Ok(result) = amortize(&loan) else { return Ok(()) };
        let growth = wherewithal_math::exp(wherewithal_base::num::gate::to_f64(loan.annual_rate) / 12.0 * f64::from(loan.term_months));
        let bound = 0.02 * f64::from(loan.term_months) * growth + 0.01;
        let last = result.schedule.len() == loan.term_months as usize;
        let difference = wherewithal_base::num::gate::to_f64(result.final_payment.minus(result.payment).unwrap());
        prop_assert!(!last || difference.abs() <= bound, "{difference} against {bound}");
    }
}
