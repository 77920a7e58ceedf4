//! Spending rules: how much a household spends in each year of retirement.
//!
//! A [`SpendingPolicy`] is checked and compiled once ([`CompiledSpending`]); along a path it is a small state machine
//! that is told of each year and answers with the year's spending. [`spending_path`] walks one policy along returns
//! that are given, year by year, and says which part of the rule spoke in each year.

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
