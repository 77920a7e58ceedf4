//! Explains one payment of a schedule.

use super::{
    adjustable_rate::RateAdjustment,
    agreement::LoanAgreement,
    build,
    compiled::CompiledAgreement,
    engine::{self, PaymentReason, Posting, Segment},
    output::ScheduleRow,
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    control::Control,
    dates::{Date, DayCount},
    error::At,
    num::{Decimal, Rounding},
    wire::Wire,
};

/// A loan and one of its payments.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PaymentTrailInput {
    /// The loan.
    pub loan: LoanAgreement,
    /// The number of the payment, from 1.
    pub number: u32,
}

/// The parts of a payment, from the days of its period to the balance after it.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PaymentTrail {
    /// The row of the schedule.
    pub row: ScheduleRow,
    /// The first day of the period.
    pub period_start: Date,
    /// The end of the period, on which the payment is due; excluded from the days.
    pub period_end: Date,
    /// The calendar days between the two.
    pub days: i32,
    /// The number of regular periods charged; null if interest accrues by the day.
    pub regular_periods: Option<u32>,
    /// The nominal annual rate in force at the start of the period, as a fraction.
    pub annual_rate: Decimal,
    /// The adjustment that set this rate; null for the rate of the agreement.
    pub rate_adjustment: Option<RateAdjustment>,
    /// The balances of the period and the interest on each.
    pub balances: Vec<AccruedBalance>,
    /// The interest of earlier periods that a promotion had deferred and that is charged with this payment, less the
    /// interest of this period that is deferred. Zero without `deferredInterest`.
    pub deferred_interest: Decimal,
    /// The sum of the interest of the balances and of `deferredInterest`: exact, or rounded half to even if it has more
    /// than 28 digits.
    pub interest_before_rounding: Decimal,
    /// How the sum is rounded to the minor unit.
    pub interest_rounding: Rounding,
    /// The rounded interest less that sum.
    pub rounding_difference: Decimal,
    /// The payment under the agreement, before the settlement by the last payment and before extra payments.
    pub scheduled_payment: Decimal,
    /// Why the payment has its amount.
    pub reason: PaymentReason,
    /// Whether the payment was recomputed from this one on.
    pub recast: bool,
    /// How the total paid on the date is allocated.
    pub allocation: PaymentAllocation,
}

/// A balance, the time that it was owed, and its interest. Of flat interest, the balance is the interest of the whole term,
/// and the rate is the part of it that falls to the payment; if the payment charges other interest than its part, because
/// the principal is repaid, the balance is that interest, and the rate is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct AccruedBalance {
    /// The first day.
    pub start: Date,
    /// The end of the time, excluded.
    pub end: Date,
    /// The balance owed.
    pub balance: Decimal,
    /// The part of it that savings offset.
    pub offset: Decimal,
    /// The nominal annual rate for this time, as a fraction.
    pub annual_rate: Decimal,
    /// The days by the day count.
    pub days: i32,
    /// The day count for days that are charged by the day.
    pub day_count: DayCount,
    /// Those days as a fraction of a year by the day count: exact, or rounded to 28 digits.
    pub day_count_fraction: Decimal,
    /// The interest on one unit of the balance for this time: exact, or rounded to 28 digits.
    pub rate: Decimal,
    /// The interest on the balance less the offset, before rounding.
    pub interest: Decimal,
}

/// The allocation of a payment. The parts add up to the `totalDue` of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PaymentAllocation {
    /// Fees.
    pub fees: Decimal,
    /// Interest that is paid.
    pub interest: Decimal,
    /// Interest that is not paid and is added to the balance.
    pub capitalized_interest: Decimal,
    /// Principal, excluding extra payments.
    pub principal: Decimal,
    /// Extra payments, all of them principal.
    pub extra: Decimal,
    /// Escrow.
    pub escrow: Decimal,
    /// Mortgage insurance.
    pub mortgage_insurance: Decimal,
}

