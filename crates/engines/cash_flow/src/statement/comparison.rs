//! How periods differ from earlier ones.

use std::collections::BTreeMap;

use super::{
    input::StatementComparison,
    output::{CashFlowComparison, CashFlowDifference, CashFlowLine, CashFlowPeriod},
};
use wherewithal_base::{
    Result,
    control::Work,
    dates::Date,
    num::{Decimal, Rounding},
};

/// The decimal places of a relative change.
const PLACES: u32 = 6;

/// Compares each period with an earlier one, where there is one.
pub(super) fn comparisons(
    periods: &[CashFlowPeriod],
    with: StatementComparison,
    zero: Decimal,
    work: &mut Work<'_, '_>,
) -> Result<Vec<CashFlowComparison>> {
    let mut compared = Vec::new();
    for (place, period) in periods.iter().enumerate() {
        let (before, _) = periods.split_at(place);
        let earlier = match with {
            StatementComparison::Previous => before.last(),
            StatementComparison::YearBefore => a_year_before(period.last, before),
        };
        if let Some(earlier) = earlier {
            work.done(earlier.categories.len() + period.categories.len() + 1)?;
            compared.push(comparison(earlier, period, zero)?);
        }
    }
    Ok(compared)
}

/// The one of some periods that holds the day a year before a day.
fn a_year_before(day: Date, periods: &[CashFlowPeriod]) -> Option<&CashFlowPeriod> {
    // Before the calendar there is none.
    let day = day.add_months(-12).ok()?;
    let until = periods.partition_point(|period| period.first <= day);
    periods.get(until.checked_sub(1)?).filter(|period| day <= period.last)
}

fn comparison(
    earlier: &CashFlowPeriod,
    period: &CashFlowPeriod,
    zero: Decimal,
) -> Result<CashFlowComparison> {
    let mut rows: BTreeMap<(CashFlowLine, Option<&str>), (Decimal, Decimal)> = BTreeMap::new();
    for row in &earlier.categories {
        rows.insert((row.line, row.category.as_deref()), (row.amount, zero));
    }
    for row in &period.categories {
        rows.entry((row.line, row.category.as_deref())).or_insert((zero, zero)).1 = row.amount;
    }
    let categories = rows.into_iter().map(|((line, category), (before, now))| {
        let change = now.minus(before)?;
        Ok(CashFlowDifference {
            line,
            category: category.map(str::to_owned),
            before,
            now,
            change,
            relative_change: relative(change, before)?,
        })
    });
    let (before, now) = (&earlier.figures, &period.figures);
    Ok(CashFlowComparison {
        first: period.first,
        earlier_first: earlier.first,
        total_income: now.total_income.minus(before.total_income)?,
        total_spending: now.total_spending.minus(before.total_spending)?,
        saved: now.saved.minus(before.saved)?,
        categories: categories.collect::<Result<_>>()?,
    })
}

/// A change as a fraction of what there was before, in size; `None` if there was nothing.
fn relative(change: Decimal, before: Decimal) -> Result<Option<Decimal>> {
    if before.is_zero() {
        return Ok(None);
    }
    Ok(Some(change.divided_by(before.abs())?.round(PLACES, Rounding::HalfEven)))
}
