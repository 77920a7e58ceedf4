//! What will be in accounts.
//!
//! `input` is the question; `payments` are those that are expected, `others` is what all other flows are, and `output` is
//! the answer.

mod input;
mod others;
mod output;
mod payments;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use input::{ForecastInput, PlannedPayment};
pub use output::{
    AccountForecast, ExpectedPayment, ExpectedPaymentSource, Forecast, ForecastDay, ForecastHorizon,
};

use crate::{
    AccountBalance,
    amounts::Amounts,
    flows::Flows,
    recurring::{self, series::Series},
};
use input::{MAX_ACCOUNTS, MAX_DAYS, WEEKS};
use others::{Other, Others, Past};
use payments::Span;
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    money::Currency,
    num::Decimal,
};
use wherewithal_classification::{ClassifiedFlow, FlowClass};
use wherewithal_ledger::LedgerAccount;

/// The ends of spans of time that the answer shows, in days.
const HORIZONS: [u32; 4] = [30, 60, 90, 365];

/// What will be in accounts, day by day, with the day on which one falls below zero.
///
/// ```
/// # use wherewithal_cash_flow::wherewithal;
/// use wherewithal::{cash_flow::{self, ForecastInput}, control::Control, dates::date};
///
/// let input: ForecastInput = serde_json::from_str(r#"{
///     "ledger": {"accounts": [{"id": "checking", "kind": "checking", "currency": "USD"}], "transactions": []},
///     "asOf": "2026-03-31", "balances": [{"account": "checking", "balance": "2500"}], "days": 60,
///     "planned": [{"name": "rent", "account": "checking", "amount": "-1500", "start": "2026-04-01",
///                  "rule": {"frequency": "monthly"}}]}"#).unwrap();
/// let forecast = cash_flow::forecast(&input, &Control::default())?;
/// let checking = &forecast.accounts[0];
/// assert_eq!(checking.below_zero, Some(date(2026, 5, 1)?));
/// assert_eq!(checking.horizons[0].expected, "1000".parse()?);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`classify`](wherewithal_classification::classify), inside `ledger`, and of
/// [`occurrences`](crate::occurrences) for rules; `field.missing` without a day or a transaction, `list.empty`,
/// `list.too_long`, `list.duplicate`, `name.unknown`, `text.invalid`, `amount.out_of_range`, `decimal.too_precise`,
/// `currency.minor_unit_missing`, `term.out_of_range`, `count.out_of_range`, `number.out_of_range`,
/// `probability.out_of_range`, `date.out_of_range`, `decimal.overflow`, `operation.cancelled`.
pub fn forecast(input: &ForecastInput, control: &Control<'_>) -> Result<Forecast> {
    validate(input)?;
    let mut work = Work::under(control);
    let merchants = payments::planned_merchants(input)?;
    let flows = Flows::of(&input.ledger, control)?;
    let as_of = recurring::as_of(input.as_of, &flows)?;
    let span = Span {
        as_of,
        first: as_of.add_days(1).at("days")?,
        last: as_of.add_days(input.days.cast_signed()).at("days")?,
    };
    let currencies = currencies(input, &flows)?;
    let currency_of = |account: &str| currencies.get(account).copied();

    let mut series = if input.detect {
        recurring::detect(&flows, as_of, &input.detection, &mut work)?
    } else {
        Vec::new()
    };
    series.retain(|series| !merchants.contains(&series.name.to_lowercase()));
    let payments = payments::expected(input, &series, &currency_of, span, control)?;
    let others = other_flows(&flows, &series, &merchants, as_of, &mut work)?;

    let mut accounts = Vec::with_capacity(input.balances.len());
    let mut by_account: BTreeMap<&str, Vec<&ExpectedPayment>> = BTreeMap::new();
    for payment in &payments {
        by_account.entry(&payment.account).or_default().push(payment);
    }
    for (index, balance) in input.balances.iter().enumerate() {
        work.done(8 * input.days as usize)?;
        let currency = flows.currency_of(flows.account(&balance.account));
        let none = Past::default();
        let past = others.get(balance.account.as_str()).unwrap_or(&none);
        let others = Others::of(past, as_of, input.weeks, currency)?;
        let expected = by_account.get(balance.account.as_str()).map_or(&[][..], |payments| &payments[..]);
        let is_debt = flows.is_debt(&balance.account);
        let row = account(balance, currency, expected, &others, span, input.confidence_level, is_debt);
        accounts.push(row.at_index("balances", index)?);
    }
    Ok(Forecast { as_of, to: span.last, accounts, payments })
}

fn validate(input: &ForecastInput) -> Result<()> {
    check::length(input.balances.len(), 1..=MAX_ACCOUNTS).at("balances")?;
    check::whole(input.days, 1..=MAX_DAYS, ErrorCode::TermOutOfRange).at("days")?;
    check::whole(input.weeks, WEEKS, ErrorCode::TermOutOfRange).at("weeks")?;
    check::probability(input.confidence_level, 0.5..=0.999).at("confidenceLevel")?;
    input.detection.validate().at("detection")
}

