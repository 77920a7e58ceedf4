//! Accounts.

use super::{
    super::{RetirementAccount, RetirementPlan, RetirementTaxTreatment},
    allocation::{Allocations, Targets},
    calendar::Calendar,
    streams::{Amount, Stream},
};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_math as math;

/// An account.
#[derive(Debug, Clone)]
pub(in super::super) struct Account {
    pub(in super::super) name: String,
    /// The owner.
    pub(in super::super) owner: usize,
    pub(in super::super) balance: f64,
    /// The cost basis of a taxable account.
    pub(in super::super) basis: f64,
    pub(in super::super) treatment: Treatment,
    /// The first year in which money may leave it, counted from 0.
    pub(in super::super) accessible_from: usize,
    /// The weights of its classes year by year; a cash account has one class.
    pub(in super::super) targets: Targets,
}

/// The tax treatment of an account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) enum Treatment {
    Taxable {
        interest_yield: f64,
        dividend_yield: f64,
    },
    Traditional,
    Roth,
    HealthSavings,
    Cash {
        interest_rate: f64,
        /// The growth factor of a year.
        growth: [f64; 1],
        /// That of the part of the first year that the plan counts.
        first_growth: [f64; 1],
        /// The growth factor of a month: its twelfth root.
        month_growth: [f64; 1],
    },
}

impl Treatment {
    /// Whether contributions are deducted from ordinary income, and withdrawals added to it.
    pub(in super::super) fn is_deferred(self) -> bool {
        matches!(self, Self::Traditional | Self::HealthSavings)
    }
}

/// A conversion from a traditional to a Roth account.
#[derive(Debug, Clone)]
pub(in super::super) struct Conversion {
    pub(in super::super) source: usize,
    pub(in super::super) target: usize,
    pub(in super::super) amount: Stream,
}

/// The accounts; those without an allocation of their own have that of the plan.
pub(super) fn compile(
    plan: &RetirementPlan,
    allocations: &Allocations<'_>,
    of_plan: &Targets,
    first_part: f64,
) -> Result<Vec<Account>> {
    check::length(plan.accounts.len(), 1..=limits::MAX_ACCOUNTS).at("accounts")?;
    check::names(plan.accounts.iter().map(|account| account.name.as_str()), "name").at("accounts")?;
    let account = |(index, account)| {
        compile_account(account, allocations, of_plan, first_part).at_index("accounts", index)
    };
    plan.accounts.iter().enumerate().map(account).collect()
}

fn compile_account(
    account: &RetirementAccount,
    allocations: &Allocations<'_>,
    of_plan: &Targets,
    first_part: f64,
) -> Result<Account> {
    let balance = limits::amount(account.balance).at("balance")?;
    let is_cash = matches!(account.treatment, RetirementTaxTreatment::Cash { .. });
    let targets = match &account.allocation {
        Some(_) if is_cash => {
            let message = "a cash account has a rate of interest, so it must have no allocation";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("allocation"));
        }
        Some(allocation) => allocations.targets(allocation).at("allocation")?,
        None if is_cash => Targets::single(),
        None => of_plan.clone(),
    };
    let owner = account.owner.as_ref().map_or(Ok(0), |name| allocations.calendar.person(name, "owner"))?;
    let accessible_from = account
        .accessible_from
        .as_ref()
        .map_or(Ok(0), |moment| allocations.calendar.moment(moment))
        .at("accessibleFrom")?;
    Ok(Account {
        name: account.name.clone(),
        owner,
        accessible_from: accessible_from.clamp(0, i64::from(allocations.years)) as usize,
        balance,
        basis: match account.treatment {
            RetirementTaxTreatment::Taxable { basis: Some(basis), .. } => {
                limits::amount(basis).at("basis").at("treatment")?
            }
            // Without a cost basis, the balance includes no gain.
            _ => balance,
        },
        treatment: treatment(account.treatment, first_part).at("treatment")?,
        targets,
    })
}

