//! What a plan answers.

use crate::SpendingTrigger;
use wherewithal_base::wire::Wire;
use wherewithal_market::CorrelationRepair;
use wherewithal_simulation::{Distribution, FanRow, Success};

/// The answer of `retirement.run`.
#[derive(Debug, Clone, Wire)]
pub struct RetirementResult {
    /// The paths that succeed by the plan's own measure: its spending is paid and its bequest met.
    pub success: Success,

    /// Share of paths that pay all spending, and all that is due.
    pub all_spending_probability: f64,

    /// Share of paths that pay essential spending, and all that is due.
    pub essential_spending_probability: f64,

    /// Share of paths that leave the bequest; null where none was asked for.
    pub bequest_probability: Option<f64>,

    /// The balances at the start of the plan and at the end of each year, over the paths that are still running: one row
    /// for each year and percentile, ordered by year, then percentile.
    pub fan: Vec<FanRow>,

    /// Means over the paths that are still running, one row for each year.
    pub years: Vec<RetirementYearMeans>,

    /// What the accounts hold at the end of the plan, nominal.
    pub terminal_nominal: Distribution,

    /// What the accounts hold at the end of the plan, in today's money.
    pub terminal_real: Distribution,

    /// Living expenses that were paid in retirement, the years added up in today's money.
    pub lifetime_spending: Distribution,

    /// What could not be paid.
    pub shortfall: RetirementShortfall,

    /// How much the first years of retirement decide.
    pub sequence_of_returns: RetirementSequence,

    /// The path with the least left at the end, in today's money, less what it could not pay.
    pub worst_path: RetirementPathSummary,

    /// The path in the middle of that order.
    pub median_path: RetirementPathSummary,

    /// The path at the top of that order.
    pub best_path: RetirementPathSummary,

    /// Correlation matrices of the market that contradicted themselves, and what took their place.
    pub correlation_repairs: Vec<CorrelationRepair>,

    /// The number of paths that were run: as many as were asked for, or fewer where the market has only so many.
    pub paths: u64,

    /// The seed that was used.
    pub seed: u64,
}

/// Means of one year, in nominal money where nothing else is said.
#[derive(Debug, Clone, Wire)]
pub struct RetirementYearMeans {
    /// The calendar year.
    pub year: u32,

    /// Share of all paths that are still running, 0 to 1.
    pub running: f64,

    /// Incomes, sales and lump sums that come in, Social Security excepted.
    pub income: f64,

    /// Social Security.
    pub social_security: f64,

    /// What is due beside living expenses: expenses, education, care, debts, the costs of properties, lump sums that go
    /// out.
    pub due: f64,

    /// Contributions of the household.
    pub contributions: f64,

    /// All taxes.
    pub taxes: f64,

    /// Living expenses that were paid.
    pub spending: f64,

    /// The same in today's money.
    pub real_spending: f64,

    /// What could not be paid.
    pub shortfall: f64,

    /// What was left of income.
    pub surplus: f64,

    /// What leaves each account for the household, in the order of the accounts.
    pub withdrawals: Vec<RetirementWithdrawal>,

    /// All balances at the end of the year.
    pub balance: f64,

    /// The same in today's money.
    pub real_balance: f64,
}

/// What leaves an account for the household: withdrawals, minimum distributions and what it pays for health.
#[derive(Debug, Clone, Wire)]
pub struct RetirementWithdrawal {
    /// The name of the account.
    pub account: String,

    /// The amount.
    pub amount: f64,
}

/// What could not be paid.
#[derive(Debug, Clone, Wire)]
pub struct RetirementShortfall {
    /// Share of paths in which something could not be paid.
    pub share: f64,

    /// Mean over all paths of what could not be paid, in today's money.
    pub expected: f64,

    /// What could not be paid in today's money, over the paths in which there was something; null where there is none.
    pub amount: Option<Distribution>,

    /// Years in which something could not be paid, over the same paths.
    pub years_short: Option<Distribution>,

    /// The age of the first person in the first of those years, over the same paths; the age that would have been
    /// reached where that person has died.
    pub depletion_age: Option<Distribution>,
}

/// How much the first years of retirement decide: paths in fifths by the mean real return of the plan's allocation in
/// the first ten years of retirement, or as many as the plan has.
#[derive(Debug, Clone, Wire)]
pub struct RetirementSequence {
    /// Pearson's correlation of that return with what is left at the end in today's money; null where either is the
    /// same in all paths.
    pub correlation: Option<f64>,

    /// The fifths, the lowest returns first; fewer where there are fewer paths.
    pub quintiles: Vec<RetirementQuintile>,
}

/// A fifth of the paths.
#[derive(Debug, Clone, Wire)]
pub struct RetirementQuintile {
    /// The number of the fifth, from 1.
    pub quintile: u32,

    /// The number of paths.
    pub paths: u64,

    /// The least of the early returns, as a fraction a year.
    pub lowest_return: f64,

    /// Their mean.
    pub mean_return: f64,

    /// The greatest of them.
    pub highest_return: f64,

    /// Share of these paths that succeed.
    pub success_probability: f64,

    /// Mean of what is left at the end, in today's money.
    pub mean_terminal_real: f64,

    /// Median of what is left at the end, in today's money.
    pub median_terminal_real: f64,
}

