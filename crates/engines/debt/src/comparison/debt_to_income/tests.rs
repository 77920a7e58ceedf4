use proptest::prelude::*;

use super::*;

fn cents(units: i64) -> Decimal {
    Decimal::new(units, 2).unwrap()
}

proptest! {
    #[test]
    fn the_largest_loan_is_affordable_and_a_minor_unit_more_is_not(
        income in 100_000_i64..2_000_000,
        tax in 0_i64..50_000,
        debt in 0_i64..100_000,
        limits in (10_i64..60, 10_i64..60),
        rate in 0_i64..1200,
        term_months in 6_u32..400,
    ) {
        let quote = LoanQuote { annual_rate: Decimal::new(rate, 4).unwrap(), term_months };
        let input = DebtToIncomeInput {
            currency: Currency::USD,
            gross_monthly_income: cents(income),
            housing: HousingExpense { property_tax: cents(tax), ..HousingExpense::default() },
            debts: vec![MonthlyObligation { name: String::new(), payment: cents(debt) }],
            front_end_limit: Some(cents(limits.0)),
            back_end_limit: Some(cents(limits.1)),
            loan: Some(quote.clone()),
            rounding: Rounding::HalfEven,
        };
        let found = debt_to_income(&input).unwrap();
        let loan = found.largest_loan.unwrap().mantissa() as i64;
        let amounts = Amounts::of(Currency::USD).unwrap();
        let terms = MonthlyTerms::read(amounts, quote.annual_rate, term_months, Rounding::HalfEven).unwrap();
        // A payment of that size meets both limits; a minor unit more exceeds one.
        let met = |payment: i64| {
            let housing = HousingExpense { principal_and_interest: cents(payment), ..input.housing.clone() };
            let found = debt_to_income(&DebtToIncomeInput { housing, ..input.clone() }).unwrap();
            found.front_end.unwrap().is_met && found.back_end.unwrap().is_met
        };
        let largest = found.largest_payment.unwrap().mantissa() as i64;
        if largest > 0 {
            prop_assert!(met(largest) && !met(largest + 1));
        }
        prop_assert!(terms.payment(loan.max(1)).unwrap() <= largest.max(1));
        prop_assert!(terms.payment(loan + 1).unwrap() > largest);
    }
}
