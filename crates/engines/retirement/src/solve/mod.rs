//! The limits of a plan: the value at which it still succeeds in the required share of paths.
//!
//! All plans of a search are run on the same paths, so the result does not jump with sampling noise.

mod maximum_spending;
mod required_return;
mod required_saving;
mod retirement_age;
mod roth_ladder;
mod safe_withdrawal_rate;
mod search;
#[cfg(test)]
mod tests;

pub use maximum_spending::{
    MaximumSpendingInput, MaximumSpendingResult, SpendingLevelKind, maximum_spending,
};
pub use required_return::{RequiredReturnInput, required_return};
pub use required_saving::{RequiredSavingInput, required_saving};
pub use retirement_age::{
    EarliestRetirementAgeInput, EarliestRetirementAgeResult, RetirementAgeRow, earliest_retirement_age,
};
pub use roth_ladder::{
    RothConversionLadderInput, RothConversionLadderResult, RothLadderObjective, RothLadderStage,
    RothLadderTrial, roth_conversion_ladder,
};
pub use safe_withdrawal_rate::{
    SafeWithdrawalRateInput, SafeWithdrawalRateResult, WithdrawalTiming, safe_withdrawal_rate,
};
pub use search::{RetirementSolution, SolutionStatus};
