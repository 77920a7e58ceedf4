//! A financial plan from a household document: where it stands, what its debts cost, what comes in and goes out,
//! and how likely it is that the accounts pay for all of it.

mod build;
mod cash_flow;
mod debts;
mod flows;
mod horizon;
mod output;
mod request;

pub use build::build;
pub use output::{
    Plan, PlanAssumption, PlanCashFlowYear, PlanDebt, PlanFanRow, PlanFlow, PlanFlowKind, PlanNote,
    PlanProjection,
};
pub use request::PlanInput;
