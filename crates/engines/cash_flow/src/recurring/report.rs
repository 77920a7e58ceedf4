//! What a series of payments means.

use std::collections::BTreeMap;

use super::{
    output::{DoubleCharge, PriceChange, RecurringPayment, RecurringSeries, RecurringStatus, RecurringTotal},
    series::{Series, changes_mostly},
    slots::MONTH_END,
};
use crate::flows::zero;
use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::Date,
    money::Currency,
    num::{Decimal, Rounding},
    order,
};
use wherewithal_classification::FlowClass;

/// The decimal places of the confidence and of a change.
const PLACES: u32 = 4;
/// The number of payments whose median is expected next.
const RECENT: usize = 12;

/// The next payments of a series.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outlook {
    pub(crate) status: RecurringStatus,
    /// The slot of the next payment, if the series has not ended.
    pub(crate) next: Option<i32>,
    /// The amount of the next payment.
    pub(crate) amount: Decimal,
    pub(crate) varies: bool,
}

/// Whether a series goes on after a day, and with which amount.
pub(crate) fn outlook(series: &Series<'_>, as_of: Date) -> Result<Outlook> {
    let Some((last, slot)) = series.payments.last() else { return Err(empty()) };
    let overdue = |number: i32| -> Result<bool> {
        let due = series.fit.slots.day(number)?;
        Ok(due.days_until(as_of) > series.fit.cadence.tolerance)
    };
    let status = match (overdue(slot + 1)?, overdue(slot + 2)?) {
        (false, _) => RecurringStatus::Active,
        (true, false) => RecurringStatus::Late,
        (true, true) => RecurringStatus::Ended,
    };
    let varies = changes_mostly(&series.payments);
    let amount = if varies { median_of_recent(series)? } else { last.amount };
    let next = (status != RecurringStatus::Ended).then_some(slot + 1);
    Ok(Outlook { status, next, amount, varies })
}

pub(super) fn of(series: &Series<'_>, as_of: Date) -> Result<RecurringSeries> {
    let Some((last, slot)) = series.payments.last() else { return Err(empty()) };
    let outlook = outlook(series, as_of)?;
    let slots = series.fit.slots;
    let mut payments = Vec::with_capacity(series.payments.len());
    for (payment, number) in &series.payments {
        payments.push(RecurringPayment {
            transaction: payment.flow.transaction.clone(),
            date: payment.date,
            expected: slots.day(*number)?,
            amount: payment.amount,
        });
    }
    let sizes = || payments.iter().map(|payment| payment.amount.abs());
    let (Some(lowest), Some(highest)) = (sizes().min(), sizes().max()) else { return Err(empty()) };
    let (met, of) = series.fit.odds();
    let frequency = series.fit.cadence.frequency;
    let doubles = series.doubles.iter().map(|(second, first)| DoubleCharge {
        transaction: second.flow.transaction.clone(),
        date: second.date,
        first_transaction: first.flow.transaction.clone(),
        amount: second.amount,
    });
    Ok(RecurringSeries {
        name: series.name.clone(),
        account: last.flow.account.clone(),
        currency: last.flow.currency,
        class: last.flow.class,
        category: last.flow.category.clone(),
        frequency,
        rule: slots.rule(frequency),
        start: slots.day(*slot)?,
        month_end: MONTH_END,
        amount: outlook.amount,
        varies: outlook.varies,
        lowest,
        highest,
        annual_amount: outlook.amount.times(Decimal::from(frequency.per_year()))?,
        confidence: Decimal::from(met).divided_by(Decimal::from(of))?.round(PLACES, Rounding::HalfEven),
        missed: series.fit.missed,
        unexpected: series.fit.others,
        status: outlook.status,
        next: outlook.next.map(|number| slots.day(number)).transpose()?,
        price_changes: if outlook.varies { Vec::new() } else { price_changes(series)? },
        double_charges: doubles.collect(),
        payments,
    })
}

fn price_changes(series: &Series<'_>) -> Result<Vec<PriceChange>> {
    let mut changes = Vec::new();
    for [(before, _), (after, _)] in series.payments.array_windows() {
        if before.amount == after.amount {
            continue;
        }
        let (from, to) = (before.amount.abs(), after.amount.abs());
        changes.push(PriceChange {
            date: after.date,
            transaction: after.flow.transaction.clone(),
            from,
            to,
            change: to.minus(from)?.divided_by(from)?.round(PLACES, Rounding::HalfEven),
        });
    }
    Ok(changes)
}

/// The median of the last payments, rounded half to even to the minor unit where it lies between two.
fn median_of_recent(series: &Series<'_>) -> Result<Decimal> {
    let mut recent: Vec<Decimal> =
        series.payments.iter().rev().take(RECENT).map(|(payment, _)| payment.amount).collect();
    order::sort_by_key(&mut recent, |amount| *amount);
    let middle = recent.len() / 2;
    let (Some(upper), Some((last, _))) = (recent.get(middle), series.payments.last()) else {
        return Err(empty());
    };
    if recent.len() % 2 == 1 {
        return Ok(*upper);
    }
    #[expect(clippy::indexing_slicing, reason = "an even number of payments is two at least")]
    let lower = recent[middle - 1];
    let places = last.flow.currency.decimal_places().unwrap_or(upper.scale());
    Ok(lower.plus(*upper)?.divided_by(Decimal::from(2_u32))?.round(places, Rounding::HalfEven))
}

/// What the series that go on bring and cost in a year.
pub(super) fn totals(series: &[RecurringSeries]) -> Result<Vec<RecurringTotal>> {
    let mut totals: BTreeMap<Currency, (Decimal, Decimal)> = BTreeMap::new();
    for one in series {
        let is_movement = matches!(one.class, FlowClass::Transfer | FlowClass::PrincipalPaid);
        if one.status == RecurringStatus::Ended || is_movement {
            continue;
        }
        let zero = zero(one.currency)?;
        let (income, spending) = totals.entry(one.currency).or_insert((zero, zero));
        if one.amount.is_negative() {
            *spending = spending.minus(one.annual_amount)?;
        } else {
            *income = income.plus(one.annual_amount)?;
        }
    }
    let rows = totals.into_iter().map(|(currency, (annual_income, annual_spending))| RecurringTotal {
        currency,
        annual_income,
        annual_spending,
    });
    Ok(rows.collect())
}

pub(crate) fn empty() -> Error {
    Error::new(ErrorCode::StateInconsistent, "a series has no payment")
}
