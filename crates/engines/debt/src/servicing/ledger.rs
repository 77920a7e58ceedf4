//! The state of a loan that is being repaid, and the events that change it.

use super::{
    bill::{Allocation, Bill, Charges, Units},
    bills::Bills,
    input::PaymentPurpose,
    output::{LedgerBalances, LedgerEntry, LedgerEntryKind},
    parts::{Clock, Closing, InterestAccount, Journal, Receipts, Totals},
    policy::Policy,
};
use crate::{
    FinalPayment, LoanAgreement, Repayment,
    loan::MAX_PAYMENTS,
    schedule::{
        accrual::{Accrual, cost, too_large},
        compiled::{CompiledAgreement, Period},
        engine::{PaymentReason, Posting, Shortfall, Walk},
        payment_dates::period_beyond_term,
    },
};
use wherewithal_base::{Error, ErrorCode, Result, control::Control, dates::Date, error::At, num::Decimal};

/// The number of periods after the last payment of the agreement for which a loan is tracked.
const MAX_PERIODS_AFTER_TERM: usize = MAX_PAYMENTS as usize;

/// A payment in minor units.
#[derive(Debug, Clone)]
pub(super) struct Receipt {
    pub(super) date: Date,
    pub(super) purpose: PaymentPurpose,
    pub(super) amount: Units,
    pub(super) id: Option<String>,
    /// The payments received later on the same day.
    pub(super) more_today: Units,
}

/// A loan that is being repaid.
///
/// The walk is the loan as if every installment were paid when due: it gives the amount of each installment. Principal
/// and interest are what is actually owed.
#[derive(Clone)]
pub(super) struct Ledger<'a> {
    pub(super) agreement: &'a LoanAgreement,
    pub(super) terms: &'a CompiledAgreement,
    pub(super) charges: &'a Charges,
    pub(super) policy: &'a Policy,
    pub(super) walk: Walk<'a>,
    pub(super) clock: Clock,
    pub(super) principal: Units,
    pub(super) interest: InterestAccount,
    pub(super) bills: Bills,
    pub(super) charges_late_fees: bool,
    pub(super) receipts: Receipts,
    pub(super) closing: Closing,
    pub(super) totals: Totals,
    pub(super) journal: Journal,
    control: &'a Control<'a>,
}

impl<'a> Ledger<'a> {
    pub(super) fn open(
        agreement: &'a LoanAgreement,
        terms: &'a CompiledAgreement,
        charges: &'a Charges,
        policy: &'a Policy,
        control: &'a Control<'a>,
    ) -> Result<Self> {
        let period = terms.periods.first().copied().ok_or_else(too_large)?;
        let principal = Units::from(terms.principal);
        let mut ledger = Self {
            agreement,
            terms,
            charges,
            policy,
            walk: Walk::start(agreement, terms, Shortfall::Raised, control),
            clock: Clock::at_start_of(period),
            principal,
            interest: InterestAccount::open(agreement, period.start),
            bills: Bills::default(),
            charges_late_fees: true,
            receipts: Receipts::default(),
            closing: Closing::default(),
            totals: Totals { drawn: principal, ..Totals::default() },
            journal: Journal::default(),
            control,
        };
        ledger.enter(Event::of(LedgerEntryKind::Advance, agreement.advance_date, principal))?;
        Ok(ledger)
    }

    /// Advances the loan to a date: installments and late fees of that date included, draws of that date excluded.
    pub(super) fn advance_to(&mut self, date: Date) -> Result<()> {
        while self.closing.date.is_none() {
            let due = self.clock.period.end;
            let late = self.next_late_fee()?;
            let draw = self.terms.draws.get(self.clock.next_draw).map(|(date, _)| *date);
            if draw.is_some_and(|draw| draw < date && draw < due && late.is_none_or(|late| draw < late)) {
                self.draw()?;
            // On the same date, an installment falls due before a late fee is charged.
            } else if late.is_some_and(|late| late <= date && late < due) {
                self.charge_late_fee()?;
            } else if due <= date {
                self.fall_due()?;
            } else {
                break;
            }
        }
        Ok(())
    }

