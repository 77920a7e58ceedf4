//! What came in and went out by period.
//!
//! `input` is the question; `periods` are its parts of time, `recognition` says on which day a flow counts, `exchange`
//! converts it, `figures` adds it up, `comparison` compares periods, and `output` is the answer.

mod comparison;
mod exchange;
mod figures;
mod input;
mod output;
mod periods;
mod recognition;

use std::collections::{BTreeMap, btree_map::Entry};

pub use input::{CardDebt, CashFlowBasis, CashFlowStatementInput, StatementComparison, StatementPeriods};
pub use output::{
    CashFlowCategory, CashFlowComparison, CashFlowDifference, CashFlowEntry, CashFlowFigures, CashFlowLine,
    CashFlowPeriod, CashFlowStatement, CashFlowTable, DebtService, UnpaidCharges,
};

use crate::flows::Flows;
use exchange::Rates;
use figures::{Essentials, Table};
use periods::Periods;
use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    money::Currency,
};

/// The most rows of the tables of all currencies.
const MAX_ROWS: usize = 20_000;

/// What came in and went out in each period, from a ledger.
///
/// ```
/// # use wherewithal_cash_flow::wherewithal;
/// use wherewithal::{cash_flow::{self, CashFlowStatementInput}, control::Control};
///
/// let input: CashFlowStatementInput = serde_json::from_str(r#"{"ledger": {
///     "accounts": [{"id": "checking", "kind": "checking", "currency": "USD"}],
///     "transactions": [
///         {"id": "1", "account": "checking", "date": "2026-03-01", "amount": "4000", "type": "deposit",
///          "description": "SALARY"},
///         {"id": "2", "account": "checking", "date": "2026-03-31", "amount": "-1500", "type": "purchase",
///          "description": "RENT", "category": "Housing"}]}}"#).unwrap();
/// let statement = cash_flow::statement(&input, &Control::default())?;
/// let march = &statement.currencies[0].periods[0];
/// assert_eq!(march.figures.saved.to_string(), "2500.00");
/// assert_eq!(march.figures.savings_rate, Some("0.625".parse()?));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`classify`](wherewithal_classification::classify), inside `ledger`; `field.missing` without dates or
/// transactions, or without rates; `range.out_of_order`, `field.conflict`, `count.out_of_range`, `date.out_of_range`,
/// `name.unknown`, `list.duplicate`, `account.unsuitable`, `amount.out_of_range`, `rate.out_of_range`,
/// `currency.mismatch` where a rate is missing, `input.too_large`, `currency.minor_unit_missing`, `decimal.overflow`, `operation.cancelled`.
pub fn statement(input: &CashFlowStatementInput, control: &Control<'_>) -> Result<CashFlowStatement> {
    let mut work = Work::under(control);
    let flows = Flows::of(&input.ledger, control)?;
    let essentials = Essentials::of(&input.essential_categories)?;
    let rates = Rates::of(input)?;
    let (recognized, unpaid) = recognition::recognize(input, &flows, &mut work)?;
    let periods = Periods::of(input, &flows, &recognized)?;

    let mut tables: BTreeMap<Currency, Table<'_>> = BTreeMap::new();
    let mut report = match input.report_currency {
        Some(currency) => Some(Table::new(currency, periods.len())?),
        None => None,
    };
    let mut entries = Vec::new();
    let mut outside = 0;
    for one in &recognized {
        work.done(2)?;
        let Some(period) = periods.number_of(one.date) else {
            outside += 1;
            continue;
        };
        let count = tables.len();
        let table = match tables.entry(one.currency) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                check_size(count + 1, periods.len())?;
                entry.insert(Table::new(one.currency, periods.len())?)
            }
        };
        table.add(period, one, one.amount)?;
        let mut converted = None;
        if let Some(table) = &mut report {
            let amount = rates.convert(one, table.currency)?;
            table.add(period, one, amount)?;
            converted = Some(amount);
        }
        if input.entries {
            entries.push(one.entry(period, converted));
        }
    }
    let mut finish = |table: Table<'_>| table.finish(&periods, &essentials, input, &mut work);
    Ok(CashFlowStatement {
        from: periods.first,
        to: periods.last,
        basis: input.basis,
        currencies: tables.into_values().map(&mut finish).collect::<Result<_>>()?,
        report: report.map(finish).transpose()?,
        unpaid,
        outside,
        entries,
    })
}

/// That the tables of all currencies have no more rows than an answer can hold.
fn check_size(tables: usize, periods: usize) -> Result<()> {
    if tables * periods <= MAX_ROWS {
        return Ok(());
    }
    let message = format!("{periods} periods in {tables} currencies make more than {MAX_ROWS} rows");
    Err(Error::new(ErrorCode::InputTooLarge, message).at("periods"))
}

#[cfg(test)]
mod tests;
