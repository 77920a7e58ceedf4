//! The array functions that the packages for Node and for the browser share: slices of doubles in, doubles out.
//!
//! They are the scalar functions of the core, applied row by row. The binding crates only move the arrays across
//! their borders.

mod cash_flows;
mod columns;
mod level_payments;

pub use cash_flows::{irr, npv, xirr, xnpv};
pub use level_payments::{fv, nper, pmt, pv, rate};

use serde::{
    Deserialize,
    de::{IntoDeserializer, value},
};
use wherewithal::{Error, ErrorCode, Result};

/// The value of a choice by its name on the wire.
fn choice<'de, T: Deserialize<'de>>(field: &str, name: &'de str) -> Result<T> {
    T::deserialize(name.into_deserializer())
        .map_err(|error: value::Error| Error::new(ErrorCode::InputInvalid, error.to_string()).at(field))
}
