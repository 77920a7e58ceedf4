//! A validated agreement, in minor units and dates.

use super::{
    accrual::{Accrual, too_large},
    adjustable_rate::RateAdjustment,
    agreement::{ExtraPaymentRepeat, LoanAgreement, OddFirstPeriod, PaymentStep, Repayment, UnpaidInterest},
};
use crate::loan::{self, MAX_PAYMENTS};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::{Date, DateSchedule, Frequency, RegularDates},
    error::At,
    num::{Decimal, Rounding},
};

/// A validated agreement. Amounts are in minor units.
#[derive(Debug, Clone)]
pub(crate) struct CompiledAgreement {
    /// The decimal places of the currency.
    pub(crate) places: u32,
    pub(crate) principal: i64,
    pub(crate) balloon: i64,
    /// The number of payments of the term.
    pub(crate) payments: usize,
    /// The number of payments that would repay the loan, at least `payments`.
    pub(crate) amortization_payments: usize,
    /// The periods, as many as `amortization_payments`.
    pub(crate) periods: Vec<Period>,
    /// The date of the advance or, if odd days are paid at closing, the first day of the first regular period.
    pub(crate) interest_start: Date,
    /// How interest accrues from the first payment on.
    pub(crate) initial_rate: RateInForce,
    /// How interest accrues from later payments on, in order.
    pub(crate) later_rates: Vec<RateInForce>,
    pub(crate) adjustments: Vec<RateAdjustment>,
    /// Draws as date and amount, in order.
    pub(crate) draws: Vec<(Date, i64)>,
    /// Offsets as date and amount, in order.
    pub(crate) offsets: Vec<(Date, i64)>,
    /// The extra payment with each payment, starting with payment 1.
    pub(crate) extras: Vec<i64>,
    pub(crate) credit_limit: Option<i64>,
    /// The highest balance that unpaid interest may lead to.
    pub(crate) balance_cap: Option<i64>,
    /// Agreed payments: the number of the first, and the amount. Empty if payments are computed from the loan.
    pub(crate) agreed_payments: Vec<(usize, i64)>,
}

/// The time from one payment to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) start: Date,
    pub(crate) end: Date,
    /// The number of regular periods, if interest accrues by the period.
    pub(crate) regular_periods: u32,
    /// Additional days that are charged by the day.
    pub(crate) odd_days: Option<DateRange>,
}

/// The days from a start to an end, the end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DateRange {
    pub(crate) start: Date,
    pub(crate) end: Date,
}

/// How interest accrues from a payment on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RateInForce {
    /// The number of the first payment at this rate.
    pub(crate) number: usize,
    pub(crate) accrual: Accrual,
    /// Whether that payment is recomputed.
    pub(crate) recast: bool,
}

impl Period {
    pub(crate) fn is_regular(&self) -> bool {
        self.regular_periods == 1 && self.odd_days.is_none()
    }

    /// The interest of a balance for the whole period, in parts of the balance.
    pub(crate) fn parts(&self, accrual: &Accrual) -> u128 {
        if accrual.regular().is_none() {
            return accrual.day_parts(self.start, self.end);
        }
        let odd = self.odd_days.map_or(0, |days| accrual.day_parts(days.start, days.end));
        accrual.period_parts() * u128::from(self.regular_periods) + odd
    }
}

