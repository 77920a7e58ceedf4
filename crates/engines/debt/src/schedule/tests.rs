mod events;
mod options;

use proptest::prelude::*;

use super::*;
use crate::{Loan, amortize};
use wherewithal_base::{
    ErrorCode,
    dates::{DayCount, Frequency, MonthEnd, date},
    money::Currency,
    num::{Decimal, Rounding},
    rates::Compounding,
};

fn agreement(json: &str) -> LoanAgreement {
    serde_json::from_str(json).unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn cents(units: i64) -> Decimal {
    Decimal::new(units, 2).unwrap()
}

fn sum(rows: &[ScheduleRow], part: impl Fn(&ScheduleRow) -> Decimal) -> Decimal {
    Decimal::sum(rows.iter().map(part)).unwrap()
}

#[test]
fn a_mortgage_may_be_repaid_weekly_over_thirty_years() {
    let found = schedule(&agreement(
        r#"{"principal": "400000", "annualRate": "0.06", "advanceDate": "2026-01-02", "frequency": "weekly",
            "termMonths": 360}"#,
    ))
    .unwrap();
    assert_eq!((found.payment, found.number_of_payments), (decimal("553.05"), 1560));
}

#[test]
fn the_default_first_payment_means_the_same_when_it_is_given() {
    for (advance, frequency, dates) in [
        ("2024-01-31", "monthly", ["2024-02-29", "2024-03-31", "2024-04-30"]),
        ("2025-11-30", "quarterly", ["2026-02-28", "2026-05-30", "2026-08-30"]),
        ("2024-02-29", "annual", ["2025-02-28", "2026-02-28", "2027-02-28"]),
    ] {
        let with = |extra: &str| {
            schedule(&agreement(&format!(
                r#"{{"principal": "1000", "annualRate": "0.06", "advanceDate": "{advance}", "frequency": "{frequency}",
                    "numberOfPayments": 3{extra}}}"#
            )))
            .unwrap()
        };
        let (default, given) = (with(""), with(&format!(r#", "firstPayment": "{}""#, dates[0])));
        assert_eq!(default.schedule.iter().map(|row| row.date.to_string()).collect::<Vec<_>>(), dates);
        assert_eq!(default, given);
    }
}

/// 12 CFR Part 1026, Appendix H, H-14: 10,000 over 30 years at 12.41 %, at most 2 points a year and 5 in all. The
/// payment is 106.03 in the first year and reaches 145.34 in the fourth.
#[test]
fn the_adjustable_rate_sample_of_appendix_h() {
    let loan = agreement(
        r#"{"principal": "10000", "annualRate": "0.1241", "advanceDate": "1996-07-01", "termMonths": 360,
            "adjustableRate": {"index": [{"date": "1996-01-01", "rate": "0.30"}], "margin": "0.03",
                "firstAdjustmentAfter": 12, "adjustEvery": 12, "initialCap": "0.02", "periodicCap": "0.02",
                "lifetimeCap": "0.05"}}"#,
    );
    let found = schedule(&loan).unwrap();
    assert_eq!(found.payment, decimal("106.03"));
    let rates: Vec<Decimal> = found.rate_adjustments.iter().map(|change| change.annual_rate).collect();
    assert_eq!(rates[..3], [decimal("0.1441"), decimal("0.1641"), decimal("0.1741")]);
    assert_eq!(found.schedule[36].payment, decimal("145.34"));
}

/// 12 CFR Part 1026, Appendix H, H-19(F): 200,000 at 6.5 %, paid at 1013.37 a month in the first year and 1053.90 in the
/// second (305 for taxes and insurance apart), which adds 1286.87 to the loan.
#[test]
fn the_step_payment_sample_of_appendix_h() {
    let loan = agreement(
        r#"{"principal": "200000", "annualRate": "0.065", "advanceDate": "2009-02-01", "termMonths": 360,
            "repayment": {"kind": "stepped", "steps": [{"firstNumber": 1, "payment": "1013.37"},
                {"firstNumber": 13, "payment": "1053.90"}, {"firstNumber": 25, "payment": "1096.06"}]},
            "unpaidInterest": {"kind": "capitalize"}}"#,
    );
    let found = schedule(&loan).unwrap();
    assert_eq!(found.schedule[23].balance, decimal("201286.87"));
}

