//! What `returns.performance` is asked.

use wherewithal_base::{
    dates::{Date, DayCount},
    num::Decimal,
    wire::Wire,
};

/// Input of `returns.performance`. All amounts are in one currency.
#[derive(Debug, Clone, Wire)]
pub struct PerformanceInput {
    /// What the portfolio is worth, on at least two days that ascend.
    #[wire(length = 2..=100_000)]
    pub values: Vec<PerformanceValue>,

    /// What was put in or taken out from outside, in any order, after the first value and not after the last one. Dividends,
    /// interest, fees and trades within the portfolio are no flows.
    #[wire(default, length = ..=200_000)]
    pub flows: Vec<PerformanceFlow>,

    /// When in a day its flows take place.
    #[wire(default)]
    pub day_policy: FlowDayPolicy,

    /// Which returns are stated for a year as well.
    #[wire(default)]
    pub annualization: Annualization,

    /// How dates are converted to fractions of a year.
    #[wire(default)]
    pub day_count: DayCount,

    /// Where parts of the gain came from, such as dividends or fees. What they leave of it is a change of prices.
    #[wire(default, length = ..=200_000)]
    pub gain_sources: Vec<GainSource>,

    /// From which share of the value before it on a flow is large, as a fraction above 0. By default 0.1.
    #[wire(share, default = usual_large_flow, above = 0, range = ..=1000000)]
    pub large_flow: f64,

    /// From which return on, up or down, a period without a flow counts as a jump, as a fraction above 0. By default 0.5.
    #[wire(share, default = usual_jump, above = 0, range = ..=1000000)]
    pub jump: f64,
}

impl PerformanceInput {
    /// The input for values and flows with the defaults of everything else.
    #[must_use]
    pub fn new(values: Vec<PerformanceValue>, flows: Vec<PerformanceFlow>) -> Self {
        Self {
            values,
            flows,
            day_policy: FlowDayPolicy::default(),
            annualization: Annualization::default(),
            day_count: DayCount::default(),
            gain_sources: Vec::new(),
            large_flow: usual_large_flow(),
            jump: usual_jump(),
        }
    }
}

fn usual_large_flow() -> f64 {
    0.1
}

fn usual_jump() -> f64 {
    0.5
}

/// What a portfolio is worth on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PerformanceValue {
    /// The day.
    pub date: Date,
    /// The value, income that is due included; below zero if more is owed than owned.
    pub value: Decimal,
    /// Whether it is the value before the flows of the day, which belong to the time after it. Otherwise it is the value at the
    /// end of the day, with its flows in it.
    #[wire(default, omit)]
    pub before_flows: bool,
}

/// What was put into a portfolio or taken out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PerformanceFlow {
    /// The day.
    pub date: Date,
    /// The amount: above zero if it was put in, below zero if it was taken out.
    pub amount: Decimal,
}

/// When in a day its flows take place. It matters where the value before them is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum FlowDayPolicy {
    /// What is put in is there from the start of the day, what is taken out until its end: money has a return while it can be
    /// invested, and no day has less capital than it needs.
    #[default]
    InflowsAtStart,
    /// All flows take place at the start of the day.
    StartOfDay,
    /// All flows take place in the middle of the day.
    MiddleOfDay,
    /// All flows take place at the end of the day.
    EndOfDay,
}

/// Which returns are stated for a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum Annualization {
    /// Those of a year or more: a shorter time says nothing about a year.
    #[default]
    AYearOrMore,
    /// All.
    Always,
    /// None.
    Never,
}

/// A part of the gain that came from something else than prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct GainSource {
    /// The day, after the first value and not after the last one.
    pub date: Date,
    /// What it was.
    pub kind: GainPartKind,
    /// By how much it raised the gain; below zero if it lowered it, as fees and taxes do.
    pub amount: Decimal,
}

/// What a part of a gain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum GainPartKind {
    /// A change of prices: all of the gain that nothing else accounts for.
    Price,
    /// Dividends, interest, rent.
    Income,
    /// A change of exchange rates.
    Currency,
    /// Fees and commissions.
    Fees,
    /// Taxes that were paid out of the portfolio.
    Taxes,
    /// Taxes that were withheld from income.
    Withholding,
}

impl GainPartKind {
    /// All of them.
    pub(super) const ALL: [Self; 6] =
        [Self::Price, Self::Income, Self::Currency, Self::Fees, Self::Taxes, Self::Withholding];
}
