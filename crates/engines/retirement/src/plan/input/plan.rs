//! The plan as a whole.

use super::{
    EarlyWithdrawalPenalty, RetirementAccount, RetirementAllocation, RetirementBequest, RetirementCare,
    RetirementContribution, RetirementDebt, RetirementEducation, RetirementExpense, RetirementIncome,
    RetirementLumpSum, RetirementPerson, RetirementProperty, RetirementRequiredDistributions,
    RetirementSocialSecurity, RetirementSpending, RetirementSuccess, RetirementTaxes, RothConversion,
    WithdrawalOrder,
};
use wherewithal_base::wire::Wire;
use wherewithal_market::MarketModel;
use wherewithal_simulation::{Rebalancing, Steps};

/// A household's retirement plan, to be simulated along many paths of a market.
///
/// A plan runs in calendar years. In each year, money moves first and then grows: see `retirement.run` for the order of
/// events. Amounts are in units of one currency. "Today's money" is the money of the start of the first year; such an
/// amount rises with the prices of each path. A person's age in a year is the year minus the year of birth.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPlan {
    /// The first calendar year of the plan, 1900 to 2200. Balances are those of its start.
    #[wire(range = 1900..=2200)]
    pub first_year: u32,

    /// The months of the first year that the plan counts, 1 to 12: the last ones, so that balances are those of the start of
    /// the first of them. Of that year, annual amounts count by their twelfths: incomes, benefits, expenses, costs, living
    /// expenses, contributions and their limits, conversions, minimum distributions and what accounts distribute; and so do
    /// returns, inflation and the growth of properties, as a power of the year's (with monthly steps, its last months are
    /// those that count). Taxes are what these months add to the year: the income of the months before is taken to have been
    /// the same each month, and taxed. What happens once, and the dated payments of a loan, count in full.
    #[wire(default = twelve, range = 1..=12)]
    pub first_year_months: u32,

    /// One person or two.
    #[wire(length = 1..=2)]
    pub people: Vec<RetirementPerson>,

    /// The accounts, 1 to 20.
    #[wire(length = 1..=20)]
    pub accounts: Vec<RetirementAccount>,

    /// The allocation of accounts without one of their own.
    pub allocation: RetirementAllocation,

    /// When accounts are brought back to their allocation: at the start of a year, when bands are checked too, so that
    /// `everyStep` is refused with monthly steps. In a taxable account, gains from the sales are taxed. Deposits are
    /// invested by the allocation; withdrawals are taken from all classes in proportion to their value.
    #[wire(default = annually)]
    pub rebalancing: Rebalancing,

    /// Contributions, at most 100.
    #[wire(default, length = ..=100)]
    pub contributions: Vec<RetirementContribution>,

    /// Salaries, pensions, rents, annuities and other incomes, at most 100.
    #[wire(default, length = ..=100)]
    pub incomes: Vec<RetirementIncome>,

    /// Social Security benefits, at most one for each person.
    #[wire(default, length = ..=2)]
    pub social_security: Vec<RetirementSocialSecurity>,

    /// Expenses in addition to the living expenses of `spending`, at most 100.
    #[wire(default, length = ..=100)]
    pub expenses: Vec<RetirementExpense>,

    /// The education of children, at most 100.
    #[wire(default, length = ..=100)]
    pub education: Vec<RetirementEducation>,

    /// Long-term care, at most one for each person.
    #[wire(default, length = ..=2)]
    pub long_term_care: Vec<RetirementCare>,

    /// Debts, at most 100.
    #[wire(default, length = ..=100)]
    pub debts: Vec<RetirementDebt>,

    /// Homes and other properties, at most 100. They are not part of the balances.
    #[wire(default, length = ..=100)]
    pub properties: Vec<RetirementProperty>,

    /// One-time payments and receipts, at most 100.
    #[wire(default, length = ..=100)]
    pub lump_sums: Vec<RetirementLumpSum>,

    /// Conversions from traditional to Roth accounts, at most 100.
    #[wire(default, length = ..=100)]
    pub conversions: Vec<RothConversion>,

    /// The living expenses.
    pub spending: RetirementSpending,

    /// The order in which accounts are used for withdrawals.
    #[wire(default)]
    pub withdrawal_order: WithdrawalOrder,

    /// The account into which surplus income is deposited: a taxable or cash account. By default the first taxable
    /// account, otherwise the first cash account; without either, the surplus is spent.
    pub surplus_account: Option<String>,

    /// Minimum distributions from traditional accounts; by default none.
    pub required_distributions: Option<RetirementRequiredDistributions>,

    /// The taxes on income; by default none.
    #[wire(default)]
    pub taxes: RetirementTaxes,

    /// The penalty on early withdrawals from traditional and health savings accounts; by default none.
    pub early_withdrawal_penalty: Option<EarlyWithdrawalPenalty>,

    /// The amount to leave at the end.
    pub bequest: Option<RetirementBequest>,

    /// The criterion of success.
    #[wire(default)]
    pub success: RetirementSuccess,

    /// The model of the asset classes' returns and of inflation.
    pub market: MarketModel,

    /// The steps in which the market moves. With annual steps all money moves at the start of the year; with monthly
    /// steps, what is decided at the start of the year is settled in twelve parts, from what the accounts hold in each
    /// month (see `retirement.run`).
    #[wire(default)]
    pub steps: Steps,

    /// The largest number of years of the plan, 1 to 120; it ends with the last death if that is earlier, and by
    /// default.
    #[wire(range = 1..=120)]
    pub years: Option<u32>,

    /// Number of paths, 1 to 10,000,000. Paths times years must not exceed 25,000,000. A market of cohorts or of given
    /// paths may have fewer paths.
    #[wire(default = default_paths, range = 1..=10_000_000)]
    pub paths: u64,

    /// Seed of the random numbers, 0 to 2^53 - 1. The same seed gives the same paths in every language, on every
    /// machine and at any number of threads, and two plans with the same seed and market see the same returns.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,

    /// The percentiles to report, 0 to 100, ascending, at most 101.
    #[wire(default = default_percentiles, range = 0..=100, length = ..=101)]
    pub percentiles: Vec<f64>,
}

/// Input of `retirement.path`: one path of a plan, year by year.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPathInput {
    /// The plan that the path belongs to.
    pub plan: RetirementPlan,

    /// The number of the path, counted from 0.
    #[wire(default, range = 0..=9_999_999)]
    pub path: u64,
}

impl RetirementPlan {
    /// A plan of accounts and spending in one market and nothing else: 10,000 paths in annual steps until the last
    /// death, without taxes.
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
            first_year_months: twelve(),
            people,
            accounts,
            allocation,
            rebalancing: annually(),
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
            steps: Steps::default(),
            years: None,
            paths: default_paths(),
            seed: 0,
            percentiles: default_percentiles(),
        }
    }
}

fn twelve() -> u32 {
    12
}

fn annually() -> Rebalancing {
    Rebalancing::Annually
}

fn default_paths() -> u64 {
    10_000
}

fn default_percentiles() -> Vec<f64> {
    vec![5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0]
}