impl CompiledAgreement {
    #[expect(
        clippy::indexing_slicing,
        reason = "amortization takes at least as many payments as the term, which has one"
    )]
    pub(crate) fn new(agreement: &LoanAgreement) -> Result<Self> {
        let places = loan::places(agreement.currency).at("currency")?;
        let amount = Amounts { places };
        let principal = loan::minor_units(agreement.principal, places)
            .and_then(|units| {
                // A loan that is paid out only in draws may start without principal.
                let lowest = i64::from(agreement.draws.is_empty());
                units
                    .filter(|units| *units >= lowest)
                    .ok_or_else(|| loan::principal_out_of_range(agreement.principal))
            })
            .at("principal")?;
        let payments = number_of_payments(agreement)?;
        let amortization_payments = amortization_payments(agreement, payments)?;
        check_repayment(agreement, payments)?;

        let dates = PaymentDates::new(agreement)?;
        let interest_start = dates.interest_start(agreement)?;
        let periods = dates.periods(agreement, interest_start, payments, amortization_payments)?;
        let in_term = &periods[..payments];
        let last_date = periods[payments - 1].end;

        let initial = Accrual::new(agreement.accrual, agreement.annual_rate, agreement.frequency)?;
        let initial_rate = RateInForce { number: 1, accrual: initial, recast: false };
        let adjustments = adjustments(agreement, interest_start, in_term).at("adjustableRate")?;
        let later_rates = later_rates(agreement, &adjustments).at("adjustableRate")?;
        let balance_cap = match agreement.unpaid_interest {
            UnpaidInterest::Capitalize { cap: Some(cap) } => Some(balance_cap(agreement, cap, places)?),
            _ => None,
        };
        Ok(Self {
            places,
            principal,
            balloon: amount.at_least_zero(agreement.balloon).at("balloon")?,
            payments,
            amortization_payments,
            extras: extras(agreement, &periods, &amount)?,
            draws: draws(agreement, interest_start, last_date, &amount)?,
            offsets: offsets(agreement, &amount)?,
            periods,
            interest_start,
            initial_rate,
            later_rates,
            adjustments,
            credit_limit: agreement
                .credit_limit
                .map(|limit| amount.at_least_zero(limit))
                .transpose()
                .at("creditLimit")?,
            balance_cap,
            agreed_payments: agreed_payments(agreement, &amount)?,
        })
    }

    /// The agreed amount of payment `number`, from 1; `None` if it is computed from the loan.
    pub(crate) fn agreed_payment(&self, number: usize) -> Option<i64> {
        let later = self.agreed_payments.partition_point(|(first, _)| *first <= number);
        self.agreed_payments.split_at(later).0.last().map(|(_, payment)| *payment)
    }

    /// The periods from payment `number` on, counted from 1.
    #[expect(clippy::indexing_slicing, reason = "payments are counted from 1, and this one has a period")]
    pub(crate) fn periods_from(&self, number: usize) -> &[Period] {
        &self.periods[number - 1..]
    }

    pub(crate) fn amounts(&self) -> Amounts {
        Amounts { places: self.places }
    }

    /// How interest accrues in the period of payment `number`, from 1.
    pub(crate) fn rate(&self, number: usize) -> &RateInForce {
        let later = self.later_rates.partition_point(|rate| rate.number <= number);
        self.later_rates.split_at(later).0.last().unwrap_or(&self.initial_rate)
    }

    pub(crate) fn decimal(&self, units: i64) -> Result<Decimal> {
        Decimal::new(units, self.places)
    }
}

/// Validates amounts and converts them to minor units.
pub(crate) struct Amounts {
    pub(crate) places: u32,
}

impl Amounts {
    pub(crate) fn at_least_zero(&self, amount: Decimal) -> Result<i64> {
        loan::minor_units(amount, self.places)?
            .filter(|units| *units >= 0)
            .ok_or_else(|| loan::payment_out_of_range(amount))
    }

    pub(crate) fn above_zero(&self, amount: Decimal) -> Result<i64> {
        let units = self.at_least_zero(amount)?;
        if units > 0 {
            return Ok(units);
        }
        let message = "the amount is 0; it must be greater than zero";
        Err(Error::new(ErrorCode::AmountOutOfRange, message))
    }
}

fn number_of_payments(agreement: &LoanAgreement) -> Result<usize> {
    let (number, field) = match (agreement.number_of_payments, agreement.term_months) {
        (Some(number), None) => (number, "numberOfPayments"),
        (None, Some(months)) => {
            let payments = u64::from(months) * u64::from(agreement.frequency.per_year());
            if !payments.is_multiple_of(12) {
                let message = format!(
                    "{months} months are not a whole number of payments; give numberOfPayments instead"
                );
                return Err(Error::new(ErrorCode::TermOutOfRange, message).at("termMonths"));
            }
            // A number that does not fit is refused below, like any that is too large.
            (u32::try_from(payments / 12).unwrap_or(u32::MAX), "termMonths")
        }
        (None, None) => {
            let message = "a term is missing: give numberOfPayments or termMonths";
            return Err(Error::new(ErrorCode::FieldMissing, message).at("numberOfPayments"));
        }
        (Some(_), Some(_)) => {
            let message = "numberOfPayments and termMonths are both given; give only one";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("numberOfPayments"));
        }
    };
    let number = check::whole(number, 1..=MAX_PAYMENTS, ErrorCode::TermOutOfRange).at(field)?;
    Ok(number as usize)
}

