//! Properties that hold for all numbers.

use proptest::prelude::*;

use super::*;
use wherewithal_base::{
    Error, ErrorCode,
    dates::{Date, DayCount, date},
};
use wherewithal_math::RootStatus;

fn near(found: f64, expected: f64, relative: f64) -> bool {
    (found - expected).abs() <= relative * expected.abs()
}

fn timing() -> impl Strategy<Value = PaymentTiming> {
    prop_oneof![Just(PaymentTiming::End), Just(PaymentTiming::Begin)]
}

/// Rates per period of every size, tiny ones and zero included.
fn rates() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        -0.05..0.3_f64,
        (-18.0..-3.0_f64).prop_map(|exponent| wherewithal_math::pow(10.0, exponent)),
    ]
}

/// Dated flows: a day after 2000-01-01 and an amount each.
fn dated(flows: &[(i32, f64)]) -> (Vec<Date>, Vec<f64>) {
    let start = date(2000, 1, 1).unwrap().day_number();
    let day = |flow: &(i32, f64)| Date::from_day_number(start + flow.0).unwrap();
    (flows.iter().map(day).collect(), flows.iter().map(|flow| flow.1).collect())
}

fn xirr_of(flows: &[(i32, f64)]) -> Result<InternalRate, Error> {
    let (dates, amounts) = dated(flows);
    xirr(&dates, &amounts, DayCount::Actual365Fixed, &IrrOptions::default())
}

/// The amounts of periodic flows that balance at exactly these rates: the product of `1 - (1 + rate) v`.
fn flows_with_rates(rates: &[f64]) -> Vec<f64> {
    rates.iter().fold(vec![-1000.0], |flows, rate| {
        let mut next = flows.clone();
        next.push(0.0);
        for (place, flow) in next.iter_mut().skip(1).zip(&flows) {
            *place -= flow * (1.0 + rate);
        }
        next
    })
}

fn everywhere() -> IrrOptions {
    IrrOptions { all_roots: Some(RateRange { lower: -0.99, upper: 100.0 }), ..IrrOptions::default() }
}

