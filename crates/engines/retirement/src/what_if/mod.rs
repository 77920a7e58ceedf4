//! What-if analysis: a plan compared with changed versions of it.

mod change;
mod market;
mod origin;
mod outcome;
mod rule;
#[cfg(test)]
mod tests;

use crate::plan::{RetirementPlan, Trials};
use wherewithal_base::{Result, check, control::Control, error::At as _, wire::Wire};

pub use change::RetirementChange;
pub(super) use change::changed;
pub(super) use market::shift_returns;
pub use outcome::{RetirementDifference, RetirementOutcome};
pub(super) use rule::{Level, level};

const MAX_SCENARIOS: usize = 50;
const MAX_CHANGES: usize = 20;

/// Input of `retirement.what_if`.
#[derive(Debug, Clone, Wire)]
pub struct WhatIfInput {
    /// The plan.
    pub plan: RetirementPlan,

    /// The scenarios to compare with the plan, 1 to 50.
    #[wire(length = 1..=50)]
    pub scenarios: Vec<WhatIfScenario>,
}

/// A scenario: a set of changes.
#[derive(Debug, Clone, Wire)]
pub struct WhatIfScenario {
    /// Its unique name; 1 to 100 characters.
    pub name: String,

    /// The changes, all applied, in order; at most 20.
    #[wire(length = ..=20)]
    pub changes: Vec<RetirementChange>,
}

/// Result of `retirement.what_if`.
#[derive(Debug, Clone, Wire)]
pub struct WhatIfResult {
    /// The outcome of the unchanged plan.
    pub base: RetirementOutcome,

    /// The scenarios, in the order of the input.
    pub scenarios: Vec<WhatIfScenarioResult>,

    /// The number of paths.
    pub paths: u64,
}

/// A scenario, compared with the plan.
#[derive(Debug, Clone, Wire)]
pub struct WhatIfScenarioResult {
    /// Its name.
    pub name: String,

    /// The outcome of the changed plan.
    pub outcome: RetirementOutcome,

    /// The difference to the plan.
    pub difference: RetirementDifference,
}

/// Compares a plan with changed ones on the same paths.
///
/// # Errors
/// Those of [`run`](crate::run()), below `plan` or `scenarios[…]`; `list.too_long`,
/// `text.invalid`, `change.not_applicable`; `operation.cancelled`.
pub fn what_if(input: &WhatIfInput, control: &Control<'_>) -> Result<WhatIfResult> {
    check::length(input.scenarios.len(), 1..=MAX_SCENARIOS).at("scenarios")?;
    check::names(input.scenarios.iter().map(|scenario| scenario.name.as_str()), "name").at("scenarios")?;
    let mut plans = Vec::with_capacity(input.scenarios.len());
    for (index, scenario) in input.scenarios.iter().enumerate() {
        let plan = check::length(scenario.changes.len(), 0..=MAX_CHANGES)
            .at("changes")
            .and_then(|_| changed(&input.plan, &scenario.changes))
            .at_index("scenarios", index)?;
        plans.push(plan);
    }
    let mut trials = Trials::new(&input.plan, plans.len() as u64 + 1, control).at("plan")?;
    let base = trials.run(&input.plan).at("plan")?;
    let mut scenarios = Vec::with_capacity(plans.len());
    for (index, (scenario, plan)) in input.scenarios.iter().zip(&plans).enumerate() {
        let trial = trials
            .run(plan)
            .map_err(|error| origin::in_changes(error, &input.plan, &scenario.changes))
            .at_index("scenarios", index)?;
        scenarios.push(WhatIfScenarioResult {
            name: scenario.name.clone(),
            outcome: RetirementOutcome::new(&trial)?,
            difference: RetirementDifference::new(&base, &trial).at_index("scenarios", index)?,
        });
    }
    trials.finish();
    Ok(WhatIfResult { base: RetirementOutcome::new(&base)?, scenarios, paths: base.successes.len() as u64 })
}
