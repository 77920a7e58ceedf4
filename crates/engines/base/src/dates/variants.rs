//! What the schema of a plain enum lists, so that tests find a variant that a list of ours forgets.

use schemars::JsonSchema;
use serde_json::Value;

/// The names of all variants on the wire, in the order of their declaration. Each variant must have documentation.
pub(super) fn variants_on_the_wire<T: JsonSchema>() -> Vec<Value> {
    let schema = schemars::schema_for!(T);
    let variants = schema.get("oneOf").and_then(Value::as_array).unwrap();
    variants.iter().map(|variant| variant["const"].clone()).collect()
}
