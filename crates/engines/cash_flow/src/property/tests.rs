use proptest::prelude::*;

use super::*;
use wherewithal_base::{
    ErrorCode,
    control::Control,
    dates::Date,
    money::Currency,
    num::{Decimal, gate},
};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2).unwrap()
}

fn thousandths(value: i64) -> Decimal {
    Decimal::new(value, 3).unwrap()
}

fn answer(input: &RentalPropertyInput) -> PropertyCashFlow {
    property(input, &Control::default()).unwrap()
}

prop_compose! {
    fn any_property()(
        years in 1_u32..35,
        price in 5_000_000_i64..100_000_000,
        closing in 0_i64..2_000_000,
        loan in prop::option::of((1_000_000_i64..4_000_000, 0_i64..120, 12_u32..400)),
        rent in 0_i64..1_000_000,
        growth in -50_i64..100,
        vacancy in 0_i64..200,
        expense in 0_i64..1_000_000,
        share in 0_i64..300,
        appreciation in -80_i64..100,
        (land, ordinary, gains) in (0_i64..=1000, 0_i64..500, 0_i64..300),
        allowed in any::<bool>(),
        tables in any::<bool>(),
    ) -> RentalPropertyInput {
        RentalPropertyInput {
            currency: Currency::USD,
            years,
            purchase: PropertyPurchase {
                price: cents(price),
                closing_costs: cents(closing),
                improvements: Decimal::ZERO,
                value: None,
            },
            loans: loan
                .map(|(principal, rate, term_months)| PropertyLoan {
                    principal: cents(principal),
                    annual_rate: thousandths(rate),
                    term_months,
                    payment: None,
                })
                .into_iter()
                .collect(),
            rents: vec![PropertyRent {
                name: "flat".to_owned(),
                units: 1,
                monthly_rent: cents(rent),
                annual_growth: thousandths(growth),
            }],
            other_income: Vec::new(),
            vacancy_rate: thousandths(vacancy),
            credit_loss_rate: Decimal::ZERO,
            operating_expenses: vec![PropertyExpense::Fixed {
                name: "tax".to_owned(),
                annual_amount: cents(expense),
                annual_growth: thousandths(growth),
            }],
            reserves: vec![PropertyExpense::ShareOfIncome { name: "roof".to_owned(), share: thousandths(share) }],
            sale: PropertySalePlan { appreciation: thousandths(appreciation), cost_rate: decimal("0.06") },
            taxes: Some(PropertyTaxes {
                land_share: thousandths(land),
                recovery: RecoveryPeriod::Residential,
                method: if tables { DepreciationMethod::IrsTables } else { DepreciationMethod::StraightLine },
                ordinary_rate: thousandths(ordinary),
                capital_gains_rate: thousandths(gains),
                recapture_rate: None,
                passive_losses: if allowed { PassiveLosses::Allowed } else { PassiveLosses::Suspended },
            }),
            discount_rate: Some(0.08),
        }
    }
}

/// The input with a thousand times the money.
fn in_thousandths(input: &RentalPropertyInput) -> RentalPropertyInput {
    let times = |amount: Decimal| amount.times(Decimal::from(1000_u32)).unwrap();
    let mut larger = input.clone();
    larger.purchase.price = times(larger.purchase.price);
    larger.purchase.closing_costs = times(larger.purchase.closing_costs);
    for loan in &mut larger.loans {
        loan.principal = times(loan.principal);
    }
    for rent in &mut larger.rents {
        rent.monthly_rent = times(rent.monthly_rent);
    }
    for expense in &mut larger.operating_expenses {
        if let PropertyExpense::Fixed { annual_amount, .. } = expense {
            *annual_amount = times(*annual_amount);
        }
    }
    larger
}