fn amortization_payments(agreement: &LoanAgreement, payments: usize) -> Result<usize> {
    let Some(number) = agreement.amortization_payments else { return Ok(payments) };
    if number as usize >= payments && number <= MAX_PAYMENTS {
        return Ok(number as usize);
    }
    let message = format!(
        "amortizationPayments is {number}; it must be at least {payments}, the payments of the term, and at most \
            {MAX_PAYMENTS}"
    );
    Err(Error::new(ErrorCode::TermOutOfRange, message).at("amortizationPayments"))
}

fn check_repayment(agreement: &LoanAgreement, payments: usize) -> Result<()> {
    if agreement.frequency == Frequency::Daily {
        let message = "daily payments are not supported; use another frequency";
        return Err(Error::new(ErrorCode::FrequencyUnsupported, message).at("frequency"));
    }
    let conflict =
        |message: String, field: &str| Err(Error::new(ErrorCode::FieldConflict, message).at(field));
    if agreement.interest_only_payments as usize >= payments {
        return conflict(
            format!(
                "{} of the {payments} payments are interest-only, so none repays the loan; give fewer, or use the \
                    repayment interestOnly",
                agreement.interest_only_payments
            ),
            "interestOnlyPayments",
        );
    }
    let level = matches!(agreement.repayment, Repayment::Level { payment: None });
    if agreement.accelerated
        && !(level && matches!(agreement.frequency, Frequency::Weekly | Frequency::Biweekly))
    {
        return conflict(
            "only level weekly or biweekly payments can be accelerated".to_owned(),
            "accelerated",
        );
    }
    match &agreement.repayment {
        Repayment::Graduated { increase, every, steps } => {
            check::decimal_rate(*increase, check::above(-1_i64, 1_i64)).at("repayment.increase")?;
            check::whole(*every, 1..=MAX_PAYMENTS, ErrorCode::CountOutOfRange).at("repayment.every")?;
            check::whole(*steps, 1..=100, ErrorCode::CountOutOfRange).at("repayment.steps")?;
        }
        Repayment::Stepped { steps } => {
            check::length(steps.len(), 1..=MAX_PAYMENTS as usize).at("repayment.steps")?;
            let starts_at_one = steps.first().is_some_and(|step| step.first_number == 1);
            let rises = steps.is_sorted_by(|step, next| step.first_number < next.first_number);
            if !starts_at_one || !rises {
                let message = "the steps must be in ascending order of their numbers and start at payment 1";
                return Err(Error::new(ErrorCode::ListOutOfOrder, message).at("repayment.steps"));
            }
        }
        _ => {}
    }
    Ok(())
}

/// The agreed payments, as the number of the first and the amount.
fn agreed_payments(agreement: &LoanAgreement, amount: &Amounts) -> Result<Vec<(usize, i64)>> {
    match &agreement.repayment {
        Repayment::Level { payment: Some(payment) } => {
            Ok(vec![(1, amount.at_least_zero(*payment).at("repayment.payment")?)])
        }
        Repayment::Stepped { steps } => {
            let read = |(index, step): (usize, &PaymentStep)| {
                let payment = amount.at_least_zero(step.payment).at("payment");
                Ok((step.first_number as usize, payment.at_index("repayment.steps", index)?))
            };
            steps.iter().enumerate().map(read).collect()
        }
        _ => Ok(Vec::new()),
    }
}

