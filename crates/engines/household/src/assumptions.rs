//! What a projection assumes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a projection assumes of markets, prices and taxes. There are no defaults for the markets: a projection
/// states the view of whoever makes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Assumptions {
    /// The arithmetic mean of the annual return of all accounts together, as a nominal fraction before fees
    /// (0.06 is 6 %); above -1 and up to 10.
    pub expected_return: f64,
    /// The annual standard deviation of the logarithmic return as a fraction (0.11 is 11 %); 0 to 5.
    #[schemars(range(min = 0, max = 5))]
    pub volatility: f64,
    /// How much prices rise in a year as a fraction (0.025 is 2.5 %); above -1 and up to 10.
    pub inflation: f64,
    /// What advice and funds cost in a year as a fraction of the balance; from 0 to below 1.
    #[serde(default)]
    pub annual_fee: f64,
    /// What part of taxable income goes to taxes, as a fraction from 0 to 1. Withdrawals are not taxed by it.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub effective_tax_rate: f64,
}
