//! What is asked.

use crate::LoanQuote;
use wherewithal_base::{
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// A home that could be bought, one that could be rented, and what money earns meanwhile.
#[derive(Debug, Clone, Wire)]
pub struct RentOrBuyInput {
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// For how many years, 1 to 100. At the end of the last one the home would be sold.
    #[wire(range = 1..=100)]
    pub years: u32,
    /// The home that could be bought.
    pub purchase: HomePurchase,
    /// The home that could be rented.
    pub rental: HomeRental,
    /// By how much insurance and association fees rise a year, as a fraction above -1 and at most 10 (0.025 is
    /// 2.5 %).
    #[wire(default)]
    pub cost_growth: Decimal,
    /// What investments earn after tax, as an effective annual rate, a fraction above -1 and at most 10 (0.05 is
    /// 5 %).
    pub investment_return: f64,
    /// Taxes that buying changes; none by default.
    #[wire(default)]
    pub taxes: HomeTaxes,
    /// How amounts are rounded to the minor unit of the currency where they are posted.
    #[wire(default)]
    pub rounding: Rounding,
}

/// A home that could be bought.
#[derive(Debug, Clone, Wire)]
pub struct HomePurchase {
    /// The price; greater than zero.
    pub price: Decimal,
    /// What of the price is paid in cash; at most the price.
    pub down_payment: Decimal,
    /// What buying costs beside the price, in cash.
    #[wire(default)]
    pub closing_costs: Decimal,
    /// The mortgage for the rest of the price, in level monthly payments, the first one a month after the purchase; not
    /// needed if the down payment is the price.
    pub mortgage: Option<LoanQuote>,
    /// Property tax in a year, as a fraction of the home's value (0.011 is 1.1 %), 0 to 1.
    #[wire(default)]
    pub property_tax_rate: Decimal,
    /// The home's insurance in the first year.
    #[wire(default)]
    pub insurance: Decimal,
    /// Maintenance in a year, as a fraction of the home's value, 0 to 1.
    #[wire(default)]
    pub maintenance_rate: Decimal,
    /// Association fees (HOA) a month in the first year.
    #[wire(default)]
    pub association_fees: Decimal,
    /// By how much the home's value rises a year, as a fraction above -1 and at most 10.
    #[wire(default)]
    pub appreciation: Decimal,
    /// What selling costs, as a fraction of the home's value, 0 to 1.
    #[wire(default)]
    pub selling_cost_rate: Decimal,
}

/// A home that could be rented.
#[derive(Debug, Clone, Wire)]
pub struct HomeRental {
    /// The rent a month in the first year.
    pub rent: Decimal,
    /// By how much the rent rises a year, as a fraction above -1 and at most 10.
    #[wire(default)]
    pub rent_growth: Decimal,
    /// The tenant's insurance in the first year.
    #[wire(default)]
    pub insurance: Decimal,
}

/// Taxes that buying a home changes. All limits are amounts of a year that stay the same; the law's numbers of the
/// year are the caller's to give.
#[derive(Debug, Clone, Default, Wire)]
pub struct HomeTaxes {
    /// What a deduction saves, as a fraction of it, 0 to 1: the marginal rate of income tax.
    #[wire(default)]
    pub marginal_rate: Decimal,
    /// The balance of a mortgage up to which its interest is deducted; no limit by default.
    pub mortgage_limit: Option<Decimal>,
    /// How much property tax is deducted at most in a year; no limit by default.
    pub property_tax_limit: Option<Decimal>,
    /// The deduction that is had without itemizing, in a year.
    #[wire(default)]
    pub standard_deduction: Decimal,
    /// Itemized deductions in a year that both households have.
    #[wire(default)]
    pub other_deductions: Decimal,
    /// Tax on the gain from the sale, as a fraction of it, 0 to 1.
    #[wire(default)]
    pub capital_gains_rate: Decimal,
    /// The gain that is not taxed.
    #[wire(default)]
    pub capital_gains_exclusion: Decimal,
}
