//! The ratios of the first year.

use super::output::{PropertyRatio, PropertyRatios, PropertyStatement, UndefinedRatio};
use wherewithal_base::{
    Result,
    num::{Decimal, Rounding},
};

/// The decimal places of a ratio.
const PLACES: u32 = 6;

/// `part` divided by `whole`, rounded half to even; `None` if the whole is not above zero.
pub(super) fn ratio(part: Decimal, whole: Decimal) -> Result<Option<Decimal>> {
    if whole <= Decimal::ZERO {
        return Ok(None);
    }
    Ok(Some(part.divided_by(whole)?.round(PLACES, Rounding::HalfEven)))
}

/// What the ratios relate the statement to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Invested {
    pub(super) price: Decimal,
    pub(super) value: Decimal,
    pub(super) loans: Decimal,
    pub(super) cash: Decimal,
}

/// The ratios of a statement, and those that have no value.
pub(super) fn ratios(
    statement: &PropertyStatement,
    invested: Invested,
) -> Result<(PropertyRatios, Vec<UndefinedRatio>)> {
    const NO_LOAN: &str = "there is no loan";
    const NO_SERVICE: &str = "nothing is paid on loans in the first year";
    const NO_INCOME: &str = "there is no gross potential income in the first year";
    const NO_RENT: &str = "there is no rent in the first year";
    const NO_EFFECTIVE_INCOME: &str = "there is no effective gross income in the first year";
    const NO_CASH: &str = "no cash is invested: the loans cover the whole purchase";

    let Invested { price, value, loans, cash } = invested;
    let income = statement.net_operating_income;
    let due = statement.operating_expenses.plus(statement.debt_service)?;
    let mut undefined = Vec::new();
    let mut of =
        |ratio: PropertyRatio, part: Decimal, whole: Decimal, reason: &str| -> Result<Option<Decimal>> {
            let found = self::ratio(part, whole)?;
            if found.is_none() {
                undefined.push(UndefinedRatio { ratio, reason: reason.to_owned() });
            }
            Ok(found)
        };
    let no_service = if loans.is_zero() { NO_LOAN } else { NO_SERVICE };
    let ratios = PropertyRatios {
        // The price and the value are above zero.
        cap_rate: of(PropertyRatio::CapRate, income, price, "")?,
        cash_on_cash: of(PropertyRatio::CashOnCash, statement.cash_flow_before_tax, cash, NO_CASH)?,
        debt_service_coverage: of(
            PropertyRatio::DebtServiceCoverage,
            income,
            statement.debt_service,
            no_service,
        )?,
        gross_rent_multiplier: of(
            PropertyRatio::GrossRentMultiplier,
            price,
            statement.gross_potential_rent,
            NO_RENT,
        )?,
        operating_expense_ratio: of(
            PropertyRatio::OperatingExpenseRatio,
            statement.operating_expenses,
            statement.effective_gross_income,
            NO_EFFECTIVE_INCOME,
        )?,
        break_even_occupancy: of(
            PropertyRatio::BreakEvenOccupancy,
            due,
            statement.gross_potential_income,
            NO_INCOME,
        )?,
        debt_yield: of(PropertyRatio::DebtYield, income, loans, NO_LOAN)?,
        loan_to_value: of(PropertyRatio::LoanToValue, loans, value, "")?,
    };
    if cash <= Decimal::ZERO {
        undefined.push(UndefinedRatio { ratio: PropertyRatio::EquityMultiple, reason: NO_CASH.to_owned() });
    }
    Ok((ratios, undefined))
}
