//! Simulation of a portfolio: one asset, monthly lognormal returns, money paid in and taken out.
//!
//! [`run`] answers how often a plan holds and how far its balances spread; [`path`](path()) shows one of its paths
//! month by month.

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
