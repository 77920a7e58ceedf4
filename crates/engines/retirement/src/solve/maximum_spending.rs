//! The maximum spending.

use super::search::{MAX_TRIALS, Question, Range, RetirementSolution, check_confidence, hardest};
use crate::{
    RetirementPlan,
    plan::Trials,
    what_if::{Level, level},
};
use wherewithal_base::{Result, check, control::Control, error::At as _, wire::Wire};

/// The limit of `highest` for an amount, and its default.
const MAX_AMOUNT: f64 = 1e12;
const USUAL_AMOUNT: f64 = 1e9;

/// Input of `retirement.maximum_spending`.
#[derive(Debug, Clone, Wire)]
pub struct MaximumSpendingInput {
    /// The plan. The search is for the level of its spending rule: `annualSpending`, `initialRate`, `rate` or `base`.
    /// The rest of the policy does not change.
    pub plan: RetirementPlan,

    /// The required share of paths that succeed, above 0 and at most 1.
    #[wire(share, default = nine_tenths, above = 0, range = ..=1)]
    pub confidence: f64,

    /// The precision of the level, above 0; by default 1 for an amount and 0.0001 for a share.
    #[wire(above = 0)]
    pub precision: Option<f64>,

    /// The upper end of the search, above 0: for an amount at most 10^12 and by default 10^9, for a share at most and
    /// by default 1.
    pub highest: Option<f64>,
}

/// The kind of level of a spending rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum SpendingLevelKind {
    /// Annual spending, in today's money.
    Amount,
    /// A share of the portfolio (0.04 is 4 %).
    Share,
}

/// Result of `retirement.maximum_spending`.
#[derive(Debug, Clone, Wire)]
pub struct MaximumSpendingResult {
    /// The kind of `solution.value`.
    pub level: SpendingLevelKind,

    /// The highest level with which the required share of paths succeeds.
    pub solution: RetirementSolution,
}

/// The maximum spending: the highest level of the plan's spending rule with which enough paths succeed.
///
/// # Errors
/// Those of [`run`](crate::run()), below `plan`; `change.not_applicable` for a rule without a
/// level; `probability.out_of_range`, `amount.out_of_range` or `rate.out_of_range`,
/// `number.out_of_range`, `solve.no_solution`; `operation.cancelled`.
pub fn maximum_spending(
    input: &MaximumSpendingInput,
    control: &Control<'_>,
) -> Result<MaximumSpendingResult> {
    check_confidence(input.confidence)?;
    let mut plan = input.plan.clone();
    let rule = level(&mut plan.spending.policy.rule).at("rule").at("policy").at("spending").at("plan")?;
    let (kind, precision) = match rule {
        Level::Amount(_) => (SpendingLevelKind::Amount, input.precision.unwrap_or(1.0)),
        Level::Rate(_) => (SpendingLevelKind::Share, input.precision.unwrap_or(0.0001)),
    };
    let lowest = lowest(&plan);
    let highest = match kind {
        SpendingLevelKind::Amount => {
            check::amount(input.highest.unwrap_or(USUAL_AMOUNT), lowest..=MAX_AMOUNT)
        }
        SpendingLevelKind::Share => check::rate(input.highest.unwrap_or(1.0), lowest..=1.0),
    };
    let range = Range::new(lowest, highest.at("highest")?, precision)?;
    let mut trials = Trials::new(&plan, MAX_TRIALS, control).at("plan")?;
    let with = |value: f64| {
        let mut plan = plan.clone();
        match level(&mut plan.spending.policy.rule)? {
            Level::Amount(level) | Level::Rate(level) => *level = value,
        }
        Ok(plan)
    };
    let mut question =
        Question { confidence: input.confidence, trials: &mut trials, plan: &with, what: "a level" };
    Ok(MaximumSpendingResult { level: kind, solution: hardest(&range, &mut question).at("plan")? })
}

/// The lowest level of the rule. Above 0 for Guyton and Klinger's, which divides by it.
fn lowest(plan: &RetirementPlan) -> f64 {
    use crate::SpendingRule;

    match plan.spending.policy.rule {
        SpendingRule::GuytonKlinger { .. } => 1e-6,
        _ => 0.0,
    }
}

fn nine_tenths() -> f64 {
    0.9
}
