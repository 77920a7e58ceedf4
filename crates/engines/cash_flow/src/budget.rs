//! Budgets: what is assigned to categories, what was spent, and what is left.
//!
//! `input` is the question, `spent` finds what was spent in which period and category, `safe` is what can be spent
//! today, and `output` is the answer.

mod input;
mod output;
mod safe;
mod spent;
#[cfg(test)]
mod tests;

pub use input::{
    AccountBalance, BudgetCategory, BudgetChange, BudgetInput, BudgetMethod, BudgetRollOver, PlannedBill,
    SafeToSpendInput,
};
pub use output::{Budget, BudgetLine, BudgetPeriod, SafeToSpend, UnbudgetedSpending};

use crate::{amounts::Amounts, flows::Flows};
use input::{MAX_CATEGORIES, MAX_CHANGES, MAX_PERIODS};
use spent::{PeriodSpending, Spending};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    num::Decimal,
};

/// What is assigned to categories by period, what was spent, and what is left.
///
/// ```
/// # use wherewithal_cash_flow::wherewithal;
/// use wherewithal::{cash_flow::{self, BudgetInput}, control::Control};
///
/// let input: BudgetInput = serde_json::from_str(r#"{"ledger": {
///     "accounts": [{"id": "checking", "kind": "checking", "currency": "USD"}],
///     "transactions": [
///         {"id": "1", "account": "checking", "date": "2026-03-10", "amount": "-430", "type": "purchase",
///          "description": "MARKET", "category": "Food"}]},
///     "from": "2026-03-01",
///     "categories": [{"category": "Food", "amount": "400", "rollOver": "both"}]}"#).unwrap();
/// let budget = cash_flow::budget(&input, &Control::default())?;
/// let food = &budget.periods[0].categories[0];
/// assert_eq!(food.variance, "30".parse()?);
/// assert_eq!(food.carried_out, "-30".parse()?);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`classify`](wherewithal_classification::classify), inside `ledger`; `amount.out_of_range`,
/// `decimal.too_precise`, `currency.minor_unit_missing`, `count.out_of_range`, `term.out_of_range`, `date.out_of_range`,
/// `field.missing` for a zero-based budget without a planned income, `list.duplicate`, `list.too_long`, `text.invalid`,
/// `dates.out_of_order`, `name.unknown`, `currency.mismatch` for a balance in another currency, `decimal.overflow`,
/// `operation.cancelled`.
pub fn budget(input: &BudgetInput, control: &Control<'_>) -> Result<Budget> {
    let mut work = Work::under(control);
    let amounts = Amounts::of(input.currency)?;
    validate(input)?;
    let days = periods(input)?;
    let end = days.last().map_or(input.from, |(_, last)| *last);
    let as_of = input.as_of.unwrap_or(end);
    let planned = input.planned_income.map(|income| amounts.read(income).at("plannedIncome")).transpose()?;
    let mut envelopes = Vec::with_capacity(input.categories.len());
    for (index, category) in input.categories.iter().enumerate() {
        envelopes.push(Envelope::of(category, amounts).at_index("categories", index)?);
    }
    let flows = Flows::of(&input.ledger, control)?;
    let spending = Spending::of(input, &flows, &days, as_of, &mut work)?;

    let mut unassigned = amounts.signed(input.unassigned_before).at("unassignedBefore")?;
    let mut rows = Vec::with_capacity(days.len());
    for ((first, last), spent) in days.iter().zip(&spending.periods) {
        work.done(envelopes.len() + 1)?;
        let row = period(input, &mut envelopes, (*first, *last), spent, unassigned, planned, amounts)?;
        unassigned = row.unassigned;
        rows.push(row);
    }
    let safe_to_spend = match &input.spending {
        Some(question) => Some(safe::to_spend(question, input, &rows, &flows, as_of).at("spending")?),
        None => None,
    };
    Ok(Budget {
        currency: input.currency,
        as_of,
        periods: rows,
        safe_to_spend,
        other_currencies: spending.other_currencies,
    })
}

fn validate(input: &BudgetInput) -> Result<()> {
    check::whole(input.months, 1..=12, ErrorCode::TermOutOfRange).at("months")?;
    check::whole(input.periods, 1..=MAX_PERIODS, ErrorCode::CountOutOfRange).at("periods")?;
    check::length(input.categories.len(), 0..=MAX_CATEGORIES).at("categories")?;
    if input.method == BudgetMethod::ZeroBased && input.planned_income.is_none() {
        let message = "a zero-based budget assigns a planned income";
        return Err(Error::new(ErrorCode::FieldMissing, message).at("plannedIncome"));
    }
    Ok(())
}

