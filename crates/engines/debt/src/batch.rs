//! The schedules of many loans at once, as columns of integers.
//!
//! The rows equal those of [`amortize`](super::amortize()), to the last minor unit. If the numbers of a loan are small
//! enough (see [`lanes`]), several loans are computed side by side in vector registers; other loans are computed one by
//! one in integers.

mod lanes;
#[cfg(test)]
mod tests;

use self::lanes::{LANES, LaneLoan};
use super::{
    loan::{Loan, MAX_PAYMENTS},
    repayment::MonthlyRepayment,
};
use wherewithal_base::{Error, ErrorCode, Result, control::Control, error::At as _, num::Rounding};
use wherewithal_math::parallel::{Tally, map, map_items};

/// The number of loans that a thread computes at a time: few enough for their columns to stay in its cache.
const CHUNK: usize = 64;

/// The schedules of many loans.
///
/// Amounts are whole numbers of the minor unit of the loan's currency (cents). The columns have the rows of the first
/// loan, then those of the second, and so on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmortizationBatch {
    /// The totals of each loan, in the order of the input.
    pub loans: Vec<BatchLoan>,
    /// The interest of each payment.
    pub interest: Vec<i64>,
    /// The principal in each payment.
    pub principal: Vec<i64>,
    /// The balance after each payment; zero in the last row of a loan.
    pub balance: Vec<i64>,
}

/// One loan of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchLoan {
    /// The decimal places of the currency: an amount of 1 is 10^-places.
    pub places: u32,
    /// The regular monthly payment, without the extra payment.
    pub payment: i64,
    /// The sum of all interest.
    pub total_interest: i128,
    /// The index of the row after the last one of this loan.
    pub end: usize,
}

/// The schedule of one loan of a batch: its rows as columns, in minor units of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduleColumns<'a> {
    /// The decimal places of the currency: an amount of 1 is 10^-places.
    pub places: u32,
    /// The regular monthly payment, without the extra payment.
    pub payment: i64,
    /// The sum of all interest.
    pub total_interest: i128,
    /// The interest of each payment.
    pub interest: &'a [i64],
    /// The principal in each payment.
    pub principal: &'a [i64],
    /// The balance after each payment; zero in the last row.
    pub balance: &'a [i64],
}

impl AmortizationBatch {
    /// The schedule of the loan with this index.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "every loan ends within the columns, where the next one starts"
    )]
    pub fn schedule(&self, index: usize) -> Option<ScheduleColumns<'_>> {
        let loan = self.loans.get(index)?;
        let start = if index == 0 { 0 } else { self.loans[index - 1].end };
        Some(ScheduleColumns {
            places: loan.places,
            payment: loan.payment,
            total_interest: loan.total_interest,
            interest: &self.interest[start..loan.end],
            principal: &self.principal[start..loan.end],
            balance: &self.balance[start..loan.end],
        })
    }
}

/// The schedules of many loans. The rows are those of [`amortize`](super::amortize()), at any number of threads.
///
/// The rows take 24 bytes each; to visit the schedules without keeping them all, see [`for_each_schedule`]. Progress is
/// counted in chunks of 64 loans.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::{control::Control, dates::date, debt::{Loan, amortize_batch}, money::usd, rates::percent};
///
/// let loan = Loan::level(usd("400000")?, percent("6.5")?, 360, date(2026, 1, 1)?);
/// let batch = amortize_batch(&[loan.clone(), loan], &Control::default())?;
/// assert_eq!(batch.interest.len(), 720);
/// assert_eq!(batch.loans[1].payment, 252_827);
/// assert_eq!(batch.schedule(1).map(|schedule| schedule.balance[359]), Some(0));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`amortize`](super::amortize()) for the first loan that has one, at `loans[i]` and the path of the field;
/// `operation.cancelled`.
pub fn amortize_batch(loans: &[Loan], control: &Control<'_>) -> Result<AmortizationBatch> {
    let rows = max_rows(loans);
    let (mut interest, mut principal, mut balance) = (vec![0; rows], vec![0; rows], vec![0; rows]);
    let columns = ColumnsMut { interest: &mut interest, principal: &mut principal, balance: &mut balance };
    let loans = amortize_into(loans, columns, control)?;
    let end = loans.last().map_or(0, |loan| loan.end);
    for column in [&mut interest, &mut principal, &mut balance] {
        column.truncate(end);
    }
    Ok(AmortizationBatch { loans, interest, principal, balance })
}

