//! What `returns.attribution` answers.

use wherewithal_base::wire::Wire;

use super::{AttributionModel, EffectLinking};

/// What made a portfolio do better or worse than its benchmark.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct ReturnAttribution {
    /// The return of the portfolio over all periods, compounded.
    pub portfolio_return: f64,
    /// The return of the benchmark over all periods, compounded.
    pub benchmark_return: f64,
    /// The first less the second.
    pub excess_return: f64,
    /// The effects of all segments together, linked.
    pub total: AttributionEffects,
    /// What the linked effects leave of the excess return: nothing but rounding, except where effects are added.
    pub residual: f64,
    /// The linked effects of each segment, in the order in which the segments first come.
    pub segments: Vec<SegmentEffects>,
    /// The periods.
    pub periods: Vec<PeriodEffects>,
    /// The model.
    pub model: AttributionModel,
    /// How the periods are linked.
    pub linking: EffectLinking,
}

/// The effects of a period, which add up to its excess return.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PeriodEffects {
    /// The return of the portfolio.
    pub portfolio_return: f64,
    /// The return of the benchmark.
    pub benchmark_return: f64,
    /// The first less the second.
    pub excess_return: f64,
    /// The effects of all segments together.
    pub total: AttributionEffects,
    /// The effects of each segment, in the order of the input.
    pub segments: Vec<SegmentEffects>,
}

/// The effects of a segment.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct SegmentEffects {
    /// Its name.
    pub name: String,
    /// Its effects.
    pub effects: AttributionEffects,
}

/// Parts of an excess return, as fractions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Wire)]
pub struct AttributionEffects {
    /// What came of holding more or less of a segment than the benchmark.
    pub allocation: f64,
    /// What came of doing better or worse within a segment.
    pub selection: f64,
    /// What came of both together; zero if it stands in the selection.
    pub interaction: f64,
    /// The sum of the three.
    pub total: f64,
}
