//! What a projection assumes.

use wherewithal_base::wire::Wire;

/// What a projection assumes of markets, prices and taxes. There are no defaults for the markets: a projection
/// states the view of whoever makes it.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Assumptions {
    /// The arithmetic mean of the annual return of all accounts together, as a nominal fraction before fees
    /// (0.06 is 6 %); above -1 and up to 10.
    pub expected_return: f64,
    /// The annual standard deviation of the logarithmic return as a fraction (0.11 is 11 %); 0 to 5.
    #[wire(range = 0..=5)]
    pub volatility: f64,
    /// How much prices rise in a year as a fraction (0.025 is 2.5 %); above -1 and up to 10.
    pub inflation: f64,
    /// What advice and funds cost in a year as a fraction of the balance; from 0 to below 1.
    #[wire(default)]
    pub annual_fee: f64,
    /// What part of taxable income goes to taxes, as a fraction from 0 to 1. Withdrawals are not taxed by it.
    #[wire(default, range = 0..=1)]
    pub effective_tax_rate: f64,
}
