use proptest::prelude::*;

use super::*;
use crate::LoanQuote;
use wherewithal_base::num::Decimal;
use wherewithal_base::{money::Currency, num::Rounding};

fn cents(units: i64) -> Decimal {
    Decimal::new(units, 2).unwrap()
}

prop_compose! {
    fn any_home()(
        price in 5_000_000_i64..100_000_000,
        down in 0_i64..=100,
        closing_costs in 0_i64..3_000_000,
        rate in 1_i64..1200,
        term_months in 60_u32..400,
        premium in 0_i64..120,
        costs in (0_i64..250, 0_i64..250, 0_i64..500_000, 0_i64..50_000),
        appreciation in -300_i64..800,
        selling in 0_i64..90,
    ) -> HomePurchase {
        HomePurchase {
            price: cents(price),
            down_payment: cents(price * down / 100),
            closing_costs: cents(closing_costs),
            mortgage: Some(LoanQuote { annual_rate: Decimal::new(rate, 4).unwrap(), term_months }),
            mortgage_insurance_rate: Decimal::new(premium, 4).unwrap(),
            mortgage_insurance_until: None,
            property_tax_rate: Decimal::new(costs.0, 4).unwrap(),
            maintenance_rate: Decimal::new(costs.1, 4).unwrap(),
            insurance: cents(costs.2),
            association_fees: cents(costs.3),
            appreciation: Decimal::new(appreciation, 4).unwrap(),
            selling_cost_rate: Decimal::new(selling, 3).unwrap(),
        }
    }
}

prop_compose! {
    fn any_taxes()(
        marginal in 0_i64..50,
        mortgage_limit in prop_oneof![Just(None), (1_i64..100_000_000).prop_map(Some)],
        property_tax_limit in prop_oneof![Just(None), (0_i64..2_000_000).prop_map(Some)],
        deductions in (0_i64..4_000_000, 0_i64..3_000_000),
        gains in (0_i64..30, 0_i64..50_000_000),
    ) -> HomeTaxes {
        HomeTaxes {
            marginal_rate: cents(marginal),
            mortgage_limit: mortgage_limit.map(cents),
            property_tax_limit: property_tax_limit.map(cents),
            standard_deduction: cents(deductions.0),
            other_deductions: cents(deductions.1),
            capital_gains_rate: cents(gains.0),
            capital_gains_exclusion: cents(gains.1),
        }
    }
}

prop_compose! {
    fn any_question()(
        years in 1_u32..=15,
        purchase in any_home(),
        rent in 30_000_i64..600_000,
        rent_growth in -200_i64..800,
        tenant_insurance in 0_i64..60_000,
        cost_growth in 0_i64..500,
        investment_return in -0.02..0.12,
        taxes in any_taxes(),
    ) -> RentOrBuyInput {
        RentOrBuyInput {
            currency: Currency::USD,
            years,
            purchase,
            rental: HomeRental { rent: cents(rent), rent_growth: Decimal::new(rent_growth, 4).unwrap(), insurance: cents(tenant_insurance) },
            cost_growth: Decimal::new(cost_growth, 4).unwrap(),
            investment_return,
            taxes,
            rounding: Rounding::HalfEven,
        }
    }
}

fn sum(parts: &[Decimal]) -> Decimal {
    Decimal::sum(parts.iter().copied()).unwrap()
}

proptest! {
    #[test]
    fn the_equal_rent_is_where_buying_begins_to_be_no_worse(input in any_question()) {
        let found = rent_or_buy(&input).unwrap();
        let Some(rent) = found.equal_rent else { return Ok(()) };
        let advantage = |rent: Decimal| {
            let rental = HomeRental { rent, ..input.rental.clone() };
            rent_or_buy(&RentOrBuyInput { rental, ..input.clone() }).unwrap().advantage_of_buying
        };
        prop_assert!(!advantage(rent).is_negative());
        prop_assert!(advantage(rent.minus(cents(1)).unwrap()).is_negative());
    }

    #[test]
    fn every_year_adds_up(input in any_question()) {
        let found = rent_or_buy(&input).unwrap();
        let (mut buyer_cost, mut tenant_cost) = (found.upfront_cost, Decimal::ZERO);
        for year in &found.years {
            let outlay = sum(&[
                year.mortgage_payments, year.mortgage_insurance, year.property_tax, year.insurance, year.maintenance,
                year.association_fees, year.tax_saving.negated(),
            ]);
            prop_assert_eq!(year.buyer_outlay, outlay);
            prop_assert_eq!(year.tenant_outlay, sum(&[year.rent, year.tenant_insurance]));
            let proceeds = sum(&[
                year.home_value, year.selling_costs.negated(), year.capital_gains_tax.negated(),
                year.mortgage_balance.negated(),
            ]);
            prop_assert_eq!(year.buyer_wealth, sum(&[proceeds, year.buyer_investments]));
            prop_assert_eq!(year.tenant_wealth, year.tenant_investments);
            prop_assert_eq!(year.advantage_of_buying, year.buyer_wealth.minus(year.tenant_wealth).unwrap());
            buyer_cost = sum(&[buyer_cost, year.buyer_outlay]);
            tenant_cost = sum(&[tenant_cost, year.tenant_outlay]);
            prop_assert_eq!(year.buyer_net_cost, buyer_cost.minus(proceeds).unwrap());
            prop_assert_eq!(year.tenant_net_cost, tenant_cost);
        }
        let first = found.years.iter().find(|year| !year.advantage_of_buying.is_negative());
        prop_assert_eq!(found.break_even_year, first.map(|year| year.year));
    }

    #[test]
    fn without_returns_the_difference_in_wealth_is_that_in_cost(input in any_question()) {
        let found = rent_or_buy(&RentOrBuyInput { investment_return: 0.0, ..input }).unwrap();
        for year in &found.years {
            let difference = year.tenant_net_cost.minus(year.buyer_net_cost).unwrap();
            prop_assert_eq!(year.advantage_of_buying, difference);
        }
    }
}

#[test]
fn a_tie_in_a_price_is_decided_by_its_true_value() {
    let purchase = HomePurchase {
        price: cents(61_255_500),
        down_payment: cents(61_255_500),
        closing_costs: Decimal::ZERO,
        mortgage: None,
        mortgage_insurance_rate: Decimal::ZERO,
        mortgage_insurance_until: None,
        property_tax_rate: Decimal::ZERO,
        insurance: Decimal::ZERO,
        maintenance_rate: Decimal::ZERO,
        association_fees: Decimal::ZERO,
        appreciation: Decimal::new(45, 3).unwrap(),
        selling_cost_rate: Decimal::ZERO,
    };
    let found = rent_or_buy(&RentOrBuyInput {
        currency: Currency::USD,
        years: 1,
        purchase,
        rental: HomeRental { rent: cents(200_000), rent_growth: Decimal::ZERO, insurance: Decimal::ZERO },
        cost_growth: Decimal::ZERO,
        investment_return: 0.04,
        taxes: HomeTaxes::default(),
        rounding: Rounding::HalfEven,
    })
    .unwrap();
    // 612,555 × 1.045 is exactly 640,119.975; the double nearest to it lies below.
    assert_eq!(found.years[0].home_value, cents(64_011_998));
}