/// 12 CFR Part 1024, Appendix E, aggregate analysis: the account starts with 1040 and falls to 260 in December.
#[test]
fn the_escrow_example_of_appendix_e() {
    let loan = agreement(
        r#"{"principal": "100000", "annualRate": "0.05", "advanceDate": "2025-05-15", "firstPayment": "2025-07-01",
            "termMonths": 360, "escrow": {"cushionMonths": 2, "items": [
                {"name": "School taxes", "amount": "360", "firstDue": "2025-09-20"},
                {"name": "County taxes in July", "amount": "500", "firstDue": "2025-07-25"},
                {"name": "County taxes in December", "amount": "700", "firstDue": "2025-12-10"}]}}"#,
    );
    let found = schedule(&loan).unwrap();
    let escrow = found.escrow.unwrap();
    assert_eq!(escrow.initial_deposit, decimal("1040"));
    assert!(found.schedule.iter().all(|row| row.escrow == decimal("130")));
    let month_end = |year, month| {
        let end = date(year, month, 1).unwrap().end_of_month();
        escrow.entries.iter().rev().find(|entry| entry.date <= end).unwrap().balance
    };
    let balances = [670, 800, 570, 700, 830, 260, 390, 520, 650, 780, 910, 1040];
    for (month, balance) in (7..).zip(balances) {
        let (year, month) = if month > 12 { (2026, month - 12) } else { (2025, month) };
        assert_eq!(month_end(year, month), Decimal::from(balance as u32), "{year}-{month}");
    }
}

/// Without finance charges and with regular months, the annual percentage rate is the nominal rate (12 CFR Part 1026,
/// Appendix J: the rate of a unit-period times the unit-periods of a year). Rounded payments move it by a little.
#[test]
fn the_annual_percentage_rate_of_a_loan_without_charges_is_its_rate() {
    let loan = LoanAgreement::level(decimal("400000"), decimal("0.065"), 360, date(2026, 1, 1).unwrap());
    let rate = schedule(&loan).unwrap().annual_percentage_rate.unwrap();
    assert!((rate - 0.065).abs() < 1e-7, "{rate}");
    let dearer = |points: &str| {
        let loan = LoanAgreement { points: decimal(points), ..loan.clone() };
        schedule(&loan).unwrap().annual_percentage_rate.unwrap()
    };
    assert!(rate < dearer("1") && dearer("1") < dearer("2"));
}

#[test]
fn mortgage_insurance_ends_by_the_schedule_and_earlier_on_request() {
    let insured = |extra: &str| {
        agreement(&format!(
            r#"{{"principal": "190000", "annualRate": "0.06", "advanceDate": "2026-01-01", "termMonths": 360,
                "privateMortgageInsurance": {{"annualRate": "0.006", "originalValue": "200000"{extra}}}}}"#
        ))
    };
    let by_schedule = schedule(&insured("")).unwrap();
    let end = by_schedule.private_mortgage_insurance.unwrap();
    let first_at = |percent: i64, schedule: &LoanSchedule| {
        let bound = Decimal::from(2000 * percent);
        schedule.schedule.iter().find(|row| row.balance <= bound).unwrap().date
    };
    assert_eq!(end.automatic_end_date, Some(first_at(78, &by_schedule)));
    assert_eq!(end.request_date, Some(first_at(80, &by_schedule)));
    assert_eq!(end.last_premium_date, end.automatic_end_date);
    assert_eq!(by_schedule.schedule[0].mortgage_insurance, decimal("95.00"));

    // Extra payments do not bring the automatic end forward, only the request.
    let faster = LoanAgreement {
        extra_payments: vec![ExtraPayment {
            date: date(2026, 2, 1).unwrap(),
            amount: decimal("500"),
            repeat: ExtraPaymentRepeat::EveryPayment,
            until: None,
            timing: ExtraPaymentTiming::WithPayment,
        }],
        ..insured(r#", "endOnRequest": true"#)
    };
    let faster = schedule(&faster).unwrap();
    let sooner = faster.private_mortgage_insurance.unwrap();
    assert_eq!(sooner.automatic_end_date, end.automatic_end_date);
    assert_eq!(sooner.scheduled_request_date, end.request_date);
    assert_eq!(sooner.request_date, Some(first_at(80, &faster)));
    assert_eq!(sooner.last_premium_date, sooner.request_date);
}

#[test]
fn unpaid_interest_stops_at_the_cap_and_the_loan_is_repaid_after_it() {
    let loan = agreement(
        r#"{"principal": "300000", "annualRate": "0.07", "advanceDate": "2026-01-01", "termMonths": 360,
            "repayment": {"kind": "level", "payment": "1000"}, "unpaidInterest": {"kind": "capitalize", "cap": "1.1"}}"#,
    );
    let found = schedule(&loan).unwrap();
    let highest = found.schedule.iter().map(|row| row.balance).max().unwrap();
    assert_eq!(highest, decimal("330000.00"));
    let capped = found.schedule.iter().position(|row| row.balance == highest).unwrap();
    let after = &found.schedule[capped + 1..];
    assert!(after.iter().all(|row| row.principal > Decimal::ZERO));
    let payment = after[0].payment;
    assert!(after[..after.len() - 1].iter().all(|row| row.payment == payment));
    assert!(after[after.len() - 1].payment.minus(payment).unwrap().abs() < decimal("10"));
}

