//! Payments that recur, found in a ledger.
//!
//! `payments` groups the transactions by merchant, `slots` are the days on which a cadence expects payments, `series`
//! chooses the cadence, and `report` says what it means.

mod input;
mod output;
pub(crate) mod payments;
pub(crate) mod report;
pub(crate) mod series;
pub(crate) mod slots;
#[cfg(test)]
mod tests;

pub use input::{RecurrenceDetection, RecurringInput};
pub use output::{
    DoubleCharge, PriceChange, RecurringPayment, RecurringSeries, RecurringStatus, RecurringTotal,
    RecurringTransactions,
};

use crate::flows::Flows;
use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::Date,
    error::At as _,
};

/// Payments that recur: salaries, rents, subscriptions, bills.
///
/// ```
/// # use wherewithal_cash_flow::wherewithal;
/// use wherewithal::{cash_flow::{self, RecurringInput}, control::Control, dates::date};
///
/// let input: RecurringInput = serde_json::from_str(r#"{"ledger": {
///     "accounts": [{"id": "card", "currency": "USD", "liabilityKind": "creditCard"}],
///     "transactions": [
///         {"id": "1", "account": "card", "date": "2026-01-31", "amount": "-9.99", "type": "purchase", "description": "FILMS"},
///         {"id": "2", "account": "card", "date": "2026-02-28", "amount": "-9.99", "type": "purchase", "description": "FILMS"},
///         {"id": "3", "account": "card", "date": "2026-03-31", "amount": "-11.99", "type": "purchase", "description": "FILMS"}]}}"#).unwrap();
/// let answer = cash_flow::recurring(&input, &Control::default())?;
/// let films = &answer.series[0];
/// assert_eq!(films.next, Some(date(2026, 4, 30)?));
/// assert_eq!(films.price_changes[0].to, "11.99".parse()?);
/// assert_eq!(films.confidence, "0.75".parse()?);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`classify`](wherewithal_classification::classify), inside `ledger`; `count.out_of_range`,
/// `number.out_of_range`; `field.missing` without a day or a transaction; `date.out_of_range` at the ends of the calendar,
/// `decimal.overflow`, `operation.cancelled`.
pub fn recurring(input: &RecurringInput, control: &Control<'_>) -> Result<RecurringTransactions> {
    input.detection.validate().at("detection")?;
    let flows = Flows::of(&input.ledger, control)?;
    let as_of = as_of(input.as_of, &flows)?;
    let mut work = Work::under(control);
    let found = detect(&flows, as_of, &input.detection, &mut work)?;
    let mut series = Vec::with_capacity(found.len());
    for one in &found {
        work.done(one.payments.len() + 1)?;
        series.push(report::of(one, as_of)?);
    }
    Ok(RecurringTransactions { as_of, totals: report::totals(&series)?, series })
}

/// The series of a ledger up to a day.
pub(crate) fn detect<'f>(
    flows: &'f Flows<'f>,
    as_of: Date,
    detection: &RecurrenceDetection,
    work: &mut Work<'_, '_>,
) -> Result<Vec<series::Series<'f>>> {
    let mut found = Vec::new();
    for group in payments::groups(flows, as_of, work)? {
        work.done(group.payments.len())?;
        found.extend(series::series_of(&group, detection, work)?);
    }
    Ok(found)
}

/// The day that is given, or that of the last flow.
pub(crate) fn as_of(given: Option<Date>, flows: &Flows<'_>) -> Result<Date> {
    given.or_else(|| flows.all.iter().map(|flow| flow.date).max()).ok_or_else(|| {
        let message = "there is no transaction, so the day is needed";
        Error::new(ErrorCode::FieldMissing, message).at("asOf")
    })
}
