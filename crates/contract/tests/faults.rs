//! An input with one fault is refused with the path of that fault, at any depth: the inputs of the golden vectors, each
//! made invalid at every place.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

use std::{fs, path::Path};

use serde_json::{Value, json};
use wherewithal::control::Control;
use wherewithal_contract::registry;

/// The name of each operation with its valid inputs.
fn accepted_inputs() -> Vec<(String, Vec<Value>)> {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    let mut inputs = Vec::new();
    for folder in fs::read_dir(vectors).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let file: Value = serde_json::from_slice(&fs::read(file.unwrap().path()).unwrap()).unwrap();
            let vectors = file["vectors"].as_array().unwrap().iter();
            let accepted = vectors.filter(|vector| vector.get("expected").is_some());
            let accepted = accepted.map(|vector| vector["input"].clone()).collect();
            inputs.push((file["operation"].as_str().unwrap().to_owned(), accepted));
        }
    }
    inputs
}

/// The JSON pointers of all values in `value`, and their paths as in errors.
fn places(value: &Value, pointer: &str, path: &str, found: &mut Vec<(String, String)>) {
    found.push((pointer.to_owned(), path.to_owned()));
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let name = name.replace('~', "~0").replace('/', "~1");
                places(field, &format!("{pointer}/{name}"), &path, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{pointer}/{index}"), &format!("{path}[{index}]"), found);
            }
        }
        _ => {}
    }
}

/// Code and path of the decoding error of an input; `None` if it is accepted, or refused for another reason.
fn refusal(operation: &str, input: &Value) -> Option<(String, String)> {
    let operation = registry().get(operation).unwrap();
    let control = Control::default();
    if operation.reports_progress() {
        control.cancel();
    }
    let error = operation.call_with(input.to_string().as_bytes(), &control).err()?;
    Some((error.code().as_str().to_owned(), error.path().to_owned()))
}

#[test]
fn a_value_of_the_wrong_type_is_refused_where_it_is() {
    each_place(1000, |operation, input, pointer, path| {
        let value = input.pointer_mut(pointer).unwrap();
        if value.is_object() || value.is_array() {
            return false;
        }
        *value = json!({"unexpected": 0});
        let (code, found) =
            refusal(operation, input).unwrap_or_else(|| panic!("{operation} accepts {input}"));
        // If an object is allowed there as well, the error is about its unexpected field.
        assert!(
            found == path || found == format!("{path}.unexpected"),
            "{operation} {path}: {code} {found} {input}"
        );
        true
    });
}

/// H5: `"strategy": {"kind": 0}` ran the first strategy.
#[test]
fn a_number_is_no_tag() {
    each_place(500, |operation, input, pointer, path| {
        if !pointer.ends_with("/kind") {
            return false;
        }
        *input.pointer_mut(pointer).unwrap() = json!(0);
        assert_eq!(refusal(operation, input), Some(("input.invalid".to_owned(), path.to_owned())), "{input}");
        true
    });
}

/// H3: the unknown key of 16 MB that was echoed twice.
#[test]
fn no_message_and_no_path_echoes_more_than_two_hundred_characters() {
    let long = "x".repeat(10_000);
    let echoed = "x".repeat(201);
    each_place(1000, |operation, input, pointer, _| {
        let value = input.pointer_mut(pointer).unwrap();
        match value.as_object_mut() {
            Some(fields) => drop(fields.insert(long.clone(), json!(0))),
            None => *value = json!(long),
        }
        let control = Control::default();
        control.cancel();
        let operation = registry().get(operation).unwrap();
        if let Err(error) = operation.call_with(input.to_string().as_bytes(), &control) {
            let text = error.to_string();
            assert!(!text.contains(&echoed), "{} {pointer}: {text}", operation.name());
        }
        true
    });
}

#[test]
fn an_unknown_field_is_refused_where_it_is() {
    each_place(1000, |operation, input, pointer, path| {
        let Some(fields) = input.pointer_mut(pointer).unwrap().as_object_mut() else { return false };
        fields.shift_insert(fields.len() / 2, "unexpected".to_owned(), json!([]));
        let expected = if path.is_empty() { "unexpected".to_owned() } else { format!("{path}.unexpected") };
        let refusal = refusal(operation, input);
        assert_eq!(refusal, Some(("input.unknown_field".to_owned(), expected)), "{operation}: {input}");
        true
    });
}

#[test]
fn a_missing_field_is_refused_where_it_is_missing() {
    let mut missing = 0;
    each_place(1000, |operation, input, pointer, path| {
        let Some(fields) = input.pointer_mut(pointer).unwrap().as_object_mut() else { return false };
        let names: Vec<String> = fields.keys().cloned().collect();
        for (index, name) in names.into_iter().enumerate() {
            let field =
                input.pointer_mut(pointer).unwrap().as_object_mut().unwrap().shift_remove(&name).unwrap();
            // Most fields may be left out.
            if let Some((code, found)) = refusal(operation, input)
                && code == "input.missing_field"
            {
                missing += 1;
                let place = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                assert_eq!(found, place, "{operation}: {input}");
            }
            input.pointer_mut(pointer).unwrap().as_object_mut().unwrap().shift_insert(index, name, field);
        }
        true
    });
    assert!(missing > 1000, "{missing}");
}

/// Runs `check` on each input for each place in it; it may change what stands there, and returns whether it tested the place.
/// There must be more than `least` of them.
fn each_place(least: usize, mut check: impl FnMut(&str, &mut Value, &str, &str) -> bool) {
    let mut checked = 0;
    for (operation, inputs) in accepted_inputs() {
        for mut input in inputs {
            let mut found = Vec::new();
            places(&input, "", "", &mut found);
            for (pointer, path) in found {
                // A copy of what stands there, and not of the whole input, which takes longer than to read it.
                let before = input.pointer(&pointer).unwrap().clone();
                checked += usize::from(check(&operation, &mut input, &pointer, &path));
                *input.pointer_mut(&pointer).unwrap() = before;
            }
        }
    }
    assert!(checked > least, "{checked}");
}
