//! Posts a loan payment by payment.

use super::{
    accrual::{Accrual, cost, too_large},
    agreement::{AfterExtraPayment, FinalPayment, LoanAgreement, Repayment, UnpaidInterest},
    compiled::{CompiledAgreement, Period},
    events::{BreakPayment, OtherPayments, PaymentBreak},
    level::{self, BasePayment},
    payment_dates::period_beyond_term,
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    control::Control,
    dates::Date,
    num::{Decimal, Rounding},
    order,
    wire::Wire,
};

/// One payment and its parts, in minor units.
#[derive(Debug, Clone)]
pub(crate) struct Posting {
    pub(crate) number: usize,
    pub(crate) period: Period,
    pub(crate) opening: i64,
    pub(crate) drawn: i64,
    pub(crate) segments: Vec<Segment>,
    /// The interest charged, before rounding.
    pub(crate) parts: u128,
    /// The interest of all segments, before rounding: the same, unless interest is deferred.
    pub(crate) accrued: u128,
    pub(crate) interest: i64,
    /// The payment under the agreement, before the settlement by the last payment and before extra payments.
    pub(crate) scheduled: i64,
    /// The amount paid, extra payments included.
    pub(crate) paid: i64,
    /// The extra payments, those within the period included.
    pub(crate) extra: i64,
    /// The extra payments within the period, before its payment.
    pub(crate) prepaid: Vec<(Date, i64)>,
    pub(crate) balance: i64,
    pub(crate) reason: PaymentReason,
    pub(crate) recast: bool,
}

/// A balance and the time that it was owed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Segment {
    pub(crate) start: Date,
    pub(crate) end: Date,
    /// The balance owed.
    pub(crate) balance: i64,
    /// The part of it that is offset.
    pub(crate) offset: i64,
    /// The interest of the rest for this time, in parts of the balance.
    pub(crate) parts: u128,
    /// The nominal annual rate.
    pub(crate) annual_rate: Decimal,
}

/// Why a payment has its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum PaymentReason {
    /// It is the payment under the agreement.
    Scheduled,
    /// It is interest-only.
    InterestOnly,
    /// Nothing is paid, and the interest is added to the balance.
    Holiday,
    /// It was raised so that the balance ends at the cap on unpaid interest.
    BalanceCap,
    /// It settles what was left before the end of the term.
    PaidOff,
    /// It is the last payment of the term and settles the balance.
    Final,
    /// It follows the last payment of the term and pays what rounding left.
    Additional,
}

/// Posts every payment of the agreement.
pub(crate) fn run(
    agreement: &LoanAgreement,
    terms: &CompiledAgreement,
    control: &Control<'_>,
) -> Result<Vec<Posting>> {
    let mut walk = Walk::start(agreement, terms, Shortfall::Refused, control);
    for ((period, extra), number) in
        terms.periods.iter().zip(&terms.extras.with_payments).zip(1..=terms.payments)
    {
        if walk.is_repaid() {
            break;
        }
        walk.post(number, *period, Some(*extra))?;
    }
    if walk.balance > 0 {
        walk.post_additional()?;
    }
    Ok(walk.postings)
}

/// The interest of balances, before rounding.
fn parts_of(segments: &[Segment]) -> Result<u128> {
    segments.iter().try_fold(0_u128, |sum, segment| {
        let cost = cost(segment.balance - segment.offset, segment.parts)?;
        sum.checked_add(cost).ok_or_else(too_large)
    })
}

fn period_is_regular(period: Option<&Period>) -> bool {
    period.is_some_and(Period::is_regular)
}

#[derive(Clone)]
pub(crate) struct Walk<'a> {
    agreement: &'a LoanAgreement,
    terms: &'a CompiledAgreement,
    pub(crate) balance: i64,
    base: Option<BasePayment>,
    /// Whether the next payment is recomputed.
    recast: bool,
    next_draw: usize,
    /// The interest of a promotion that has accrued and is not charged, in parts.
    deferred: u128,
    /// The flat interest that has been charged.
    flat_charged: i64,
    /// Whether principal was repaid beyond the agreed payments.
    has_prepaid: bool,
    shortfall: Shortfall,
    postings: Vec<Posting>,
    control: &'a Control<'a>,
}

