//! A projection: the few numbers of a plan that a screen shows.

use crate::plan::{RetirementPlan, Trial, Trials};
use wherewithal_base::{ErrorCode, Result, check, control::Control, error::At as _, order, wire::Wire};
use wherewithal_simulation::Success;

const MAX_SCENARIOS: u32 = 10_000;

/// Input of `retirement.projection`.
#[derive(Debug, Clone, Wire)]
pub struct ProjectionInput {
    /// The plan.
    pub plan: RetirementPlan,

    /// The largest number of returned scenarios, 1 to 10,000. They are spaced evenly from the worst path to the best.
    #[wire(default = hundred, range = 1..=10_000)]
    pub scenarios: u32,
}

/// Result of `retirement.projection`.
#[derive(Debug, Clone, Wire)]
pub struct ProjectionResult {
    /// Paths in ascending order of the final balance in today's money: all of them, or `scenarios` of them evenly
    /// spaced, including the first and the last.
    pub scenarios: Vec<ProjectionScenario>,

    /// The paths that succeed by the plan's own measure.
    pub success: Success,

    /// The median of the final balance.
    pub median_outcome: ProjectionOutcome,

    /// The 90th percentile of the final balance.
    pub best_case: ProjectionOutcome,

    /// The 10th percentile of the final balance.
    pub worst_case: ProjectionOutcome,
}

/// The outcome of one path.
#[derive(Debug, Clone, Wire)]
pub struct ProjectionScenario {
    /// The number of the path, counted from 0; `retirement.path` has its ledger.
    pub path: u64,

    /// Whether it succeeds.
    pub success: bool,

    /// Nominal balance of all accounts at the end.
    pub terminal_nominal: f64,

    /// The same in today's money.
    pub terminal_real: f64,
}

/// A percentile of the final balance. The nominal and the real percentile are generally not from the same path.
#[derive(Debug, Clone, Wire)]
pub struct ProjectionOutcome {
    /// Nominal.
    pub nominal: f64,

    /// In today's money.
    pub real: f64,
}

/// Projects a plan: scenarios, the probability of success, and the median, the 90th and the 10th percentile of the
/// final balance.
///
/// # Errors
/// Those of [`run`](crate::run()), below `plan`; `count.out_of_range`; `operation.cancelled`.
pub fn projection(input: &ProjectionInput, control: &Control<'_>) -> Result<ProjectionResult> {
    check::whole(input.scenarios, 1..=MAX_SCENARIOS, ErrorCode::CountOutOfRange).at("scenarios")?;
    let trial =
        Trials::new(&input.plan, 1, control).and_then(|mut trials| trials.run(&input.plan)).at("plan")?;
    let outcome = |probability: f64| -> Result<ProjectionOutcome> {
        Ok(ProjectionOutcome {
            nominal: Trial::quantile(&trial.terminal, probability)?,
            real: Trial::quantile(&trial.terminal_real, probability)?,
        })
    };
    Ok(ProjectionResult {
        scenarios: scenarios(&trial, input.scenarios as usize),
        success: trial.success().into(),
        median_outcome: outcome(0.5)?,
        best_case: outcome(0.9)?,
        worst_case: outcome(0.1)?,
    })
}

#[expect(clippy::indexing_slicing, reason = "the places run from the first path to the last")]
fn scenarios(trial: &Trial, most: usize) -> Vec<ProjectionScenario> {
    let mut paths: Vec<ProjectionScenario> = trial
        .successes
        .iter()
        .zip(&trial.terminal)
        .zip(&trial.terminal_real)
        .zip(0..)
        .map(|(((success, terminal), terminal_real), path)| ProjectionScenario {
            path,
            success: *success,
            terminal_nominal: *terminal,
            terminal_real: *terminal_real,
        })
        .collect();
    order::sort_by(&mut paths, |left, right| {
        left.terminal_real.total_cmp(&right.terminal_real).then(left.path.cmp(&right.path))
    });
    if paths.len() <= most {
        return paths;
    }
    let last = paths.len() - 1;
    let place = |number: usize| if most == 1 { last / 2 } else { number * last / (most - 1) };
    (0..most).map(|number| paths[place(number)].clone()).collect()
}

fn hundred() -> u32 {
    100
}
