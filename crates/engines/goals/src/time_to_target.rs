//! The time until savings reach a target.

use super::{
    ContributionTerms, GoalAssumptions,
    amounts::Amounts,
    chance::Uncertain,
    input::{MAX_MONTHS, check_success, default_paths},
    saving::{Saving, risen},
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::Control,
    error::At as _,
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};

/// The largest number of paths. One run follows each year that is tried, so there are fewer than for one target date.
const MAX_PATHS: u64 = 100_000;
/// The longest search, in years.
const MAX_YEARS: u32 = MAX_MONTHS / 12;

/// Input of `goals.time_to_target`: when savings reach a target.
#[derive(Debug, Clone, Wire)]
pub struct TimeToTargetInput {
    /// The target amount; greater than 0.
    #[wire(above = 0)]
    pub target_amount: Decimal,
    /// Whether the target is in the money of the start of the plan and rises with prices. In each month it is rounded
    /// half to even to the minor unit.
    #[wire(default = linked)]
    pub inflation_linked: bool,
    /// Current savings; at least 0.
    #[wire(default, range = 0..)]
    pub current_amount: Decimal,
    /// The monthly or yearly contribution in the first year; at least 0.
    #[wire(default, range = 0..)]
    pub contribution: Decimal,
    /// The timing and the growth of contributions.
    #[wire(default)]
    pub contribution_terms: ContributionTerms,
    /// The assumptions.
    pub assumptions: GoalAssumptions,
    /// The desired probability of having reached the target, from 0.01 to 0.99; without it, only the time at the
    /// expected return is computed.
    #[wire(share, range = 0.01..=0.99)]
    pub success_probability: Option<f64>,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// Number of simulated paths, 1 to 100,000, if a probability is given.
    #[wire(default = default_paths, range = 1..=100_000)]
    pub paths: u64,
    /// Seed of the random numbers, 0 to 2^53 - 1.
    #[wire(default, range = 0..=9_007_199_254_740_991)]
    pub seed: u64,
}

/// Result of `goals.time_to_target`.
#[derive(Debug, Clone, Wire)]
pub struct TimeToTargetResult {
    /// The first month at whose end the savings reach the target at the expected return; 0 if they have reached it
    /// already.
    pub months: u32,
    /// The target in that month.
    pub target_amount: Decimal,
    /// The savings at the end of that month.
    pub final_amount: Decimal,
    /// The sum of all contributions until then.
    pub total_contributions: Decimal,
    /// The growth until then.
    pub total_growth: Decimal,
    /// The time for the desired probability; null without one.
    pub for_probability: Option<TimeForProbability>,
}

/// The time until a target is reached with a given probability.
#[derive(Debug, Clone, Wire)]
pub struct TimeForProbability {
    /// The first month of the first year of the plan in which at least the desired share of paths reaches the target:
    /// that year is the first at whose end they do.
    pub months: u32,
    /// The target in that month.
    pub target_amount: Decimal,
    /// The probability in that month, 0 to 1.
    #[wire(range = 0..=1)]
    pub success_probability: f64,
    /// Its standard error; null if it is not simulated.
    pub standard_error: Option<f64>,
}

/// The month in which savings reach a target: at the expected return, and with a probability.
///
/// The plan is that of [`project`](super::project()), and the probability that of the same plan ending in that month:
/// `goals.project` with these `months` reaches the target, and with one month less it does not.
///
/// ```
/// # use wherewithal_goals::wherewithal;
/// use wherewithal::{
///     control::Control,
///     goals::{self, GoalAssumptions, TimeToTargetInput},
///     money::Currency,
/// };
///
/// let question = TimeToTargetInput {
///     target_amount: "10000".parse()?,
///     inflation_linked: false,
///     current_amount: "1000".parse()?,
///     contribution: "400".parse()?,
///     contribution_terms: Default::default(),
///     assumptions: GoalAssumptions { expected_return: 0.0, volatility: 0.0, return_convention: Default::default(), annual_fee: 0.0, inflation: 0.0 },
///     success_probability: None,
///     currency: Currency::USD,
///     paths: 1000,
///     seed: 0,
/// };
/// assert_eq!(goals::time_to_target(&question, &Control::default())?.months, 23);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, the codes of invalid values, `currency.minor_unit_missing`, `paths.out_of_range`,
/// `seed.out_of_range` and `result.too_large`, each with its path; `solve.no_solution` at `targetAmount` if the savings
/// do not reach the target within 1200 months, and at `successProbability` if they do not with that probability;
/// `operation.cancelled`.
pub fn time_to_target(input: &TimeToTargetInput, control: &Control<'_>) -> Result<TimeToTargetResult> {
    let search = Search::new(input)?;
    let probability = input.success_probability.map(check_success).transpose()?;
    let reached = search.expected()?.ok_or_else(|| {
        let message = "the savings do not reach the target within 1200 months; raise the contribution";
        Error::new(ErrorCode::SolveNoSolution, message).at("targetAmount")
    })?;
    let for_probability = match probability {
        None => None,
        Some(probability) => Some(search.for_probability(probability, control)?.ok_or_else(|| {
            let message = format!(
                "the savings do not reach the target with a probability of {probability} within 1200 months; raise \
                 the contribution or lower the probability"
            );
            Error::new(ErrorCode::SolveNoSolution, message).at("successProbability")
        })?),
    };
    let amounts = search.amounts;
    Ok(TimeToTargetResult {
        months: reached.month,
        target_amount: amounts.write(search.target_in(reached.month)?)?,
        final_amount: amounts.write(reached.balance)?,
        total_contributions: amounts.write(reached.contributed)?,
        total_growth: amounts.write(reached.balance - search.saving.start - reached.contributed)?,
        for_probability,
    })
}