    /// Advances the loan to the end of a date.
    pub(super) fn finish(&mut self, date: Date) -> Result<()> {
        self.advance_to(date)?;
        while self.closing.date.is_none()
            && self.terms.draws.get(self.clock.next_draw).is_some_and(|(draw, _)| *draw <= date)
        {
            self.draw()?;
        }
        self.accrue_to(date)?;
        if self.journal.charged > 0 || !self.journal.accruals.is_empty() {
            self.enter(Event::of(LedgerEntryKind::Accrual, date, 0))?;
        }
        Ok(())
    }

    /// Receives a payment.
    pub(super) fn receive(&mut self, receipt: &Receipt) -> Result<()> {
        let date = receipt.date;
        self.advance_to(date)?;
        self.accrue_to(date)?;
        self.receipts.received += receipt.amount;
        let before = self.receipts.unapplied + self.receipts.designated;
        let mut allocation = Allocation::default();
        if self.closing.date.is_some() {
            self.receipts.unapplied += receipt.amount;
        } else if self.covers_all(date, receipt.amount + receipt.more_today)? {
            // Only the last payment of the day closes the loan.
            self.receipts.unapplied += receipt.amount;
            if receipt.more_today == 0 {
                self.apply(date, &mut allocation)?;
            }
        } else {
            let mut rest = receipt.amount;
            if receipt.purpose == PaymentPurpose::Principal {
                rest -= self.receive_principal(date, rest, &mut allocation)?;
            }
            self.receipts.unapplied += rest;
            self.apply(date, &mut allocation)?;
        }
        let change = self.receipts.unapplied + self.receipts.designated - before;
        self.enter(Event {
            payment_id: receipt.id.clone(),
            allocation,
            unapplied: change,
            ..Event::of(LedgerEntryKind::Payment, date, receipt.amount)
        })?;
        self.close_if_repaid(date)
    }

    /// Applies money to principal that is not yet due. If interest accrues by the period, it takes effect on the due
    /// date; if it accrues by the day, the rest pays principal that is due. Returns the amount applied.
    fn receive_principal(&mut self, date: Date, amount: Units, allocation: &mut Allocation) -> Result<Units> {
        let open = self.not_yet_due().min(amount);
        if !self.interest.daily && !self.is_due_date(date) {
            self.receipts.designated += open;
            return Ok(open);
        }
        self.prepay(open, date, allocation)?;
        let mut rest = if self.interest.daily { (amount - open).min(self.principal) } else { 0 };
        let principal = &mut self.principal;
        self.bills.change_open(|bill| {
            let paid = rest.min(bill.unpaid_payment());
            bill.paid.principal += paid;
            rest -= paid;
            allocation.principal += paid;
            *principal -= paid;
            rest > 0
        });
        Ok(open + allocation.principal)
    }

    /// Applies money that was received earlier.
    fn apply_unapplied(&mut self, date: Date) -> Result<()> {
        let before = self.receipts.unapplied + self.receipts.designated;
        let mut allocation = Allocation::default();
        let designated = std::mem::take(&mut self.receipts.designated);
        let open = self.not_yet_due().min(designated);
        self.receipts.unapplied += designated - open;
        if self.covers_all(date, open)? {
            self.receipts.unapplied += open;
        } else {
            self.prepay(open, date, &mut allocation)?;
        }
        self.apply(date, &mut allocation)?;
        if allocation.total() > 0 {
            self.enter(Event {
                allocation,
                unapplied: self.receipts.unapplied - before,
                ..Event::of(LedgerEntryKind::UnappliedFunds, date, 0)
            })?;
        }
        self.close_if_repaid(date)
    }

