//! Loans and debts: schedules, annual percentage rates, payoff plans and comparisons, exact to the minor unit.

mod amortization;
mod annual_percentage_rate;
mod comparison;
mod batch;
mod loan;
mod payment;
mod payoff;
mod schedule;

pub use amortization::{Amortization, AmortizationRow, amortize};
pub use annual_percentage_rate::*;
pub use comparison::*;
pub use batch::{
    AmortizationBatch, BatchLoan, ColumnsMut, ScheduleColumns, amortize_batch, amortize_into,
    for_each_schedule, max_rows,
};
pub use loan::Loan;
pub use payoff::*;
pub use schedule::*;

mod payoff;

pub use payoff::{
    MinimumPayment, PayoffBaseline, PayoffBudget, PayoffBudgetChange, PayoffComparison,
    PayoffComparisonRequest, PayoffDebt, PayoffDebtSummary, PayoffExtraPayment, PayoffMinimumRule,
    PayoffMonth, PayoffPlan, PayoffProof, PayoffProofStatus, PayoffRequest, PayoffRow, PayoffStrategy,
    PayoffStrategyName, PayoffStrategyResult, PromotionalRate, payoff_compare, payoff_plan,
};