/// The adjustments of the rate during the periods of the term.
fn adjustments(
    agreement: &LoanAgreement,
    interest_start: Date,
    periods: &[Period],
) -> Result<Vec<RateAdjustment>> {
    let Some(adjustable) = &agreement.adjustable_rate else { return Ok(Vec::new()) };
    let ends = periods.iter().map(|period| period.end);
    let dates: Vec<Date> = std::iter::once(interest_start).chain(ends).collect();
    adjustable.adjustments(agreement.annual_rate, &dates)
}

fn later_rates(agreement: &LoanAgreement, adjustments: &[RateAdjustment]) -> Result<Vec<RateInForce>> {
    let rate = |adjustment: &RateAdjustment| {
        Ok(RateInForce {
            number: adjustment.number as usize,
            accrual: Accrual::new(agreement.accrual, adjustment.annual_rate, agreement.frequency)?,
            recast: adjustment.recast,
        })
    };
    adjustments.iter().map(rate).collect()
}

fn balance_cap(agreement: &LoanAgreement, cap: Decimal, places: u32) -> Result<i64> {
    check::decimal_rate(cap, Decimal::ONE..=Decimal::from(10_i64)).at("unpaidInterest.cap")?;
    // Rounded down, so that the balance never exceeds the cap.
    let most = agreement.principal.times(cap)?.round(places, Rounding::Down);
    i64::try_from(most.mantissa()).map_err(|_| too_large().at("unpaidInterest.cap"))
}

/// The payment dates of an agreement.
struct PaymentDates {
    regular: RegularDates,
    /// The number of the first payment, counted from the anchor.
    first: i32,
    /// Whether the first period is regular although counting back from the first payment does not lead to the advance,
    /// as from 31 January to 28 February.
    regular_from_advance: bool,
}

impl PaymentDates {
    fn new(agreement: &LoanAgreement) -> Result<Self> {
        let counted_from = |anchor: Date| {
            DateSchedule {
                month_end: agreement.month_end,
                semimonthly_days: agreement.semimonthly_days,
                ..DateSchedule::new(anchor, agreement.frequency)
            }
            .regular_from(anchor)
        };
        let from_advance = |regular| Self { regular, first: 1, regular_from_advance: true };
        let Some(first_payment) = agreement.first_payment else {
            return counted_from(agreement.advance_date).map(from_advance);
        };
        if first_payment <= agreement.advance_date {
            let message = format!(
                "the first payment, {first_payment}, must be after the advance, {}",
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
            None => Ok(Self { regular: counted_from(first_payment)?, first: 0, regular_from_advance: false }),
        }
    }

    /// The date of payment `number`, from 1; number 0 is one period before the first.
    fn nth(&self, number: usize) -> Result<Date> {
        self.regular.nth(self.first + number as i32 - 1)
    }

    fn interest_start(&self, agreement: &LoanAgreement) -> Result<Date> {
        if agreement.odd_first_period != OddFirstPeriod::Closing || self.regular_from_advance {
            return Ok(agreement.advance_date);
        }
        let start = self.nth(0)?;
        if start >= agreement.advance_date {
            return Ok(start);
        }
        let message = format!(
            "the first period starts on {start}, before the advance on {}, so there are no odd days to pay at closing; \
                change firstPayment or oddFirstPeriod",
            agreement.advance_date
        );
        Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("oddFirstPeriod"))
    }

