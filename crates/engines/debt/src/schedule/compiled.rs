//! A validated agreement, in minor units and dates.

use super::{
    accrual::{Accrual, too_large},
    adjustable_rate::RateAdjustment,
    agreement::{FinalPayment, LoanAgreement, PaymentStep, Repayment, UnpaidInterest},
    compiled_events::{self as events, Extras},
    engine::{self, PaymentReason},
    events::PaymentBreak,
    flat::FlatInterest,
    payment_dates::PaymentDates,
};
use crate::loan::{self, MAX_PAYMENTS};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::Control,
    dates::{Date, Frequency},
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
    /// The regular period that a first period stands for if its odd days are paid with the first payment.
    pub(crate) regular_first: DateRange,
    /// How interest accrues from the first payment on.
    pub(crate) initial_rate: RateInForce,
    /// How interest accrues from later payments on, in order.
    pub(crate) later_rates: Vec<RateInForce>,
    pub(crate) adjustments: Vec<RateAdjustment>,
    /// Draws as date and amount, in order.
    pub(crate) draws: Vec<(Date, i64)>,
    /// Offsets as date and amount, in order.
    pub(crate) offsets: Vec<(Date, i64)>,
    /// Changes of the rate, in order; empty for an adjustable rate, which changes with payments.
    pub(crate) rate_changes: Vec<(Date, Accrual)>,
    pub(crate) extras: Extras,
    /// Interest that is agreed for the whole term; `None` if it accrues.
    pub(crate) flat: Option<FlatInterest>,
    /// The end of a promotion without interest.
    pub(crate) deferred_until: Option<Date>,
    /// Payment breaks, in order.
    pub(crate) breaks: Vec<PaymentBreak>,
    pub(crate) credit_limit: Option<i64>,
    /// The step to which payments are rounded; `None` for the minor unit.
    pub(crate) payment_step: Option<i64>,
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
        let interest_start = dates.interest_start()?;
        let extends = extends_term(agreement)?;
        // Where the term of a loan is extended, its length is known only when the loan is repaid.
        let longest = if extends { MAX_PAYMENTS as usize } else { amortization_payments };
        let periods = dates.periods(interest_start, payments, amortization_payments, longest)?;
        let last_date = periods[payments - 1].end;
        let in_term = if extends { &periods } else { &periods[..payments] };

        let mut initial = Accrual::new(agreement.accrual, agreement.annual_rate, agreement.frequency)?;
        let rate_changes = events::rate_changes(agreement, &mut initial)?;
        let initial_rate = RateInForce { number: 1, accrual: initial, recast: false };
        let adjustments = adjustments(agreement, interest_start, in_term).at("adjustableRate")?;
        let mut later_rates = later_rates(agreement, &adjustments).at("adjustableRate")?;
        let agreed_payments = agreed_payments(agreement, &amount)?;
        let computed = agreed_payments.is_empty();
        later_rates.extend(events::rates_of_periods(&rate_changes, &periods, computed));
        let balance_cap = match agreement.unpaid_interest {
            UnpaidInterest::Capitalize { cap: Some(cap) } => Some(balance_cap(agreement, cap, places)?),
            _ => None,
        };
        let mut terms = Self {
            places,
            principal,
            balloon: amount.at_least_zero(agreement.balloon).at("balloon")?,
            payments: if extends { periods.len() } else { payments },
            amortization_payments,
            extras: Extras::none(periods.len()),
            flat: FlatInterest::new(agreement, principal, &initial_rate.accrual, in_term)?,
            deferred_until: events::deferred_until(agreement)?,
            breaks: events::payment_breaks(agreement, payments)?,
            rate_changes,
            draws: events::draws(agreement, interest_start, last_date, &amount)?,
            offsets: events::offsets(agreement, &amount)?,
            periods,
            regular_first: dates.regular_first_period(interest_start)?,
            interest_start,
            initial_rate,
            later_rates,
            adjustments,
            credit_limit: agreement
                .credit_limit
                .map(|limit| amount.at_least_zero(limit))
                .transpose()
                .at("creditLimit")?,
            payment_step: agreement
                .payment_rounding
                .step
                .map(|step| loan::payment_step(step, places))
                .transpose()
                .at("paymentRounding.step")?,
            balance_cap,
            agreed_payments,
        };
        if extends {
            terms.end_where_repaid(agreement, payments)?;
        }
        terms.extras = Extras::new(agreement, &terms.periods, &amount)?;
        Ok(terms)
    }

    /// Ends a term that is extended with the payment that repays the loan.
    fn end_where_repaid(&mut self, agreement: &LoanAgreement, agreed: usize) -> Result<()> {
        let postings = engine::run(agreement, self, &Control::default())?;
        let Some(last) = postings.last() else { return Err(too_large()) };
        if last.reason == PaymentReason::Final && last.paid > last.scheduled {
            let message = format!("{} payments would not repay the loan after its breaks", self.payments);
            return Err(Error::new(ErrorCode::PaymentNeverRepays, message).at("paymentBreaks"));
        }
        let breaks: u32 =
            self.breaks.iter().filter(|pause| pause.extends_term()).map(|pause| pause.payments).sum();
        let regular = agreed + breaks as usize;
        let settles = agreement.final_payment == FinalPayment::Settle
            && last.number > regular
            && 2 * last.paid < last.scheduled;
        self.payments = last.number - usize::from(settles);
        self.periods.truncate(self.payments.max(self.amortization_payments));
        self.adjustments.retain(|adjustment| adjustment.number as usize <= self.payments);
        Ok(())
    }

    /// The number of the payment that would repay the loan, as seen from payment `number`: breaks before it have moved it.
    pub(super) fn amortization_from(&self, number: usize) -> usize {
        let before =
            self.breaks.iter().filter(|pause| pause.extends_term() && (pause.first_number as usize) < number);
        let moved: u32 = before.map(|pause| pause.payments).sum();
        (self.amortization_payments + moved as usize).min(self.periods.len()).max(number)
    }

    /// The agreed amount of payment `number`, from 1; `None` if it is computed from the loan.
    pub(crate) fn agreed_payment(&self, number: usize) -> Option<i64> {
        let later = self.agreed_payments.partition_point(|(first, _)| *first <= number);
        self.agreed_payments.split_at(later).0.last().map(|(_, payment)| *payment)
    }

    /// The periods from payment `number` on, counted from 1, to the one that would repay the loan.
    #[expect(clippy::indexing_slicing, reason = "payments are counted from 1, and this one has a period")]
    pub(crate) fn periods_from(&self, number: usize) -> &[Period] {
        &self.periods[number - 1..self.amortization_from(number)]
    }

    /// How the balances of the period of payment `number` bear interest: flat interest in parts of that of the term.
    pub(crate) fn bearing(&self, number: usize, period: &Period) -> Accrual {
        let accrual = self.accrual_of(number, period);
        match &self.flat {
            Some(flat) if number <= self.payments => accrual.with_denominator(flat.parts(number).1),
            _ => *accrual,
        }
    }

    /// The interest of a first period that is taken as a regular one, in parts of the balance.
    pub(crate) fn regular_first_parts(&self) -> u128 {
        let accrual = &self.rate(1).accrual;
        match accrual.regular() {
            None => accrual.day_parts(self.regular_first.start, self.regular_first.end),
            Some(_) => accrual.period_parts(),
        }
    }

    pub(crate) fn amounts(&self) -> Amounts {
        Amounts { places: self.places }
    }

    /// How interest accrues in the period of payment `number`, from 1.
    pub(crate) fn rate(&self, number: usize) -> &RateInForce {
        let later = self.later_rates.partition_point(|rate| rate.number <= number);
        self.later_rates.split_at(later).0.last().unwrap_or(&self.initial_rate)
    }

    /// How interest accrues in the period of payment `number`, from 1, which may lie beyond the term. The rate may change
    /// there too.
    pub(crate) fn accrual_of(&self, number: usize, period: &Period) -> &Accrual {
        let of_term = &self.rate(number).accrual;
        if number <= self.periods.len() {
            return of_term;
        }
        let later = self.rate_changes.partition_point(|(day, _)| *day <= period.start);
        self.rate_changes.split_at(later).0.last().map_or(of_term, |(_, accrual)| accrual)
    }

    /// How interest accrues on a day in the period of payment `number`. If it accrues by the day, a change of the rate
    /// applies from its date on; if by the period, from the next period on.
    pub(crate) fn accrual_on(&self, number: usize, period: &Period, date: Date) -> &Accrual {
        let of_period = self.accrual_of(number, period);
        if of_period.regular().is_some() {
            return of_period;
        }
        let later = self.rate_changes.partition_point(|(day, _)| *day <= date);
        self.rate_changes.split_at(later).0.last().map_or(of_period, |(_, accrual)| accrual)
    }

    /// The savings that are offset on a day.
    pub(crate) fn offset_on(&self, date: Date) -> i64 {
        let later = self.offsets.partition_point(|(day, _)| *day <= date);
        self.offsets.split_at(later).0.last().map_or(0, |(_, amount)| *amount)
    }

    /// Whether offsets or the rate change on a day.
    pub(crate) fn changes_on(&self, date: Date) -> bool {
        self.offsets.binary_search_by_key(&date, |(day, _)| *day).is_ok()
            || self.rate_changes.binary_search_by_key(&date, |(day, _)| *day).is_ok()
    }

    /// The days between two dates, both excluded, on which offsets or the rate change.
    pub(crate) fn changes_within(&self, start: Date, end: Date) -> impl Iterator<Item = Date> {
        let offsets = within(&self.offsets, start, end).iter().map(|(date, _)| *date);
        offsets.chain(within(&self.rate_changes, start, end).iter().map(|(date, _)| *date))
    }

    /// The first of these days.
    pub(crate) fn next_change(&self, start: Date, end: Date) -> Option<Date> {
        let offset = within(&self.offsets, start, end).first().map(|(date, _)| *date);
        let rate = within(&self.rate_changes, start, end).first().map(|(date, _)| *date);
        [offset, rate].into_iter().flatten().min()
    }

    /// The draws of a day.
    pub(crate) fn drawn_on(&self, date: Date) -> i64 {
        let from = self.draws.partition_point(|(day, _)| *day < date);
        let of_day = self.draws.iter().skip(from).take_while(|(day, _)| *day == date);
        of_day.map(|(_, amount)| amount).sum()
    }

    /// The payment break that covers payment `number`, from 1.
    pub(crate) fn break_of(&self, number: usize) -> Option<&PaymentBreak> {
        let later = self.breaks.partition_point(|pause| pause.first_number as usize <= number);
        let last = self.breaks.split_at(later).0.last();
        last.filter(|pause| number < pause.first_number as usize + pause.payments as usize)
    }

    pub(crate) fn decimal(&self, units: i64) -> Result<Decimal> {
        Decimal::new(units, self.places)
    }
}

