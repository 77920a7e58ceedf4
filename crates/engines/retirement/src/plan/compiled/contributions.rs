//! Contributions.

use super::{
    super::{
        ContributionAmount, ContributionFunds, RetirementContribution, RetirementContributionLimit,
        RetirementPlan,
    },
    accounts::account,
    calendar::{Calendar, Span},
    people::Person,
    streams::{Amount, Stream},
};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_reference::contribution_limit::{self, ContributionAccount};

/// Contributions to one account.
#[derive(Debug, Clone)]
pub(in super::super) struct Contribution {
    pub(in super::super) account: usize,
    /// The person at whose death it ends; without one, it goes on with the survivor.
    pub(in super::super) owner: Option<usize>,
    pub(in super::super) saved: Saved,
    /// Whether it is paid out of income only.
    pub(in super::super) is_from_income: bool,
    /// The limit of each year, in today's money.
    pub(in super::super) limits: Vec<f64>,
    /// The first contribution that shares the limit; its own place if none before it does.
    pub(in super::super) shares_limit_of: usize,
    pub(in super::super) employer: Option<Match>,
    pub(in super::super) span: Span,
}

/// The amount of a contribution.
#[derive(Debug, Clone)]
pub(in super::super) enum Saved {
    Fixed(Stream),
    ShareOfIncome { income: usize, share: f64 },
}

/// An employer's match.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Match {
    pub(in super::super) income: usize,
    pub(in super::super) rate: f64,
    pub(in super::super) up_to_share: f64,
}

pub(super) fn compile(
    plan: &RetirementPlan,
    calendar: &Calendar,
    people: &[Person],
    years: u32,
) -> Result<Vec<Contribution>> {
    check::length(plan.contributions.len(), 0..=limits::MAX_ITEMS).at("contributions")?;
    // The first contribution of each owner with a limit of the law.
    let mut limited: Vec<(usize, (usize, ContributionAccount))> = Vec::new();
    let mut contributions = Vec::new();
    for (index, given) in plan.contributions.iter().enumerate() {
        let (mut one, owner) =
            contribution(plan, given, calendar, people, years).at_index("contributions", index)?;
        one.shares_limit_of = index;
        if let Some(RetirementContributionLimit::UnitedStates { account }) = given.limit {
            match limited.iter().find(|(_, key)| *key == (owner, account)) {
                Some((first, _)) => one.shares_limit_of = *first,
                None => limited.push((index, (owner, account))),
            }
        }
        contributions.push(one);
    }
    Ok(contributions)
}

/// A contribution, and the person whose age decides its limit.
#[expect(clippy::indexing_slicing, reason = "the account and its owner were looked up in the plan")]
fn contribution(
    plan: &RetirementPlan,
    given: &RetirementContribution,
    calendar: &Calendar,
    people: &[Person],
    years: u32,
) -> Result<(Contribution, usize)> {
    let index = account(plan, &given.account, "account")?;
    let stated = plan.accounts[index].owner.as_ref();
    let stated = stated.map(|name| calendar.person(name, "account")).transpose()?;
    // Without an owner, the account belongs to the first person.
    let owner = stated.unwrap_or(0);
    let span =
        calendar.span(given.start.as_ref(), given.until.as_ref(), Some(calendar.retires(owner)), years)?;
    let income = |name: &str| {
        check::place(name, plan.incomes.iter().map(|income| income.name.as_str()), "income").at("income")
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
            share: check::fraction(*share).at("share").at("amount")?,
        },
    };
    let employer = given.employer_match.as_ref().map(|employer| {
        Ok(Match {
            income: income(&employer.income)?,
            rate: check::rate(employer.rate, 0.0..=10.0).at("rate")?,
            up_to_share: check::fraction(employer.up_to_share).at("upToShare")?,
        })
    });
    let contribution = Contribution {
        account: index,
        owner: stated,
        saved,
        is_from_income: given.paid_from == ContributionFunds::Income,
        limits: limits(given.limit, plan.first_year, people[owner].age, years).at("limit")?,
        shares_limit_of: 0,
        employer: employer.transpose().at("employerMatch")?,
        span,
    };
    Ok((contribution, owner))
}

/// The limit of each year, in today's money, for a person who is `age` in the first year.
fn limits(
    given: Option<RetirementContributionLimit>,
    first_year: u32,
    age: u32,
    years: u32,
) -> Result<Vec<f64>> {
    match given {
        None => Ok(vec![f64::INFINITY; years as usize]),
        Some(RetirementContributionLimit::Amount { annual_amount }) => {
            Ok(vec![limits::amount(annual_amount).at("annualAmount")?; years as usize])
        }
        Some(RetirementContributionLimit::UnitedStates { account }) => {
            let known = contribution_limit::KNOWN_YEARS;
            // In today's money, the limit of one year applies to all years: that of the first, or the nearest known
            // one.
            let known = first_year.clamp(*known.start(), *known.end());
            let limit = |year: u32| {
                contribution_limit::limit(account, known, age + year)
                    .map(|limit| f64::from(limit.base + limit.catch_up))
                    .ok_or_else(|| Error::new(ErrorCode::YearOutOfRange, "no limit is known"))
            };
            (0..years).map(limit).collect()
        }
    }
}