/// How to treat a payment that does not cover its interest if the loan does not allow unpaid interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shortfall {
    /// The loan is refused.
    Refused,
    /// The payment is raised to the interest: actual payments can make one fall short even if the agreement's own
    /// payments do not.
    Raised,
}

impl<'a> Walk<'a> {
    pub(crate) fn start(
        agreement: &'a LoanAgreement,
        terms: &'a CompiledAgreement,
        shortfall: Shortfall,
        control: &'a Control<'a>,
    ) -> Self {
        Self {
            agreement,
            terms,
            balance: terms.principal,
            base: None,
            recast: true,
            next_draw: 0,
            deferred: 0,
            flat_charged: 0,
            has_prepaid: false,
            shortfall,
            postings: Vec::with_capacity(terms.payments),
            control,
        }
    }

    pub(crate) fn is_repaid(&self) -> bool {
        // A credit line that is paid down to zero continues until its last draw.
        self.balance == 0 && self.next_draw == self.terms.draws.len() && self.flat_interest_left() == 0
    }

    /// The flat interest of the term that is still to be charged. If principal was repaid beyond the agreed payments, none
    /// remains once the balance is repaid.
    fn flat_interest_left(&self) -> i64 {
        let total = self.terms.flat.as_ref().filter(|_| !self.has_prepaid).map_or(0, |flat| flat.total);
        total - self.flat_charged.min(total)
    }

    /// The flat interest that the agreed payments have left when they have repaid the principal; later payments charge
    /// it.
    pub(crate) fn flat_interest_after_principal(&self) -> i64 {
        if self.balance == 0 { self.flat_interest_left() } else { 0 }
    }

    /// Notes that all flat interest has been charged.
    pub(crate) fn settle_flat_interest(&mut self) {
        self.flat_charged += self.flat_interest_left();
    }

    /// Posts the next payment without any extra payment; `None` if everything is repaid. Only the last posting is kept.
    pub(crate) fn next_posting(&mut self) -> Result<Option<Posting>> {
        let number = self.postings.last().map_or(1, |posting| posting.number + 1);
        match self.terms.periods.get(number - 1).filter(|_| number <= self.terms.payments) {
            Some(period) if !self.is_repaid() => self.post(number, *period, None)?,
            None if self.balance > 0 => self.post_additional()?,
            _ => return Ok(None),
        }
        let posting = self.postings.pop();
        self.postings.clear();
        self.postings.extend(posting.clone());
        Ok(posting)
    }

    /// Subtracts an extra payment from the balance after the last posting.
    pub(crate) fn prepay(&mut self, extra: i64) {
        self.balance -= extra;
        self.has_prepaid |= extra > 0;
        self.recast |= extra > 0 && self.agreement.after_extra_payment == AfterExtraPayment::Recast;
    }