/// Explains a payment of a loan's schedule: its days, the rate in force, the interest before rounding, the rounding
/// difference, and how the payment is allocated.
///
/// # Errors
/// Those of [`schedule`](super::schedule), at `loan`; `index.out_of_range` if the schedule has no such payment.
pub fn explain_payment(question: &PaymentTrailInput) -> Result<PaymentTrail> {
    explain_payment_under(question, &Control::default())
}

/// [`explain_payment`], which `control` can stop.
///
/// # Errors
/// Those of [`explain_payment`], and `operation.cancelled`.
pub fn explain_payment_under(question: &PaymentTrailInput, control: &Control<'_>) -> Result<PaymentTrail> {
    let agreement = &question.loan;
    let terms = CompiledAgreement::new(agreement).at("loan")?;
    let postings = engine::run(agreement, &terms, control).at("loan")?;
    let rows = build::rows(agreement, &terms, &postings, control).at("loan")?;
    let found = postings.iter().zip(&rows).find(|(posting, _)| posting.number == question.number as usize);
    let Some((posting, row)) = found else {
        let message = format!(
            "the schedule has no payment {}; its last payment is {}",
            question.number,
            postings.last().map_or(0, |posting| posting.number)
        );
        return Err(Error::new(ErrorCode::IndexOutOfRange, message).at("number"));
    };
    trail(agreement, &terms, posting, *row)
}

fn trail(
    agreement: &LoanAgreement,
    terms: &CompiledAgreement,
    posting: &Posting,
    row: ScheduleRow,
) -> Result<PaymentTrail> {
    let accrual = &terms.bearing(posting.number, &posting.period);
    // Converts minor units to an amount in the currency.
    let minor = |units: Decimal| units.divided_by(Decimal::from(10_u64.pow(terms.places)));
    let before_rounding = minor(accrual.decimal(posting.parts)?)?;
    let balance = |segment: &Segment| {
        let standing = terms.decimal(segment.balance - segment.offset)?;
        let rate = accrual.decimal(segment.parts)?;
        Ok(AccruedBalance {
            start: segment.start,
            end: segment.end,
            balance: terms.decimal(segment.balance)?,
            offset: terms.decimal(segment.offset)?,
            annual_rate: segment.annual_rate,
            days: accrual.day_count.counted_days(segment.start, segment.end),
            day_count: accrual.day_count,
            day_count_fraction: Decimal::from(accrual.day_count.numerator(segment.start, segment.end))
                .divided_by(Decimal::from(accrual.day_count.denominator()))?,
            rate,
            interest: standing.times(rate)?,
        })
    };
    // Interest beyond the payment is added to the balance, not paid.
    let paid_interest = posting.interest.min(posting.paid - posting.extra);
    Ok(PaymentTrail {
        row,
        period_start: posting.period.start,
        period_end: posting.period.end,
        days: posting.period.start.days_until(posting.period.end),
        regular_periods: accrual.regular().map(|_| posting.period.regular_periods),
        deferred_interest: before_rounding.minus(minor(accrual.decimal(posting.accrued)?)?)?.normalized(),
        annual_rate: accrual.annual_rate,
        rate_adjustment: terms
            .adjustments
            .iter()
            .rev()
            .find(|adjustment| adjustment.number as usize <= posting.number)
            .copied(),
        balances: posting.segments.iter().map(balance).collect::<Result<_>>()?,
        interest_before_rounding: before_rounding,
        interest_rounding: agreement.interest_rounding,
        rounding_difference: row.interest.minus(before_rounding)?,
        scheduled_payment: terms.decimal(posting.scheduled)?,
        reason: posting.reason,
        recast: posting.recast,
        allocation: PaymentAllocation {
            fees: row.fees,
            interest: terms.decimal(paid_interest)?,
            capitalized_interest: terms.decimal(posting.interest - paid_interest)?,
            principal: terms.decimal(posting.paid - posting.extra - paid_interest)?,
            extra: row.extra,
            escrow: row.escrow,
            mortgage_insurance: row.mortgage_insurance,
        },
    })
}
