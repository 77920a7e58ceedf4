//! The parts of time of a statement.

use super::{
    input::{CashFlowStatementInput, MAX_PERIODS, StatementPeriods},
    recognition::Recognized,
};
use crate::flows::Flows;
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::{Date, date},
    error::At as _,
};

/// Periods without gaps, each of which ends on the day before the next one begins.
pub(super) struct Periods {
    pub(super) first: Date,
    pub(super) last: Date,
    /// The first day of each, from the first of the statement on.
    starts: Vec<Date>,
}

impl Periods {
    pub(super) fn of(
        input: &CashFlowStatementInput,
        flows: &Flows<'_>,
        recognized: &[Recognized<'_>],
    ) -> Result<Self> {
        check::length(input.starts.len(), 0..=MAX_PERIODS).at("starts")?;
        let are_dates = input.periods == StatementPeriods::Dates;
        if are_dates && input.starts.is_empty() {
            return Err(missing("the periods `dates` need their first days").at("starts"));
        }
        if !are_dates && !input.starts.is_empty() {
            let message = "`starts` are given, and the periods are not `dates`";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("starts"));
        }
        // On the cash basis a flow may count on another day than its own, or on none yet.
        let days = recognized.iter().map(|one| one.date).chain(flows.all.iter().map(|flow| flow.date));
        let first = input.from.or(input.starts.first().copied()).or_else(|| days.clone().min());
        let first =
            first.ok_or_else(|| missing("there is no flow, so the first day is needed").at("from"))?;
        let last = match input.to {
            Some(last) => last,
            None => {
                days.max().ok_or_else(|| missing("there is no flow, so the last day is needed").at("to"))?
            }
        };
        if last < first {
            let message = format!("the last day, {last}, is before the first, {first}");
            return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("to"));
        }
        let starts = match input.periods {
            StatementPeriods::Dates => given(&input.starts, first, last)?,
            StatementPeriods::Whole => vec![first],
            StatementPeriods::Months => calendar(1, first, last)?,
            StatementPeriods::Quarters => calendar(3, first, last)?,
            StatementPeriods::Years => calendar(12, first, last)?,
        };
        Ok(Self { first, last, starts })
    }

    /// The number of periods.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The number of the period that holds a day, from 0; `None` outside the statement.
    pub(super) fn number_of(&self, day: Date) -> Option<usize> {
        if day > self.last {
            return None;
        }
        self.starts.partition_point(|start| *start <= day).checked_sub(1)
    }

    /// The first and the last day of each period.
    pub(super) fn days(&self) -> Result<Vec<(Date, Date)>> {
        let mut days = Vec::with_capacity(self.starts.len());
        for (number, start) in self.starts.iter().enumerate() {
            let end = match self.starts.get(number + 1) {
                Some(next) => next.add_days(-1)?,
                None => self.last,
            };
            days.push((*start, end));
        }
        Ok(days)
    }
}

/// The first days of periods that a caller gives. They ascend from the first day of the statement to its last.
fn given(starts: &[Date], first: Date, last: Date) -> Result<Vec<Date>> {
    let mut before = None;
    for (index, start) in starts.iter().enumerate() {
        let fault = match before {
            Some(before) if *start <= before => {
                Some(format!("{start} follows {before}; the days must ascend"))
            }
            None if *start != first => {
                Some(format!("the first period begins on {start}, the statement on {first}"))
            }
            _ if *start > last => Some(format!("{start} is after {last}, the last day of the statement")),
            _ => None,
        };
        if let Some(message) = fault {
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at_index("starts", index));
        }
        before = Some(*start);
    }
    Ok(starts.to_vec())
}

/// The first day, and those of the calendar's periods of so many months that begin after it.
fn calendar(months: u32, first: Date, last: Date) -> Result<Vec<Date>> {
    let mut starts = vec![first];
    // The months of a year are whole periods.
    let month = (first.month() - 1) / months * months + 1;
    let begin = date(first.year(), month, 1)?;
    for number in 1.. {
        let months = i32::try_from(months * number).map_err(|_| too_many().at("to"))?;
        // The calendar ends with the year 9999, and so does the last period.
        let Ok(start) = begin.add_months(months) else { break };
        if start > last {
            break;
        }
        if starts.len() == MAX_PERIODS {
            return Err(too_many().at("to"));
        }
        starts.push(start);
    }
    Ok(starts)
}

fn too_many() -> Error {
    let message = format!("more than {MAX_PERIODS} periods lie between the first and the last day");
    Error::new(ErrorCode::CountOutOfRange, message)
}

fn missing(message: &str) -> Error {
    Error::new(ErrorCode::FieldMissing, message)
}