    /// Posts a payment, with the extra payments of its period or with none.
    fn post(&mut self, number: usize, period: Period, extra: Option<i64>) -> Result<()> {
        // A payment that is computed anew takes time for all that follow it, some tenths of a millisecond at most.
        self.control.check()?;
        let (agreement, terms) = (self.agreement, self.terms);
        let rate = terms.rate(number);
        self.recast |= number > 1 && rate.number == number && rate.recast;
        let opening = self.balance;
        let (with_extras, extra) = (extra.is_some(), extra.unwrap_or(0));
        let draws = self.draws_until(period.end)?;
        let at_start: i64 = draws.iter().filter(|(date, _)| *date == period.start).map(|draw| draw.1).sum();
        let drawn: i64 = draws.iter().map(|draw| draw.1).sum();
        let prepaid = self.prepaid(&period, opening, &draws, with_extras);
        let prepaid_sum: i64 = prepaid.iter().map(|(_, amount)| amount).sum();
        let mut segments = self.segments(&period, number, opening + at_start, &draws, &prepaid);
        let mut accrued = parts_of(&segments)?;
        let (mut parts, ends_promotion) = self.charged(accrued, &period, opening, &prepaid)?;
        let mut interest = match &terms.flat {
            Some(flat) => flat.share(number),
            None => rate.accrual.interest(parts, agreement.interest_rounding)?,
        };
        let mut due = opening
            .checked_add(drawn)
            .and_then(|sum| sum.checked_add(interest))
            .map(|sum| sum - prepaid_sum)
            .ok_or_else(too_large)?;

        // A draw on the first day counts for the whole period, so this payment is already recomputed; one later in the
        // period changes the next.
        self.recast |= at_start > 0 && number > 1;
        let pause = terms.break_of(number);
        let holiday = pause.is_some_and(|pause| pause.pays == BreakPayment::Nothing);
        let interest_only = pause.is_some_and(|pause| pause.pays == BreakPayment::Interest)
            || number <= agreement.interest_only_payments as usize
            || agreement.repayment == Repayment::InterestOnly;
        let keeps_payment = pause.is_some_and(PaymentBreak::extends_term);
        if keeps_payment && self.base.is_none() && number > agreement.interest_only_payments as usize {
            // The payments are those without the break, even if it comes before the first of them.
            self.scheduled(number, opening + at_start, interest)?;
        }
        let mut recast = false;
        let (scheduled, usual) = if holiday {
            (0, PaymentReason::Holiday)
        } else if interest_only {
            (interest, PaymentReason::InterestOnly)
        } else {
            recast = self.recast;
            (self.scheduled(number, opening + at_start, interest)?, PaymentReason::Scheduled)
        };
        if let Some(flat) = &terms.flat {
            let charged = self.flat_interest(opening, scheduled, interest, number);
            self.flat_charged += charged;
            if charged != interest {
                // The interest of several payments, which is whole already.
                let (_, one) = flat.parts(number);
                for segment in &mut segments {
                    (segment.balance, segment.parts) = (charged, one.into());
                }
                accrued = parts_of(&segments)?;
                (parts, due) = (accrued, due + (charged - interest));
                interest = charged;
            }
        }
        // Only computed payments are computed again.
        self.recast |= pause.is_some_and(|pause| pause.others == OtherPayments::RecomputedAfter)
            && terms.agreed_payments.is_empty();
        // What a payment leaves unpaid of deferred interest is added to the balance.
        let covered = if ends_promotion { 0 } else { interest };
        let (paid, reason) = self.paid(number, due, covered, scheduled, usual)?;
        self.recast |= ends_promotion && terms.agreed_payments.is_empty();

        // An extra payment never exceeds what is left after the regular one.
        let extra = extra.min(due - paid) + prepaid_sum;
        self.has_prepaid |= extra > 0;
        self.recast |= extra > 0 && agreement.after_extra_payment == AfterExtraPayment::Recast;
        self.recast |= drawn > at_start || reason == PaymentReason::BalanceCap;
        self.balance = due + prepaid_sum - paid - extra;
        self.postings.push(Posting {
            number,
            period,
            opening,
            drawn,
            segments,
            parts,
            accrued,
            interest,
            scheduled,
            paid: paid + extra,
            extra,
            prepaid,
            balance: self.balance,
            reason,
            recast,
        });
        Ok(())
    }

    /// The flat interest of a payment, given its share: if the payment repays the last of the principal, it also charges
    /// what remains of the interest of the term, as far as it reaches; later payments charge the rest. Principal that was
    /// repaid beyond the agreed payments saves the interest of the payments that are not reached.
    fn flat_interest(&self, opening: i64, scheduled: i64, share: i64, number: usize) -> i64 {
        let left = self.flat_interest_left();
        let beyond_principal = scheduled - opening;
        if self.has_prepaid || (opening > 0 && beyond_principal < share && number < self.terms.payments) {
            share
        } else if number == self.terms.payments {
            left
        } else {
            beyond_principal.min(left)
        }
    }

