//! The plan as a whole.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    EarlyWithdrawalPenalty, RetirementAccount, RetirementAllocation, RetirementBequest, RetirementCare,
    RetirementContribution, RetirementDebt, RetirementEducation, RetirementExpense, RetirementIncome,
    RetirementLumpSum, RetirementPerson, RetirementProperty, RetirementRebalancing,
    RetirementRequiredDistributions, RetirementSocialSecurity, RetirementSpending, RetirementSuccess,
    RetirementTaxes, RothConversion, WithdrawalOrder,
};
use wherewithal_market::MarketModel;

/// A household's plan, to be simulated along many paths of a market.
///
/// A plan runs in calendar years. In each year money moves first and then grows: see `retirement.run` for the
/// order of events. Amounts are in units of one currency. "Today's money" is the money of the start of the first
/// year; such an amount rises with the prices of each path. A person's age in a year is the year less the year of birth.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetirementPlan {
    /// The first calendar year of the plan, 1900 to 2200. Balances are those of its start.
    #[schemars(range(min = 1900, max = 2200))]
    pub first_year: u32,

    /// One person or two.
    pub people: Vec<RetirementPerson>,

    /// The accounts, 1 to 20.
    pub accounts: Vec<RetirementAccount>,

    /// What accounts without an allocation of their own are invested in.
    pub allocation: RetirementAllocation,

    /// When accounts are brought back to their allocation.
    #[serde(default)]
    pub rebalancing: RetirementRebalancing,

    /// Savings, at most 100.
    #[serde(default)]
    pub contributions: Vec<RetirementContribution>,

    /// Salaries, pensions, rents, annuities and other incomes, at most 100.
    #[serde(default)]
    pub incomes: Vec<RetirementIncome>,

    /// Social Security benefits, at most one for each person.
    #[serde(default)]
    pub social_security: Vec<RetirementSocialSecurity>,

    /// Expenses beside the living expenses of `spending`, at most 100.
    #[serde(default)]
    pub expenses: Vec<RetirementExpense>,

    /// The education of children, at most 100.
    #[serde(default)]
    pub education: Vec<RetirementEducation>,

    /// Long-term care, at most one for each person.
    #[serde(default)]
    pub long_term_care: Vec<RetirementCare>,

    /// Debts, at most 100.
    #[serde(default)]
    pub debts: Vec<RetirementDebt>,

    /// Homes and other properties, at most 100. They are not part of the balances.
    #[serde(default)]
    pub properties: Vec<RetirementProperty>,

    /// Money that comes or goes once, at most 100.
    #[serde(default)]
    pub lump_sums: Vec<RetirementLumpSum>,

    /// Conversions from traditional to Roth accounts, at most 100.
    #[serde(default)]
    pub conversions: Vec<RothConversion>,

    /// The living expenses.
    pub spending: RetirementSpending,

    /// From which accounts money is withdrawn first.
    #[serde(default)]
    pub withdrawal_order: WithdrawalOrder,

    /// The account that takes what is left of a year's income: a taxable or cash account. By default the first
    /// taxable one, else the first cash account; without either the money is spent.
    #[serde(default)]
    pub surplus_account: Option<String>,

    /// Minimum distributions from traditional accounts; none where this is left out.
    #[serde(default)]
    pub required_distributions: Option<RetirementRequiredDistributions>,

    /// How income is taxed; by default not at all.
    #[serde(default)]
    pub taxes: RetirementTaxes,

    /// What withdrawals from traditional and health savings accounts cost besides, before an age; nothing by default.
    #[serde(default)]
    pub early_withdrawal_penalty: Option<EarlyWithdrawalPenalty>,

    /// What is to be left at the end.
    #[serde(default)]
    pub bequest: Option<RetirementBequest>,

    /// What counts as success.
    #[serde(default)]
    pub success: RetirementSuccess,

    /// How asset classes and prices are assumed to move.
    pub market: MarketModel,

    /// The steps in which the market moves.
    #[serde(default)]
    pub steps: RetirementSteps,

    /// The number of years after which the plan ends in any case, 1 to 120; by default it ends with the last death.
    #[serde(default)]
    #[schemars(range(min = 1, max = 120))]
    pub years: Option<u32>,

    /// Number of paths, 1 to 10,000,000. Paths times years must not exceed 25,000,000. A market of cohorts or
    /// of given paths may have fewer.
    #[serde(default = "default_paths")]
    #[schemars(range(min = 1, max = 10_000_000))]
    pub paths: u64,

    /// Seed of the random numbers, 0 to 2^53 - 1. The same seed gives the same paths in every language, on every
    /// machine and at any number of threads, and two plans with the same seed live through the same markets.
    #[serde(default)]
    #[schemars(range(min = 0, max = 9_007_199_254_740_991_u64))]
    pub seed: u64,

    /// The percentiles to report, 0 to 100, ascending, at most 101.
    #[serde(default = "default_percentiles")]
    pub percentiles: Vec<f64>,
}

/// The steps in which the market of a plan moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RetirementSteps {
    /// One step a year; all money moves at the start of the year.
    #[default]
    Annual,
    /// Twelve steps a year; what is paid into and out of accounts is spread evenly over the starts of the months.
    Monthly,
}

/// A question to `retirement.path`: one path of a plan, year by year.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetirementPathInput {
    /// The plan that the path belongs to.
    pub plan: RetirementPlan,

    /// Which of its paths, counted from 0.
    #[serde(default)]
    #[schemars(range(min = 0, max = 9_999_999))]
    pub path: u64,
}

impl RetirementPlan {
    /// A plan of accounts and spending in one market, with nothing else: 10,000 annual paths until the last death, without
    /// taxes.
    #[must_use]
    pub fn new(
        first_year: u32,
        people: Vec<RetirementPerson>,
        accounts: Vec<RetirementAccount>,
        allocation: RetirementAllocation,
        spending: RetirementSpending,
        market: MarketModel,
    ) -> Self {
        Self {
            first_year,
            people,
            accounts,
            allocation,
            rebalancing: RetirementRebalancing::default(),
            contributions: Vec::new(),
            incomes: Vec::new(),
            social_security: Vec::new(),
            expenses: Vec::new(),
            education: Vec::new(),
            long_term_care: Vec::new(),
            debts: Vec::new(),
            properties: Vec::new(),
            lump_sums: Vec::new(),
            conversions: Vec::new(),
            spending,
            withdrawal_order: WithdrawalOrder::default(),
            surplus_account: None,
            required_distributions: None,
            taxes: RetirementTaxes::default(),
            early_withdrawal_penalty: None,
            bequest: None,
            success: RetirementSuccess::default(),
            market,
            steps: RetirementSteps::default(),
            years: None,
            paths: default_paths(),
            seed: 0,
            percentiles: default_percentiles(),
        }
    }
}

fn default_paths() -> u64 {
    10_000
}

fn default_percentiles() -> Vec<f64> {
    vec![5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0]
}
