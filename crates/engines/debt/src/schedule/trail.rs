//! What one payment of a schedule is made of.

use super::{
    adjustable_rate::RateAdjustment,
    agreement::LoanAgreement,
    build,
    engine::{self, PaymentReason, Posting, Segment},
    output::ScheduleRow,
    terms::Terms,
};
use wherewithal_base::{
    Error, ErrorCode, Result,
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

/// What a payment is made of, from the days of its period to the balance after it.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PaymentTrail {
    /// The row of the schedule.
    pub row: ScheduleRow,
    /// The first day of the period.
    pub period_start: Date,
    /// The last day of the period, on which the payment is due; it is not counted.
    pub period_end: Date,
    /// The days of the calendar between the two.
    pub days: i32,
    /// How many regular periods are charged as such; null where every day is counted.
    pub regular_periods: Option<u32>,
    /// The nominal annual rate in force, as a fraction.
    pub annual_rate: Decimal,
    /// How that rate came about; null for the rate of the agreement.
    pub rate_adjustment: Option<RateAdjustment>,
    /// The balances of the period and what each costs.
    pub balances: Vec<AccruedBalance>,
    /// The sum of what they cost: exact, or rounded half to even where it has more than 28 digits.
    pub interest_before_rounding: Decimal,
    /// How it is rounded to the minor unit.
    pub interest_rounding: Rounding,
    /// The interest less that sum: what rounding added.
    pub rounding_difference: Decimal,
    /// The payment by the agreement, before the last one settles the balance and before extra payments.
    pub scheduled_payment: Decimal,
    /// Why the payment is what it is.
    pub reason: PaymentReason,
    /// Whether the payment was worked out anew from this one on.
    pub recast: bool,
    /// How all that is paid on the day is allocated.
    pub allocation: PaymentAllocation,
}

/// A balance, how long it stood and what that cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct AccruedBalance {
    /// The first day.
    pub start: Date,
    /// The last day, not counted.
    pub end: Date,
    /// What is owed.
    pub balance: Decimal,
    /// How much of it is set off by savings.
    pub offset: Decimal,
    /// The days by the day count.
    pub days: i32,
    /// The day count of days that are charged by the day.
    pub day_count: DayCount,
    /// The fraction of a year that the day count makes of those days: exact, or rounded to 28 digits.
    pub day_count_fraction: Decimal,
    /// What one unit of the balance costs over this time: exact, or rounded to 28 digits.
    pub rate: Decimal,
    /// What the balance less the offset costs, before rounding.
    pub interest: Decimal,
}

/// Where a payment goes. The parts add up to the `totalDue` of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PaymentAllocation {
    /// Fees.
    pub fees: Decimal,
    /// Interest, as far as it is paid.
    pub interest: Decimal,
    /// Interest that is not paid and joins the balance.
    pub capitalized_interest: Decimal,
    /// Principal, extra payments not included.
    pub principal: Decimal,
    /// Extra payments, all of them principal.
    pub extra: Decimal,
    /// Escrow.
    pub escrow: Decimal,
    /// Mortgage insurance.
    pub mortgage_insurance: Decimal,
}

/// What a payment of a loan's schedule is made of: its days, the rate in force, the interest before rounding, what
/// rounding added, and how the payment is allocated.
///
/// # Errors
/// Those of [`schedule`](super::schedule), at `loan`; `index.out_of_range` when the schedule has no such
/// payment.
pub fn explain_payment(question: &PaymentTrailInput) -> Result<PaymentTrail> {
    let agreement = &question.loan;
    let terms = Terms::new(agreement).at("loan")?;
    let postings = engine::run(agreement, &terms).at("loan")?;
    let rows = build::rows(agreement, &terms, &postings).at("loan")?;
    let found = postings.iter().zip(&rows).find(|(posting, _)| posting.number == question.number as usize);
    let Some((posting, row)) = found else {
        let message = format!(
            "the schedule has no payment {}; its last one is payment {}",
            question.number,
            postings.last().map_or(0, |posting| posting.number)
        );
        return Err(Error::new(ErrorCode::IndexOutOfRange, message).at("number"));
    };
    trail(agreement, &terms, posting, *row)
}

fn trail(
    agreement: &LoanAgreement,
    terms: &Terms,
    posting: &Posting,
    row: ScheduleRow,
) -> Result<PaymentTrail> {
    let accrual = &terms.rate(posting.number).accrual;
    // Minor units as an amount in the currency.
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
            days: accrual.day_count.counted_days(segment.start, segment.end),
            day_count: accrual.day_count,
            day_count_fraction: Decimal::from(accrual.day_count.numerator(segment.start, segment.end))
                .divided_by(Decimal::from(accrual.day_count.denominator()))?,
            rate,
            interest: standing.times(rate)?,
        })
    };
    let paid_interest = posting.interest.min(posting.paid - posting.extra);
    Ok(PaymentTrail {
        row,
        period_start: posting.period.start,
        period_end: posting.period.end,
        days: posting.period.start.days_until(posting.period.end),
        regular_periods: accrual.regular().map(|_| posting.period.regular_periods),
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
