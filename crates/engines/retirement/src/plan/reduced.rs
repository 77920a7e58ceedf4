//! Contributions that income does not suffice for.

use super::{RetirementPlan, compiled::CompiledPlan, outcomes::replay};
use wherewithal_base::{Result, control::Control};
use wherewithal_math::is_covered;

/// A contribution that is less in a year than the plan asks for. Amounts are in today's money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReducedContribution {
    /// The place of the contribution in the plan.
    pub contribution: usize,
    /// The calendar year.
    pub year: u32,
    /// What the plan asks for, within the limit of the contribution.
    pub asked: f64,
    /// What is contributed.
    pub paid: f64,
}

/// The contributions out of income that income does not suffice for on the first path of a plan: each with the first such
/// year, in the order of the plan.
///
/// # Errors
/// Those of a plan.
#[expect(clippy::indexing_slicing, reason = "a record has each contribution of the plan")]
pub fn reduced_contributions(plan: &RetirementPlan) -> Result<Vec<ReducedContribution>> {
    let plan = CompiledPlan::new(plan, &Control::default())?;
    let mut found: Vec<Option<ReducedContribution>> = vec![None; plan.contributions.len()];
    replay(&plan, 0, |record| {
        for (contribution, found) in found.iter_mut().enumerate() {
            let (asked, paid) =
                (record.wanted_contributions[contribution], record.contributions[contribution]);
            if found.is_none() && !is_covered(paid, asked) {
                let real = |amount: f64| amount / record.price_level;
                let year = plan.first_year + record.year as u32;
                *found =
                    Some(ReducedContribution { contribution, year, asked: real(asked), paid: real(paid) });
            }
        }
    });
    Ok(found.into_iter().flatten().collect())
}
