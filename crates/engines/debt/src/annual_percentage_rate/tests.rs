//! The examples of the regulations, and properties of every rate.

use proptest::prelude::*;

use super::*;
use crate::{Loan, amortize};
use wherewithal_base::{
    ErrorCode,
    dates::{Date, DateSchedule, Frequency},
    money::usd,
    num::Decimal,
};
use wherewithal_math::pow;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn cents(units: i64) -> Decimal {
    Decimal::new(units, 2).unwrap()
}

fn advance(date: &str, units: i64) -> CreditAdvance {
    CreditAdvance { date: day(date), amount: cents(units) }
}

fn stream(date: Date, units: i64, count: u32, frequency: Frequency) -> CreditPayment {
    CreditPayment { date, amount: cents(units), count, frequency }
}

fn credit(advances: Vec<CreditAdvance>, payments: Vec<CreditPayment>) -> ClosedEndCreditInput {
    ClosedEndCreditInput {
        advances,
        ..ClosedEndCreditInput::single_advance(day("2026-01-01"), Decimal::ONE, payments)
    }
}

fn single(date: &str, units: i64, payments: Vec<CreditPayment>) -> ClosedEndCreditInput {
    credit(vec![advance(date, units)], payments)
}

/// The time of the first payment in the examples of Appendix J, (c): its `t` and `f`.
#[test]
fn the_first_payment_lies_where_the_examples_say() {
    let cases: &[(&str, &str, Frequency, u32, f64)] = &[
        ("1978-01-10", "1978-02-10", Frequency::Monthly, 1, 0.0),
        ("1978-02-10", "1978-04-01", Frequency::Monthly, 1, 19.0 / 30.0),
        ("1978-02-23", "1978-03-01", Frequency::Semimonthly, 0, 6.0 / 15.0),
        ("1978-05-23", "1978-10-01", Frequency::Quarterly, 1, 39.0 / 90.0),
        ("1978-03-20", "1978-04-21", Frequency::Weekly, 4, 4.0 / 7.0),
        ("1978-04-03", "1978-04-11", Frequency::Biweekly, 0, 8.0 / 14.0),
    ];
    for &(start, first, frequency, periods, fraction) in cases {
        let payments = vec![stream(day(first), 10_000, 12, frequency)];
        let rate = annual_percentage_rate(&single(start, 100_000, payments)).unwrap();
        let flow = rate.flows[1];
        assert_eq!((flow.unit_periods, flow.fraction), (periods, fraction), "{start} {first}");
        assert_eq!(rate.unit_periods_per_year, f64::from(frequency.per_year()), "{start} {first}");
    }
}

/// The limits of 12 CFR 1026.17(c)(4), on both sides of each.
#[test]
fn a_first_period_is_disregarded_within_the_limits() {
    let cases = [
        (11, "2026-02-07", true),
        (11, "2026-02-08", false),
        (11, "2026-01-19", true),
        (11, "2026-01-18", false),
        (24, "2026-02-12", true),
        (24, "2026-02-13", false),
        (24, "2026-01-11", true),
        (24, "2026-01-10", false),
        (180, "2026-02-28", true),
        (180, "2025-12-31", true),
        (180, "2025-12-30", false),
        (24, "2026-02-01", false),
    ];
    for (count, start, disregarded) in cases {
        let payments = vec![stream(day("2026-03-01"), 100_000, count, Frequency::Monthly)];
        let credit =
            ClosedEndCreditInput { disregard_first_period: true, ..single(start, 1_000_000, payments) };
        let rate = annual_percentage_rate(&credit).unwrap();
        assert_eq!(rate.first_period_disregarded, disregarded, "{count} {start}");
        if disregarded {
            assert_eq!((rate.flows[1].unit_periods, rate.flows[1].fraction), (1, 0.0), "{count} {start}");
        }
    }
}

