use proptest::prelude::*;

use super::*;

fn cents(units: i64) -> Decimal {
    Decimal::new(units, 2).unwrap()
}

proptest! {
    #[test]
    fn the_largest_first_mortgage_keeps_every_limit_and_a_minor_unit_more_breaks_one(
        value in 10_000_000_i64..100_000_000,
        balance in 0_i64..5_000_000,
        credit_limit in prop_oneof![Just(None), (0_i64..5_000_000).prop_map(Some)],
        limits in (60_i64..120, 60_i64..120, 60_i64..120),
    ) {
        let input = LoanToValueInput {
            currency: Currency::USD,
            appraised_value: cents(value),
            purchase_price: Some(cents(value)),
            first_mortgage: Decimal::ZERO,
            subordinate_liens: vec![SubordinateLien {
                name: String::new(),
                balance: cents(balance),
                credit_limit: credit_limit.map(cents),
            }],
            loan_to_value_limit: Some(cents(limits.0)),
            combined_limit: Some(cents(limits.1)),
            high_combined_limit: Some(cents(limits.2)),
        };
        let largest = loan_to_value(&input).unwrap().largest_first_mortgage.unwrap();
        let at = |first_mortgage: Decimal| {
            loan_to_value(&LoanToValueInput { first_mortgage, ..input.clone() }).unwrap()
        };
        let met = |found: &LoanToValueRatios| {
            [found.loan_to_value, found.combined, found.high_combined].iter().all(|ratio| ratio.is_met == Some(true))
        };
        prop_assert!(met(&at(largest)));
        prop_assert!(!met(&at(largest.plus(cents(1)).unwrap())));
        let found = at(largest);
        prop_assert!(found.loan_to_value.ratio <= found.combined.ratio);
        prop_assert!(found.combined.ratio <= found.high_combined.ratio);
        prop_assert!(found.excess.unwrap().is_zero());
        prop_assert_eq!(found.down_payment_needed.unwrap(), found.down_payment.unwrap().max(Decimal::ZERO));
    }

    #[test]
    fn whole_percent_is_the_ratio_or_at_most_one_above(first in 0_i64..200_000_000, value in 1_000_000_i64..100_000_000) {
        let found = loan_to_value(&LoanToValueInput {
            currency: Currency::USD,
            appraised_value: cents(value),
            purchase_price: None,
            first_mortgage: cents(first),
            subordinate_liens: vec![],
            loan_to_value_limit: None,
            combined_limit: None,
            high_combined_limit: None,
        })
        .unwrap()
        .loan_to_value;
        let percent = Decimal::from(found.percent_rounded_up);
        let exact = found.ratio.times(Decimal::from(100_u32)).unwrap();
        // Up to a hundredth of a percent is cut off before rounding up.
        prop_assert!(percent >= exact.minus("0.0101".parse().unwrap()).unwrap());
        prop_assert!(percent < exact.plus("1.0001".parse().unwrap()).unwrap());
    }
}
