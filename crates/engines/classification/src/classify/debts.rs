//! Payments of debts, divided into interest and principal by what the account of the debt was charged.

use wherewithal_base::{
    Result,
    control::{Control, Work},
    num::Decimal,
};

use super::{Classifier, own};
use crate::{FlowClass, FlowReason, FlowReasonKind as Kind, accounts::Use, parts::Part};

impl Classifier<'_> {
    /// Divides the payments of debts whose accounts were charged with interest: of a day, charges come first, and a payment
    /// covers what was charged until then and no payment has covered, before it lowers the debt.
    pub(super) fn divide_payments(&mut self, control: &Control) -> Result<()> {
        let mut work = Work::under(control);
        let mut events = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            work.done(1)?;
            let class = part.class();
            let is_payment = class == FlowClass::PrincipalPaid && part.amount > Decimal::ZERO;
            if (is_payment || class == FlowClass::InterestPaid) && part.r#use(&self.accounts) == Use::Loan {
                let transaction = self.transaction(part);
                let order =
                    (part.account, transaction.date, is_payment, transaction.id.as_str(), part.number);
                events.push((order, place));
            }
        }
        events.sort_unstable();
        let mut owed = (usize::MAX, Decimal::ZERO);
        for ((account, _, is_payment, ..), place) in events {
            work.done(4)?;
            if owed.0 != account {
                owed = (account, Decimal::ZERO);
            }
            let part = self.part(place);
            if !is_payment {
                owed.1 = owed.1.minus(part.amount)?.max(Decimal::ZERO);
                continue;
            }
            let covered = owed.1.min(part.amount);
            owed.1 = owed.1.minus(covered)?;
            self.divide(place, covered)?;
        }
        Ok(())
    }

    /// Takes interest out of both ends of a payment.
    fn divide(&mut self, arrival: usize, interest: Decimal) -> Result<()> {
        let part = self.part(arrival);
        let Some(departure) = part.counterpart else { return Ok(()) };
        if self.part(departure).currency != part.currency || interest.is_zero() {
            return Ok(());
        }
        let taken = (self.parts.len(), self.parts.len() + 1);
        let whole = part.amount == interest;
        let ends = [(departure, interest.negated(), taken.1), (arrival, interest, taken.0)];
        for (place, interest, other) in ends {
            let detail = "the account of the debt was charged with it";
            let decided = Some((FlowClass::InterestPaid, FlowReason::new(Kind::Pairing, detail)));
            let part = self.part_mut(place);
            if whole {
                part.decided = decided;
                continue;
            }
            part.amount = part.amount.minus(interest)?;
            let taken =
                Part { amount: interest, taken_out: true, decided, counterpart: Some(other), ..part.clone() };
            let number = self.next_number(taken.place);
            self.parts.push(Part { number, ..taken });
            let choice = self.choice(place).clone();
            self.choices.push(choice);
        }
        Ok(())
    }

    /// The number of a part that is added to a transaction.
    fn next_number(&mut self, place: usize) -> u32 {
        let own = u32::try_from(own(&self.starts, place).len()).unwrap_or(u32::MAX);
        let added = self.added.entry(place).or_default();
        *added += 1;
        own.saturating_add(*added - 1)
    }
}
