//! Accounts, and what is paid into them and moved between them.

use super::{RetirementAllocation, RetirementMoment};
use wherewithal_base::wire::Wire;
use wherewithal_reference::contribution_limit::ContributionAccount;

/// An account of a plan.
#[derive(Debug, Clone, Wire)]
pub struct RetirementAccount {
    /// What it is called; 1 to 100 characters, different from the others.
    pub name: String,

    /// The name of the person that it belongs to, by default the first. At the owner's death it becomes the
    /// survivor's. It matters for minimum distributions and early withdrawals only.
    pub owner: Option<String>,

    /// Balance at the start of the plan, 0 to 10^15.
    pub balance: f64,

    /// How the account is taxed.
    pub treatment: RetirementTaxTreatment,

    /// What the account is invested in, where it is not the plan's allocation. A cash account takes none.
    pub allocation: Option<RetirementAllocation>,
}

/// How an account is taxed.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum RetirementTaxTreatment {
    /// A brokerage account. What is sold at a gain is taxed as a long-term gain, at average cost; losses of a year
    /// count against gains of the same year only.
    Taxable {
        /// What the balance cost, 0 to 10^15; by default the balance.
        basis: Option<f64>,
        /// Interest and other ordinary income as a share of the balance at the start of each year, 0 to 1. It is part
        /// of the return, taxed in that year and reinvested.
        #[wire(default)]
        interest_yield: f64,
        /// Dividends and distributed gains, taxed as long-term gains, as a share of the balance at the start of each
        /// year, 0 to 1. They are part of the return, taxed in that year and reinvested.
        #[wire(default)]
        dividend_yield: f64,
    },
    /// An account whose contributions are deducted and whose withdrawals are ordinary income: a traditional 401(k) or
    /// IRA.
    Traditional,
    /// An account whose contributions are not deducted and whose withdrawals are not taxed.
    Roth,
    /// A health savings account: contributions are deducted, what pays for health and care is not taxed, and other
    /// withdrawals are ordinary income.
    HealthSavings,
    /// Cash at a fixed rate. Its interest is ordinary income.
    Cash {
        /// Nominal annual rate of interest as a fraction (0.02 is 2 %), from above -1 to 1.
        #[wire(default)]
        interest_rate: f64,
    },
}

/// What is saved into one account, year by year. It is paid before anything is spent.
#[derive(Debug, Clone, Wire)]
pub struct RetirementContribution {
    /// The name of the account.
    pub account: String,

    /// How much is saved.
    pub amount: ContributionAmount,

    /// The most that may be saved in one year; without it there is no limit. The employer's part does not count.
    pub limit: Option<RetirementContributionLimit>,

    /// What the employer adds.
    pub employer_match: Option<EmployerMatch>,

    /// The first year of the contribution; by default the first of the plan.
    pub start: Option<RetirementMoment>,

    /// The first year without it; by default the year in which the account's owner retires.
    pub until: Option<RetirementMoment>,
}

/// The most that may be saved in one year by one contribution. It rises with prices.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum RetirementContributionLimit {
    /// An amount.
    Amount {
        /// The amount in today's money, 0 to 10^15.
        annual_amount: f64,
    },
    /// The limit of the United States for the owner's age in each year (see `retirement_accounts.contribution_limit`), in the
    /// dollars of the first year of the plan, or of the nearest year that is known.
    UnitedStates {
        /// The sort of account.
        account: ContributionAccount,
    },
}

/// How much is saved in one year.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum ContributionAmount {
    /// An amount.
    Fixed {
        /// The amount of the first year of the contribution, 0 to 10^15; in today's money where it is linked to
        /// inflation.
        annual_amount: f64,
        /// Whether it rises with prices.
        #[wire(default = yes)]
        inflation_linked: bool,
        /// Its rise from year to year as a fraction, on top of prices where it is linked to them; from above -1 to 10.
        #[wire(default)]
        annual_growth: f64,
    },
    /// A share of an income.
    ShareOfIncome {
        /// The name of the income.
        income: String,
        /// The share, 0 to 1.
        share: f64,
    },
}

/// What an employer adds to a contribution: `rate × min(contribution, upToShare × income)`. It is income that is not
/// taxed when it is paid.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct EmployerMatch {
    /// The name of the income that the match is measured by, such as a salary.
    pub income: String,

    /// What is added to each unit of the contribution (0.5 is half), 0 to 10.
    pub rate: f64,

    /// Up to which share of the income a contribution is matched (0.06 is 6 %), 0 to 1.
    pub up_to_share: f64,
}

/// A conversion from a traditional to a Roth account, year by year. It is ordinary income; the tax is paid like any
/// other. It is cut to what is left after the year's minimum distribution.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RothConversion {
    /// The name of the traditional account.
    pub source_account: String,

    /// The name of the Roth account.
    pub target_account: String,

    /// The amount of one year in today's money, 0 to 10^15.
    pub annual_amount: f64,

    /// Whether the amount rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,

    /// The first year; by default the first of the plan.
    pub start: Option<RetirementMoment>,

    /// The first year without it; by default there is none.
    pub until: Option<RetirementMoment>,
}

fn yes() -> bool {
    true
}
