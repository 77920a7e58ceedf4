//! The actuarial method of Regulation Z, Appendix J.

use std::collections::BTreeMap;

use super::{
    equation::{EquationRoot, TimedAmount, solve},
    flows::DayFlow,
    unit_period::{self, DaysOfMonth, UnitPeriod, UnitPeriodInterval, UnitPeriods, days_between},
};
use wherewithal_base::{Result, dates::Date, order};

/// A rate by the actuarial method, with the flows that it was computed from.
#[derive(Debug, Clone)]
pub(crate) struct ActuarialRate {
    pub(super) root: EquationRoot,
    pub(super) unit_period: UnitPeriod,
    /// Each date, its unit-periods from the start, and its flow.
    pub(super) flows: Vec<(Date, UnitPeriods, DayFlow)>,
    pub(super) first_period_disregarded: bool,
}

impl ActuarialRate {
    /// The nominal annual percentage rate as a fraction.
    pub(crate) fn annual(&self) -> f64 {
        self.root.rate * self.unit_period.per_year()
    }
}

/// The annual percentage rate of flows in minor units. The first flow is the advance of `start`.
pub(crate) fn actuarial_rate(
    start: Date,
    by_date: &BTreeMap<Date, DayFlow>,
    disregard_first_period: bool,
) -> Result<ActuarialRate> {
    let dates_of = |is: fn(&DayFlow) -> bool| -> Vec<Date> {
        by_date.iter().filter(|(_, flow)| is(flow)).map(|(date, _)| *date).collect()
    };
    let advances = dates_of(|flow| flow.advance != 0);
    let payments = dates_of(|flow| flow.payment != 0);
    let unit = unit_period::determine(start, &advances, &payments)?;
    let payment_days = match payments.as_slice() {
        [payment] => unit_period::single_payment_days(start, *payment),
        _ => DaysOfMonth::of(&payments),
    };
    let advance_days = DaysOfMonth::of(&advances);
    let regular_start = if disregard_first_period && advances.len() == 1 && payments.len() > 1 {
        regular_start(start, unit, &payments, &payment_days)?
    } else {
        None
    };
    let counted_from = regular_start.unwrap_or(start);

    let mut flows = Vec::with_capacity(by_date.len());
    for (date, flow) in by_date {
        let days = if flow.payment == 0 { &advance_days } else { &payment_days };
        // The first advance stays at time zero; only the payments are counted from the regular start.
        let from = if *date == start { start } else { counted_from };
        flows.push((*date, unit_period::between(unit, from, *date, days)?, *flow));
    }
    let mut timed: Vec<TimedAmount> = flows
        .iter()
        .map(|(_, time, flow)| TimedAmount {
            amount: flow.payment - flow.advance,
            periods: f64::from(time.whole),
            fraction: time.fraction(),
        })
        .collect();
    // Times need not be in the order of the dates: advances and payments count months by their own days of the month.
    order::sort_by(&mut timed, |a, b| (a.periods + a.fraction).total_cmp(&(b.periods + b.fraction)));
    let root = solve(&timed)?;
    Ok(ActuarialRate { root, unit_period: unit, flows, first_period_disregarded: regular_start.is_some() })
}

/// The date on which a regular first period would have begun. `None` if the first period is regular, or too irregular
/// to be disregarded (12 CFR 1026.17(c)(4)).
fn regular_start(
    start: Date,
    unit: UnitPeriod,
    payments: &[Date],
    days: &DaysOfMonth,
) -> Result<Option<Date>> {
    let (Some(first), Some(second), Some(last)) = (payments.first(), payments.get(1), payments.last()) else {
        return Ok(None);
    };
    let Some(UnitPeriod { interval, count }) = unit_period::equal_periods(unit, payments)? else {
        return Ok(None);
    };
    let regular = match interval {
        UnitPeriodInterval::Day => first.add_days(-count.cast_signed())?,
        UnitPeriodInterval::Week => first.add_days(-7 * count.cast_signed())?,
        // Two semimonths make a month, so the period before the first payment began a month before the second.
        UnitPeriodInterval::Semimonth => days.months_before(*second, 1)?,
        UnitPeriodInterval::Month => days.months_before(*first, count)?,
        UnitPeriodInterval::Year => days.months_before(*first, 12)?,
    };
    let (months, _) = days.full_months(start, *last)?;
    // The days by which a first period may be shorter or longer, by the length of the transaction (12 CFR
    // 1026.17(c)(4)).
    let (shorter, longer) = match months {
        ..12 => (6, 13),
        12..120 => (11, 21),
        _ => (u32::MAX, 32),
    };
    let within = days_between(regular, start) <= shorter && days_between(start, regular) <= longer;
    Ok((within && regular != start).then_some(regular))
}
