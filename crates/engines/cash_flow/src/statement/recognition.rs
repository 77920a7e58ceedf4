//! On which day a flow counts.
//!
//! On the accrual basis that is the day which the source has written. On the cash basis it is the day on which cash moves. A
//! purchase by card waits until the card is paid: payments, refunds and whatever else comes in pay the oldest charges
//! first, so on every day the charges that count are what the card received. The interest that a loan charges waits in the
//! same way for the parts of payments that cover it.

use std::collections::{BTreeMap, VecDeque};

use super::{
    input::{CashFlowBasis, CashFlowStatementInput, MAX_CARDS},
    output::{CashFlowEntry, CashFlowLine, UnpaidCharges},
};
use crate::{
    amounts::Amounts,
    flows::{Flows, is_earned_or_spent},
};
use wherewithal_base::{
    Error, ErrorCode, Result, check, control::Work, dates::Date, error::At as _, money::Currency,
    num::Decimal, order,
};
use wherewithal_classification::{ClassifiedFlow, FlowClass};

/// An amount that counts on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recognized<'f> {
    pub(super) date: Date,
    pub(super) amount: Decimal,
    pub(super) currency: Currency,
    pub(super) line: CashFlowLine,
    pub(super) account: &'f str,
    /// Whether the account is a card or a loan.
    pub(super) in_debt: bool,
    /// The flow; of what was owed before the ledger there is none.
    pub(super) flow: Option<&'f ClassifiedFlow>,
}

impl<'f> Recognized<'f> {
    fn of(flow: &'f ClassifiedFlow, flows: &Flows<'_>, date: Date, amount: Decimal) -> Self {
        Self {
            date,
            amount,
            currency: flow.currency,
            line: CashFlowLine::of(flow.class),
            account: &flow.account,
            in_debt: flows.is_debt(&flow.account),
            flow: Some(flow),
        }
    }

    /// Its place in the order of entries.
    fn place(&self) -> (Date, &'f str, Option<(&'f str, u32)>) {
        (self.date, self.account, self.flow.map(|flow| (flow.transaction.as_str(), flow.part)))
    }

    pub(super) fn category(&self) -> Option<&'f str> {
        self.flow.and_then(|flow| flow.category.as_deref())
    }

    pub(super) fn is_refund(&self) -> bool {
        self.flow.is_some_and(|flow| flow.class == FlowClass::Refund)
    }

    pub(super) fn entry(&self, period: usize, converted: Option<Decimal>) -> CashFlowEntry {
        CashFlowEntry {
            period: period as u32,
            date: self.date,
            line: self.line,
            category: self.category().map(str::to_owned),
            amount: self.amount,
            currency: self.currency,
            report_amount: converted,
            account: self.account.to_owned(),
            transaction: self.flow.map(|flow| flow.transaction.clone()),
            part: self.flow.map(|flow| flow.part),
        }
    }
}

/// What counts on which day, by day, account, transaction and part, and what cards and loans charged and is not paid yet.
pub(super) fn recognize<'f>(
    input: &'f CashFlowStatementInput,
    flows: &'f Flows<'f>,
    work: &mut Work<'_, '_>,
) -> Result<(Vec<Recognized<'f>>, Vec<UnpaidCharges>)> {
    check::length(input.owed_before.len(), 0..=MAX_CARDS).at("owedBefore")?;
    let mut recognized = Vec::with_capacity(flows.all.len());
    let mut debts: BTreeMap<(&str, Currency), Charges<'_>> = BTreeMap::new();
    if input.basis == CashFlowBasis::Accrual {
        if !input.owed_before.is_empty() {
            let message = "what was owed before has a meaning only on the basis of `cash`";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("owedBefore"));
        }
        recognized.extend(flows.all.iter().map(|flow| Recognized::of(flow, flows, flow.date, flow.amount)));
    } else {
        owed_before(input, flows, &mut debts).at("owedBefore")?;
        let mut of_debts = Vec::new();
        for flow in &flows.all {
            let is_interest = flow.class == FlowClass::InterestPaid && flows.is_debt(&flow.account);
            if is_interest || flows.is_card(&flow.account) {
                of_debts.push(flow);
            } else {
                recognized.push(Recognized::of(flow, flows, flows.settled(flow), flow.amount));
            }
        }
        // Within a day, what is charged comes before what pays for it.
        order::sort_by(&mut of_debts, |a, b| {
            let key = |flow: &&'f ClassifiedFlow| (flows.settled(flow), !flow.amount.is_negative());
            key(a).cmp(&key(b)).then_with(|| (&a.transaction, a.part).cmp(&(&b.transaction, b.part)))
        });
        for flow in of_debts {
            work.done(1)?;
            let charges = debts.entry((flow.account.as_str(), flow.currency)).or_default();
            charges.take(flow, flows, &mut recognized)?;
        }
    }
    order::sort_by(&mut recognized, |a, b| a.place().cmp(&b.place()));
    let mut unpaid = Vec::new();
    for ((account, currency), charges) in &debts {
        let amount = charges.unpaid()?;
        if !amount.is_zero() {
            unpaid.push(UnpaidCharges { account: (*account).to_owned(), currency: *currency, amount });
        }
    }
    Ok((recognized, unpaid))
}

