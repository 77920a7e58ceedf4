//! What a plan bears and what it needs: the boundary at which it still succeeds in as many paths as are asked for.
//!
//! All plans that a search tries live through the same paths, so an answer does not jump with the noise of the sample.

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
pub use safe_withdrawal_rate::{SafeWithdrawalRateInput, SafeWithdrawalRateResult, safe_withdrawal_rate};
pub use search::{RetirementSolution, SolutionStatus};