fn treatment(treatment: RetirementTaxTreatment, first_part: f64) -> Result<Treatment> {
    Ok(match treatment {
        RetirementTaxTreatment::Taxable { interest_yield, dividend_yield, .. } => Treatment::Taxable {
            interest_yield: check::fraction(interest_yield).at("interestYield")?,
            dividend_yield: check::fraction(dividend_yield).at("dividendYield")?,
        },
        RetirementTaxTreatment::Traditional => Treatment::Traditional,
        RetirementTaxTreatment::Roth => Treatment::Roth,
        RetirementTaxTreatment::HealthSavings => Treatment::HealthSavings,
        RetirementTaxTreatment::Cash { interest_rate } => {
            let growth = 1.0 + limits::rate_above(interest_rate, -1.0, 1.0).at("interestRate")?;
            let month_growth = math::pow(growth, 1.0 / 12.0);
            let first_growth = if first_part < 1.0 { math::pow(growth, first_part) } else { growth };
            Treatment::Cash {
                interest_rate,
                growth: [growth],
                first_growth: [first_growth],
                month_growth: [month_growth],
            }
        }
    })
}

/// The index of an account, by name.
pub(super) fn account(plan: &RetirementPlan, name: &str, field: &str) -> Result<usize> {
    check::place(name, plan.accounts.iter().map(|account| account.name.as_str()), "account").at(field)
}

/// The index of an account of one kind, by name.
#[expect(clippy::indexing_slicing, reason = "the account was looked up among those of the plan")]
fn account_of(
    plan: &RetirementPlan,
    name: &str,
    field: &str,
    sort: &str,
    fits: impl Fn(RetirementTaxTreatment) -> bool,
) -> Result<usize> {
    let index = account(plan, name, field)?;
    if fits(plan.accounts[index].treatment) {
        return Ok(index);
    }
    let message = format!("{name:?} is not a {sort} account");
    Err(Error::new(ErrorCode::AccountUnsuitable, message).at(field))
}

pub(super) fn surplus_account(plan: &RetirementPlan) -> Result<Option<usize>> {
    let is_taxable = |treatment| matches!(treatment, RetirementTaxTreatment::Taxable { .. });
    let is_cash = |treatment| matches!(treatment, RetirementTaxTreatment::Cash { .. });
    if let Some(name) = &plan.surplus_account {
        let fits = |treatment| is_taxable(treatment) || is_cash(treatment);
        return account_of(plan, name, "surplusAccount", "taxable or cash", fits).map(Some);
    }
    let first = |fits: &dyn Fn(RetirementTaxTreatment) -> bool| {
        plan.accounts.iter().position(|account| fits(account.treatment))
    };
    Ok(first(&is_taxable).or_else(|| first(&is_cash)))
}

/// The places of the accounts of a conversion: from a traditional one to a Roth one.
pub(crate) fn conversion_accounts(
    plan: &RetirementPlan,
    source: &str,
    target: &str,
) -> Result<(usize, usize)> {
    let is_traditional = |treatment| matches!(treatment, RetirementTaxTreatment::Traditional);
    let is_roth = |treatment| matches!(treatment, RetirementTaxTreatment::Roth);
    let source = account_of(plan, source, "sourceAccount", "traditional", is_traditional)?;
    let target = account_of(plan, target, "targetAccount", "Roth", is_roth)?;
    Ok((source, target))
}

pub(super) fn conversions(plan: &RetirementPlan, calendar: &Calendar, years: u32) -> Result<Vec<Conversion>> {
    check::length(plan.conversions.len(), 0..=limits::MAX_ITEMS).at("conversions")?;
    let conversion = |(index, given): (usize, &super::super::RothConversion)| {
        let compile = || {
            let span = calendar.span(given.start.as_ref(), given.until.as_ref(), None, years)?;
            let amount = Amount {
                annual_amount: given.annual_amount,
                inflation_linked: given.inflation_linked,
                annual_growth: 0.0,
            };
            let (source, target) = conversion_accounts(plan, &given.source_account, &given.target_account)?;
            Ok(Conversion { source, target, amount: Stream::new(&amount, span, years, "annualAmount")? })
        };
        compile().at_index("conversions", index)
    };
    plan.conversions.iter().enumerate().map(conversion).collect()
}