/// 12 CFR 1026.22(a)(3): which transactions are irregular.
#[test]
fn irregular_are_several_advances_periods_and_amounts() {
    let monthly = |units| stream(day("2026-02-01"), units, 12, Frequency::Monthly);
    let once = |date: &str, units| CreditPayment::once(day(date), cents(units));
    let rest = stream(day("2026-03-01"), 9_000, 10, Frequency::Monthly);
    let regular = [
        single("2026-01-01", 100_000, vec![monthly(9_000)]),
        single("2025-12-20", 100_000, vec![monthly(9_000)]),
        single("2026-01-01", 100_000, vec![once("2026-02-01", 500), rest, once("2027-01-01", 20_000)]),
        single("2026-01-01", 100_000, vec![once("2026-07-01", 110_000)]),
    ];
    let irregular = [
        credit(vec![advance("2026-01-01", 60_000), advance("2026-03-01", 40_000)], vec![monthly(9_000)]),
        single("2026-01-01", 100_000, vec![monthly(9_000), once("2027-03-01", 9_000)]),
        single("2026-01-01", 100_000, vec![monthly(9_000), once("2026-06-01", 1_000)]),
    ];
    for credit in regular {
        assert_eq!(annual_percentage_rate(&credit).unwrap().regularity, TransactionRegularity::Regular);
    }
    for credit in irregular {
        assert_eq!(annual_percentage_rate(&credit).unwrap().regularity, TransactionRegularity::Irregular);
    }
}

/// Flows a year apart whose equation is a product of known factors.
fn yearly(amounts: [i64; 4]) -> ClosedEndCreditInput {
    let [first, second, third, fourth] = amounts;
    credit(
        vec![advance("2025-01-01", first), advance("2027-01-01", third)],
        vec![
            CreditPayment::once(day("2026-01-01"), cents(second)),
            CreditPayment::once(day("2028-01-01"), cents(fourth)),
        ],
    )
}

#[test]
fn of_several_rates_the_positive_one_nearest_to_zero_counts() {
    // (1 - 1.1 v)(1 - 1.2 v)(1 - 1.3 v) = 1 - 3.6 v + 4.31 v^2 - 1.716 v^3
    let rate = annual_percentage_rate(&yearly([100_000, 360_000, 431_000, 171_600])).unwrap();
    assert!((rate.annual_percentage_rate - 0.1).abs() < 1e-9, "{}", rate.annual_percentage_rate);
    // (1 - 0.9 v)(1 - 1.1 v)(1 - 1.2 v) = 1 - 3.2 v + 3.39 v^2 - 1.188 v^3, and less is paid than advanced.
    let rate = annual_percentage_rate(&yearly([100_000, 320_000, 339_000, 118_800])).unwrap();
    assert!((rate.annual_percentage_rate - 0.1).abs() < 1e-9, "{}", rate.annual_percentage_rate);
    // (1 - 0.9 v)(1 - 0.8 v)(1 - 0.7 v) = 1 - 2.4 v + 1.91 v^2 - 0.504 v^3: no positive rate.
    let rate = annual_percentage_rate(&yearly([100_000, 240_000, 191_000, 50_400])).unwrap();
    assert!((rate.annual_percentage_rate + 0.1).abs() < 1e-9, "{}", rate.annual_percentage_rate);
}

#[test]
fn a_rate_that_touches_zero_is_found() {
    // (1 - 1.1 v)^2 (1 - 1.3 v) = 1 - 3.5 v + 4.07 v^2 - 1.573 v^3
    let rate = annual_percentage_rate(&yearly([100_000, 350_000, 407_000, 157_300])).unwrap();
    assert!((rate.annual_percentage_rate - 0.1).abs() < 1e-5, "{}", rate.annual_percentage_rate);
}

#[test]
fn no_rate_is_an_error() {
    let same_day =
        single("2026-01-01", 100_000, vec![CreditPayment::once(day("2026-01-01"), cents(110_000))]);
    let error = annual_percentage_rate(&same_day).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::SolveNoSolution, "payments"));
}

/// Months are counted from the last day to the last day, also where a final payment falls on another day.
#[test]
fn a_payment_on_another_day_does_not_disturb_the_end_of_the_month() {
    let mut dates = vec!["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"];
    for last in ["2026-07-31", "2026-07-15"] {
        dates.push(last);
        let payments = dates.iter().map(|date| CreditPayment::once(day(date), cents(20_000))).collect();
        let rate = annual_percentage_rate(&single("2026-01-31", 100_000, payments)).unwrap();
        for (number, flow) in rate.flows.iter().enumerate().take(6) {
            assert_eq!((flow.unit_periods as usize, flow.fraction), (number, 0.0), "{last}");
        }
        dates.pop();
    }
}

