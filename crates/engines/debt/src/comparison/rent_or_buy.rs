//! Whether to rent or to buy a home.

mod input;
mod output;
mod projection;

use wherewithal_base::Result;

pub use input::{HomePurchase, HomeRental, HomeTaxes, RentOrBuyInput};
pub use output::{RentOrBuyResult, RentOrBuyYear};

use projection::{Owner, Plan, Tenant};

/// Whether buying a home or renting one leaves more wealth, year by year.
///
/// Both households start with the same money and spend the same each month. The one whose home costs less in a month
/// invests the difference at the end of the month; the tenant also invests the buyer's down payment and closing costs.
/// Wealth is what is left if the home is sold at the end of a year: the buyer's is the price less the costs of selling,
/// the mortgage and the tax on the gain, and the investments; the tenant's is the investments.
///
/// - Prices and rents are those of the year: they rise once a year, by the given fractions, in exact decimals. Property
///   tax and maintenance cost each month a twelfth of their share of the value at the beginning of the year.
/// - Deducting mortgage interest and property tax saves the marginal rate on the part of all deductions that exceeds
///   the standard deduction. The saving is received with the last month of the year. Interest counts for the part of
///   the loan within the limit: its average balance in the year is the mean of the first and the last (one of the
///   methods of IRS Publication 936).
/// - The gain is the value less the selling costs and the price paid; the part that exceeds the exclusion is taxed.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, HomePurchase, HomeRental, HomeTaxes, LoanQuote, RentOrBuyInput};
/// use wherewithal::{money::Currency, num::{Decimal, Rounding}};
///
/// let result = debt::rent_or_buy(&RentOrBuyInput {
///     currency: Currency::USD,
///     years: 10,
///     purchase: HomePurchase {
///         price: "400000".parse()?,
///         down_payment: "80000".parse()?,
///         closing_costs: "12000".parse()?,
///         mortgage: Some(LoanQuote { annual_rate: "0.065".parse()?, term_months: 360 }),
///         mortgage_insurance_rate: Decimal::ZERO,
///         mortgage_insurance_until: None,
///         property_tax_rate: "0.011".parse()?,
///         insurance: "1800".parse()?,
///         maintenance_rate: "0.01".parse()?,
///         association_fees: Decimal::ZERO,
///         appreciation: "0.03".parse()?,
///         selling_cost_rate: "0.06".parse()?,
///     },
///     rental: HomeRental { rent: "2400".parse()?, rent_growth: "0.03".parse()?, insurance: "240".parse()? },
///     cost_growth: "0.025".parse()?,
///     investment_return: 0.05,
///     taxes: HomeTaxes::default(),
///     rounding: Rounding::HalfEven,
/// })?;
/// assert_eq!(result.mortgage_payment.to_string(), "2022.62");
/// assert_eq!(result.years.len(), 10);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `amount.out_of_range`, `rate.out_of_range`, `term.out_of_range`, `field.missing`, `decimal.too_precise`,
/// `payment.never_repays`, each at the path of its field; `result.too_large` if growth exceeds 28 digits.
#[expect(clippy::expect_used, reason = "a comparison of no years is refused")]
pub fn rent_or_buy(input: &RentOrBuyInput) -> Result<RentOrBuyResult> {
    let plan = Plan::read(input)?;
    let owner = Owner::project(&plan)?;
    let tenant = Tenant::project(&plan, plan.rent)?;
    let outcomes = plan.outcomes(&owner, &tenant)?;
    let years = plan.rows(&owner, &tenant, &outcomes)?;
    let equal_rent = equal_rent(&plan, &owner)?;
    let amounts = plan.amounts;
    let last = years.last().expect("a plan has at least one year");
    Ok(RentOrBuyResult {
        mortgage_principal: amounts.write(plan.mortgage_principal())?,
        mortgage_payment: amounts.write(plan.mortgage.as_ref().map_or(0, |mortgage| mortgage.payment))?,
        upfront_cost: amounts.write(plan.upfront())?,
        break_even_year: years
            .iter()
            .find(|year| !year.advantage_of_buying.is_negative())
            .map(|year| year.year),
        advantage_of_buying: last.advantage_of_buying,
        equal_rent: equal_rent.map(|rent| amounts.write(rent)).transpose()?,
        years,
    })
}

/// The lowest rent of the first year, in minor units, at which buying leaves at least as much at the end. A higher rent
/// never makes buying worse, so bisection finds it.
fn equal_rent(plan: &Plan, owner: &Owner) -> Result<Option<i64>> {
    let buying_is_no_worse = |rent: i64| {
        let tenant = Tenant::project(plan, rent)?;
        let outcomes = plan.outcomes(owner, &tenant)?;
        Result::Ok(outcomes.last().is_some_and(|outcome| outcome.advantage() >= 0))
    };
    // Buying is better than living for free: no rent makes them equal.
    if buying_is_no_worse(0)? {
        return Ok(None);
    }
    // From the given rent upwards, doubling, to a rent at which buying is better.
    let mut enough = plan.rent.max(1);
    while !buying_is_no_worse(enough)? {
        enough = match enough.checked_mul(2) {
            Some(doubled) if doubled <= projection::MAX_RENT => doubled,
            _ => return Ok(None),
        };
    }
    let mut short = 0;
    while enough - short > 1 {
        let middle = short + (enough - short) / 2;
        if buying_is_no_worse(middle)? {
            enough = middle;
        } else {
            short = middle;
        }
    }
    Ok(Some(enough))
}

#[cfg(test)]
mod tests;