    fn periods(
        &self,
        agreement: &LoanAgreement,
        interest_start: Date,
        payments: usize,
        count: usize,
    ) -> Result<Vec<Period>> {
        let mut periods = Vec::with_capacity(count);
        let mut start = interest_start;
        for number in 1..=count {
            let regular_end = self.nth(number).at("numberOfPayments")?;
            let end = match agreement.maturity {
                Some(maturity) if number == payments => maturity,
                _ => regular_end,
            };
            if end <= start {
                let message = format!("the last payment, {end}, must be after the one before it, {start}");
                return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("maturity"));
            }
            periods.push(match number {
                1 if self.regular_from_advance && agreement.maturity.is_none() => regular(start, end),
                1 => self.first_period(start, end)?,
                _ if number == payments => self.last_period(number, start, end)?,
                _ => regular(start, end),
            });
            start = end;
        }
        Ok(periods)
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

fn draws(
    agreement: &LoanAgreement,
    interest_start: Date,
    last_date: Date,
    amount: &Amounts,
) -> Result<Vec<(Date, i64)>> {
    let mut draws = Vec::with_capacity(agreement.draws.len());
    for (position, draw) in agreement.draws.iter().enumerate() {
        let units =
            amount.above_zero(draw.amount).map_err(|error| error.at("amount").at_index("draws", position))?;
        if draw.date < interest_start || draw.date >= last_date {
            let message = format!(
                "the draw on {} must be on or after the start of the first period, {interest_start}, and before the \
                    last \
                 payment, {last_date}",
                draw.date
            );
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message)
                .at("date")
                .at_index("draws", position));
        }
        draws.push((draw.date, units));
    }
    // The payments take the draws in order of their dates, whatever the order of the list.
    draws.sort_unstable();
    Ok(draws)
}

fn offsets(agreement: &LoanAgreement, amount: &Amounts) -> Result<Vec<(Date, i64)>> {
    let mut offsets = Vec::with_capacity(agreement.offsets.len());
    for (position, offset) in agreement.offsets.iter().enumerate() {
        let units = amount
            .at_least_zero(offset.amount)
            .map_err(|error| error.at("amount").at_index("offsets", position))?;
        offsets.push((offset.date, units));
    }
    offsets.sort_unstable();
    let repeated = offsets.iter().zip(offsets.iter().skip(1)).find(|((date, _), (next, _))| date == next);
    if let Some(((date, _), _)) = repeated {
        let message = format!("there are two offsets on {date}; give one for each date");
        return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("offsets"));
    }
    Ok(offsets)
}

/// The extra payment with each payment.
fn extras(agreement: &LoanAgreement, periods: &[Period], amount: &Amounts) -> Result<Vec<i64>> {
    let mut extras = vec![0_i64; periods.len()];
    for (position, extra) in agreement.extra_payments.iter().enumerate() {
        let fail = |error: Error, field: &str| error.at(field).at_index("extraPayments", position);
        let units = amount.above_zero(extra.amount).map_err(|error| fail(error, "amount"))?;
        if extra.date <= agreement.advance_date || extra.until.is_some_and(|until| until < extra.date) {
            let message = "an extra payment must be after the advance and must not end before its first date";
            return Err(fail(Error::new(ErrorCode::DatesOutOfOrder, message), "date"));
        }
        let mut add = |index: usize| -> Result<()> {
            // An extra payment after the term has nothing to repay.
            if let Some(sum) = extras.get_mut(index) {
                *sum = sum.checked_add(units).ok_or_else(|| fail(too_large(), "amount"))?;
            }
            Ok(())
        };
        let first_on_or_after = |date: Date| periods.partition_point(|period| period.end < date);
        match extra.repeat {
            ExtraPaymentRepeat::Once => add(first_on_or_after(extra.date))?,
            ExtraPaymentRepeat::EveryPayment => {
                let within = |period: &Period| {
                    period.end >= extra.date && extra.until.is_none_or(|until| period.end <= until)
                };
                for (index, _) in periods.iter().enumerate().filter(|(_, period)| within(period)) {
                    add(index)?;
                }
            }
            ExtraPaymentRepeat::Annually => {
                for year in 0..=MAX_PAYMENTS as i32 {
                    let Ok(anniversary) = extra.date.add_months(12 * year) else { break };
                    let index = first_on_or_after(anniversary);
                    if index >= periods.len() || extra.until.is_some_and(|until| until < anniversary) {
                        break;
                    }
                    add(index)?;
                }
            }
        }
    }
    Ok(extras)
}

/// The period of payment `number` beyond the term; `start` is the date of the payment before it.
pub(crate) fn period_beyond_term(agreement: &LoanAgreement, number: usize, start: Date) -> Result<Period> {
    let dates = PaymentDates::new(agreement)?;
    // A late maturity can be after the regular dates of the payments that follow it.
    let mut later = number;
    while dates.nth(later)? <= start {
        later += 1;
    }
    Ok(regular(start, dates.nth(later)?))
}
