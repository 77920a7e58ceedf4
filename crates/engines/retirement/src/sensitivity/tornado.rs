//! The assumptions that matter most.

use super::assumption::VariedAssumption;
use crate::{
    RetirementDifference, RetirementOutcome, RetirementPlan,
    plan::{Trial, Trials, check_plan},
};
use wherewithal_base::{
    Error, ErrorCode, Result, check, control::Control, error::At as _, order, wire::Wire,
};

const MAX_ASSUMPTIONS: usize = 50;

/// Input of `retirement.tornado`.
#[derive(Debug, Clone, Wire)]
pub struct TornadoInput {
    /// The plan.
    pub plan: RetirementPlan,

    /// The varied assumptions, at most 50; empty for all that apply to the plan: returns and inflation by a percentage
    /// point, volatility by 20 %, spending, savings and taxes by 10 %, Social Security by 25 %, retirement by 2 years,
    /// longevity by 5 years.
    #[wire(default, length = ..=50)]
    pub assumptions: Vec<TornadoAssumption>,

    /// The order of the assumptions.
    #[wire(default)]
    pub sort_by: TornadoMeasure,
}

/// An assumption with a low and a high value.
#[derive(Debug, Clone, Copy, Wire)]
pub struct TornadoAssumption {
    /// The assumption.
    pub assumption: VariedAssumption,

    /// Its low value: a change of the plan.
    pub low: f64,

    /// Its high value: a change of the plan.
    pub high: f64,
}

/// The order of assumptions: the largest swing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum TornadoMeasure {
    /// By the success probability, then by the median.
    #[default]
    SuccessProbability,
    /// By the median of the final balance in today's money, then by the success probability.
    MedianTerminalReal,
}

/// Result of `retirement.tornado`.
#[derive(Debug, Clone, Wire)]
pub struct TornadoResult {
    /// The outcome of the unchanged plan.
    pub base: RetirementOutcome,

    /// The assumptions, the one with the largest swing first; equal ones in the order of the input.
    pub bars: Vec<TornadoBar>,

    /// The assumptions of the default list that do not apply to the plan; empty if assumptions were given.
    pub left_out: Vec<VariedAssumption>,
}

/// The effect of one assumption.
#[derive(Debug, Clone, Wire)]
pub struct TornadoBar {
    /// The assumption.
    pub assumption: VariedAssumption,

    /// With its low value.
    pub low: TornadoEnd,

    /// With its high value.
    pub high: TornadoEnd,

    /// The absolute difference between their success probabilities.
    pub success_swing: f64,

    /// The absolute difference between their medians of the final balance, in today's money.
    pub median_swing: f64,
}

/// The plan with one assumption at one value.
#[derive(Debug, Clone, Wire)]
pub struct TornadoEnd {
    /// The value.
    pub value: f64,

    /// The outcome of the plan.
    pub outcome: RetirementOutcome,

    /// The difference to the unchanged plan.
    pub difference: RetirementDifference,
}

/// Varies one assumption after the other, and ranks them by their effect on the plan. All plans are run on the same
/// paths.
///
/// # Errors
/// Those of [`run`](crate::run()), below `plan` or `assumptions[…]`; `list.too_long`,
/// `change.not_applicable`; `operation.cancelled`.
pub fn tornado(input: &TornadoInput, control: &Control<'_>) -> Result<TornadoResult> {
    check::length(input.assumptions.len(), 0..=MAX_ASSUMPTIONS).at("assumptions")?;
    let (assumptions, left_out) = if input.assumptions.is_empty() {
        usual(&input.plan, control)?
    } else {
        (input.assumptions.clone(), Vec::new())
    };
    let mut trials = Trials::new(&input.plan, 2 * assumptions.len() as u64 + 1, control).at("plan")?;
    let base = trials.run(&input.plan).at("plan")?;
    let mut bars = Vec::with_capacity(assumptions.len());
    for (index, assumption) in assumptions.iter().enumerate() {
        let bar = bar(&input.plan, *assumption, &base, &mut trials).at_index("assumptions", index)?;
        bars.push(bar);
    }
    trials.finish();
    let key = |bar: &TornadoBar| match input.sort_by {
        TornadoMeasure::SuccessProbability => (bar.success_swing, bar.median_swing),
        TornadoMeasure::MedianTerminalReal => (bar.median_swing, bar.success_swing),
    };
    order::sort_by(&mut bars, |left, right| {
        let (left, right) = (key(left), key(right));
        right.0.total_cmp(&left.0).then(right.1.total_cmp(&left.1))
    });
    Ok(TornadoResult { base: RetirementOutcome::new(&base)?, bars, left_out })
}

/// The assumptions of the default list that apply to a plan, and those that do not.
fn usual(
    plan: &RetirementPlan,
    control: &Control<'_>,
) -> Result<(Vec<TornadoAssumption>, Vec<VariedAssumption>)> {
    let applies = |assumption: VariedAssumption| match assumption {
        VariedAssumption::Savings => !plan.contributions.is_empty(),
        VariedAssumption::SocialSecurity => !plan.social_security.is_empty(),
        _ => {
            let (low, high) = assumption.usual_values();
            [low, high].into_iter().all(|value| {
                let changed = assumption.changed(plan, value);
                changed.and_then(|plan| check_plan(&plan, control)).is_ok()
            })
        }
    };
    let (fitting, left_out): (Vec<VariedAssumption>, Vec<VariedAssumption>) =
        VariedAssumption::ALL.into_iter().partition(|assumption| applies(*assumption));
    // A check that was stopped looks like a change that does not apply.
    control.check()?;
    let with_values = |assumption: VariedAssumption| {
        let (low, high) = assumption.usual_values();
        TornadoAssumption { assumption, low, high }
    };
    Ok((fitting.into_iter().map(with_values).collect(), left_out))
}

fn bar(
    plan: &RetirementPlan,
    given: TornadoAssumption,
    base: &Trial,
    trials: &mut Trials<'_>,
) -> Result<TornadoBar> {
    if given.low > given.high {
        let message = format!("the high value, {}, is below the low value, {}", given.high, given.low);
        return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("high"));
    }
    let mut end = |value: f64, field: &str| -> Result<TornadoEnd> {
        let trial = given.assumption.changed(plan, value).and_then(|plan| trials.run(&plan)).at(field)?;
        Ok(TornadoEnd {
            value,
            outcome: RetirementOutcome::new(&trial)?,
            difference: RetirementDifference::new(base, &trial).at(field)?,
        })
    };
    let (low, high) = (end(given.low, "low")?, end(given.high, "high")?);
    Ok(TornadoBar {
        assumption: given.assumption,
        success_swing: (high.outcome.success.probability - low.outcome.success.probability).abs(),
        median_swing: (high.outcome.median_terminal_real - low.outcome.median_terminal_real).abs(),
        low,
        high,
    })
}
