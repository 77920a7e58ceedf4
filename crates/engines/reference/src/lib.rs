//! Published data and the rules that use them: the history of markets, life tables, required distributions, Social
//! Security benefits, contribution limits and the federal income tax, each with its source and year.

pub mod contribution_limit;
pub mod history;
pub mod income_tax;
pub mod mortality;
pub mod required_distribution;
pub mod retirement_accounts;
pub mod social_security;

/// A stand-in for the crate `wherewithal` in this package's examples.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate::{history, income_tax, mortality, retirement_accounts, social_security};
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_math as math;
}
