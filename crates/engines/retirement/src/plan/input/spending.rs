//! Living expenses, withdrawals and what is to be reached.

use super::RetirementMoment;
use crate::{DistributionDivisor, SpendingPolicy};
use wherewithal_base::wire::Wire;

/// The living expenses of a household.
#[derive(Debug, Clone, Wire)]
pub struct RetirementSpending {
    /// Living expenses of one year before `start`, in today's money, 0 to 10^15; what is left of income is saved.
    /// Without it all that is left of income is spent, and nothing is withdrawn but for what is due.
    pub before_retirement: Option<f64>,

    /// How much is spent from `start` on. Debts, expenses, education, care and taxes come on top.
    pub policy: SpendingPolicy,

    /// The first year of the policy; by default the first in which everyone has retired.
    pub start: Option<RetirementMoment>,

    /// What one person spends after the other's death, as a share of what both would spend, 0 to 1. It scales what the
    /// policy says.
    #[wire(default = one)]
    pub survivor_share: f64,

    /// The number of years, counted from the start of the plan, that the policy plans for; 1 to 150. By default those
    /// of the plan.
    #[wire(range = 1..=150)]
    pub planning_years: Option<u32>,

    /// The rise of prices in one year that future income is valued with, as a fraction from above -1 to 10. Only the
    /// rules `amortization` and `riskGuardrails` look at the value of future income.
    #[wire(default = expected_inflation)]
    pub expected_inflation: f64,
}

impl RetirementSpending {
    /// A policy from the retirement of everyone on; before it, all that is left of income is spent.
    #[must_use]
    pub fn of(policy: SpendingPolicy) -> Self {
        Self {
            before_retirement: None,
            policy,
            start: None,
            survivor_share: one(),
            planning_years: None,
            expected_inflation: expected_inflation(),
        }
    }
}

/// From which accounts money is withdrawn first. Within a group the accounts keep the order of the plan.
#[derive(Debug, Clone, PartialEq, Default, Wire)]
#[wire(tag = "kind")]
pub enum WithdrawalOrder {
    /// Cash, then taxable accounts, traditional ones, Roth accounts, health savings.
    #[default]
    TaxableFirst,
    /// From all accounts in proportion to their balances.
    Proportional,
    /// Traditional accounts until the year's ordinary income reaches an amount; then cash, taxable accounts, Roth
    /// accounts, the rest of the traditional ones, health savings.
    BracketFilling {
        /// Ordinary income before deductions and without Social Security, in today's money, 0 to 10^15.
        ordinary_income: f64,
    },
    /// The accounts that are named, then the others as in `taxableFirst`.
    Custom {
        /// The names of the accounts, each at most once.
        accounts: Vec<String>,
    },
}

/// Minimum distributions: in each year a traditional account pays out at least its balance at the start of the year
/// divided by a divisor for its owner's age. What is not spent is saved.
#[derive(Debug, Clone, Wire)]
#[wire(tag = "kind")]
pub enum RetirementRequiredDistributions {
    /// By the rules of the United States (see `retirement_accounts.required_minimum_distribution`): from the age that the year of
    /// birth gives, by the uniform table, or by the joint table where the other person lives and is more than ten years
    /// younger. The first distribution is made in its own year.
    UnitedStates,
    /// By divisors that are given.
    Divisors {
        /// The age of the first distribution, 0 to 150.
        #[wire(range = 0..=150)]
        start_age: u32,
        /// The divisor of each age, in ascending order of the ages without a gap, from `startAge` or before; 1 to 150 of
        /// them. Above the last age the last divisor counts.
        divisors: Vec<DistributionDivisor>,
    },
}

/// What is to be left in the accounts at the end of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct RetirementBequest {
    /// The amount, 0 to 10^15.
    pub amount: f64,

    /// Whether the amount is in today's money and rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,
}

/// What counts as success, beside the bequest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum RetirementSuccess {
    /// All that the spending policy asked for was paid, and all that was due.
    #[default]
    AllSpending,
    /// The essential part of it was paid, and all that was due.
    EssentialSpending,
}

fn expected_inflation() -> f64 {
    0.025
}

fn yes() -> bool {
    true
}

fn one() -> f64 {
    1.0
}