/// The first and the last day of each period.
fn periods(input: &BudgetInput) -> Result<Vec<(Date, Date)>> {
    let start = |number: u32| input.from.add_months((number * input.months).cast_signed()).at("periods");
    let mut days = Vec::with_capacity(input.periods as usize);
    for number in 0..input.periods {
        days.push((start(number)?, start(number + 1)?.add_days(-1)?));
    }
    Ok(days)
}

/// A category whose amounts are validated, with what is left in it.
struct Envelope<'i> {
    category: &'i BudgetCategory,
    amount: Decimal,
    changes: Vec<(Date, Decimal)>,
    left: Decimal,
}

impl<'i> Envelope<'i> {
    fn of(category: &'i BudgetCategory, amounts: Amounts) -> Result<Self> {
        check::text(&category.category, spent::MAX_NAME).at("category")?;
        check::length(category.changes.len(), 0..=MAX_CHANGES).at("changes")?;
        let mut changes: Vec<(Date, Decimal)> = Vec::with_capacity(category.changes.len());
        for (index, change) in category.changes.iter().enumerate() {
            if let Some((before, _)) = changes.last()
                && change.from <= *before
            {
                let message = format!("{} follows {before}; the days must ascend", change.from);
                let error = Error::new(ErrorCode::DatesOutOfOrder, message);
                return Err(error.at("from").at_index("changes", index));
            }
            let amount = amounts.read(change.amount).at("amount").at_index("changes", index)?;
            changes.push((change.from, amount));
        }
        Ok(Self {
            category,
            amount: amounts.read(category.amount).at("amount")?,
            changes,
            left: amounts.signed(category.left_before).at("leftBefore")?,
        })
    }

    /// What is assigned in a period that begins on a day.
    fn assigned(&self, first: Date) -> Decimal {
        let latest = self.changes.iter().rev().find(|(from, _)| *from <= first);
        latest.map_or(self.amount, |(_, amount)| *amount)
    }

    /// What rolls over of what is available.
    fn rolls_over(&self, available: Decimal, amounts: Amounts) -> Decimal {
        let stays = match self.category.roll_over {
            BudgetRollOver::Nothing => false,
            BudgetRollOver::Left => !available.is_negative(),
            BudgetRollOver::Overspent => available.is_negative(),
            BudgetRollOver::Both => true,
        };
        if stays { available } else { amounts.zero() }
    }
}

fn period(
    input: &BudgetInput,
    envelopes: &mut [Envelope<'_>],
    (first, last): (Date, Date),
    found: &PeriodSpending<'_>,
    unassigned_before: Decimal,
    planned: Option<Decimal>,
    amounts: Amounts,
) -> Result<BudgetPeriod> {
    let (mut assigned, mut spent) = (amounts.zero(), amounts.zero());
    let mut unassigned = unassigned_before.plus(found.income)?;
    let mut categories = Vec::with_capacity(envelopes.len());
    for (envelope, in_category) in envelopes.iter_mut().zip(&found.categories) {
        let amount = envelope.assigned(first);
        let available = envelope.left.plus(amount)?.minus(in_category.spent)?;
        let carried_out = envelope.rolls_over(available, amounts);
        categories.push(BudgetLine {
            category: envelope.category.category.clone(),
            carried_in: envelope.left,
            assigned: amount,
            spent: in_category.spent,
            available,
            variance: in_category.spent.minus(amount)?,
            carried_out,
            transactions: in_category.transactions.iter().map(|id| (*id).to_owned()).collect(),
        });
        envelope.left = carried_out;
        assigned = assigned.plus(amount)?;
        spent = spent.plus(in_category.spent)?;
        // What does not roll over goes back to where it came from, or has to be made good from there.
        unassigned = unassigned.minus(amount)?.plus(available.minus(carried_out)?)?;
    }
    let mut unbudgeted = Vec::with_capacity(found.unbudgeted.len());
    for (category, amount) in &found.unbudgeted {
        spent = spent.plus(*amount)?;
        unassigned = unassigned.minus(*amount)?;
        unbudgeted.push(UnbudgetedSpending { category: category.map(str::to_owned), spent: *amount });
    }
    let unplanned = planned.map(|income| income.minus(assigned)).transpose()?;
    let is_zero_based = input.method == BudgetMethod::ZeroBased;
    Ok(BudgetPeriod {
        first,
        last,
        categories,
        unbudgeted,
        income: found.income,
        assigned,
        spent,
        variance: spent.minus(assigned)?,
        unassigned,
        unplanned,
        balanced: unplanned.filter(|_| is_zero_based).map(Decimal::is_zero),
    })
}
