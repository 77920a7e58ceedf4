//! Accounts, contributions and conversions.

use super::{RetirementAllocation, RetirementMoment};
use wherewithal_base::wire::Wire;
use wherewithal_reference::contribution_limit::ContributionAccount;

/// An account of a plan.
#[derive(Debug, Clone, Wire)]
pub struct RetirementAccount {
    /// Its unique name; 1 to 100 characters.
    pub name: String,

    /// The name of the owner, by default the first person. At the owner's death the survivor inherits the account. The
    /// owner matters only for minimum distributions and early withdrawals.
    pub owner: Option<String>,

    /// Balance at the start of the plan, 0 to 10^15.
    #[wire(range = 0..=1e15)]
    pub balance: f64,

    /// The tax treatment of the account.
    pub treatment: RetirementTaxTreatment,

    /// The allocation of the account, if it is not the plan's. A cash account must have none.
    pub allocation: Option<RetirementAllocation>,

    /// The first year in which money may leave the account, such as the year in which its owner reaches the age of a
    /// pension; by default always. Before it, the account is neither withdrawn from nor converted, makes no minimum
    /// distributions and pays for nothing, so that a household with money in such accounts alone has a shortfall. It
    /// takes contributions, is rebalanced and counts as part of the portfolio. The year is the same for a survivor who
    /// inherits the account.
    pub accessible_from: Option<RetirementMoment>,
}

/// The tax treatment of an account.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum RetirementTaxTreatment {
    /// A brokerage account. Sales are taxed as long-term gains, at average cost; losses of a year are offset only
    /// against gains of the same year.
    Taxable {
        /// The cost basis of the balance, 0 to 10^15; by default the balance.
        #[wire(range = 0..=1e15)]
        basis: Option<f64>,
        /// Interest and other ordinary income as a share of the balance at the start of each year, 0 to 1. It is part
        /// of the return, is taxed in that year, and is reinvested.
        #[wire(share, default, range = 0..=1)]
        interest_yield: f64,
        /// Dividends and distributed gains, taxed as long-term gains, as a share of the balance at the start of each
        /// year, 0 to 1. They are part of the return, are taxed in that year, and are reinvested.
        #[wire(share, default, range = 0..=1)]
        dividend_yield: f64,
    },
    /// An account whose contributions are deducted and whose withdrawals are ordinary income: a traditional 401(k) or
    /// IRA.
    Traditional,
    /// An account whose contributions are not deducted and whose withdrawals are not taxed.
    Roth,
    /// A health savings account: contributions are deducted, payments for health and care are not taxed, and other
    /// withdrawals are ordinary income.
    HealthSavings,
    /// Cash at a fixed rate. Its interest is ordinary income.
    Cash {
        /// Annual rate of interest as a fraction (0.02 is 2 %), not adjusted for inflation, above -1 and at most 1.
        #[wire(rate, default, above = -1, range = ..=1)]
        interest_rate: f64,
    },
}

/// Annual contributions to one account. They end with the death of the account's owner; those to an account without an owner
/// go on with the survivor.
#[derive(Debug, Clone, Wire)]
pub struct RetirementContribution {
    /// The name of the account.
    pub account: String,

    /// The amount of the contribution.
    pub amount: ContributionAmount,

    /// The annual limit of the contribution; by default there is none. The employer's part does not count.
    pub limit: Option<RetirementContributionLimit>,

    /// The employer's match, by what is contributed.
    pub employer_match: Option<EmployerMatch>,

    /// The money that it is paid from. The employer's part does not count.
    #[wire(default)]
    pub paid_from: ContributionFunds,

    /// The first year of the contribution; by default the first of the plan.
    pub start: Option<RetirementMoment>,

    /// The first year without it; by default the year in which the account's owner retires.
    pub until: Option<RetirementMoment>,
}

/// The money that a contribution is paid from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ContributionFunds {
    /// Any: it is paid in any event, before anything is spent, and what income does not cover is withdrawn from other
    /// accounts.
    #[default]
    AnyMoney,
    /// Income: it is at most what the year's income leaves after taxes, payments due and living expenses, and it is given up
    /// before a payment of the year stays unpaid. Money that comes once and belongs to the accounts, what is paid once, minimum
    /// distributions and conversions, and the taxes on them, do not count as income. The living expenses are those that do not
    /// depend on income: `beforeRetirement`, essential spending and that of `constantReal`, within the bounds of the policy,
    /// and expenses that are not essential. Of several such contributions the first of the list are paid first.
    Income,
}

/// The annual limit of a contribution. It rises with prices.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum RetirementContributionLimit {
    /// An amount.
    Amount {
        /// The amount in today's money, 0 to 10^15.
        #[wire(range = 0..=1e15)]
        annual_amount: f64,
    },
    /// The limit of the United States for the owner's age in each year (see `retirement_accounts.contribution_limit`), in the
    /// dollars of the first year of the plan, or of the nearest year that is known. Contributions of one owner with the same
    /// kind of account share it, in their order.
    UnitedStates {
        /// The kind of account.
        account: ContributionAccount,
    },
}

/// The amount of a contribution in one year.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum ContributionAmount {
    /// An amount.
    Fixed {
        /// The amount in the first year of the contribution, 0 to 10^15; in today's money if it is linked to inflation.
        #[wire(range = 0..=1e15)]
        annual_amount: f64,
        /// Whether it rises with prices.
        #[wire(default = yes)]
        inflation_linked: bool,
        /// Its annual growth as a fraction, on top of inflation if it is linked to it; above -1 and at most 10.
        #[wire(rate, default, above = -1, range = ..=10)]
        annual_growth: f64,
    },
    /// A share of an income.
    ShareOfIncome {
        /// The name of the income.
        income: String,
        /// The share, 0 to 1.
        #[wire(share, range = 0..=1)]
        share: f64,
    },
}

/// The match that an employer adds to a contribution: `rate × min(contribution, upToShare × income)`. It is not taxed
/// when it is paid.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct EmployerMatch {
    /// The name of the income on which the match is based, such as a salary.
    pub income: String,

    /// The match for each unit of the contribution (0.5 is half), 0 to 10.
    #[wire(share, range = 0..=10)]
    pub rate: f64,

    /// The share of the income up to which a contribution is matched (0.06 is 6 %), 0 to 1.
    #[wire(share, range = 0..=1)]
    pub up_to_share: f64,
}

/// An annual conversion from a traditional to a Roth account. It is ordinary income; its tax is paid like any other. It
/// is at most the balance after the year's minimum distribution.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RothConversion {
    /// The name of the traditional account.
    pub source_account: String,

    /// The name of the Roth account.
    pub target_account: String,

    /// The annual amount in today's money, 0 to 10^15.
    #[wire(range = 0..=1e15)]
    pub annual_amount: f64,

    /// Whether the amount rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,

    /// The first year; by default the first of the plan.
    pub start: Option<RetirementMoment>,

    /// The first year without it; by default, it has no end.
    pub until: Option<RetirementMoment>,
}

fn yes() -> bool {
    true
}
