//! The parts of a transaction.

use wherewithal_base::{Error, ErrorCode, Result, num::Decimal};
use wherewithal_ledger::LedgerSplit;

use super::{Reader, destination, records::Record};
use crate::collect::{Collected, Fault, cut};

/// A part while its lines are read.
#[derive(Default)]
struct Part<'a> {
    category: &'a str,
    memo: &'a str,
    amount: Option<&'a str>,
    percentage: Option<&'a str>,
}

/// The parts of a record, whose sum is its amount. A part without category, memo and amount is none: Quicken writes such
/// lines.
pub(super) fn of(
    reader: &Reader<'_>,
    record: &Record<'_>,
    amount: Decimal,
    collected: &mut Collected,
) -> Result<Vec<LedgerSplit>, Fault> {
    let mut splits = Vec::new();
    for part in parts(record) {
        let value = value(reader, &part, amount)?;
        let (category, transfer_account) = destination(part.category, collected);
        let memo = (!part.memo.is_empty()).then(|| cut(part.memo));
        if value.is_zero() && category.is_none() && transfer_account.is_none() && memo.is_none() {
            continue;
        }
        splits.push(LedgerSplit { amount: value, category, memo, transfer_account });
    }
    let sum = Decimal::sum(splits.iter().map(|split| split.amount)).map_err(Fault::of)?;
    if splits.is_empty() || sum == amount {
        return Ok(splits);
    }
    let message = format!("the parts add up to {sum}; the amount is {amount}");
    Err(Fault::at(Error::new(ErrorCode::SplitsSumMismatch, message), "S", record.value('T')))
}

/// The parts, each of which begins with its category.
fn parts<'a>(record: &Record<'a>) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for line in &record.lines {
        match (line.code, parts.last_mut()) {
            ('S', _) => parts.push(Part { category: line.value, ..Part::default() }),
            ('E', Some(part)) => part.memo = line.value,
            ('$', Some(part)) => part.amount = Some(line.value),
            ('%', Some(part)) => part.percentage = Some(line.value),
            _ => {}
        }
    }
    parts
}

/// The amount of a part, or its percentage of the whole.
fn value(reader: &Reader<'_>, part: &Part<'_>, whole: Decimal) -> Result<Decimal, Fault> {
    match (part.amount, part.percentage) {
        (Some(amount), _) if !amount.is_empty() => reader.value(amount, '$'),
        (_, Some(percentage)) => {
            let share = reader.value(percentage.trim_end_matches('%'), '%')?;
            let hundred = Decimal::from(100_u32);
            let amount = whole.times(share).and_then(|product| product.divided_by(hundred));
            amount.map_err(|error| Fault::at(error, "%", percentage))
        }
        _ => Ok(Decimal::ZERO),
    }
}
