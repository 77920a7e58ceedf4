//! What happens to a loan on single days, validated: draws, offsets, extra payments, and changes of the rate.

use std::collections::BTreeMap;

use super::{
    accrual::{Accrual, too_large},
    agreement::{InterestAccrual, LoanAgreement, OddFirstPeriod},
    compiled::{Amounts, Period, RateInForce, within},
    events::{ExtraPayment, ExtraPaymentRepeat, ExtraPaymentTiming, PaymentBreak},
};
use crate::loan::MAX_PAYMENTS;
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::{Date, DateSchedule, MonthEnd},
    error::At,
    order,
};

/// The largest number of entries in a list of events.
const MAX_EVENTS: usize = 10_000;
/// The largest number of offsets: one for each day of more than a hundred years.
const MAX_OFFSETS: usize = 40_000;
/// The largest number of extra payments that all entries make together.
const MAX_EXTRA_PAYMENTS: usize = 1_000_000;

pub(super) fn draws(
    agreement: &LoanAgreement,
    interest_start: Date,
    last_date: Date,
    amount: &Amounts,
) -> Result<Vec<(Date, i64)>> {
    check::length(agreement.draws.len(), 0..=MAX_EVENTS).at("draws")?;
    let mut draws = Vec::with_capacity(agreement.draws.len());
    for (position, draw) in agreement.draws.iter().enumerate() {
        let units =
            amount.above_zero(draw.amount).map_err(|error| error.at("amount").at_index("draws", position))?;
        if draw.date < interest_start || draw.date >= last_date {
            let message = format!(
                "the draw on {} must be on or after the start of the first period, {interest_start}, and before the \
                 last payment, {last_date}",
                draw.date
            );
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message)
                .at("date")
                .at_index("draws", position));
        }
        draws.push((draw.date, units));
    }
    // The payments take the draws in order of their dates, whatever the order of the list.
    order::sort_by_key(&mut draws, |draw| *draw);
    Ok(draws)
}

pub(super) fn offsets(agreement: &LoanAgreement, amount: &Amounts) -> Result<Vec<(Date, i64)>> {
    check::length(agreement.offsets.len(), 0..=MAX_OFFSETS).at("offsets")?;
    let mut offsets = Vec::with_capacity(agreement.offsets.len());
    for (position, offset) in agreement.offsets.iter().enumerate() {
        let units = amount
            .at_least_zero(offset.amount)
            .map_err(|error| error.at("amount").at_index("offsets", position))?;
        offsets.push((offset.date, units));
    }
    order::sort_by_key(&mut offsets, |offset| *offset);
    if let Some([(date, _), _]) = offsets.array_windows().find(|[(date, _), (next, _)]| date == next) {
        let message = format!("there are two offsets on {date}; give one for each date");
        return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("offsets"));
    }
    Ok(offsets)
}

/// Extra payments in minor units.
#[derive(Debug, Clone)]
pub(crate) struct Extras {
    /// What is paid with each payment, starting with payment 1.
    pub(crate) with_payments: Vec<i64>,
    /// What is paid between payments, in order.
    pub(crate) between: Vec<(Date, i64)>,
}

