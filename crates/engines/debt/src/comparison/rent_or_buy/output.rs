//! The result of a comparison of renting and buying.

use wherewithal_base::{num::Decimal, wire::Wire};

/// Buying compared with renting.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct RentOrBuyResult {
    /// The price less the down payment.
    pub mortgage_principal: Decimal,
    /// The monthly payment of the mortgage; zero without one.
    pub mortgage_payment: Decimal,
    /// The buyer's cash payment at the purchase, which the tenant invests: the down payment and the closing costs.
    pub upfront_cost: Decimal,
    /// The first year at the end of which the buyer has at least as much as the tenant; null if there is none.
    pub break_even_year: Option<u32>,
    /// The buyer's wealth less the tenant's at the end of the last year.
    pub advantage_of_buying: Decimal,
    /// The rent of the first month, all else equal, at which both households end with the same wealth: the lowest, to
    /// the minor unit, at which the buyer has at least as much. Null if buying is better even than living rent-free, or
    /// worse at any rent.
    pub equal_rent: Option<Decimal>,
    /// One row a year.
    pub years: Vec<RentOrBuyYear>,
}

/// A year of both households. Flows are sums of the twelve months; balances and values are those at the end of the
/// year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct RentOrBuyYear {
    /// The year, from 1.
    pub year: u32,
    /// The payments of the mortgage.
    pub mortgage_payments: Decimal,
    /// The interest in them.
    pub mortgage_interest: Decimal,
    /// The premiums of mortgage insurance.
    pub mortgage_insurance: Decimal,
    /// The property tax.
    pub property_tax: Decimal,
    /// The home's insurance.
    pub insurance: Decimal,
    /// The maintenance.
    pub maintenance: Decimal,
    /// The association fees.
    pub association_fees: Decimal,
    /// The income tax that the deductions save, compared with the tenant's.
    pub tax_saving: Decimal,
    /// What the buyer pays in total: the mortgage, its insurance and the costs of the home, less the tax saved.
    pub buyer_outlay: Decimal,
    /// The rent.
    pub rent: Decimal,
    /// The tenant's insurance.
    pub tenant_insurance: Decimal,
    /// The tenant's total payments.
    pub tenant_outlay: Decimal,
    /// The home's value at the end.
    pub home_value: Decimal,
    /// The balance of the mortgage at the end.
    pub mortgage_balance: Decimal,
    /// The cost of selling the home at the end.
    pub selling_costs: Decimal,
    /// The tax on the gain from that sale.
    pub capital_gains_tax: Decimal,
    /// The buyer's investments, from months in which the home cost less than renting, with their returns.
    pub buyer_investments: Decimal,
    /// The tenant's investments, with their returns.
    pub tenant_investments: Decimal,
    /// The cost of buying so far, without returns: the cash at the purchase and all outlays, less the proceeds of the
    /// sale.
    pub buyer_net_cost: Decimal,
    /// The cost of renting so far, without returns: all outlays.
    pub tenant_net_cost: Decimal,
    /// The home's value less the costs of selling, the mortgage and the tax, and the buyer's investments.
    pub buyer_wealth: Decimal,
    /// The tenant's investments.
    pub tenant_wealth: Decimal,
    /// The buyer's wealth less the tenant's.
    pub advantage_of_buying: Decimal,
}
