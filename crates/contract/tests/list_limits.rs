//! Every list of an input has a limit (H2), which its schema states as `maxItems` and reading enforces.

#![cfg(feature = "documentation")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

mod grown;

use std::collections::BTreeSet;

use serde_json::Value;
use wherewithal::{control::Control, wire, wire::Spelling};
use wherewithal_contract::{registry, schema};

/// The pointers of the arrays of a schema that have no limit.
fn unlimited(schema: &Value, pointer: &str, found: &mut Vec<String>) {
    if let Some(fields) = schema.as_object() {
        let types = &fields.get("type");
        let is_array = types.is_some_and(|types| {
            types == "array" || types.as_array().is_some_and(|types| types.contains(&"array".into()))
        });
        if is_array && !fields.contains_key("maxItems") {
            found.push(pointer.to_owned());
        }
        for (name, field) in fields {
            // A default is a value, not a schema.
            if name != "default" {
                unlimited(field, &format!("{pointer}/{name}"), found);
            }
        }
    }
    for (index, item) in schema.as_array().into_iter().flatten().enumerate() {
        unlimited(item, &format!("{pointer}/{index}"), found);
    }
}

#[test]
fn every_array_of_an_inputs_schema_has_a_limit() {
    let mut found = Vec::new();
    for operation in registry().operations() {
        unlimited(&schema::standalone(operation).input, operation.name(), &mut found);
    }
    assert!(found.is_empty(), "{} arrays without maxItems:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_list_beyond_its_limit_is_refused_where_it_is() {
    let mut tried = BTreeSet::new();
    for (operation, inputs) in grown::answered() {
        for input in &inputs {
            for list in grown::lists(input, operation.input_shape()) {
                // A long list of large entries is larger than an input may be.
                if list.most(input) < list.limit || !tried.insert((operation.name(), list.field.clone())) {
                    continue;
                }
                let mut long = grown::wire(input);
                let entry = grown::wire(&input.pointer(&list.pointer()).unwrap()[0]);
                *grown::place(&mut long, &list.pointer()) = wire::Value::List(vec![entry; list.limit + 1]);
                let control = Control::default();
                control.cancel();
                let error = operation.run_in(Spelling::Camel, &long, &control).err().unwrap();
                let path = list.pointer().replacen('/', "", 1);
                let path = path.split('/').fold(String::new(), |path, step| match step.parse::<usize>() {
                    Ok(index) => format!("{path}[{index}]"),
                    Err(_) if path.is_empty() => step.to_owned(),
                    Err(_) => format!("{path}.{step}"),
                });
                let refusal = (error.code().as_str(), error.path());
                assert_eq!(refusal, ("list.too_long", path.as_str()), "{}: {error}", operation.name());
            }
        }
    }
    assert!(tried.len() > 100, "{} lists", tried.len());
}
