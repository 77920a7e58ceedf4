//! Which limit is asked for, and what it is.

use wherewithal_base::wire::Wire;

/// A question to `retirement_accounts.contribution_limit`.
#[derive(Debug, Clone, Wire)]
pub struct ContributionLimitInput {
    /// The sort of account.
    pub account: ContributionAccount,

    /// The calendar year: 2025 or 2026.
    #[wire(range = 2025..=2026)]
    pub year: u32,

    /// The age that the person attains by the end of the year, 0 to 150.
    #[wire(range = 0..=150)]
    pub age: u32,
}

/// An account whose contributions are limited by the law of the United States.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum ContributionAccount {
    /// What an employee defers into 401(k), 403(b), most 457 plans and the Thrift Savings Plan, all plans together,
    /// traditional and Roth; not what the employer adds.
    WorkplacePlan,
    /// Individual retirement accounts, traditional and Roth together. Income may lower what may be paid into a Roth account
    /// or deducted; that is not looked at.
    IndividualRetirementAccount,
    /// A health savings account of a person insured alone, with what the employer adds.
    HealthSavingsSelfOnly,
    /// A health savings account of a person insured with a family, with what the employer adds.
    HealthSavingsFamily,
}

/// The answer of `retirement_accounts.contribution_limit`, in dollars a year.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ContributionLimitResult {
    /// What anybody may pay in.
    pub base: u32,

    /// What age adds: from 50 on for workplace plans (more from 60 to 63) and individual retirement accounts, from 55 on
    /// for health savings accounts.
    pub catch_up: u32,

    /// Both together.
    pub total: u32,
}