/// What was owed on cards before the first transaction is the oldest of their charges.
fn owed_before<'f>(
    input: &'f CashFlowStatementInput,
    flows: &'f Flows<'f>,
    debts: &mut BTreeMap<(&'f str, Currency), Charges<'f>>,
) -> Result<()> {
    for (index, debt) in input.owed_before.iter().enumerate() {
        let account = flows.known_account(&debt.account).at("account").at_item(index)?;
        if !flows.is_card(&account.id) {
            let message = format!("{:?} is no credit card", account.id);
            return Err(Error::new(ErrorCode::AccountUnsuitable, message).at("account").at_item(index));
        }
        let currency = flows.currency_of(account);
        let amount = Amounts::of(currency)
            .and_then(|amounts| amounts.read(debt.amount).at("amount"))
            .at_item(index)?;
        let first = Charge { account: &account.id, currency, left: amount, flow: None };
        let charges = Charges { waiting: VecDeque::from([first]), paid_ahead: Decimal::ZERO };
        if debts.insert((account.id.as_str(), currency), charges).is_some() {
            let message = format!("{:?} is named by an earlier entry", account.id);
            return Err(Error::new(ErrorCode::ListDuplicate, message).at("account").at_item(index));
        }
    }
    Ok(())
}

/// What a card or a loan charged and is not paid yet, from the oldest charge on, and what was paid ahead.
#[derive(Default)]
struct Charges<'f> {
    waiting: VecDeque<Charge<'f>>,
    paid_ahead: Decimal,
}

struct Charge<'f> {
    account: &'f str,
    currency: Currency,
    /// What is not paid yet, above zero.
    left: Decimal,
    flow: Option<&'f ClassifiedFlow>,
}

impl<'f> Charges<'f> {
    /// Takes a flow of the account: a charge waits, unless it was paid ahead, and what comes in pays the charges.
    fn take(
        &mut self,
        flow: &'f ClassifiedFlow,
        flows: &Flows<'_>,
        recognized: &mut Vec<Recognized<'f>>,
    ) -> Result<()> {
        let date = flows.settled(flow);
        if !flow.amount.is_negative() {
            recognized.push(Recognized::of(flow, flows, date, flow.amount));
            return self.pay(date, flow.amount, recognized);
        }
        // A cash advance or a balance that is moved to another card is owed, but it is no spending.
        if !is_earned_or_spent(flow.class) {
            recognized.push(Recognized::of(flow, flows, date, flow.amount));
        }
        let charge = flow.amount.negated();
        self.waiting.push_back(Charge {
            account: &flow.account,
            currency: flow.currency,
            left: charge,
            flow: Some(flow),
        });
        let ahead = std::mem::take(&mut self.paid_ahead);
        self.pay(date, ahead, recognized)
    }

    /// Pays the oldest charges.
    fn pay(&mut self, date: Date, amount: Decimal, recognized: &mut Vec<Recognized<'f>>) -> Result<()> {
        let mut left = amount;
        while left > Decimal::ZERO
            && let Some(oldest) = self.waiting.front_mut()
        {
            let paid = left.min(oldest.left);
            left = left.minus(paid)?;
            oldest.left = oldest.left.minus(paid)?;
            if oldest.flow.is_none_or(|flow| is_earned_or_spent(flow.class)) {
                recognized.push(oldest.paid(date, paid));
            }
            if oldest.left.is_zero() {
                self.waiting.pop_front();
            }
        }
        self.paid_ahead = self.paid_ahead.plus(left)?;
        Ok(())
    }

    /// The spending that is not paid yet.
    fn unpaid(&self) -> Result<Decimal> {
        let spending = |charge: &&Charge<'_>| charge.flow.is_none_or(|flow| is_earned_or_spent(flow.class));
        Decimal::sum(self.waiting.iter().filter(spending).map(|charge| charge.left))
    }
}

impl<'f> Charge<'f> {
    /// A part of the charge that counts on the day on which it is paid.
    fn paid(&self, date: Date, amount: Decimal) -> Recognized<'f> {
        Recognized {
            date,
            amount: amount.negated(),
            currency: self.currency,
            line: self.flow.map_or(CashFlowLine::Expenses, |flow| CashFlowLine::of(flow.class)),
            account: self.account,
            in_debt: true,
            flow: self.flow,
        }
    }
}
