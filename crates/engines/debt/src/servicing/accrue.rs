//! Accrual of interest, by the day and by the period.

use super::{bill::Units, ledger::Ledger, output::LedgerAccrual};
use crate::schedule::{
    accrual::{Accrual, cost, too_large},
    compiled::within,
    engine::Posting,
};
use wherewithal_base::{
    Result,
    dates::{Date, date},
    num::{Decimal, Rounding},
};

/// The decimal places of a day's interest.
const PER_DIEM_PLACES: u32 = 12;

/// Everything owed on a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owed {
    pub(super) principal: Units,
    /// Interest that fell due earlier.
    pub(super) unpaid_interest: Units,
    pub(super) accrued_interest: Units,
    pub(super) fees: Units,
    pub(super) late_fees: Units,
    pub(super) insurance: Units,
    pub(super) escrow: Units,
}

impl Owed {
    pub(super) fn interest(&self) -> Units {
        self.unpaid_interest + self.accrued_interest
    }

    pub(super) fn total(&self) -> Units {
        self.principal + self.interest() + self.fees + self.late_fees + self.insurance + self.escrow
    }
}

impl Ledger<'_> {
    /// Accrues interest by the day. The interest of a period is added up exactly and rounded as a whole, so that
    /// posting it in steps changes nothing.
    pub(super) fn accrue_to(&mut self, date: Date) -> Result<()> {
        if !self.interest.daily || self.closing.date.is_some() {
            return Ok(());
        }
        let terms = self.terms;
        while self.clock.accrued_to < date {
            let start = self.clock.accrued_to;
            let accrual = terms.accrual_on(self.clock.number, &self.clock.period, start);
            if terms.changes_on(start) {
                self.clock.segment_start = start;
            }
            let promotion = terms.deferred_until.filter(|until| start < *until && *until < date);
            let end = terms.next_change(start, date).into_iter().chain(promotion).min().unwrap_or(date);
            // The difference of two counts from the same start: some day counts are not additive.
            let parts = accrual
                .day_parts(self.clock.segment_start, end)
                .saturating_sub(accrual.day_parts(self.clock.segment_start, start));
            let balance = self.bearing_interest(start)?;
            self.record(start, end, self.clock.segment_start, balance, parts)?;
            self.add(end, cost(balance, parts)?)?;
            self.clock.accrued_to = end;
        }
        // All rates have one denominator.
        let accrual = self.accrual();
        let total = Units::from(accrual.interest(self.interest.parts, self.agreement.interest_rounding)?);
        let charged = total - self.interest.posted;
        self.interest.posted = total;
        self.interest.owed += charged;
        self.journal.charged += charged;
        Ok(())
    }

    /// Adds the interest of the days up to an end that a promotion does not pass over, in parts. After its end, all of
    /// its interest is charged if anything is owed.
    fn add(&mut self, end: Date, parts: u128) -> Result<()> {
        let is_deferred = self.terms.deferred_until.is_some_and(|until| end <= until);
        let deferred = std::mem::take(&mut self.interest.deferred);
        let both = deferred.checked_add(parts).ok_or_else(too_large)?;
        if is_deferred {
            self.interest.deferred = both;
        } else if self.principal > 0 {
            self.interest.parts = self.interest.parts.checked_add(both).ok_or_else(too_large)?;
        }
        Ok(())
    }

    /// The balance that bears interest: the principal less offsets, if interest accrues by the day; otherwise the
    /// balance of the current period.
    pub(super) fn bearing_interest(&self, on: Date) -> Result<i64> {
        let balance = if self.interest.daily {
            self.principal
        } else {
            let at_start = self.terms.drawn_on(self.clock.period.start);
            Units::from(self.walk.balance) + Units::from(at_start)
        };
        let offset = Units::from(self.terms.offset_on(on));
        i64::try_from((balance - offset).max(0)).map_err(|_| too_large())
    }

    /// If interest accrues by the period: the interest of the current period up to a date, at most that of the whole
    /// period. After all principal has fallen due, paying early saves no flat interest, so all that is left of it counts.
    pub(super) fn accrued(&self, date: Date) -> Result<Units> {
        let left = self.walk.flat_interest_after_principal();
        if left > 0 && self.closing.date.is_none() {
            return Ok(left.into());
        }
        if self.interest.daily || self.closing.date.is_some() || date <= self.clock.period.start {
            return Ok(0);
        }
        if self.terms.deferred_until.is_some_and(|until| date <= until) {
            return Ok(0);
        }
        let mut parts = self.walk.deferred();
        for (_, balance, parts_of_one) in self.standing_balances(date)? {
            parts = parts.checked_add(cost(balance, parts_of_one)?).ok_or_else(too_large)?;
        }
        let accrual = self.accruing()?;
        Ok(accrual.interest(parts, self.agreement.interest_rounding)?.into())
    }

    /// If interest accrues by the period: for each balance of the current period, its start and the interest on one
    /// unit up to a date.
    pub(super) fn standing_balances(&self, date: Date) -> Result<Vec<(Date, i64, u128)>> {
        let accrual = self.accrual();
        let start = self.clock.period.start;
        let period = self.clock.period.parts(accrual);
        let left = self.walk.flat_interest_after_principal();
        if left > 0 {
            return Ok(vec![(start, left, period.max(1))]);
        }
        let days = accrual.day_parts(start, date).min(period);
        if let Some(share) = self.flat_share() {
            return Ok(vec![(start, share, days)]);
        }
        let later = within(&self.terms.draws, start, date);
        let drawn = later.iter().map(|(day, amount)| (*day, *amount, accrual.day_parts(*day, date)));
        Ok(std::iter::once((start, self.bearing_interest(start)?, days)).chain(drawn).collect())
    }

    /// The flat interest of the current period, which accrues by the day while principal is not yet due; `None` if interest accrues or the agreed payments have ended.
    fn flat_share(&self) -> Option<i64> {
        let flat = self.terms.flat.as_ref().filter(|_| self.clock.number <= self.terms.payments)?;
        Some(if self.walk.balance == 0 { 0 } else { flat.share(self.clock.number) })
    }

    /// How the standing balances bear interest: a period's flat interest, day by day.
    pub(super) fn accruing(&self) -> Result<Accrual> {
        let accrual = self.accrual();
        if self.flat_share().is_none() {
            return Ok(*accrual);
        }
        let period = u64::try_from(self.clock.period.parts(accrual)).map_err(|_| too_large())?;
        Ok(accrual.with_denominator(period.max(1)))
    }

    /// Everything owed on the date that the ledger has been advanced to.
    pub(super) fn owed(&self, date: Date) -> Result<Owed> {
        let unpaid = self.bills.unpaid();
        let unpaid_interest = if self.interest.daily { self.interest.due } else { self.interest.owed };
        let closing =
            if self.closing.fee_charged || self.closing.date.is_some() { 0 } else { self.charges.closing };
        Ok(Owed {
            principal: self.principal,
            unpaid_interest,
            accrued_interest: self.interest.owed - unpaid_interest + self.accrued(date)?,
            fees: unpaid.fees + self.closing.fee + closing,
            late_fees: unpaid.late_fees,
            insurance: unpaid.insurance,
            escrow: unpaid.escrow,
        })
    }

    /// The interest of one more day, before rounding to the minor unit.
    pub(super) fn per_diem(&self, on: Date) -> Result<Decimal> {
        if self.terms.deferred_until.is_some_and(|until| on < until) {
            return Ok(Decimal::ZERO);
        }
        let accrual = self.terms.accrual_on(self.clock.number, &self.clock.period, on);
        // From the first to the second of a month is one day in every day count.
        let (first, second) = (date(on.year(), on.month(), 1)?, date(on.year(), on.month(), 2)?);
        let numerator = Decimal::from(accrual.day_count.numerator(first, second));
        let day = accrual.annual_rate.times(numerator)?;
        let cost = match self.flat_share() {
            Some(share) => {
                let day = self.accruing()?.decimal(self.accrual().day_parts(first, second))?;
                Decimal::new(share, self.terms.places)?.times(day)?
            }
            None => {
                let balance = Decimal::new(self.bearing_interest(on)?, self.terms.places)?;
                balance.times(day)?.divided_by(Decimal::from(accrual.day_count.denominator()))?
            }
        };
        Ok(cost.round(PER_DIEM_PLACES, Rounding::HalfEven).normalized())
    }

    /// Charges the interest of a period.
    pub(super) fn charge(&mut self, interest: Units) {
        self.interest.owed += interest;
        self.journal.charged += interest;
        self.interest.of_periods += interest;
    }

    pub(super) fn record_segments(&mut self, posting: &Posting) -> Result<()> {
        let bearing = self.terms.bearing(posting.number, &posting.period);
        for segment in &posting.segments {
            let balance = segment.balance - segment.offset;
            let accrual = if self.terms.flat.is_some() { bearing } else { self.on(segment.start) };
            self.record_as(segment.start, segment.end, segment.start, balance, segment.parts, accrual)?;
        }
        Ok(())
    }

    /// Records a balance that bore interest. Its days are counted from the date of its last change.
    pub(super) fn record(
        &mut self,
        start: Date,
        end: Date,
        counted_from: Date,
        balance: i64,
        parts: u128,
    ) -> Result<()> {
        self.record_as(start, end, counted_from, balance, parts, self.on(start))
    }

    /// How interest accrues on a day of the current period.
    fn on(&self, day: Date) -> Accrual {
        *self.terms.accrual_on(self.clock.number, &self.clock.period, day)
    }

    pub(super) fn record_as(
        &mut self,
        start: Date,
        end: Date,
        counted_from: Date,
        balance: i64,
        parts: u128,
        accrual: Accrual,
    ) -> Result<()> {
        let count = accrual.day_count;
        let balance = self.terms.decimal(balance)?;
        let rate = accrual.decimal(parts)?;
        let numerator =
            count.numerator(counted_from, end).saturating_sub(count.numerator(counted_from, start));
        self.journal.accruals.push(LedgerAccrual {
            start,
            end,
            balance,
            days: count.counted_days(counted_from, end) - count.counted_days(counted_from, start),
            day_count: count,
            day_count_fraction: Decimal::from(numerator).divided_by(Decimal::from(count.denominator()))?,
            annual_rate: accrual.annual_rate,
            rate,
            interest: balance.times(rate)?,
        });
        Ok(())
    }
}
