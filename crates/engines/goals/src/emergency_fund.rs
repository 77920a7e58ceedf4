//! A reserve of some months of essential expenses.

use super::{
    amounts::{Amounts, ratio, scaled_up},
    input::MAX_MONTHS,
    saving::{interest, monthly_rate, within},
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    error::At as _,
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};

/// Input of `goals.emergency_fund`.
#[derive(Debug, Clone, Wire)]
pub struct EmergencyFundInput {
    /// Essential expenses of a month: housing, food, insurance, minimum payments on debts; greater than 0.
    #[wire(above = 0)]
    pub monthly_essential_expenses: Decimal,
    /// The stability of the household's income.
    pub income_stability: IncomeStability,
    /// The number of earners, 0 to 100.
    #[wire(range = 0..=100)]
    pub earners: u32,
    /// The months of expenses that the reserve should cover, above 0 and at most 120; by default those of a rule of
    /// thumb.
    #[wire(above = 0, range = ..=120)]
    pub target_months: Option<Decimal>,
    /// The current reserve; at least 0.
    #[wire(default, range = 0..)]
    pub current_amount: Decimal,
    /// The contribution at the end of each month; at least 0.
    #[wire(default, range = 0..)]
    pub monthly_contribution: Decimal,
    /// Effective annual interest on the reserve as a fraction; above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_rate: f64,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
}

/// The stability of an income.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum IncomeStability {
    /// Secure, and the same every month.
    Stable,
    /// Varying, or from a job that could be lost.
    Variable,
    /// At irregular times: self-employment, contracts, commissions.
    Irregular,
}

/// Result of `goals.emergency_fund`.
#[derive(Debug, Clone, Wire)]
pub struct EmergencyFundResult {
    /// The months of expenses that the reserve should cover.
    pub target_months: Decimal,
    /// The months of expenses by the rule of thumb.
    pub guideline_months: u32,
    /// The required reserve, rounded up to the minor unit.
    pub target_amount: Decimal,
    /// The months of expenses that the current reserve covers, to six places.
    pub covered_months: Decimal,
    /// The current reserve as a fraction of the target, to six places.
    pub funded_ratio: Decimal,
    /// The missing amount; 0 if the reserve is enough.
    pub shortfall: Decimal,
    /// The amount above the target; 0 if the reserve is not enough.
    pub surplus: Decimal,
    /// Months of contributions and interest until the reserve is enough; 0 if it is enough now, null if it takes more
    /// than a hundred years.
    pub months_to_target: Option<u32>,
}

/// The reserve that a household needs, the months that the current one covers, and when it will be enough.
///
/// The rule of thumb, in months of essential expenses:
///
/// | income | two earners or more | one earner | none |
/// |---|---|---|---|
/// | stable | 3 | 6 | 12 |
/// | variable | 6 | 9 | 12 |
/// | irregular | 9 | 12 | 12 |
///
/// Three to six months are customary advice, and more for one earner or an unsteady income; the steps of this table are
/// a convention of this library, not of a published standard. Give `target_months` to override it.
///
/// The interest of a month is the reserve times the monthly equivalent of the annual rate, rounded half to even to the
/// minor unit.
///
/// ```
/// # use wherewithal_goals::wherewithal;
/// use wherewithal::{goals::{self, EmergencyFundInput, IncomeStability}, money::Currency};
///
/// let result = goals::emergency_fund(&EmergencyFundInput {
///     monthly_essential_expenses: "3200".parse()?,
///     income_stability: IncomeStability::Stable,
///     earners: 1,
///     target_months: None,
///     current_amount: "8000".parse()?,
///     monthly_contribution: "400".parse()?,
///     annual_rate: 0.0,
///     currency: Currency::USD,
/// })?;
/// assert_eq!(result.target_amount.to_string(), "19200.00");
/// assert_eq!(result.months_to_target, Some(28));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, the codes of invalid values, `currency.minor_unit_missing` and `result.too_large`, each with its path.
pub fn emergency_fund(input: &EmergencyFundInput) -> Result<EmergencyFundResult> {
    let amounts = Amounts::of(input.currency)?;
    let expenses = amounts.read_positive(input.monthly_essential_expenses, "monthlyEssentialExpenses")?;
    let current = amounts.read(input.current_amount, "currentAmount")?;
    let contribution = amounts.read(input.monthly_contribution, "monthlyContribution")?;
    let rate = monthly_rate(check::growth(input.annual_rate).at("annualRate")?, 0.0);
    let guideline = guideline_months(
        input.income_stability,
        check::whole(input.earners, 0..=100, ErrorCode::CountOutOfRange).at("earners")?,
    );
    let months = input.target_months.map_or(Ok(Decimal::from(guideline)), checked_target)?;
    let target = scaled_up(expenses, months)?;
    Ok(EmergencyFundResult {
        target_months: months,
        guideline_months: guideline,
        target_amount: amounts.write(target)?,
        covered_months: ratio(current, expenses)?,
        funded_ratio: ratio(current, target)?,
        shortfall: amounts.write((target - current).max(0))?,
        surplus: amounts.write((current - target).max(0))?,
        months_to_target: months_to(target, current, contribution, rate)?,
    })
}

fn checked_target(months: Decimal) -> Result<Decimal> {
    if months > Decimal::ZERO && months <= Decimal::from(120_u32) {
        return Ok(months);
    }
    let message = format!("{months} was given; it must be above 0 and at most 120");
    Err(Error::new(ErrorCode::TermOutOfRange, message).at("targetMonths"))
}

fn guideline_months(stability: IncomeStability, earners: u32) -> u32 {
    let of_two = match stability {
        IncomeStability::Stable => 3,
        IncomeStability::Variable => 6,
        IncomeStability::Irregular => 9,
    };
    match earners {
        0 => 12,
        1 => of_two + 3,
        _ => of_two,
    }
}

fn months_to(target: i64, current: i64, contribution: i64, rate: f64) -> Result<Option<u32>> {
    let mut balance = current;
    for month in 0..=MAX_MONTHS {
        if balance >= target {
            return Ok(Some(month));
        }
        balance = within(balance + interest(balance, rate)? + contribution)?;
    }
    Ok(None)
}
