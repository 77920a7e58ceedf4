//! Input of the operations on a single goal.

use super::{amounts::Amounts, market::GoalMarket};
use wherewithal_base::{
    ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};
use wherewithal_market::{ReturnConvention, internal::log_moments};
use wherewithal_math as math;
use wherewithal_simulation::FlowTiming;

/// The longest time, in months: a hundred years.
pub(super) const MAX_MONTHS: u32 = 1200;
/// The largest number of paths.
pub(super) const MAX_PATHS: u64 = 1_000_000;

/// The amount that a goal needs, and when.
#[derive(Debug, Clone, Wire)]
pub struct GoalTarget {
    /// The amount; greater than 0. If it is linked to inflation, in the money of the start of the plan, otherwise in
    /// that of the date when it is needed.
    #[wire(above = 0)]
    pub amount: Decimal,
    /// Months from the start of the plan until it is needed, 1 to 1200.
    #[wire(range = 1..=1200)]
    pub months: u32,
    /// Whether the amount rises with prices until then. The result is rounded half to even to the minor unit.
    #[wire(default = linked)]
    pub inflation_linked: bool,
}

/// The assumptions of a projection.
#[derive(Debug, Clone, Copy, Wire)]
pub struct GoalAssumptions {
    /// Annual return as a fraction (0.06 is 6 %), before the fee and before inflation; above -1 and at most 10. For the
    /// kind of mean, see `returnConvention`; projections without uncertainty grow by the arithmetic mean that it implies.
    #[wire(rate, above = -1, range = ..=10)]
    pub expected_return: f64,
    /// Annual standard deviation of the logarithmic return as a fraction (0.12 is 12 %), 0 to 5; of the simple return if
    /// `returnConvention` is `simple`. With 0, nothing is uncertain.
    #[wire(rate, default, range = 0..=5)]
    pub volatility: f64,
    /// The kind of mean of `expectedReturn`, and what `volatility` is that of.
    #[wire(default)]
    pub return_convention: ReturnConvention,
    /// Annual fee as a fraction of the savings, from 0 to below 1.
    #[wire(share, default, range = 0.., below = 1)]
    pub annual_fee: f64,
    /// Annual inflation as a fraction, above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub inflation: f64,
}

/// The timing and the growth of contributions.
#[derive(Debug, Clone, Copy, Default, Wire)]
pub struct ContributionTerms {
    /// The frequency of contributions.
    #[wire(default)]
    pub frequency: ContributionFrequency,
    /// At which end of its month or year: at the start, it earns the return of that period.
    #[wire(default)]
    pub timing: FlowTiming,
    /// Growth of the contribution from one year of the plan to the next, as a fraction (0.03 is 3 %); above -1 and at
    /// most 10. Each year's contribution is rounded half to even to the minor unit.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: f64,
}

/// The frequency of contributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ContributionFrequency {
    /// Every month.
    #[default]
    Monthly,
    /// Every twelve months of the plan. An incomplete last year has a contribution at its start but none at its end.
    Yearly,
}

/// Input of `goals.project`: a projection of the savings for one goal.
#[derive(Debug, Clone, Wire)]
pub struct GoalProjectionInput {
    /// The target.
    pub target: GoalTarget,
    /// Current savings for the goal; at least 0.
    #[wire(default, range = 0..)]
    pub current_amount: Decimal,
    /// The monthly or yearly contribution; at least 0.
    #[wire(default, range = 0..)]
    pub contribution: Decimal,
    /// The timing and the growth of contributions.
    #[wire(default)]
    pub contribution_terms: ContributionTerms,
    /// The assumptions.
    pub assumptions: GoalAssumptions,
    /// The market in which the savings are invested, which affects only the probability; without it, returns are
    /// lognormal with the assumed mean and volatility. The fee is charged in addition to those of the market.
    pub market: Option<GoalMarket>,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// Number of simulated paths, 1 to 1,000,000, if the probability is simulated.
    #[wire(default = default_paths, range = 1..=1_000_000)]
    pub paths: u64,
    /// Seed of the random numbers, 0 to 2^53 - 1.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,
}

/// Input of `goals.required_contribution`: the contribution that reaches a target.
#[derive(Debug, Clone, Wire)]
pub struct RequiredContributionInput {
    /// The target.
    pub target: GoalTarget,
    /// Current savings for the goal; at least 0.
    #[wire(default, range = 0..)]
    pub current_amount: Decimal,
    /// The timing and the growth of contributions.
    #[wire(default)]
    pub contribution_terms: ContributionTerms,
    /// The assumptions.
    pub assumptions: GoalAssumptions,
    /// The market in which the savings are invested, which affects only the probability; without it, returns are
    /// lognormal with the assumed mean and volatility. The fee is charged in addition to those of the market.
    pub market: Option<GoalMarket>,
    /// The desired probability of reaching the target, from 0.01 to 0.99; without it, only the contribution at the
    /// expected return is computed.
    #[wire(share, range = 0.01..=0.99)]
    pub success_probability: Option<f64>,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// Number of simulated paths, 1 to 1,000,000, if a probability is given.
    #[wire(default = default_paths, range = 1..=1_000_000)]
    pub paths: u64,
    /// Seed of the random numbers, 0 to 2^53 - 1.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,
}

/// Input of `goals.progress`: the actual savings for a goal on a date, compared with its plan.
#[derive(Debug, Clone, Wire)]
pub struct GoalProgressInput {
    /// The start of the plan. Its months end on the same day of each month, or on the last day of a shorter month.
    pub start_date: Date,
    /// Savings at the start; at least 0.
    #[wire(default, range = 0..)]
    pub start_amount: Decimal,
    /// The target, with its months counted from the start.
    pub target: GoalTarget,
    /// The planned monthly or yearly contribution in the first year of the plan; at least 0.
    #[wire(default, range = 0..)]
    pub contribution: Decimal,
    /// The timing and the growth of contributions.
    #[wire(default)]
    pub contribution_terms: ContributionTerms,
    /// The assumptions, for the past plan and for the future.
    pub assumptions: GoalAssumptions,
    /// The date of the comparison, from the start and before the target date. Only whole months count.
    pub as_of: Date,
    /// Actual savings on that date; at least 0.
    #[wire(range = 0..)]
    pub actual_amount: Decimal,
    /// The shortfall that still counts as on track, as a fraction of the planned amount; 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub tolerance: f64,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
}

impl GoalTarget {
    /// The amount on the date when it is needed, in minor units. Paths of errors start within the target.
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

    /// The arithmetic mean of the annual return.
    pub(super) fn mean_return(&self) -> f64 {
        match self.return_convention {
            ReturnConvention::Arithmetic | ReturnConvention::Simple => self.expected_return,
            ReturnConvention::Geometric | ReturnConvention::Logarithmic => {
                let (mean, deviation) = self.log_moments();
                math::exp_m1(mean + deviation * deviation / 2.0)
            }
        }
    }

    /// Mean and standard deviation of the logarithmic return of a year.
    pub(super) fn log_moments(&self) -> (f64, f64) {
        log_moments(self.return_convention, self.expected_return, self.volatility)
    }
}

/// A valid desired probability.
pub(super) fn check_success(probability: f64) -> Result<f64> {
    check::probability(probability, 0.01..=0.99).at("successProbability")
}

pub(super) fn default_paths() -> u64 {
    10_000
}

fn linked() -> bool {
    true
}
