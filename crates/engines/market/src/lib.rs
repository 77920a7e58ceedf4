//! Markets: the returns of asset classes and inflation along each path, from any of several models.
//!
//! A [`MarketModel`] describes how returns arise: lognormal, Student-t, bootstrap from a history, historical cohorts,
//! regimes, a vector autoregression, or given paths. [`sample`](sample()) shows the results of a model; the simulations
//! of portfolios and of retirement plans draw from it.

mod bootstrap;
mod bridge;
mod cohorts;
mod convention;
mod correlation;
mod growth;
mod input;
mod limits;
mod lognormal;
mod market;
mod normals;
mod paths;
mod regimes;
mod sample;
mod student_t;
mod vector_autoregression;

pub use correlation::{
    NearestCorrelationInput, NearestCorrelationResult, nearest_correlation, nearest_correlation_under,
};
pub use input::{
    AssetClass, BootstrapBlocks, InflationModel, MarketModel, MarketPath, MarketRegime, Sampling,
    StateDrivenAssetClass, StateVariable,
};
pub use market::CorrelationRepair;
pub use sample::{
    MarketSampleColumn, MarketSampleInput, MarketSamplePath, MarketSampleResult, MarketSampleStep, sample,
};
pub use wherewithal_base::rates::ReturnConvention;
pub use wherewithal_reference::history::MarketHistory;

/// Used by other engines; not part of the interface of `wherewithal`.
#[doc(hidden)]
pub mod internal {
    use super::ReturnConvention;

    pub use crate::{growth::GrowthBlock, market::Market};

    /// Mean and standard deviation of the logarithmic return of a year, before the fee, given a return and a volatility
    /// that are within their ranges.
    #[must_use]
    pub fn log_moments(convention: ReturnConvention, expected: f64, volatility: f64) -> (f64, f64) {
        crate::convention::log_moments(convention, expected, volatility)
    }
}

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as market;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_math as math;
    pub use wherewithal_reference::{history, mortality, retirement_accounts, social_security};
}
