//! Payoff planning: several debts, one monthly budget.

mod compare;
mod compiled;
mod deferral;
mod follow;
mod input;
mod month_rate;
mod optimum;
mod plan;
mod run;

pub use compare::{PayoffComparison, PayoffStrategyResult, payoff_compare, payoff_compare_under};
pub use input::{
    DebtInterest, MinimumPayment, PayoffBudget, PayoffBudgetChange, PayoffComparisonInput, PayoffDebt,
    PayoffDeferredInterest, PayoffExtraPayment, PayoffPlanInput, PayoffStrategy, PayoffStrategyName,
    PromotionalRate,
};
pub use optimum::{PayoffProof, PayoffProofStatus};
pub use plan::{
    PayoffBaseline, PayoffDebtSummary, PayoffMinimumRule, PayoffMonth, PayoffPlan, PayoffRow, payoff_plan,
    payoff_plan_under,
};

#[cfg(test)]
mod tests;
