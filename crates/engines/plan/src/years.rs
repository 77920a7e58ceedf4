//! The years of a plan in the money of its start.

use super::output::PlanYear;
use wherewithal_retirement::{RetirementPlan, RetirementResult};

/// One row for each year of the result.
pub(super) fn years(plan: &RetirementPlan, result: &RetirementResult) -> Vec<PlanYear> {
    let row = |means: &wherewithal_retirement::RetirementYearMeans| PlanYear {
        year: means.year,
        ages: plan.people.iter().map(|person| means.year - person.birth_year).collect(),
        means: means.clone(),
    };
    result.years_real.iter().map(row).collect()
}