    /// What is charged of a period's interest, in parts, and whether it includes the interest of a promotion that was
    /// not repaid in time.
    fn charged(
        &mut self,
        accrued: u128,
        period: &Period,
        opening: i64,
        prepaid: &[(Date, i64)],
    ) -> Result<(u128, bool)> {
        let Some(until) = self.terms.deferred_until else { return Ok((accrued, false)) };
        if period.end <= until {
            self.deferred = self.deferred.checked_add(accrued).ok_or_else(too_large)?;
            return Ok((0, false));
        }
        let deferred = std::mem::take(&mut self.deferred);
        let in_time: i64 = prepaid.iter().filter(|(date, _)| *date <= until).map(|(_, amount)| amount).sum();
        if period.start <= until && in_time == opening {
            return Ok((0, false));
        }
        Ok((deferred.checked_add(accrued).ok_or_else(too_large)?, deferred > 0))
    }

    /// The interest of a promotion that the agreement's own payments would have repaid before a due date, in parts, if it
    /// has ended.
    pub(crate) fn take_deferred(&mut self, due: Date) -> u128 {
        let has_ended = self.terms.deferred_until.is_some_and(|until| until < due);
        if has_ended { std::mem::take(&mut self.deferred) } else { 0 }
    }

    /// The interest of a promotion that has not been charged, in parts.
    pub(crate) fn deferred(&self) -> u128 {
        self.deferred
    }

    /// The payment under the agreement.
    fn scheduled(&mut self, number: usize, balance: i64, interest: i64) -> Result<i64> {
        let (agreement, terms) = (self.agreement, self.terms);
        let agreed = terms.agreed_payment(number);
        if matches!(agreement.repayment, Repayment::Bullet | Repayment::Stepped { .. }) {
            // Nothing is due before the first step, or before the end of a bullet loan.
            return Ok(agreed.unwrap_or(0));
        }
        let base = match (self.base, agreed) {
            (Some(base), _) if !self.recast => base,
            (None, Some(payment)) => {
                self.check_repays(payment, interest)?;
                BasePayment::Level(payment)
            }
            (previous, _) => {
                let base = level::base_payment(agreement, terms, number, balance)?;
                self.within_payment_cap(previous, base)?
            }
        };
        self.base = Some(base);
        self.recast = false;
        let scheduled = level::scheduled(agreement, terms, base, number, interest)?;
        if number == 1
            && level::first_is_taken_as_regular(agreement)
            && matches!(base, BasePayment::Level(_) | BasePayment::Graduated(_))
            && !period_is_regular(terms.periods.first())
        {
            return self.with_odd_days(scheduled, balance, interest);
        }
        Ok(scheduled)
    }

    /// The first payment, plus the interest of the odd days or minus that of the missing days.
    fn with_odd_days(&self, scheduled: i64, balance: i64, interest: i64) -> Result<i64> {
        let accrual = &self.terms.rate(1).accrual;
        let regular = self.terms.regular_first_parts();
        let regular_interest = accrual.interest(cost(balance, regular)?, self.agreement.interest_rounding)?;
        Ok((scheduled + interest - regular_interest).max(0))
    }

    fn check_repays(&self, payment: i64, interest: i64) -> Result<()> {
        if payment > interest
            || self.terms.flat.is_some()
            || !self.terms.extras.is_none()
            || self.agreement.unpaid_interest != UnpaidInterest::Refuse
        {
            return Ok(());
        }
        let message = format!(
            "{} does not exceed the interest of {}, so the balance never falls; give a larger payment, or use the \
                repayment `interestOnly`, or allow unpaid interest to be capitalized",
            self.terms.decimal(payment)?,
            self.terms.decimal(interest)?
        );
        Err(Error::new(ErrorCode::PaymentNeverRepays, message).at("repayment.payment"))
    }

    /// A recomputed payment, limited by the cap on its change.
    fn within_payment_cap(&self, previous: Option<BasePayment>, base: BasePayment) -> Result<BasePayment> {
        let cap = self.agreement.adjustable_rate.as_ref().and_then(|rate| rate.payment_cap);
        let (Some(cap), Some(BasePayment::Level(before)), BasePayment::Level(payment)) =
            (cap, previous, base)
        else {
            return Ok(base);
        };
        // Rounded down, so that the payment never changes by more than the cap.
        let change = Decimal::from(before).times(cap)?.round(0, Rounding::Down);
        let change = i64::try_from(change.mantissa()).map_err(|_| too_large())?;
        Ok(BasePayment::Level(payment.clamp(before.saturating_sub(change), before.saturating_add(change))))
    }

