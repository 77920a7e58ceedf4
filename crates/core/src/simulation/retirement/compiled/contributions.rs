//! Savings.

use super::{
    super::{ContributionAmount, RetirementContribution, RetirementPlan, check},
    accounts::account,
    calendar::{Calendar, Span},
    streams::{Amount, Stream},
};
use crate::{Result, error::At as _};

/// What is saved into one account.
#[derive(Debug, Clone)]
pub(in super::super) struct Contribution {
    pub(in super::super) account: usize,
    /// The person at whose death it ends.
    pub(in super::super) owner: usize,
    pub(in super::super) saved: Saved,
    /// The most of one year, in today's money.
    pub(in super::super) limit: f64,
    pub(in super::super) employer: Option<Match>,
    pub(in super::super) span: Span,
}

/// How much is saved.
#[derive(Debug, Clone)]
pub(in super::super) enum Saved {
    Fixed(Stream),
    ShareOfIncome { income: usize, share: f64 },
}

/// What an employer adds.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Match {
    pub(in super::super) income: usize,
    pub(in super::super) rate: f64,
    pub(in super::super) up_to_share: f64,
}

pub(super) fn compile(plan: &RetirementPlan, calendar: &Calendar, years: u32) -> Result<Vec<Contribution>> {
    check::length(plan.contributions.len(), 0, check::MAX_ITEMS, "contributions")?;
    let contribution =
        |(index, given)| contribution(plan, given, calendar, years).at_index("contributions", index);
    plan.contributions.iter().enumerate().map(contribution).collect()
}

fn contribution(
    plan: &RetirementPlan,
    given: &RetirementContribution,
    calendar: &Calendar,
    years: u32,
) -> Result<Contribution> {
    let index = account(plan, &given.account, "account")?;
    let owner = plan.accounts.get(index).and_then(|account| account.owner.as_ref());
    let owner = owner.map_or(Ok(0), |name| calendar.person(name, "account"))?;
    let span =
        calendar.span(given.start.as_ref(), given.until.as_ref(), Some(calendar.retires(owner)), years)?;
    let income = |name: &str| {
        check::place(name, plan.incomes.iter().map(|income| income.name.as_str()), "income", "income")
    };
    let saved = match &given.amount {
        ContributionAmount::Fixed { annual_amount, inflation_linked, annual_growth } => {
            let amount = Amount {
                annual_amount: *annual_amount,
                inflation_linked: *inflation_linked,
                annual_growth: *annual_growth,
            };
            Saved::Fixed(Stream::new(&amount, span, years, "annualAmount").at("amount")?)
        }
        ContributionAmount::ShareOfIncome { income: name, share } => Saved::ShareOfIncome {
            income: income(name).at("amount")?,
            share: check::share(*share, "share").at("amount")?,
        },
    };
    let employer = given.employer_match.as_ref().map(|employer| {
        Ok(Match {
            income: income(&employer.income)?,
            rate: check::fraction(employer.rate, 0.0, 10.0, "rate")?,
            up_to_share: check::share(employer.up_to_share, "upToShare")?,
        })
    });
    Ok(Contribution {
        account: index,
        owner,
        saved,
        limit: given.annual_limit.map_or(Ok(f64::INFINITY), |limit| check::amount(limit, "annualLimit"))?,
        employer: employer.transpose().at("employerMatch")?,
        span,
    })
}
