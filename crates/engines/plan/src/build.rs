//! Builds the plan.

use super::{
    answers::{self, ask},
    debts::Debt,
    events::{events, sale_that_repays},
    mapping::{Mapped, map},
    output::{Plan, PlanDebt},
    parts::Parts,
    request::PlanInput,
    timeline::Timeline,
    years::years,
};
use std::ops::Bound;
use wherewithal_base::{Error, Result, check, control::Control, error::At as _};
use wherewithal_household::Household;
use wherewithal_net_worth as net_worth;
use wherewithal_retirement::{self as retirement, RetirementDebt};

/// The fields of the input that a plan has too, under the same name.
const SHARED_FIELDS: [&str; 3] = ["paths", "seed", "percentiles"];

/// The plan of a household: its net worth and debts, its retirement plan, the result of that plan, and the answers to the
/// questions that a household asks.
///
/// The result is that of [`retirement::run`](wherewithal_retirement::run()) on the plan of
/// [`retirement_plan`](crate::retirement_plan), to the bit.
///
/// # Errors
/// Those of [`retirement_plan`](crate::retirement_plan) and of the run; `probability.out_of_range`;
/// `operation.cancelled`.
pub fn build(request: &PlanInput, control: &Control<'_>) -> Result<Plan> {
    let household = &request.household;
    // First, so that a date without a calendar year of a plan is not reported where the document counts from it.
    Timeline::new(household.as_of).at("household")?;
    // Also validates the document, on which everything below relies.
    let statement = net_worth::statement(household).at("household")?;
    check::probability(request.confidence, (Bound::Excluded(0.0), Bound::Included(1.0))).at("confidence")?;
    let mapped = map(request)?;
    let in_runs = |paths: u64| (paths / 1000).max(1);
    let questions = answers::TORNADO + answers::SPENDING + answers::AGE + answers::SAVING;
    let run = in_runs(request.paths);
    let mut parts = Parts::new(control, run + if request.questions { questions } else { 0 });
    let result = parts.run(run, |control| retirement::run(&mapped.plan, control)).map_err(in_document)?;
    let (sensitivity, answers) = if request.questions {
        let (bars, answers) = ask(&mapped.plan, request.confidence, &mut parts).map_err(in_document)?;
        (bars, Some(answers))
    } else {
        (Vec::new(), None)
    };
    let (years, events) = (years(&mapped.plan, &result), events(household, &mapped)?);
    let debts = summaries(household, &mapped)?;
    let Mapped { plan, assumed, .. } = mapped;
    Ok(Plan {
        name: household.name.clone(),
        as_of: household.as_of,
        currency: household.currency,
        net_worth: statement,
        debts,
        retirement_plan: plan,
        result,
        years,
        events,
        sensitivity,
        answers,
        assumptions: assumed.into_list(),
    })
}

/// The debts, in the order of the document: each up to the sale that repays it, if it is not repaid before.
fn summaries(household: &Household, mapped: &Mapped<'_>) -> Result<Vec<PlanDebt>> {
    let timeline = Timeline::new(household.as_of)?;
    let summary = |(debt, planned): (&Debt<'_>, &RetirementDebt)| {
        let sale = sale_that_repays(&mapped.plan, &planned.name);
        // What the plan does not reach repays nothing.
        let sale = sale.filter(|(year, _)| *year <= mapped.adults.last_year);
        debt.summary(household, &timeline, sale)
    };
    mapped.debts.iter().zip(&mapped.plan.debts).map(summary).collect()
}

/// An error of the run at a field that the caller wrote: the plan was made here.
fn in_document(error: Error) -> Error {
    let path = error.path();
    let path = path.strip_prefix("plan.").unwrap_or(path);
    let root = path.split(['.', '[']).next().unwrap_or_default();
    if path.is_empty() || SHARED_FIELDS.contains(&root) {
        let bare = Error::new(error.code(), error.message());
        return if path.is_empty() { bare } else { bare.at(path) };
    }
    // The correlations are those of the document, in its order.
    if let Some(place) = path.strip_prefix("market.correlations") {
        let bare = Error::new(error.code(), error.message());
        return bare.at(&format!("correlations{place}")).at("assumptions").at("household");
    }
    let message = format!("{} (at {path} of the plan that was made of the household)", error.message());
    Error::new(error.code(), message).at("household")
}

#[cfg(test)]
mod tests;
