//! What `returns.performance` answers.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};
use wherewithal_risk::Measure;

use super::{FlowDayPolicy, GainPartKind};

/// What a portfolio gained, as money and in percent.
///
/// The gain is money. The simple return divides it by all the money that was ever in, the Modified Dietz return by the money
/// that was in on average. The time-weighted return links the returns of the periods, whatever was in: it is that of the
/// investments. The money-weighted return is that of the investor, who may have had little in when they rose and much when they
/// fell. So one can be above zero and another below; the periods show where.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Performance {
    /// The day of the first value.
    pub start: Date,
    /// The day of the last value.
    pub end: Date,
    /// The days between them.
    pub days: u32,
    /// The time between them in years, by the day count.
    pub years: f64,
    /// The first value.
    pub start_value: Decimal,
    /// The last value.
    pub end_value: Decimal,
    /// What was put in.
    pub inflows: Decimal,
    /// What was taken out, above zero.
    pub outflows: Decimal,
    /// The last value less the first, less what was put in, with what was taken out.
    pub gain: Decimal,
    /// The parts of the gain by what they came from, which add up to it.
    pub gain_parts: Vec<GainPart>,
    /// The gain as a fraction of the first value and what was put in.
    pub simple_return: Measure,
    /// The money that was in on average: the first value, and each flow for the part of the time that it was in.
    pub average_capital: f64,
    /// The gain as a fraction of the average capital.
    pub modified_dietz_return: Measure,
    /// The returns of the periods, linked.
    pub time_weighted_return: Measure,
    /// The same for a year; left out if `annualization` is `never`.
    #[wire(omit)]
    pub time_weighted_annual_return: Option<Measure>,
    /// The rate at which the values and flows balance.
    pub money_weighted: MoneyWeightedReturn,
    /// When in a day its flows are taken to have occurred.
    pub day_policy: FlowDayPolicy,
    /// Whether the gain and the time-weighted return have different signs: what went well had little money in it, and what
    /// went badly much, or the other way round.
    pub signs_differ: bool,
    /// The periods between the values.
    pub periods: Vec<PerformancePeriod>,
    /// What a reader should know of the figures.
    pub warnings: Vec<PerformanceWarning>,
}

/// A part of a gain.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct GainPart {
    /// What it came from.
    pub kind: GainPartKind,
    /// The amount; below zero if it lowered the gain.
    pub amount: Decimal,
    /// The amount as a fraction of the average capital. These add up to the Modified Dietz return.
    pub contribution: Measure,
}

/// The money-weighted return: the rate at which what was put in, what was taken out and what is left balance. Flows count by the
/// days between them.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct MoneyWeightedReturn {
    /// The return of the whole time.
    pub period_return: Measure,
    /// The same for a year; left out if `annualization` is `never`.
    #[wire(omit)]
    pub annual_return: Option<Measure>,
    /// All rates at which the flows balance, ascending; none if the money is lost to the last cent, because no rate does that.
    pub roots: Vec<MoneyWeightedRoot>,
}

/// A rate at which what was put in, what was taken out and what is left balance.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct MoneyWeightedRoot {
    /// The return of the whole time.
    pub period_return: Measure,
    /// The same for a year, however long the time is.
    pub annual_return: Measure,
    /// The net present value at the rate, in the unit of the amounts: zero up to rounding.
    pub residual: f64,
}

/// The time between two values.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct PerformancePeriod {
    /// The day of the value at its start.
    pub start: Date,
    /// The day of the value at its end.
    pub end: Date,
    /// The value at its start.
    pub start_value: Decimal,
    /// The value at its end.
    pub end_value: Decimal,
    /// What was put in less what was taken out.
    pub net_flow: Decimal,
    /// What was gained.
    pub gain: Decimal,
    /// The money that was in on average.
    pub average_capital: f64,
    /// The gain as a fraction of it; undefined if nothing was in. Such a period is left out of the time-weighted return.
    pub r#return: Measure,
    /// The return if all flows took place at the start of their days; left out of a period without flows.
    #[wire(omit)]
    pub return_at_start_of_day: Option<Measure>,
    /// The return if all flows took place at the end of their days; left out of a period without flows.
    #[wire(omit)]
    pub return_at_end_of_day: Option<Measure>,
}

/// What a reader should know of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum PerformanceWarning {
    /// In a period there was no money in, or more was owed than owned, so that it has no return and is left out.
    NoCapital {
        /// The day at which it starts.
        start: Date,
        /// The day at which it ends.
        end: Date,
        /// The money that was in on average, zero or below.
        average_capital: f64,
    },
    /// The flows of a period are large beside its value, and the value before them is not known: the time of day decides.
    LargeFlow {
        /// The day at which it starts.
        start: Date,
        /// The day at which it ends.
        end: Date,
        /// What was put in less what was taken out.
        net_flow: Decimal,
        /// The value before it.
        start_value: Decimal,
    },
    /// The value changed much in a period without a flow. A flow may be missing, or a value may be wrong.
    Jump {
        /// The day at which it starts.
        start: Date,
        /// The day at which it ends.
        end: Date,
        /// The change.
        gain: Decimal,
        /// The same as a return.
        r#return: f64,
    },
}
