//! The projection of the savings for one goal.

use super::{
    ChanceMethod, GoalOutcome, GoalProjectionInput,
    amounts::{Amounts, ratio},
    chance::Uncertain,
    input::MAX_PATHS,
    market::MarketPaths,
    saving::Saving,
};
use wherewithal_base::{Result, check, control::Control, error::At as _, num::Decimal, wire::Wire};

/// Result of `goals.project`.
#[derive(Debug, Clone, Wire)]
pub struct GoalProjectionResult {
    /// The target amount, in the money of the date when it is needed.
    pub target_amount: Decimal,
    /// Projected savings on that date at the expected return: the current amount, contributions and growth.
    pub projected_amount: Decimal,
    /// The sum of all contributions.
    pub total_contributions: Decimal,
    /// The sum of all growth.
    pub total_growth: Decimal,
    /// The projected amount as a fraction of the target, to six places.
    pub funded_ratio: Decimal,
    /// The missing amount; 0 if the target is reached.
    pub shortfall: Decimal,
    /// The amount above the target; 0 if the target is not reached.
    pub surplus: Decimal,
    /// The probability that the target is reached, 0 to 1.
    #[wire(range = 0..=1)]
    pub success_probability: f64,
    /// Standard error of the probability; null if it is not simulated.
    pub standard_error: Option<f64>,
    /// How the probability was computed.
    pub probability_method: ChanceMethod,
    /// The 10th, 25th, 50th, 75th and 90th percentiles of the savings on the date when they are needed.
    pub outcomes: Vec<GoalOutcome>,
    /// One row for each whole year of the plan, and one for its end.
    pub rows: Vec<GoalProjectionRow>,
}

/// A year of a projection: `balance = former balance + contributions + growth`, to the minor unit.
#[derive(Debug, Clone, Wire)]
pub struct GoalProjectionRow {
    /// The last month of the row.
    pub month: u32,
    /// Contributions since the previous row.
    pub contributions: Decimal,
    /// Growth since the previous row.
    pub growth: Decimal,
    /// Savings at the end of the month.
    pub balance: Decimal,
}

/// Projects the savings of one goal, with the probability that its target is reached.
///
/// The interest of each month, at the expected return after the fee, is rounded half to even to the minor unit, so that
/// contributions and growth add up to the balance. The mean of the uncertain balance is the projected balance, except
/// for these roundings.
///
/// ```
/// # use wherewithal_goals::wherewithal;
/// use wherewithal::{control::Control, goals::{self, GoalAssumptions, GoalProjectionInput, GoalTarget}, money::Currency};
///
/// let projection = GoalProjectionInput {
///     target: GoalTarget { amount: "20000".parse()?, months: 24, inflation_linked: false },
///     current_amount: "5000".parse()?,
///     contribution: "600".parse()?,
///     contribution_terms: Default::default(),
///     assumptions: GoalAssumptions { expected_return: 0.0, volatility: 0.0, return_convention: Default::default(), annual_fee: 0.0, inflation: 0.0 },
///     market: None,
///     currency: Currency::USD,
///     paths: 1000,
///     seed: 0,
/// };
/// let result = goals::project(&projection, &Control::default())?;
/// assert_eq!(result.projected_amount.to_string(), "19400.00");
/// assert_eq!(result.shortfall.to_string(), "600.00");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, the codes of invalid values, `currency.minor_unit_missing`, `seed.out_of_range` and
/// `result.too_large`, each with its path; `operation.cancelled`.
pub fn project(input: &GoalProjectionInput, control: &Control<'_>) -> Result<GoalProjectionResult> {
    let amounts = Amounts::of(input.currency)?;
    input.assumptions.check().at("assumptions")?;
    let target = input.target.needed(amounts, input.assumptions.inflation).at("target")?;
    let start = amounts.read(input.current_amount, "currentAmount")?;
    let contribution = amounts.read(input.contribution, "contribution")?;
    let paths = check::paths(input.paths, MAX_PATHS, "").at("paths")?;
    let saving = Saving::new(start, input.target.months, &input.assumptions, input.contribution_terms)?;
    let (rows, contributed, end) = rows(&saving, contribution, amounts)?;
    let plan = Uncertain {
        saving: &saving,
        assumptions: &input.assumptions,
        amounts,
        target,
        paths,
        seed: input.seed,
    };
    let chance = match &input.market {
        Some(market) => MarketPaths::new(market, &plan, &input.target, control)?.chance(contribution)?,
        None => plan.chance(contribution, control)?,
    };
    Ok(GoalProjectionResult {
        target_amount: amounts.write(target)?,
        projected_amount: amounts.write(end)?,
        total_contributions: amounts.write(contributed)?,
        total_growth: amounts.write(end - start - contributed)?,
        funded_ratio: ratio(end, target)?,
        shortfall: amounts.write((target - end).max(0))?,
        surplus: amounts.write((end - target).max(0))?,
        success_probability: chance.probability,
        standard_error: chance.standard_error,
        probability_method: chance.method,
        outcomes: chance.outcomes,
        rows,
    })
}

/// The rows, the sum of contributions, and the final balance.
fn rows(saving: &Saving, contribution: i64, amounts: Amounts) -> Result<(Vec<GoalProjectionRow>, i64, i64)> {
    let mut years = Vec::new();
    let (mut contributed, mut earned, mut total) = (0, 0, 0);
    let end = saving.walk(contribution, |month| {
        contributed += month.contribution;
        earned += month.interest;
        if month.month.is_multiple_of(12) || month.month == saving.months {
            years.push((month.month, contributed, earned, month.balance));
            total += contributed;
            (contributed, earned) = (0, 0);
        }
    })?;
    let rows = years.into_iter().map(|(month, contributed, earned, balance)| {
        Ok(GoalProjectionRow {
            month,
            contributions: amounts.write(contributed)?,
            growth: amounts.write(earned)?,
            balance: amounts.write(balance)?,
        })
    });
    Ok((rows.collect::<Result<_>>()?, total, end))
}
