//! The amount that pays a loan off on a date.

use super::{
    bill::Units,
    input::{PayoffQuoteInput, PenaltyAmount, PrepaymentPenalty},
    ledger::Ledger,
    output::{DailyPayoff, PayoffQuote},
    post::Books,
};
use crate::{loan::FEE_ROUNDING, schedule::accrual::too_large};
use wherewithal_base::{
    Error, ErrorCode, Result, check, control::Control, dates::Date, error::At, num::Decimal,
};

/// The longest validity of a quote, in days after its date.
const MAX_QUOTED_DAYS: i32 = 92;

/// The amount that pays a loan off on a date, given the payments received: principal, interest up to the date, fees,
/// escrow deposits that are due, and the penalty for paying early. Paying everything except the penalty on that date
/// closes the loan at exactly zero.
///
/// If interest accrues by the period, the days since the last due date are charged by the day count for odd days, at
/// most the interest of the whole period.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, PayoffQuoteInput};
///
/// let request: PayoffQuoteInput = serde_json::from_str(
///     r#"{"loan": {"principal": "10000", "annualRate": "0.06", "advanceDate": "2025-01-01", "termMonths": 12,
///                  "accrual": {"kind": "daily", "dayCount": "actual365Fixed"}}, "date": "2025-01-31"}"#,
/// ).unwrap();
/// assert_eq!(debt::payoff_quote(&request)?.total.to_string(), "10049.32");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`post_payments`](super::post_payments); `dates.out_of_order` at `goodThrough`;
/// `rate.out_of_range`.
pub fn payoff_quote(request: &PayoffQuoteInput) -> Result<PayoffQuote> {
    payoff_quote_under(request, &Control::default())
}

/// [`payoff_quote`], which `control` can stop.
///
/// # Errors
/// Those of [`payoff_quote`], and `operation.cancelled`.
pub fn payoff_quote_under(request: &PayoffQuoteInput, control: &Control<'_>) -> Result<PayoffQuote> {
    let date = request.date;
    let last_day = request.good_through.unwrap_or(date);
    if !(0..=MAX_QUOTED_DAYS).contains(&date.days_until(last_day)) {
        let message =
            format!("`goodThrough` is {last_day}; it must be from {date} to {MAX_QUOTED_DAYS} days later");
        return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("goodThrough"));
    }
    let books = Books::new(&request.loan, &request.policy, control)?;
    let mut ledger = books.ledger(&request.loan, &request.payments, date, "date", control)?;
    ledger.finish(date)?;
    let quoted = Quoted::on(&ledger, date, request.prepayment_penalty.as_ref())?;
    let amount = |units: Units| Decimal::from_i128(units, books.terms.places);
    let owed = ledger.owed(date)?;
    let accrued_from = if ledger.interest.daily {
        ledger.interest.paid_to.max(ledger.clock.period.start)
    } else {
        ledger.clock.period.start
    };
    let accrued_from = accrued_from.min(date);
    let closed = ledger.closing.date.is_some();
    let mut quote = PayoffQuote {
        date,
        principal: amount(owed.principal)?,
        unpaid_interest: amount(owed.unpaid_interest)?,
        accrued_interest: amount(owed.accrued_interest)?,
        accrued_from,
        accrued_days: accrued_from.days_until(date),
        per_diem: if closed { Decimal::ZERO } else { ledger.per_diem(date)? },
        fees: amount(owed.fees)?,
        late_fees: amount(owed.late_fees)?,
        mortgage_insurance: amount(owed.insurance)?,
        escrow: amount(owed.escrow)?,
        prepayment_penalty: amount(quoted.penalty)?,
        unapplied: amount(quoted.unapplied)?,
        total: amount(quoted.total())?,
        overpayment: amount((-quoted.due()).max(0))?,
        escrow_refund: amount((ledger.escrow_on(date) + owed.escrow).max(0))?,
        daily_totals: Vec::new(),
    };
    let mut day = date;
    while request.good_through.is_some() && day <= last_day {
        ledger.finish(day)?;
        let quoted = Quoted::on(&ledger, day, request.prepayment_penalty.as_ref())?;
        quote.daily_totals.push(DailyPayoff {
            date: day,
            interest: amount(ledger.owed(day)?.interest())?,
            total: amount(quoted.total())?,
        });
        day = day.add_days(1)?;
    }
    Ok(quote)
}

/// The quote for a date.
struct Quoted {
    owed: Units,
    penalty: Units,
    unapplied: Units,
}

impl Quoted {
    fn on(ledger: &Ledger<'_>, date: Date, penalty: Option<&PrepaymentPenalty>) -> Result<Self> {
        let penalty = penalty.map(|penalty| penalty_on(ledger, date, penalty).at("prepaymentPenalty"));
        Ok(Self {
            owed: ledger.owed(date)?.total(),
            penalty: penalty.transpose()?.unwrap_or(0),
            unapplied: ledger.receipts.unapplied + ledger.receipts.designated,
        })
    }

    /// The amount still to be paid; negative if too much was received.
    fn due(&self) -> Units {
        self.owed + self.penalty - self.unapplied
    }

    fn total(&self) -> Units {
        self.due().max(0)
    }
}

fn penalty_on(ledger: &Ledger<'_>, date: Date, penalty: &PrepaymentPenalty) -> Result<Units> {
    let fraction = match penalty.amount {
        PenaltyAmount::Balance { fraction } => {
            check::decimal_fraction(fraction).at("fraction").at("amount")?
        }
        PenaltyAmount::Interest { months } => {
            let months =
                check::whole(months, 0..=120, ErrorCode::TermOutOfRange).at("months").at("amount")?;
            let accrual = ledger.terms.accrual_on(ledger.clock.number, &ledger.clock.period, date);
            accrual.annual_rate.times(Decimal::from(months))?
        }
    };
    // After the checks, so that an invalid penalty is an error on every date.
    if date > penalty.until {
        return Ok(0);
    }
    let product = Decimal::from_i128(ledger.principal, 0)?.times(fraction)?;
    let penalty = match penalty.amount {
        PenaltyAmount::Balance { .. } => product,
        PenaltyAmount::Interest { .. } => product.divided_by(Decimal::from(12_u32))?,
    };
    Units::try_from(penalty.round(0, FEE_ROUNDING).mantissa()).map_err(|_| too_large())
}
