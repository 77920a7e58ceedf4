//! Exact amounts and quantities as integers.
//!
//! An amount is an integer of the book's smallest unit of money. A quantity is an integer of a unit that all lots of a
//! security share, so that a third of a share is as exact as a whole one: see [`Unit`].

mod atoms;
mod proportion;
mod unit;
mod wide;

pub(crate) use atoms::{atoms, shares_of};
pub(crate) use proportion::{
    Running, compare_quotients, narrow_proportion, overflow, proportion, rounded_quotient,
};
pub(crate) use unit::{Unit, greatest_common_divisor};
pub(crate) use wide::Wide;
