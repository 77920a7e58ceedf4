//! Posts a loan payment by payment.

use super::{
    accrual::{cost, too_large},
    agreement::{AfterExtraPayment, FinalPayment, LoanAgreement, Repayment, UnpaidInterest},
    compiled::{CompiledAgreement, Period, period_beyond_term},
    level::{self, BasePayment},
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::Date,
    num::{Decimal, Rounding},
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
    /// The interest of all segments, before rounding.
    pub(crate) parts: u128,
    pub(crate) interest: i64,
    /// The payment under the agreement, before the settlement by the last payment and before extra payments.
    pub(crate) scheduled: i64,
    /// The amount paid, extra payments included.
    pub(crate) paid: i64,
    pub(crate) extra: i64,
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
}

/// Why a payment has its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum PaymentReason {
    /// It is the payment under the agreement.
    Scheduled,
    /// It is interest-only.
    InterestOnly,
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
pub(crate) fn run(agreement: &LoanAgreement, terms: &CompiledAgreement) -> Result<Vec<Posting>> {
    let mut walk = Walk::start(agreement, terms, Shortfall::Refused);
    for ((period, extra), number) in terms.periods.iter().zip(&terms.extras).zip(1..=terms.payments) {
        if walk.is_repaid() {
            break;
        }
        walk.post(number, *period, *extra)?;
    }
    if walk.balance > 0 {
        walk.post_additional()?;
    }
    Ok(walk.postings)
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
    shortfall: Shortfall,
    postings: Vec<Posting>,
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
    ) -> Self {
        Self {
            agreement,
            terms,
            balance: terms.principal,
            base: None,
            recast: true,
            next_draw: 0,
            shortfall,
            postings: Vec::with_capacity(terms.payments),
        }
    }

    pub(crate) fn is_repaid(&self) -> bool {
        // A credit line that is paid down to zero continues until its last draw.
        self.balance == 0 && self.next_draw == self.terms.draws.len()
    }

    /// Posts the next payment without any extra payment; `None` if everything is repaid. Only the last posting is kept.
    pub(crate) fn next_posting(&mut self) -> Result<Option<Posting>> {
        let number = self.postings.last().map_or(1, |posting| posting.number + 1);
        match self.terms.periods.get(number - 1).filter(|_| number <= self.terms.payments) {
            Some(period) if !self.is_repaid() => self.post(number, *period, 0)?,
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
        self.recast |= extra > 0 && self.agreement.after_extra_payment == AfterExtraPayment::Recast;
    }

    fn post(&mut self, number: usize, period: Period, extra: i64) -> Result<()> {
        let (agreement, terms) = (self.agreement, self.terms);
        let rate = terms.rate(number);
        self.recast |= number > 1 && rate.number == number && rate.recast;
        let opening = self.balance;
        let draws = self.draws_until(period.end)?;
        let at_start: i64 = draws.iter().filter(|(date, _)| *date == period.start).map(|draw| draw.1).sum();
        let drawn: i64 = draws.iter().map(|draw| draw.1).sum();
        let segments = self.segments(&period, number, opening + at_start, &draws);
        let mut parts = 0_u128;
        for segment in &segments {
            let cost = cost(segment.balance - segment.offset, segment.parts)?;
            parts = parts.checked_add(cost).ok_or_else(too_large)?;
        }
        let interest = rate.accrual.interest(parts, agreement.interest_rounding)?;
        let due =
            opening.checked_add(drawn).and_then(|sum| sum.checked_add(interest)).ok_or_else(too_large)?;

        // A draw on the first day counts for the whole period, so this payment is already recomputed; one later in the
        // period changes the next.
        self.recast |= at_start > 0 && number > 1;
        let interest_only = number <= agreement.interest_only_payments as usize
            || agreement.repayment == Repayment::InterestOnly;
        let mut recast = false;
        let scheduled = if interest_only {
            interest
        } else {
            recast = self.recast;
            self.scheduled(number, opening + at_start, interest)?
        };
        let (paid, reason) = self.paid(number, due, interest, scheduled, interest_only)?;

        // An extra payment never exceeds what is left after the regular one.
        let extra = extra.min(due - paid);
        self.recast |= extra > 0 && agreement.after_extra_payment == AfterExtraPayment::Recast;
        self.recast |= drawn > at_start || reason == PaymentReason::BalanceCap;
        self.balance = due - paid - extra;
        self.postings.push(Posting {
            number,
            period,
            opening,
            drawn,
            segments,
            parts,
            interest,
            scheduled,
            paid: paid + extra,
            extra,
            balance: self.balance,
            reason,
            recast,
        });
        Ok(())
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
        let regular = match (accrual.regular(), self.terms.periods.get(1)) {
            (None, Some(second)) => accrual.day_parts(second.start, second.end),
            _ => accrual.period_parts(),
        };
        let regular_interest = accrual.interest(cost(balance, regular)?, self.agreement.interest_rounding)?;
        Ok((scheduled + interest - regular_interest).max(0))
    }

    fn check_repays(&self, payment: i64, interest: i64) -> Result<()> {
        let extras = self.terms.extras.iter().any(|extra| *extra > 0);
        if payment > interest || extras || self.agreement.unpaid_interest != UnpaidInterest::Refuse {
            return Ok(());
        }
        let message = format!(
            "{} does not exceed the interest of {}, so the balance never falls; give a larger payment, or use the \
                repayment interestOnly, or allow unpaid interest to be capitalized",
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
        interest_only: bool,
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
            return Ok(if carried {
                (scheduled, PaymentReason::Scheduled)
            } else {
                (due, PaymentReason::Final)
            });
        }
        // With draws to come, a payment of the whole balance does not end the loan.
        if scheduled >= due && self.next_draw == self.terms.draws.len() {
            return Ok((due, PaymentReason::PaidOff));
        }
        let paid = scheduled.min(due);
        let reason = if interest_only { PaymentReason::InterestOnly } else { PaymentReason::Scheduled };
        // The level payment is computed as if interest that it leaves unpaid in a long first period were added to the
        // balance.
        let long_first_period = number == 1 && !period_is_regular(self.terms.periods.first());
        if paid >= interest || agreement.repayment == Repayment::Bullet || long_first_period {
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
        let accrual = self.terms.rate(last.number).accrual;
        let number = last.number + 1;
        let period = period_beyond_term(self.agreement, number, last.period.end)?;
        let (start, end, opening) = (period.start, period.end, self.balance);
        let parts_of_one = period.parts(&accrual);
        let offset = self.offset_on(start).min(opening);
        let segment = Segment { start, end, balance: opening, offset, parts: parts_of_one };
        let parts = cost(opening - offset, parts_of_one)?;
        let interest = accrual.interest(parts, self.agreement.interest_rounding)?;
        let paid = opening.checked_add(interest).ok_or_else(too_large)?;
        self.balance = 0;
        self.postings.push(Posting {
            number,
            period,
            opening,
            drawn: 0,
            segments: vec![segment],
            parts,
            interest,
            scheduled: paid,
            paid,
            extra: 0,
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

    /// The balances of a period. If interest accrues by the period, the balance at the start, less the offset of that
    /// day, counts for the whole period, and draws are charged by the day. If it accrues by the day, each balance
    /// counts for its days.
    fn segments(&self, period: &Period, number: usize, opening: i64, draws: &[(Date, i64)]) -> Vec<Segment> {
        let accrual = &self.terms.rate(number).accrual;
        let later = draws.iter().filter(|(date, _)| *date > period.start);
        let segment = |start, end, balance: i64, offset: i64, parts| Segment {
            start,
            end,
            balance,
            // Savings above the balance earn nothing.
            offset: offset.min(balance),
            parts,
        };
        if accrual.regular().is_some() {
            let whole = segment(
                period.start,
                period.end,
                opening,
                self.offset_on(period.start),
                period.parts(accrual),
            );
            let drawn = later.map(|(date, amount)| {
                segment(*date, period.end, *amount, 0, accrual.day_parts(*date, period.end))
            });
            return std::iter::once(whole).chain(drawn).collect();
        }
        let offsets = self.terms.offsets.iter().map(|(date, _)| *date);
        let mut days: Vec<Date> = later.clone().map(|(date, _)| *date).chain(offsets).collect();
        days.retain(|date| *date > period.start && *date < period.end);
        days.push(period.end);
        days.sort_unstable();
        days.dedup();
        let mut segments = Vec::with_capacity(days.len());
        let mut start = period.start;
        for end in days {
            let drawn: i64 = later.clone().filter(|(date, _)| *date <= start).map(|draw| draw.1).sum();
            segments.push(segment(
                start,
                end,
                opening + drawn,
                self.offset_on(start),
                accrual.day_parts(start, end),
            ));
            start = end;
        }
        segments
    }

    fn offset_on(&self, date: Date) -> i64 {
        let offset = self.terms.offsets.iter().rev().find(|(day, _)| *day <= date);
        offset.map_or(0, |(_, amount)| *amount)
    }
}
