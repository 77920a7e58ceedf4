//! Result of a plan.

use crate::SpendingTrigger;
use wherewithal_base::wire::Wire;
use wherewithal_market::CorrelationRepair;
use wherewithal_simulation::{Distribution, FanRow, Success};

/// Result of `retirement.run`.
#[derive(Debug, Clone, Wire)]
pub struct RetirementResult {
    /// The paths that succeed by the plan's own measure: its spending is paid and its bequest met.
    pub success: Success,

    /// Share of paths that pay all spending and all other payments.
    pub all_spending_probability: f64,

    /// Share of paths that pay essential spending and all other payments.
    pub essential_spending_probability: f64,

    /// Share of paths that leave the bequest; null without one.
    pub bequest_probability: Option<f64>,

    /// The balances at the start of the plan and at the end of each year, over the paths that are still running: one row
    /// for each year and percentile, ordered by year, then percentile.
    pub fan: Vec<FanRow>,

    /// Nominal means over the paths that are still running, one row for each year in which any is.
    pub years: Vec<RetirementYearMeans>,

    /// The same means in today's money: each amount of a path is divided by the price level of the path, at the start of
    /// the year for what is received and paid, and at its end for what the household has.
    pub years_real: Vec<RetirementYearMeans>,

    /// Nominal balance of all accounts at the end of the plan.
    pub terminal_nominal: Distribution,

    /// Balance of all accounts at the end of the plan, in today's money.
    pub terminal_real: Distribution,

    /// Living expenses paid in retirement, in today's money, summed over the years.
    pub lifetime_spending: Distribution,

    /// The shortfall: payments that could not be made.
    pub shortfall: RetirementShortfall,

    /// The effect of the returns in the first years of retirement.
    pub sequence_of_returns: RetirementSequence,

    /// The path with the lowest final balance in today's money, minus its shortfall.
    pub worst_path: RetirementPathSummary,

    /// The path in the middle of that order.
    pub median_path: RetirementPathSummary,

    /// The path at the top of that order.
    pub best_path: RetirementPathSummary,

    /// The correlation matrices of the market that were not positive semi-definite, and their replacements.
    pub correlation_repairs: Vec<CorrelationRepair>,

    /// The number of paths that were run: the requested number, or fewer if the market has fewer.
    pub paths: u64,

    /// The seed that was used.
    pub seed: u64,
}

/// Means of one year over the paths that are still running in it.
///
/// What the household receives and pays is counted at the start of the year, and what it has at its end.
#[derive(Debug, Clone, Wire)]
pub struct RetirementYearMeans {
    /// The calendar year.
    pub year: u32,

    /// Share of all paths that are still running, above 0 and at most 1.
    #[wire(above = 0, range = ..=1)]
    pub running: f64,

    /// Incomes, proceeds of sales and lump sums received, without Social Security.
    pub income: f64,

    /// Social Security.
    pub social_security: f64,

    /// The money that the household receives from each account, in the order of the accounts.
    pub withdrawals: Vec<RetirementWithdrawal>,

    /// Payments due in addition to living expenses: expenses, education, care, debts, costs of properties, lump sums
    /// paid.
    pub due: f64,

    /// The part of them that is paid on debts, without repayments from the sale of a property.
    pub debt_payments: f64,

    /// Contributions of the household.
    pub contributions: f64,

    /// Contributions of employers.
    pub employer_contributions: f64,

    /// All taxes that are paid in the year: the sum of the five amounts that follow.
    pub taxes: f64,

    /// Tax on ordinary income.
    pub ordinary_tax: f64,

    /// Tax on long-term gains.
    pub gains_tax: f64,

    /// State tax.
    pub state_tax: f64,

    /// Penalty for early withdrawals.
    pub penalty: f64,

    /// With monthly steps, what the taxes of the year before lacked; in the last year of a path also what its own lack.
    /// Negative for a refund. 0 with annual steps.
    pub tax_settlement: f64,

    /// Living expenses paid.
    pub spending: f64,

