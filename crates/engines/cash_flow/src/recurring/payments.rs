//! The transactions of a ledger as payments, grouped by who is paid or pays.

use std::collections::BTreeMap;

use crate::flows::Flows;
use wherewithal_base::{Result, control::Work, dates::Date, money::Currency, num::Decimal, order};
use wherewithal_classification::{ClassifiedFlow, FlowClass};

/// A transaction as a payment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Payment<'f> {
    pub(crate) date: Date,
    /// The amount of the transaction, negative if it goes out.
    pub(crate) amount: Decimal,
    /// The part of the largest amount, which says what the payment is.
    pub(crate) flow: &'f ClassifiedFlow,
}

/// Payments of one merchant in one direction and currency, by day.
pub(crate) struct Group<'f> {
    /// The merchant, or the description where there is none, as the last payment has it.
    pub(crate) name: String,
    pub(crate) payments: Vec<Payment<'f>>,
}

/// The payments up to a day, grouped by merchant, direction and currency; trades and events of companies are none.
pub(crate) fn groups<'f>(
    flows: &'f Flows<'f>,
    as_of: Date,
    work: &mut Work<'_, '_>,
) -> Result<Vec<Group<'f>>> {
    let mut payments: BTreeMap<&str, Payment<'f>> = BTreeMap::new();
    for flow in &flows.all {
        work.done(2)?;
        if flow.date > as_of {
            continue;
        }
        let payment = payments.entry(&flow.transaction).or_insert(Payment {
            date: flow.date,
            amount: Decimal::ZERO,
            flow,
        });
        payment.amount = payment.amount.plus(flow.amount)?;
        if flow.amount.abs() > payment.flow.amount.abs() {
            payment.flow = flow;
        }
    }
    let mut groups: BTreeMap<(String, bool, Currency), Vec<Payment<'f>>> = BTreeMap::new();
    for payment in payments.into_values() {
        work.done(2)?;
        let is_trade = matches!(payment.flow.class, FlowClass::Trade | FlowClass::CorporateAction);
        let name = flows.name(payment.flow);
        if payment.amount.is_zero() || is_trade || name.is_empty() {
            continue;
        }
        let key = (name.to_lowercase(), payment.amount.is_negative(), payment.flow.currency);
        groups.entry(key).or_default().push(payment);
    }
    let mut all = Vec::with_capacity(groups.len());
    for mut payments in groups.into_values() {
        order::sort_by(&mut payments, |a, b| {
            (a.date, &a.flow.transaction).cmp(&(b.date, &b.flow.transaction))
        });
        #[expect(clippy::indexing_slicing, reason = "a group begins with a payment")]
        let last = payments[payments.len() - 1];
        all.push(Group { name: flows.name(last.flow).to_owned(), payments });
    }
    Ok(all)
}
