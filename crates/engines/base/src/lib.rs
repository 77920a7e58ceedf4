//! The ground floor of `wherewithal`: errors, progress and cancellation, exact decimals, money, rates and dates.
//!
//! It knows no engine. Programs use it through the crate `wherewithal`, which re-exports its modules.

// The derive macro `Wire` names this package by its name, here too.
extern crate self as wherewithal_base;

pub mod check;
pub mod control;
pub mod dates;
pub mod elementary;
pub mod error;
pub mod money;
pub mod num;
pub mod rates;
pub mod wire;

pub use error::{Error, ErrorCode, ErrorKind, Result};

/// The crate that users name, as far as this package can see it: for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate::{
        Error, ErrorCode, ErrorKind, Result, control, dates, elementary, error, money, num, rates, wire,
    };
}