    /// Whether an installment fell due on a date, so that money beyond it takes effect at once.
    pub(super) fn is_due_date(&self, date: Date) -> bool {
        self.clock.number > 1 && self.clock.period.start == date
    }

    /// The unpaid interest and principal of all installments.
    pub(super) fn payments_due(&self) -> Units {
        self.bills.unpaid().payment
    }

    /// The principal that may be repaid beyond the installments.
    pub(super) fn not_yet_due(&self) -> Units {
        if self.interest.daily {
            return (self.principal + self.interest.owed - self.payments_due()).clamp(0, self.principal);
        }
        (Units::from(self.walk.balance) - self.receipts.designated).max(0)
    }

    /// Whether draws are still to be made, or flat interest to be charged after all principal has fallen due.
    pub(super) fn has_later_debt(&self) -> bool {
        self.has_draws() || self.walk.flat_interest_after_principal() > 0
    }

    pub(super) fn has_draws(&self) -> bool {
        self.clock.next_draw < self.terms.draws.len()
    }

    /// The installment of the current period as it will fall due, with what has been paid in advance; `None` after the
    /// last one.
    pub(super) fn upcoming(&self) -> Result<Option<Bill>> {
        if self.closing.repaid {
            return Ok(None);
        }
        // On a copy, because the installment has not fallen due yet.
        let mut walk = self.walk.clone();
        let Some(posting) = walk.next_posting().at("loan")? else { return Ok(self.rest_of_daily_loan()) };
        let mut charge = self.charges.with_payment(posting.number);
        if walk.is_repaid() && !self.closing.fee_charged {
            charge.fees += self.charges.closing;
        }
        let payment = Units::from(posting.paid);
        Ok(Some(Bill {
            number: posting.number,
            due: posting.period.end,
            payment,
            interest: Units::from(posting.interest).min(payment),
            charge,
            late_fee: 0,
            paid: self.receipts.advance,
            paid_on: None,
        }))
    }

    /// If interest accrues by the day, what late payments left after the last installment is due at the end of the
    /// period.
    fn rest_of_daily_loan(&self) -> Option<Bill> {
        let payment = self.owed_beyond_installments();
        (self.interest.daily && payment > 0).then(|| Bill {
            number: self.clock.number,
            due: self.clock.period.end,
            payment,
            interest: self.interest.posted.min(payment),
            charge: Default::default(),
            late_fee: 0,
            paid: self.receipts.advance,
            paid_on: None,
        })
    }

    /// The installment of the current period as it falls due if nothing more is paid until then; `None` if none does.
    pub(super) fn next_installment(&self) -> Result<Option<Bill>> {
        // On a copy, because it has not fallen due yet.
        let mut later = self.clone();
        let due = self.clock.period.end;
        while later.terms.draws.get(later.clock.next_draw).is_some_and(|(date, _)| *date < due) {
            later.draw()?;
        }
        later.installment()
    }

    /// The installment of the current period on its due date; `None` if none falls due.
    fn installment(&mut self) -> Result<Option<Bill>> {
        let due = self.clock.period.end;
        self.accrue_to(due)?;
        let posting = if self.closing.repaid { None } else { self.walk.next_posting().at("loan")? };
        let last = posting.is_some() && self.walk.is_repaid();
        let (payment, interest) = match (&posting, self.interest.daily) {
            (Some(posting), false) => self.periodic_installment(posting)?,
            (Some(posting), true) => self.daily_installment(posting, last),
            (None, false) => {
                let interest = self.interest_without_installment()?;
                (interest, interest)
            }
            (None, true) => {
                let owed = self.owed_beyond_installments();
                (owed, self.interest.posted.min(owed))
            }
        };
        let mut charge = match &posting {
            Some(posting) => self.charges.with_payment(posting.number),
            None => Default::default(),
        };
        if last && !self.closing.fee_charged {
            self.closing.fee_charged = true;
            charge.fees += self.charges.closing;
        }
        let number = self.clock.number;
        let paid = std::mem::take(&mut self.receipts.advance);
        let bill = Bill { number, due, payment, interest, charge, late_fee: 0, paid, paid_on: None };
        Ok((posting.is_some() || payment > 0).then_some(bill))
    }

