//! Input and result of the contribution limit.

use wherewithal_base::wire::Wire;

/// Input of `retirement_accounts.contribution_limit`.
#[derive(Debug, Clone, Wire)]
pub struct ContributionLimitInput {
    /// The kind of account.
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
    /// Elective deferrals of an employee to 401(k) and 403(b) plans and the Thrift Savings Plan, all plans together,
    /// traditional and Roth; without employer contributions.
    WorkplacePlan,
    /// Deferrals to governmental 457(b) plans, all of them together; they do not count against the limit of other
    /// workplace plans.
    Plan457b,
    /// All that is added in a year to the workplace plans of one employer, without 457(b) plans: elective deferrals and what
    /// the employer pays. The catch-up contributions of deferrals come on top. That it is also at most the compensation is
    /// not taken into account.
    AnnualAdditions,
    /// Individual retirement accounts, traditional and Roth together. The income limits on Roth contributions and on
    /// the deduction are not taken into account.
    IndividualRetirementAccount,
    /// A health savings account with self-only coverage, employer contributions included.
    HealthSavingsSelfOnly,
    /// A health savings account with family coverage, employer contributions included.
    HealthSavingsFamily,
}

/// The result of `retirement_accounts.contribution_limit`, in dollars a year.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ContributionLimitResult {
    /// The limit at any age.
    pub base: u32,

    /// The catch-up contribution: from 50 on for workplace plans (more from 60 to 63) and individual retirement
    /// accounts, from 55 on for health savings accounts.
    pub catch_up: u32,

    /// The sum of both.
    pub total: u32,
}
