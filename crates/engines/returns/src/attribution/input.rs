//! What `returns.attribution` is asked.

use wherewithal_base::wire::Wire;

/// Input of `returns.attribution`.
#[derive(Debug, Clone, Wire)]
pub struct ReturnAttributionInput {
    /// The periods in the order of time, each with the segments of the portfolio and of its benchmark.
    #[wire(length = 1..=1_000)]
    pub periods: Vec<AttributionPeriod>,

    /// What the return of a segment is compared with to judge its weight.
    #[wire(default)]
    pub model: AttributionModel,

    /// Where the interaction of weight and return stands.
    #[wire(default)]
    pub interaction: InteractionTreatment,

    /// How the effects of several periods become those of the whole time.
    #[wire(default)]
    pub linking: EffectLinking,
}

/// A period, with weights at its start and returns over it.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct AttributionPeriod {
    /// The segments, each of another name. The weights of the portfolio add up to 1, and so do those of the benchmark.
    #[wire(length = 1..=1_000)]
    pub segments: Vec<AttributionSegment>,
}

/// A segment, such as a sector or a country.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct AttributionSegment {
    /// The name, 1 to 100 characters.
    #[wire(length = 1..=100)]
    pub name: String,

    /// Its weight in the portfolio as a fraction from -10 to 10; below zero if it is sold short.
    #[wire(share, range = -10..=10)]
    pub portfolio_weight: f64,

    /// Its return in the portfolio as a fraction. It may be left out where the portfolio does not hold it: that of the benchmark
    /// counts then, so that all of its effect is allocation.
    #[wire(share, omit, range = -1..=1000000)]
    pub portfolio_return: Option<f64>,

    /// Its weight in the benchmark as a fraction from -10 to 10.
    #[wire(share, range = -10..=10)]
    pub benchmark_weight: f64,

    /// Its return in the benchmark as a fraction. It may be left out where the benchmark does not hold it: that of the portfolio
    /// counts then, so that all of its effect is allocation.
    #[wire(share, omit, range = -1..=1000000)]
    pub benchmark_return: Option<f64>,
}

/// What the return of a segment is compared with to judge its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum AttributionModel {
    /// The return of the whole benchmark: more of a segment helps if the segment did better than the benchmark (Brinson and
    /// Fachler 1985).
    #[default]
    BrinsonFachler,
    /// Nothing: more of a segment helps if the segment rose (Brinson, Hood and Beebower 1986).
    BrinsonHoodBeebower,
}

/// Where the interaction of weight and return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum InteractionTreatment {
    /// By itself.
    #[default]
    Separate,
    /// In the selection, which then counts with the weight of the portfolio.
    InSelection,
}

/// How the effects of several periods become those of the whole time. The sums of the periods are not the excess return of the
/// whole, because returns compound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum EffectLinking {
    /// By logarithms: each period counts with the quotient of its logarithmic and its simple excess return, over that of the whole
    /// (Carino 1999).
    #[default]
    Carino,
    /// By the geometric mean of the returns, with the least correction that leaves no rest (Menchero 2000).
    Menchero,
    /// In the order of time: each period earns with what the portfolio had become, and what was earned before goes on with the
    /// benchmark (Frongello 2002).
    Frongello,
    /// Added, with the rest that compounding leaves.
    Sum,
}