/// Like [`amortize_batch`], but writes the rows into the caller's columns, each of [`max_rows`] rows. Rows after the
/// end of the last loan have no meaning.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::{
///     control::Control,
///     dates::date,
///     debt::{ColumnsMut, Loan, amortize_into, max_rows},
///     money::usd,
///     rates::percent,
/// };
///
/// let loans = [Loan::level(usd("400000")?, percent("6.5")?, 360, date(2026, 1, 1)?)];
/// let mut buffer = vec![0; 3 * max_rows(&loans)];
/// let (interest, rest) = buffer.split_at_mut(360);
/// let (principal, balance) = rest.split_at_mut(360);
/// let written =
///     amortize_into(&loans, ColumnsMut { interest, principal, balance }, &Control::default())?;
/// assert_eq!((written[0].end, balance[359]), (360, 0));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`amortize_batch`]; `input.invalid` for columns of another length.
pub fn amortize_into(
    loans: &[Loan],
    columns: ColumnsMut<'_>,
    control: &Control<'_>,
) -> Result<Vec<BatchLoan>> {
    let rows = max_rows(loans);
    let ColumnsMut { interest, principal, balance } = columns;
    if [&interest, &principal, &balance].iter().any(|column| column.len() != rows) {
        let message = format!("each column must have {rows} rows, the sum of the terms of the loans");
        return Err(Error::new(ErrorCode::InputInvalid, message));
    }
    let mut rest =
        ColumnsMut { interest: &mut *interest, principal: &mut *principal, balance: &mut *balance };
    let mut chunks = Vec::with_capacity(loans.len().div_ceil(CHUNK));
    for chunk in loans.chunks(CHUNK) {
        // Each chunk has its own part of the columns, so that threads can write without locks.
        let (columns, after) = rest.split(max_rows(chunk));
        rest = after;
        chunks.push((chunk, columns));
    }
    let tally = Tally::new(control, chunks.len() as u64);
    let outcomes = map_items(chunks, &tally, |(loans, columns)| Ok(fill(loans, columns)))?;

    // A loan that is repaid before the end of its term leaves unused rows; later rows move up to close the gap.
    let mut written = Vec::with_capacity(loans.len());
    let (mut room, mut end) = (0, 0);
    for (loan, outcome) in loans.iter().zip(in_order(outcomes)?) {
        if room != end {
            for column in [&mut *interest, &mut *principal, &mut *balance] {
                column.copy_within(room..room + outcome.rows, end);
            }
        }
        room += room_for(loan);
        end += outcome.rows;
        let Outcome { places, payment, total_interest, .. } = outcome;
        written.push(BatchLoan { places, payment, total_interest, end });
    }
    Ok(written)
}

/// Calls `visit` with the index and the schedule of each loan, from several threads and in no particular order. The
/// rows are those of [`amortize_batch`]; their memory is reused for later schedules.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use std::sync::atomic::{AtomicI64, Ordering};
/// use wherewithal::{control::Control, dates::date, debt::{Loan, for_each_schedule}, money::usd, rates::percent};
///
/// let loan = Loan::level(usd("400000")?, percent("6.5")?, 360, date(2026, 1, 1)?);
/// let cents = AtomicI64::new(0);
/// for_each_schedule(&[loan], &Control::default(), |_, schedule| {
///     cents.fetch_add(schedule.interest.iter().sum(), Ordering::Relaxed);
/// })?;
/// assert_eq!(cents.into_inner(), 51_017_981);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`amortize_batch`]. Other schedules may already have been visited.
pub fn for_each_schedule(
    loans: &[Loan],
    control: &Control<'_>,
    visit: impl Fn(usize, ScheduleColumns<'_>) + Sync,
) -> Result<()> {
    let chunks: Vec<&[Loan]> = loans.chunks(CHUNK).collect();
    let tally = Tally::new(control, chunks.len() as u64);
    #[expect(
        clippy::indexing_slicing,
        reason = "chunks are counted, and a loan uses no more rows than there is room for"
    )]
    let work = |chunk: usize| {
        let loans = chunks[chunk];
        let rows = max_rows(loans);
        let mut buffer = vec![0; 3 * rows];
        let (interest, rest) = buffer.split_at_mut(rows);
        let (principal, balance) = rest.split_at_mut(rows);
        let outcomes = fill(loans, ColumnsMut { interest, principal, balance })?;
        let mut start = 0;
        for (index, (loan, outcome)) in loans.iter().zip(&outcomes).enumerate() {
            let part = start..start + outcome.rows;
            let schedule = ScheduleColumns {
                places: outcome.places,
                payment: outcome.payment,
                total_interest: outcome.total_interest,
                interest: &interest[part.clone()],
                principal: &principal[part.clone()],
                balance: &balance[part],
            };
            visit(chunk * CHUNK + index, schedule);
            start += room_for(loan);
        }
        Ok(Vec::new())
    };
    in_order(map(chunks.len(), &tally, |chunk| Ok(work(chunk)))?).map(drop)
}

/// The largest number of rows that the schedules of the loans can have: the sum of their terms. An invalid term counts
/// as zero.
#[must_use]
pub fn max_rows(loans: &[Loan]) -> usize {
    loans.iter().map(room_for).sum()
}

/// The largest number of rows of a loan.
fn room_for(loan: &Loan) -> usize {
    // A longer term is refused later, with its path.
    if loan.term_months <= MAX_PAYMENTS { loan.term_months as usize } else { 0 }
}

/// The index of the invalid loan of a chunk, and its error.
type Failure = (usize, Error);

