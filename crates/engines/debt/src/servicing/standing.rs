//! The state of a loan on a date.

use super::{
    bill::{Bill, Units},
    ledger::Ledger,
    output::{LoanStanding, PastDueAmount, SchedulePosition, ScheduleVariance},
};
use wherewithal_base::{
    Result,
    dates::Date,
    num::{Decimal, Rounding},
};

impl Ledger<'_> {
    /// The state on the date that the ledger has been advanced to.
    pub(super) fn standing(&self, as_of: Date) -> Result<LoanStanding> {
        let amount = |units: Units| Decimal::from_i128(units, self.terms.places);
        let unpaid = self.bills.unpaid();
        let overdue: Vec<&Bill> =
            self.bills.iter().filter(|bill| bill.due < as_of && bill.unpaid() > 0).collect();
        let escrow = self.escrow_on(as_of);
        let next = self.next_due(as_of)?;
        let paid_to = self.bills.iter().take_while(|bill| bill.unpaid() == 0).last().map(|bill| bill.due);
        let interest_paid_to = if self.interest.daily || self.closing.date.is_some() {
            self.interest.paid_to
        } else {
            let paid = self.bills.iter().take_while(|bill| bill.unpaid_interest() == 0);
            paid.last().map_or(self.interest.paid_to, |bill| bill.due)
        };
        Ok(LoanStanding {
            as_of,
            principal: amount(self.principal)?,
            unpaid_interest: amount(self.interest.owed)?,
            accrued_interest: amount(self.accrued(as_of)?)?,
            unpaid_fees: amount(unpaid.fees + unpaid.late_fees + self.closing.fee)?,
            unpaid_mortgage_insurance: amount(unpaid.insurance)?,
            unpaid_escrow: amount(unpaid.escrow)?,
            escrow_balance: amount(escrow.max(0))?,
            escrow_advance: amount((-escrow).max(0))?,
            unapplied: amount(self.receipts.unapplied + self.receipts.designated)?,
            past_due: self.past_due(&overdue)?,
            days_past_due: overdue.first().map_or(0, |bill| bill.due.days_until(as_of)),
            installments_past_due: overdue.len() as u32,
            next_due_date: next.as_ref().map(|bill| bill.due),
            next_due_amount: next.as_ref().map(|bill| amount(bill.unpaid())).transpose()?,
            paid_to,
            interest_paid_to,
            closed_on: self.closing.date,
            total_received: amount(self.receipts.received)?,
            total_principal_paid: amount(self.receipts.paid.principal + self.receipts.paid.extra)?,
            total_interest_paid: amount(self.receipts.paid.interest)?,
            total_interest_capitalized: amount(self.totals.capitalized)?,
            total_late_fees: amount(self.totals.late_fees)?,
        })
    }

    fn past_due(&self, overdue: &[&Bill]) -> Result<PastDueAmount> {
        let amount = |units: Units| Decimal::from_i128(units, self.terms.places);
        let sum = |part: fn(&Bill) -> Units| overdue.iter().map(|bill| part(bill)).sum::<Units>();
        let payments = sum(Bill::unpaid_payment);
        // If interest accrues by the day, interest is paid before principal, regardless of the installment.
        let interest =
            if self.interest.daily { self.interest.owed.min(payments) } else { sum(Bill::unpaid_interest) };
        Ok(PastDueAmount {
            interest: amount(interest)?,
            principal: amount(payments - interest)?,
            fees: amount(sum(Bill::unpaid_fees))?,
            late_fees: amount(sum(Bill::unpaid_late_fee))?,
            mortgage_insurance: amount(sum(Bill::unpaid_insurance))?,
            escrow: amount(sum(Bill::unpaid_escrow))?,
            total: amount(sum(Bill::unpaid))?,
        })
    }

    /// The first installment on or after a date that is not paid in full.
    fn next_due(&self, as_of: Date) -> Result<Option<Bill>> {
        if self.closing.date.is_some() {
            return Ok(None);
        }
        let due = self.bills.iter().find(|bill| bill.due >= as_of && bill.unpaid() > 0);
        match due {
            Some(bill) => Ok(Some(bill.clone())),
            None => self.next_installment(),
        }
    }

    /// The balance of the escrow account after deposits and bills.
    pub(super) fn escrow_on(&self, date: Date) -> Units {
        let last = self.closing.date.map_or(date, |closed| closed.min(date));
        let bills = self.charges.escrow_bills.iter().filter(|(due, _)| *due <= last);
        self.charges.initial_escrow + self.receipts.paid.escrow
            - bills.map(|(_, amount)| *amount).sum::<Units>()
    }

    /// How the loan differs from its schedule on a date.
    pub(super) fn variance(&self, as_of: Date) -> Result<ScheduleVariance> {
        let places = self.terms.places;
        let amount = |units: Units| Decimal::from_i128(units, places);
        let units = |amount: Decimal| amount.round(places, Rounding::Down).mantissa();
        let rows = self.charges.contract.schedule.iter().filter(|row| row.date <= as_of);
        let (mut repaid, mut interest): (Units, Units) = (0, 0);
        for row in rows {
            repaid += units(row.principal);
            interest += units(row.interest);
        }
        let draws = self.terms.draws.iter().filter(|(date, _)| *date <= as_of);
        let drawn: Units = draws.map(|(_, amount)| Units::from(*amount)).sum();
        let scheduled = Units::from(self.terms.principal) + drawn - repaid;
        let behind = self.bills.iter().any(|bill| bill.due < as_of && bill.unpaid() > 0);
        let position = match (behind, self.principal < scheduled) {
            (true, _) => SchedulePosition::Behind,
            (false, true) => SchedulePosition::Ahead,
            (false, false) => SchedulePosition::OnSchedule,
        };
        Ok(ScheduleVariance {
            position,
            scheduled_principal: amount(scheduled)?,
            principal: amount(self.principal - scheduled)?,
            scheduled_interest: amount(interest)?,
            interest: amount(self.interest.of_periods - interest)?,
        })
    }
}