proptest! {
    #[test]
    fn present_value_future_value_and_payment_undo_each_other(
        rate in rates(),
        nper in 1.0..500.0_f64,
        payment in 1.0..1e4_f64,
        present in 1.0..1e6_f64,
        when in timing(),
    ) {
        // All of one sign, so that nothing cancels.
        let future = fv(rate, nper, payment, present, when).unwrap();
        let growth = fv(rate, nper, 0.0, present, when).unwrap() / future;
        prop_assume!(growth > 1e-3 && growth < 0.999);
        let back = pv(rate, nper, payment, future, when).unwrap();
        prop_assert!(near(back, present, 1e-13 * nper / growth));
        let back = pmt(rate, nper, present, future, when).unwrap();
        prop_assert!(near(back, payment, 1e-13 * nper / (1.0 - growth)));
    }

    #[test]
    fn the_rate_and_the_term_of_a_loan_come_back_from_its_payment(
        rate in 1e-6..0.05_f64,
        nper in 6..480_u32,
        principal in 1e3..1e7_f64,
        when in timing(),
    ) {
        let nper = f64::from(nper);
        let payment = pmt(rate, nper, principal, 0.0, when).unwrap();
        let found = super::rate(nper, payment, principal, 0.0, when, 0.1).unwrap();
        prop_assert!(near(found.rate, rate, 1e-9), "{found:?}");
        prop_assert!(found.residual.abs() <= 1e-10 * principal, "{found:?}");
        // The last periods of a long loan at a high rate hardly show in its payment.
        if rate * nper < 8.0 {
            prop_assert!(near(super::nper(rate, payment, principal, 0.0, when).unwrap(), nper, 1e-8));
        }
    }

    #[test]
    fn interest_and_principal_add_up(
        rate in rates(),
        nper in 1..400_u32,
        share in 0.0..1.0_f64,
        present in 1.0..1e6_f64,
        future in -1e6..1e6_f64,
        when in timing(),
    ) {
        let per = (f64::from(nper) * share).floor() + 1.0;
        let nper = f64::from(nper);
        let per = per.min(nper);
        let payment = pmt(rate, nper, present, future, when).unwrap();
        let interest = ipmt(rate, per, nper, present, future, when).unwrap();
        let principal = ppmt(rate, per, nper, present, future, when).unwrap();
        let size = interest.abs() + principal.abs() + rate.abs() * (present + future.abs());
        prop_assert!((interest + principal - payment).abs() <= 1e-12 * size);
    }

    #[test]
    fn cumulative_parts_are_sums_of_the_parts(
        rate in rates(),
        nper in 1..200_u32,
        (first, last) in (0.0..1.0_f64, 0.0..1.0_f64),
        principal in 1.0..1e6_f64,
        when in timing(),
    ) {
        let nper = f64::from(nper);
        let place = |share: f64| (share * nper).floor().min(nper - 1.0) + 1.0;
        let (first, last) = (place(first.min(last)), place(first.max(last)));
        let mut interest = 0.0;
        let mut repaid = 0.0;
        let mut per = first;
        while per <= last {
            interest += ipmt(rate, per, nper, principal, 0.0, when).unwrap();
            repaid += ppmt(rate, per, nper, principal, 0.0, when).unwrap();
            per += 1.0;
        }
        let tolerance = 1e-11 * (interest.abs() + rate.abs() * principal);
        let cumulative = cumipmt(rate, nper, principal, first, last, when).unwrap();
        prop_assert!((cumulative - interest).abs() <= tolerance);
        prop_assert!(near(cumprinc(rate, nper, principal, first, last, when).unwrap(), repaid, 1e-11));
    }

    #[test]
    fn nominal_undoes_effect(nominal_rate in -0.9..5.0_f64, periods in 1..400_u32) {
        let effective = effect(nominal_rate, periods).unwrap();
        let back = nominal(effective, periods).unwrap();
        prop_assert!((back - nominal_rate).abs() <= 1e-13 * (1.0 + nominal_rate.abs()));
    }

    #[test]
    fn growth_at_the_rri_for_the_pduration_reaches_the_end(
        nper in 0.1..500.0_f64,
        start in 1e-3..1e6_f64,
        growth in 0.01..100.0_f64,
    ) {
        prop_assume!((growth - 1.0).abs() > 1e-6);
        let end = start * growth;
        let rate = rri(nper, start, end).unwrap();
        prop_assert!(near(-fv(rate, nper, 0.0, start, PaymentTiming::End).unwrap(), end, 1e-12));
        prop_assert!(near(pduration(rate, start, end).unwrap(), nper, 1e-8));
    }

    /// Any flows have a rate at which their present value is zero, or an error that gives the reason.
    #[test]
    fn a_rate_of_return_makes_the_present_value_zero(
        flows in prop::collection::vec((0..9_000_i32, -1e5..1e5_f64), 1..60),
    ) {
        match xirr_of(&flows) {
            Ok(found) => {
                let (dates, amounts) = dated(&flows);
                let value = |rate| xnpv(rate, &dates, &amounts, DayCount::Actual365Fixed).unwrap();
                let gross: Vec<f64> = amounts.iter().map(|amount| amount.abs()).collect();
                let size = xnpv(found.rate, &dates, &gross, DayCount::Actual365Fixed).unwrap();
                // Near -100 % the last bit of a rate moves the value; the longest time is 25 years.
                let last_bit = 25.0 * f64::EPSILON / (1.0 + found.rate);
                let tolerance = last_bit + if found.status == RootStatus::Tangent { 1e-11 } else { 1e-12 };
                prop_assert!(value(found.rate).abs() <= tolerance * size, "{found:?}");
                prop_assert!((found.residual - value(found.rate)).abs() <= 1e-13 * size, "{found:?}");
            }
            Err(error) => {
                let reasons =
                    [ErrorCode::SolveNoSolution, ErrorCode::CashFlowsOneSign, ErrorCode::CashFlowsSingleDate];
                prop_assert!(reasons.contains(&error.code()), "{error}");
            }
        }
    }

    #[test]
    fn neither_order_nor_a_binary_unit_changes_a_bit_of_the_rate(
        mut flows in prop::collection::vec((0..40_i32, -1e5..1e5_f64), 2..30),
        rotation in 0..30_usize,
        exponent in -60..60_i32,
        rate in -0.5..1.0_f64,
    ) {
        // Days are few, so that several flows share one.
        let unit = wherewithal_math::powi(2.0, exponent);
        let (dates, amounts) = dated(&flows);
        let before = xirr_of(&flows);
        let value = xnpv(rate, &dates, &amounts, DayCount::Actual365Fixed).unwrap();
        let middle = rotation % flows.len();
        flows.rotate_left(middle);
        flows.reverse();
        for flow in &mut flows {
            flow.1 *= unit;
        }
        let (dates, amounts) = dated(&flows);
        let after = xirr_of(&flows);
        prop_assert_eq!(xnpv(rate, &dates, &amounts, DayCount::Actual365Fixed).unwrap(), value * unit);
        match (before, after) {
            (Ok(before), Ok(after)) => {
                prop_assert_eq!(before.rate.to_bits(), after.rate.to_bits());
                prop_assert_eq!(before.residual * unit, after.residual);
                prop_assert_eq!((before.iterations, before.status), (after.iterations, after.status));
            }
            (Err(before), Err(after)) => prop_assert_eq!(before.code(), after.code()),
            (before, after) => prop_assert!(false, "{before:?} {after:?}"),
        }
    }

    #[test]
    fn every_rate_of_flows_made_from_known_rates_is_found(
        first in -0.5..0.2_f64,
        gaps in prop::collection::vec(0.05..0.6_f64, 0..5),
        pick in 0..5_usize,
    ) {
        let mut rates = vec![first];
        for gap in &gaps {
            rates.push(rates.last().unwrap() + gap);
        }
        let flows = flows_with_rates(&rates);
        let guess = rates[pick % rates.len()] + 0.01;
        let found = irr(&flows, &IrrOptions { guess, ..everywhere() }).unwrap();
        let listed: Vec<f64> = found.all_roots.unwrap().iter().map(|root| root.rate).collect();
        prop_assert_eq!(listed.len(), rates.len(), "{:?} {:?}", listed, rates);
        for (found, made) in listed.iter().zip(&rates) {
            prop_assert!((found - made).abs() < 1e-6, "{listed:?} {rates:?}");
        }
        prop_assert!((found.rate - rates[pick % rates.len()]).abs() < 1e-6);
    }

    #[test]
    fn no_change_of_sign_on_a_fine_grid_is_overlooked(
        flows in prop::collection::vec(prop_oneof![-1e3..1e3_f64, Just(0.0), -10.0..10.0_f64], 2..14),
    ) {
        let roots = match irr(&flows, &everywhere()) {
            Ok(found) => found.all_roots.unwrap(),
            Err(error) => {
                prop_assert!(error.code() != ErrorCode::SolveNotConverged, "{error}");
                Vec::new()
            }
        };
        let positive = |rate: f64| npv(rate, &flows, true).unwrap() > 0.0;
        let mut lower = -0.98;
        let mut below = positive(lower);
        while lower < 20.0 {
            let upper = lower + 0.002 * (1.0 + lower);
            let above = positive(upper);
            if below != above {
                let inside = roots.iter().filter(|root| (lower..=upper).contains(&root.rate)).count();
                // A root on a point of the grid may fall to either side.
                let ends = [lower, upper];
                let near = roots.iter().any(|root| ends.iter().any(|end| (root.rate - end).abs() < 1e-9));
                prop_assert!(inside % 2 == 1 || near, "{lower}..{upper}: {roots:?}");
            }
            (lower, below) = (upper, above);
        }
    }

    #[test]
    fn a_double_rate_is_found_and_said_to_be_one(rate in -0.4..1.0_f64, other in 1.5..3.0_f64) {
        for rates in [vec![rate, rate], vec![rate, rate, other]] {
            let found = irr(&flows_with_rates(&rates), &IrrOptions { guess: rate, ..everywhere() }).unwrap();
            prop_assert!((found.rate - rate).abs() < 1e-4, "{found:?}");
            let listed = found.all_roots.unwrap();
            // Rounding of the amounts may part the two or leave a touch.
            let double: Vec<_> = listed.iter().filter(|root| (root.rate - rate).abs() < 1e-4).collect();
            let touches = double.iter().any(|root| root.status == RootStatus::Tangent);
            prop_assert!(double.len() == 2 || double.len() == 1 && touches, "{listed:?}");
        }
    }

    #[test]
    fn nothing_that_is_not_finite_goes_in_or_comes_out(
        (a, b, c, d, e) in (any::<f64>(), any::<f64>(), any::<f64>(), any::<f64>(), any::<f64>()),
        flows in prop::collection::vec(any::<f64>(), 0..6),
        when in timing(),
    ) {
        let results = [
            fv(a, b, c, d, when),
            pv(a, b, c, d, when),
            pmt(a, b, c, d, when),
            ipmt(a, 1.0, b, c, d, when),
            ppmt(a, 1.0, b, c, d, when),
            cumipmt(a, b, c, 1.0, 2.0, when),
            cumprinc(a, b, c, 1.0, 2.0, when),
            nper(a, b, c, d, when),
            super::rate(a, b, c, d, when, e).map(|root| root.rate + root.residual),
            npv(a, &flows, true),
            nfv(a, b, &flows),
            irr(&flows, &IrrOptions { guess: a, all_roots: None }).map(|root| root.rate + root.residual),
            mirr(&flows, a, b),
            effect(a, 12),
            nominal(a, 12),
            rri(a, b, c),
            pduration(a, b, c),
        ];
        for (index, result) in results.into_iter().enumerate() {
            if let Ok(value) = result {
                prop_assert!(value.is_finite(), "{index}: {value}");
            }
        }
    }
}