    /// The part of the amount due that is paid, without extra payments, and the reason.
    fn paid(
        &self,
        number: usize,
        due: i64,
        interest: i64,
        scheduled: i64,
        usual: PaymentReason,
    ) -> Result<(i64, PaymentReason)> {
        let agreement = self.agreement;
        if number == self.terms.payments {
            let left = due - scheduled;
            // Only what rounding leaves is carried over: at most another payment, and neither a balloon nor the balance
            // of a later draw.
            let carried = agreement.final_payment == FinalPayment::Additional
                && self.terms.balloon == 0
                && (1..=scheduled).contains(&left)
                && self.next_draw == self.terms.draws.len();
            return Ok(if carried { (scheduled, usual) } else { (due, PaymentReason::Final) });
        }
        // With draws or flat interest to come, a payment of the whole balance does not end the loan.
        let ends = self.next_draw == self.terms.draws.len() && self.flat_interest_left() == 0;
        if scheduled >= due && ends {
            return Ok((due, PaymentReason::PaidOff));
        }
        let (paid, reason) = (scheduled.min(due), usual);
        // The level payment is computed as if interest that it leaves unpaid in a long first period were added to the
        // balance.
        let long_first_period = number == 1 && !period_is_regular(self.terms.periods.first());
        let is_added = agreement.repayment == Repayment::Bullet
            || usual == PaymentReason::Holiday
            || self.terms.flat.is_some();
        if paid >= interest || is_added || long_first_period {
            return Ok((paid, reason));
        }
        if agreement.unpaid_interest == UnpaidInterest::Refuse {
            if self.shortfall == Shortfall::Raised {
                return Ok((interest.min(due), reason));
            }
            let message = format!(
                "payment {number} of {} does not cover its interest of {}; allow unpaid interest to be capitalized, or \
                    give larger payments",
                self.terms.decimal(paid)?,
                self.terms.decimal(interest)?
            );
            return Err(Error::new(ErrorCode::PaymentBelowInterest, message).at("unpaidInterest"));
        }
        match self.terms.balance_cap {
            Some(cap) if due - paid > cap => Ok(((due - cap).min(due), PaymentReason::BalanceCap)),
            _ => Ok((paid, reason)),
        }
    }

