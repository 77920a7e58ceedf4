//! Returns of portfolios: what was gained, as money and in percent, with the flows, values and conventions behind each figure.
//!
//! Money is exact: a gain is the value at the end less the value at the start less what was put in. Returns are quotients of
//! exact amounts as fractions: 0.01 is 1 %. A return has a value or the reason why it is undefined
//! ([`Measure`](wherewithal_risk::Measure)): never a silent zero, never an infinity.

mod attribution;
mod balance;
mod benchmark;
mod order;
mod performance;
mod private_fund;

pub use attribution::{
    AttributionEffects, AttributionModel, AttributionPeriod, AttributionSegment, EffectLinking,
    InteractionTreatment, PeriodEffects, ReturnAttribution, ReturnAttributionInput, SegmentEffects,
    attribution,
};
pub use benchmark::{
    BenchmarkComponent, BenchmarkRebalancing, BlendedBenchmark, BlendedBenchmarkInput, ExcessReturns,
    blended_benchmark,
};
pub use performance::{
    Annualization, FlowDayPolicy, GainPart, GainPartKind, GainSource, MoneyWeightedReturn, MoneyWeightedRoot,
    Performance, PerformanceFlow, PerformanceInput, PerformancePeriod, PerformanceValue, PerformanceWarning,
    performance,
};

pub use private_fund::{
    IndexLevel, LongNickels, MissingLevel, PmePlus, PublicMarketEquivalent, PublicMarketEquivalentInput,
    public_market_equivalent,
};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as returns;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_math as math;
    pub use wherewithal_risk as risk;
    pub use wherewithal_time_value as time_value;
}