impl Extras {
    #[expect(
        clippy::indexing_slicing,
        reason = "no date of an extra payment is after the end of the last period"
    )]
    pub(super) fn new(agreement: &LoanAgreement, periods: &[Period], amount: &Amounts) -> Result<Self> {
        check::length(agreement.extra_payments.len(), 0..=MAX_EVENTS).at("extraPayments")?;
        let mut extras = Self::none(periods.len());
        let mut between = BTreeMap::new();
        let mut made = 0;
        let daily = matches!(agreement.accrual, InterestAccrual::Daily { .. });
        for (position, extra) in agreement.extra_payments.iter().enumerate() {
            let fail = |error: Error, field: &str| error.at(field).at_index("extraPayments", position);
            let units = amount.above_zero(extra.amount).map_err(|error| fail(error, "amount"))?;
            let first = match (extra.timing, periods.first()) {
                (ExtraPaymentTiming::OnDate, Some(period)) => period.start,
                _ => agreement.advance_date,
            };
            if extra.date <= first || extra.until.is_some_and(|until| until < extra.date) {
                let message = format!(
                    "an extra payment must be after the start of the loan, {first}, and must not end before its first date"
                );
                return Err(fail(Error::new(ErrorCode::DatesOutOfOrder, message), "date"));
            }
            for date in dates(extra, periods).map_err(|error| fail(error, "date"))? {
                made += 1;
                if made > MAX_EXTRA_PAYMENTS {
                    let message = format!("there are more than {MAX_EXTRA_PAYMENTS} extra payments in all");
                    return Err(Error::new(ErrorCode::ListTooLong, message).at("extraPayments"));
                }
                let index = periods.partition_point(|period| period.end < date);
                let with_payment = !daily
                    || extra.timing == ExtraPaymentTiming::WithPayment
                    || periods.get(index).is_some_and(|period| period.end == date);
                let sum = if with_payment {
                    &mut extras.with_payments[index]
                } else {
                    between.entry(date).or_insert(0_i64)
                };
                *sum = sum.checked_add(units).ok_or_else(|| fail(too_large(), "amount"))?;
            }
        }
        extras.between = between.into_iter().collect();
        Ok(extras)
    }

    pub(crate) fn is_none(&self) -> bool {
        self.between.is_empty() && self.with_payments.iter().all(|extra| *extra == 0)
    }

    /// No extra payments, for a number of payments.
    pub(crate) fn none(payments: usize) -> Self {
        Self { with_payments: vec![0; payments], between: Vec::new() }
    }

    /// The sum of all; `None` if it does not fit.
    pub(super) fn total(&self) -> Option<i64> {
        let all = self.with_payments.iter().chain(self.between.iter().map(|(_, amount)| amount));
        all.copied().try_fold(0_i64, i64::checked_add)
    }

    /// What is paid within a period, from the day after its start to the day before its end.
    pub(crate) fn within(&self, period: &Period) -> &[(Date, i64)] {
        within(&self.between, period.start, period.end)
    }
}

/// The dates of an extra payment up to the end of the last period. One after it has nothing to repay.
fn dates(extra: &ExtraPayment, periods: &[Period]) -> Result<Vec<Date>> {
    let Some(last) = periods.last() else { return Ok(Vec::new()) };
    let end = extra.until.map_or(last.end, |until| until.min(last.end));
    if extra.repeat == ExtraPaymentRepeat::EveryPayment {
        let ends = periods.iter().map(|period| period.end);
        return Ok(ends.filter(|date| *date >= extra.date && *date <= end).collect());
    }
    let Some(frequency) = extra.repeat.frequency() else {
        return Ok(if extra.date <= last.end { vec![extra.date] } else { Vec::new() });
    };
    let schedule =
        DateSchedule { month_end: MonthEnd::AnchorDay, ..DateSchedule::new(extra.date, frequency) };
    let regular = schedule.regular_from(extra.date)?;
    // Beyond the range of the calendar there is nothing to repay.
    let from_first = (0..).map_while(|number| regular.nth(number).ok());
    Ok(from_first.take_while(|date| *date <= end).collect())
}

/// Checks the changes of the rate and returns them in order.
///
/// Interest at different rates is added up within a period, so all of them, the initial one included, get one
/// denominator.
pub(super) fn rate_changes(agreement: &LoanAgreement, initial: &mut Accrual) -> Result<Vec<(Date, Accrual)>> {
    let changes = &agreement.rate_changes;
    check::length(changes.len(), 0..=MAX_EVENTS).at("rateChanges")?;
    if !changes.is_empty() && agreement.adjustable_rate.is_some() {
        let message = "`rateChanges` and `adjustableRate` are both given; give only one";
        return Err(Error::new(ErrorCode::FieldConflict, message).at("rateChanges"));
    }
    let mut accruals = Vec::with_capacity(changes.len());
    for (position, change) in changes.iter().enumerate() {
        let fail = |error: Error| error.at_index("rateChanges", position);
        if change.date <= agreement.advance_date {
            let message =
                format!("a change of the rate must be after the advance, {}", agreement.advance_date);
            return Err(fail(Error::new(ErrorCode::DatesOutOfOrder, message).at("date")));
        }
        let accrual =
            Accrual::new(agreement.accrual, change.annual_rate, agreement.frequency).map_err(fail)?;
        accruals.push((change.date, accrual));
    }
    order::sort_by_key(&mut accruals, |(date, _)| *date);
    if let Some([(date, _), _]) = accruals.array_windows().find(|[(date, _), (next, _)]| date == next) {
        let message = format!("the rate changes twice on {date}; give one change for each date");
        return Err(Error::new(ErrorCode::ListDuplicate, message).at("rateChanges"));
    }
    let start = initial.common_denominator(1);
    let common = accruals.iter().fold(start, |common, (_, accrual)| accrual.common_denominator(common));
    for accrual in accruals.iter_mut().map(|(_, accrual)| accrual).chain([initial]) {
        *accrual = accrual.with_denominator(common);
    }
    Ok(accruals)
}

