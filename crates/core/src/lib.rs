//! `wherewithal`: the calculations behind a wealth-management platform, as pure functions.
//!
//! The crate does no input or output and reads no clock, locale, environment or entropy: today's date, the seed
//! of a simulation, prices and exchange rates are arguments. Given the same input it returns the same bits on
//! every platform and at any number of threads.
//!
//! Money, quantities and schedules are exact decimals ([`num::Decimal`], [`money::Money`]); rates of return,
//! statistics and simulations are `f64`; the one gate between the two worlds is [`num::gate`].
//!
//! Every function that can fail returns [`Error`], which carries a stable [code](ErrorCode), a message for people
//! and the path of the offending field.

pub mod control;
pub mod dates;
pub mod debt;
pub mod error;
pub mod goals;
pub mod math;
pub mod model;
pub mod money;
pub mod net_worth;
pub mod num;
pub mod plan;
pub mod rates;
pub mod simulation;
mod strict;
pub mod time_value;

pub use error::{Error, ErrorCode, ErrorKind, Result};

/// The snippets of the README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
