use proptest::prelude::*;

use super::*;

fn cents(units: i64) -> Decimal {
    Decimal::new(units, 2).unwrap()
}

prop_compose! {
    fn any_question()(
        balance in 100_000_i64..50_000_000,
        rate in 0_i64..1200,
        remaining in 6_u32..300,
        extra_monthly in 1_i64..200_000,
        extra_once in prop_oneof![Just(0_i64), 1_i64..20_000_000],
        interest_tax in 0_i64..50,
        investment_return in -0.02..0.12,
        investment_tax_rate in 0.0..0.4,
        horizon_months in prop_oneof![Just(None), (1_u32..400).prop_map(Some)],
    ) -> PrepayOrInvestInput {
        PrepayOrInvestInput {
            currency: Currency::USD,
            loan: ExistingLoan {
                balance: cents(balance),
                annual_rate: Decimal::new(rate, 4).unwrap(),
                remaining_months: Some(remaining),
                payment: None,
            },
            extra_monthly: cents(extra_monthly),
            extra_once: cents(extra_once),
            interest_tax_rate: cents(interest_tax),
            investment_return,
            investment_tax_rate,
            employer_match: None,
            risk_free_return: None,
            horizon_months,
            rounding: Rounding::HalfEven,
        }
    }
}

proptest! {
    #[test]
    fn at_the_loans_own_rate_both_ways_leave_the_same(input in any_question()) {
        let rate = prepay_or_invest(&input).unwrap().prepayment_return;
        let equal = PrepayOrInvestInput { investment_return: rate, investment_tax_rate: 0.0, ..input.clone() };
        let found = prepay_or_invest(&equal).unwrap();
        // Each month rounds interest, tax and growth on either side, and later growth carries that along.
        let months = f64::from(found.horizon_months);
        let bound = 0.04 * months * growth_factor(rate, months) + 0.01;
        let difference = gate::to_f64(found.advantage_of_investing);
        prop_assert!(difference.abs() <= bound, "{} against {}", difference, bound);
    }

    #[test]
    fn above_the_break_even_investing_is_better_and_below_prepaying(input in any_question()) {
        let input = PrepayOrInvestInput { horizon_months: None, ..input };
        let Some(rate) = prepay_or_invest(&input).unwrap().break_even_return else { return Ok(()) };
        prop_assume!(rate > -0.4);
        let advantage = |investment_return: f64| {
            let found = prepay_or_invest(&PrepayOrInvestInput { investment_return, ..input.clone() }).unwrap();
            gate::to_f64(found.advantage_of_investing)
        };
        let cent_a_month = 0.04 * f64::from(input.loan.remaining_months.unwrap());
        prop_assert!(advantage(rate + 0.05) > -cent_a_month);
        prop_assert!(advantage(rate - 0.05) < cent_a_month);
    }

    #[test]
    fn the_same_is_spent_and_the_table_adds_up(input in any_question()) {
        let found = prepay_or_invest(&input).unwrap();
        let mut saved = Decimal::ZERO;
        for row in &found.schedule {
            // What is invested is the rest of the budget after the loan payment, and the tax saved.
            for (payment, interest, invested) in [
                (row.prepay_loan_payment, row.prepay_interest, row.prepay_invested),
                (row.invest_loan_payment, row.invest_interest, row.invest_invested),
            ] {
                let tax = invested.minus(row.budget.minus(payment).unwrap()).unwrap();
                let exact = interest.times(input.interest_tax_rate).unwrap();
                prop_assert!(tax.minus(exact).unwrap().abs() <= "0.005".parse().unwrap());
            }
            prop_assert!(row.prepay_balance <= row.invest_balance);
            saved = saved.plus(row.invest_interest).unwrap().minus(row.prepay_interest).unwrap();
        }
        prop_assert_eq!(found.interest_saved, saved);
        prop_assert!(!saved.is_negative());
        for outcome in [found.prepay, found.invest] {
            prop_assert_eq!(outcome.wealth, outcome.investments.minus(outcome.loan_balance).unwrap());
        }
        let advantage = found.invest.wealth.minus(found.prepay.wealth).unwrap();
        prop_assert_eq!(found.advantage_of_investing, advantage);
    }

    #[test]
    fn a_match_never_makes_investing_worse(input in any_question(), rate in 1_i64..200, limit in 0_i64..100_000) {
        let without = prepay_or_invest(&input).unwrap();
        let with = prepay_or_invest(&PrepayOrInvestInput {
            employer_match: Some(MonthlyEmployerMatch { rate: cents(rate), monthly_limit: cents(limit) }),
            ..input
        })
        .unwrap();
        prop_assert!(with.invest.wealth >= without.invest.wealth);
    }
}