    /// Makes the installment of the current period fall due.
    fn fall_due(&mut self) -> Result<()> {
        let (number, due) = (self.clock.number, self.clock.period.end);
        let capitalized_before = self.totals.capitalized;
        let bill = self.installment()?;
        let amount = bill.as_ref().map_or(0, Bill::amount);
        if let Some(bill) = bill {
            self.bills.push(Bill { paid_on: (bill.unpaid() == 0).then_some(due), ..bill });
        }
        let extra = std::mem::take(&mut self.receipts.extra);
        self.walk_prepay(extra)?;
        // The current debt was due before the next period starts.
        self.interest.due = self.interest.owed;
        self.enter(Event {
            number: Some(number),
            capitalized: self.totals.capitalized - capitalized_before,
            ..Event::of(LedgerEntryKind::InstallmentDue, due, amount)
        })?;
        self.start_period(due)?;
        self.apply_unapplied(due)
    }

    /// If interest accrues by the period: the interest of a period in which no installment of the agreement falls due.
    fn interest_without_installment(&mut self) -> Result<Units> {
        // A promotion may have been repaid by the agreement, but not in fact.
        let deferred = self.walk.take_deferred(self.clock.period.end);
        let deferred = if self.principal > 0 { deferred } else { 0 };
        // Extra payments end the installments early, but not the term.
        if !self.is_within_term() || self.policy.overdue_bears_interest {
            return self.overdue_interest(deferred);
        }
        let interest = self.accrual().interest(deferred, self.agreement.interest_rounding)?.into();
        self.charge(interest);
        Ok(interest)
    }

    /// Whether an installment of the agreement could fall due at the end of the current period.
    fn is_within_term(&self) -> bool {
        let additional = self.agreement.final_payment == FinalPayment::Additional;
        self.clock.number <= self.terms.payments + usize::from(additional)
    }

    /// The installment if interest accrues by the period: interest, rounded once, on the balance as if everything were
    /// paid when due and, if it bears interest, on overdue principal.
    fn periodic_installment(&mut self, posting: &Posting) -> Result<(Units, Units)> {
        self.record_segments(posting)?;
        let overdue = if self.policy.overdue_bears_interest && self.terms.flat.is_some() {
            self.charge(posting.interest.into());
            self.overdue_interest(0)?
        } else if self.policy.overdue_bears_interest {
            self.overdue_interest(posting.parts)? - Units::from(posting.interest)
        } else {
            self.charge(posting.interest.into());
            0
        };
        let (paid, interest) = (Units::from(posting.paid), Units::from(posting.interest));
        let capitalized = (interest - paid).max(0);
        self.capitalize(capitalized);
        Ok((paid + overdue, interest - capitalized + overdue))
    }

    /// Charges the interest of the current period: `parts`, and that of the principal past due.
    fn overdue_interest(&mut self, parts: u128) -> Result<Units> {
        let overdue = i64::try_from(self.bills.unpaid().principal).map_err(|_| too_large())?;
        let accrual = self.accrual();
        let period_parts = self.clock.period.parts(accrual);
        let all = parts.checked_add(cost(overdue, period_parts)?).ok_or_else(too_large)?;
        let interest = Units::from(accrual.interest(all, self.agreement.interest_rounding)?);
        if overdue > 0 {
            self.record(
                self.clock.period.start,
                self.clock.period.end,
                self.clock.period.start,
                overdue,
                period_parts,
            )?;
        }
        self.charge(interest);
        Ok(interest)
    }