    /// Posts what rounding left after the last payment of the term, one period later.
    #[expect(
        clippy::expect_used,
        reason = "it follows the payments of the term, of which there is at least one"
    )]
    fn post_additional(&mut self) -> Result<()> {
        let last = self.postings.last().expect("a loan has a last payment of its term");
        let number = last.number + 1;
        let period = period_beyond_term(self.agreement, number, last.period.end)?;
        let opening = self.balance;
        let segments = self.segments(&period, number, opening, &[], &[]);
        let parts = parts_of(&segments)?;
        let accrual = self.terms.accrual_of(number, &period);
        let interest = accrual.interest(parts, self.agreement.interest_rounding)?;
        let paid = opening.checked_add(interest).ok_or_else(too_large)?;
        self.balance = 0;
        self.postings.push(Posting {
            number,
            period,
            opening,
            drawn: 0,
            segments,
            parts,
            accrued: parts,
            interest,
            scheduled: paid,
            paid,
            extra: 0,
            prepaid: Vec::new(),
            balance: 0,
            reason: PaymentReason::Additional,
            recast: false,
        });
        Ok(())
    }

    /// The draws before a date that are not posted yet.
    fn draws_until(&mut self, end: Date) -> Result<Vec<(Date, i64)>> {
        let rest = self.terms.draws.iter().skip(self.next_draw);
        let draws: Vec<_> = rest.take_while(|(date, _)| *date < end).copied().collect();
        self.next_draw += draws.len();
        let mut owed = self.balance;
        for (date, amount) in &draws {
            owed = owed.checked_add(*amount).ok_or_else(too_large)?;
            if let Some(limit) = self.terms.credit_limit
                && owed > limit
            {
                let message = format!(
                    "after the draw on {date}, the balance is {}; the limit is {}",
                    self.terms.decimal(owed)?,
                    self.terms.decimal(limit)?
                );
                return Err(Error::new(ErrorCode::CreditLimitExceeded, message).at("draws"));
            }
        }
        Ok(draws)
    }

    /// The extra payments within a period, each at most what is owed then without interest.
    fn prepaid(
        &self,
        period: &Period,
        opening: i64,
        draws: &[(Date, i64)],
        with_extras: bool,
    ) -> Vec<(Date, i64)> {
        let planned = if with_extras { self.terms.extras.within(period) } else { &[] };
        let mut paid = 0;
        let mut drawn = Until::start(draws);
        let mut prepaid = Vec::with_capacity(planned.len());
        for (date, amount) in planned {
            let drawn = drawn.at(*date);
            let amount = (*amount).min(opening + drawn - paid);
            if amount > 0 {
                paid += amount;
                prepaid.push((*date, amount));
            }
        }
        prepaid
    }

    /// The balances of a period. If interest accrues by the period, the balance at the start, less the offset of that
    /// day, counts for the whole period, and draws are charged by the day. If it accrues by the day, each balance counts
    /// for its days, at the rate of each day.
    fn segments(
        &self,
        period: &Period,
        number: usize,
        opening: i64,
        draws: &[(Date, i64)],
        prepaid: &[(Date, i64)],
    ) -> Vec<Segment> {
        if let Some(flat) = &self.terms.flat {
            let (parts, _) = flat.parts(number);
            let annual_rate = self.terms.rate(number).accrual.annual_rate;
            let (start, end) = (period.start, period.end);
            return vec![Segment { start, end, balance: flat.total, offset: 0, parts, annual_rate }];
        }
        let later = draws.split_at(draws.partition_point(|(date, _)| *date <= period.start)).1;
        let segment = |start, end, balance: i64, offset: i64, accrual: &Accrual, parts| Segment {
            start,
            end,
            balance,
            // Savings above the balance earn nothing.
            offset: offset.min(balance),
            parts,
            annual_rate: accrual.annual_rate,
        };
        let accrual = self.terms.accrual_of(number, period);
        let (start, end) = (period.start, period.end);
        if accrual.regular().is_some() {
            let offset = self.terms.offset_on(start);
            let whole = segment(start, end, opening, offset, accrual, period.parts(accrual));
            let drawn = later.iter().map(|(date, amount)| {
                segment(*date, end, *amount, 0, accrual, accrual.day_parts(*date, end))
            });
            return std::iter::once(whole).chain(drawn).collect();
        }
        let changed = later.iter().chain(prepaid).map(|(date, _)| *date);
        let mut days: Vec<Date> = changed.chain(self.terms.changes_within(start, end)).collect();
        days.push(end);
        order::sort_by_key(&mut days, |day| *day);
        days.dedup();
        let (mut drawn, mut repaid) = (Until::start(later), Until::start(prepaid));
        let mut segments = Vec::with_capacity(days.len());
        let mut start = start;
        for end in days {
            let balance = opening + drawn.at(start) - repaid.at(start);
            let accrual = self.terms.accrual_on(number, period, start);
            let parts = accrual.day_parts(start, end);
            segments.push(segment(start, end, balance, self.terms.offset_on(start), accrual, parts));
            start = end;
        }
        segments
    }
}

/// The sum of amounts up to a date, for dates that ascend: each amount is added once.
struct Until<'a> {
    rest: &'a [(Date, i64)],
    sum: i64,
}

impl<'a> Until<'a> {
    /// Amounts in order of their dates.
    fn start(amounts: &'a [(Date, i64)]) -> Self {
        Self { rest: amounts, sum: 0 }
    }

    /// The sum up to a date, that day included.
    fn at(&mut self, date: Date) -> i64 {
        while let [(day, amount), rest @ ..] = self.rest
            && *day <= date
        {
            self.sum += amount;
            self.rest = rest;
        }
        self.sum
    }
}
