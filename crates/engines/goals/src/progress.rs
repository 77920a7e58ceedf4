//! How a goal stands beside its plan.

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

/// How a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum GoalStatus {
    /// What is saved is already what is needed at the end.
    Reached,
    /// At least the planned amount is saved.
    Ahead,
    /// Less than planned is saved, but no more than the tolerance.
    OnTrack,
    /// Less is saved than the tolerance allows.
    Behind,
}

/// The answer of `goals.progress`.
#[derive(Debug, Clone, Wire)]
pub struct GoalProgressResult {
    /// How the goal stands.
    pub status: GoalStatus,
    /// Whole months of the plan that have passed.
    pub elapsed_months: u32,
    /// Months that are left.
    pub remaining_months: u32,
    /// What is needed when it is needed, in money of that day.
    pub target_amount: Decimal,
    /// What the plan has at the end of the months that have passed.
    pub planned_amount: Decimal,
    /// The actual amount less the planned one; negative where it falls short.
    pub difference: Decimal,
    /// The actual amount as a fraction of the target, to six places.
    pub target_ratio: Decimal,
    /// The actual amount as a fraction of the planned one, to six places; null where nothing was planned yet.
    pub plan_ratio: Option<Decimal>,
    /// The last month of the plan by whose end no more than the actual amount was planned; 0 before the first.
    pub plan_month: u32,
    /// By how many months the actual amount is ahead of the plan; negative where it is behind.
    pub months_ahead: i32,
    /// What will be saved when it is needed if contributions go on as planned.
    pub projected_amount: Decimal,
    /// What will then be missing; 0 where the target is reached.
    pub shortfall: Decimal,
    /// What will then be more than needed; 0 where the target is not reached.
    pub surplus: Decimal,
    /// The planned contribution of the running year of the plan.
    pub planned_contribution: Decimal,
    /// The least contribution of the running year, growing as planned, with which the target is reached; null where no
    /// contribution is.
    pub required_contribution: Option<Decimal>,
    /// The required contribution less the planned one; negative where less is enough.
    pub contribution_change: Option<Decimal>,
}

/// Compares what is saved on a date with what the plan has, and says what must change.
///
/// # Errors
/// `number.not_finite`, the codes of invalid values, `currency.minor_unit_missing`, `date.out_of_range` and `result.too_large`, each with
/// its path.
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
    // Who has less than at the start is at the start.
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

/// How many months of the plan have ended on a date.
fn whole_months(start: Date, date: Date, months: u32) -> Result<u32> {
    let years = date.year() - start.year();
    let calendar = 12 * years + date.month().cast_signed() - start.month().cast_signed();
    let elapsed = if calendar > 0 && start.add_months(calendar)? > date { calendar - 1 } else { calendar };
    if date < start || elapsed >= months.cast_signed() {
        let message =
            format!("{date} is not from {start} on and within the {months} months from then to the target");
        return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("asOf"));
    }
    Ok(elapsed.cast_unsigned())
}
