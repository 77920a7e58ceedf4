//! Contributions that the income of the household does not suffice for.

use super::{Context, limits::Placed};
use std::collections::BTreeMap;
use wherewithal_market::MarketModel;
use wherewithal_reference::mortality::LAST_AGE;
use wherewithal_retirement::{
    RetirementMortality, RetirementPlan,
    internal::{ReducedContribution, reduced_contributions},
};

impl Context<'_> {
    /// Lists, for each contribution of the document, the first year in which income does not suffice for it where nothing is
    /// uncertain. A plan that cannot be run is refused where it is run.
    pub(super) fn note_reduced(&mut self, plan: &RetirementPlan) {
        if plan.contributions.is_empty() {
            return;
        }
        let Ok(reduced) = reduced_contributions(&certain(plan)) else { return };
        let mut first: BTreeMap<usize, ReducedContribution> = BTreeMap::new();
        for one in reduced {
            let Some(Placed { index, .. }) =
                self.placed.iter().find(|placed| placed.planned == one.contribution)
            else {
                continue;
            };
            let found = first.entry(*index).or_insert(one);
            if one.year < found.year {
                *found = one;
            }
        }
        for (index, ReducedContribution { year, asked, paid, .. }) in first {
            let Some(contribution) = self.household.contributions.get(index) else { continue };
            self.assumed.figure(
                format!("contributions[{index}].amount"),
                format!(
                    "{} asks for {asked:.2} in {year}, and what income leaves after taxes, debts, expenses and the \
                     contributions before it pays {paid:.2}: the plan contributes no more, in this and other such years",
                    contribution.name
                ),
                (paid, "household currency, in the money of the start"),
                "an amount that income can pay, an earlier end, or less spending",
            );
        }
    }
}

/// The plan without anything uncertain: expected returns, and lives as long as they can be.
fn certain(plan: &RetirementPlan) -> RetirementPlan {
    let mut plan = plan.clone();
    plan.paths = 1;
    for person in &mut plan.people {
        if let RetirementMortality::Table { .. } = person.mortality {
            person.mortality = RetirementMortality::FixedAge { age: LAST_AGE };
        }
    }
    if let MarketModel::Lognormal { asset_classes, correlations, .. } = &mut plan.market {
        asset_classes.iter_mut().for_each(|class| class.volatility = 0.0);
        correlations.clear();
    }
    plan
}
