//! Measures of the risk of a series of returns.
//!
//! Returns are simple returns of equal periods, as fractions: 0.01 is a gain of 1 %. Losses, drawdowns, values at risk and
//! deviations are positive. How many periods a year has is an argument; nothing is guessed from the size of the returns.
//!
//! A measure has a value or the reason why it is undefined ([`Measure`]): never a silent zero, never an infinity.

mod benchmark;
mod drawdown;
mod drawdowns;
mod growth;
mod input;
mod measure;
mod measures;
mod moments;
#[cfg(test)]
mod properties;
mod ranked;
mod rolling;
mod series;
mod tail;

pub use drawdowns::{DrawdownEpisode, Drawdowns, DrawdownsInput, drawdowns};
pub use input::{DeviationDivisor, MomentEstimator, QuantileDefinition, RateConversion, RiskMeasuresInput};
pub use measure::{Measure, UndefinedReason};
pub use measures::{RiskMeasures, TailLoss, measures};
pub use rolling::{RollingInput, RollingMeasure, RollingPoint, RollingResult, rolling};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as risk;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_math as math;
}
