//! Assumptions of a projection.

use wherewithal_base::wire::Wire;

/// Assumptions of a projection about markets, prices and taxes. There are no defaults for the markets: whoever makes a
/// projection has to state a view of them.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Assumptions {
    /// The arithmetic mean of the annual return of all accounts together, as a nominal fraction before fees
    /// (0.06 is 6 %); above -1 and up to 10.
    #[wire(above = -1, range = ..=10)]
    pub expected_return: f64,
    /// The annual standard deviation of the logarithmic return as a fraction (0.11 is 11 %); 0 to 5.
    #[wire(range = 0..=5)]
    pub volatility: f64,
    /// Annual inflation as a fraction (0.025 is 2.5 %); above -1 and up to 10.
    #[wire(above = -1, range = ..=10)]
    pub inflation: f64,
    /// The annual cost of advice and funds as a fraction of the balance; from 0 to below 1.
    #[wire(default, range = 0.., below = 1)]
    pub annual_fee: f64,
    /// The share of taxable income that goes to taxes, as a fraction from 0 to 1. It does not apply to withdrawals.
    #[wire(default, range = 0..=1)]
    pub effective_tax_rate: f64,
}