    /// The installment if interest accrues by the day: the payment under the agreement, at most what is owed; the last
    /// one is everything owed.
    fn daily_installment(&mut self, posting: &Posting, last: bool) -> (Units, Units) {
        let interest = self.interest.posted;
        let (scheduled, scheduled_interest) = (Units::from(posting.paid), Units::from(posting.interest));
        let fixed = posting.reason != PaymentReason::InterestOnly
            && !matches!(self.agreement.repayment, Repayment::StraightLine | Repayment::InterestOnly);
        let capitalizes = scheduled < scheduled_interest;
        // Without a fixed amount, the principal is agreed, and the interest is what actually accrued. A payment that leaves
        // interest unpaid repays no principal: the payment itself is agreed.
        let amount = if fixed || capitalizes { scheduled } else { scheduled - scheduled_interest + interest };
        let mut capitalized = 0;
        if capitalizes {
            capitalized = (interest - amount).clamp(0, self.interest.owed);
            self.capitalize(capitalized);
        }
        let owed = self.owed_beyond_installments();
        let payment = if last { owed } else { amount.min(owed) };
        (payment, (interest - capitalized).min(payment))
    }

    /// The debt beyond the installments that have fallen due; money paid in advance is added back.
    fn owed_beyond_installments(&self) -> Units {
        let advance = self.receipts.advance.interest + self.receipts.advance.principal;
        (self.principal + self.interest.owed - self.payments_due() + advance).max(0)
    }

    /// Adds interest to the principal.
    fn capitalize(&mut self, interest: Units) {
        self.totals.capitalized += interest;
        self.principal += interest;
        self.interest.owed -= interest;
    }

    fn start_period(&mut self, start: Date) -> Result<()> {
        self.interest.of_periods += if self.interest.daily { self.interest.posted } else { 0 };
        self.clock.number += 1;
        self.clock.period = self.period_of(self.clock.number, start)?;
        (self.clock.accrued_to, self.clock.segment_start) = (start, start);
        (self.interest.parts, self.interest.posted) = (0, 0);
        Ok(())
    }

