//! The years of a plan in the money of its start.

use super::{mapping::Mapped, output::PlanYear};
use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_math as math;
use wherewithal_retirement::{RetirementResult, RetirementWithdrawal, RetirementYearMeans};

/// One row for each year of the result.
pub(super) fn years(mapped: &Mapped<'_>, inflation: f64, result: &RetirementResult) -> Result<Vec<PlanYear>> {
    result.years.iter().map(|means| year(mapped, inflation, means)).collect()
}

fn year(mapped: &Mapped<'_>, inflation: f64, means: &RetirementYearMeans) -> Result<PlanYear> {
    let index = means.year.checked_sub(mapped.plan.first_year).ok_or_else(|| {
        Error::new(ErrorCode::YearOutOfRange, format!("{} lies before the plan", means.year))
    })?;
    let price_level = math::pow(1.0 + inflation, f64::from(index));
    let real = |nominal: f64| nominal / price_level;
    let withdrawals = means.withdrawals.iter().map(|withdrawal| RetirementWithdrawal {
        account: withdrawal.account.clone(),
        amount: real(withdrawal.amount),
    });
    Ok(PlanYear {
        year: means.year,
        ages: mapped.plan.people.iter().map(|person| means.year - person.birth_year).collect(),
        price_level,
        income: real(means.income),
        social_security: real(means.social_security),
        withdrawals: withdrawals.collect(),
        spending: means.real_spending,
        due: real(means.due),
        contributions: real(means.contributions),
        taxes: real(means.taxes),
        shortfall: real(means.shortfall),
        surplus: real(means.surplus),
        balance: means.real_balance,
    })
}
