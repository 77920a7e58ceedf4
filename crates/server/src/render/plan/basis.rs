//! What the plan rests on: the assumptions, with what to write in the document to say otherwise.

use wherewithal::plan::{Plan, PlanAssumption};

use crate::render::{money::grouped, words::capital};

/// An assumption.
pub(super) struct Basis<'a> {
    pub(super) field: &'a str,
    pub(super) assumed: String,
    pub(super) instead: &'a str,
}

/// All assumptions, in the order of the document.
pub(super) fn assumptions(plan: &Plan) -> impl Iterator<Item = Basis<'_>> {
    plan.assumptions.iter().map(|PlanAssumption { field, assumed, instead, .. }| Basis {
        field,
        assumed: capital(assumed),
        instead,
    })
}

/// How the plan was simulated.
pub(super) fn simulation(plan: &Plan) -> String {
    let result = &plan.result;
    format!(
        "{} futures, seed {}; the same document gives the same plan everywhere.",
        grouped(&result.paths.to_string()),
        result.seed
    )
}
