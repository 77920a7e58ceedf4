//! Properties of flat interest, of promotions that defer interest, of terms that breaks extend, and of solving loans with
//! all that is planned.

use super::*;
use crate::{BreakPayment, DeferredInterest, FlatAllotment, OtherPayments, PaymentBreak};
use wherewithal_base::dates::Date;

/// A loan from 2026-01-10.
fn loan(principal: i64, basis_points: i64, payments: u32) -> LoanAgreement {
    let rate = Decimal::new(basis_points, 4).unwrap();
    LoanAgreement::level(cents(principal), rate, payments, date(2026, 1, 10).unwrap())
}

fn until(found: &LoanSchedule, end: Date) -> Vec<ScheduleRow> {
    found.schedule.iter().copied().filter(|row| row.date <= end).collect()
}

proptest! {
    #[test]
    fn flat_interest_is_that_of_the_original_principal(
        principal in prop_oneof![100_i64..2_000, 1_000_i64..100_000_000],
        basis_points in 0_i64..5000,
        payments in 1_u32..400,
        rule_of_78 in any::<bool>(),
        frequency in prop::sample::select(vec![Frequency::Weekly, Frequency::Monthly, Frequency::Quarterly]),
    ) {
        let allotment = if rule_of_78 { FlatAllotment::RuleOf78 } else { FlatAllotment::StraightLine };
        let flat = LoanAgreement {
            accrual: InterestAccrual::Flat { allotment, odd_days: DayCount::default() },
            frequency,
            ..loan(principal, basis_points, payments)
        };
        let found = schedule(&flat).unwrap();
        let years = Decimal::from(payments).divided_by(Decimal::from(frequency.per_year())).unwrap();
        let interest = flat.principal.times(flat.annual_rate).unwrap().times(years).unwrap();
        let difference = found.total_interest.minus(interest).unwrap().abs();
        // Half a minor unit, and the digits of the years.
        prop_assert!(difference <= decimal("0.00500001"), "{difference}");
        let [all @ .., last] = found.schedule.as_slice() else { panic!("a loan has a payment") };
        prop_assert!(all.iter().all(|row| row.payment == found.payment));
        // Each payment is rounded by at most half a minor unit.
        let rounding = last.payment.minus(found.payment).unwrap().abs();
        prop_assert!(payments == 1 || rounding <= cents(i64::from(payments) / 2 + 1), "{rounding}");
    }

    #[test]
    fn a_promotion_costs_nothing_or_everything(
        principal in 100_000_i64..10_000_000,
        basis_points in 1_i64..3600,
        payments in 2_u32..60,
        paid in 1_i64..100,
        days in 1_i32..1200,
        daily in any::<bool>(),
    ) {
        let plain = LoanAgreement {
            accrual: if daily {
                InterestAccrual::Daily { day_count: DayCount::default() }
            } else {
                InterestAccrual::default()
            },
            repayment: Repayment::Level { payment: Some(cents(principal * paid / 100)) },
            unpaid_interest: UnpaidInterest::Capitalize { cap: None },
            ..loan(principal, basis_points, payments)
        };
        let end = plain.advance_date.add_days(days).unwrap();
        let promoted = LoanAgreement { deferred_interest: Some(DeferredInterest { until: end }), ..plain.clone() };
        let found = schedule(&promoted).unwrap();
        let within = until(&found, end);
        prop_assert!(within.iter().all(|row| row.interest.is_zero()));
        if found.payoff_date <= end {
            return Ok(());
        }
        // All that accrued, on the balances that the payments left, is charged at once.
        let number = within.len() as u32 + 1;
        let explained = |number| explain_payment(&PaymentTrailInput { loan: promoted.clone(), number }).unwrap();
        let accrued = (1..=number).flat_map(|number| explained(number).balances);
        let accrued = Decimal::sum(accrued.map(|balance| balance.interest)).unwrap();
        prop_assert_eq!(found.schedule[within.len()].interest, accrued.round(2, Rounding::HalfEven));
        prop_assert!(explained(number).deferred_interest >= Decimal::ZERO);
    }

    #[test]
    fn an_extended_term_keeps_its_payments(
        principal in 1_000_000_i64..100_000_000,
        basis_points in 0_i64..2000,
        payments in 6_u32..240,
        first in 1_u32..200,
        paused in 1_u32..5,
        pays in prop::sample::select(vec![BreakPayment::Nothing, BreakPayment::Interest]),
        additional in any::<bool>(),
    ) {
        let final_payment = if additional { FinalPayment::Additional } else { FinalPayment::Settle };
        let plain = LoanAgreement { final_payment, ..loan(principal, basis_points, payments) };
        let first_number = 1 + first % (payments - paused);
        let pause =
            PaymentBreak { first_number, payments: paused, pays, others: OtherPayments::ExtendTerm };
        let Ok(found) = schedule(&LoanAgreement { payment_breaks: vec![pause], ..plain.clone() }) else {
            // A long holiday early on can make the payment too small for its interest.
            return Ok(());
        };
        let payment = schedule(&plain).unwrap().payment;
        let [others @ .., last] = found.schedule.as_slice() else { panic!("a loan has a payment") };
        for row in others {
            let is_paused = (first_number..first_number + paused).contains(&row.number);
            prop_assert!(is_paused || row.payment == payment, "{row:?}");
        }
        prop_assert!(found.number_of_payments >= payments + paused);
        let most = if additional { Decimal::ONE } else { decimal("1.5") };
        prop_assert!(last.payment <= payment.times(most).unwrap(), "{last:?}");
        prop_assert!(last.balance.is_zero());
    }
}