#[test]
fn a_rate_is_found_where_newton_from_ten_per_cent_leaves_the_domain() {
    // Nearly everything is lost; the tangent at 10 % meets zero below -100 %. The rate is by mpmath 1.4.1
    // (findroot).
    let found = xirr_of(&[(0, -1000.0), (365, 10.0), (700, 1.0)]).unwrap();
    assert!(near(found.rate, -0.967_064_767_008_125_8, 1e-15), "{found:?}");
    assert!(found.residual.abs() < 1e-10, "{found:?}");
}

#[test]
fn leading_and_trailing_zero_flows_change_nothing_but_the_date_of_the_value() {
    let plain = irr(&[-100.0, 30.0, 90.0], &IrrOptions::default()).unwrap();
    let padded = irr(&[0.0, 0.0, -100.0, 30.0, 90.0, 0.0], &IrrOptions::default()).unwrap();
    assert_eq!(plain.rate.to_bits(), padded.rate.to_bits());
    let dates: Vec<Date> = (2021..=2024).map(|year| date(year, 1, 1).unwrap()).collect();
    let value = |amounts: &[f64]| xnpv(1.0, &dates, amounts, DayCount::Thirty360Us).unwrap();
    assert!(near(value(&[0.0, 0.0, 8.0, 0.0]), 2.0, 1e-15));
    let value = xnfv(1.0, &dates, &[0.0, 8.0, 0.0, 0.0], DayCount::Thirty360Us).unwrap();
    assert!(near(value, 32.0, 1e-15));
}

#[test]
fn amounts_near_the_largest_number_do_not_overflow() {
    let found = irr(&[-1.2e308, 1.1e308, 0.5e308], &IrrOptions::default()).unwrap();
    let small = irr(&[-1.2, 1.1, 0.5], &IrrOptions::default()).unwrap();
    assert!(near(found.rate, small.rate, 1e-14));
    let found = irr(&[-1.2e-310, 1.3e-310], &IrrOptions::default()).unwrap();
    assert!(near(found.rate, 1.0 / 12.0, 1e-12));
}

#[test]
fn flows_that_cancel_over_a_range_of_rates_end_in_an_answer() {
    // (1 - v)^20: one root of twenty together, and rounding all around it.
    let mut flows = vec![1.0];
    for _ in 0..20 {
        let mut next = flows.clone();
        next.push(0.0);
        for (place, flow) in next.iter_mut().skip(1).zip(&flows) {
            *place -= flow;
        }
        flows = next;
    }
    match irr(&flows, &everywhere()) {
        Ok(found) => assert!(found.rate.abs() < 0.3, "{found:?}"),
        Err(error) => assert_eq!(error.code(), ErrorCode::SolveNotConverged),
    }
}
