//! Living expenses, withdrawals and goals of a plan.

use super::RetirementMoment;
use crate::{DistributionDivisor, SpendingPolicy};
use wherewithal_base::wire::Wire;

/// The living expenses of a household.
#[derive(Debug, Clone, Wire)]
pub struct RetirementSpending {
    /// Annual living expenses before `start`, in today's money, 0 to 10^15; the rest of income is saved. Without it,
    /// all remaining income is spent, and money is withdrawn only for other payments.
    #[wire(range = 0..=1e15)]
    pub before_retirement: Option<f64>,

    /// Living expenses from `start` on. Debts, expenses, education, care and taxes come on top.
    pub policy: SpendingPolicy,

    /// The first year of the policy; by default the first year in which everyone has retired.
    pub start: Option<RetirementMoment>,

    /// The spending of one person after the other's death, as a share of the spending of both, 0 to 1. It scales the
    /// amount of the policy.
    #[wire(share, default = one, range = 0..=1)]
    pub survivor_share: f64,

    /// The number of years that the policy plans for, counted from the start of the plan, 1 to 150; by default those of
    /// the plan.
    #[wire(range = 1..=150)]
    pub planning_years: Option<u32>,

    /// Annual inflation for the valuation of future income, as a fraction above -1 and at most 10. Only the rules
    /// `amortization` and `riskGuardrails` use the value of future income.
    #[wire(rate, default = expected_inflation, above = -1, range = ..=10)]
    pub expected_inflation: f64,
}

impl RetirementSpending {
    /// A policy from the year on in which everyone has retired; before it, all remaining income is spent.
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

/// The order in which accounts are used for withdrawals. Within a group, accounts keep the order of the plan.
#[derive(Debug, Clone, PartialEq, Default, Wire)]
#[wire(tag = "kind")]
pub enum WithdrawalOrder {
    /// Cash, then taxable, traditional, Roth and health savings accounts.
    #[default]
    TaxableFirst,
    /// All accounts in proportion to their balances.
    Proportional,
    /// Traditional accounts until the year's ordinary income reaches an amount; then cash, taxable and Roth accounts,
    /// the rest of the traditional ones, and health savings accounts.
    BracketFilling {
        /// Ordinary income before deductions and without Social Security, in today's money, 0 to 10^15.
        #[wire(range = 0..=1e15)]
        ordinary_income: f64,
    },
    /// The named accounts, then the others as in `taxableFirst`.
    Custom {
        /// The names of the accounts, each at most once.
        #[wire(length = ..=20)]
        accounts: Vec<String>,
    },
}

/// Minimum distributions: in each year, a traditional account pays out at least its balance at the start of the year,
/// divided by a divisor for its owner's age. The part that is not spent is saved.
#[derive(Debug, Clone, Wire)]
#[wire(tag = "kind")]
pub enum RetirementRequiredDistributions {
    /// By the rules of the United States (see `retirement_accounts.required_minimum_distribution`): from an age that
    /// depends on the year of birth, by the uniform table, or by the joint table if the other person is alive and more
    /// than ten years younger. The first distribution is made in its own year.
    UnitedStates,
    /// By given divisors.
    Divisors {
        /// The age of the first distribution, 0 to 150.
        #[wire(range = 0..=150)]
        start_age: u32,
        /// The divisor of each age, in ascending order of ages without gaps, from `startAge` or before; 1 to 150 of
        /// them. Above the last age, the last divisor applies.
        #[wire(length = 1..=150)]
        divisors: Vec<DistributionDivisor>,
    },
}

/// The amount to leave in the accounts at the end of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct RetirementBequest {
    /// The amount, 0 to 10^15.
    #[wire(range = 0..=1e15)]
    pub amount: f64,

    /// Whether the amount is in today's money and rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,
}

/// The criterion of success, in addition to the bequest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum RetirementSuccess {
    /// All spending of the policy and all other payments are made.
    #[default]
    AllSpending,
    /// The essential spending of the policy and all other payments are made.
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
