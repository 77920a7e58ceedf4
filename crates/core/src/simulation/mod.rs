//! Simulation of portfolios and of whole retirement plans.
//!
//! [`run`] follows one asset month by month, and [`portfolio`](portfolio()) several asset classes with inflation from any
//! [`MarketModel`]; [`retirement`](retirement()) runs a household's plan with accounts, incomes, taxes and a
//! [`SpendingRule`]. Each says how often the plan holds and how far the outcomes spread, and each has a companion that
//! shows one path alone, to the bit: [`path`](path()), [`portfolio_path`], [`retirement_path`].
//!
//! Questions about a plan are answered by runs of it on common random numbers: what can be spent or must be saved
//! ([`safe_withdrawal_rate`], [`maximum_spending`], [`required_saving`], [`required_return`],
//! [`earliest_retirement_age`], [`roth_conversion_ladder`]), what the answer depends on ([`tornado`],
//! [`sensitivity_grid`], [`stress_tests`]), and what a change would do ([`what_if`](what_if())).
//!
//! Published data come with their sources: [`history`](history()), [`survival`], [`required_minimum_distribution`],
//! [`social_security_benefit`], [`contribution_limit`](contribution_limit()).

mod contribution_limit;
mod correlation;
mod history;
mod input;
mod lanes;
pub(crate) mod market;
mod model;
mod mortality;
mod output;
mod paths;
mod portfolio;
mod projection;
mod purpose;
mod replay;
mod required_distribution;
pub(crate) mod retirement;
mod run;
mod sensitivity;
mod social_security;
mod solve;
mod spending;
mod summary;
#[cfg(test)]
mod tests;
mod what_if;

pub use contribution_limit::{
    ContributionAccount, ContributionLimitRequest, ContributionLimitResult, contribution_limit,
};
pub use correlation::{CorrelationCheck, NearestCorrelation, nearest_correlation};
pub use history::{
    HistoricalAssetClass, HistoricalStatistics, HistoryRequest, HistoryResult, HistorySource, history,
};
pub use input::{FlowTiming, ReturnConvention, Simulation, SimulationFlow, SimulationPath};
pub use market::{
    AssetClass, BootstrapBlocks, CorrelationRepair, InflationModel, MarketHistory, MarketModel, MarketPath,
    MarketRegime, MarketSample, MarketSampleColumn, MarketSamplePath, MarketSampleResult, MarketSampleStep,
    Sampling, StateDrivenAssetClass, StateVariable, market_sample,
};
pub use mortality::{
    LifeSurvival, MortalitySex, SurvivalLife, SurvivalPercentile, SurvivalRequest, SurvivalResult,
    SurvivalRow, survival,
};
pub use output::{
    SimulationDepletion, SimulationDepletionPercentile, SimulationFanRow, SimulationPathResult,
    SimulationPathRow, SimulationPercentile, SimulationResult, SimulationSurvivalRow, SimulationTerminal,
};
pub use portfolio::{
    FanMoney, PortfolioAllocation, PortfolioDepletion, PortfolioDepletionPercentile, PortfolioDistribution,
    PortfolioFanRow, PortfolioFlow, PortfolioFlowFrequency, PortfolioFlowTiming, PortfolioGlidePoint,
    PortfolioPathResult, PortfolioPathRow, PortfolioPercentile, PortfolioRebalancing, PortfolioResult,
    PortfolioSimulation, PortfolioSimulationPath, PortfolioSteps, PortfolioSurvivalRow, portfolio,
    portfolio_path,
};
pub use projection::{Projection, ProjectionOutcome, ProjectionResult, ProjectionScenario, projection};
pub use replay::path;
pub use required_distribution::{
    DistributionTable, RequiredDistribution, RequiredDistributionResult, required_minimum_distribution,
};
pub use retirement::*;
pub use run::run;
pub use sensitivity::{
    SensitivityAxis, SensitivityCell, SensitivityGrid, SensitivityGridResult, StressTest, StressTestResult,
    StressTests, StressTestsResult, Tornado, TornadoAssumption, TornadoBar, TornadoEnd, TornadoMeasure,
    TornadoResult, VariedAssumption, sensitivity_grid, stress_tests, tornado,
};
pub use social_security::{
    AgeInMonths, ClaimingAge, SocialSecurityAmount, SocialSecurityBenefits, SocialSecurityPerson,
    SocialSecurityRequest, SocialSecurityResult, SpousalBenefit, SurvivorBenefit, social_security_benefit,
};
pub use solve::{
    EarliestRetirementAge, EarliestRetirementAgeResult, MaximumSpending, MaximumSpendingResult, PlanSolution,
    PlanSolutionStatus, RequiredReturn, RequiredSaving, RetirementAgeRow, RothConversionLadder,
    RothConversionLadderResult, RothLadderObjective, RothLadderStage, RothLadderTrial, SafeWithdrawalRate,
    SafeWithdrawalRateResult, SpendingLevelKind, earliest_retirement_age, maximum_spending, required_return,
    required_saving, roth_conversion_ladder, safe_withdrawal_rate,
};
pub use spending::{
    DistributionDivisor, FundedClass, FundingClass, FundingRole, SpendingPath, SpendingPathResult,
    SpendingPathRow, SpendingPathYear, SpendingPolicy, SpendingRule, SpendingTrigger, WithdrawalFunding,
    WithdrawalFundingResult, fund_withdrawal, spending_path,
};
pub use what_if::{
    PlanChange, PlanDifference, PlanOutcome, WhatIf, WhatIfResult, WhatIfScenario, WhatIfScenarioResult,
    what_if,
};
