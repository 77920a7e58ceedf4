//! The input of a comparison of renting and buying.

use crate::LoanQuote;
use wherewithal_base::{
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// A home to buy, a home to rent, and the return on investments.
#[derive(Debug, Clone, Wire)]
pub struct RentOrBuyInput {
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The number of years, 1 to 100. The home is sold at the end of the last one.
    #[wire(range = 1..=100)]
    pub years: u32,
    /// The home to buy.
    pub purchase: HomePurchase,
    /// The home to rent.
    pub rental: HomeRental,
    /// The annual growth of insurance and association fees, as a fraction above -1 and at most 10 (0.025 is 2.5 %).
    #[wire(rate, default, above = -1, range = ..=10)]
    pub cost_growth: Decimal,
    /// The return on investments after tax, as an effective annual rate, a fraction above -1 and at most 10 (0.05 is 5
    /// %).
    #[wire(rate, above = -1, range = ..=10)]
    pub investment_return: f64,
    /// Taxes that buying changes; none by default.
    #[wire(default)]
    pub taxes: HomeTaxes,
    /// How amounts are rounded to the minor unit of the currency where they are posted.
    #[wire(default)]
    pub rounding: Rounding,
}

/// A home to buy.
#[derive(Debug, Clone, Wire)]
pub struct HomePurchase {
    /// The price; greater than zero.
    #[wire(above = 0)]
    pub price: Decimal,
    /// The part of the price that is paid in cash; at most the price.
    pub down_payment: Decimal,
    /// The costs of buying besides the price, paid in cash.
    #[wire(default)]
    pub closing_costs: Decimal,
    /// The mortgage for the rest of the price, in level monthly payments, the first one a month after the purchase; not
    /// needed if the down payment is the price.
    pub mortgage: Option<LoanQuote>,
    /// The annual premium of private mortgage insurance, as a fraction of the mortgage's principal (0.007 is 0.7 %), 0 to 1;
    /// a twelfth is paid each month that starts with a balance above `mortgageInsuranceUntil`. It saves no tax here.
    #[wire(share, default, range = 0..=1)]
    pub mortgage_insurance_rate: Decimal,
    /// The share of the price at which mortgage insurance ends, 0 to 1. By default 0.8, at which borrowers in the United
    /// States can have it cancelled (12 U.S.C. 4902(a)); it ends by itself at 0.78 (12 U.S.C. 4902(b)).
    #[wire(share, range = 0..=1)]
    pub mortgage_insurance_until: Option<Decimal>,
    /// Annual property tax, as a fraction of the home's value (0.011 is 1.1 %), 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub property_tax_rate: Decimal,
    /// The home's insurance in the first year.
    #[wire(default)]
    pub insurance: Decimal,
    /// Annual maintenance, as a fraction of the home's value, 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub maintenance_rate: Decimal,
    /// Monthly association fees (HOA) in the first year.
    #[wire(default)]
    pub association_fees: Decimal,
    /// The annual growth of the home's value, as a fraction above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub appreciation: Decimal,
    /// The cost of selling, as a fraction of the home's value, 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub selling_cost_rate: Decimal,
}

/// A home to rent.
#[derive(Debug, Clone, Wire)]
pub struct HomeRental {
    /// The monthly rent in the first year.
    pub rent: Decimal,
    /// The annual growth of the rent, as a fraction above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub rent_growth: Decimal,
    /// The tenant's insurance in the first year.
    #[wire(default)]
    pub insurance: Decimal,
}

/// Taxes that buying a home changes. All limits are annual amounts and stay constant; the caller gives the figures that
/// the law sets for the year.
#[derive(Debug, Clone, Default, Wire)]
pub struct HomeTaxes {
    /// The marginal income tax rate, as a fraction, 0 to 1: the share of a deduction that is saved.
    #[wire(share, default, range = 0..=1)]
    pub marginal_rate: Decimal,
    /// The mortgage balance up to which interest is deductible; no limit by default.
    pub mortgage_limit: Option<Decimal>,
    /// The most property tax that is deductible in a year; no limit by default.
    pub property_tax_limit: Option<Decimal>,
    /// The annual standard deduction, available without itemizing.
    #[wire(default)]
    pub standard_deduction: Decimal,
    /// Annual itemized deductions that both households have.
    #[wire(default)]
    pub other_deductions: Decimal,
    /// The tax rate on the gain from the sale, as a fraction, 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub capital_gains_rate: Decimal,
    /// The part of the gain that is not taxed.
    #[wire(default)]
    pub capital_gains_exclusion: Decimal,
}
