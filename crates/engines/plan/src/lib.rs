//! A financial plan from a household document: net worth, debts, and the household's retirement plan, run along many
//! paths of a market.
//!
//! [`retirement_plan`] makes a [`RetirementPlan`](wherewithal_retirement::RetirementPlan) out of the document, and lists
//! what it had to assume; [`build`](crate::build()) runs that plan and answers questions about it.

mod answers;
mod assumed;
mod build;
mod debts;
mod events;
mod mapping;
mod output;
mod parts;
mod request;
mod standing;
mod timeline;
mod years;

pub use build::build;
pub use mapping::retirement_plan;
pub use output::{
    HouseholdRetirementPlan, Plan, PlanAnswers, PlanAssumption, PlanDebt, PlanEvent, PlanEventKind,
    PlanQuestion, PlanUnanswered, PlanYear,
};
pub use request::PlanInput;
