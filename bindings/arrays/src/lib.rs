//! The array functions that the packages for Node and for the browser share: slices of doubles in, doubles out.
//!
//! They are the scalar functions of the core, applied row by row. The binding crates only move the arrays across
//! their borders.

mod cash_flows;
mod columns;
mod level_payments;

pub use cash_flows::{irr, npv, xirr, xnpv};
pub use level_payments::{fv, nper, pmt, pv, rate};

use wherewithal::{
    Result,
    error::At as _,
    wire::{Reader, Spelling, Value, Wire},
};

/// The value of a choice by its name on the wire.
fn choice<T: Wire>(field: &str, name: &str) -> Result<T> {
    T::read(&Value::Text(name.into()), Reader::new(Spelling::Camel)).at(field)
}
