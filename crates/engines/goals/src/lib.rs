//! Goals: the savings that they need, the probability of reaching them, and the allocation of money among them.
//!
//! Plans are exact: contributions and the interest of each month are rounded to the minor unit of the currency, so that
//! a schedule adds up and a required contribution is the least to the cent. Probabilities are estimates.

mod allocate;
mod amounts;
mod capacity;
mod chance;
mod education;
mod emergency_fund;
mod funded_ratio;
mod input;
mod market;
mod progress;
mod project;
mod required_contribution;
mod saving;
#[cfg(test)]
mod tests;
mod time_to_target;

pub use allocate::{
    AllocatedAccount, AllocatedGoal, AllocationAccount, AllocationGoal, AllocationMethod,
    GoalAllocationInput, GoalAllocationLine, GoalAllocationResult, allocate,
};
pub use chance::{ChanceMethod, GoalOutcome};
pub use education::{EducationPlanInput, EducationPlanResult, EducationYear, education};
pub use emergency_fund::{EmergencyFundInput, EmergencyFundResult, IncomeStability, emergency_fund};
pub use funded_ratio::{FundedRatioInput, FundedRatioResult, GoalCashFlow, GoalCashFlowValue, funded_ratio};
pub use input::{
    ContributionFrequency, ContributionTerms, GoalAssumptions, GoalProgressInput, GoalProjectionInput,
    GoalTarget, RequiredContributionInput,
};
pub use market::GoalMarket;
pub use progress::{GoalProgressResult, GoalStatus, progress};
pub use project::{GoalProjectionResult, GoalProjectionRow, project};
pub use required_contribution::{
    ContributionForProbability, RequiredContributionResult, required_contribution,
};
pub use time_to_target::{TimeForProbability, TimeToTargetInput, TimeToTargetResult, time_to_target};

/// The crate that users name, as far as this package can see it: for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as goals;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_household as household;
    pub use wherewithal_market as market;
    pub use wherewithal_math as math;
    pub use wherewithal_simulation as simulation;
}
