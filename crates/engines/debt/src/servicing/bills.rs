//! The installments that have fallen due, with what is unpaid of all of them.

use super::bill::{Bill, Units};

/// The installments, the oldest first.
///
/// What is unpaid is added up as installments change, and work on open installments starts at the first that is not
/// settled, so that an event of the ledger costs no more for a loan with many installments than for one with few.
#[derive(Debug, Clone, Default)]
pub(super) struct Bills {
    all: Vec<Bill>,
    /// The number of the oldest installments that are settled: nothing can change in them.
    settled: usize,
    unpaid: Unpaid,
}

/// The unpaid parts of all installments.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Unpaid {
    /// Interest and principal.
    pub(super) payment: Units,
    pub(super) principal: Units,
    pub(super) fees: Units,
    pub(super) late_fees: Units,
    pub(super) insurance: Units,
    pub(super) escrow: Units,
}

impl Unpaid {
    fn of(bill: &Bill) -> Self {
        Self {
            payment: bill.unpaid_payment(),
            principal: bill.unpaid_principal(),
            fees: bill.unpaid_fees(),
            late_fees: bill.unpaid_late_fee(),
            insurance: bill.unpaid_insurance(),
            escrow: bill.unpaid_escrow(),
        }
    }

    /// Without late fees.
    pub(super) fn installments(&self) -> Units {
        self.payment + self.fees + self.insurance + self.escrow
    }

    pub(super) fn total(&self) -> Units {
        self.installments() + self.late_fees
    }

    fn add(&mut self, part: &Self) {
        self.payment += part.payment;
        self.principal += part.principal;
        self.fees += part.fees;
        self.late_fees += part.late_fees;
        self.insurance += part.insurance;
        self.escrow += part.escrow;
    }

    fn subtract(&mut self, part: &Self) {
        self.payment -= part.payment;
        self.principal -= part.principal;
        self.fees -= part.fees;
        self.late_fees -= part.late_fees;
        self.insurance -= part.insurance;
        self.escrow -= part.escrow;
    }
}

impl Bills {
    pub(super) fn unpaid(&self) -> &Unpaid {
        &self.unpaid
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Bill> {
        self.all.iter()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Bill> {
        self.all.get(index)
    }

    pub(super) fn push(&mut self, bill: Bill) {
        self.unpaid.add(&Unpaid::of(&bill));
        self.all.push(bill);
    }

    /// Changes one installment.
    pub(super) fn change<T>(&mut self, index: usize, change: impl FnOnce(&mut Bill) -> T) -> Option<T> {
        let bill = self.all.get_mut(index)?;
        self.unpaid.subtract(&Unpaid::of(bill));
        let result = change(bill);
        self.unpaid.add(&Unpaid::of(bill));
        Some(result)
    }

    /// Changes the installments that are not settled, the oldest first, as long as `change` returns true.
    pub(super) fn change_open(&mut self, mut change: impl FnMut(&mut Bill) -> bool) {
        // A bill counts as settled from the date on which it is noted as paid.
        while self.all.get(self.settled).is_some_and(|bill| bill.paid_on.is_some()) {
            self.settled += 1;
        }
        for index in self.settled..self.all.len() {
            if self.change(index, &mut change) != Some(true) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use wherewithal_base::dates::date;

    use super::*;

    fn bill(number: usize) -> Bill {
        Bill {
            number,
            due: date(2026, 1, 1).unwrap(),
            payment: 100,
            interest: 40,
            charge: Default::default(),
            late_fee: 5,
            paid: Default::default(),
            paid_on: None,
        }
    }

    #[test]
    fn the_sums_are_those_of_the_installments_and_settled_ones_are_not_visited() {
        let mut bills = Bills::default();
        (1..=3).for_each(|number| bills.push(bill(number)));
        bills.change(0, |bill| {
            bill.paid.interest = 40;
            bill.paid.principal = 60;
            bill.paid.late_fee = 5;
            bill.paid_on = Some(bill.due);
        });
        let mut visited = Vec::new();
        bills.change_open(|bill| {
            visited.push(bill.number);
            bill.paid.interest += 10;
            bill.number < 2
        });
        assert_eq!(visited, [2]);
        let mut summed = Unpaid::default();
        bills.iter().for_each(|bill| summed.add(&Unpaid::of(bill)));
        assert_eq!(*bills.unpaid(), summed);
        assert_eq!((summed.payment, summed.principal, summed.late_fees), (190, 120, 10));
        assert_eq!(summed.total(), 200);
    }
}
