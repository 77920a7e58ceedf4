use proptest::prelude::*;

use super::*;
use crate::{Loan, amortize};
use wherewithal_base::dates::Date;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn cents(units: i64) -> Decimal {
    Decimal::new(units, 2).unwrap()
}

prop_compose! {
    fn any_refinance()(
        balance in 500_000_i64..100_000_000,
        rates in (0_i64..1200, 0_i64..1200),
        months in (6_u32..400, 6_u32..400),
        points in 0_i64..400,
        fees in 0_i64..900_000,
        cash_out in prop_oneof![Just(0_i64), 1_i64..5_000_000],
        rolled_in in any::<bool>(),
        horizon in prop_oneof![Just(None), (1_u32..500).prop_map(Some)],
    ) -> RefinanceInput {
        RefinanceInput {
            currency: Currency::USD,
            current_loan: ExistingLoan {
                balance: cents(balance),
                annual_rate: Decimal::new(rates.0, 4).unwrap(),
                remaining_months: Some(months.0),
                payment: None,
            },
            new_loan: RefinanceLoan {
                annual_rate: Decimal::new(rates.1, 4).unwrap(),
                term_months: months.1,
                points: cents(points),
                fees: cents(fees),
                lender_credit: Decimal::ZERO,
                cash_out: cents(cash_out),
                closing_costs: if rolled_in { ClosingCostPayment::RolledIn } else { ClosingCostPayment::Cash },
            },
            horizon_months: horizon,
            discount_rate: Some(0.04),
            rounding: Rounding::HalfEven,
        }
    }
}

/// Whether `later` is no earlier than `sooner`, never being the latest.
fn no_earlier(later: Option<u32>, sooner: Option<u32>) -> bool {
    later.unwrap_or(u32::MAX) >= sooner.unwrap_or(u32::MAX)
}

proptest! {
    #[test]
    fn an_equal_loan_without_costs_saves_nothing(mut input in any_refinance()) {
        input.new_loan = RefinanceLoan {
            annual_rate: input.current_loan.annual_rate,
            term_months: input.current_loan.remaining_months.unwrap(),
            points: Decimal::ZERO,
            fees: Decimal::ZERO,
            cash_out: Decimal::ZERO,
            ..input.new_loan
        };
        let found = refinance(&input).unwrap();
        prop_assert!(found.monthly_saving.is_zero() && found.interest_saved.is_zero());
        for row in &found.schedule {
            prop_assert!(row.saving.is_zero() && row.cumulative_saving.is_zero() && row.net_benefit.is_zero());
        }
        prop_assert_eq!(found.break_even.interest, Some(1));
    }

    #[test]
    fn the_table_adds_up_and_break_even_is_its_first_row(input in any_refinance()) {
        let found = refinance(&input).unwrap();
        let mut saved = Decimal::ZERO;
        let mut interest = found.costs.total.negated();
        let (mut cash, mut by_interest) = (None, None);
        for row in &found.schedule {
            prop_assert_eq!(row.saving, row.current_payment.minus(row.new_payment).unwrap());
            saved = saved.plus(row.saving).unwrap();
            interest = interest.plus(row.current_interest).unwrap().minus(row.new_interest).unwrap();
            prop_assert_eq!(row.cumulative_saving, saved);
            prop_assert_eq!(row.net_benefit, interest);
            if saved >= found.costs.paid_in_cash { cash = cash.or(Some(row.month)); }
            if interest >= Decimal::ZERO { by_interest = by_interest.or(Some(row.month)); }
        }
        prop_assert_eq!(found.break_even.cash, cash);
        prop_assert_eq!(found.break_even.interest, by_interest);
        let last = found.schedule.last().unwrap();
        prop_assert!(last.current_balance.is_zero() || input.horizon_months.is_some());
    }

    #[test]
    fn payments_and_balance_tell_the_same_gain_as_interest_and_costs(input in any_refinance()) {
        let found = refinance(&input).unwrap();
        let row = found.schedule[found.at_horizon.month as usize - 1];
        prop_assert_eq!(found.at_horizon.net_benefit, row.net_benefit);
    }

    #[test]
    fn the_principal_pays_for_everything(input in any_refinance()) {
        let found = refinance(&input).unwrap();
        let parts = [input.current_loan.balance, input.new_loan.cash_out, found.costs.rolled_in];
        prop_assert_eq!(Decimal::sum(parts).unwrap(), found.new_principal);
        // Points are their percentage of the principal, within a minor unit.
        let exact = found.new_principal.times(input.new_loan.points).unwrap().divided_by(decimal("100")).unwrap();
        prop_assert!(exact.minus(found.costs.points).unwrap().abs() <= decimal("0.01"));
    }

    #[test]
    fn higher_cash_costs_never_shorten_a_break_even(mut input in any_refinance(), more in 1_i64..500_000) {
        input.new_loan.closing_costs = ClosingCostPayment::Cash;
        let before = refinance(&input).unwrap().break_even;
        input.new_loan.fees = input.new_loan.fees.plus(cents(more)).unwrap();
        let after = refinance(&input).unwrap().break_even;
        prop_assert!(no_earlier(after.cash, before.cash));
        prop_assert!(no_earlier(after.present_value, before.present_value));
        prop_assert!(no_earlier(after.interest, before.interest));
    }

    /// A hundred more outweighs the effect that rounding the payment of a correspondingly higher principal can have.
    #[test]
    fn higher_costs_that_are_rolled_in_never_shorten_the_break_even_by_interest(
        mut input in any_refinance(),
        more in 10_000_i64..500_000,
    ) {
        input.new_loan.closing_costs = ClosingCostPayment::RolledIn;
        let before = refinance(&input).unwrap().break_even;
        input.new_loan.fees = input.new_loan.fees.plus(cents(more)).unwrap();
        let after = refinance(&input).unwrap().break_even;
        prop_assert!(no_earlier(after.interest, before.interest));
    }

    #[test]
    fn the_months_are_those_of_the_schedule(input in any_refinance()) {
        let found = refinance(&input).unwrap();
        let loan = amortize(&Loan {
            principal: found.new_principal,
            currency: input.currency,
            annual_rate: input.new_loan.annual_rate,
            term_months: input.new_loan.term_months,
            first_payment: "2026-01-01".parse::<Date>().unwrap(),
            payment: None,
            extra_monthly_payment: Decimal::ZERO,
            month_end: wherewithal_base::dates::MonthEnd::default(),
            rounding: input.rounding,
        })
        .unwrap();
        prop_assert_eq!(loan.payment, found.new_payment);
        prop_assert_eq!(loan.total_interest, found.new_total_interest);
        for (row, month) in loan.schedule.iter().zip(&found.schedule) {
            prop_assert_eq!((row.payment, row.interest, row.balance), (month.new_payment, month.new_interest, month.new_balance));
        }
    }
}