proptest! {
    #![proptest_config(fewer_cases())]
    #[test]
    fn the_solved_unknown_reproduces_what_is_planned(
        principal in 10_000_000_i64..100_000_000,
        basis_points in 1_i64..1500,
        payments in 30_u32..121,
        (interest_only, first, paused) in (0_u32..6, 7_u32..20, 1_u32..5),
        (extra, change) in (1_i64..200, 0_i64..1500),
        pays in prop::sample::select(vec![BreakPayment::Nothing, BreakPayment::Interest]),
        timing in prop::sample::select(vec![ExtraPaymentTiming::WithPayment, ExtraPaymentTiming::OnDate]),
        daily in any::<bool>(),
    ) {
        let accrual = if daily {
            InterestAccrual::Daily { day_count: DayCount::default() }
        } else {
            InterestAccrual::default()
        };
        let whole = SolveLoanInput {
            interest_only_payments: interest_only,
            payment_breaks: vec![PaymentBreak {
                first_number: first,
                payments: paused,
                pays,
                others: OtherPayments::default(),
            }],
            rate_changes: vec![RateChange {
                date: date(2027, 3, 16).unwrap(),
                annual_rate: Decimal::new(change, 4).unwrap(),
            }],
            extra_payments: vec![ExtraPayment {
                date: date(2026, 4, 22).unwrap(),
                amount: cents(principal * extra / 100_000),
                repeat: ExtraPaymentRepeat::Biweekly,
                until: None,
                timing,
            }],
            ..loan_to_solve(principal, basis_points, payments, 0, accrual, Frequency::Monthly)
        };
        // The extra payments can repay more than the loan.
        let Ok(solved) = solve(&whole) else { return Ok(()) };
        let payment = solved.payment;
        let known = SolveLoanInput { payment: Some(payment), ..whole.clone() };
        let reproduces = |loan: SolveLoanInput| solve(&SolveLoanInput { payment: None, ..loan }).unwrap().payment == payment;
        let rate = solve(&SolveLoanInput { annual_rate: None, ..known.clone() }).unwrap().annual_rate;
        prop_assert!(reproduces(SolveLoanInput { annual_rate: Some(rate), ..known.clone() }), "rate {rate}");
        let found = solve(&SolveLoanInput { principal: None, ..known.clone() }).unwrap().principal;
        prop_assert!(reproduces(SolveLoanInput { principal: Some(found), ..known.clone() }), "principal {found}");
        let term = solve(&SolveLoanInput { number_of_payments: None, ..known }).unwrap().number_of_payments;
        prop_assert!(term <= payments, "term {term}");
    }
}