proptest! {
    #[test]
    fn a_property_foots(input in any_property()) {
        let found = answer(&input);
        let sum = |of: fn(&PropertyYear) -> Decimal| Decimal::sum(found.years.iter().map(of)).unwrap();
        prop_assert_eq!(found.totals.cash_flow_before_tax, sum(|year| year.cash_flow_before_tax));
        prop_assert_eq!(found.totals.net_operating_income, sum(|year| year.net_operating_income));
        prop_assert_eq!(found.totals.tax, Some(sum(|year| year.tax.unwrap())));
        for year in &found.years {
            let spent = [year.operating_expenses, year.reserves, year.interest, year.principal];
            let left = year.effective_gross_income.minus(Decimal::sum(spent).unwrap()).unwrap();
            prop_assert_eq!(year.cash_flow_before_tax, left);
            prop_assert_eq!(year.equity, year.value.minus(year.loan_balance).unwrap());
        }
        // Every amount that is gained is in a year or in the sale.
        let before = Decimal::sum([
            found.cash_invested.negated(), found.totals.cash_flow_before_tax, found.sale.proceeds_before_tax,
        ]);
        prop_assert_eq!(found.before_tax.profit, before.unwrap());
        let after = Decimal::sum([
            found.before_tax.profit, found.totals.tax.unwrap().negated(), found.sale.taxes.unwrap().tax.negated(),
        ]);
        prop_assert_eq!(found.after_tax.unwrap().profit, after.unwrap());
    }

    /// What is taxed in the years and at the sale is what the property has gained: no income is taxed twice, none is missed.
    #[test]
    fn the_income_that_is_taxed_is_what_is_gained(input in any_property()) {
        let found = answer(&input);
        let (sale, totals) = (found.sale.taxes.unwrap(), found.totals);
        let taxable = Decimal::sum(found.years.iter().map(|year| year.taxable_income.unwrap())).unwrap();
        // Reserves are spent and not deducted; principal and loans are no income.
        let gained = Decimal::sum([found.before_tax.profit, totals.reserves]).unwrap();
        prop_assert_eq!(taxable.plus(sale.gain).unwrap(), gained);
        let parts = [sale.recaptured_depreciation, sale.capital_gain, sale.loss.negated()];
        prop_assert_eq!(Decimal::sum(parts).unwrap(), sale.gain);
        prop_assert!(sale.recaptured_depreciation <= totals.depreciation.unwrap());
    }

    #[test]
    fn the_unit_of_money_changes_no_ratio(input in any_property()) {
        // Of a rent of some cents, a vacancy or an expense of a part of a cent is rounded away.
        let rent = |rent: &PropertyRent| rent.monthly_rent >= Decimal::from(100_u32);
        prop_assume!(input.rents.iter().all(rent));
        let (found, larger) = (answer(&input), answer(&in_thousandths(&input)));
        let near = |one: Decimal, other: Decimal, most: f64| {
            (gate::to_f64(one) - gate::to_f64(other)).abs() <= most * (1.0 + gate::to_f64(one).abs())
        };
        // The rounding of a cent in a rent, twelve times, of fifty years.
        let thousandth = larger.before_tax.profit.divided_by(Decimal::from(1000_u32)).unwrap();
        prop_assert!(near(found.before_tax.profit, thousandth, 20.0));
        let ratios = |found: &PropertyCashFlow| {
            let of = found.ratios.clone();
            [of.cap_rate, of.loan_to_value, of.debt_yield, of.gross_rent_multiplier, of.operating_expense_ratio]
        };
        for (one, other) in ratios(&found).into_iter().zip(ratios(&larger)) {
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                prop_assert!(near(one, other, 2e-5), "{} {}", one, other);
            }
        }
    }

    #[test]
    fn losses_that_wait_cost_no_tax_in_the_end(input in any_property()) {
        let under = |passive_losses| {
            let mut input = input.clone();
            input.taxes.as_mut().unwrap().passive_losses = passive_losses;
            answer(&input)
        };
        let (waiting, allowed) = (under(PassiveLosses::Suspended), under(PassiveLosses::Allowed));
        let tax = |found: &PropertyCashFlow| {
            found.totals.tax.unwrap().plus(found.sale.taxes.unwrap().tax).unwrap()
        };
        // The rounding of a cent in each year.
        let difference = tax(&waiting).minus(tax(&allowed)).unwrap().abs();
        prop_assert!(difference <= cents(40), "{}", difference);
    }

    #[test]
    fn depreciation_adds_up_to_the_basis(
        basis in 1_i64..100_000_000, begun in 735_000_i32..745_000, residential in any::<bool>(), tables in any::<bool>(),
        sold in prop::option::of(0_i32..20_000),
    ) {
        let placed_in_service = Date::from_day_number(begun).unwrap();
        let input = |disposed| PropertyDepreciationInput {
            currency: Currency::USD,
            basis: cents(basis),
            recovery: if residential { RecoveryPeriod::Residential } else { RecoveryPeriod::Nonresidential },
            method: if tables { DepreciationMethod::IrsTables } else { DepreciationMethod::StraightLine },
            placed_in_service,
            disposed,
        };
        let whole = depreciation(&input(None)).unwrap();
        prop_assert!(whole.remaining_basis.is_zero());
        prop_assert!(whole.years.iter().all(|year| !year.deduction.is_negative()));
        let sold = depreciation(&input(sold.map(|days| placed_in_service.add_days(days).unwrap()))).unwrap();
        prop_assert!(!sold.remaining_basis.is_negative());
        prop_assert_eq!(sold.total.plus(sold.remaining_basis).unwrap(), cents(basis));
    }
}

