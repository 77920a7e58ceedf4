//! The cash flow of each year.

use super::{
    horizon::Horizon,
    output::{PlanCashFlowYear, PlanFlow, PlanFlowKind},
};
use wherewithal_base::{
    Result,
    num::{Decimal, Rounding, gate},
};
use wherewithal_math as math;

/// One row for each year of the plan.
///
/// The amounts of a year are summed as `f64`, because they grow with rates, and rounded once for each column.
pub(super) fn years(
    flows: &[PlanFlow],
    horizon: &Horizon<'_>,
    inflation: f64,
    places: u32,
) -> Result<Vec<PlanCashFlowYear>> {
    // Monthly steps, as in the simulation, computed once for all flows.
    let prices: Vec<f64> =
        (1..=horizon.months).map(|month| math::pow(1.0 + inflation, f64::from(month) / 12.0)).collect();
    (1..=horizon.months.div_ceil(12))
        .map(|year| {
            let first = 12 * (year - 1) + 1;
            let last = (12 * year).min(horizon.months);
            let column = |kind: PlanFlowKind| -> Result<Decimal> {
                let total: f64 = flows
                    .iter()
                    .filter(|flow| flow.kind == kind)
                    .map(|flow| amount(flow, first, last, &prices))
                    .sum();
                // Outflows are negative; the columns show them as positive amounts.
                gate::to_decimal(total, places, Rounding::HalfEven).map(Decimal::abs)
            };
            let income = column(PlanFlowKind::Income)?;
            let employer_contributions = column(PlanFlowKind::EmployerContribution)?;
            let taxes = column(PlanFlowKind::Taxes)?;
            let expenses = column(PlanFlowKind::Expense)?;
            let debt_payments = column(PlanFlowKind::DebtPayment)?;
            let goals = column(PlanFlowKind::Goal)?;
            let start = horizon.date_of(first - 1)?;
            Ok(PlanCashFlowYear {
                year,
                start,
                // Years run from `asOf`, so each ends on the day before the next one starts.
                end: horizon.date_of(last)?.add_days(-1)?,
                age: horizon.age_on(start)?,
                net: Decimal::sum([
                    income,
                    employer_contributions,
                    taxes.negated(),
                    expenses.negated(),
                    debt_payments.negated(),
                    goals.negated(),
                ])?,
                income,
                employer_contributions,
                taxes,
                expenses,
                debt_payments,
                goals,
                contributions: column(PlanFlowKind::Contribution)?,
            })
        })
        .collect()
}

/// The sum of a cash flow from month `first` to month `last`.
#[expect(clippy::indexing_slicing, reason = "there is a price level for each month of the plan, from 1")]
fn amount(flow: &PlanFlow, first: u32, last: u32, prices: &[f64]) -> f64 {
    let monthly = gate::to_f64(flow.monthly_amount);
    (first.max(flow.start_month)..=last.min(flow.end_month))
        .map(|month| {
            let anniversaries = f64::from((month - flow.start_month) / 12);
            let price = if flow.inflation_linked { prices[month as usize - 1] } else { 1.0 };
            monthly * math::pow(1.0 + flow.annual_growth, anniversaries) * price
        })
        .sum()
}
