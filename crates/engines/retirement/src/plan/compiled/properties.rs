//! Properties and their sale.

use super::{
    super::{RetirementDebtTerms, RetirementPlan, RetirementProperty},
    calendar::{Calendar, Span},
    debts::Debt,
    streams::{Amount, Stream},
};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};

/// A property.
#[derive(Debug, Clone)]
pub(in super::super) struct Property {
    pub(in super::super) name: String,
    /// The value at the start of each year; 0 before it is owned, and from the year of the sale on.
    pub(in super::super) value: Stream,
    /// The value at the end of each year; 0 before it is owned, and from the year of the sale on.
    pub(in super::super) closing: Stream,
    pub(in super::super) cost: Stream,
    pub(in super::super) sale: Option<Sale>,
}

/// The sale of a property.
#[derive(Debug, Clone)]
pub(in super::super) struct Sale {
    pub(in super::super) year: usize,
    /// The value at the start of the year of the sale.
    pub(in super::super) value: Stream,
    /// The cost of the sale, as a share of the value.
    pub(in super::super) cost: f64,
    pub(in super::super) basis: f64,
    pub(in super::super) exclusion: f64,
    /// The amount repaid on the mortgage.
    pub(in super::super) mortgage: f64,
    /// Whether the proceeds are income for the spending rule.
    pub(in super::super) is_spent: bool,
}

/// A debt that the sale of a property repays.
#[derive(Debug, Clone, Copy)]
pub(super) struct RepaidDebt {
    pub(super) debt: usize,
    /// The year of the sale, at whose start it is repaid.
    pub(super) year: usize,
}

/// The properties, and the debts that their sales repay.
pub(super) fn compile(
    plan: &RetirementPlan,
    debts: &[Debt],
    calendar: &Calendar,
    years: u32,
    first_part: f64,
) -> Result<(Vec<Property>, Vec<RepaidDebt>)> {
    check::length(plan.properties.len(), 0..=limits::MAX_ITEMS).at("properties")?;
    check::names(plan.properties.iter().map(|property| property.name.as_str()), "name").at("properties")?;
    let mut repaid: Vec<RepaidDebt> = Vec::new();
    let mut properties = Vec::new();
    for (index, given) in plan.properties.iter().enumerate() {
        let (property, debt) =
            property(plan, debts, given, calendar, (years, first_part)).at_index("properties", index)?;
        if let (Some(debt), Some(sale)) = (debt, &property.sale) {
            if repaid.iter().any(|before| before.debt == debt) {
                let message = "the sale of another property already repays this debt";
                let error = Error::new(ErrorCode::ListDuplicate, message).at("mortgage");
                return Err(error.at_index("properties", index));
            }
            repaid.push(RepaidDebt { debt, year: sale.year });
        }
        properties.push(property);
    }
    Ok((properties, repaid))
}

#[expect(clippy::indexing_slicing, reason = "the mortgage was looked up among the debts")]
fn property(
    plan: &RetirementPlan,
    debts: &[Debt],
    given: &RetirementProperty,
    calendar: &Calendar,
    (years, first_part): (u32, f64),
) -> Result<(Property, Option<usize>)> {
    let debt = given.mortgage.as_ref().map(|name| mortgage(plan, name).at("mortgage")).transpose()?;
    let amount = Amount {
        annual_amount: given.value,
        inflation_linked: given.inflation_linked,
        annual_growth: given.annual_growth,
    };
    let start = first_year(given, calendar)?;
    // With the value at the end of the last year.
    let whole = Span { start, until: years as usize + 1 };
    let mut value = Stream::new(&amount, whole, years + 1, "value")?;
    if start == 0 && first_part < 1.0 {
        value = value.grown_less(given.annual_growth, 1.0 - first_part);
    }
    let sold = sale_year(given, calendar, years, start)?;
    // The first year ends with the value of the year after it, and the year before the sale with the value that is sold.
    let owned = Span { start: start + 1, until: sold.unwrap_or(years as usize) + 1 };
    let kept = Span { start, until: sold.unwrap_or(years as usize) };
    let cost = check::fraction(given.selling_cost).at("sellingCost")?;
    let basis = given.basis.map_or(Ok(given.value), |basis| limits::amount(basis).at("basis"))?;
    let exclusion = limits::amount(given.gain_exclusion).at("gainExclusion")?;
    let sale = sold.map(|year| {
        // Without a mortgage, nothing is repaid.
        let mortgage = debt.map_or(0.0, |debt| debts[debt].owed(year));
        Sale { year, value: value.clone(), cost, basis, exclusion, mortgage, is_spent: given.spend }
    });
    let property = Property {
        name: given.name.clone(),
        closing: value.clone().within(owned).a_year_earlier(),
        value: value.within(kept),
        cost: Stream::cost(given.annual_cost, 0.0, kept, years, "annualCost")?,
        sale,
    };
    Ok((property, debt))
}

/// The index of the loan that a sale repays.
#[expect(clippy::indexing_slicing, reason = "the debt was looked up among those of the plan")]
fn mortgage(plan: &RetirementPlan, name: &str) -> Result<usize> {
    let debt = check::place(name, plan.debts.iter().map(|debt| debt.name.as_str()), "debt")?;
    match &plan.debts[debt].terms {
        RetirementDebtTerms::Payments { .. } => {
            let message = "only the payments of this debt are known, so a sale cannot repay it; give its terms as a loan";
            Err(Error::new(ErrorCode::AccountUnsuitable, message))
        }
        RetirementDebtTerms::Loan { .. } | RetirementDebtTerms::Rows { .. } => Ok(debt),
    }
}

/// The first year in which it is owned; it may lie beyond the plan.
fn first_year(given: &RetirementProperty, calendar: &Calendar) -> Result<usize> {
    let Some(moment) = &given.owned_from else { return Ok(0) };
    let year = calendar.moment(moment).at("ownedFrom")?;
    usize::try_from(year).map_err(|_| {
        let message = format!(
            "it is {} years before the plan; a property without this field is owned from the start",
            -year
        );
        Error::new(ErrorCode::YearOutOfRange, message).at("ownedFrom")
    })
}

/// The year of the sale, if it lies within the plan. `start` is the first year in which the property is owned.
fn sale_year(
    given: &RetirementProperty,
    calendar: &Calendar,
    years: u32,
    start: usize,
) -> Result<Option<usize>> {
    let Some(moment) = &given.sale else { return Ok(None) };
    let year = calendar.moment(moment).at("sale")?;
    if year < 0 {
        let message = format!("the sale is {} years before the plan", -year);
        return Err(Error::new(ErrorCode::YearOutOfRange, message).at("sale"));
    }
    let sold = usize::try_from(year).ok();
    if given.owned_from.is_some() && sold.is_some_and(|sold| sold <= start) {
        let message = "the sale must come after the first year in which the property is owned";
        return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("sale"));
    }
    Ok(sold.filter(|year| *year < years as usize))
}
