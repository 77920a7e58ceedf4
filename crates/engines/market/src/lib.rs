//! Markets: how asset classes and prices move along each path, whatever the model behind it.
//!
//! A [`MarketModel`] says how returns come about: lognormal, Student-t, drawn from a history, its cohorts, regimes, a
//! vector autoregression, or paths that are given. [`sample`](sample()) shows what a model yields; the simulations of
//! portfolios and of retirement plans draw from it.

mod bootstrap;
mod bridge;
mod cohorts;
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

pub use correlation::{NearestCorrelationInput, NearestCorrelationResult, nearest_correlation};
pub use input::{
    AssetClass, BootstrapBlocks, InflationModel, MarketModel, MarketPath, MarketRegime, ReturnConvention,
    Sampling, StateDrivenAssetClass, StateVariable,
};
pub use market::CorrelationRepair;
pub use sample::{
    MarketSampleColumn, MarketSampleInput, MarketSamplePath, MarketSampleResult, MarketSampleStep, sample,
};
pub use wherewithal_reference::history::MarketHistory;

/// What the engines above draw from; no part of the interface of `wherewithal`.
#[doc(hidden)]
pub mod internal {
    pub use crate::{growth::GrowthBlock, market::Market};
}

/// The crate that users name, as far as this package can see it: for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as market;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_math as math;
    pub use wherewithal_reference::{history, mortality, retirement_accounts, social_security};
}
