//! The payments that are expected: those that are planned, and those that recur.

use std::collections::BTreeSet;

use super::{
    input::{ForecastInput, MAX_PLANNED, PlannedPayment},
    output::{ExpectedPayment, ExpectedPaymentSource},
};
use crate::{
    OccurrencesInput, RecurrenceRule,
    amounts::Amounts,
    occurrences,
    recurring::{report, series::Series},
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::Control,
    dates::{Date, Frequency},
    error::At as _,
    money::Currency,
    order,
};

/// The longest name.
const MAX_NAME: usize = 200;

/// The days of a forecast.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) as_of: Date,
    pub(super) first: Date,
    pub(super) last: Date,
}

/// The merchants of planned payments, without regard to upper and lower case.
pub(super) fn planned_merchants(input: &ForecastInput) -> Result<BTreeSet<String>> {
    check::length(input.planned.len(), 0..=MAX_PLANNED).at("planned")?;
    let mut merchants = BTreeSet::new();
    for (index, planned) in input.planned.iter().enumerate() {
        check::text(&planned.name, MAX_NAME).at("name").at_index("planned", index)?;
        if let Some(merchant) = &planned.merchant {
            check::text(merchant, MAX_NAME).at("merchant").at_index("planned", index)?;
            merchants.insert(merchant.trim().to_lowercase());
        }
    }
    Ok(merchants)
}

/// The payments that are expected, by day; planned ones before those that recur.
pub(super) fn expected(
    input: &ForecastInput,
    series: &[Series<'_>],
    currency_of: &dyn Fn(&str) -> Option<Currency>,
    span: Span,
    control: &Control<'_>,
) -> Result<Vec<ExpectedPayment>> {
    let mut payments = Vec::new();
    for (index, planned) in input.planned.iter().enumerate() {
        add_planned(planned, currency_of, span, control, &mut payments).at_index("planned", index)?;
    }
    for one in series {
        add_recurring(one, currency_of, span, &mut payments)?;
    }
    order::sort_by_key(&mut payments, |payment| payment.date);
    Ok(payments)
}

fn add_planned(
    planned: &PlannedPayment,
    currency_of: &dyn Fn(&str) -> Option<Currency>,
    span: Span,
    control: &Control<'_>,
    payments: &mut Vec<ExpectedPayment>,
) -> Result<()> {
    let currency = currency_of(&planned.account).ok_or_else(|| {
        let message = format!("{:?} is none of the accounts in `balances`", planned.account);
        Error::new(ErrorCode::NameUnknown, message).at("account")
    })?;
    let amount = Amounts::of(currency)?.signed(planned.amount).at("amount")?;
    let once = planned.rule.is_none() && planned.rrule.is_none();
    let rule = if once {
        Some(RecurrenceRule { count: Some(1), ..RecurrenceRule::every(Frequency::Daily) })
    } else {
        planned.rule.clone()
    };
    let question = OccurrencesInput {
        rule,
        rrule: planned.rrule.clone(),
        month_end: planned.month_end,
        calendar: planned.calendar.clone(),
        convention: planned.convention,
        from: Some(span.first),
        to: Some(span.last),
        limit: 100_000,
        ..OccurrencesInput::new(planned.start, RecurrenceRule::every(Frequency::Daily))
    };
    for found in occurrences(&question, control)?.occurrences {
        payments.push(ExpectedPayment {
            date: found.date,
            account: planned.account.clone(),
            amount,
            name: planned.name.clone(),
            source: ExpectedPaymentSource::Planned,
            overdue_since: None,
        });
    }
    Ok(())
}

fn add_recurring(
    series: &Series<'_>,
    currency_of: &dyn Fn(&str) -> Option<Currency>,
    span: Span,
    payments: &mut Vec<ExpectedPayment>,
) -> Result<()> {
    let outlook = report::outlook(series, span.as_of)?;
    let Some(next) = outlook.next else { return Ok(()) };
    let (last, _) = series.payments.last().ok_or_else(report::empty)?;
    let account = &last.flow.account;
    if currency_of(account) != Some(last.flow.currency) {
        return Ok(());
    }
    for number in next.. {
        // What is due by now and did not come is expected on the next day.
        let due = series.fit.slots.day(number)?;
        let date = due.max(span.first);
        if date > span.last {
            break;
        }
        payments.push(ExpectedPayment {
            date,
            account: account.clone(),
            amount: outlook.amount,
            name: series.name.clone(),
            source: ExpectedPaymentSource::Recurring,
            overdue_since: (due < date).then_some(due),
        });
    }
    Ok(())
}