/// IRS Publication 946, Table A-6: the straight line has the percentages of the table up to its own rounding, 0.001 %.
#[test]
fn the_straight_line_is_that_of_the_tables() {
    for month in 1..=12 {
        let input = |method| PropertyDepreciationInput {
            currency: Currency::USD,
            basis: decimal("100000"),
            recovery: RecoveryPeriod::Residential,
            method,
            placed_in_service: Date::from_day_number(739_617).unwrap().add_months(month).unwrap(),
            disposed: None,
        };
        let exact = depreciation(&input(DepreciationMethod::StraightLine)).unwrap();
        let tables = depreciation(&input(DepreciationMethod::IrsTables)).unwrap();
        assert_eq!(exact.years.len(), tables.years.len());
        for (one, other) in exact.years.iter().zip(&tables.years) {
            assert!(
                one.percentage.minus(other.percentage).unwrap().abs() <= decimal("0.00001"),
                "{one:?} {other:?}"
            );
        }
    }
}

#[test]
fn a_loss_is_released_by_the_sale() {
    let input = RentalPropertyInput {
        currency: Currency::USD,
        years: 2,
        purchase: PropertyPurchase {
            price: decimal("275000"),
            closing_costs: Decimal::ZERO,
            improvements: Decimal::ZERO,
            value: None,
        },
        loans: Vec::new(),
        rents: vec![PropertyRent {
            name: "house".to_owned(),
            units: 1,
            monthly_rent: Decimal::ZERO,
            annual_growth: Decimal::ZERO,
        }],
        other_income: Vec::new(),
        vacancy_rate: Decimal::ZERO,
        credit_loss_rate: Decimal::ZERO,
        operating_expenses: Vec::new(),
        reserves: Vec::new(),
        sale: PropertySalePlan::default(),
        taxes: Some(PropertyTaxes {
            land_share: Decimal::ZERO,
            recovery: RecoveryPeriod::Residential,
            method: DepreciationMethod::StraightLine,
            ordinary_rate: decimal("0.3"),
            capital_gains_rate: decimal("0.15"),
            recapture_rate: None,
            passive_losses: PassiveLosses::Suspended,
        }),
        discount_rate: None,
    };
    let found = answer(&input);
    // Eleven and a half months in each of the two years, at 10,000 a year.
    assert_eq!(found.years[1].suspended_losses, Some(decimal("19166.66")));
    let sale = found.sale.taxes.unwrap();
    assert_eq!(sale.recaptured_depreciation, decimal("19166.66"));
    assert_eq!(sale.recapture_tax, decimal("4791.66")); // at 25 %, below the ordinary rate
    assert_eq!(sale.tax_saved, decimal("5750.00"));
    assert_eq!(found.after_tax.unwrap().profit, decimal("958.34"));
    let error = property(&RentalPropertyInput { years: 0, ..input }, &Control::default()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::TermOutOfRange);
}
