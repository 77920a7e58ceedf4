//! The contribution that reaches a target.

use super::{
    RequiredContributionInput,
    amounts::Amounts,
    chance::{Chance, Uncertain},
    input::MAX_PATHS,
    input::check_success,
    market::MarketPaths,
    saving::Saving,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check, control::Control, error::At as _, num::Decimal, wire::Wire,
};

/// Result of `goals.required_contribution`.
#[derive(Debug, Clone, Wire)]
pub struct RequiredContributionResult {
    /// The target amount, in the money of the date when it is needed.
    pub target_amount: Decimal,
    /// The least monthly or yearly contribution, in the first year, that reaches the target at the expected return: one
    /// minor unit less does not.
    pub contribution: Decimal,
    /// The sum of all contributions.
    pub total_contributions: Decimal,
    /// The savings on the date when they are needed.
    pub final_amount: Decimal,
    /// The contribution for the desired probability; null without one.
    pub for_probability: Option<ContributionForProbability>,
}

/// The contribution that reaches a target with a given probability.
#[derive(Debug, Clone, Wire)]
pub struct ContributionForProbability {
    /// The least monthly or yearly contribution, in the first year, with which at least the desired share of paths
    /// reaches the target. All amounts are tried on the same paths.
    pub contribution: Decimal,
    /// The sum of all contributions.
    pub total_contributions: Decimal,
    /// The probability with that contribution, 0 to 1.
    #[wire(range = 0..=1)]
    pub success_probability: f64,
    /// Its standard error; null if nothing is uncertain or the current amount is enough.
    pub standard_error: Option<f64>,
}

/// The least contribution that reaches a target: at the expected return, and with a probability.
///
/// Both are found by bisection over whole minor units. This is exact, because a larger contribution never ends lower:
/// in the plan, because rounding preserves order; on each simulated path, because the balance increases with the
/// contribution.
///
/// ```
/// # use wherewithal_goals::wherewithal;
/// use wherewithal::{
///     control::Control,
///     goals::{self, GoalAssumptions, GoalTarget, RequiredContributionInput},
///     money::Currency,
/// };
///
/// let question = RequiredContributionInput {
///     target: GoalTarget { amount: "10000".parse()?, months: 36, inflation_linked: false },
///     current_amount: "0".parse()?,
///     contribution_terms: Default::default(),
///     assumptions: GoalAssumptions { expected_return: 0.0, volatility: 0.0, return_convention: Default::default(), annual_fee: 0.0, inflation: 0.0 },
///     market: None,
///     success_probability: None,
///     currency: Currency::USD,
///     paths: 1000,
///     seed: 0,
/// };
/// let answer = goals::required_contribution(&question, &Control::default())?;
/// assert_eq!(answer.contribution.to_string(), "277.78");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`project`](super::project()), and `solve.no_solution` if 10^15 minor units are not enough.
pub fn required_contribution(
    input: &RequiredContributionInput,
    control: &Control<'_>,
) -> Result<RequiredContributionResult> {
    let amounts = Amounts::of(input.currency)?;
    input.assumptions.check().at("assumptions")?;
    let target = input.target.needed(amounts, input.assumptions.inflation).at("target")?;
    let start = amounts.read(input.current_amount, "currentAmount")?;
    let probability = input.success_probability.map(check_success).transpose()?;
    let paths = check::paths(input.paths, MAX_PATHS, "").at("paths")?;
    let seed = check::seed(input.seed).at("seed")?;
    let saving = Saving::new(start, input.target.months, &input.assumptions, input.contribution_terms)?;
    let contribution = saving.least_contribution(target)?.ok_or_else(no_solution)?;
    let uncertain =
        Uncertain { saving: &saving, assumptions: &input.assumptions, amounts, target, paths, seed };
    let answer = |contribution: Option<i64>, chance: &dyn Fn(i64) -> Result<Chance>| {
        let contribution = contribution.ok_or_else(no_solution)?;
        let chance = chance(contribution)?;
        Ok(ContributionForProbability {
            contribution: amounts.write(contribution)?,
            total_contributions: amounts.write(saving.contributed(contribution)?)?,
            success_probability: chance.probability,
            standard_error: chance.standard_error,
        })
    };
    let for_probability = match (probability, &input.market) {
        (None, _) => None,
        (Some(probability), None) => {
            let least = least_for(&uncertain, probability, contribution, control)?;
            Some(answer(least, &|contribution| uncertain.chance(contribution, &Control::default()))?)
        }
        (Some(probability), Some(market)) => {
            let paths = MarketPaths::new(market, &uncertain, &input.target, control)?;
            let least = paths.least_contribution(probability)?;
            Some(answer(least, &|contribution| paths.chance(contribution))?)
        }
    };
    Ok(RequiredContributionResult {
        target_amount: amounts.write(target)?,
        contribution: amounts.write(contribution)?,
        total_contributions: amounts.write(saving.contributed(contribution)?)?,
        final_amount: amounts.write(saving.end(contribution)?)?,
        for_probability,
    })
}

/// The least contribution for a probability, without a market.
fn least_for(
    plan: &Uncertain<'_>,
    probability: f64,
    expected: i64,
    control: &Control<'_>,
) -> Result<Option<i64>> {
    if plan.chance(0, &Control::default())?.probability >= probability {
        return Ok(Some(0));
    }
    if plan.assumptions.volatility == 0.0 {
        return Ok(Some(expected));
    }
    plan.least_contribution(probability, expected, control)
}

fn no_solution() -> Error {
    let message = "no contribution of up to 10^15 minor units reaches the target; check that at least one is made \
                   before the target date";
    Error::new(ErrorCode::SolveNoSolution, message).at("target")
}