/// The end of a short month can stand for the 30th: 1, 3, 6 and 8 months, in unit-periods of two.
#[test]
fn payments_on_the_30th_are_whole_months_after_an_advance_on_the_30th() {
    let payments = ["2026-04-30", "2026-06-30", "2026-09-30", "2026-11-30"]
        .map(|date| CreditPayment::once(day(date), cents(30_000)));
    let rate = annual_percentage_rate(&single("2026-03-30", 100_000, payments.to_vec())).unwrap();
    let times: Vec<(u32, f64)> = rate.flows.iter().map(|flow| (flow.unit_periods, flow.fraction)).collect();
    assert_eq!(times, [(0, 0.0), (0, 0.5), (1, 0.5), (3, 0.0), (4, 0.0)]);
}

#[test]
fn a_charge_too_small_for_a_number_is_a_rate_of_zero() {
    let payments = vec![CreditPayment::once(day("2126-01-01"), cents(999_999_999_999_999_999))];
    let rate = annual_percentage_rate(&single("2026-01-01", 999_999_999_999_999_998, payments)).unwrap();
    assert_eq!((rate.annual_percentage_rate, rate.finance_charge), (0.0, cents(1)));
}

/// Payments at equal steps of any number of days are regular, and so are those every two years.
#[test]
fn equal_steps_are_regular_whether_or_not_they_are_standard_intervals() {
    let start = day("2026-01-01");
    for step in [1, 10, 13, 15, 20, 28, 40, 45, 60, 90, 100, 400] {
        let mut payments: Vec<_> = (1..=6)
            .map(|number| CreditPayment::once(start.add_days(number * step).unwrap(), cents(18_000)))
            .collect();
        let regularity = |payments: &[CreditPayment]| {
            annual_percentage_rate(&single("2026-01-01", 100_000, payments.to_vec())).unwrap().regularity
        };
        assert_eq!(regularity(&payments), TransactionRegularity::Regular, "{step}");
        for payment in &mut payments[3..] {
            payment.date = payment.date.add_days(1).unwrap();
        }
        assert_eq!(regularity(&payments), TransactionRegularity::Irregular, "{step}");
    }
    let biennial = (1..=4)
        .map(|number| CreditPayment::once(start.add_months(24 * number).unwrap(), cents(40_000)))
        .collect();
    let rate = annual_percentage_rate(&single("2026-01-01", 100_000, biennial)).unwrap();
    assert_eq!(rate.regularity, TransactionRegularity::Regular);
}

/// Payments every week for 30 years, every two weeks for 40, and every day for 50.
#[test]
fn long_series_of_frequent_payments_are_solved() {
    for (frequency, count, periods) in [
        (Frequency::Weekly, 1_560, 52.0),
        (Frequency::Biweekly, 1_040, 26.0),
        (Frequency::Daily, 18_250, 365.0),
    ] {
        let first = match frequency {
            Frequency::Weekly => "2026-01-08",
            Frequency::Biweekly => "2026-01-15",
            _ => "2026-01-02",
        };
        let payments = vec![stream(day(first), 10_000, count, frequency)];
        let growth = (0..count).fold(1.0, |growth, _| growth * (1.0 + 0.06 / periods));
        let level = (1.0 - 1.0 / growth) / (0.06 / periods) * 10_000.0;
        let rate = annual_percentage_rate(&single("2026-01-01", level as i64, payments)).unwrap();
        assert!((rate.annual_percentage_rate - 0.06).abs() < 1e-6, "{frequency:?}");
        assert_eq!(rate.unit_periods_per_year, periods);
    }
}

/// As many payments as there may be, and a hundred advances between them, still take little time.
#[test]
fn a_large_irregular_transaction_is_solved() {
    let payments = vec![stream(day("2026-02-01"), 1_300, 20_000, Frequency::Daily)];
    let advances = (0..100).map(|number| CreditAdvance {
        date: day("2026-01-15").add_months(6 * number).unwrap(),
        amount: cents(200_000 + 1_000 * i64::from(number % 7)),
    });
    let rate = annual_percentage_rate(&credit(advances.collect(), payments)).unwrap();
    assert!(rate.residual.abs() < 1e-6, "{}", rate.residual);
}

fn any_date() -> impl Strategy<Value = Date> {
    (730_000_i32..760_000).prop_map(|number| Date::from_day_number(number).unwrap())
}

fn any_frequency() -> impl Strategy<Value = Frequency> {
    prop::sample::select(Frequency::ALL.to_vec())
}

