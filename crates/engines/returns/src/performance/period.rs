//! The time between two values, and its return.

use wherewithal_base::{
    Result,
    dates::Date,
    num::{Decimal, gate::to_f64},
};
use wherewithal_risk::{Measure, UndefinedReason};

use super::{FlowDayPolicy, PerformanceFlow, PerformancePeriod, PerformanceValue};

/// The time between two values, with the flows in it. The first value has none of them in it, and the last one all.
pub(super) struct Period<'a> {
    pub(super) first: &'a PerformanceValue,
    pub(super) last: &'a PerformanceValue,
    pub(super) flows: &'a [PerformanceFlow],
}

/// An amount and the capital that earned it, both as exact decimals of one unit.
pub(super) struct Quotient {
    gain: Decimal,
    /// The average capital times `parts`.
    capital: Decimal,
    parts: Decimal,
}

impl Period<'_> {
    /// What was put in less what was taken out.
    pub(super) fn net_flow(&self) -> Result<Decimal> {
        Decimal::sum(self.flows.iter().map(|flow| flow.amount))
    }

    /// What was gained.
    pub(super) fn gain(&self) -> Result<Decimal> {
        self.last.value.minus(self.first.value)?.minus(self.net_flow()?)
    }

    /// Its gain and its average capital, where each flow counts for the part of the time that it is in (Dietz 1968, modified).
    pub(super) fn quotient(&self, policy: FlowDayPolicy) -> Result<Quotient> {
        let length = self.half_days();
        let parts = Decimal::from(length);
        let mut capital = self.first.value.times(parts)?;
        for flow in self.flows {
            let there = Decimal::from(self.half_days_in(flow, policy));
            capital = capital.plus(flow.amount.times(there)?)?;
        }
        Ok(Quotient { gain: self.gain()?, capital, parts })
    }

    /// Its length in half days. A value at the end of a day and one before the flows of the next are of one moment, between
    /// which nothing is put in: any length serves.
    fn half_days(&self) -> u32 {
        half_days(moment(self.first), moment(self.last)).max(1)
    }

    /// For how many half days a flow is in.
    fn half_days_in(&self, flow: &PerformanceFlow, policy: FlowDayPolicy) -> u32 {
        let place = match policy {
            _ if self.is_known_before(flow) => 0,
            FlowDayPolicy::InflowsAtStart if flow.amount.is_negative() => 2,
            FlowDayPolicy::StartOfDay | FlowDayPolicy::InflowsAtStart => 0,
            FlowDayPolicy::MiddleOfDay => 1,
            FlowDayPolicy::EndOfDay => 2,
        };
        half_days(2 * i64::from(flow.date.day_number()) + place, moment(self.last))
    }

    /// Whether the value before a flow is known, because it is that at the start of the period.
    fn is_known_before(&self, flow: &PerformanceFlow) -> bool {
        self.first.before_flows && flow.date == self.first.date
    }

    /// Whether the time of day of a flow decides its return.
    pub(super) fn has_flows_at_unknown_times(&self) -> bool {
        self.flows.iter().any(|flow| !self.is_known_before(flow))
    }

    /// Its row in the answer.
    pub(super) fn told(&self, policy: FlowDayPolicy) -> Result<PerformancePeriod> {
        let own = self.quotient(policy)?;
        let by = |policy| -> Result<Option<Measure>> {
            if self.flows.is_empty() {
                return Ok(None);
            }
            self.quotient(policy)?.measure().map(Some)
        };
        Ok(PerformancePeriod {
            start: self.first.date,
            end: self.last.date,
            start_value: self.first.value,
            end_value: self.last.value,
            net_flow: self.net_flow()?,
            gain: self.gain()?,
            average_capital: own.average_capital(),
            r#return: own.measure()?,
            return_at_start_of_day: by(FlowDayPolicy::StartOfDay)?,
            return_at_end_of_day: by(FlowDayPolicy::EndOfDay)?,
        })
    }
}

/// The half day at which a value is taken: at the start of its day, before the flows, or at its end.
fn moment(value: &PerformanceValue) -> i64 {
    2 * i64::from(value.date.day_number()) + if value.before_flows { 0 } else { 2 }
}

/// Half days from one moment to another that does not come before it.
fn half_days(from: i64, to: i64) -> u32 {
    u32::try_from((to - from).max(0)).unwrap_or(u32::MAX)
}

impl Quotient {
    /// The money that was in on average.
    pub(super) fn average_capital(&self) -> f64 {
        to_f64(self.capital) / to_f64(self.parts) + 0.0
    }

    /// The gain as a fraction of the capital.
    pub(super) fn measure(&self) -> Result<Measure> {
        self.of(self.gain)
    }

    /// An amount as a fraction of the capital. The quotient is of exact decimals, so that a loss of all is exactly -1.
    pub(super) fn of(&self, amount: Decimal) -> Result<Measure> {
        if self.capital <= Decimal::ZERO {
            return Ok(Measure::undefined(UndefinedReason::NoCapital));
        }
        Ok(Measure::of(to_f64(amount.times(self.parts)?) / to_f64(self.capital)))
    }
}

/// The periods between values, each with its flows. `flows` are in the order of their days, all between the first value and the
/// last.
pub(super) fn all<'a>(values: &'a [PerformanceValue], flows: &'a [PerformanceFlow]) -> Vec<Period<'a>> {
    let mut rest = flows;
    let mut periods = Vec::with_capacity(values.len().saturating_sub(1));
    for (first, last) in values.iter().zip(values.iter().skip(1)) {
        let belongs = |date: Date| if last.before_flows { date < last.date } else { date <= last.date };
        let (own, later) = rest.split_at(rest.partition_point(|flow| belongs(flow.date)));
        periods.push(Period { first, last, flows: own });
        rest = later;
    }
    periods
}
