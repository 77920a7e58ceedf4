//! Spending rules: a household's spending in each year of retirement.
//!
//! A [`SpendingPolicy`] is validated and compiled once ([`CompiledSpending`]); along a path it is a small state machine
//! that receives the facts of each year and returns the year's spending. [`spending_path`] applies a policy to given
//! returns, year by year, with the parts of the rule that took effect.

mod amortization;
pub(crate) mod compiled;
mod constant;
mod divisors;
mod guyton_klinger;
mod input;
mod output;
mod path;
mod percentage;
pub(crate) mod portfolio_management;
mod risk_guardrails;
mod state;
#[cfg(test)]
mod tests;
mod trigger;

pub(crate) use compiled::{CompiledSpending, SpendingDecision};
pub(crate) use state::{SpendingState, SpendingYear};
pub(crate) use trigger::SpendingTriggers;

pub use input::{DistributionDivisor, SpendingPathInput, SpendingPathYear, SpendingPolicy, SpendingRule};
pub use output::{SpendingPathResult, SpendingPathRow};
pub use path::spending_path;
pub use portfolio_management::{
    FundedClass, FundingClass, FundingRole, WithdrawalFundingInput, WithdrawalFundingResult, fund_withdrawal,
};
pub use trigger::SpendingTrigger;