/// The changes of the rate by the number of the first payment whose whole period they cover, which is recomputed unless
/// payments are agreed.
pub(super) fn rates_of_periods(
    changes: &[(Date, Accrual)],
    periods: &[Period],
    recast: bool,
) -> Vec<RateInForce> {
    let mut rates: Vec<RateInForce> = Vec::with_capacity(changes.len());
    for (date, accrual) in changes {
        let number = periods.partition_point(|period| period.start < *date) + 1;
        if number > periods.len() {
            break;
        }
        // Of several changes within a period, the last is in force when the next one starts.
        rates.pop_if(|rate| rate.number == number);
        rates.push(RateInForce { number, accrual: *accrual, recast });
    }
    rates
}

/// The end of a promotion without interest.
pub(super) fn deferred_until(agreement: &LoanAgreement) -> Result<Option<Date>> {
    let Some(promotion) = agreement.deferred_interest else { return Ok(None) };
    let conflicts = [
        (!agreement.draws.is_empty(), "draws"),
        (agreement.adjustable_rate.is_some(), "adjustableRate"),
        (agreement.odd_first_period != OddFirstPeriod::Spread, "oddFirstPeriod"),
    ];
    if let Some((_, field)) = conflicts.iter().find(|(is_given, _)| *is_given) {
        let message = format!("`deferredInterest` cannot be combined with `{field}`");
        return Err(Error::new(ErrorCode::FieldConflict, message).at("deferredInterest"));
    }
    if promotion.until <= agreement.advance_date {
        let message = format!("a promotion must end after the advance, {}", agreement.advance_date);
        return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("until").at("deferredInterest"));
    }
    Ok(Some(promotion.until))
}

/// Checks the payment breaks and returns them in order.
pub(super) fn payment_breaks(agreement: &LoanAgreement, payments: usize) -> Result<Vec<PaymentBreak>> {
    let breaks = &agreement.payment_breaks;
    check::length(breaks.len(), 0..=MAX_EVENTS).at("paymentBreaks")?;
    for (position, pause) in breaks.iter().enumerate() {
        let range = 1..=MAX_PAYMENTS;
        let fail = |error: Error| error.at_index("paymentBreaks", position);
        check::whole(pause.first_number, range.clone(), ErrorCode::TermOutOfRange)
            .at("firstNumber")
            .map_err(fail)?;
        check::whole(pause.payments, range, ErrorCode::TermOutOfRange).at("payments").map_err(fail)?;
        if (pause.first_number + pause.payments) as usize > payments {
            let message = format!(
                "the break of {} payments from payment {} on must leave the last payment, {payments}, in place",
                pause.payments, pause.first_number
            );
            return Err(fail(Error::new(ErrorCode::TermOutOfRange, message).at("payments")));
        }
    }
    let mut sorted = breaks.clone();
    order::sort_by_key(&mut sorted, |pause| pause.first_number);
    for [pause, next] in sorted.array_windows() {
        if pause.first_number + pause.payments > next.first_number {
            let message = format!("two payment breaks cover payment {}", next.first_number);
            return Err(Error::new(ErrorCode::ListDuplicate, message).at("paymentBreaks"));
        }
    }
    Ok(sorted)
}