/// A validated question, in minor units.
struct Search<'a> {
    input: &'a TimeToTargetInput,
    amounts: Amounts,
    /// The target at the start.
    target: i64,
    contribution: i64,
    /// The plan over the longest time.
    saving: Saving,
    paths: u64,
    seed: u64,
}

/// The month in which the target is reached at the expected return.
struct Reached {
    month: u32,
    balance: i64,
    contributed: i64,
}

impl<'a> Search<'a> {
    fn new(input: &'a TimeToTargetInput) -> Result<Self> {
        let amounts = Amounts::of(input.currency)?;
        input.assumptions.check().at("assumptions")?;
        let start = amounts.read(input.current_amount, "currentAmount")?;
        Ok(Self {
            input,
            amounts,
            target: amounts.read_positive(input.target_amount, "targetAmount")?,
            contribution: amounts.read(input.contribution, "contribution")?,
            saving: Saving::new(start, MAX_MONTHS, &input.assumptions, input.contribution_terms)?,
            paths: check::paths(input.paths, MAX_PATHS, "").at("paths")?,
            seed: check::seed(input.seed).at("seed")?,
        })
    }

    /// The target at the end of a month.
    fn target_in(&self, month: u32) -> Result<i64> {
        if !self.input.inflation_linked {
            return Ok(self.target);
        }
        risen(self.target, self.input.assumptions.inflation, month).at("targetAmount")
    }

    /// The first month at the expected return.
    fn expected(&self) -> Result<Option<Reached>> {
        if self.saving.start >= self.target {
            return Ok(Some(Reached { month: 0, balance: self.saving.start, contributed: 0 }));
        }
        let (mut contributed, mut reached) = (0, None);
        self.saving.walk_until(self.contribution, |month| {
            contributed += month.contribution;
            if month.balance >= self.target_in(month.month)? {
                reached = Some(Reached { month: month.month, balance: month.balance, contributed });
            }
            Ok(reached.is_some())
        })?;
        Ok(reached)
    }

    /// The time for a probability: the first year at whose end it is reached, then the first month of that year.
    fn for_probability(&self, probability: f64, control: &Control<'_>) -> Result<Option<TimeForProbability>> {
        if self.saving.start >= self.target {
            return self.answer(0, 1.0, None).map(Some);
        }
        for year in 1..=MAX_YEARS {
            control.check()?;
            control.report(u64::from(year - 1), u64::from(MAX_YEARS));
            if self.chance(12 * year)?.0 < probability {
                continue;
            }
            control.report(u64::from(MAX_YEARS), u64::from(MAX_YEARS));
            for month in 12 * (year - 1) + 1..=12 * year {
                control.check()?;
                let (chance, standard_error) = self.chance(month)?;
                if chance >= probability {
                    return self.answer(month, chance, standard_error).map(Some);
                }
            }
        }
        Ok(None)
    }

    /// The probability that the savings reach the target at the end of a month, and its standard error.
    fn chance(&self, month: u32) -> Result<(f64, Option<f64>)> {
        let plan = Uncertain {
            saving: &self.saving.ending(month),
            assumptions: &self.input.assumptions,
            amounts: self.amounts,
            target: self.target_in(month)?,
            paths: self.paths,
            seed: self.seed,
        };
        let chance = plan.chance(self.contribution, &Control::default())?;
        Ok((chance.probability, chance.standard_error))
    }

    fn answer(&self, months: u32, chance: f64, standard_error: Option<f64>) -> Result<TimeForProbability> {
        Ok(TimeForProbability {
            months,
            target_amount: self.amounts.write(self.target_in(months)?)?,
            success_probability: chance,
            standard_error,
        })
    }
}

fn linked() -> bool {
    true
}
