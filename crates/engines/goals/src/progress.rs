//! The progress of a goal, compared with its plan.

use super::{
    GoalProgressInput,
    amounts::{Amounts, ratio, scaled},
    saving::Saving,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    num::{Decimal, Rounding},
    wire::Wire,
};

/// The status of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum GoalStatus {
    /// The savings already reach the target amount.
    Reached,
    /// Savings are at least the planned amount.
    Ahead,
    /// Savings are below the planned amount, but within the tolerance.
    OnTrack,
    /// Savings are below the planned amount by more than the tolerance.
    Behind,
}

/// Result of `goals.progress`.
#[derive(Debug, Clone, Wire)]
pub struct GoalProgressResult {
    /// The status of the goal.
    pub status: GoalStatus,
    /// Whole months of the plan that have passed.
    pub elapsed_months: u32,
    /// Remaining months.
    pub remaining_months: u32,
    /// The target amount, in the money of the date when it is needed.
    pub target_amount: Decimal,
    /// Planned savings at the end of the months that have passed.
    pub planned_amount: Decimal,
    /// The actual amount minus the planned amount; negative if it is short.
    pub difference: Decimal,
    /// The actual amount as a fraction of the target, to six places.
    pub target_ratio: Decimal,
    /// The actual amount as a fraction of the planned amount, to six places; null if the planned amount is 0.
    pub plan_ratio: Option<Decimal>,
    /// The last month of the plan at whose end the planned amount is at most the actual amount; 0 before the first.
    pub plan_month: u32,
    /// The months by which the actual amount is ahead of the plan; negative if it is behind.
    pub months_ahead: i32,
    /// Savings on the date when they are needed, if contributions continue as planned.
    pub projected_amount: Decimal,
    /// The amount that will then be missing; 0 if the target is reached.
    pub shortfall: Decimal,
    /// The amount that will then be above the target; 0 if the target is not reached.
    pub surplus: Decimal,
    /// The planned contribution in the current year of the plan.
    pub planned_contribution: Decimal,
    /// The least contribution in the current year, growing as planned, that reaches the target; null if no contribution
    /// is left.
    pub required_contribution: Option<Decimal>,
    /// The required contribution minus the planned one; negative if less is enough.
    pub contribution_change: Option<Decimal>,
}

/// Compares the actual savings on a date with the plan, and computes the change that is needed.
///
/// # Errors
/// `number.not_finite`, the codes of invalid values, `currency.minor_unit_missing`, `date.out_of_range` and
/// `result.too_large`, each with its path.
#[expect(clippy::indexing_slicing, reason = "the months that have passed are months of the plan")]
pub fn progress(input: &GoalProgressInput) -> Result<GoalProgressResult> {
    let amounts = Amounts::of(input.currency)?;
    input.assumptions.check().at("assumptions")?;
    let target = input.target.needed(amounts, input.assumptions.inflation).at("target")?;
    let start = amounts.read(input.start_amount, "startAmount")?;
    let contribution = amounts.read(input.contribution, "contribution")?;
    let actual = amounts.read(input.actual_amount, "actualAmount")?;
    check::fraction(input.tolerance).at("tolerance")?;
    let months = input.target.months;
    let elapsed = whole_months(input.start_date, input.as_of, months)?;
    let plan = Saving::new(start, months, &input.assumptions, input.contribution_terms)?;
    let balances = balances(&plan, contribution)?;
    let planned = balances[elapsed as usize];
    // With less than the amount at the start, the plan is at its start.
    let plan_month = balances.iter().rposition(|balance| *balance <= actual).unwrap_or(0) as u32;
    let rest = plan.continued(actual, elapsed);
    let current = plan.contribution_in(contribution, rest.first_year())?;
    let projected = rest.end(contribution)?;
    let required = rest.based_on_first_year().least_contribution(target)?;
    Ok(GoalProgressResult {
        status: status(actual, planned, target, input.tolerance)?,
        elapsed_months: elapsed,
        remaining_months: months - elapsed,
        target_amount: amounts.write(target)?,
        planned_amount: amounts.write(planned)?,
        difference: amounts.write(actual - planned)?,
        target_ratio: ratio(actual, target)?,
        plan_ratio: if planned == 0 { None } else { Some(ratio(actual, planned)?) },
        plan_month,
        months_ahead: plan_month.cast_signed() - elapsed.cast_signed(),
        projected_amount: amounts.write(projected)?,
        shortfall: amounts.write((target - projected).max(0))?,
        surplus: amounts.write((projected - target).max(0))?,
        planned_contribution: amounts.write(current)?,
        required_contribution: required.map(|units| amounts.write(units)).transpose()?,
        contribution_change: required.map(|units| amounts.write(units - current)).transpose()?,
    })
}

/// The balance at the start and after each month.
fn balances(plan: &Saving, contribution: i64) -> Result<Vec<i64>> {
    let mut balances = vec![plan.start];
    plan.walk(contribution, |month| balances.push(month.balance))?;
    Ok(balances)
}

fn status(actual: i64, planned: i64, target: i64, tolerance: f64) -> Result<GoalStatus> {
    Ok(if actual >= target {
        GoalStatus::Reached
    } else if actual >= planned {
        GoalStatus::Ahead
    } else if actual >= scaled(planned, 1.0 - tolerance, Rounding::HalfEven)? {
        GoalStatus::OnTrack
    } else {
        GoalStatus::Behind
    })
}

/// The number of months of the plan that have ended by a date.
fn whole_months(start: Date, date: Date, months: u32) -> Result<u32> {
    let years = date.year() - start.year();
    let calendar = 12 * years + date.month().cast_signed() - start.month().cast_signed();
    let elapsed = if calendar > 0 && start.add_months(calendar)? > date { calendar - 1 } else { calendar };
    if date < start || elapsed >= months.cast_signed() {
        let message = format!("{date} is not within the plan, which runs for {months} months from {start}");
        return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("asOf"));
    }
    Ok(elapsed.cast_unsigned())
}