/// The outcomes of all chunks, or the error of the first loan that has one.
fn in_order(chunks: Vec<std::result::Result<Vec<Outcome>, Failure>>) -> Result<Vec<Outcome>> {
    let mut all = Vec::new();
    for (chunk, outcomes) in chunks.into_iter().enumerate() {
        match outcomes {
            Ok(outcomes) => all.extend(outcomes),
            Err((index, error)) => return Err(error).at_index("loans", chunk * CHUNK + index),
        }
    }
    Ok(all)
}

/// The result of one loan.
struct Outcome {
    places: u32,
    payment: i64,
    total_interest: i128,
    rows: usize,
}

/// Columns to write rows into, in minor units of the currency.
#[derive(Debug)]
pub struct ColumnsMut<'a> {
    /// For the interest of each payment.
    pub interest: &'a mut [i64],
    /// For the principal in each payment.
    pub principal: &'a mut [i64],
    /// For what is owed after each payment.
    pub balance: &'a mut [i64],
}

impl<'a> ColumnsMut<'a> {
    /// The first `rows` rows and the rest.
    fn split(self, rows: usize) -> (Self, Self) {
        let (interest, later_interest) = self.interest.split_at_mut(rows);
        let (principal, later_principal) = self.principal.split_at_mut(rows);
        let (balance, later_balance) = self.balance.split_at_mut(rows);
        let later =
            ColumnsMut { interest: later_interest, principal: later_principal, balance: later_balance };
        (ColumnsMut { interest, principal, balance }, later)
    }
}

/// Writes the rows of loans. Each loan gets as many rows as its term and uses the first ones.
#[expect(clippy::indexing_slicing, reason = "a loan in a lane was pushed with its outcome at the same index")]
fn fill(loans: &[Loan], mut columns: ColumnsMut<'_>) -> std::result::Result<Vec<Outcome>, Failure> {
    let mut outcomes = Vec::with_capacity(loans.len());
    // An earlier loan may still fail, when the date of its last payment is checked; its error comes first.
    let mut failure = None;
    // Grouped by rounding, so that the lanes of a group need no branch for it.
    let [mut half_even, mut half_up, mut down, mut up] = [const { Vec::new() }; 4];
    for (index, loan) in loans.iter().enumerate() {
        let repayment = match loan.repayment() {
            Ok(repayment) => repayment,
            Err(error) => {
                failure = Some((index, error));
                break;
            }
        };
        let (of_loan, rest) = columns.split(room_for(loan));
        columns = rest;
        let mut outcome =
            Outcome { places: repayment.places, payment: repayment.payment, total_interest: 0, rows: 0 };
        if lanes::hold(&repayment) {
            let side_by_side = match loan.rounding {
                Rounding::HalfEven => &mut half_even,
                Rounding::HalfUp => &mut half_up,
                Rounding::Down => &mut down,
                Rounding::Up => &mut up,
            };
            side_by_side.push(LaneLoan::new(index, &repayment, of_loan));
        } else if let Err(error) = one_by_one(&repayment, of_loan, &mut outcome) {
            failure = Some((index, error));
            break;
        }
        outcomes.push(outcome);
    }
    let policies = [
        (Rounding::HalfEven, half_even),
        (Rounding::HalfUp, half_up),
        (Rounding::Down, down),
        (Rounding::Up, up),
    ];
    for (rounding, mut side_by_side) in policies {
        for lanes in side_by_side.chunks_mut(LANES) {
            lanes::run(lanes, rounding);
            for lane in lanes {
                let outcome = &mut outcomes[lane.index];
                (outcome.rows, outcome.total_interest) = (lane.rows, lane.total_interest.into());
            }
        }
    }
    for (index, (loan, outcome)) in loans.iter().zip(&outcomes).enumerate() {
        check_last_date(loan, outcome.rows).map_err(|error| (index, error))?;
    }
    match failure {
        Some(failure) => Err(failure),
        None => Ok(outcomes),
    }
}

/// The rows of a loan, computed in integers.
#[expect(clippy::expect_used, reason = "the caller makes room for every month of the term")]
fn one_by_one(loan: &MonthlyRepayment, columns: ColumnsMut<'_>, outcome: &mut Outcome) -> Result<()> {
    let mut rows = columns.interest.iter_mut().zip(columns.principal).zip(columns.balance);
    loan.each_month(|month| {
        let ((interest, principal), balance) = rows.next().expect("there is room for the whole term");
        (*interest, *principal, *balance) = (month.interest, month.payment - month.interest, month.balance);
        outcome.total_interest += i128::from(month.interest);
        outcome.rows += 1;
        Ok(())
    })
}

/// Checks that the date of the last payment exists in the calendar.
fn check_last_date(loan: &Loan, rows: usize) -> Result<()> {
    /// A first payment up to this year leaves enough dates for the longest term.
    const SAFE_YEAR: i32 = 9565;
    if loan.first_payment.year() > SAFE_YEAR {
        // A loan has at most as many rows as months in its term, which fit.
        loan.payment_date(rows as u32)?;
    }
    Ok(())
}