#[test]
fn what_makes_no_loan_is_refused() {
    let with = |extra: &str| {
        agreement(&format!(
            r#"{{"principal": "100000", "annualRate": "0.06", "advanceDate": "2026-01-31", "numberOfPayments": 120{extra}}}"#
        ))
    };
    let cases = [
        (r#", "termMonths": 120"#, "field.conflict", "numberOfPayments"),
        (r#", "firstPayment": "2026-01-30""#, "dates.out_of_order", "firstPayment"),
        (
            r#", "rateChanges": [{"date": "2026-01-31", "annualRate": "0.05"}]"#,
            "dates.out_of_order",
            "rateChanges[0].date",
        ),
        (
            r#", "rateChanges": [{"date": "2026-02-01", "annualRate": "11"}]"#,
            "rate.out_of_range",
            "rateChanges[0].annualRate",
        ),
        (
            r#", "rateChanges": [{"date": "2026-02-01", "annualRate": "0.05"}, {"date": "2026-02-01", "annualRate": "0.06"}]"#,
            "list.duplicate",
            "rateChanges",
        ),
        (
            r#", "paymentBreaks": [{"firstNumber": 119, "payments": 2}]"#,
            "term.out_of_range",
            "paymentBreaks[0].payments",
        ),
        (
            r#", "paymentBreaks": [{"firstNumber": 5, "payments": 2}, {"firstNumber": 6, "payments": 1}]"#,
            "list.duplicate",
            "paymentBreaks",
        ),
        (r#", "maturity": "2035-12-31""#, "dates.out_of_order", "maturity"),
        (
            r#", "repayment": {"kind": "level", "payment": "500"}"#,
            "payment.never_repays",
            "repayment.payment",
        ),
        (r#", "repayment": {"kind": "level", "payment": "-1"}"#, "amount.out_of_range", "repayment.payment"),
        // The loan is repaid with the first payment, long before the second step.
        (
            r#", "repayment": {"kind": "stepped", "steps": [{"firstNumber": 1, "payment": "200000"}, {"firstNumber": 60, "payment": "-1"}]}"#,
            "amount.out_of_range",
            "repayment.steps[1].payment",
        ),
        (r#", "interestOnlyPayments": 120"#, "field.conflict", "interestOnlyPayments"),
        (r#", "accelerated": true"#, "field.conflict", "accelerated"),
        (r#", "amortizationPayments": 119"#, "term.out_of_range", "amortizationPayments"),
        (r#", "balloon": "100.001""#, "decimal.too_precise", "balloon"),
        (r#", "frequency": "daily""#, "frequency.unsupported", "frequency"),
        (r#", "points": "100.5""#, "rate.out_of_range", "points"),
        (
            r#", "repayment": {"kind": "graduated", "increase": "0.3", "every": 12, "steps": 5}"#,
            "payment.below_interest",
            "unpaidInterest",
        ),
        (
            r#", "accrual": {"kind": "periodic", "compounding": "continuous"}"#,
            "compounding.unsupported",
            "accrual.compounding",
        ),
        (
            r#", "draws": [{"date": "2026-03-01", "amount": "5"}, {"date": "2036-01-31", "amount": "5"}]"#,
            "dates.out_of_order",
            "draws[1].date",
        ),
        (
            r#", "draws": [{"date": "2026-02-10", "amount": "5"}], "firstPayment": "2026-03-20", "oddFirstPeriod": "closing""#,
            "dates.out_of_order",
            "draws[0].date",
        ),
        (
            r#", "draws": [{"date": "2026-03-01", "amount": "5"}], "creditLimit": "99000""#,
            "credit_limit.exceeded",
            "draws",
        ),
        (
            r#", "adjustableRate": {"index": [{"date": "2026-01-01", "rate": "0.04"}], "margin": "0.02",
                "firstAdjustmentAfter": 12, "adjustEvery": 12, "lifetimeCap": "0.01", "floor": "0.08"}"#,
            "range.out_of_order",
            "adjustableRate.lifetimeCap",
        ),
        (
            r#", "adjustableRate": {"index": [{"date": "2027-02-01", "rate": "0.04"}], "margin": "0.02",
                "firstAdjustmentAfter": 12, "adjustEvery": 12}"#,
            "list.incomplete",
            "adjustableRate.index",
        ),
        (
            r#", "extraPayments": [{"date": "2026-01-31", "amount": "5"}]"#,
            "dates.out_of_order",
            "extraPayments[0].date",
        ),
        (r#", "escrow": {"cushionMonths": 3, "items": []}"#, "term.out_of_range", "escrow.cushionMonths"),
    ];
    for (extra, code, path) in cases {
        let error = schedule(&with(extra)).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), (code, path), "{extra}: {}", error.message());
    }
    let huge = LoanAgreement { number_of_payments: Some(5201), ..with("") };
    assert_eq!(schedule(&huge).unwrap_err().code(), ErrorCode::TermOutOfRange);
    let negative = LoanAgreement { principal: decimal("-1"), ..with("") };
    let error = schedule(&negative).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("amount.out_of_range", "principal"));
}

fn any_accrual() -> impl Strategy<Value = InterestAccrual> {
    let day_count = prop::sample::select(vec![
        DayCount::Actual365Fixed,
        DayCount::Actual360,
        DayCount::Thirty360Us,
        DayCount::ActualActualIsda,
        DayCount::Actual36525,
    ]);
    let compounding =
        prop::option::of(prop::sample::select(vec![Compounding::Semiannual, Compounding::Annual]));
    prop_oneof![
        day_count.clone().prop_map(|day_count| InterestAccrual::Daily { day_count }),
        (compounding, day_count)
            .prop_map(|(compounding, odd_days)| InterestAccrual::Periodic { compounding, odd_days }),
    ]
}

fn any_repayment() -> impl Strategy<Value = Repayment> {
    prop_oneof![
        4 => Just(Repayment::Level { payment: None }),
        2 => (1_i64..2_000_000)
            .prop_map(|payment| Repayment::Level { payment: Some(Decimal::new(payment, 2).unwrap()) }),
        1 => Just(Repayment::StraightLine),
        1 => Just(Repayment::InterestOnly),
        1 => Just(Repayment::Bullet),
        1 => (-200_i64..300, 1_u32..30, 1_u32..8).prop_map(|(increase, every, steps)| Repayment::Graduated {
            increase: Decimal::new(increase, 3).unwrap(),
            every,
            steps,
        }),
    ]
}

fn any_adjustable_rate() -> impl Strategy<Value = AdjustableRate> {
    let index = prop::collection::btree_map(0_i32..4000, -50_i64..1500, 1..8);
    (
        index,
        1_u32..60,
        1_u32..24,
        0_u32..60,
        prop::option::of(0_i64..300),
        1_u32..4,
        prop::option::of(0_i64..200),
    )
        .prop_map(|(index, first, every, look_back_days, cap, recast_every, payment_cap)| {
            AdjustableRate {
                index: std::iter::once((-4000, 400))
                    .chain(index)
                    .map(|(day, rate)| IndexValue {
                        date: date(2026, 1, 15).unwrap().add_days(day).unwrap(),
                        rate: Decimal::new(rate, 4).unwrap(),
                    })
                    .collect(),
                margin: decimal("0.0225"),
                first_adjustment_after: first,
                adjust_every: every,
                look_back_days,
                initial_cap: cap.map(|cap| Decimal::new(cap, 4).unwrap()),
                periodic_cap: None,
                lifetime_cap: cap.map(|cap| Decimal::new(cap * 2, 4).unwrap()),
                floor: Decimal::ZERO,
                round_to: Some(decimal("0.00125")),
                rounding: Rounding::HalfUp,
                recast_every,
                payment_cap: payment_cap.map(|cap| Decimal::new(cap, 3).unwrap()),
            }
        })
}

/// Dated amounts in cents, as days after the advance.
fn any_amounts(most: i64) -> impl Strategy<Value = Vec<(i32, i64)>> {
    prop::collection::vec((0_i32..3000, 1_i64..most), 0..4)
}

/// Every frequency except daily, which a loan refuses.
fn any_payment_frequency() -> impl Strategy<Value = Frequency> {
    let frequencies = Frequency::ALL.into_iter().filter(|frequency| *frequency != Frequency::Daily);
    prop::sample::select(frequencies.collect::<Vec<_>>())
}

prop_compose! {
    fn any_break()(
        first_number in 1_u32..60,
        payments in 1_u32..8,
        pays in prop::sample::select(vec![BreakPayment::Nothing, BreakPayment::Interest]),
        others in prop::sample::select(vec![OtherPayments::RecomputedAfter, OtherPayments::LevelThroughout]),
    ) -> PaymentBreak {
        PaymentBreak { first_number, payments, pays, others }
    }
}

/// The breaks one after the other, as far as they leave the last payment in place.
fn within_term(breaks: Vec<PaymentBreak>, payments: u32) -> Vec<PaymentBreak> {
    let mut before = 0;
    let mut kept = Vec::new();
    for pause in breaks {
        let first_number = before + pause.first_number;
        before = first_number + pause.payments;
        if before <= payments {
            kept.push(PaymentBreak { first_number, ..pause });
        }
    }
    kept
}

prop_compose! {
    fn any_agreement()(
        principal in 100_i64..100_000_000,
        basis_points in 0_i64..3000,
        accrual in any_accrual(),
        frequency in any_payment_frequency(),
        payments in 2_u32..140,
        repayment in any_repayment(),
        odd_days in prop::option::of(0_i32..400),
        odd_first_period in prop::sample::select(vec![OddFirstPeriod::Spread, OddFirstPeriod::FirstPayment]),
        interest_only in 0_u32..60,
        amortization in prop::option::of(0_u32..200),
        balloon in prop::option::of(0_i64..120),
        adjustable_rate in prop::option::weighted(0.3, any_adjustable_rate()),
        cap in prop::option::of(100_i64..200),
        draws in any_amounts(1_000_000),
        offsets in any_amounts(5_000_000),
        extras in any_amounts(100_000),
        repeat in prop::sample::select(vec![
            ExtraPaymentRepeat::Once, ExtraPaymentRepeat::EveryPayment, ExtraPaymentRepeat::Weekly,
            ExtraPaymentRepeat::Monthly, ExtraPaymentRepeat::Annually,
        ]),
        timing in prop::sample::select(vec![ExtraPaymentTiming::WithPayment, ExtraPaymentTiming::OnDate]),
        rate_changes in any_amounts(3000),
        payment_breaks in prop::collection::vec(any_break(), 0..3),
        after_extra_payment in prop::sample::select(vec![
            AfterExtraPayment::ShortenTerm, AfterExtraPayment::Recast,
        ]),
        rounding in prop::sample::select(vec![
            Rounding::HalfEven, Rounding::HalfUp, Rounding::Up, Rounding::Down,
        ]),
        final_payment in prop::sample::select(vec![FinalPayment::Settle, FinalPayment::Additional]),
    ) -> LoanAgreement {
        let advance = date(2026, 1, 15).unwrap();
        let day = |days: i32| advance.add_days(days).unwrap();
        let first_payment = odd_days.map(day);
        // Two days are enough for any frequency to end after the draws.
        let last_draw = day(payments.cast_signed().min(2) * 7 - 1).min(first_payment.unwrap_or(day(3000)));
        LoanAgreement {
            accrual,
            frequency,
            repayment,
            first_payment,
            odd_first_period,
            interest_only_payments: interest_only.min(payments - 1),
            amortization_payments: amortization.filter(|_| balloon.is_none()).map(|more| payments + more),
            balloon: cents(balloon.map_or(0, |share| principal * share / 100)),
            rate_changes: rate_changes
                .into_iter()
                .map(|(days, rate)| (day(days + 1), rate))
                .collect::<std::collections::BTreeMap<_, _>>()
                .into_iter()
                .filter(|_| adjustable_rate.is_none())
                .map(|(date, rate)| RateChange { date, annual_rate: Decimal::new(rate, 4).unwrap() })
                .collect(),
            payment_breaks: within_term(payment_breaks, payments),
            adjustable_rate,
            unpaid_interest: UnpaidInterest::Capitalize {
                cap: cap.map(|cap| Decimal::new(cap, 2).unwrap()),
            },
            draws: draws
                .into_iter()
                .map(|(days, amount)| Draw { date: day(days).min(last_draw), amount: cents(amount) })
                .collect(),
            offsets: offsets
                .into_iter()
                .map(|(days, amount)| (day(days), amount))
                .collect::<std::collections::BTreeMap<_, _>>()
                .into_iter()
                .map(|(date, amount)| Offset { date, amount: cents(amount) })
                .collect(),
            extra_payments: extras
                .into_iter()
                .map(|(days, amount)| ExtraPayment {
                    date: day(days + 1).max(first_payment.unwrap_or(advance)).max(day(1)),
                    amount: cents(amount),
                    repeat,
                    until: None,
                    timing,
                })
                .collect(),
            after_extra_payment,
            interest_rounding: rounding,
            final_payment,
            ..LoanAgreement::level(
                cents(principal),
                Decimal::new(basis_points, 4).unwrap(),
                payments,
                advance,
            )
        }
    }
}

/// The schedule, if no amount in it exceeds the limit: unpaid interest doubles a balance every few years.
fn schedule_within_limits(agreement: &LoanAgreement) -> Option<LoanSchedule> {
    match schedule(agreement) {
        Ok(found) => Some(found),
        Err(error) => {
            assert_eq!(error.code(), ErrorCode::ResultTooLarge, "{} {}", error.path(), error.message());
            None
        }
    }
}

fn turn<T>(list: &mut [T], rotation: usize) {
    let length = list.len().max(1);
    list.rotate_left(rotation % length);
}

proptest! {
    #[test]
    fn a_schedule_foots(agreement in any_agreement()) {
        let Some(found) = schedule_within_limits(&agreement) else { return Ok(()) };
        let rows = &found.schedule;
        let mut owed = agreement.principal;
        for row in rows {
            prop_assert_eq!(row.opening, owed);
            prop_assert_eq!(row.payment, row.interest.plus(row.principal).unwrap());
            owed = row.opening.plus(row.drawn).unwrap().minus(row.principal).unwrap();
            prop_assert_eq!(row.balance, owed);
            prop_assert!(!row.balance.is_negative() && !row.interest.is_negative() && !row.extra.is_negative());
            prop_assert!(!row.payment.is_negative() && row.extra <= row.payment);
        }
        prop_assert!(owed.is_zero());
        prop_assert!(rows.is_sorted_by(|row, next| row.date < next.date && row.number + 1 == next.number));
        let drawn = Decimal::sum(agreement.draws.iter().map(|draw| draw.amount)).unwrap();
        prop_assert_eq!(found.total_drawn, agreement.principal.plus(drawn).unwrap());
        prop_assert_eq!(sum(rows, |row| row.principal), found.total_drawn);
        prop_assert_eq!(sum(rows, |row| row.interest), found.total_interest);
        prop_assert_eq!(sum(rows, |row| row.payment), found.total_paid);
        prop_assert_eq!(sum(rows, |row| row.extra), found.total_extra);
    }

    #[test]
    fn every_payment_is_explained(agreement in any_agreement(), position in 0.0_f64..1.0) {
        let Some(found) = schedule_within_limits(&agreement) else { return Ok(()) };
        let index = (position * found.schedule.len() as f64) as usize;
        let row = found.schedule[index];
        let trail = explain_payment(&PaymentTrailInput { loan: agreement, number: row.number }).unwrap();
        prop_assert_eq!(trail.row, row);
        // Each of a few balances is rounded to 28 digits on its own.
        let parts = Decimal::sum(trail.balances.iter().map(|part| part.interest)).unwrap();
        let difference = parts.minus(trail.interest_before_rounding).unwrap().abs();
        prop_assert!(difference < decimal("0.000001"), "{difference}");
        let rounded = trail.interest_before_rounding.round(2, trail.interest_rounding);
        prop_assert_eq!(rounded, row.interest);
        prop_assert_eq!(
            trail.interest_before_rounding.plus(trail.rounding_difference).unwrap(), row.interest
        );
        let allocation = trail.allocation;
        let allocated = [
            allocation.fees, allocation.interest, allocation.principal, allocation.extra, allocation.escrow,
            allocation.mortgage_insurance,
        ];
        prop_assert_eq!(Decimal::sum(allocated).unwrap(), row.total_due);
        prop_assert_eq!(allocation.interest.plus(allocation.capitalized_interest).unwrap(), row.interest);
        prop_assert_eq!(trail.period_end, row.date);
    }

    #[test]
    fn the_order_of_lists_does_not_matter(agreement in any_agreement(), rotation in 1_usize..4) {
        let mut turned = agreement.clone();
        turn(&mut turned.draws, rotation);
        turn(&mut turned.offsets, rotation);
        turn(&mut turned.extra_payments, rotation);
        if let Some(rate) = &mut turned.adjustable_rate {
            turn(&mut rate.index, rotation);
        }
        prop_assert_eq!(schedule_within_limits(&agreement), schedule_within_limits(&turned));
    }

    #[test]
    fn more_paid_never_means_more_interest(
        agreement in any_agreement(),
        days in 1_i32..2000,
        amount in 1_i64..10_000_000,
    ) {
        // If payments are computed later or again, their rounding alone may add some minor units.
        let agreement = LoanAgreement {
            draws: Vec::new(),
            adjustable_rate: None,
            rate_changes: Vec::new(),
            payment_breaks: Vec::new(),
            interest_only_payments: 0,
            unpaid_interest: UnpaidInterest::Capitalize { cap: None },
            after_extra_payment: AfterExtraPayment::ShortenTerm,
            ..agreement
        };
        let mut more = agreement.clone();
        more.extra_payments.push(ExtraPayment {
            date: agreement.advance_date.add_days(days).unwrap(),
            amount: cents(amount),
            repeat: ExtraPaymentRepeat::Once,
            until: None,
            timing: ExtraPaymentTiming::WithPayment,
        });
        let Some(less) = schedule_within_limits(&agreement) else { return Ok(()) };
        prop_assert!(schedule(&more).unwrap().total_interest <= less.total_interest);
    }

    #[test]
    fn the_plain_schedule_is_that_of_amortize(
        principal in 1_i64..1_000_000_000_000,
        basis_points in 0_i64..5000,
        months in 1_u32..480,
        rounding in prop::sample::select(vec![
            Rounding::HalfEven, Rounding::HalfUp, Rounding::Up, Rounding::Down,
        ]),
    ) {
        let (advance, rate) = (date(2026, 1, 31).unwrap(), Decimal::new(basis_points, 4).unwrap());
        let general = LoanAgreement {
            interest_rounding: rounding,
            payment_rounding: PaymentRounding { rounding, step: None },
            ..LoanAgreement::level(cents(principal), rate, months, advance)
        };
        let plain = Loan {
            principal: cents(principal),
            currency: Currency::USD,
            annual_rate: rate,
            term_months: months,
            first_payment: advance.add_months(1).unwrap(),
            month_end: MonthEnd::default(),
            payment: None,
            extra_monthly_payment: Decimal::ZERO,
            rounding,
        };
        let (general, plain) = (schedule(&general).unwrap(), amortize(&plain).unwrap());
        prop_assert_eq!(general.payment, plain.payment);
        prop_assert_eq!(general.total_interest, plain.total_interest);
        prop_assert_eq!(general.schedule.len(), plain.schedule.len());
        for (general, plain) in general.schedule.iter().zip(&plain.schedule) {
            prop_assert_eq!(
                (general.payment, general.interest, general.principal, general.balance),
                (plain.payment, plain.interest, plain.principal, plain.balance)
            );
        }
    }
}

/// Every case solves five loans, which is too slow for the usual number of cases.
fn fewer_cases() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: if usual.cases == 256 { 48 } else { usual.cases }, ..usual }
}

fn loan_to_solve(
    principal: i64,
    basis_points: i64,
    payments: u32,
    balloon: i64,
    accrual: InterestAccrual,
    frequency: Frequency,
) -> SolveLoanInput {
    SolveLoanInput {
        principal: Some(cents(principal)),
        annual_rate: Some(Decimal::new(basis_points, 4).unwrap()),
        number_of_payments: Some(payments),
        balloon: Some(cents(balloon)),
        accrual,
        frequency,
        ..SolveLoanInput::new(date(2026, 3, 10).unwrap())
    }
}

proptest! {
    #![proptest_config(fewer_cases())]
    #[test]
    fn the_solved_unknown_reproduces_the_loan(
        principal in 100_000_i64..100_000_000,
        basis_points in 1_i64..2500,
        payments in 2_u32..121,
        share in 0_i64..60,
        accrual in any_accrual(),
        frequency in prop::sample::select(vec![Frequency::Monthly, Frequency::Biweekly, Frequency::Quarterly]),
    ) {
        let balloon = principal * share / 100;
        let whole = loan_to_solve(principal, basis_points, payments, balloon, accrual, frequency);
        let solved = solve(&whole).unwrap();
        let payment = solved.payment;
        prop_assert!(payment > Decimal::ZERO);
        let known = SolveLoanInput { payment: Some(payment), ..whole.clone() };
        let reproduces = |loan: SolveLoanInput| solve(&SolveLoanInput { payment: None, ..loan }).unwrap().payment == payment;

        let rate = solve(&SolveLoanInput { annual_rate: None, ..known.clone() }).unwrap().annual_rate;
        prop_assert!(reproduces(SolveLoanInput { annual_rate: Some(rate), ..known.clone() }), "rate {rate}");
        let found = solve(&SolveLoanInput { principal: None, ..known.clone() }).unwrap().principal;
        prop_assert!(reproduces(SolveLoanInput { principal: Some(found), ..known.clone() }), "principal {found}");
        let term = solve(&SolveLoanInput { number_of_payments: None, ..known.clone() }).unwrap().number_of_payments;
        prop_assert!(term <= payments);
        prop_assert!(reproduces(SolveLoanInput { number_of_payments: Some(term), ..known.clone() }), "term {term}");
        // The balloon is the agreed one up to rounding.
        let left = solve(&SolveLoanInput { balloon: None, ..known }).unwrap();
        let agreed = LoanAgreement {
            accrual,
            frequency,
            repayment: Repayment::Level { payment: Some(payment) },
            unpaid_interest: UnpaidInterest::Capitalize { cap: None },
            ..LoanAgreement::level(
                cents(principal), Decimal::new(basis_points, 4).unwrap(), payments, date(2026, 3, 10).unwrap(),
            )
        };
        let last = schedule(&agreed).unwrap().final_payment;
        prop_assert_eq!(left.balloon, last.minus(payment).unwrap());
    }
}

#[test]
fn a_loan_with_none_or_two_unknowns_or_no_answer_is_refused() {
    let whole = loan_to_solve(10_000_000, 600, 60, 0, InterestAccrual::default(), Frequency::Monthly);
    let code = |loan: SolveLoanInput| solve(&loan).unwrap_err().code().as_str();
    let paid = |payment: i64| SolveLoanInput { payment: Some(cents(payment)), ..whole.clone() };
    assert_eq!(code(SolveLoanInput { principal: None, ..whole.clone() }), "field.missing");
    assert_eq!(code(paid(200_000)), "field.conflict");
    assert_eq!(code(SolveLoanInput { annual_rate: None, ..paid(160_000) }), "solve.no_solution");
    assert_eq!(code(SolveLoanInput { annual_rate: None, ..paid(90_000_000) }), "solve.no_solution");
    assert_eq!(code(SolveLoanInput { number_of_payments: None, ..paid(50_000) }), "payment.never_repays");
    assert_eq!(code(SolveLoanInput { balloon: None, ..paid(500_000) }), "solve.no_solution");
    assert_eq!(code(SolveLoanInput { principal: None, ..paid(0) }), "solve.no_solution");
}

#[test]
fn less_owed_than_the_balloon_is_repaid_by_it() {
    let loan = agreement(
        r#"{"principal": "100000", "annualRate": "0.06", "advanceDate": "2026-01-01", "numberOfPayments": 60,
            "balloon": "50000", "afterExtraPayment": "recast", "extraPayments": [{"date": "2026-06-01", "amount": "70000"}]}"#,
    );
    let found = schedule(&loan).unwrap();
    let after = &found.schedule[5..59];
    assert!(after.iter().all(|row| row.principal.abs() < decimal("1")), "interest only");
    assert!(found.final_payment < decimal("50000") && found.schedule[59].balance.is_zero());
}

#[test]
fn dates_follow_the_frequency_and_the_maturity() {
    let dates = |extra: &str| {
        let json = format!(
            r#"{{"principal": "1000", "annualRate": "0.06", "advanceDate": "2026-01-31", "numberOfPayments": 4{extra}}}"#
        );
        let rows = schedule(&agreement(&json)).unwrap().schedule;
        rows.iter().map(|row| row.date.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(dates(""), "2026-02-28 2026-03-31 2026-04-30 2026-05-31");
    assert_eq!(dates(r#", "firstPayment": "2026-02-28""#), dates(""));
    assert_eq!(dates(r#", "firstPayment": "2026-02-27""#), "2026-02-27 2026-03-27 2026-04-27 2026-05-27");
    assert_eq!(
        dates(r#", "firstPayment": "2026-02-28", "monthEnd": "endOfMonth", "maturity": "2026-06-10""#),
        "2026-02-28 2026-03-31 2026-04-30 2026-06-10"
    );
    assert_eq!(
        dates(
            r#", "frequency": "semimonthly", "firstPayment": "2026-02-15", "semimonthlyDays": {"first": 15, "second": 31}"#
        ),
        "2026-02-15 2026-02-28 2026-03-15 2026-03-31"
    );
    assert_eq!(dates(r#", "frequency": "weekly""#), "2026-02-07 2026-02-14 2026-02-21 2026-02-28");
    // The rest is paid on the first regular date after the maturity.
    for (maturity, additional) in
        [("2026-06-10", "2026-06-30"), ("2026-06-30", "2026-07-31"), ("2026-12-15", "2026-12-31")]
    {
        let late = format!(
            r#", "maturity": "{maturity}", "finalPayment": "additional", "repayment": {{"kind": "level", "payment": "230"}}"#
        );
        assert_eq!(dates(&late), format!("2026-02-28 2026-03-31 2026-04-30 {maturity} {additional}"));
    }
}
