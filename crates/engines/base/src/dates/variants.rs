//! The variants in the description of a plain enum, so that tests notice one that is missing from a list.

use serde_json::Value;

use crate::wire::{Shape, Wire};

/// The names of all variants on the wire, in the order of their declaration.
pub(super) fn variants_on_the_wire<T: Wire>() -> Vec<Value> {
    let Shape::Choice(choice) = T::shape() else { panic!("not an enum of names") };
    choice.values.iter().map(|value| value.name.camel.into()).collect()
}
