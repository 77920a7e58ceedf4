//! `wherewithal`: the calculations behind a wealth-management platform, as pure functions.
//!
//! The crate does no input or output and reads no clock, locale, environment or entropy: today's date, the seed of a
//! simulation, prices and exchange rates are arguments. The same input gives the same bits on every platform and for
//! any number of threads.
//!
//! Money, quantities and schedules are exact decimals ([`num::Decimal`], [`money::Money`]); rates of return, statistics
//! and simulations are `f64`; conversions between the two are only in [`num::gate`].
//!
//! Every fallible function returns [`Error`], with a stable [code](ErrorCode), a readable message and the path of the
//! offending field.
//!
//! The engines are separate packages in `crates/engines`; this crate is the one that programs depend on. Each engine is
//! a feature of the same name, all on by default: a program without default features compiles only the engines it
//! selects, with the same results.

pub use wherewithal_base::{
    Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates, wire,
};
#[cfg(feature = "cash_flow")]
pub use wherewithal_cash_flow as cash_flow;
#[cfg(feature = "classification")]
pub use wherewithal_classification as classification;
#[cfg(feature = "debt")]
pub use wherewithal_debt as debt;
#[cfg(feature = "formats")]
pub use wherewithal_formats as formats;
#[cfg(feature = "goals")]
pub use wherewithal_goals as goals;
#[cfg(feature = "household")]
pub use wherewithal_household as household;
#[cfg(feature = "ledger")]
pub use wherewithal_ledger as ledger;
#[cfg(feature = "lots")]
pub use wherewithal_lots as lots;
#[cfg(feature = "market")]
pub use wherewithal_market as market;
pub use wherewithal_math as math;
#[cfg(feature = "net_worth")]
pub use wherewithal_net_worth as net_worth;
#[cfg(feature = "plan")]
pub use wherewithal_plan as plan;
#[cfg(feature = "reference")]
pub use wherewithal_reference::{history, income_tax, mortality, retirement_accounts, social_security};
#[cfg(feature = "retirement")]
pub use wherewithal_retirement as retirement;
#[cfg(feature = "returns")]
pub use wherewithal_returns as returns;
#[cfg(feature = "risk")]
pub use wherewithal_risk as risk;
#[cfg(feature = "simulation")]
pub use wherewithal_simulation as simulation;
#[cfg(feature = "time_value")]
pub use wherewithal_time_value as time_value;

/// The snippets of the README.
#[cfg(all(doctest, feature = "debt"))]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