    /// The shortfall: payments that could not be made.
    pub shortfall: f64,

    /// Income left over.
    pub surplus: f64,

    /// Balance of all accounts at the end of the year.
    pub balance: f64,

    /// Balance owed on all debts at the end of the year; a debt of which only the payments are known counts 0.
    pub debts_owed: f64,

    /// Value of all properties that are owned at the end of the year.
    pub property_value: f64,

    /// The value of each of them, in the order of the properties; 0 before it is owned and from its sale on.
    pub properties: Vec<RetirementPropertyValue>,

    /// Net worth at the end of the year: `balance + propertyValue - debtsOwed`.
    pub net_worth: f64,
}

/// The value of a property at the end of a year.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPropertyValue {
    /// The name of the property.
    pub property: String,

    /// The value.
    pub value: f64,
}

/// The money that the household receives from an account: withdrawals, minimum distributions and payments for health.
#[derive(Debug, Clone, Wire)]
pub struct RetirementWithdrawal {
    /// The name of the account.
    pub account: String,

    /// The amount.
    pub amount: f64,
}

/// The shortfall: payments that could not be made.
#[derive(Debug, Clone, Wire)]
pub struct RetirementShortfall {
    /// Share of paths with a shortfall.
    pub share: f64,

    /// Mean shortfall over all paths, in today's money.
    pub expected: f64,

    /// The shortfall in today's money, over the paths with a shortfall; null if there are none.
    pub amount: Option<Distribution>,

    /// The number of years with a shortfall, over the same paths.
    pub years_short: Option<Distribution>,

    /// The age of the first person in the first year with a shortfall, over the same paths; the age that the person
    /// would have reached if dead.
    pub depletion_age: Option<Distribution>,
}

/// The effect of the returns in the first years of retirement: the paths in fifths, ordered by the mean real return of
/// the plan's allocation in the first ten years of retirement, or fewer if the plan has fewer.
#[derive(Debug, Clone, Wire)]
pub struct RetirementSequence {
    /// Pearson's correlation of that return with the final balance in today's money; null if either is the same in all
    /// paths.
    pub correlation: Option<f64>,

    /// The fifths, the lowest returns first; fewer if there are fewer than five paths.
    pub quintiles: Vec<RetirementQuintile>,
}

/// A fifth of the paths.
#[derive(Debug, Clone, Wire)]
pub struct RetirementQuintile {
    /// The number of the fifth, counted from 1.
    pub quintile: u32,

    /// The number of paths.
    pub paths: u64,

    /// The lowest of the early returns, annual, as a fraction.
    pub lowest_return: f64,

    /// Their mean.
    pub mean_return: f64,

    /// The highest of them.
    pub highest_return: f64,

    /// Share of these paths that succeed.
    pub success_probability: f64,

    /// Mean of the final balance, in today's money.
    pub mean_terminal_real: f64,

    /// Median of the final balance, in today's money.
    pub median_terminal_real: f64,
}

/// Summary of a path; `retirement.path` has its ledger.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPathSummary {
    /// The number of the path, counted from 0.
    pub path: u64,

    /// Whether it succeeds.
    pub success: bool,

    /// The number of years.
    pub years: u32,

    /// Nominal balance of all accounts at the end.
    pub terminal_nominal: f64,

    /// The same in today's money.
    pub terminal_real: f64,

    /// Living expenses paid in retirement, in today's money.
    pub lifetime_spending: f64,

    /// The shortfall, in today's money.
    pub shortfall: f64,

    /// The number of years with a shortfall.
    pub years_short: u32,

    /// The first calendar year with a shortfall; null without one.
    pub depletion_year: Option<u32>,
}

/// Result of `retirement.path`: the ledger of one path.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPathResult {
    /// Summary of the path.
    pub summary: RetirementPathSummary,

    /// One row for each year.
    pub rows: Vec<RetirementYearRow>,
}