/// A path to be looked at with `retirement.path`.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPathSummary {
    /// Which path, counted from 0.
    pub path: u64,

    /// Whether it succeeds.
    pub success: bool,

    /// The number of years.
    pub years: u32,

    /// What the accounts hold at the end, nominal.
    pub terminal_nominal: f64,

    /// The same in today's money.
    pub terminal_real: f64,

    /// Living expenses that were paid in retirement, in today's money.
    pub lifetime_spending: f64,

    /// What could not be paid, in today's money.
    pub shortfall: f64,

    /// Years in which something could not be paid.
    pub years_short: u32,

    /// The first calendar year in which something could not be paid; null where all was paid.
    pub depletion_year: Option<u32>,
}

/// The answer of `retirement.path`: the ledger of one path.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPathResult {
    /// What became of the path.
    pub summary: RetirementPathSummary,

    /// One row for each year.
    pub rows: Vec<RetirementYearRow>,
}

/// One year of a path, in nominal money. What comes in pays what goes out: `totalIncome + requiredDistributions + health
/// paid by accounts + withdrawals + arrears = spending + totalDue + contributions + taxes + surplus + arrearsPaid -
/// shortfall`.
#[derive(Debug, Clone, Wire)]
pub struct RetirementYearRow {
    /// The calendar year.
    pub year: u32,

    /// The level of prices at the start of the year, at which money moves; 1 at the start of the plan.
    pub price_level: f64,

    /// Who lives.
    pub people: Vec<RetirementPersonYear>,

    /// The accounts.
    pub accounts: Vec<RetirementAccountYear>,

    /// Incomes, as listed in the plan.
    pub incomes: Vec<RetirementItemYear>,

    /// Social Security benefits by person.
    pub social_security: Vec<RetirementItemYear>,

    /// Lump sums; negative where they go out.
    pub lump_sums: Vec<RetirementItemYear>,

    /// Expenses.
    pub expenses: Vec<RetirementItemYear>,

    /// The education of children.
    pub education: Vec<RetirementItemYear>,

    /// Long-term care by person.
    pub long_term_care: Vec<RetirementItemYear>,

    /// Debts.
    pub debts: Vec<RetirementDebtYear>,

    /// Properties.
    pub properties: Vec<RetirementPropertyYear>,

    /// All that comes in, withdrawals from accounts excepted.
    pub total_income: f64,

    /// All that is due beside living expenses, contributions and taxes.
    pub total_due: f64,

    /// Contributions of the household.
    pub contributions: f64,

    /// The taxes.
    pub taxes: RetirementTaxYear,

    /// Living expenses that the plan asks for.
    pub spending: f64,

    /// The same in today's money.
    pub real_spending: f64,

    /// Why the spending rule asks for them.
    pub triggers: Vec<SpendingTrigger>,

    /// What could not be paid: living expenses first, then what is due.
    pub shortfall: f64,

    /// What is left of income: it is deposited, or spent where there is no account for it.
    pub surplus: f64,

    /// Withdrawals of the year before that an account used up could not make after a fall within the year, paid now.
    /// Zero in annual steps.
    pub arrears_paid: f64,

    /// The same of this year, left for the next.
    pub arrears: f64,

    /// All balances at the end of the year.
    pub closing: f64,

    /// The same in today's money.
    pub real_closing: f64,
}

/// A person in one year.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPersonYear {
    /// The name.
    pub name: String,

    /// The age, or what it would have been.
    pub age: u32,

    /// Whether the person lives.
    pub alive: bool,
}

/// An account in one year: `closing = opening + contribution + employerContribution + conversionIn + deposit -
/// requiredDistribution - conversionOut - health - withdrawal + growth`.
#[derive(Debug, Clone, Wire)]
pub struct RetirementAccountYear {
    /// The name.
    pub name: String,

    /// Balance at the start of the year.
    pub opening: f64,

    /// What the household contributes.
    pub contribution: f64,

    /// What employers contribute.
    pub employer_contribution: f64,

    /// What is converted into it.
    pub conversion_in: f64,

    /// What is left of the year's income.
    pub deposit: f64,

    /// The minimum distribution.
    pub required_distribution: f64,

    /// What is converted out of it.
    pub conversion_out: f64,

    /// What it pays for health and care.
    pub health: f64,

    /// What is withdrawn for anything else.
    pub withdrawal: f64,

    /// What it earns; negative where it loses.
    pub growth: f64,

    /// Balance at the end of the year.
    pub closing: f64,
}

/// Something with a name and an amount in one year.
#[derive(Debug, Clone, Wire)]
pub struct RetirementItemYear {
    /// The name.
    pub name: String,

    /// The amount.
    pub amount: f64,
}

/// A debt in one year.
#[derive(Debug, Clone, Wire)]
pub struct RetirementDebtYear {
    /// The name.
    pub name: String,

    /// What is paid.
    pub payment: f64,

    /// What is owed at the end of the year; 0 where only the payments are known.
    pub balance: f64,
}

/// A property in one year.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPropertyYear {
    /// The name.
    pub name: String,

    /// Value at the start of the year; 0 from its sale on.
    pub value: f64,

    /// Its cost in the year.
    pub cost: f64,

    /// What its sale leaves after costs and mortgage; negative where it has to be paid.
    pub sale: f64,
}

/// What is taxed in one year, and the taxes.
#[derive(Debug, Clone, Wire)]
pub struct RetirementTaxYear {
    /// Ordinary income less deducted contributions, without Social Security, before deductions.
    pub ordinary_income: f64,

    /// Gains less losses of the year.
    pub long_term_gains: f64,

    /// Social Security benefits, whole.
    pub social_security: f64,

    /// Tax on ordinary income.
    pub ordinary: f64,

    /// Tax on long-term gains.
    pub gains: f64,

    /// State tax.
    pub state: f64,

    /// Penalty for early withdrawals.
    pub penalty: f64,

    /// All of them.
    pub total: f64,
}
