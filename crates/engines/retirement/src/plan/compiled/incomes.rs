//! Incomes.

use super::{
    super::{RetirementIncome, RetirementIncomeKind, RetirementPlan},
    calendar::Calendar,
    streams::{Amount, Stream},
};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};

/// An income.
#[derive(Debug, Clone)]
pub(in super::super) struct Income {
    pub(in super::super) name: String,
    /// The person at whose death it ends.
    pub(in super::super) owner: Option<usize>,
    pub(in super::super) amount: Stream,
    pub(in super::super) taxable_share: f64,
    pub(in super::super) survivor_share: f64,
}

pub(super) fn compile(plan: &RetirementPlan, calendar: &Calendar, years: u32) -> Result<Vec<Income>> {
    check::length(plan.incomes.len(), 0..=limits::MAX_ITEMS).at("incomes")?;
    check::names(plan.incomes.iter().map(|income| income.name.as_str()), "name").at("incomes")?;
    let income = |(index, given)| income(given, calendar, years).at_index("incomes", index);
    plan.incomes.iter().enumerate().map(income).collect()
}

fn income(given: &RetirementIncome, calendar: &Calendar, years: u32) -> Result<Income> {
    let owner = given.owner.as_ref().map(|name| calendar.person(name, "owner")).transpose()?;
    let retirement = match (given.kind, owner) {
        (RetirementIncomeKind::Salary, Some(owner)) => Some(calendar.retires(owner)),
        (RetirementIncomeKind::Salary, None) => {
            let message = "a salary must have an owner, because it ends at the owner's retirement";
            return Err(Error::new(ErrorCode::FieldMissing, message).at("owner"));
        }
        _ => None,
    };
    let span = calendar.span(given.start.as_ref(), given.until.as_ref(), retirement, years)?;
    let amount = Amount {
        annual_amount: given.annual_amount,
        inflation_linked: given.inflation_linked,
        annual_growth: given.annual_growth,
    };
    Ok(Income {
        name: given.name.clone(),
        owner,
        amount: Stream::new(&amount, span, years, "annualAmount")?,
        taxable_share: check::fraction(given.taxable_share).at("taxableShare")?,
        survivor_share: check::fraction(given.survivor_share).at("survivorShare")?,
    })
}
