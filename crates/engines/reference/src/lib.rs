//! Published data and the rules that read them: the history of markets, life tables, required distributions, Social
//! Security benefits and contribution limits, each with its source and its year beside it.

pub mod contribution_limit;
pub mod history;
pub mod mortality;
pub mod required_distribution;
pub mod retirement_accounts;
pub mod social_security;

/// The crate that users name, as far as this package can see it: for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate::{history, mortality, retirement_accounts, social_security};
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_math as math;
}