/// The part of a list in order of dates that lies between two, both excluded.
pub(crate) fn within<T>(events: &[(Date, T)], start: Date, end: Date) -> &[(Date, T)] {
    let from = events.partition_point(|(date, _)| *date <= start);
    let rest = events.split_at(from).1;
    rest.split_at(rest.partition_point(|(date, _)| *date < end)).0
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

/// Whether the term is longer than agreed because of payment breaks.
fn extends_term(agreement: &LoanAgreement) -> Result<bool> {
    if !agreement.payment_breaks.iter().any(PaymentBreak::extends_term) {
        return Ok(false);
    }
    let repays = matches!(agreement.repayment, Repayment::Level { .. } | Repayment::StraightLine);
    let conflicts = [
        (!repays, "repayment"),
        (!agreement.balloon.is_zero(), "balloon"),
        (agreement.amortization_payments.is_some(), "amortizationPayments"),
        (agreement.maturity.is_some(), "maturity"),
    ];
    let Some((_, field)) = conflicts.iter().find(|(is_given, _)| *is_given) else { return Ok(true) };
    let message = format!("the term is extended until the loan is repaid, which is not defined with {field}");
    Err(Error::new(ErrorCode::FieldConflict, message).at(field))
}

fn number_of_payments(agreement: &LoanAgreement) -> Result<usize> {
    let (number, field) = match (agreement.number_of_payments, agreement.term_months) {
        (Some(number), None) => (number, "numberOfPayments"),
        (None, Some(months)) => {
            let payments = u64::from(months) * u64::from(agreement.frequency.per_year());
            if !payments.is_multiple_of(12) {
                let message = format!(
                    "{months} months are not a whole number of payments; give `numberOfPayments` instead"
                );
                return Err(Error::new(ErrorCode::TermOutOfRange, message).at("termMonths"));
            }
            // A number that does not fit is refused below, like any that is too large.
            (u32::try_from(payments / 12).unwrap_or(u32::MAX), "termMonths")
        }
        (None, None) => {
            let message = "a term is missing: give `numberOfPayments` or `termMonths`";
            return Err(Error::new(ErrorCode::FieldMissing, message).at("numberOfPayments"));
        }
        (Some(_), Some(_)) => {
            let message = "`numberOfPayments` and `termMonths` are both given; give only one";
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
        "`amortizationPayments` is {number}; it must be at least {payments}, the payments of the term, and at most \
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
                    repayment `interestOnly`",
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
