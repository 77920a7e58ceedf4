use proptest::prelude::*;

use super::*;

prop_compose! {
    fn any_offer()(
        rate in 0_i64..1200,
        term_months in 6_u32..400,
        points in 0_i64..400,
        fees in 0_i64..900_000,
        lender_credit in 0_i64..300_000,
    ) -> LoanOffer {
        LoanOffer {
            name: String::new(),
            annual_rate: Decimal::new(rate, 4).unwrap(),
            term_months,
            points: Decimal::new(points, 2).unwrap(),
            fees: Decimal::new(fees, 2).unwrap(),
            lender_credit: Decimal::new(lender_credit, 2).unwrap(),
        }
    }
}

prop_compose! {
    fn any_comparison()(
        principal in 500_000_i64..100_000_000,
        mut offers in prop::collection::vec(any_offer(), 2..=5),
    ) -> LoanComparisonInput {
        for (index, offer) in offers.iter_mut().enumerate() {
            offer.name = format!("offer {index}");
        }
        LoanComparisonInput {
            principal: Decimal::new(principal, 2).unwrap(),
            currency: Currency::USD,
            offers,
            horizons: (1..=400).collect(),
            rounding: Rounding::HalfEven,
        }
    }
}

proptest! {
    #[test]
    fn the_best_offer_costs_least_and_the_stretches_join(input in any_comparison()) {
        let found = compare_loans(&input).unwrap();
        let mut next = 1;
        for stretch in &found.best {
            prop_assert_eq!(stretch.first_month, next);
            next = stretch.last_month + 1;
            let best = found.offers.iter().find(|offer| offer.name == stretch.offer).unwrap();
            for month in stretch.first_month..=stretch.last_month {
                let cost = |offer: &ComparedOffer| offer.costs[month as usize - 1].cost;
                prop_assert!(found.offers.iter().all(|offer| cost(best) <= cost(offer)));
            }
        }
        prop_assert_eq!(next - 1, input.offers.iter().map(|offer| offer.term_months).max().unwrap());
    }

    #[test]
    fn costs_are_what_they_are_made_of(input in any_comparison()) {
        let found = compare_loans(&input).unwrap();
        for offer in &found.offers {
            for cost in &offer.costs {
                // What was paid and is owed is the principal and the interest.
                let paid = cost.paid.plus(cost.balance).unwrap();
                prop_assert_eq!(paid, input.principal.plus(cost.interest).unwrap());
                prop_assert_eq!(cost.cost, cost.interest.plus(offer.upfront_cost).unwrap());
            }
            prop_assert_eq!(offer.total_cost, offer.total_paid.minus(input.principal).unwrap());
        }
    }

    #[test]
    fn a_break_even_is_the_first_month_that_costs_no_more(input in any_comparison()) {
        let found = compare_loans(&input).unwrap();
        let offer = |name: &str| found.offers.iter().find(|offer| offer.name == name).unwrap();
        for pair in &found.break_evens {
            let (dearer, cheaper) = (offer(&pair.offer), offer(&pair.against));
            prop_assert!(dearer.upfront_cost > cheaper.upfront_cost);
            let longest = input.offers.iter().map(|offer| offer.term_months).max().unwrap() as usize;
            let months = dearer.costs.iter().zip(&cheaper.costs).take(longest);
            let outlay = |offer: &ComparedOffer, cost: &OfferCost| cost.paid.plus(offer.upfront_cost).unwrap();
            let by_interest = months.clone().find(|(dear, cheap)| dear.cost <= cheap.cost);
            let by_cash = months.clone().find(|(dear, cheap)| outlay(dearer, dear) <= outlay(cheaper, cheap));
            prop_assert_eq!(pair.interest, by_interest.map(|(dear, _)| dear.month));
            prop_assert_eq!(pair.cash, by_cash.map(|(dear, _)| dear.month));
        }
    }
}
