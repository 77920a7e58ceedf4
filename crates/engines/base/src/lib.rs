//! The foundation of all engines of `wherewithal`: errors, progress and cancellation, exact decimals, money, rates and
//! dates.
//!
//! It depends on no engine. Programs use it through the crate `wherewithal`, which re-exports its modules.

// The derive macro `Wire` refers to this package by name, also within it.
extern crate self as wherewithal_base;

pub mod check;
pub mod control;
pub mod dates;
pub mod elementary;
pub mod error;
pub mod money;
pub mod num;
#[doc(hidden)]
pub mod order;
pub mod rates;
pub mod wire;

pub use error::{Error, ErrorCode, ErrorKind, Result};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate::{
        Error, ErrorCode, ErrorKind, Result, control, dates, elementary, error, money, num, rates, wire,
    };
}