    /// How interest accrues in the current period.
    pub(super) fn accrual(&self) -> &'a Accrual {
        self.terms.accrual_of(self.clock.number, &self.clock.period)
    }

    fn period_of(&self, number: usize, start: Date) -> Result<Period> {
        if number <= self.terms.payments
            && let Some(period) = self.terms.periods.get(number - 1)
        {
            return Ok(*period);
        }
        if number > self.terms.payments + MAX_PERIODS_AFTER_TERM {
            let message = format!(
                "a loan is tracked for at most {MAX_PERIODS_AFTER_TERM} periods after its last payment"
            );
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("asOf"));
        }
        period_beyond_term(self.agreement, number, start).at("asOf")
    }

    /// Subtracts what was paid beyond installments from the balance that later installments are computed from.
    pub(super) fn walk_prepay(&mut self, extra: Units) -> Result<()> {
        let extra = extra.min(self.walk.balance.into());
        self.walk.prepay(i64::try_from(extra).map_err(|_| too_large())?);
        Ok(())
    }

    fn draw(&mut self) -> Result<()> {
        let Some((date, amount)) = self.terms.draws.get(self.clock.next_draw).copied() else { return Ok(()) };
        self.accrue_to(date)?;
        self.clock.next_draw += 1;
        self.principal += Units::from(amount);
        self.totals.drawn += Units::from(amount);
        self.clock.segment_start = self.clock.segment_start.max(date);
        self.enter(Event::of(LedgerEntryKind::Draw, date, amount.into()))
    }

    /// The date on which the oldest unchecked installment incurs a late fee if it is unpaid.
    fn next_late_fee(&self) -> Result<Option<Date>> {
        match (self.policy.late_fee, self.bills.get(self.clock.late_checked)) {
            (Some(fee), Some(bill)) if self.charges_late_fees => {
                bill.due.add_days(fee.grace_days + 1).map(Some)
            }
            _ => Ok(None),
        }
    }

    #[expect(clippy::unreachable, reason = "the date of a late fee follows from its policy and its bill")]
    fn charge_late_fee(&mut self) -> Result<()> {
        let Some(date) = self.next_late_fee()? else { return Ok(()) };
        let paid_before = self.receipts.paid.late_fees;
        let checked = self.clock.late_checked;
        let (fee, bill) = (self.policy.late_fee, self.bills.get(checked));
        self.clock.late_checked += 1;
        let (Some(fee), Some(bill)) = (fee, bill) else { unreachable!("a late fee has a policy and a bill") };
        let (overdue, number) = (bill.unpaid_payment(), bill.number);
        // Short only because earlier late fees were paid out of it (12 CFR 1026.36(c)(2)).
        if overdue == 0 || overdue <= paid_before {
            return Ok(());
        }
        let amount = fee.on(overdue)?;
        self.bills.change(checked, |bill| bill.late_fee += amount);
        self.totals.late_fees += amount;
        self.accrue_to(date)?;
        self.enter(Event { number: Some(number), ..Event::of(LedgerEntryKind::LateFee, date, amount) })
    }

    /// Closes the loan if nothing more is owed; the fees of the last payment fall due with it.
    fn close_if_repaid(&mut self, date: Date) -> Result<()> {
        if self.closing.date.is_some()
            || self.principal > 0
            || self.interest.owed > 0
            || self.has_later_debt()
        {
            return Ok(());
        }
        self.closing.repaid = true;
        if !self.closing.fee_charged {
            self.closing.fee_charged = true;
            self.closing.fee = self.charges.closing;
            if self.closing.fee > 0 {
                self.enter(Event::of(LedgerEntryKind::ClosingFee, date, self.closing.fee))?;
                if self.receipts.unapplied > 0 {
                    // Money that was received earlier can pay the fee.
                    return self.apply_unapplied(date);
                }
            }
        }
        if self.closing.fee == 0 && self.bills.unpaid().total() == 0 {
            self.closing.date = Some(date);
            self.interest.paid_to = date;
        }
        Ok(())
    }

    pub(super) fn enter(&mut self, event: Event) -> Result<()> {
        self.control.check()?;
        let places = self.terms.places;
        let amount = |units: Units| Decimal::from_i128(units, places);
        self.receipts.paid.add(&event.allocation);
        let unpaid = self.bills.unpaid();
        let fees = unpaid.fees + unpaid.late_fees + self.closing.fee;
        let balances = LedgerBalances {
            principal: amount(self.principal)?,
            interest: amount(self.interest.owed)?,
            fees: amount(fees)?,
            escrow: amount(unpaid.insurance + unpaid.escrow)?,
            unapplied: amount(self.receipts.unapplied + self.receipts.designated)?,
        };
        self.journal.entries.push(LedgerEntry {
            date: event.date,
            kind: event.kind,
            number: event.number.map(|number| number as u32),
            payment_id: event.payment_id,
            amount: amount(event.amount)?,
            interest_charged: amount(std::mem::take(&mut self.journal.charged))?,
            interest_capitalized: amount(event.capitalized)?,
            accruals: std::mem::take(&mut self.journal.accruals),
            allocation: event.allocation.output(event.unapplied, places)?,
            balances,
        });
        Ok(())
    }
}

/// An event of a loan.
pub(super) struct Event {
    date: Date,
    kind: LedgerEntryKind,
    number: Option<usize>,
    payment_id: Option<String>,
    amount: Units,
    capitalized: Units,
    allocation: Allocation,
    unapplied: Units,
}

impl Event {
    pub(super) fn of(kind: LedgerEntryKind, date: Date, amount: Units) -> Self {
        Self {
            date,
            kind,
            number: None,
            payment_id: None,
            amount,
            capitalized: 0,
            allocation: Allocation::default(),
            unapplied: 0,
        }
    }
}
