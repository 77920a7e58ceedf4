//! What is asked about one goal.

use super::{amounts::Amounts, market::GoalMarket};
use wherewithal_base::{
    ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};
use wherewithal_simulation::FlowTiming;

/// The longest time, in months: a hundred years.
pub(super) const MAX_MONTHS: u32 = 1200;
/// The largest number of paths.
pub(super) const MAX_PATHS: u64 = 1_000_000;

/// What is wanted, and when.
#[derive(Debug, Clone, Wire)]
pub struct GoalTarget {
    /// The amount; greater than 0. In the money of the start of the plan where it is linked to inflation, otherwise in
    /// that of the day when it is needed.
    pub amount: Decimal,
    /// In how many months from the start of the plan it is needed, 1 to 1200.
    #[wire(range = 1..=1200)]
    pub months: u32,
    /// Whether the amount rises with prices until then. What is then needed is rounded half to even to the minor unit.
    #[wire(default = linked)]
    pub inflation_linked: bool,
}

/// What a projection assumes.
#[derive(Debug, Clone, Copy, Wire)]
pub struct GoalAssumptions {
    /// Arithmetic mean of the annual return as a fraction (0.06 is 6 %), before the fee and before inflation; above -1
    /// and at most 10.
    pub expected_return: f64,
    /// Annual standard deviation of the logarithmic return as a fraction (0.12 is 12 %), 0 to 5. Without it nothing is
    /// uncertain.
    #[wire(default, range = 0..=5)]
    pub volatility: f64,
    /// Fee in one year as a fraction of what is saved; from 0 to below 1.
    #[wire(default)]
    pub annual_fee: f64,
    /// Rise of prices in one year as a fraction; above -1 and at most 10.
    #[wire(default)]
    pub inflation: f64,
}

/// When contributions are made, and how they grow.
#[derive(Debug, Clone, Copy, Default, Wire)]
pub struct ContributionTerms {
    /// How often.
    #[wire(default)]
    pub frequency: ContributionFrequency,
    /// At which end of its month or year: at the start, it earns the return of that period.
    #[wire(default)]
    pub timing: FlowTiming,
    /// Growth of the contribution from one year of the plan to the next, as a fraction (0.03 is 3 %); above -1 and at
    /// most 10. Each year's contribution is rounded half to even to the minor unit.
    #[wire(default)]
    pub annual_growth: f64,
}

/// How often a contribution is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ContributionFrequency {
    /// Every month.
    #[default]
    Monthly,
    /// Every twelve months of the plan. A last part of a year has a contribution at its start but none at its end.
    Yearly,
}

/// A question to `goals.project`: where one goal's savings lead.
#[derive(Debug, Clone, Wire)]
pub struct GoalProjectionInput {
    /// What is wanted.
    pub target: GoalTarget,
    /// What is already saved for it; at least 0.
    #[wire(default)]
    pub current_amount: Decimal,
    /// The contribution of one month or year; at least 0.
    #[wire(default)]
    pub contribution: Decimal,
    /// When it is made.
    #[wire(default)]
    pub contribution_terms: ContributionTerms,
    /// What is assumed.
    pub assumptions: GoalAssumptions,
    /// A market in which it is invested, for the probability alone; without it returns are lognormal with the assumed
    /// mean and volatility. The fee is taken besides those of the market.
    pub market: Option<GoalMarket>,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// Number of simulated paths, 1 to 1,000,000, where a probability has to be simulated.
    #[wire(default = default_paths, range = 1..=1_000_000)]
    pub paths: u64,
    /// Seed of the random numbers, 0 to 2^53 - 1.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,
}

/// A question to `goals.required_contribution`: what must be saved.
#[derive(Debug, Clone, Wire)]
pub struct RequiredContributionInput {
    /// What is wanted.
    pub target: GoalTarget,
    /// What is already saved for it; at least 0.
    #[wire(default)]
    pub current_amount: Decimal,
    /// When contributions are to be made.
    #[wire(default)]
    pub contribution_terms: ContributionTerms,
    /// What is assumed.
    pub assumptions: GoalAssumptions,
    /// A market in which it is invested, for the probability alone; without it returns are lognormal with the assumed
    /// mean and volatility. The fee is taken besides those of the market.
    pub market: Option<GoalMarket>,
    /// The probability with which the target is to be reached, from 0.01 to 0.99; without it only the plain amount is
    /// worked out.
    pub success_probability: Option<f64>,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// Number of simulated paths, 1 to 1,000,000, where a probability is asked for.
    #[wire(default = default_paths, range = 1..=1_000_000)]
    pub paths: u64,
    /// Seed of the random numbers, 0 to 2^53 - 1.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,
}

/// A question to `goals.progress`: how a goal stands on a date beside its plan.
#[derive(Debug, Clone, Wire)]
pub struct GoalProgressInput {
    /// When the plan began. Its months end on the same day of each month, or on the last day of a shorter one.
    pub start_date: Date,
    /// What was saved at the beginning; at least 0.
    #[wire(default)]
    pub start_amount: Decimal,
    /// What is wanted, its months counted from the beginning.
    pub target: GoalTarget,
    /// The planned contribution of one month or year, in the first year of the plan; at least 0.
    #[wire(default)]
    pub contribution: Decimal,
    /// When it is made.
    #[wire(default)]
    pub contribution_terms: ContributionTerms,
    /// What is assumed, of the past plan and of what is to come.
    pub assumptions: GoalAssumptions,
    /// The date of the comparison, from the beginning to before the target. Whole months count.
    pub as_of: Date,
    /// What is saved on that date; at least 0.
    pub actual_amount: Decimal,
    /// How far, as a fraction of the planned amount, the actual amount may fall short and still be on track; 0 to 1.
    #[wire(default, range = 0..=1)]
    pub tolerance: f64,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
}

impl GoalTarget {
    /// What is needed when it is needed, in minor units; paths are within the target.
    pub(super) fn needed(&self, amounts: Amounts, inflation: f64) -> Result<i64> {
        let amount = amounts.read_positive(self.amount, "amount")?;
        check::whole(self.months, 1..=MAX_MONTHS, ErrorCode::TermOutOfRange).at("months")?;
        if !self.inflation_linked {
            return Ok(amount);
        }
        super::saving::risen(amount, inflation, self.months).at("amount")
    }
}

impl GoalAssumptions {
    pub(super) fn check(&self) -> Result<()> {
        check::growth(self.expected_return).at("expectedReturn")?;
        check::volatility(self.volatility).at("volatility")?;
        check::fee(self.annual_fee).at("annualFee")?;
        check::growth(self.inflation).at("inflation").map(|_| ())
    }
}

/// A probability to be reached.
pub(super) fn check_success(probability: f64) -> Result<f64> {
    check::probability(probability, 0.01..=0.99).at("successProbability")
}

pub(super) fn default_paths() -> u64 {
    10_000
}

fn linked() -> bool {
    true
}