/// Several advances within a year and several streams, regardless of what is repaid.
fn any_credit() -> impl Strategy<Value = ClosedEndCreditInput> {
    let advances = prop::collection::vec((0_i32..300, 1_000_i64..5_000_000), 1..4);
    let payments = prop::collection::vec((0_i32..900, 1_000_i64..900_000, 1_u32..30, any_frequency()), 1..5);
    (any_date(), advances, payments, 310_i32..2000, 1_000_i64..5_000_000).prop_map(
        |(start, advances, payments, last, balloon)| {
            let after = |days: i32| start.add_days(days).unwrap();
            let mut all = vec![CreditAdvance { date: start, amount: cents(1_000_000) }];
            all.extend(
                advances
                    .iter()
                    .map(|&(days, units)| CreditAdvance { date: after(days), amount: cents(units) }),
            );
            let mut streams = vec![CreditPayment::once(after(last), cents(balloon))];
            streams.extend(
                payments
                    .iter()
                    .map(|&(days, units, count, frequency)| stream(after(days), units, count, frequency)),
            );
            credit(all, streams)
        },
    )
}

/// The value of the flows at a rate per unit-period, and of their sizes.
fn values(flows: &[UnitPeriodFlow], rate: f64) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for flow in flows {
        let amount = |decimal: Decimal| decimal.to_string().parse::<f64>().unwrap();
        let factor = pow(1.0 + rate, -f64::from(flow.unit_periods)) / (1.0 + flow.fraction * rate);
        sums.0 += (amount(flow.payment) - amount(flow.advance)) * factor;
        sums.1 += (amount(flow.payment) + amount(flow.advance)) * factor;
    }
    sums
}

