//! The return that a plan needs.

use super::search::{MAX_TRIALS, Question, Range, RetirementSolution, check_confidence, hardest};
use crate::{RetirementPlan, plan::Trials, what_if::shift_returns};
use wherewithal_base::{Error, ErrorCode, Result, check, control::Control, error::At as _, wire::Wire};

/// Input of `retirement.required_return`.
#[derive(Debug, Clone, Wire)]
pub struct RequiredReturnInput {
    /// The plan.
    pub plan: RetirementPlan,

    /// The required share of paths that succeed, above 0 and at most 1.
    #[wire(share, default = nine_tenths, above = 0, range = ..=1)]
    pub confidence: f64,

    /// The precision of the shift as a fraction, above 0.
    #[wire(share, default = basis_point, above = 0)]
    pub precision: f64,

    /// The lower end of the search, as a fraction from -1 to 1.
    #[wire(rate, default = least, range = -1..=1)]
    pub lowest: f64,

    /// The upper end of the search, from `lowest` to 1, where it starts: the plan must succeed with it.
    #[wire(rate, default = most)]
    pub highest: f64,
}

/// The least shift of the expected annual return of every asset class with which enough paths succeed: 0.01 is one
/// percentage point more than the plan assumes; a negative shift is the return that the plan can do without.
///
/// # Errors
/// Those of [`run`](crate::run()), below `plan`; `probability.out_of_range`,
/// `number.out_of_range`, `range.out_of_order`, `solve.no_solution`; `operation.cancelled`.
pub fn required_return(input: &RequiredReturnInput, control: &Control<'_>) -> Result<RetirementSolution> {
    check_confidence(input.confidence)?;
    let lowest = check::rate(input.lowest, -1.0..=1.0).at("lowest")?;
    let highest = check::rate(input.highest, -1.0..=1.0).at("highest")?;
    if lowest > highest {
        let message = format!("the highest shift, {highest}, is below the lowest, {lowest}");
        return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("highest"));
    }
    let range = Range::new(highest, lowest, input.precision)?;
    let mut trials = Trials::new(&input.plan, MAX_TRIALS, control).at("plan")?;
    let with = |value: f64| {
        let mut plan = input.plan.clone();
        shift_returns(&mut plan.market, value);
        Ok(plan)
    };
    let mut question = Question {
        confidence: input.confidence,
        trials: &mut trials,
        plan: &with,
        what: "a shift of returns",
    };
    hardest(&range, &mut question).at("plan")
}

fn nine_tenths() -> f64 {
    0.9
}

fn basis_point() -> f64 {
    0.0001
}

fn least() -> f64 {
    -0.1
}

fn most() -> f64 {
    0.2
}