/// The currencies of the accounts that are forecast.
fn currencies<'i>(input: &'i ForecastInput, flows: &Flows<'_>) -> Result<BTreeMap<&'i str, Currency>> {
    let mut currencies = BTreeMap::new();
    for (index, balance) in input.balances.iter().enumerate() {
        let account = flows.known_account(&balance.account).at("account").at_index("balances", index)?;
        let currency = flows.currency_of(account);
        if currencies.insert(balance.account.as_str(), currency).is_some() {
            let message = format!("{:?} is named by an earlier entry", account.id);
            let error = Error::new(ErrorCode::ListDuplicate, message);
            return Err(error.at("account").at_index("balances", index));
        }
    }
    Ok(currencies)
}

/// The flows in the currency of each account that belong neither to a series nor to a planned payment.
fn other_flows<'f>(
    flows: &'f Flows<'_>,
    series: &[Series<'f>],
    merchants: &BTreeSet<String>,
    as_of: Date,
    work: &mut Work<'_, '_>,
) -> Result<BTreeMap<&'f str, Past<'f>>> {
    let mut in_series = BTreeSet::new();
    for one in series {
        in_series.extend(one.payments.iter().map(|(payment, _)| payment.flow.transaction.as_str()));
    }
    let mut past: BTreeMap<&str, Past<'_>> = BTreeMap::new();
    for flow in &flows.all {
        work.done(2)?;
        if flow.date > as_of || flow.currency != flows.currency_of(flows.account(&flow.account)) {
            continue;
        }
        let of_account = past.entry(&flow.account).or_default();
        of_account.first = Some(of_account.first.map_or(flow.date, |first| first.min(flow.date)));
        let is_expected = in_series.contains(flow.transaction.as_str())
            || merchants.contains(&flows.name(flow).to_lowercase());
        if !is_expected {
            of_account.flows.push(Other {
                date: flow.date,
                amount: flow.amount,
                transaction: &flow.transaction,
                moved: other_end(flows, flow),
            });
        }
    }
    Ok(past)
}

/// The account at the other end of a transfer between two that are no debts, or of a conversion within one.
fn other_end<'f>(flows: &'f Flows<'_>, flow: &ClassifiedFlow) -> Option<&'f str> {
    let is_debt = |account: &LedgerAccount| account.liability_kind.is_some();
    if flow.class != FlowClass::Transfer || is_debt(flows.account(&flow.account)) {
        return None;
    }
    flows.other_account(flow).filter(|other| !is_debt(other)).map(|other| other.id.as_str())
}

fn account(
    balance: &AccountBalance,
    currency: Currency,
    payments: &[&ExpectedPayment],
    others: &Others,
    span: Span,
    level: f64,
    is_debt: bool,
) -> Result<AccountForecast> {
    let amounts = Amounts::of(currency).at("account")?;
    let opening = amounts.signed(balance.balance).at("balance")?;
    let mut payments = payments.iter().peekable();
    let (mut comes_in, mut goes_out) = (amounts.zero(), amounts.zero());
    let (mut days, mut horizons) = (Vec::new(), Vec::new());
    let (mut below_zero, mut may_fall_below_zero) = (None, None);
    let (mut lowest_on, mut lowest) = (span.first, None);
    for day in 1..=span.as_of.days_until(span.last).unsigned_abs() {
        let date = span.as_of.add_days(day.cast_signed())?;
        while let Some(payment) = payments.next_if(|payment| payment.date <= date) {
            if payment.amount.is_negative() {
                goes_out = goes_out.minus(payment.amount)?;
            } else {
                comes_in = comes_in.plus(payment.amount)?;
            }
        }
        let other_flows = others.expected(day)?;
        let expected = opening.plus(comes_in)?.minus(goes_out)?.plus(other_flows)?;
        let half = others.half_width(day, level)?;
        let low = half.map(|half| expected.minus(half)).transpose()?;
        let high = half.map(|half| expected.plus(half)).transpose()?;
        if !is_debt && expected.is_negative() {
            below_zero = below_zero.or(Some(date));
        }
        if !is_debt && low.is_some_and(Decimal::is_negative) {
            may_fall_below_zero = may_fall_below_zero.or(Some(date));
        }
        if lowest.is_none_or(|lowest| expected < lowest) {
            (lowest_on, lowest) = (date, Some(expected));
        }
        if HORIZONS.contains(&day) {
            horizons.push(ForecastHorizon {
                days: day,
                date,
                comes_in,
                goes_out,
                other_flows,
                expected,
                low,
                high,
            });
        }
        days.push(ForecastDay { date, expected, low, high });
    }
    let no_band_reason = (others.weeks == 0).then(|| {
        "the account has fewer than four whole weeks of transactions from which its other flows could be told".to_owned()
    });
    Ok(AccountForecast {
        account: balance.account.clone(),
        currency,
        balance: opening,
        horizons,
        days,
        below_zero,
        may_fall_below_zero,
        lowest_on,
        lowest: lowest.unwrap_or(opening),
        weeks: others.weeks,
        weekly_mean: others.weekly_mean()?,
        weekly_deviation: (others.weeks > 0).then_some(others.deviation),
        no_band_reason,
    })
}