proptest! {
    #[test]
    fn the_rate_reproduces_the_advances(credit in any_credit()) {
        let Ok(rate) = annual_percentage_rate(&credit) else { return Ok(()) };
        let (value, gross) = values(&rate.flows, rate.periodic_rate);
        prop_assert!(value.abs() <= 1e-9 * gross, "{value} of {gross}");
        prop_assert!((rate.residual - value).abs() <= 1e-9 * gross);
        let total = rate.amount_financed.plus(rate.finance_charge).unwrap();
        prop_assert_eq!(total, rate.total_of_payments);
    }

    #[test]
    fn no_positive_rate_is_nearer_to_zero(credit in any_credit()) {
        let Ok(rate) = annual_percentage_rate(&credit) else { return Ok(()) };
        let found = rate.periodic_rate;
        let limit = if found > 0.0 { found } else { 20.0 };
        let mut last = values(&rate.flows, 0.0).0;
        for step in 1..100 {
            let (value, gross) = values(&rate.flows, limit * f64::from(step) / 100.0);
            prop_assert!(value * last >= 0.0 || value.abs() < 1e-9 * gross, "a root below {limit}");
            last = value;
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(credit in any_credit(), seed in 0_usize..1000) {
        let mut other = credit.clone();
        let (advances, payments) = (other.advances.len(), other.payments.len());
        other.advances.rotate_left(seed % advances);
        other.payments.rotate_left(seed % payments);
        other.payments.reverse();
        match (annual_percentage_rate(&credit), annual_percentage_rate(&other)) {
            (Ok(one), Ok(two)) => {
                prop_assert_eq!(one.annual_percentage_rate.to_bits(), two.annual_percentage_rate.to_bits());
                prop_assert_eq!(one, two);
            }
            (Err(one), Err(two)) => prop_assert_eq!(one.code(), two.code()),
            (one, two) => prop_assert!(false, "{one:?} and {two:?}"),
        }
    }

    #[test]
    fn a_larger_unit_of_money_changes_nothing(credit in any_credit(), factor in 2_i64..10_000) {
        let mut other = credit.clone();
        let times = |amount: Decimal| amount.times(Decimal::from(factor)).unwrap();
        other.advances.iter_mut().for_each(|advance| advance.amount = times(advance.amount));
        other.payments.iter_mut().for_each(|payment| payment.amount = times(payment.amount));
        if let (Ok(one), Ok(two)) = (annual_percentage_rate(&credit), annual_percentage_rate(&other)) {
            let (one, two) = (one.periodic_rate, two.periodic_rate);
            prop_assert!((one - two).abs() <= 1e-9 * (1.0 + one.abs()), "{one} {two}");
        }
    }

    #[test]
    fn more_charges_never_lower_the_rate(
        start in any_date(),
        days in 1_i32..100,
        frequency in any_frequency(),
        count in 1_u32..60,
        payment in 1_000_i64..100_000,
        charges in (0_i64..400_000, 0_i64..400_000),
    ) {
        let payments = vec![stream(start.add_days(days).unwrap(), payment, count, frequency)];
        let rate = |charge: i64| {
            let credit = ClosedEndCreditInput {
                prepaid_finance_charge: cents(charge),
                ..ClosedEndCreditInput::single_advance(start, cents(1_000_000), payments.clone())
            };
            annual_percentage_rate(&credit).map(|rate| rate.annual_percentage_rate)
        };
        if let (Ok(less), Ok(more)) = (rate(charges.0.min(charges.1)), rate(charges.0.max(charges.1))) {
            prop_assert!(more >= less - 1e-12 * less.abs(), "{less} {more}");
        }
    }

    #[test]
    fn without_charges_the_rate_is_the_nominal_rate(
        basis_points in 1_i64..3000,
        months in 2_u32..=120,
        start in any_date(),
    ) {
        let start = start.add_days(1 - start.day().cast_signed()).unwrap();
        let annual = Decimal::new(basis_points, 4).unwrap();
        let loan = Loan::level(usd("1000000000").unwrap(), annual, months, start.add_months(1).unwrap());
        let schedule = amortize(&loan).unwrap().schedule;
        let payments = schedule.iter().map(|row| CreditPayment::once(row.date, row.payment)).collect();
        let credit = ClosedEndCreditInput::single_advance(start, "1000000000".parse().unwrap(), payments);
        let rate = annual_percentage_rate(&credit).unwrap();
        let nominal = basis_points as f64 / 1e4;
        prop_assert!((rate.annual_percentage_rate - nominal).abs() < 1e-9, "{rate:?}");
        prop_assert_eq!(rate.regularity, TransactionRegularity::Regular);

        // The European and British rates compound what this one multiplies.
        let european = eu_annual_percentage_rate(&EuCreditInput {
            advances: credit.advances.clone(),
            payments: credit.payments.clone(),
            currency: credit.currency,
            time_unit: None,
            decimal_places: 1,
        }).unwrap();
        let compounded = pow(1.0 + rate.periodic_rate, 12.0) - 1.0;
        prop_assert!((european.annual_percentage_rate - compounded).abs() < 1e-9);
    }

    #[test]
    fn the_unit_period_is_the_frequency_of_the_payments(
        start in any_date(),
        frequency in any_frequency(),
        count in 4_u32..40,
    ) {
        let all = DateSchedule { count: Some(count + 1), ..DateSchedule::new(start, frequency) };
        let dates = all.dates().unwrap().dates;
        let payments = dates[1..].iter().map(|date| CreditPayment::once(*date, cents(100_000))).collect();
        let rate = annual_percentage_rate(&ClosedEndCreditInput::single_advance(start, cents(200_000), payments)).unwrap();
        prop_assert_eq!(rate.unit_periods_per_year, f64::from(frequency.per_year()));
        prop_assert_eq!(rate.regularity, TransactionRegularity::Regular);
        for (number, flow) in rate.flows.iter().enumerate() {
            // A first half month can have 13 to 16 days, and one from the 29th on is cut off by February.
            if frequency != Frequency::Semimonthly && start.day() <= 28 {
                prop_assert_eq!((flow.unit_periods as usize, flow.fraction), (number, 0.0));
            }
        }
    }

    #[test]
    fn the_charges_foot(
        principal in 100_000_i64..100_000_000,
        payment in 1_000_i64..1_000_000,
        charges in prop::collection::vec((0_i64..10_000, 0_u8..3, 0_u8..3), 0..6),
    ) {
        let charges = charges.iter().map(|&(units, category, treatment)| CreditCharge {
            amount: cents(units),
            category: [ChargeCategory::Interest, ChargeCategory::FinanceCharge, ChargeCategory::Other][category as usize],
            treatment: [
                ChargeTreatment::PaidAtClosing,
                ChargeTreatment::WithheldFromProceeds,
                ChargeTreatment::AddedToLoan,
            ][treatment as usize],
        });
        let disclosed = finance_charge(&FinanceChargeInput {
            principal: cents(principal),
            currency: wherewithal_base::money::Currency::USD,
            payments: vec![CreditPayment::monthly(day("2026-02-01"), cents(payment), 36)],
            charges: charges.collect(),
            mortgage_insurance: Decimal::ZERO,
            downpayment: Decimal::ZERO,
        }).unwrap();
        let financed = disclosed.amount_financed;
        prop_assert_eq!(financed.plus(disclosed.finance_charge).unwrap(), disclosed.total_of_payments);
        prop_assert_eq!(financed.plus(disclosed.prepaid_finance_charge).unwrap(), disclosed.loan_amount);
    }
}
