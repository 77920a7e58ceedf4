//! Simulation of a household's retirement plan along many paths of a market, and questions about the plan.
//!
//! [`run`](crate::run()) simulates a plan with accounts, incomes, taxes and a [`SpendingRule`], and computes its
//! probability of success and what it leaves; [`path`] returns the ledger of one path.
//!
//! Questions about a plan are answered by simulations on common random numbers: what can be spent or must be saved
//! ([`safe_withdrawal_rate`], [`maximum_spending`], [`required_saving`], [`required_return`],
//! [`earliest_retirement_age`], [`roth_conversion_ladder`]), how sensitive the result is ([`tornado`],
//! [`sensitivity_grid`], [`stress_tests`]), and what a change would do ([`what_if`](what_if())).

mod limits;
mod plan;
mod projection;
mod sensitivity;
mod solve;
mod spending;
mod what_if;

pub use plan::*;
pub use projection::{ProjectionInput, ProjectionOutcome, ProjectionResult, ProjectionScenario, projection};
pub use sensitivity::{
    SensitivityAxis, SensitivityCell, SensitivityGridInput, SensitivityGridResult, StressTest,
    StressTestResult, StressTestsInput, StressTestsResult, TornadoAssumption, TornadoBar, TornadoEnd,
    TornadoInput, TornadoMeasure, TornadoResult, VariedAssumption, sensitivity_grid, stress_tests, tornado,
};
pub use solve::{
    EarliestRetirementAgeInput, EarliestRetirementAgeResult, MaximumSpendingInput, MaximumSpendingResult,
    RequiredReturnInput, RequiredSavingInput, RetirementAgeRow, RetirementSolution,
    RothConversionLadderInput, RothConversionLadderResult, RothLadderObjective, RothLadderStage,
    RothLadderTrial, SafeWithdrawalRateInput, SafeWithdrawalRateResult, SolutionStatus, SpendingLevelKind,
    WithdrawalTiming, earliest_retirement_age, maximum_spending, required_return, required_saving,
    roth_conversion_ladder, safe_withdrawal_rate,
};
pub use spending::{
    DistributionDivisor, FundedClass, FundingClass, FundingRole, SpendingPathInput, SpendingPathResult,
    SpendingPathRow, SpendingPathYear, SpendingPolicy, SpendingRule, SpendingTrigger, WithdrawalFundingInput,
    WithdrawalFundingResult, fund_withdrawal, spending_path,
};
pub use what_if::{
    RetirementChange, RetirementDifference, RetirementOutcome, WhatIfInput, WhatIfResult, WhatIfScenario,
    WhatIfScenarioResult, what_if,
};

/// Shared with the engines that depend on this one; not part of the interface of `wherewithal`.
#[doc(hidden)]
pub mod internal {
    pub use crate::plan::reduced::{ReducedContribution, reduced_contributions};
}

/// The crate that users name, as far as this package can see it: for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as retirement;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_debt as debt;
    pub use wherewithal_market as market;
    pub use wherewithal_math as math;
    pub use wherewithal_reference::{history, mortality, retirement_accounts, social_security};
    pub use wherewithal_simulation as simulation;
}
