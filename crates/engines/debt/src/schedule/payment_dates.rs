//! The dates and periods of the payments of an agreement.

use super::{
    agreement::{LoanAgreement, OddFirstPeriod},
    compiled::{DateRange, Period},
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::{Date, DateSchedule, RegularDates},
    error::At,
};

/// The payment dates of an agreement.
pub(super) struct PaymentDates<'a> {
    agreement: &'a LoanAgreement,
    regular: RegularDates,
    /// The number of the first payment, counted from the anchor.
    first: i32,
    /// Whether the first period is regular although counting back from the first payment does not lead to the advance,
    /// as from 31 January to 28 February.
    regular_from_advance: bool,
}

impl<'a> PaymentDates<'a> {
    pub(super) fn new(agreement: &'a LoanAgreement) -> Result<Self> {
        let counted_from = |anchor: Date| {
            DateSchedule {
                month_end: agreement.month_end,
                semimonthly_days: agreement.semimonthly_days,
                ..DateSchedule::new(anchor, agreement.frequency)
            }
            .regular_from(anchor)
        };
        let from_advance = |regular| Self { agreement, regular, first: 1, regular_from_advance: true };
        let Some(first_payment) = agreement.first_payment else {
            return counted_from(agreement.advance_date).map(from_advance);
        };
        if first_payment < agreement.advance_date {
            let message = format!(
                "the first payment, {first_payment}, must not be before the advance, {}",
                agreement.advance_date
            );
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("firstPayment"));
        }
        // The default date means the same if it is given: from 31 January and 28 February, payments fall on the 31st.
        let regular = counted_from(agreement.advance_date)
            .ok()
            .filter(|regular| regular.nth(1).is_ok_and(|date| date == first_payment));
        match regular {
            Some(regular) => Ok(from_advance(regular)),
            None => {
                let regular = counted_from(first_payment)?;
                Ok(Self { agreement, regular, first: 0, regular_from_advance: false })
            }
        }
    }

    /// The regular date of payment `number`, from 1; number 0 is one period before the first.
    fn nth(&self, number: usize) -> Result<Date> {
        self.regular.nth(self.first + number as i32 - 1)
    }

    /// A due date, moved to a business day.
    fn moved(&self, date: Date) -> Result<Date> {
        self.agreement.calendar.adjust(date, self.agreement.convention).at("calendar")
    }

    pub(super) fn interest_start(&self) -> Result<Date> {
        let agreement = self.agreement;
        if agreement.odd_first_period != OddFirstPeriod::Closing || self.regular_from_advance {
            return Ok(agreement.advance_date);
        }
        let start = self.nth(0)?;
        if start >= agreement.advance_date {
            return Ok(start);
        }
        let message = format!(
            "the first period starts on {start}, before the advance on {}, so there are no odd days to pay at closing; \
                change `firstPayment` or `oddFirstPeriod`",
            agreement.advance_date
        );
        Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("oddFirstPeriod"))
    }

    /// The first `count` periods, of which `payments` are in the term, and more up to `longest` as far as the calendar goes. Whole periods and odd days are counted between
    /// the regular dates, and each period ends on the day to which its date is moved.
    pub(super) fn periods(
        &self,
        interest_start: Date,
        payments: usize,
        count: usize,
        longest: usize,
    ) -> Result<Vec<Period>> {
        let agreement = self.agreement;
        let mut periods: Vec<Period> = Vec::with_capacity(count);
        let mut before = interest_start;
        for number in 1..=longest {
            let regular_end = match self.nth(number) {
                Err(_) if number > count => break,
                end => end.at("numberOfPayments")?,
            };
            let end = match agreement.maturity {
                Some(maturity) if number == payments => maturity,
                _ => regular_end,
            };
            let period = match number {
                1 if self.regular_from_advance && agreement.maturity.is_none() => regular(before, end),
                1 => self.first_period(before, end)?,
                _ if number == payments => self.last_period(number, before, end)?,
                _ => regular(before, end),
            };
            let start = periods.last().map_or(interest_start, |period| period.end);
            // The first of payments in advance is made with the advance, so it is not moved.
            let due = if number == 1 && end == start { end } else { self.moved(end)? };
            if due < start || (due == start && number > 1) {
                let before = if number == 1 { "the advance" } else { "the one before it" };
                let message = format!("payment {number}, on {due}, must be after {before}, {start}");
                let field = if agreement.maturity.is_some() { "maturity" } else { "calendar" };
                return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at(field));
            }
            periods.push(Period { start, end: due, ..period });
            before = end;
        }
        Ok(periods)
    }

    /// The regular period that ends with the first payment. Where no odd days are added to it, it is not asked for.
    pub(super) fn regular_first_period(&self, interest_start: Date) -> Result<DateRange> {
        let start = match self.agreement.odd_first_period {
            OddFirstPeriod::FirstPayment => self.nth(0).at("firstPayment")?,
            OddFirstPeriod::Spread | OddFirstPeriod::Closing => interest_start,
        };
        Ok(DateRange { start, end: self.nth(1).at("firstPayment")? })
    }

    /// The first period: whole periods back from the first payment, and the odd days before them.
    fn first_period(&self, start: Date, end: Date) -> Result<Period> {
        let mut whole = 0;
        let mut opening = end;
        loop {
            // There is no period before the first date of the calendar.
            let Ok(earlier) = self.regular.nth(self.first - whole - 1) else { break };
            if earlier < start {
                break;
            }
            (whole, opening) = (whole + 1, earlier);
        }
        let odd_days = (start < opening).then_some(DateRange { start, end: opening });
        Ok(Period { start, end, regular_periods: whole.unsigned_abs(), odd_days })
    }

    /// The last period: whole periods from the payment before, and the odd days after them.
    fn last_period(&self, number: usize, start: Date, end: Date) -> Result<Period> {
        let mut whole = 0;
        let mut opening = start;
        loop {
            let later = self.nth(number + whole as usize)?;
            if later > end {
                break;
            }
            (whole, opening) = (whole + 1, later);
        }
        let odd_days = (opening < end).then_some(DateRange { start: opening, end });
        Ok(Period { start, end, regular_periods: whole, odd_days })
    }
}

fn regular(start: Date, end: Date) -> Period {
    Period { start, end, regular_periods: 1, odd_days: None }
}

/// The period of payment `number` beyond the term; `start` is the date of the payment before it.
pub(crate) fn period_beyond_term(agreement: &LoanAgreement, number: usize, start: Date) -> Result<Period> {
    let dates = PaymentDates::new(agreement)?;
    // A late maturity can be after the regular dates of the payments that follow it.
    let mut later = number;
    while dates.moved(dates.nth(later)?)? <= start {
        later += 1;
    }
    Ok(regular(start, dates.moved(dates.nth(later)?)?))
}
