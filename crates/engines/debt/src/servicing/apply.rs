//! Application of payments.

use super::{
    bill::{Allocation, Bill, Units},
    input::PaymentPart,
    ledger::Ledger,
};
use wherewithal_base::{Result, dates::Date};

impl Ledger<'_> {
    /// Whether the money at hand plus `more` pays everything owed on a date.
    pub(super) fn covers_all(&self, date: Date, more: Units) -> Result<bool> {
        if self.closing.date.is_some() || self.has_draws() {
            return Ok(false);
        }
        Ok(self.receipts.unapplied + self.receipts.designated + more >= self.owed(date)?.total())
    }

    /// Applies the money at hand: first to installments that are due, the oldest first; then to the one of the current
    /// period; then to principal. If it covers everything owed, the loan is closed.
    pub(super) fn apply(&mut self, date: Date, allocation: &mut Allocation) -> Result<()> {
        if self.closing.date.is_some() {
            return Ok(());
        }
        if self.covers_all(date, 0)? {
            return self.pay_all(date, allocation);
        }
        let mut bills = std::mem::take(&mut self.bills);
        bills.change_open(|bill| {
            if bill.unpaid() == 0 {
                return true;
            }
            if self.policy.holds && self.receipts.unapplied < bill.unpaid_installment() {
                return false;
            }
            self.pay(bill, !self.policy.holds, date, allocation);
            self.receipts.unapplied > 0
        });
        // Late fees come after all installments, so that they cannot make one fall short (12 CFR 1026.36(c)).
        let settled = bills.unpaid().installments() == 0;
        if settled {
            bills.change_open(|bill| {
                self.pay_late_fee(bill, allocation);
                note_paid(bill, date);
                true
            });
            let fee = self.closing.fee.min(self.receipts.unapplied);
            self.closing.fee -= fee;
            self.receipts.unapplied -= fee;
            allocation.fees += fee;
        }
        self.bills = bills;
        if settled && self.receipts.unapplied > 0 {
            self.apply_beyond(date, allocation)?;
        }
        Ok(())
    }

    /// Applies what is left after the installments that are due.
    fn apply_beyond(&mut self, date: Date, allocation: &mut Allocation) -> Result<()> {
        // Money for the fees, insurance and escrow of the next installment is kept until its due date.
        let mut reserved = 0;
        if !self.is_due_date(date) {
            // If interest accrues by the period, all of it is kept and applied on the due date.
            if !self.interest.daily {
                return Ok(());
            }
            if let Some(upcoming) = self.upcoming()? {
                if self.policy.holds && self.receipts.unapplied < upcoming.unpaid_installment() {
                    return Ok(());
                }
                self.pay_in_advance(&upcoming, date, allocation);
                reserved = upcoming.unpaid_charges().min(self.receipts.unapplied);
            }
        }
        if self.interest.daily {
            let interest = self.interest.owed.min(self.receipts.unapplied - reserved);
            self.take_interest(interest, date, allocation);
        }
        let extra = self.not_yet_due().min(self.receipts.unapplied - reserved);
        self.receipts.unapplied -= extra;
        self.prepay(extra, date, allocation)
    }

    /// If interest accrues by the day, pays interest and principal of the current installment before it is due.
    fn pay_in_advance(&mut self, upcoming: &Bill, date: Date, allocation: &mut Allocation) {
        let interest = self.interest.owed.min(upcoming.unpaid_payment()).min(self.receipts.unapplied);
        self.take_interest(interest, date, allocation);
        self.receipts.advance.interest += interest;
        let principal = self.take((upcoming.unpaid_payment() - interest).min(self.principal));
        self.principal -= principal;
        self.receipts.advance.principal += principal;
        allocation.principal += principal;
    }

    /// Repays principal that is not due.
    pub(super) fn prepay(&mut self, extra: Units, date: Date, allocation: &mut Allocation) -> Result<()> {
        self.principal -= extra;
        allocation.extra += extra;
        if self.is_due_date(date) {
            return self.walk_prepay(extra);
        }
        self.receipts.extra += extra;
        Ok(())
    }

    /// Pays the parts of an installment in the order of the policy, as far as the money reaches.
    fn pay(&mut self, bill: &mut Bill, late_fee: bool, date: Date, allocation: &mut Allocation) {
        // If interest accrues by the day, the split into interest and principal is known only when the installment is
        // paid.
        let interest = if self.interest.daily {
            self.interest.owed.min(bill.unpaid_payment())
        } else {
            bill.unpaid_interest()
        };
        let principal = (bill.unpaid_payment() - interest).min(self.principal);
        let policy = self.policy;
        for part in &policy.order {
            match part {
                PaymentPart::Fees => {
                    let fees = self.take(bill.unpaid_fees());
                    bill.paid.fees += fees;
                    allocation.fees += fees;
                    if late_fee {
                        self.pay_late_fee(bill, allocation);
                    }
                }
                PaymentPart::Interest => {
                    let interest = interest.min(self.receipts.unapplied);
                    self.take_interest(interest, date, allocation);
                    bill.paid.interest += interest;
                }
                PaymentPart::Principal => {
                    let principal = self.take(principal);
                    self.principal -= principal;
                    bill.paid.principal += principal;
                    allocation.principal += principal;
                }
                PaymentPart::Escrow => {
                    let insurance = self.take(bill.unpaid_insurance());
                    bill.paid.insurance += insurance;
                    allocation.insurance += insurance;
                    let escrow = self.take(bill.unpaid_escrow());
                    bill.paid.escrow += escrow;
                    allocation.escrow += escrow;
                }
            }
        }
        note_paid(bill, date);
    }

    fn pay_late_fee(&mut self, bill: &mut Bill, allocation: &mut Allocation) {
        let fee = self.take(bill.unpaid_late_fee());
        bill.paid.late_fee += fee;
        allocation.late_fees += fee;
    }

    /// Takes as much of an amount as is available.
    fn take(&mut self, amount: Units) -> Units {
        let taken = amount.clamp(0, self.receipts.unapplied.max(0));
        self.receipts.unapplied -= taken;
        taken
    }

    fn take_interest(&mut self, interest: Units, date: Date, allocation: &mut Allocation) {
        self.receipts.unapplied -= interest;
        self.interest.owed -= interest;
        self.interest.due = (self.interest.due - interest).max(0);
        allocation.interest += interest;
        if self.interest.daily && self.interest.owed == 0 {
            self.interest.paid_to = date.max(self.interest.paid_to);
        }
    }

    /// Pays everything owed.
    fn pay_all(&mut self, date: Date, allocation: &mut Allocation) -> Result<()> {
        self.receipts.unapplied += std::mem::take(&mut self.receipts.designated);
        let accrued = self.accrued(date)?;
        if accrued > 0 {
            let accrual = self.accruing()?;
            for (start, balance, parts) in self.standing_balances(date)? {
                self.record_as(start, date, start, balance, parts, accrual)?;
            }
            self.charge(accrued);
            self.walk.settle_flat_interest();
        }
        let mut bills = std::mem::take(&mut self.bills);
        bills.change_open(|bill| {
            self.pay(bill, true, date, allocation);
            true
        });
        self.bills = bills;
        if !self.closing.fee_charged {
            self.closing.fee_charged = true;
            self.closing.fee += self.charges.closing;
        }
        let fee = self.take(self.closing.fee);
        self.closing.fee -= fee;
        allocation.fees += fee;
        self.take_interest(self.interest.owed, date, allocation);
        let principal = self.take(self.principal);
        self.principal -= principal;
        allocation.extra += principal;
        Ok(())
    }
}

fn note_paid(bill: &mut Bill, date: Date) {
    if bill.paid_on.is_none() && bill.unpaid() == 0 {
        // An installment that is paid in advance counts as paid when it falls due.
        bill.paid_on = Some(date.max(bill.due));
    }
}
