//! A financial plan from a household document: net worth, debts, cash flow, and the probability that the accounts pay
//! for everything.

mod build;
mod cash_flow;
mod debts;
mod flows;
mod horizon;
mod output;
mod request;
mod standing;

pub use build::build;
pub use output::{
    Plan, PlanAssumption, PlanCashFlowYear, PlanDebt, PlanFanRow, PlanFlow, PlanFlowKind, PlanNote,
    PlanProjection,
};
pub use request::PlanInput;
