//! The last value of a grid that still succeeds.

use std::ops::Bound;

use crate::{
    RetirementPlan,
    plan::{Trial, Trials},
};
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _, wire::Wire};
use wherewithal_simulation::Success;

/// The most steps of a range that is searched: halving takes at most 40 plans.
const MAX_STEPS: f64 = 1e12;

/// The most plans that a search tries: both ends, then halves.
pub(super) const MAX_TRIALS: u64 = 42;

/// A value at which a plan succeeds in as many paths as were asked for, next to one at which it does not.
#[derive(Debug, Clone, Wire)]
pub struct RetirementSolution {
    /// The value: a whole multiple of the precision, or the end of the range.
    pub value: f64,

    /// The paths that succeed with it: at least the share that was asked for.
    pub success: Success,

    /// How far the share lies above the one that was asked for. With n paths it moves in steps of 1 / n or more.
    pub residual: f64,

    /// What is left at the end in today's money with it, the median over the paths.
    pub median_terminal_real: f64,

    /// The neighbouring value, one precision away, that no longer suffices; null where the end of the range does.
    pub next_value: Option<f64>,

    /// Share of paths that succeed with the neighbouring value.
    pub next_success_probability: Option<f64>,

    /// Whether the value is the boundary, or the end of the range.
    pub status: SolutionStatus,

    /// The number of plans that were tried, all on the same paths.
    pub plans_tried: u64,
}

/// Whether a value is the boundary, or the end of the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum SolutionStatus {
    /// The neighbouring value no longer suffices.
    Boundary,
    /// Even the end of the range that asks most of the plan suffices.
    EndOfRange,
}

/// The values that are tried: `easy + step × k` for whole k up to `steps`, each harder for the plan than the one before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    easy: f64,
    hard: f64,
    steps: u64,
    precision: f64,
}

/// What is asked of a plan.
pub(super) struct Question<'a, 'b> {
    pub(super) confidence: f64,
    pub(super) trials: &'a mut Trials<'b>,
    /// The plan with a value.
    pub(super) plan: &'a dyn Fn(f64) -> Result<RetirementPlan>,
    /// What the value is, for messages.
    pub(super) what: &'a str,
}

/// A share of paths that is to succeed.
pub(super) fn check_confidence(confidence: f64) -> Result<()> {
    let range = (Bound::Excluded(0.0), Bound::Included(1.0));
    check::probability(confidence, range).at("confidence").map(|_| ())
}

impl Range {
    /// From the end that asks least of the plan to the one that asks most, in whole multiples of `precision`.
    pub(super) fn new(easy: f64, hard: f64, precision: f64) -> Result<Self> {
        check::finite(precision).at("precision")?;
        let steps = ((hard - easy).abs() / precision).ceil();
        if precision > 0.0 && steps <= MAX_STEPS {
            return Ok(Self { easy, hard, steps: steps as u64, precision });
        }
        let message = format!(
            "{precision} is not above 0, or is less than a {MAX_STEPS}th of the range from {easy} to {hard}"
        );
        Err(Error::new(ErrorCode::NumberOutOfRange, message).at("precision"))
    }

    /// A value on the grid: a whole multiple of the precision, so that it is written without the dirt of sums.
    fn value(&self, step: u64) -> f64 {
        if step == 0 {
            return self.easy;
        }
        if step >= self.steps {
            return self.hard;
        }
        let first = if self.hard > self.easy {
            (self.easy / self.precision).floor() + step as f64
        } else {
            (self.easy / self.precision).ceil() - step as f64
        };
        // Dividing by the whole number of a decimal precision is exact where multiplying is not: 3 / 10000, not 3 × 0.0001.
        let parts = (1.0 / self.precision).round();
        if parts > 1.0 && 1.0 / parts == self.precision { first / parts } else { first * self.precision }
    }
}

/// The hardest value that still succeeds in as many paths as are asked for, found by halving.
///
/// Where a harder value never succeeds more often it is the hardest of the range. Else it is one of the boundaries.
///
/// # Errors
/// `solve.no_solution` where even the easiest value does not succeed often enough; those of the plans.
pub(super) fn hardest(range: &Range, question: &mut Question<'_, '_>) -> Result<RetirementSolution> {
    let easiest = question.try_value(range.value(0))?;
    if !question.suffices(&easiest) {
        let best = easiest.success().probability();
        let message = format!(
            "even with {} of {} only {best} of the paths succeed, and {} are asked for",
            question.what,
            range.value(0),
            question.confidence
        );
        return Err(Error::new(ErrorCode::SolveNoSolution, message));
    }
    let hardest = question.try_value(range.value(range.steps))?;
    if question.suffices(&hardest) {
        return question.solution(range.value(range.steps), &hardest, None);
    }
    let (mut low, mut high) = ((0, easiest), (range.steps, hardest));
    while high.0 - low.0 > 1 {
        let middle = low.0 + (high.0 - low.0) / 2;
        let trial = question.try_value(range.value(middle))?;
        let end = if question.suffices(&trial) { &mut low } else { &mut high };
        *end = (middle, trial);
    }
    question.solution(range.value(low.0), &low.1, Some((range.value(high.0), high.1)))
}

impl Question<'_, '_> {
    fn try_value(&mut self, value: f64) -> Result<Trial> {
        self.trials.run(&(self.plan)(value)?)
    }

    fn suffices(&self, trial: &Trial) -> bool {
        trial.success().probability() >= self.confidence
    }

    fn solution(&self, value: f64, trial: &Trial, next: Option<(f64, Trial)>) -> Result<RetirementSolution> {
        self.trials.finish();
        let success = trial.success();
        Ok(RetirementSolution {
            value,
            success: success.into(),
            residual: success.probability() - self.confidence,
            median_terminal_real: Trial::quantile(&trial.terminal_real, 0.5)?,
            next_value: next.as_ref().map(|(value, _)| *value),
            next_success_probability: next.as_ref().map(|(_, trial)| trial.success().probability()),
            status: if next.is_some() { SolutionStatus::Boundary } else { SolutionStatus::EndOfRange },
            plans_tried: self.trials.tried(),
        })
    }
}