/// One year of a path, nominal. It balances: `totalIncome + requiredDistributions + health paid by accounts +
/// withdrawals = spending + totalDue + contributions + taxes + taxSettlement + surplus - shortfall`.
#[derive(Debug, Clone, Wire)]
pub struct RetirementYearRow {
    /// The calendar year.
    pub year: u32,

    /// The price level at the start of the year, when money moves; 1 at the start of the plan.
    pub price_level: f64,

    /// The people.
    pub people: Vec<RetirementPersonYear>,

    /// The accounts.
    pub accounts: Vec<RetirementAccountYear>,

    /// Incomes, as listed in the plan.
    pub incomes: Vec<RetirementItemYear>,

    /// Social Security benefits by person.
    pub social_security: Vec<RetirementItemYear>,

    /// Lump sums; negative if paid.
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

    /// Total income, without withdrawals from accounts.
    pub total_income: f64,

    /// Total payments due, without living expenses, contributions and taxes.
    pub total_due: f64,

    /// Contributions of the household.
    pub contributions: f64,

    /// The taxes.
    pub taxes: RetirementTaxYear,

    /// Planned living expenses.
    pub spending: f64,

    /// The same in today's money.
    pub real_spending: f64,

    /// The parts of the spending rule that changed them.
    pub triggers: Vec<SpendingTrigger>,

    /// The shortfall: unpaid living expenses first, then other unpaid payments.
    pub shortfall: f64,

    /// Income left over: deposited, or spent if there is no account for it.
    pub surplus: f64,

    /// The tax on what was really withdrawn and sold in the previous year, less the tax that was withheld in it; in the
    /// last year of the path also the difference of that year itself. Negative for a refund. 0 with annual steps.
    pub tax_settlement: f64,

    /// Balance of all accounts at the end of the year.
    pub closing: f64,

    /// The same in today's money.
    pub real_closing: f64,
}

/// A person in one year.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPersonYear {
    /// The name.
    pub name: String,

    /// The age, or the age that the person would have reached.
    pub age: u32,

    /// Whether the person is alive.
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

    /// The household's contributions.
    pub contribution: f64,

    /// The employers' contributions.
    pub employer_contribution: f64,

    /// Conversions into the account.
    pub conversion_in: f64,

    /// Income left over in the year and deposited.
    pub deposit: f64,

    /// The required minimum distribution.
    pub required_distribution: f64,

    /// Conversions out of the account.
    pub conversion_out: f64,

    /// Payments for health and care.
    pub health: f64,

    /// Other withdrawals.
    pub withdrawal: f64,

    /// Investment growth; negative for a loss.
    pub growth: f64,

    /// Balance at the end of the year.
    pub closing: f64,
}

/// A named amount in one year.
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

    /// The payment.
    pub payment: f64,

    /// The balance owed at the end of the year; 0 if only the payments are known.
    pub balance: f64,
}

/// A property in one year.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPropertyYear {
    /// The name.
    pub name: String,

    /// Value at the start of the year; 0 before it is owned and from its sale on.
    pub value: f64,

    /// Its cost in the year.
    pub cost: f64,

    /// The proceeds of its sale after costs and mortgage; negative if money is still owed.
    pub sale: f64,

    /// Value at the end of the year; 0 before it is owned and from its sale on.
    pub closing: f64,
}

/// The taxable income of one year, and the taxes. With monthly steps they are those that were computed at the start of
/// the year and withheld in it; `taxSettlement` has the difference.
#[derive(Debug, Clone, Wire)]
pub struct RetirementTaxYear {
    /// Ordinary income minus deductible contributions, without Social Security, before the deduction.
    pub ordinary_income: f64,

    /// Gains minus losses of the year.
    pub long_term_gains: f64,

    /// Social Security benefits, including the part that is not taxed.
    pub social_security: f64,

    /// Tax on ordinary income.
    pub ordinary: f64,

    /// Tax on long-term gains.
    pub gains: f64,

    /// State tax.
    pub state: f64,

    /// Penalty for early withdrawals.
    pub penalty: f64,

    /// Total tax.
    pub total: f64,
}
