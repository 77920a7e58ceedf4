//! Search for the last value of a grid that still succeeds.

use std::ops::Bound;

use crate::{
    RetirementPlan,
    plan::{Trial, Trials},
};
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _, wire::Wire};
use wherewithal_simulation::Success;

/// The largest number of steps in a range: bisection then takes at most 40 plans.
const MAX_STEPS: f64 = 1e12;

/// The largest number of plans in a search: both ends, then bisection.
pub(super) const MAX_TRIALS: u64 = 42;

/// A value at which a plan succeeds in the required share of paths, next to one at which it does not.
#[derive(Debug, Clone, Wire)]
pub struct RetirementSolution {
    /// The value: a whole multiple of the precision, or the end of the range.
    pub value: f64,

    /// The paths that succeed with it: at least the required share.
    pub success: Success,

    /// The share of successful paths minus the required share. With n paths, it changes in steps of 1 / n or more.
    pub residual: f64,

    /// The median of the final balance with it, in today's money.
    pub median_terminal_real: f64,

    /// The neighbouring value, one precision step away, that does not suffice; null if the end of the range suffices.
    pub next_value: Option<f64>,

    /// Share of paths that succeed with the neighbouring value; null without one.
    pub next_success_probability: Option<f64>,

    /// Whether the value is the boundary, or the end of the range.
    pub status: SolutionStatus,

    /// The number of plans that were tried, all on the same paths.
    pub plans_tried: u64,
}

/// Whether a value is the boundary, or the end of the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum SolutionStatus {
    /// The neighbouring value does not suffice.
    Boundary,
    /// Even the most demanding end of the range suffices.
    EndOfRange,
}

/// The values of a search: `easy + step × k` for whole k up to `steps`, each more demanding than the previous one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    easy: f64,
    hard: f64,
    steps: u64,
    precision: f64,
}

/// A search for the boundary of a plan.
pub(super) struct Question<'a, 'b> {
    pub(super) confidence: f64,
    pub(super) trials: &'a mut Trials<'b>,
    /// The plan with a value.
    pub(super) plan: &'a dyn Fn(f64) -> Result<RetirementPlan>,
    /// A name of the value for messages.
    pub(super) what: &'a str,
}

/// A valid required share of successful paths.
pub(super) fn check_confidence(confidence: f64) -> Result<()> {
    let range = (Bound::Excluded(0.0), Bound::Included(1.0));
    check::probability(confidence, range).at("confidence").map(|_| ())
}

impl Range {
    /// From the least to the most demanding end, in whole multiples of `precision`.
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

    /// A value on the grid: computed as a whole multiple of the precision, so that it has no accumulated rounding
    /// errors.
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
        // Dividing by the inverse of a decimal precision gives the nearest double, multiplying may not: 3 / 10000, not
        // 3 × 0.0001.
        let parts = (1.0 / self.precision).round();
        if parts > 1.0 && 1.0 / parts == self.precision { first / parts } else { first * self.precision }
    }
}

/// A share of paths for a message, in tenths of a percent, rounded down: 0.1333 is `13.3 %`.
pub(super) fn percentage(share: f64) -> String {
    let tenths = (share * 1000.0 + 1e-9).floor() as u64;
    match (tenths / 10, tenths % 10) {
        (0, 0) if share > 0.0 => "less than 0.1 %".to_owned(),
        (whole, 0) => format!("{whole} %"),
        (whole, tenth) => format!("{whole}.{tenth} %"),
    }
}

/// The most demanding value with which the required share of paths still succeeds, by bisection.
///
/// If more demanding values never succeed more often, it is the only boundary; otherwise it is one of several.
///
/// # Errors
/// `solve.no_solution` if even the least demanding value does not succeed often enough; those of the plans.
pub(super) fn hardest(range: &Range, question: &mut Question<'_, '_>) -> Result<RetirementSolution> {
    let easiest = question.try_value(range.value(0))?;
    if !question.suffices(&easiest) {
        let best = easiest.success().probability();
        let message = format!(
            "even with {} of {}, the plan succeeds in {} of the paths; {} are required",
            question.what,
            range.value(0),
            percentage(best),
            percentage(question.confidence)
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
