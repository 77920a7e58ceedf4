//! Payoff planning: several debts, one monthly budget.

mod compare;
mod compiled;
mod deferral;
mod follow;
mod month_rate;
mod optimum;
mod plan;
mod request;
mod run;

pub use compare::{PayoffComparison, PayoffStrategyResult, payoff_compare, payoff_compare_under};
pub use optimum::{PayoffProof, PayoffProofStatus};
pub use plan::{
    PayoffBaseline, PayoffDebtSummary, PayoffMinimumRule, PayoffMonth, PayoffPlan, PayoffRow, payoff_plan,
    payoff_plan_under,
};
pub use request::{
    DebtInterest, MinimumPayment, PayoffBudget, PayoffBudgetChange, PayoffComparisonInput, PayoffDebt,
    PayoffDeferredInterest, PayoffExtraPayment, PayoffPlanInput, PayoffStrategy, PayoffStrategyName,
    PromotionalRate,
};

#[cfg(test)]
mod tests;
