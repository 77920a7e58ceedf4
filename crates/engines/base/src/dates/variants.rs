//! What the description of a plain enum lists, so that tests find a variant that a list of ours forgets.

use serde_json::Value;

use crate::wire::{Shape, Wire};

/// The names of all variants on the wire, in the order of their declaration.
pub(super) fn variants_on_the_wire<T: Wire>() -> Vec<Value> {
    let Shape::Choice(choice) = T::shape() else { panic!("not an enum of names") };
    choice.values.iter().map(|value| value.name.camel.into()).collect()
}
